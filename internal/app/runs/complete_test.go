package runs_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// Ensure a leave application is signed by three people, and everybody sees what
// he may see on the way.
func TestLeaveIsSigned(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	if r.Status != "running" || r.Title != "Asha Rao is away" || r.Number != "LEAVE-1" {
		t.Fatalf("started as %s %q %s", r.Status, r.Title, r.Number)
	}
	if r.Values["days"] != 5.0 || r.Values["balance"] != 12.0 {
		t.Fatalf("calculated %v", r.Values)
	}
	if len(r.Tasks) != 1 || r.Tasks[0].Assignee == nil || r.Tasks[0].Assignee.Name != "Ravi Menon" {
		t.Fatalf("tasks %+v", r.Tasks)
	}
	seen := must[runs.Run](t)(w.runs.Get(w.ctx, w.ravi, r.Number))
	if _, leaked := seen.Values["balance"]; leaked || seen.Task == nil || !seen.Task.Can.Complete {
		t.Fatalf("the manager sees %v and may %+v", seen.Values, seen.Task)
	}
	choices := seen.Task.Transitions[0].Choices
	if len(choices) != 1 || len(choices[0].Candidates) != 2 || choices[0].Candidates[0].Name != "Hana Holt" {
		t.Fatalf("choices %+v", choices)
	}
	r = must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.meera.User))
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.meera, runs.Complete{
		Task: r.Tasks[0].ID, Transition: "ok", Values: map[string]any{"hr_note": "fine"}, Comment: "Enjoy",
	}))
	if r.Status != "completed" || r.Outcome != "approved" || len(r.Tasks) != 0 || r.EndedAt == nil {
		t.Fatalf("ended as %+v", r)
	}
	mine := must[runs.Run](t)(w.runs.Get(w.ctx, w.asha, r.ID.String()))
	if _, leaked := mine.Values["hr_note"]; leaked || mine.OutcomeName != "Approved" {
		t.Fatalf("the requester sees %v, %q", mine.Values, mine.OutcomeName)
	}
}

// Ensure each refusal names what is wrong and changes nothing.
func TestCompleteRefuses(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	task := r.Tasks[0].ID
	before := w.state(r.ID)
	stranger := w.env.Org(t).User(t, "Stranger")
	unrelated := w.org.User(t, "Uma")
	only := func(id uuid.UUID) engine.Choices { return engine.Choices{Only: id} }
	tests := map[string]struct {
		as   actor
		in   runs.Complete
		code fault.Code
		says string
	}{
		"unknown transition":         {w.ravi, runs.Complete{Transition: "fly"}, fault.Invalid, "transition: "},
		"reject without a reason":    {w.ravi, runs.Complete{Transition: "reject"}, fault.Invalid, "comment: "},
		"nobody chosen":              {w.ravi, runs.Complete{Transition: "hr"}, fault.Invalid, "assignees.hr: "},
		"not a candidate":            {w.ravi, runs.Complete{Transition: "hr", Assignees: only(w.ivan.User)}, fault.Invalid, "assignee_id: "},
		"candidate of another org":   {w.ravi, runs.Complete{Transition: "hr", Assignees: only(stranger.User)}, fault.Invalid, "assignee_id: "},
		"hidden field written":       {w.ravi, runs.Complete{Transition: "hr", Assignees: only(w.meera.User), Values: map[string]any{"balance": 1}}, fault.Invalid, "values.balance: "},
		"read-only field changed":    {w.ravi, runs.Complete{Transition: "hr", Assignees: only(w.meera.User), Values: map[string]any{"reason": "x"}}, fault.Invalid, "values.reason: "},
		"unknown field":              {w.ravi, runs.Complete{Transition: "hr", Assignees: only(w.meera.User), Values: map[string]any{"salary": 1}}, fault.Invalid, "values.salary: "},
		"not the assignee":           {w.asha, runs.Complete{Transition: "hr"}, fault.Forbidden, "somebody else"},
		"an administrator who isn't": {w.admin, runs.Complete{Transition: "hr"}, fault.Forbidden, "somebody else"},
		"somebody without a part":    {unrelated, runs.Complete{Transition: "hr"}, fault.NotFound, "no such request"},
		"another organization":       {stranger, runs.Complete{Transition: "hr"}, fault.NotFound, "no such request"},
	}
	for name, tt := range tests {
		tt.in.Task = task
		_, err := w.runs.Complete(w.ctx, tt.as, tt.in)
		if fault.CodeOf(err) != tt.code {
			t.Errorf("%s: %v, want %s", name, err, tt.code)
			continue
		}
		refused(t, err, tt.code, tt.says)
	}
	if after := w.state(r.ID); after != before {
		t.Errorf("refusals changed the run:\n%s\n%s", before, after)
	}
	if _, err := w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: uuid.New(), Transition: "hr"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("unknown task: %v", err)
	}
}

