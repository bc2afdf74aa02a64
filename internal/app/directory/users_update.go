package directory

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// stale is the answer to a revision that is not the present one.
func stale(what string) error {
	return fault.New(fault.Conflict, "Somebody else changed this %s meanwhile. Look at it again and repeat your change.", what)
}

// UserUpdate changes a person. Revision is the one that was seen.
type UserUpdate struct {
	User     uuid.UUID
	Revision int
	Profile  Profile
}

// UpdateUser changes a person. A new password or address ends his sessions. It
// answers conflict when the revision is not the present one, invalid with every
// field that is wrong, forbidden when the person may do more than the actor or
// would be able to afterwards.
func (s *Service) UpdateUser(ctx context.Context, a access.Actor, in UserUpdate) (User, error) {
	if err := require(a, access.UserManage); err != nil {
		return User{}, err
	}
	if in.Profile.Password.Given && in.Profile.Password.Value == nil {
		return User{}, fault.At("password", "A password cannot be removed. Disable the person instead.")
	}
	phc, err := s.changedPassword(ctx, a, in)
	if err != nil {
		return User{}, err
	}
	_, err = s.once(ctx, a, "users.update", in.Profile.Once, in.User, func(tx *db.Tx) error { return s.updateUser(tx, a, in, phc) })
	if err != nil {
		return User{}, emailTaken(err)
	}
	return s.user(ctx, a, in.User)
}

// changedPassword hashes the new password, which must not be about the person
// as he is known so far either.
func (s *Service) changedPassword(ctx context.Context, a access.Actor, in UserUpdate) (string, error) {
	if in.Profile.Password.Value == nil {
		return "", nil
	}
	u, err := s.user(ctx, a, in.User)
	if err != nil {
		return "", err
	}
	if !in.Profile.Email.Given {
		in.Profile.Email = To(u.Email)
	}
	if !in.Profile.Name.Given {
		in.Profile.Name = To(u.Name)
	}
	return s.newPassword(ctx, a.Org, in.Profile)
}

func (s *Service) updateUser(tx *db.Tx, a access.Actor, in UserUpdate, phc string) error {
	g := guardOf(in.User)
	p, err := lockPerson(tx, in.User, g)
	if err != nil {
		return err
	}
	if int(p.Revision) != in.Revision {
		return stale("person")
	}
	email := p.Email
	k, err := s.prepareUser(tx, p, in.Profile)
	if err != nil {
		return err
	}
	newSignIn := phc != "" || p.Email != email
	if newSignIn {
		if err := g.checkReach(a); err != nil {
			return err
		}
	}
	b := db.NewBatch()
	if err := writeUser(b, a, p, false); err != nil {
		return err
	}
	if in.Profile.Roles != nil {
		b.Exec(dbq.DeleteOwnGrants, p.ID)
		k.writeRoles(b, a, p.ID, in.Profile.Roles)
	}
	if phc != "" {
		b.Exec(dbq.SetPassword, p.ID, phc)
	}
	if newSignIn {
		b.Exec(dbq.NextEpoch, p.ID)
	}
	detail := map[string]any{"password": phc != "", "email": p.Email != email, "roles": in.Profile.Roles}
	if err := record(b, by(a, "users.update", p.ID, detail)); err != nil {
		return err
	}
	return g.finish(tx, b, a)
}

// lockPerson takes the directory's lock and the person's, then loads him.
func lockPerson(tx *db.Tx, id uuid.UUID, g *guard) (*person, error) {
	p := &person{attributes: map[string]any{}}
	b := db.NewBatch()
	b.Exec(dbq.LockDirectory)
	b.Exec(dbq.LockUser, id)
	found := db.One(b, &p.LoadProfileRow, dbq.LoadProfile, id)
	g.loadBefore(b)
	if err := tx.Send(b); err != nil {
		return nil, err
	}
	if !found.OK {
		return nil, noUser()
	}
	return p, json.Unmarshal(p.Attributes, &p.attributes)
}
