package runs_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure who may take over decides in the holder's place, and nobody else does.
func TestTakeOver(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	task := r.Tasks[0].ID
	_, err := w.runs.TakeOver(w.ctx, w.asha, runs.TakeOver{Task: task, Comment: "hurry"})
	refused(t, err, fault.Forbidden, "may not take over")
	r = must[runs.Run](t)(w.runs.TakeOver(w.ctx, w.admin, runs.TakeOver{Task: task, Comment: "Ravi is ill"}))
	if r.Task == nil || r.Task.OnBehalfOf == nil || r.Task.OnBehalfOf.ID != w.ravi.User {
		t.Errorf("taken over %+v", r.Task)
	}
}
