package runs_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// several is a workflow whose first task can be approved by a press, by a person
// to choose, or not without a field, as its form says.
const several = `
key: SEVERAL
name: Several
group: IT
form:
  fields:
    - {name: what, type: text, label: What, required: true}
    - {name: cost, type: number, label: Cost}
steps:
  - {id: ask, type: start, fields: {cost: hidden}, transitions: [{id: long, to: priced, when: form.what == "priced"}, {id: two, to: twice, when: form.what == "twice"}, {id: short, to: plain}]}
  - {id: plain, type: task, assignee: {strategy: manager, of: initiator}, transitions: [{id: ok, to: done, name: OK, kind: approve}]}
  - {id: priced, type: task, assignee: {strategy: manager, of: initiator}, fields: {cost: required}, transitions: [{id: ok, to: done, name: OK, kind: approve}]}
  - {id: twice, type: task, assignee: {strategy: manager, of: initiator}, transitions: [{id: ok, to: done, name: OK, kind: approve}, {id: fine, to: done, name: Fine, kind: approve}]}
  - {id: done, type: end, outcome: done}
`

// ask starts one of them and returns its task, which Ravi holds.
func (w *world) ask(what string) uuid.UUID {
	w.t.Helper()
	r := must[runs.Run](w.t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "SEVERAL", Values: map[string]any{"what": what}}))
	return r.Tasks[0].ID
}

// Ensure each of several tasks is decided by itself: what needs more than a comment
// is skipped, says why, and has not changed.
func TestCompleteMany(t *testing.T) {
	w := newWorld(t)
	w.publish(several)
	leave := w.start()
	plain, priced, twice := w.ask("plain"), w.ask("priced"), w.ask("twice")
	foreign := must[runs.Run](t)(w.runs.Start(w.ctx, w.meera, runs.Start{Workflow: "ACCESS", Values: map[string]any{"what": "VPN"}}))
	other := uuid.New()
	before := w.state(leave.ID)
	got := must[runs.DecidedMany](t)(w.runs.CompleteMany(w.ctx, w.ravi, runs.CompleteMany{
		Tasks: []uuid.UUID{plain, priced, twice, leave.Tasks[0].ID, foreign.Tasks[0].ID, other, plain}, Kind: "approve", Comment: "Fine",
	}))
	if got.Done != 1 || got.Skipped != 5 || len(got.Items) != 6 || !got.Items[0].Done || !strings.HasPrefix(got.Items[0].Number, "SEVERAL-") {
		t.Fatalf("decided %+v", got)
	}
	for i, want := range map[int]struct {
		code fault.Code
		says string
	}{
		1: {fault.Invalid, "a field has to be filled in"},
		2: {fault.Invalid, "several ways"},
		3: {fault.Invalid, "choose who does HR"},
		4: {fault.NotFound, "no such request"},
		5: {fault.NotFound, "no such request"},
	} {
		x := got.Items[i]
		if x.Done || x.Code != string(want.code) || !strings.Contains(x.Reason, want.says) {
			t.Errorf("item %d: %+v, want %s with %q", i, x, want.code, want.says)
		}
	}
	if w.state(leave.ID) != before {
		t.Error("a skipped request changed")
	}
	l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.ravi, runs.ListTasks{}))
	if len(l.Items) != 3 {
		t.Errorf("%d tasks are left, want 3", len(l.Items))
	}
}

// Ensure a rejection asks for its reason, and what was decided before is skipped.
func TestCompleteManyRejects(t *testing.T) {
	w := newWorld(t)
	a, b := w.start(), w.start()
	ids := []uuid.UUID{a.Tasks[0].ID, b.Tasks[0].ID}
	got := must[runs.DecidedMany](t)(w.runs.CompleteMany(w.ctx, w.ravi, runs.CompleteMany{Tasks: ids, Kind: "reject"}))
	if got.Done != 0 || got.Items[0].Code != string(fault.Invalid) {
		t.Fatalf("rejected without a reason: %+v", got)
	}
	must[runs.Run](t)(w.approve(w.ravi, a, "hr", w.meera.User))
	got = must[runs.DecidedMany](t)(w.runs.CompleteMany(w.ctx, w.ravi, runs.CompleteMany{Tasks: ids, Kind: "reject", Comment: "No budget"}))
	if got.Done != 1 || got.Items[0].Code != string(fault.Conflict) || !got.Items[1].Done {
		t.Errorf("rejected %+v", got)
	}
}

// Ensure a repeat under the same key decides nothing twice and answers the same,
// also when it carries more tasks than before.
func TestCompleteManyRepeats(t *testing.T) {
	w := newWorld(t)
	w.publish(several)
	a, b := w.ask("plain"), w.ask("plain")
	in := runs.CompleteMany{Tasks: []uuid.UUID{a}, Kind: "approve", Comment: "Fine", Key: runs.Key{Key: "k"}}
	first := must[runs.DecidedMany](t)(w.runs.CompleteMany(w.ctx, w.ravi, in))
	in.Tasks = []uuid.UUID{a, b}
	again := must[runs.DecidedMany](t)(w.runs.CompleteMany(w.ctx, w.ravi, in))
	if first.Done != 1 || again.Done != 2 || !reflect.DeepEqual(again.Items[0], first.Items[0]) {
		t.Errorf("first %+v, again %+v", first, again)
	}
	in.Comment = "Other"
	other := must[runs.DecidedMany](t)(w.runs.CompleteMany(w.ctx, w.ravi, in))
	if other.Done != 0 || !strings.Contains(other.Items[0].Reason, "Idempotency-Key") {
		t.Errorf("another comment under the same key: %+v", other)
	}
}
