package directory

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Grant names a role and whom it is for: one of person, department, designation.
type Grant struct {
	Role        uuid.UUID
	User        uuid.UUID
	Department  uuid.UUID
	Designation string
	Once        Key // of RevokeRole; giving twice is no error anyway
}

// check returns the designation as stored.
func (g Grant) check() (*string, error) {
	n := 0
	for _, given := range []bool{g.User != uuid.Nil, g.Department != uuid.Nil, g.Designation != ""} {
		if given {
			n++
		}
	}
	if n != 1 {
		return nil, fault.At("user_id", "Say whom the role is for: give exactly one of user_id, department_id and designation.")
	}
	if g.Designation == "" {
		return nil, nil
	}
	var problems fault.Problems
	designation := optional("designation", &g.Designation, &problems)
	if designation == nil {
		problems.Add("designation", "Give a designation.")
	}
	return designation, problems.Err("This designation cannot be used.")
}

// GrantRole gives a role. Giving it twice is no error. It answers not_found for
// an unknown role and invalid for an unknown person or department.
func (s *Service) GrantRole(ctx context.Context, a access.Actor, in Grant) (Role, error) {
	if err := require(a, access.RoleManage); err != nil {
		return Role{}, err
	}
	designation, err := in.check()
	if err != nil {
		return Role{}, err
	}
	b := db.NewBatch()
	b.Exec(dbq.InsertGrant, db.Args(dbq.InsertGrantParams{
		ID: db.NewID(), RoleID: in.Role, UserID: orNull(in.User), DepartmentID: orNull(in.Department),
		Designation: designation, ByID: orNull(a.User),
	})...)
	if err := record(b, by(a, "roles.grant", in.Role, in.detail())); err != nil {
		return Role{}, err
	}
	err = s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error { return tx.Commit(b) })
	switch {
	case db.IsForeignKey(err, "role_grants_org_id_role_id_fkey"):
		return Role{}, noRole()
	case db.IsForeignKey(err, "role_grants_org_id_user_id_fkey"):
		return Role{}, fault.At("user_id", "There is no such person.")
	case db.IsForeignKey(err, "role_grants_org_id_department_id_fkey"):
		return Role{}, fault.At("department_id", "There is no such department.")
	case err != nil:
		return Role{}, err
	}
	return s.role(ctx, a, in.Role)
}

func (g Grant) detail() map[string]any {
	return map[string]any{"user_id": orNull(g.User), "department_id": orNull(g.Department), "designation": g.Designation}
}
