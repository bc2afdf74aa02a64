package runs_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure all open tasks of a person go to another, that a preview says the same and
// changes nothing, and that what he may not have stays and says why.
func TestMove(t *testing.T) {
	w := newWorld(t)
	w.publish(several)
	hers := w.start()
	own := must[runs.Run](t)(w.runs.Start(w.ctx, w.meera, runs.Start{Workflow: "LEAVE", Values: week}))
	must[runs.Run](t)(w.runs.Reassign(w.ctx, w.admin, runs.Reassign{Task: own.Tasks[0].ID, To: w.ravi.User}))
	_, err := w.runs.Move(w.ctx, w.admin, runs.Move{From: w.ravi.User, To: w.ravi.User})
	refused(t, err, fault.Invalid, "somebody else")
	for _, preview := range []bool{true, false} {
		got := must[runs.MovedMany](t)(w.runs.Move(w.ctx, w.admin, runs.Move{From: w.ravi.User, To: w.meera.User, Comment: "He left", Preview: preview}))
		if len(got.Items) != 2 || got.Done != 1 || got.Skipped != 1 || got.More {
			t.Fatalf("preview %v: %+v", preview, got)
		}
		for _, x := range got.Items {
			if mine := x.Number == own.Number; mine == x.Done || mine && x.Code != string(fault.Invalid) || x.StepName != "Manager" {
				t.Errorf("preview %v: %+v", preview, x)
			}
		}
		now := must[runs.Run](t)(w.runs.Get(w.ctx, w.admin, hers.ID.String()))
		if moved := now.Tasks[0].Assignee.ID == w.meera.User; moved == preview {
			t.Errorf("preview %v, and the task is with %s", preview, now.Tasks[0].Assignee.Name)
		}
		w.compare(hers.ID)
	}
}
