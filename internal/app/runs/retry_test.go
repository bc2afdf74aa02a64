package runs_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure an incident that comes from what was entered is mended by the requester
// whom an administrator asks, once under a key, and that only he may ask.
func TestRetryByTheRequester(t *testing.T) {
	w := newWorld(t)
	w.publish(`
key: LIMIT
name: Limit
group: IT
form: {fields: [{name: cost, type: number}, {name: limit, type: number}]}
steps:
  - {id: s, type: start}
  - {id: c, type: condition, transitions: [{id: much, to: e, when: form.cost > form.limit}, {id: else, to: f}]}
  - {id: e, type: end, outcome: much}
  - {id: f, type: end, outcome: little}
`)
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "LIMIT", Values: map[string]any{"cost": 5}}))
	if r.Path[1].Status != "incident" || r.Task != nil {
		t.Fatalf("path %+v", r.Path)
	}
	ask := runs.Retry{Run: r.ID, ToRequester: true, Comment: "Which limit?", Key: runs.Key{Key: "k"}}
	_, err := w.runs.Retry(w.ctx, w.asha, ask)
	refused(t, err, fault.Forbidden, "administrator")
	silent := ask
	silent.Comment, silent.Key = " ", runs.Key{}
	_, err = w.runs.Retry(w.ctx, w.admin, silent)
	refused(t, err, fault.Invalid, "comment: ")
	for range 2 {
		r = must[runs.Run](t)(w.runs.Retry(w.ctx, w.admin, ask))
	}
	if r.Round != 2 || len(r.Tasks) != 1 || r.Tasks[0].Kind != "fix" || r.Tasks[0].Assignee.Name != "Asha Rao" {
		t.Fatalf("asked %+v", r.Tasks)
	}
	w.compare(r.ID)
	h := must[runs.Entries](t)(w.runs.History(w.ctx, w.asha, r.ID, "", 0))
	told := false
	for _, e := range h.Items {
		told = told || e.Type == "task.sent_back" && e.Comment == "Which limit?" && e.Actor != nil && e.Actor.Name == "Ada Admin"
	}
	if !told {
		t.Errorf("the history does not tell it: %+v", h.Items)
	}
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.asha, runs.Complete{Task: r.Tasks[0].ID, Transition: "submit", Values: map[string]any{"limit": 9}}))
	if r.Outcome != "little" {
		t.Errorf("ended %q, path %+v", r.Outcome, r.Path)
	}
	_, err = w.runs.Retry(w.ctx, w.admin, runs.Retry{Run: r.ID, ToRequester: true, Comment: "again"})
	refused(t, err, fault.Conflict, "ended")
}

// Ensure a result that does not fit its field is brought back when the step is tried again,
// and not done without: it says so for as long as it does not fit.
func TestRetryTakesTheResult(t *testing.T) {
	w := newFamily(t)
	w.newer("JOIN", strings.Replace(joining, "{name: cost, type: number}", "{name: cost, type: rating, max: 5}", 1), 2)
	r := w.joined("Thinkpad")
	w.relay()
	child := w.get(w.ivan, r.Subs[0].RunID)
	must[runs.Run](t)(w.runs.Complete(w.ctx, w.ivan, runs.Complete{Task: child.Tasks[0].ID, Transition: "ok", Values: map[string]any{"price": 1200}}))
	w.relay()
	for range 2 { // when it is told, and when it is tried again
		now := w.get(w.asha, r.ID)
		if x := now.Path[len(now.Path)-1]; x.Status != "incident" || x.StepID != "laptop" || !strings.HasPrefix(x.Detail, "What came of "+child.Number+" does not fit") {
			t.Fatalf("it stands at %+v", x)
		}
		must[runs.Run](t)(w.runs.Retry(w.ctx, w.admin, runs.Retry{Run: r.ID}))
	}
	w.newer("JOIN", joining, 3)
	moved := w.migrate(w.mover(), runs.Migrate{Workflow: "JOIN", Runs: []uuid.UUID{r.ID}, Comment: "Costs are no stars."})
	if moved.Done != 1 {
		t.Fatalf("moved: %+v", moved)
	}
	must[runs.Run](t)(w.runs.Retry(w.ctx, w.admin, runs.Retry{Run: r.ID}))
	if after := w.get(w.asha, r.ID); after.Status != "completed" || after.Values["cost"] != 1200.0 || after.Values["order"] != child.Number {
		t.Errorf("afterwards: %s %v", after.Status, after.Values)
	}
}
