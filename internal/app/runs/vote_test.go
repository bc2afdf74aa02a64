package runs_test

import (
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
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
