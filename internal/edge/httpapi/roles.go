package httpapi

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/access"
)

type roleCreate struct {
	keyed
	Key         string   `json:"key" minLength:"1" maxLength:"64" doc:"Stands in rules and never changes." example:"budget_owner"`
	Name        string   `json:"name" minLength:"1" maxLength:"200" doc:"As people call it." example:"Budget owner"`
	Description string   `json:"description,omitempty" maxLength:"2000" doc:"What it is for."`
	Permissions []string `json:"permissions,omitempty" maxItems:"100" maxLength:"64" doc:"Rights it gives; roles.list names them all."`
}

type roleID struct {
	RoleID uuid.UUID `json:"role_id" doc:"The role."`
}

type roleUpdate struct {
	keyed
	RoleID      uuid.UUID `json:"role_id" doc:"The role."`
	Revision    int       `json:"revision" minimum:"0" maximum:"2000000000" doc:"The one that was seen, so that nobody's change is lost."`
	Name        text      `json:"name,omitzero" maxLength:"200" doc:"As people call it."`
	Description text      `json:"description,omitzero" maxLength:"2000" doc:"What it is for."`
	Permissions []string  `json:"permissions,omitempty" maxItems:"100" maxLength:"64" doc:"Rights it gives; absent: as they are."`
}

type roleGrant struct {
	keyed
	RoleID       uuid.UUID `json:"role_id" doc:"The role."`
	UserID       uuid.UUID `json:"user_id,omitzero" doc:"For this person."`
	DepartmentID uuid.UUID `json:"department_id,omitzero" doc:"Or for everybody of this department."`
	Designation  string    `json:"designation,omitempty" maxLength:"200" doc:"Or for everybody with this job title."`
}

func (in roleGrant) grant() directory.Grant {
	return directory.Grant{Role: in.RoleID, User: in.UserID, Department: in.DepartmentID, Designation: in.Designation, Once: in.once()}
}

func roleOperations(r *registry, s *directory.Service) {
	op(r, "roles.list", access.Member, read, "List roles",
		"Every role, and every right that roles can give.",
		func(ctx context.Context, a access.Actor, _ nothing) (directory.RoleList, error) {
			return s.ListRoles(ctx, a)
		})
	op(r, "roles.get", access.RoleManage, read, "Read a role",
		"One role, and whom it was given to.",
		func(ctx context.Context, a access.Actor, in roleID) (directory.GrantedRole, error) {
			return s.GetRole(ctx, a, in.RoleID)
		})
	op(r, "roles.create", access.RoleManage, change, "Add a role",
		"Adds a role under a key that rules and workflows name.",
		func(ctx context.Context, a access.Actor, in roleCreate) (directory.Role, error) {
			return s.CreateRole(ctx, a, directory.NewRole{
				Key: in.Key, Name: in.Name, Description: in.Description, Permissions: in.Permissions, Once: in.once(),
			})
		})
	op(r, "roles.update", access.RoleManage, change, "Change a role",
		"Changes what a role is called and gives. Somebody who can manage roles always remains.",
		func(ctx context.Context, a access.Actor, in roleUpdate) (directory.Role, error) {
			return s.UpdateRole(ctx, a, directory.RoleUpdate{
				Role: in.RoleID, Revision: in.Revision, Name: in.Name, Description: in.Description, Permissions: in.Permissions, Once: in.once(),
			})
		})
	op(r, "roles.grant", access.RoleManage, change, "Give a role",
		"Gives a role to a person, a department or a job title.",
		func(ctx context.Context, a access.Actor, in roleGrant) (directory.Role, error) {
			return s.GrantRole(ctx, a, in.grant())
		})
	op(r, "roles.revoke", access.RoleManage, change, "Take a role away",
		"Takes a role from whom it was given to.",
		func(ctx context.Context, a access.Actor, in roleGrant) (directory.Role, error) {
			return s.RevokeRole(ctx, a, in.grant())
		})
}
