package directory_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/directory"
)

// Ensure the tree holds everybody who is active, and of the others only those
// without whom somebody active would hang in the air.
func TestPeopleTree(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t), newWorld(t)
	other.user("Somebody Else", nil)
	w.department("HR")
	boss := w.user("Vikram Malhotra", func(p *directory.Profile) { p.Manager = directory.To(w.email) })
	asha := w.user("Asha Mehta", func(p *directory.Profile) {
		p.Manager, p.Department, p.Designation = directory.To(boss.Email), directory.To("HR"), directory.To("Clerk")
	})
	gone := w.user("Dana Rao", func(p *directory.Profile) { p.Manager = directory.To(boss.Email) })
	a := w.as(asha.Email)
	for _, u := range []directory.User{boss, gone} {
		w.disable(u)
	}
	tree, err := w.service.PeopleTree(t.Context(), a)
	if err != nil || len(tree.Items) != 3 || tree.More {
		t.Fatalf("%+v %v", tree, err)
	}
	first, top, middle := tree.Items[0], tree.Items[1], tree.Items[2]
	if first.ID != asha.ID || first.Designation != "Clerk" || first.Department != "HR department" || first.ManagerID == nil || *first.ManagerID != boss.ID || first.Status != "active" {
		t.Errorf("%+v", first)
	}
	if top.ID != w.admin.User || top.ManagerID != nil || middle.ID != boss.ID || middle.Status != "disabled" || *middle.ManagerID != w.admin.User {
		t.Errorf("%+v %+v", top, middle)
	}
}
