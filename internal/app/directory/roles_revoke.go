package directory

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// RevokeRole takes a role from whom it was given to. Who also has it by his
// department or designation keeps it. It answers not_found when it was not given
// like that, and conflict when nobody could manage roles afterwards.
func (s *Service) RevokeRole(ctx context.Context, a access.Actor, in Grant) (Role, error) {
	if err := require(a, access.RoleManage); err != nil {
		return Role{}, err
	}
	designation, err := in.check()
	if err != nil {
		return Role{}, err
	}
	_, err = s.once(ctx, a, "roles.revoke", in.Once, in.Role, func(tx *db.Tx) error {
		g := guardOf()
		if _, err := lockRole(tx, in.Role, g); err != nil {
			return err
		}
		var id uuid.UUID
		b := db.NewBatch()
		found := db.One(b, &id, dbq.DeleteGrant, db.Args(dbq.DeleteGrantParams{
			RoleID: in.Role, UserID: orNull(in.User), DepartmentID: orNull(in.Department), Designation: designation,
		})...)
		if err := record(b, by(a, "roles.revoke", in.Role, in.detail())); err != nil {
			return err
		}
		if err := tx.Send(b); err != nil {
			return err
		}
		if !found.OK {
			return fault.New(fault.NotFound, "The role was not given like that.")
		}
		return g.finish(tx, db.NewBatch(), a)
	})
	if err != nil {
		return Role{}, err
	}
	return s.role(ctx, a, in.Role)
}
