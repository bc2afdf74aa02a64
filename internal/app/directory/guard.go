package directory

import (
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// guard keeps a change from giving anybody rights its maker does not have, from
// taking such rights away, and from leaving an organization whose roles nobody
// can manage.
type guard struct {
	users         []uuid.UUID
	before, after map[uuid.UUID][]string // rights of the people it is about
	had, left     int                    // people who can manage roles
}

func guardOf(users ...uuid.UUID) *guard {
	return &guard{users: users, before: map[uuid.UUID][]string{}, after: map[uuid.UUID][]string{}}
}

func (g *guard) loadBefore(b *db.Batch) { g.load(b, g.before, &g.had) }
func (g *guard) loadAfter(b *db.Batch)  { g.load(b, g.after, &g.left) }

func (g *guard) load(b *db.Batch, rights map[uuid.UUID][]string, holders *int) {
	if len(g.users) > 0 {
		db.Each(b, func(r dbq.PermissionsOfRow) { rights[r.ID] = r.Permissions }, dbq.PermissionsOf, g.users)
	}
	db.One(b, holders, dbq.CountHolders, string(access.RoleManage))
}

// finish sends the writes, checks what they come to, and commits.
func (g *guard) finish(tx *db.Tx, b *db.Batch, a access.Actor) error {
	g.loadAfter(b)
	if err := tx.Send(b); err != nil {
		return err
	}
	if err := g.checkChange(a); err != nil {
		return err
	}
	if g.had > 0 && g.left == 0 {
		return fault.New(fault.Conflict, "Nobody would be left who can manage roles. Give somebody else that right first.")
	}
	return tx.Commit(nil)
}

// checkReach refuses touching the sign-in of somebody who may do more than the
// actor: who sets a password can sign in with it.
func (g *guard) checkReach(a access.Actor) error {
	for _, user := range g.users {
		if beyond := exceeding(a, g.before[user]); beyond != "" {
			return fault.New(fault.Forbidden, "This person holds the right %q, which you do not have. Ask somebody who has it.", beyond)
		}
	}
	return nil
}

// checkChange refuses what would hand out rights the actor lacks, or take them
// from somebody: who may not disable an administrator may not demote him either.
func (g *guard) checkChange(a access.Actor) error {
	for _, user := range g.users {
		had, has := g.before[user], g.after[user]
		if beyond := exceeding(a, without(has, had)); beyond != "" {
			return fault.New(fault.Forbidden, "This would give somebody the right %q, which you do not have. Ask somebody who manages roles.", beyond)
		}
		if beyond := exceeding(a, without(had, has)); beyond != "" {
			return fault.New(fault.Forbidden, "This would take the right %q from somebody, and you do not have it yourself. Ask somebody who manages roles.", beyond)
		}
	}
	return nil
}

// without returns the rights that others does not contain.
func without(rights, others []string) []string {
	return slices.DeleteFunc(slices.Clone(rights), func(p string) bool { return slices.Contains(others, p) })
}

// exceeding returns a right of the list that the actor does not have. Who
// manages roles could give himself any.
func exceeding(a access.Actor, rights []string) string {
	if a.Has(access.RoleManage) {
		return ""
	}
	for _, p := range rights {
		if !a.Has(access.Permission(p)) {
			return p
		}
	}
	return ""
}
