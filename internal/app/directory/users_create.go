package directory

import (
	"context"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// everybodysRole is given to new people when the request names no roles.
const everybodysRole = "employee"

// CreateUser adds a person. Without a password he cannot sign in yet. It answers
// invalid with every field that is wrong, forbidden when the roles give more
// than the actor has.
func (s *Service) CreateUser(ctx context.Context, a access.Actor, in Profile) (User, error) {
	if err := require(a, access.UserManage); err != nil {
		return User{}, err
	}
	phc, err := s.newPassword(ctx, a.Org, in)
	if err != nil {
		return User{}, err
	}
	p := &person{attributes: map[string]any{}}
	p.ID = db.NewID()
	id, err := s.once(ctx, a, "users.create", in.Once, p.ID, func(tx *db.Tx) error {
		k, err := s.prepareUser(tx, p, in)
		if err != nil {
			return err
		}
		return createUser(tx, a, k, p, in.Roles, phc)
	})
	if err != nil {
		return User{}, emailTaken(err)
	}
	return s.user(ctx, a, id)
}

// newPassword checks and hashes the password of a profile, before any
// transaction; empty when there is none.
func (s *Service) newPassword(ctx context.Context, org access.OrgID, in Profile) (string, error) {
	if in.Password.Value == nil {
		return "", nil
	}
	about := []string{}
	for _, text := range []*string{in.Email.Value, in.Name.Value} {
		if text != nil {
			about = append(about, *text)
		}
	}
	var o dbq.GetOrgRow
	b := db.NewBatch()
	db.One(b, &o, dbq.GetOrg)
	if err := s.DB.Read(ctx, org, b); err != nil {
		return "", err
	}
	if err := checkPassword("password", *in.Password.Value, append(about, o.Slug, o.Name)...); err != nil {
		return "", err
	}
	return s.hasher.hash(ctx, *in.Password.Value)
}

// prepareUser takes the directory's lock, loads what the profile refers to and
// applies it to p.
func (s *Service) prepareUser(tx *db.Tx, p *person, in Profile) (known, error) {
	var k known
	m := &boss{found: &db.Found{}}
	b := db.NewBatch()
	b.Exec(dbq.LockDirectory)
	loadKnown(b, &k)
	if in.Manager.Value != nil {
		loadBoss(b, m, *in.Manager.Value)
	}
	if err := tx.Send(b); err != nil {
		return k, err
	}
	problems := k.apply(p, in)
	var chain []facts.Person
	if m.found.OK {
		b := db.NewBatch()
		facts.ManagerChain(b, m.id, &chain)
		if err := tx.Send(b); err != nil {
			return k, err
		}
	}
	m.report(p, chain, &problems)
	return k, problems.Err("Some of what was said about this person cannot be used.")
}

func createUser(tx *db.Tx, a access.Actor, k known, p *person, roles []string, phc string) error {
	if _, ok := k.role(everybodysRole); ok && roles == nil {
		roles = []string{everybodysRole}
	}
	g := guardOf(p.ID)
	b := db.NewBatch()
	g.loadBefore(b)
	if err := writeUser(b, a, p, true); err != nil {
		return err
	}
	k.writeRoles(b, a, p.ID, roles)
	if phc != "" {
		b.Exec(dbq.SetPassword, p.ID, phc)
	}
	if err := record(b, by(a, "users.create", p.ID, map[string]any{"roles": roles})); err != nil {
		return err
	}
	return g.finish(tx, b, a)
}
