package runs_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure one more approver is asked, sees the request, and that only who asked
// can withdraw it.
func TestAddApprover(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	task := r.Tasks[0].ID
	_, err := w.runs.AddApprover(w.ctx, w.meera, runs.AddApprover{Task: task, To: w.ivan.User, Where: engine.Beside})
	refused(t, err, fault.NotFound, "no such request")
	_, err = w.runs.AddApprover(w.ctx, w.ravi, runs.AddApprover{Task: task, To: w.asha.User, Where: engine.Beside})
	refused(t, err, fault.Invalid, "own request")
	r = must[runs.Run](t)(w.runs.AddApprover(w.ctx, w.ravi, runs.AddApprover{Task: task, To: w.ivan.User, Where: engine.Before, Comment: "Before me"}))
	if len(r.Later) != 1 || r.Later[0].After.ID != w.ivan.User || len(r.Tasks) != 1 || !r.Tasks[0].Remove {
		t.Fatalf("open %+v, later %+v", r.Tasks, r.Later)
	}
	his := must[runs.Run](t)(w.runs.Get(w.ctx, w.ivan, r.ID.String()))
	if his.Task == nil || his.Task.AskedBy.ID != w.ravi.User || !his.Task.Transitions[0].Waits {
		t.Fatalf("Ivan sees %+v", his.Task)
	}
	_, err = w.runs.RemoveApprover(w.ctx, w.asha, runs.RemoveApprover{Task: his.Task.ID})
	refused(t, err, fault.Forbidden, "Only who asked")
	_, err = w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: task, Transition: "hr"})
	refused(t, err, fault.Conflict, "waits for Ivan Petrov")
	r = must[runs.Run](t)(w.runs.RemoveApprover(w.ctx, w.ravi, runs.RemoveApprover{Task: his.Task.ID}))
	if len(r.Later) != 0 || r.Tasks[0].ID != task {
		t.Errorf("after the withdrawal %+v", r.Tasks)
	}
	_, err = w.runs.Complete(w.ctx, w.ivan, runs.Complete{Task: his.Task.ID, Transition: "hr"})
	refused(t, err, fault.Conflict, "withdrawn")
}
