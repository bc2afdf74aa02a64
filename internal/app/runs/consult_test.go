package runs_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure a question is asked and answered without touching the decision, and that
// it shows the requester nothing that was hidden from him.
func TestConsult(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	r = must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.hana.User))
	task := r.Tasks[0].ID
	must[runs.Run](t)(w.runs.Consult(w.ctx, w.hana, runs.Consult{Task: task, To: w.asha.User, Comment: "Which project?", Wait: true}))
	asked := must[runs.Run](t)(w.runs.Get(w.ctx, w.asha, r.ID.String()))
	if asked.Task == nil || asked.Task.Kind != "consult" || asked.Task.Can.SendBack || asked.Task.Can.Reassign {
		t.Fatalf("Asha sees %+v", asked.Task)
	}
	if _, shown := asked.Values["hr_note"]; shown {
		t.Error("the question shows her the note of HR")
	}
	if q := asked.Task.Reason; q == nil || q.Text != "Which project?" || q.By.ID != w.hana.User {
		t.Errorf("the question she reads is %+v", q)
	}
	l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.asha, runs.ListTasks{}))
	if len(l.Items) != 1 || l.Items[0].AskedBy == nil || l.Items[0].AskedBy.Name != "Hana Holt" || l.Items[0].Can.Reassign {
		t.Fatalf("her inbox has %+v", l.Items)
	}
	many := must[runs.DecidedMany](t)(w.runs.CompleteMany(w.ctx, w.asha, runs.CompleteMany{Tasks: []uuid.UUID{asked.Task.ID}, Kind: "approve"}))
	if many.Done != 0 || !strings.Contains(many.Items[0].Reason, "open it to answer") {
		t.Errorf("a question among several to approve: %+v", many)
	}
	_, err := w.runs.Complete(w.ctx, w.asha, runs.Complete{Task: asked.Task.ID, Transition: "ok"})
	refused(t, err, fault.Invalid, "not yours")
	must[runs.Run](t)(w.runs.Complete(w.ctx, w.asha, runs.Complete{Task: asked.Task.ID, Transition: "answer", Comment: "Apollo"}))
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.hana, runs.Complete{Task: task, Transition: "ok"}))
	if r.Outcome != "approved" || r.Round != 1 {
		t.Errorf("ended %s in round %d", r.Outcome, r.Round)
	}
}
