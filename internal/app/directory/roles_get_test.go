package directory_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure it is told to whom a role was given, in which way, and how many have it by that.
func TestGetRole(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t), newWorld(t)
	hr := w.department("HR")
	asha := w.user("Asha Mehta", func(p *directory.Profile) { p.Department = directory.To("HR") })
	bela := w.user("Bela Rao", func(p *directory.Profile) {
		p.Department, p.Designation = directory.To("HR"), directory.To("Chief")
	})
	role, err := w.service.CreateRole(t.Context(), w.admin, directory.NewRole{Key: "seer", Name: "Seer"})
	if err != nil || !role.Can.Update || !role.Can.Permissions || !role.Can.Grant || !role.Can.Assign {
		t.Fatalf("%+v %v", role, err)
	}
	got, err := w.service.GetRole(t.Context(), w.admin, role.ID)
	if err != nil || len(got.Grants) != 0 || got.Given != 0 || got.Key != "seer" {
		t.Errorf("not given yet: %+v %v", got, err)
	}
	for _, g := range []directory.Grant{{User: bela.ID}, {User: asha.ID}, {Designation: "Chief"}, {Department: hr.ID}} {
		g.Role = role.ID
		if _, err := w.service.GrantRole(t.Context(), w.admin, g); err != nil {
			t.Fatal(err)
		}
	}
	got, err = w.service.GetRole(t.Context(), w.admin, role.ID)
	if err != nil || len(got.Grants) != 4 || got.Given != 4 || got.Members != 2 {
		t.Fatalf("%+v %v", got, err)
	}
	byDepartment, byTitle, first, second := got.Grants[0], got.Grants[1], got.Grants[2], got.Grants[3]
	if byDepartment.Department == nil || byDepartment.Department.Key != "HR" || byDepartment.Members != 2 || byDepartment.User != nil {
		t.Errorf("%+v", byDepartment)
	}
	if byTitle.Designation != "Chief" || byTitle.Members != 1 || first.User == nil || first.User.ID != asha.ID || second.User.ID != bela.ID || first.Members != 1 {
		t.Errorf("%+v %+v %+v", byTitle, first, second)
	}
	_, err = w.service.GetRole(t.Context(), w.admin, nobody())
	wantFault(t, "no such role", err, fault.NotFound, "")
	_, err = other.service.GetRole(t.Context(), other.admin, role.ID)
	wantFault(t, "from another organization", err, fault.NotFound, "")
}

// Ensure what replies say somebody can do is what the verbs let him do.
func TestAbilitiesOfAClerk(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	clerk := w.user("Carla Clerk", func(p *directory.Profile) { p.Roles = []string{"people", "employee"} })
	asha := w.user("Asha Mehta", nil)
	a := w.as(clerk.Email)
	want := map[string]directory.UserAbilities{
		w.admin.User.String(): {Update: true},
		clerk.ID.String():     {Update: true, SignIn: true},
		asha.ID.String():      {Update: true, SignIn: true, Disable: true},
	}
	list, err := w.service.ListUsers(t.Context(), a, directory.UserFilter{})
	if err != nil || len(list.Items) != 3 {
		t.Fatal(list, err)
	}
	for _, u := range list.Items {
		if u.Can != want[u.ID.String()] {
			t.Errorf("%s: %+v", u.Name, u.Can)
		}
	}
	w.disable(asha)
	if u, err := w.service.GetUser(t.Context(), a, asha.ID); err != nil || u.Can != (directory.UserAbilities{Update: true, SignIn: true, Enable: true}) {
		t.Errorf("%+v %v", u.Can, err)
	}
	roles, err := w.service.ListRoles(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range roles.Items {
		gives := r.Key == "people" || r.Key == "employee"
		if r.Can != (directory.RoleAbilities{Assign: gives}) {
			t.Errorf("%s: %+v", r.Key, r.Can)
		}
	}
	departments, err := w.service.ListDepartments(t.Context(), w.as(w.user("Bela Rao", nil).Email))
	if err != nil || len(departments.Items) != 0 {
		t.Errorf("%+v %v", departments, err)
	}
}
