package directory_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure a role can be made, granted in three ways, counted, and taken back.
func TestRoles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hr := w.department("HR")
	asha := w.user("Asha Mehta", func(p *directory.Profile) { p.Department = directory.To("HR") })
	bela := w.user("Bela Rao", func(p *directory.Profile) { p.Designation = directory.To("Chief") })
	role, err := w.service.CreateRole(t.Context(), w.admin, directory.NewRole{Key: "seer", Name: "Seer", Permissions: []string{"run.view_all", "run.operate", "run.view_all"}})
	if err != nil || fmt.Sprint(role.Permissions) != "[run.operate run.view_all]" || role.System || role.Revision != 1 {
		t.Fatalf("%+v %v", role, err)
	}
	grants := []directory.Grant{{Role: role.ID, User: asha.ID}, {Role: role.ID, Department: hr.ID}, {Role: role.ID, Designation: " Chief "}}
	for i, g := range grants {
		for range 2 { // twice is no error
			if role, err = w.service.GrantRole(t.Context(), w.admin, g); err != nil {
				t.Fatal(err)
			}
		}
		if want := []int{1, 1, 2}[i]; role.Members != want {
			t.Errorf("%d members after grant %d, want %d", role.Members, i, want)
		}
	}
	if !w.as(asha.Email).Has(access.RunOperate) || !w.as(bela.Email).Has(access.RunViewAll) {
		t.Error("the right does not act")
	}
	for i, g := range grants {
		if role, err = w.service.RevokeRole(t.Context(), w.admin, g); err != nil {
			t.Fatal(err)
		}
		if want := []int{2, 1, 0}[i]; role.Members != want {
			t.Errorf("%d members after taking back %d, want %d", role.Members, i, want)
		}
		_, err := w.service.RevokeRole(t.Context(), w.admin, g)
		wantFault(t, "twice", err, fault.NotFound, "")
	}
	if w.as(asha.Email).Has(access.RunOperate) {
		t.Error("the right still acts")
	}
	role, err = w.service.UpdateRole(t.Context(), w.admin, directory.RoleUpdate{Role: role.ID, Revision: 1, Name: directory.To("All-seeing"), Permissions: []string{}})
	if err != nil || role.Name != "All-seeing" || len(role.Permissions) != 0 || role.Revision != 2 {
		t.Errorf("%+v %v", role, err)
	}
}

// Ensure wrong roles and grants are refused with the field.
func TestRolesRefuse(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t), newWorld(t)
	foreign := get[uuid.UUID](other, `SELECT id FROM roles WHERE key = 'admin'`)
	admin := get[uuid.UUID](w, `SELECT id FROM roles WHERE key = 'admin'`)
	ctx, s := t.Context(), w.service
	for field, in := range map[string]directory.NewRole{
		"key":         {Key: "Big Boss", Name: "X"},
		"name":        {Key: "x", Name: " "},
		"permissions": {Key: "x", Name: "X", Permissions: []string{"everything"}},
		"description": {Key: "x", Name: "X", Description: strings.Repeat("x", 2001)},
	} {
		_, err := s.CreateRole(ctx, w.admin, in)
		wantFault(t, field, err, fault.Invalid, field)
	}
	_, err := s.CreateRole(ctx, w.admin, directory.NewRole{Key: "admin", Name: "X"})
	wantFault(t, "a key that is taken", err, fault.Invalid, "key")
	for what, c := range map[string]struct {
		grant directory.Grant
		code  fault.Code
		field string
	}{
		"nobody":               {directory.Grant{Role: admin}, fault.Invalid, "user_id"},
		"two":                  {directory.Grant{Role: admin, User: w.admin.User, Designation: "X"}, fault.Invalid, "user_id"},
		"unknown role":         {directory.Grant{Role: nobody(), User: w.admin.User}, fault.NotFound, ""},
		"another org's role":   {directory.Grant{Role: foreign, User: w.admin.User}, fault.NotFound, ""},
		"another org's person": {directory.Grant{Role: admin, User: other.admin.User}, fault.Invalid, "user_id"},
		"unknown department":   {directory.Grant{Role: admin, Department: nobody()}, fault.Invalid, "department_id"},
		"formula":              {directory.Grant{Role: admin, Designation: "=1"}, fault.Invalid, "designation"},
		"blank":                {directory.Grant{Role: admin, Designation: "  "}, fault.Invalid, "designation"},
	} {
		_, err := s.GrantRole(ctx, w.admin, c.grant)
		wantFault(t, what, err, c.code, c.field)
	}
	_, err = s.RevokeRole(ctx, w.admin, directory.Grant{Role: foreign, User: other.admin.User})
	wantFault(t, "taking back in another org", err, fault.NotFound, "")
	_, err = s.UpdateRole(ctx, w.admin, directory.RoleUpdate{Role: foreign, Revision: 1, Name: directory.To("X")})
	wantFault(t, "another org's role", err, fault.NotFound, "")
	_, err = s.UpdateRole(ctx, w.admin, directory.RoleUpdate{Role: admin, Revision: 9})
	wantFault(t, "an old revision", err, fault.Conflict, "")
	_, err = s.UpdateRole(ctx, w.admin, directory.RoleUpdate{Role: admin, Revision: 1, Permissions: []string{"run.start"}})
	wantFault(t, "the administrators' rights", err, fault.Conflict, "")
	_, err = s.UpdateRole(ctx, w.admin, directory.RoleUpdate{Role: admin, Revision: 1, Name: directory.Change[string]{Given: true}})
	wantFault(t, "no name", err, fault.Invalid, "name")
	_, err = s.RevokeRole(ctx, w.admin, directory.Grant{Role: admin, User: w.admin.User})
	wantFault(t, "the last administrator", err, fault.Conflict, "")
	if !w.as(w.email).Has(access.RoleManage) {
		t.Error("the administrator lost his role")
	}
}

// Ensure every right can be granted and is explained.
func TestListRoles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	list, err := w.service.ListRoles(t.Context(), w.admin)
	if err != nil || len(list.Rights) != len(access.Rights()) {
		t.Fatalf("%+v %v", list, err)
	}
	for _, r := range list.Items {
		if !r.System || r.Description == "" || r.Permissions == nil {
			t.Errorf("%+v", r)
		}
		if r.Key == "admin" && (len(r.Permissions) != len(access.Rights()) || r.Members != 1) {
			t.Errorf("%+v", r)
		}
	}
}
