package runs_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

const purchase = `
key: BUY
name: Purchase
group: HR
form:
  fields:
    - {name: cost, type: number, label: Cost}
    - {name: limit, type: number, label: Limit}
steps:
  - {id: ask, type: start, fields: {limit: hidden}}
  - {id: lead, type: task, name: Lead, assignee: {strategy: manager}, fields: {limit: hidden}, transitions: [{id: ok, to: fin, name: Agree, kind: approve}]}
  - id: fin
    type: task
    name: Finance
    assignee: {strategy: user, user: meera.iyer@example.com}
    fields: {limit: edit, cost: edit}
    transitions: [{id: ok, to: last, name: Release, kind: approve}]
  - {id: last, type: task, name: Last, assignee: {strategy: chosen}, transitions: [{id: ok, to: done, kind: approve}]}
  - {id: done, type: end, outcome: approved}
`

// Ensure who decided on something else is asked again, sees what was changed and by
// whom, chooses nobody, and leads the request on from where it waits.
func TestAskedAgain(t *testing.T) {
	w := newWorld(t)
	w.publish(withMeera(w, purchase))
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "BUY", Values: map[string]any{"cost": 50}}))
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: taskOf(t, r, w.ravi), Transition: "ok"}))
	first := taskOf(t, r, w.meera)
	if b := must[runs.Run](t)(w.runs.Get(w.ctx, w.meera, r.Number)).Task.Bound; len(b) != 1 || b[0].Field != "cost" || b[0].People[0].Name != "Ravi Menon" {
		t.Errorf("Meera is told that others decided on %+v", b)
	}
	_, err := w.runs.Complete(w.ctx, w.meera, runs.Complete{Task: first, Transition: "ok", Values: map[string]any{"cost": 60, "limit": 100}})
	refused(t, err, fault.Invalid, "Choose who gets step") // what comes next is chosen by who decides, not by who is asked again
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.meera, runs.Complete{
		Task: first, Transition: "ok", Values: map[string]any{"cost": 60, "limit": 100}, Assignees: engine.Choices{Only: w.ines.User},
	}))
	w.compare(r.ID)
	if len(r.Tasks) != 1 || !r.Tasks[0].Again || r.Tasks[0].StepName != "Lead" {
		t.Fatalf("asked %+v", r.Tasks)
	}
	again, waits := r.Path[1], r.Path[2]
	if !again.Again || again.Status != "waiting" || again.Transition != "Agree" || len(again.DecidedBy) != 0 || !waits.Waits || len(waits.DecidedBy) != 1 {
		t.Errorf("the way is %+v", r.Path)
	}
	if len(r.Next) != 1 || r.Next[0].Name != "Last" {
		t.Errorf("next %+v", r.Next)
	}

	if rows := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.ravi, runs.ListTasks{})).Items; len(rows) != 1 || !rows[0].Again {
		t.Errorf("Ravi's list is %+v", rows)
	}
	got := must[runs.Run](t)(w.runs.Get(w.ctx, w.ravi, r.Number))
	why := got.Task.Again
	if why == nil || why.By.Name != "Meera Iyer" || why.Of.Name != "Ravi Menon" || len(why.Fields) != 1 || why.Fields[0].Label != "Cost" {
		t.Errorf("Ravi reads %+v", why)
	}
	if c := got.Changes["cost"]; c.From != 50.0 || len(got.Changes) != 1 {
		t.Errorf("marked %+v", got.Changes)
	}
	if x := got.Task.Transitions[0]; x.ToStepName != "Finance" || len(x.Choices) != 0 {
		t.Errorf("he may choose %+v", x)
	}
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: got.Task.ID, Transition: "ok"}))
	w.compare(r.ID)
	if taskOf(t, r, w.ines); len(r.Tasks) != 1 || len(r.Path[1].DecidedBy) != 1 {
		t.Errorf("then %+v, %+v", r.Tasks, r.Path)
	}
	h := must[runs.Entries](t)(w.runs.History(w.ctx, w.asha, r.ID, "", 100))
	said := false
	for _, e := range h.Items {
		if e.Type == "task.voided" {
			said = e.Former.Name == "Ravi Menon" && e.Actor.Name == "Meera Iyer" && len(e.Fields) == 1 && e.Fields[0].Label == "Cost"
		}
	}
	if !said {
		t.Errorf("the history says %+v", h.Items)
	}
}

