package directory

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Role is a bundle of rights, and a word that rules and workflows may name.
type Role struct {
	ID          uuid.UUID `json:"id"`
	Key         string    `json:"key" doc:"Stands in rules and never changes."`
	Name        string    `json:"name"`
	Description string    `json:"description"`
	Permissions []string  `json:"permissions"`
	Members     int       `json:"members" doc:"People who have it, by whatever it was granted to."`
	System      bool      `json:"system" doc:"Made with the organization."`
	Revision    int       `json:"revision"`

	Can RoleAbilities `json:"can"`
}

// RoleAbilities say what the reader may do with a role.
type RoleAbilities struct {
	Update      bool `json:"update"`
	Permissions bool `json:"permissions" doc:"Change which rights it gives. The administrators' role keeps all."`
	Grant       bool `json:"grant" doc:"Give it to people, departments and job titles, and take it away."`
	Assign      bool `json:"assign" doc:"Give it to a person by users.create and users.update."`
}

// forRole says what the actor may do with a role; see UpdateRole and guard.checkChange.
func forRole(a access.Actor, r dbq.ListRolesRow) RoleAbilities {
	manages := a.Has(access.RoleManage)
	return RoleAbilities{
		Update: manages, Permissions: manages && (!r.System || r.Key != adminRole), Grant: manages,
		Assign: a.Has(access.UserManage) && exceeding(a, r.Permissions) == "",
	}
}

// RoleList is every role, and what roles can grant.
type RoleList struct {
	Items  []Role         `json:"items"`
	Rights []access.Right `json:"rights"`
}

// ListRoles returns every role, to every member of the organization: workflows
// name them.
func (s *Service) ListRoles(ctx context.Context, a access.Actor) (RoleList, error) {
	var rows []dbq.ListRolesRow
	b := db.NewBatch()
	db.Many(b, &rows, dbq.ListRoles)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return RoleList{}, err
	}
	out := RoleList{Items: make([]Role, len(rows)), Rights: access.Rights()}
	for i, r := range rows {
		out.Items[i] = Role{
			ID: r.ID, Key: r.Key, Name: r.Name, Description: r.Description, Permissions: r.Permissions,
			Members: int(r.Members), System: r.System, Revision: int(r.Revision), Can: forRole(a, r),
		}
	}
	return out, nil
}

func (s *Service) role(ctx context.Context, a access.Actor, id uuid.UUID) (Role, error) {
	all, err := s.ListRoles(ctx, a)
	for _, r := range all.Items {
		if r.ID == id {
			return r, nil
		}
	}
	if err == nil {
		err = noRole()
	}
	return Role{}, err
}
