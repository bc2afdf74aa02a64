package runs_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Ensure who corrects a request reads what is wanted of him and where it goes
// then, and a reason is not taken from elsewhere.
func TestReasonOfSendBack(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	plain := must[runs.Run](t)(w.runs.Get(w.ctx, w.ravi, r.ID.String()))
	if plain.Task.Reason != nil {
		t.Fatalf("nobody said anything, and Ravi reads %+v", plain.Task.Reason)
	}
	must[runs.Run](t)(w.runs.SendBack(w.ctx, w.ravi, runs.SendBack{
		Task: r.Tasks[0].ID, To: engine.ToInitiator, Comment: "Until when?", Return: engine.ReturnToMe, Correct: []string{"leave_to"},
	}))
	back := must[runs.Run](t)(w.runs.Get(w.ctx, w.asha, r.ID.String()))
	if x := back.Task; x.Reason == nil || x.Reason.Text != "Until when?" || x.Reason.By.ID != w.ravi.User || x.ReturnsTo != "Manager" || len(x.Correct) != 1 {
		t.Fatalf("Asha reads %+v", x)
	}
}
