package directory

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// RoleUpdate changes a role. Its key stays: rules name it.
type RoleUpdate struct {
	Role        uuid.UUID
	Revision    int
	Name        Change[string]
	Description Change[string]
	Permissions []string // nil: as they are
	Once        Key
}

// adminRole keeps every right, so that an organization can always be managed.
const adminRole = "admin"

// UpdateRole changes what a role grants and how it is called. It answers
// conflict when the revision is not the present one, when it is the admin role
// whose rights would change, or when nobody could manage roles afterwards.
func (s *Service) UpdateRole(ctx context.Context, a access.Actor, in RoleUpdate) (Role, error) {
	if err := require(a, access.RoleManage); err != nil {
		return Role{}, err
	}
	_, err := s.once(ctx, a, "roles.update", in.Once, in.Role, func(tx *db.Tx) error { return updateRole(tx, a, in) })
	if err != nil {
		return Role{}, err
	}
	return s.role(ctx, a, in.Role)
}

func updateRole(tx *db.Tx, a access.Actor, in RoleUpdate) error {
	g := guardOf()
	r, err := lockRole(tx, in.Role, g)
	if err != nil {
		return err
	}
	if int(r.Revision) != in.Revision {
		return stale("role")
	}
	before := r.Permissions
	if err := in.apply(&r); err != nil {
		return err
	}
	if r.System && r.Key == adminRole && !slices.Equal(before, r.Permissions) {
		return fault.New(fault.Conflict, "The administrators' role keeps all its rights. Make another role for fewer.")
	}
	b := db.NewBatch()
	b.Exec(dbq.UpdateRole, db.Args(dbq.UpdateRoleParams{
		ID: r.ID, Name: r.Name, Description: r.Description, Permissions: r.Permissions, ByID: orNull(a.User),
	})...)
	if err := record(b, by(a, "roles.update", r.ID, map[string]any{"before": before, "permissions": r.Permissions})); err != nil {
		return err
	}
	return g.finish(tx, b, a)
}

func (in RoleUpdate) apply(r *dbq.GetRoleRow) error {
	var problems fault.Problems
	if in.Name.Given {
		r.Name = ""
		if in.Name.Value != nil {
			r.Name = *in.Name.Value
		}
		r.Name = named(r.Name, &problems)
	}
	if in.Description.Given {
		r.Description = ""
		if in.Description.Value != nil {
			r.Description = *in.Description.Value
		}
	}
	if in.Permissions != nil {
		r.Permissions = in.Permissions
	}
	r.Permissions = checkRights(r.Description, r.Permissions, &problems)
	return problems.Err("This role cannot be changed like that.")
}

// lockRole takes the directory's lock and the role's, then loads it.
func lockRole(tx *db.Tx, id uuid.UUID, g *guard) (dbq.GetRoleRow, error) {
	var r dbq.GetRoleRow
	b := db.NewBatch()
	b.Exec(dbq.LockDirectory)
	found := db.One(b, &r, dbq.GetRole, id)
	g.loadBefore(b)
	if err := tx.Send(b); err != nil {
		return r, err
	}
	if !found.OK {
		return r, noRole()
	}
	return r, nil
}
