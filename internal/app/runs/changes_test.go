package runs_test

import (
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// budget has a field that only finance sees, one that only it changes, and one
// that a rule shows.
const budget = `
key: BUDGET
name: Budget
group: Finance
form:
  fields:
    - {name: amount, type: number, label: Amount, required: true}
    - {name: backup, type: user, label: Backup}
    - {name: limit, type: number, label: Limit of finance, default: 10}
    - {name: why, type: text, label: Why so much, visible_when: form.amount > 100.0}
steps:
  - {id: ask, type: start, fields: {limit: hidden}}
  - id: lead
    type: task
    name: Lead
    assignee: {strategy: manager, of: initiator}
    fields: {limit: hidden, amount: edit}
    unbound: [amount]
    transitions: [{id: go, to: fin, kind: approve}]
  - id: fin
    type: task
    name: Finance
    assignee: {strategy: user, user: meera.iyer@example.com}
    fields: {limit: edit, amount: edit}
    transitions: [{id: big, to: check, name: Go on, kind: approve}]
  - id: check
    type: condition
    transitions: [{id: more, to: head, when: form.limit > 1000.0}, {id: enough, to: done}]
  - id: head
    type: task
    name: Head
    assignee: {strategy: manager, of: initiator, levels: 2}
    fields: {limit: hidden}
    transitions: [{id: ok, to: done, name: Agree, kind: approve}]
  - {id: done, type: end, name: Done, outcome: done}
`

// Ensure a reader is shown how fields differ from what he last knew, with the
// value before, who changed it and the people named in it, and no more.
func TestChanges(t *testing.T) {
	w := newWorld(t)
	w.publish(withMeera(w, budget))
	get := func(a actor, r runs.Run) runs.Run { return must[runs.Run](t)(w.runs.Get(w.ctx, a, r.Number)) }
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "BUDGET", Values: map[string]any{
		"amount": 150, "why": "New laptops", "backup": w.ivan.User.String(),
	}}))
	if got := get(w.ravi, r); len(got.Changes) != 0 {
		t.Errorf("nothing has changed since the start, yet %v", got.Changes)
	}
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: r.Tasks[0].ID, Transition: "go", Values: map[string]any{"amount": 120}}))
	if len(r.Changes) != 0 {
		t.Errorf("his own decision is no news to Ravi: %v", r.Changes)
	}

	// In the first round everybody sees what became of what was sent.
	got := get(w.meera, r)
	if c := got.Changes["amount"]; got.ChangesSince != runs.SinceStart || c.From != 150.0 || c.By == nil || c.By.Name != "Ravi Menon" || len(got.Changes) != 1 {
		t.Errorf("Meera is shown %v since %s", got.Changes, got.ChangesSince)
	}
	if got = get(w.asha, r); got.ChangesSince != runs.SinceDecision || got.Changes["amount"].From != 150.0 {
		t.Errorf("Asha is shown %v since %s", got.Changes, got.ChangesSince)
	}

	// A rule hides a field: its old value is known to whoever saw it.
	r = must[runs.Run](t)(w.runs.SendBack(w.ctx, w.meera, runs.SendBack{Task: r.Tasks[0].ID, To: "initiator", Comment: "Less"}))
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.asha, runs.Complete{Task: r.Tasks[0].ID, Transition: engine.SubmitID, Values: map[string]any{
		"amount": 90, "backup": w.ines.User.String(),
	}}))
	got = get(w.ravi, r)
	if c := got.Changes["backup"]; got.ChangesSince != runs.SinceDecision || got.Changes["amount"].From != 120.0 || c.From != w.ivan.User.String() {
		t.Errorf("Ravi is shown %v since %s", got.Changes, got.ChangesSince)
	}
	names := map[string]bool{}
	for _, p := range got.People {
		names[p.Name] = true
	}
	if !names["Ivan Petrov"] || !names["Ines Costa"] {
		t.Errorf("the people before and after are named: %v", names)
	}
}

// Ensure changes tell nothing of a field that is hidden from the reader.
func TestChangesOfHiddenFields(t *testing.T) {
	w := newWorld(t)
	w.publish(withMeera(w, budget))
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "BUDGET", Values: map[string]any{"amount": 50}}))
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: r.Tasks[0].ID, Transition: "go"}))
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.meera, runs.Complete{Task: r.Tasks[0].ID, Transition: "big", Values: map[string]any{"limit": 5000, "amount": 60}}))
	for name, a := range map[string]actor{"the requester": w.asha, "who decided before": w.ravi, "the next one": w.admin} {
		got := must[runs.Run](t)(w.runs.Get(w.ctx, a, r.Number))
		if _, leaked := got.Changes["limit"]; leaked || got.Changes["amount"].From != 50.0 {
			t.Errorf("%s is shown %v", name, got.Changes)
		}
	}
	_, err := w.runs.Get(w.ctx, w.ivan, r.Number)
	refused(t, err, fault.NotFound, "no such request")
}

// Ensure the page names what may come next, and follows a rule only for those who
// see what it goes by: the others read all its ways.
func TestNext(t *testing.T) {
	w := newWorld(t)
	w.publish(withMeera(w, budget))
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "BUDGET", Values: map[string]any{"amount": 50}}))
	if len(r.Next) != 1 || r.Next[0].Name != "Finance" || len(r.Next[0].People) != 1 || r.Next[0].People[0].Name != "Meera Iyer" {
		t.Errorf("next %+v", r.Next)
	}
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: r.Tasks[0].ID, Transition: "go"}))
	next := func(a actor) (names []string) {
		for _, n := range must[runs.Run](t)(w.runs.Get(w.ctx, a, r.Number)).Next {
			names = append(names, n.Name)
		}
		return names
	}
	if got := next(w.meera); len(got) != 1 || got[0] != "Done" {
		t.Errorf("Meera sees the limit, so one way holds: %v", got)
	}
	if got := next(w.asha); len(got) != 2 || got[0] != "Head" || got[1] != "Done" {
		t.Errorf("the requester does not see the limit: %v", got)
	}
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.meera, runs.Complete{Task: r.Tasks[0].ID, Transition: "big", Values: map[string]any{"limit": 1}}))
	if len(r.Next) != 0 {
		t.Errorf("nothing comes after the end: %+v", r.Next)
	}
}

// Ensure the steps come with the ways between them and without their rules.
func TestWays(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	var ways []string
	for _, s := range r.Steps {
		for _, x := range s.Ways {
			ways = append(ways, s.StepID+">"+x.ToStepID)
		}
	}
	if len(ways) != 3 || ways[0] != "submit>manager" || ways[1] != "manager>hr" || ways[2] != "hr>approved" {
		t.Errorf("ways %v", ways)
	}
	if r.Steps[1].Who != "the manager of the requester" {
		t.Errorf("steps %+v", r.Steps)
	}
}

// withMeera puts Meera's address, which is made anew for every organization, into
// a document.
func withMeera(w *world, text string) string {
	email := dbtest.Get[string](w.t, w.org, `SELECT email FROM users WHERE id = $1`, w.meera.User)
	return strings.ReplaceAll(text, "meera.iyer@example.com", email)
}
