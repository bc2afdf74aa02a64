package runs_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure on hold nobody can act, and everybody sees why.
func TestHoldAndResume(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	_, err := w.runs.Hold(w.ctx, w.ravi, runs.Hold{Run: r.ID, Comment: "x"})
	refused(t, err, fault.Forbidden, "run administrator")
	r = must[runs.Run](t)(w.runs.Hold(w.ctx, w.admin, runs.Hold{Run: r.ID, Comment: "Audit"}))
	if r.Status != "held" || !r.Can.Resume || r.Can.Hold {
		t.Fatalf("held %s %+v", r.Status, r.Can)
	}
	_, err = w.approve(w.ravi, r, "hr", w.hana.User)
	refused(t, err, fault.Conflict, "on hold")
	his := must[runs.Run](t)(w.runs.Get(w.ctx, w.ravi, r.ID.String()))
	if his.Task != nil && (his.Task.Can.Complete || his.Task.Can.SendBack) {
		t.Errorf("Ravi can %+v", his.Task.Can)
	}
	r = must[runs.Run](t)(w.runs.Resume(w.ctx, w.admin, runs.Resume{Run: r.ID}))
	must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.hana.User))
}