// Ensure of twenty people who act at once one wins, and the others are told who and when.
func TestOneWinner(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	var wg sync.WaitGroup
	var mu sync.Mutex
	won, lost := 0, 0
	for range 20 {
		wg.Go(func() {
			_, err := w.approve(w.ravi, r, "hr", w.meera.User)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				won++
			case fault.Is(err, fault.Conflict):
				lost++
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if won != 1 || lost != 19 {
		t.Errorf("%d won, %d were told", won, lost)
	}
	_, err := w.approve(w.ravi, r, "hr", w.meera.User)
	refused(t, err, fault.Conflict, "You completed this task at")
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM events WHERE run_id = $1 AND type = 'task.completed'`, r.ID); n != 1 {
		t.Errorf("%d decisions are on record", n)
	}
}

// Ensure the same key answers the same without a second effect, and another
// request under it is refused.
func TestCompleteIsIdempotent(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	in := runs.Complete{
		Task: r.Tasks[0].ID, Transition: "hr", Assignees: engine.Choices{Only: w.meera.User},
		Key: runs.Key{Key: "k1", Hash: [32]byte{1}},
	}
	first := must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, in))
	again := must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, in))
	if first.Revision != again.Revision || again.Tasks[0].Assignee.Name != "Meera Iyer" {
		t.Errorf("answered %d, then %d", first.Revision, again.Revision)
	}
	in.Key.Hash[0] = 2
	_, err := w.runs.Complete(w.ctx, w.ravi, in)
	refused(t, err, fault.Invalid, "Idempotency-Key")
}

// Ensure requests with one key that arrive at once have one effect, and that each of
// them is told of it; and that a key whose request was refused is as good as new.
func TestSameKeyAtOnce(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	in := runs.Complete{Task: r.Tasks[0].ID, Transition: "hr", Key: runs.Key{Key: "k"}}
	_, err := w.runs.Complete(w.ctx, w.ravi, in)
	refused(t, err, fault.Invalid, "")
	in.Assignees = engine.Choices{Only: w.meera.User}
	one := runs.Start{Workflow: "LEAVE", Values: week, Key: runs.Key{Key: "k"}}
	var wg sync.WaitGroup
	var decided, started [6]runs.Run
	var errs [12]error
	for i := range decided {
		wg.Go(func() { decided[i], errs[i] = w.runs.Complete(w.ctx, w.ravi, in) })
		wg.Go(func() { started[i], errs[6+i] = w.runs.Start(w.ctx, w.asha, one) })
	}
	wg.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	for i := range decided {
		if decided[i].Revision != decided[0].Revision || started[i].ID != started[0].ID {
			t.Errorf("answered %d and %s, before %d and %s", decided[i].Revision, started[i].Number, decided[0].Revision, started[0].Number)
		}
	}
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM events WHERE type IN ('task.completed', 'run.started')`); n != 3 {
		t.Errorf("%d starts and decisions are on record, want 2 and 1", n)
	}
}

// Ensure rejecting needs a reason, ends the run at its rejected end and asks
// nobody for what only an approval would need.
func TestReject(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: r.Tasks[0].ID, Transition: "reject", Comment: "Too busy"}))
	if r.Status != "completed" || r.Outcome != "rejected" || r.OutcomeName != "Rejected" {
		t.Fatalf("ended as %s %s %s", r.Status, r.Outcome, r.OutcomeName)
	}
	list := must[runs.CommentList](t)(w.runs.ListComments(w.ctx, w.asha, r.ID, "", 0))
	if len(list.Items) != 2 || list.Items[0].Kind != "note" || list.Items[1].Text != "Too busy" || list.Items[1].StepName != "Manager" {
		t.Errorf("comments %+v", list.Items)
	}
}