// sum hides from the manager what the total he sees comes from.
const sum = `
key: SUM
name: Sum
group: HR
form:
  fields:
    - {name: cost, type: number, label: Cost}
    - {name: total, type: number, label: Total, calculate: form.cost * 2}
steps:
  - {id: ask, type: start}
  - {id: lead, type: task, name: Lead, assignee: {strategy: manager}, fields: {cost: hidden}, transitions: [{id: ok, to: fin, name: Agree, kind: approve}]}
  - {id: fin, type: task, name: Finance, assignee: {strategy: user, user: meera.iyer@example.com}, fields: {cost: edit}, transitions: [{id: ok, to: done, kind: approve}]}
  - {id: done, type: end}
`

// Ensure whoever sees a sum and not what it comes from reads that the sum was changed,
// and that nobody but who may change a field is told who decided on it.
func TestWhatIsToldOfChangedFields(t *testing.T) {
	w := newWorld(t)
	w.publish(withMeera(w, sum))
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "SUM", Values: map[string]any{"cost": 50}}))
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: taskOf(t, r, w.ravi), Transition: "ok"}))
	for _, who := range []actor{w.asha, w.ravi} {
		if b := must[runs.TaskPage](t)(w.runs.Task(w.ctx, who, r.Tasks[0].ID)).Bound; len(b) != 0 {
			t.Errorf("%s is told that others decided on %+v", who.User, b)
		}
	}
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.meera, runs.Complete{Task: taskOf(t, r, w.meera), Transition: "ok", Values: map[string]any{"cost": 60}}))
	w.compare(r.ID)
	why := must[runs.Run](t)(w.runs.Get(w.ctx, w.ravi, r.Number)).Task.Again
	if why == nil || len(why.Fields) != 1 || why.Fields[0].Label != "Total" {
		t.Errorf("Ravi reads %+v", why)
	}
	for _, e := range must[runs.Entries](t)(w.runs.History(w.ctx, w.ravi, r.ID, "", 100)).Items {
		if e.Type == "task.voided" && (len(e.Fields) != 1 || e.Fields[0].Label != "Total") {
			t.Errorf("the history says %+v", e.Fields)
		}
	}
}

// Ensure the hash of a decision can be proved from its salt and what was shown, and
// cannot be guessed without: the same content has another hash every time.
func TestHashOfWhatWasShown(t *testing.T) {
	w := newWorld(t)
	w.publish(withMeera(w, purchase))
	hashes := map[string]bool{}
	for range 2 {
		r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "BUY", Values: map[string]any{"cost": 50}}))
		must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: taskOf(t, r, w.ravi), Transition: "ok"}))
		seen := dbtest.Get[[]byte](t, w.org, `SELECT seen FROM tasks WHERE run_id = $1 AND seen IS NOT NULL`, r.ID)
		shown := dbtest.Get[[]string](t, w.org, `SELECT shown FROM tasks WHERE run_id = $1 AND seen IS NOT NULL`, r.ID)
		hash := dbtest.Get[string](t, w.org, `SELECT data->>'seen_hash' FROM events WHERE run_id = $1 AND type = 'task.completed'`, r.ID)
		text, err := json.Marshal(map[string]any{"cost": 50.0})
		if err != nil {
			t.Fatal(err)
		}
		h := hmac.New(sha256.New, seen[:16])
		h.Write(text)
		if got := hex.EncodeToString(h.Sum(nil)); got != hash || hex.EncodeToString(seen[16:]) != hash {
			t.Errorf("the hash is %s, of what was shown %s, in the row %x", hash, got, seen[16:])
		}
		if len(shown) != 1 || shown[0] != "cost" {
			t.Errorf("bound to %v: what was hidden from him is not", shown)
		}
		hashes[hash] = true
	}
	if len(hashes) != 2 {
		t.Error("the same content has the same hash: it can be guessed")
	}
}
