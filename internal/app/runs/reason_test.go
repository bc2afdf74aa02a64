package runs_test

import (
	"slices"
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

// Ensure whoever looks at a task that was sent back learns nothing of fields that are
// hidden from him.
func TestFieldsToCorrectThatAreHidden(t *testing.T) {
	w := newWorld(t)
	w.publish(withMeera(w, `
key: PAY
name: Pay
group: HR
form: {fields: [{name: salary, type: number}, {name: why, type: text}]}
steps:
  - {id: ask, type: start}
  - {id: lead, type: task, assignee: {strategy: manager}, fields: {salary: hidden}, transitions: [{id: ok, to: fin, kind: approve}]}
  - {id: fin, type: task, assignee: {strategy: user, user: meera.iyer@example.com}, transitions: [{id: ok, to: done, kind: approve}]}
  - {id: done, type: end}
`))
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "PAY", Values: map[string]any{"salary": 5, "why": "more"}}))
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: taskOf(t, r, w.ravi), Transition: "ok"}))
	r = must[runs.Run](t)(w.runs.SendBack(w.ctx, w.meera, runs.SendBack{
		Task: taskOf(t, r, w.meera), To: engine.ToInitiator, Comment: "How much?", Correct: []string{"salary", "why"},
	}))
	fix := taskOf(t, r, w.asha)
	for who, want := range map[string][]string{"asha": {"salary", "why"}, "ravi": {"why"}} {
		a := map[string]actor{"asha": w.asha, "ravi": w.ravi}[who]
		if got := must[runs.TaskPage](t)(w.runs.Task(w.ctx, a, fix)).Task.Correct; !slices.Equal(got, want) {
			t.Errorf("%s is told of %v", who, got)
		}
	}
}
