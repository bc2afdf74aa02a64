package demo

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// departments are the same in both organizations.
var departments = []directory.NewDepartment{
	{Key: "HR", Name: "Human Resources"},
	{Key: "FIN", Name: "Finance"},
	{Key: "IT", Name: "Information Technology"},
	{Key: "OPS", Name: "Operations"},
	{Key: "SALES", Name: "Sales"},
	{Key: "ENG", Name: "Engineering"},
	{Key: "LEGAL", Name: "Legal"},
}

// roles are those the library's workflows name, beside the ones every
// organization begins with.
var roles = []directory.NewRole{
	{Key: "budget_owner", Name: "Budget owner", Description: "Answers for a cost center.", Permissions: []string{"run.start"}},
	{Key: "finance_approver", Name: "Finance approver", Description: "Releases payments.", Permissions: []string{"run.start"}},
	{Key: "director", Name: "Director", Description: "Signs what goes beyond the limits of managers.", Permissions: []string{"run.start", "run.view_all"}},
	{Key: "payroll", Name: "Payroll", Description: "Pays out.", Permissions: []string{"run.start"}},
	{Key: "it_admin", Name: "IT administrator", Description: "Grants access to systems.", Permissions: []string{"run.start"}},
}

var attributes = []directory.Attribute{
	{Key: "leave_balance", Label: "Days of leave left this year", Kind: "number"},
	{Key: "cost_center", Label: "Cost center", Kind: "text"},
}

// cast is everybody of an organization, by the part of the address before the @.
type cast map[string]access.Actor

// furnish brings a bare organization to life. Each step leaves alone what is
// there already.
func (o Org) furnish(ctx context.Context, s Services, admin access.Actor) error {
	if err := furnishRules(ctx, s.Directory, admin); err != nil {
		return err
	}
	if err := o.furnishPeople(ctx, s.Directory, admin); err != nil {
		return err
	}
	if err := s.Catalog.InstallLibrary(ctx, admin); err != nil {
		return err
	}
	people, err := everybody(ctx, s.Directory, admin)
	if err != nil {
		return err
	}
	if err := o.play(ctx, s.Runs, people); err != nil {
		return err
	}
	_, err = s.Runs.Relay(ctx, admin.Org) // what the requests have started
	return err
}

// furnishRules makes what people and workflows refer to.
func furnishRules(ctx context.Context, d *directory.Service, admin access.Actor) error {
	for _, a := range attributes {
		if err := d.DefineAttribute(ctx, admin, a, directory.Key{}); err != nil {
			return err
		}
	}
	for _, r := range roles {
		if _, err := d.CreateRole(ctx, admin, r); err != nil && !keyTaken(err) {
			return err
		}
	}
	for _, dep := range departments {
		if _, err := d.CreateDepartment(ctx, admin, dep); err != nil && !keyTaken(err) {
			return err
		}
	}
	return nil
}

// keyTaken reports that something with this key is there already.
func keyTaken(err error) bool {
	e, ok := err.(*fault.Error) //nolint:errorlint // the verbs return it bare
	return ok && len(e.Fields) == 1 && e.Fields[0].Path == "key"
}

// furnishPeople imports the table of people and names the heads of departments.
func (o Org) furnishPeople(ctx context.Context, d *directory.Service, admin access.Actor) error {
	done, err := d.ImportUsers(ctx, admin, directory.Import{CSV: o.people, Password: Password})
	if err != nil {
		return err
	}
	if len(done.Errors) > 0 {
		first := done.Errors[0]
		return fault.New(fault.Invalid, "line %d, %s: %s", first.Line, first.Field, first.Message)
	}
	people, err := everybody(ctx, d, admin)
	if err != nil {
		return err
	}
	all, err := d.ListDepartments(ctx, admin)
	if err != nil {
		return err
	}
	for _, dep := range all.Items {
		head, wanted := o.heads[dep.Key]
		if !wanted || dep.Head != nil {
			continue
		}
		_, err := d.UpdateDepartment(ctx, admin, directory.DepartmentUpdate{
			Department: dep.ID, Revision: dep.Revision, Head: directory.To(people[head].User),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// everybody returns the people as actors, with the rights of their roles.
func everybody(ctx context.Context, d *directory.Service, admin access.Actor) (cast, error) {
	known, err := d.ListRoles(ctx, admin)
	if err != nil {
		return nil, err
	}
	rights := map[string][]string{}
	for _, r := range known.Items {
		rights[r.Key] = r.Permissions
	}
	people := cast{}
	filter := directory.UserFilter{Status: "active", Page: directory.Page{Limit: 100}}
	for {
		list, err := d.ListUsers(ctx, admin, filter)
		if err != nil {
			return nil, err
		}
		for _, u := range list.Items {
			people[local(u.Email)] = actor(admin.Org, u.ID, u.Roles, rights)
		}
		if filter.Page.Cursor = list.NextCursor; filter.Page.Cursor == "" {
			return people, nil
		}
	}
}

func actor(org access.OrgID, id uuid.UUID, roles []string, rights map[string][]string) access.Actor {
	a := access.Actor{Org: org, User: id}
	for _, role := range roles {
		for _, p := range rights[role] {
			a.Permissions = append(a.Permissions, access.Permission(p))
		}
	}
	slices.Sort(a.Permissions)
	a.Permissions = slices.Compact(a.Permissions)
	return a
}
