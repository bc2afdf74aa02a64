package directory_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure departments have heads and members, and are changed by one at a time.
func TestDepartments(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t), newWorld(t)
	ctx, s := t.Context(), w.service
	asha := w.user("Asha Mehta", nil)
	d, err := s.CreateDepartment(ctx, w.admin, directory.NewDepartment{Key: "HR", Name: "Human Resources", Head: asha.ID})
	if err != nil || d.Head == nil || d.Head.ID != asha.ID || d.Members != 0 || d.Revision != 1 {
		t.Fatalf("%+v %v", d, err)
	}
	if _, err := w.update(asha, directory.Profile{Department: directory.To(d.ID.String())}); err != nil {
		t.Fatal(err)
	}
	d, err = s.UpdateDepartment(ctx, w.admin, directory.DepartmentUpdate{Department: d.ID, Revision: 1, Name: directory.To("People"), Head: directory.Change[uuid.UUID]{Given: true}})
	if err != nil || d.Name != "People" || d.Head != nil || d.Members != 1 || d.Revision != 2 {
		t.Errorf("%+v %v", d, err)
	}
	list, err := s.ListDepartments(ctx, w.admin)
	if err != nil || len(list.Items) != 1 || list.Items[0].Key != "HR" {
		t.Errorf("%+v %v", list, err)
	}
	_, err = s.UpdateDepartment(ctx, w.admin, directory.DepartmentUpdate{Department: d.ID, Revision: 1, Name: directory.To("X")})
	wantFault(t, "an old revision", err, fault.Conflict, "")
	for field, in := range map[string]directory.NewDepartment{
		"key":     {Key: "H R", Name: "X"},
		"name":    {Key: "X", Name: ""},
		"head_id": {Key: "X", Name: "X", Head: other.admin.User},
	} {
		_, err := s.CreateDepartment(ctx, w.admin, in)
		wantFault(t, field, err, fault.Invalid, field)
	}
	_, err = s.CreateDepartment(ctx, w.admin, directory.NewDepartment{Key: "HR", Name: "X"})
	wantFault(t, "a key that is taken", err, fault.Invalid, "key")
	_, err = s.UpdateDepartment(ctx, w.admin, directory.DepartmentUpdate{Department: d.ID, Revision: 2, Head: directory.To(nobody())})
	wantFault(t, "a head who does not exist", err, fault.Invalid, "head_id")
	_, err = s.UpdateDepartment(ctx, w.admin, directory.DepartmentUpdate{Department: d.ID, Revision: 2, Name: directory.Change[string]{Given: true}})
	wantFault(t, "no name", err, fault.Invalid, "name")
	_, err = other.service.UpdateDepartment(ctx, other.admin, directory.DepartmentUpdate{Department: d.ID, Revision: 2, Name: directory.To("X")})
	wantFault(t, "from another organization", err, fault.NotFound, "")
}

// Ensure attributes keep their kind while somebody uses them.
func TestDefineAttribute(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	define := func(key, label, kind string) error {
		return w.service.DefineAttribute(t.Context(), w.admin, directory.Attribute{Key: key, Label: label, Kind: kind}, directory.Key{})
	}
	if err := define("desk", "Desk", "text"); err != nil {
		t.Fatal(err)
	}
	if err := define("desk", "Desk number", "number"); err != nil {
		t.Errorf("an unused one: %v", err)
	}
	w.user("Asha Mehta", func(p *directory.Profile) { p.Attributes = map[string]any{"desk": 4.0} })
	wantFault(t, "another kind in use", define("desk", "Desk", "text"), fault.Conflict, "")
	if err := define("desk", "Table", "number"); err != nil {
		t.Errorf("another label: %v", err)
	}
	for _, key := range []string{"", "Desk", "department", "manager", "in", "_x", "a-b", "7x"} {
		wantFault(t, key, define(key, "X", "text"), fault.Invalid, "key")
	}
	wantFault(t, "label", define("x", " ", "text"), fault.Invalid, "label")
	wantFault(t, "kind", define("x", "X", "money"), fault.Invalid, "kind")
}

// Ensure an organization is made whole or not at all.
func TestCreateOrg(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	base := directory.NewOrg{Slug: "x-" + w.slug, Name: "X " + w.name, Zone: "Europe/Berlin", AdminName: "Ingrid Vogel", AdminEmail: "ingrid@x.example", AdminPassword: password}
	for field, change := range map[string]func(*directory.NewOrg){
		"slug":           func(o *directory.NewOrg) { o.Slug = "Not a host" },
		"name":           func(o *directory.NewOrg) { o.Name = "" },
		"zone":           func(o *directory.NewOrg) { o.Zone = "Mars/Olympus" },
		"admin_email":    func(o *directory.NewOrg) { o.AdminEmail = "ingrid" },
		"admin_name":     func(o *directory.NewOrg) { o.AdminName = "" },
		"admin_password": func(o *directory.NewOrg) { o.AdminPassword = "password" },
	} {
		in := base
		change(&in)
		_, err := w.service.CreateOrg(t.Context(), in)
		wantFault(t, field, err, fault.Invalid, field)
	}
	taken := base
	taken.Slug = w.slug
	_, err := w.service.CreateOrg(t.Context(), taken)
	wantFault(t, "slug that is taken", err, fault.Invalid, "slug")
	taken = base
	taken.Name = w.name
	_, err = w.service.CreateOrg(t.Context(), taken)
	wantFault(t, "name that is taken", err, fault.Invalid, "name")
	made, err := w.service.CreateOrg(t.Context(), base)
	if err != nil || !made.Admin.Has("org.settings") || !made.Admin.Has("run.start") {
		t.Errorf("%+v %v", made, err)
	}
}
