package runs_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// taskOf is the open task that somebody holds in a run.
func taskOf(t *testing.T, r runs.Run, who actor) uuid.UUID {
	t.Helper()
	for _, x := range r.Tasks {
		if x.Assignee != nil && x.Assignee.ID == who.User {
			return x.ID
		}
	}
	t.Fatalf("%s has no task in %+v", who.User, r.Tasks)
	return uuid.Nil
}

// Ensure a vote is counted, shown to its readers, and over for the others once it
// is decided: they lose the task and are told who decided.
func TestVote(t *testing.T) {
	w := newWorld(t)
	w.publish(`
key: BOARD
name: Board
group: HR
form: {fields: []}
steps:
  - {id: submit, type: start}
  - {id: board, type: task, assignee: {strategy: rule, candidates: 'user.department in ["HR", "IT"]'}, vote: {need: 2}, transitions: [{id: ok, to: done, name: Approve, kind: approve}]}
  - {id: done, type: end, outcome: approved}
`)
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "BOARD"}))
	rows := must[runs.RunList](t)(w.runs.List(w.ctx, w.asha, runs.List{}))
	if row := rows.Items[0]; len(row.Holders) != 4 || len(row.StepNames) != 1 {
		t.Errorf("the list has it with %+v in %v", row.Holders, row.StepNames)
	}
	if len(r.Tasks) != 4 || len(r.Votes) != 1 || r.Votes[0].Groups[0].Need != 2 || len(r.Votes[0].Voices) != 4 {
		t.Fatalf("asked %+v, votes %+v", r.Tasks, r.Votes)
	}
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.meera, runs.Complete{Task: taskOf(t, r, w.meera), Transition: "ok"}))
	if g := r.Votes[0].Groups[0]; g.For != 1 || g.Asked != 4 || r.Status != "running" {
		t.Fatalf("after one voice %+v", g)
	}
	late := taskOf(t, r, w.ines)
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ivan, runs.Complete{Task: taskOf(t, r, w.ivan), Transition: "ok"}))
	if r.Outcome != "approved" || len(r.Tasks) != 0 {
		t.Fatalf("after two voices %s, %+v", r.Status, r.Tasks)
	}
	_, err := w.runs.Complete(w.ctx, w.ines, runs.Complete{Task: late, Transition: "ok"})
	refused(t, err, fault.Conflict, "decided by Ivan Petrov")
	if l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.ines, runs.ListTasks{})); len(l.Items) != 0 {
		t.Errorf("the inbox still shows %+v", l.Items)
	}
}

// Ensure of two last voices at the same moment exactly one decides.
func TestLastVoicesAtOnce(t *testing.T) {
	w := newWorld(t)
	w.publish(`
key: BOARD
name: Board
group: HR
form: {fields: []}
steps:
  - {id: submit, type: start}
  - {id: board, type: task, assignee: {strategy: rule, candidates: 'user.department in ["HR", "IT"]'}, vote: {need: 1}, transitions: [{id: ok, to: last, kind: approve}]}
  - {id: last, type: task, assignee: {strategy: manager}, transitions: [{id: ok, to: done, kind: approve}]}
  - {id: done, type: end, outcome: approved}
`)
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "BOARD"}))
	voters := []actor{w.meera, w.hana, w.ivan, w.ines}
	tasks := make([]uuid.UUID, len(voters))
	for i, v := range voters {
		tasks[i] = taskOf(t, r, v)
	}
	var wg sync.WaitGroup
	errs := make([]error, len(voters))
	for i, v := range voters {
		wg.Go(func() {
			_, errs[i] = w.runs.Complete(w.ctx, v, runs.Complete{Task: tasks[i], Transition: "ok"})
		})
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			refused(t, err, fault.Conflict, "decided by")
		}
	}
	after := must[runs.Run](t)(w.runs.Get(w.ctx, w.asha, r.ID.String()))
	if won != 1 || len(after.Tasks) != 1 || after.Tasks[0].StepID != "last" {
		t.Errorf("%d decided, open are %+v", won, after.Tasks)
	}
}

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

// Ensure a delegate decides on behalf of who gave him the task, and history says so.
func TestDelegate(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	task := r.Tasks[0].ID
	_, err := w.runs.Delegate(w.ctx, w.ravi, runs.Delegate{Task: task, To: w.asha.User, Mode: engine.DelegateDecide})
	refused(t, err, fault.Invalid, "own request")
	must[runs.Run](t)(w.runs.Delegate(w.ctx, w.ravi, runs.Delegate{Task: task, To: w.ivan.User, Mode: engine.DelegateDecide, Comment: "I am away"}))
	his := must[runs.Run](t)(w.runs.Get(w.ctx, w.ivan, r.ID.String()))
	if his.Task == nil || his.Task.OnBehalfOf.ID != w.ravi.User {
		t.Fatalf("Ivan sees %+v", his.Task)
	}
	if why := his.Task.Reason; why == nil || why.Text != "I am away" || why.By.ID != w.ravi.User {
		t.Errorf("Ivan reads %+v", why)
	}
	if l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.ivan, runs.ListTasks{})); l.Items[0].OnBehalfOf == nil || l.Items[0].OnBehalfOf.Name != "Ravi Menon" {
		t.Errorf("his inbox says %+v", l.Items[0])
	}
	_, err = w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: task, Transition: "hr"})
	refused(t, err, fault.Forbidden, "assigned to somebody else")
	must[runs.Run](t)(w.approve(w.ivan, his, "hr", w.hana.User))
	h := must[runs.Entries](t)(w.runs.History(w.ctx, w.asha, r.ID, "", 0))
	said := false
	for _, e := range h.Items {
		said = said || e.OnBehalfOf != nil && e.OnBehalfOf.ID == w.ravi.User && e.Actor.ID == w.ivan.User
	}
	if !said {
		t.Errorf("the history does not say on whose behalf: %+v", h.Items)
	}
}

// Ensure who may take over decides in the holder's place, and nobody else does.
func TestTakeOver(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	task := r.Tasks[0].ID
	_, err := w.runs.TakeOver(w.ctx, w.asha, runs.TakeOver{Task: task, Comment: "hurry"})
	refused(t, err, fault.Forbidden, "may not take over")
	r = must[runs.Run](t)(w.runs.TakeOver(w.ctx, w.admin, runs.TakeOver{Task: task, Comment: "Ravi is ill"}))
	if r.Task == nil || r.Task.OnBehalfOf == nil || r.Task.OnBehalfOf.ID != w.ravi.User {
		t.Errorf("taken over %+v", r.Task)
	}
}

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
