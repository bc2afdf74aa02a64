package httpapi

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/access"
)

type departmentCreate struct {
	keyed
	Key    string    `json:"key" minLength:"1" maxLength:"64" doc:"Stands in rules and never changes." example:"ENG"`
	Name   string    `json:"name" minLength:"1" maxLength:"200" doc:"As people call it." example:"Engineering"`
	HeadID uuid.UUID `json:"head_id,omitzero" doc:"Who leads it."`
}

type departmentUpdate struct {
	keyed
	DepartmentID uuid.UUID                   `json:"department_id" doc:"The department."`
	Revision     int                         `json:"revision" minimum:"0" maximum:"2000000000" doc:"The one that was seen, so that nobody's change is lost."`
	Name         text                        `json:"name,omitzero" maxLength:"200" doc:"As people call it."`
	HeadID       directory.Change[uuid.UUID] `json:"head_id,omitzero" doc:"Who leads it; null: nobody."`
}

func departmentOperations(r *registry, s *directory.Service) {
	op(r, "departments.list", access.Member, read, "List departments",
		"Every department, by name.",
		func(ctx context.Context, a access.Actor, _ nothing) (directory.DepartmentList, error) {
			return s.ListDepartments(ctx, a)
		})
	op(r, "departments.create", access.DepartmentManage, change, "Add a department",
		"Adds a department under a key that rules name.",
		func(ctx context.Context, a access.Actor, in departmentCreate) (directory.Department, error) {
			return s.CreateDepartment(ctx, a, directory.NewDepartment{Key: in.Key, Name: in.Name, Head: in.HeadID, Once: in.once()})
		})
	op(r, "departments.update", access.DepartmentManage, change, "Change a department",
		"Changes its name or head.",
		func(ctx context.Context, a access.Actor, in departmentUpdate) (directory.Department, error) {
			return s.UpdateDepartment(ctx, a, directory.DepartmentUpdate{
				Department: in.DepartmentID, Revision: in.Revision, Name: in.Name, Head: in.HeadID, Once: in.once(),
			})
		})
}
