package directory_test

import (
	"fmt"
	"testing"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
)

// Ensure it is told what a disabled person would leave behind, and only that.
func TestUserImpact(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t), newWorld(t)
	s := w.service
	u := w.user("Vikram Malhotra", nil)
	none, err := s.UserImpact(t.Context(), w.admin, u.ID)
	if err != nil || none.OpenTasks+none.OpenRequests+none.Reports+len(none.SomeReports)+len(none.Departments)+len(none.Workflows) != 0 || none.Irreplaceable {
		t.Errorf("somebody new: %+v %v", none, err)
	}
	for i := range 7 {
		report := w.user(fmt.Sprintf("Report %d", i), func(p *directory.Profile) { p.Manager, p.Password = directory.To(u.Email), directory.Change[string]{} })
		if i == 6 {
			w.disable(report)
		}
	}
	if _, err := s.CreateDepartment(t.Context(), w.admin, directory.NewDepartment{Key: "HR", Name: "People", Head: u.ID}); err != nil {
		t.Fatal(err)
	}
	w.department("IT")
	run := w.openRun(u)
	w.exec(`INSERT INTO workflows (id, key, name, prefix, owner_id, deleted_at) VALUES ($1, 'OLD', 'Old', 'OLD', $2, now())`, db.NewID(), u.ID)
	w.exec(`INSERT INTO participants (user_id, run_id, roles, open) VALUES ($1, $2, 3, true)`, u.ID, run)
	got, err := s.UserImpact(t.Context(), w.admin, u.ID)
	if err != nil || got.OpenTasks != 1 || got.OpenRequests != 1 || got.Reports != 6 || len(got.SomeReports) != 5 || got.SomeReports[0].Name != "Report 0" ||
		len(got.Departments) != 1 || got.Departments[0].Key != "HR" || len(got.Workflows) != 1 || got.Workflows[0].Key != "LEAVE" || got.Irreplaceable {
		t.Errorf("%+v %v", got, err)
	}
	admin, err := s.UserImpact(t.Context(), w.admin, w.admin.User)
	if err != nil || !admin.Irreplaceable {
		t.Errorf("the only administrator: %+v %v", admin, err)
	}
	w.user("Hira Das", func(p *directory.Profile) { p.Roles = []string{"admin"} })
	if admin, err = s.UserImpact(t.Context(), w.admin, w.admin.User); err != nil || admin.Irreplaceable {
		t.Errorf("one of two administrators: %+v %v", admin, err)
	}
	_, err = s.UserImpact(t.Context(), w.admin, other.admin.User)
	wantFault(t, "somebody of another organization", err, fault.NotFound, "")
}
