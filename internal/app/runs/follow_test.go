package runs_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// follow lets open tasks follow the organization, and says how many were looked at.
func (w *world) follow() int {
	w.t.Helper()
	n, err := w.runs.Follow(w.ctx, w.asha.Org)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *world) holder(r runs.Run) string {
	w.t.Helper()
	now := must[runs.Run](w.t)(w.runs.Get(w.ctx, w.admin, r.ID.String()))
	w.compare(r.ID)
	if len(now.Tasks) != 1 || now.Tasks[0].Assignee == nil {
		return ""
	}
	return now.Tasks[0].Assignee.Name
}

// Ensure open tasks go to the new manager, away from who left, and only where
// something changed.
func TestFollow(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	w.follow() // making people is a change as well
	if n := w.follow(); n != 0 {
		t.Errorf("%d runs were looked at though nothing changed", n)
	}
	w.org.Exec(t, `UPDATE users SET manager_id = $1, modified_at = app_now() WHERE id = $2`, w.meera.User, w.asha.User)
	if n := w.follow(); n != 1 || w.holder(r) != "Meera Iyer" {
		t.Fatalf("after another manager %d runs, held by %s", n, w.holder(r))
	}
	_, err := w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: r.Tasks[0].ID, Transition: "hr"})
	refused(t, err, fault.Forbidden, "somebody else")
	w.org.Exec(t, `UPDATE users SET status = 'disabled', modified_at = app_now() WHERE id = $1`, w.meera.User)
	w.follow()
	if got := w.holder(r); got != "Ada Admin" {
		t.Errorf("after she left it is with %s", got)
	}
	if n := w.follow(); n != 0 {
		t.Errorf("%d runs were looked at again", n)
	}
}

// Ensure who stands in gets the open task when an absence begins, may open the
// request, and gives it back when it ends.
func TestAbsence(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	w.follow()
	_, err := w.runs.Get(w.ctx, w.ivan, r.ID.String())
	refused(t, err, fault.NotFound, "no such request")
	w.org.Exec(t, `INSERT INTO absences (id, user_id, starts_at, ends_at, stand_ins)
		VALUES (gen_random_uuid(), $1, app_now(), app_now() + interval '5 days', jsonb_build_array(jsonb_build_object('to', $2::uuid)))`, w.ravi.User, w.ivan.User)
	w.follow()
	if got := w.holder(r); got != "Ivan Petrov" {
		t.Fatalf("while Ravi is away it is with %q", got)
	}
	his := must[runs.Run](t)(w.runs.Get(w.ctx, w.ivan, r.ID.String()))
	if his.Task == nil || his.Task.OnBehalfOf == nil || his.Task.OnBehalfOf.ID != w.ravi.User {
		t.Fatalf("Ivan sees %+v", his.Task)
	}
	second := w.start()
	if got := w.holder(second); got != "Ivan Petrov" {
		t.Errorf("a new task goes to %q", got)
	}
	w.org.Exec(t, `UPDATE absences SET ends_at = app_now() + interval '1 millisecond'`)
	w.org.Exec(t, `SELECT pg_sleep(0.01)`)
	w.follow()
	if got := w.holder(r); got != "Ravi Menon" {
		t.Errorf("when he is back it is with %q", got)
	}
}

// Ensure an absence that begins by itself is noticed without anybody changing anything.
func TestAbsenceBeginsByItself(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	w.org.Exec(t, `INSERT INTO absences (id, user_id, starts_at, ends_at, stand_ins)
		VALUES (gen_random_uuid(), $1, app_now() + interval '300 milliseconds', app_now() + interval '5 days', jsonb_build_array(jsonb_build_object('to', $2::uuid)))`, w.ravi.User, w.ivan.User)
	w.follow()
	if got := w.holder(r); got != "Ravi Menon" {
		t.Fatalf("before it begins it is with %q", got)
	}
	w.org.Exec(t, `SELECT pg_sleep(0.35)`)
	w.follow()
	if got := w.holder(r); got != "Ivan Petrov" {
		t.Errorf("once it began it is with %q", got)
	}
}
