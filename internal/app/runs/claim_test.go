package runs_test

import (
	"sync"
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure an offered task is seen by its pool, taken by one, given back, and that
// whoever left the pool cannot take it any more.
func TestClaimAndRelease(t *testing.T) {
	w := newWorld(t)
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "ACCESS", Values: map[string]any{"what": "VPN"}}))
	task := r.Tasks[0].ID
	for _, who := range []actor{w.ivan, w.ines} {
		l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, who, runs.ListTasks{View: "claimable"}))
		if len(l.Items) != 1 || !l.Items[0].Can.Claim || l.Items[0].StepName != "IT" {
			t.Fatalf("claimable %+v", l.Items)
		}
	}
	_, err := w.runs.Claim(w.ctx, w.meera, task, runs.Key{})
	refused(t, err, fault.NotFound, "no such request")
	_, err = w.runs.Claim(w.ctx, w.asha, task, runs.Key{})
	refused(t, err, fault.Forbidden, "other people")
	_, err = w.runs.Complete(w.ctx, w.ivan, runs.Complete{Task: task, Transition: "done"})
	refused(t, err, fault.Conflict, "claim it first")

	r = must[runs.Run](t)(w.runs.Claim(w.ctx, w.ivan, task, runs.Key{}))
	if !r.Tasks[0].Mine || r.Task == nil || !r.Task.Can.Release {
		t.Fatalf("claimed %+v", r.Task)
	}
	_, err = w.runs.Claim(w.ctx, w.ines, task, runs.Key{})
	refused(t, err, fault.Conflict, "Ivan Petrov claimed this task") // she was asked, and was too late
	_, err = w.runs.Get(w.ctx, w.ines, r.ID.String())
	refused(t, err, fault.NotFound, "no such request") // not offered any more, and no part in it
	if n := must[runs.Counts](t)(w.runs.Count(w.ctx, w.ivan)); n.OpenTasks != 1 || n.Claimable != 0 {
		t.Errorf("counts %+v", n)
	}
	r = must[runs.Run](t)(w.runs.Release(w.ctx, w.ivan, task, runs.Key{}))
	if r.Tasks[0].Assignee != nil || !r.Tasks[0].Claimable {
		t.Fatalf("released %+v", r.Tasks[0])
	}
	w.org.Exec(t, `UPDATE users SET department_id = (SELECT id FROM departments WHERE key = 'HR') WHERE id = $1`, w.ines.User)
	_, err = w.runs.Claim(w.ctx, w.ines, task, runs.Key{})
	refused(t, err, fault.Forbidden, "any more")
	must[runs.Run](t)(w.runs.Claim(w.ctx, w.ivan, task, runs.Key{}))
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ivan, runs.Complete{Task: task, Transition: "done"}))
	if r.Outcome != "done" {
		t.Errorf("ended %s", r.Outcome)
	}
	_, err = w.runs.Claim(w.ctx, w.ines, task, runs.Key{})
	refused(t, err, fault.Conflict, "completed this task")
	_, err = w.runs.Claim(w.ctx, w.meera, task, runs.Key{}) // was never asked
	refused(t, err, fault.NotFound, "no such request")
}

// Ensure of two who claim at once one wins and the other is told.
func TestClaimAtOnce(t *testing.T) {
	w := newWorld(t)
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "ACCESS", Values: map[string]any{"what": "VPN"}}))
	var wg sync.WaitGroup
	errs := make([]error, 10)
	for i := range errs {
		wg.Go(func() { _, errs[i] = w.runs.Claim(w.ctx, []actor{w.ivan, w.ines}[i%2], r.Tasks[0].ID, runs.Key{}) })
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !fault.Is(err, fault.Conflict) {
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d won", won)
	}
}

// Ensure a task is handed on to a fitting colleague only, never to the
// requester, and that an administrator may do it too.
func TestReassign(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	to := func(as actor, whom actor) error {
		_, err := w.runs.Reassign(w.ctx, as, runs.Reassign{Task: r.Tasks[0].ID, To: whom.User, Comment: "busy"})
		return err
	}
	gone := w.org.User(t, "Gone")
	w.org.Exec(t, `UPDATE users SET status = 'disabled' WHERE id = $1`, gone.User)
	refused(t, to(w.ravi, w.asha), fault.Invalid, "assignee_id: Nobody decides his own request")
	refused(t, to(w.ravi, w.ravi), fault.Invalid, "holds the task already")
	refused(t, to(w.ravi, gone), fault.Invalid, "assignee_id: ")
	refused(t, to(w.ravi, w.env.Org(t).User(t, "Foreign")), fault.Invalid, "assignee_id: ")
	refused(t, to(w.asha, w.meera), fault.Forbidden, "Only who holds")
	refused(t, to(w.meera, w.hana), fault.NotFound, "no such request")
	if err := to(w.ravi, w.hana); err != nil {
		t.Fatal(err)
	}
	if err := to(w.admin, w.ravi); err != nil {
		t.Fatal(err)
	}
	r = must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.meera.User))
	_, err := w.runs.Reassign(w.ctx, w.meera, runs.Reassign{Task: r.Tasks[0].ID, To: w.ivan.User})
	refused(t, err, fault.Invalid, "not among the candidates")
	must[runs.Run](t)(w.runs.Reassign(w.ctx, w.meera, runs.Reassign{Task: r.Tasks[0].ID, To: w.hana.User}))
	c := must[runs.CandidateList](t)(w.runs.Candidates(w.ctx, w.hana, runs.Candidates{Task: r.Tasks[0].ID, Query: "mee"}))
	if len(c.Items) != 1 || c.Items[0].Name != "Meera Iyer" {
		t.Errorf("candidates %+v", c.Items)
	}
	_, err = w.runs.Candidates(w.ctx, w.ivan, runs.Candidates{Task: r.Tasks[0].ID})
	refused(t, err, fault.NotFound, "no such request")
}

// Ensure somebody who gave his task away goes on seeing what his step showed him,
// and no more.
func TestFormerHolderSeesWhatHisStepShowed(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	must[runs.Run](t)(w.runs.Reassign(w.ctx, w.ravi, runs.Reassign{Task: r.Tasks[0].ID, To: w.hana.User}))
	seen := must[runs.Run](t)(w.runs.Get(w.ctx, w.ravi, r.Number))
	if _, leaked := seen.Values["balance"]; leaked || seen.Values["reason"] != "Holiday" || seen.Task != nil {
		t.Errorf("sees %v", seen.Values)
	}
	all := must[runs.Run](t)(w.runs.Get(w.ctx, w.admin, r.Number))
	if all.Values["balance"] != 12.0 {
		t.Errorf("who may see every request sees %v", all.Values)
	}
}

// Ensure a request goes back, is corrected by its requester alone, and runs its
// path again in the next round.
func TestSendBack(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	back := func(as actor, to, why string) (runs.Run, error) {
		return w.runs.SendBack(w.ctx, as, runs.SendBack{Task: r.Tasks[0].ID, To: to, Comment: why})
	}
	_, err := back(w.ravi, "initiator", "")
	refused(t, err, fault.Invalid, "comment: ")
	_, err = back(w.ravi, "hr", "x")
	refused(t, err, fault.Invalid, "to: ")
	r = must[runs.Run](t)(back(w.ravi, "previous", "Wrong week"))
	if r.Round != 2 || r.Tasks[0].Kind != "fix" || r.Tasks[0].Assignee.Name != "Asha Rao" {
		t.Fatalf("sent back %+v", r.Tasks)
	}
	_, err = w.runs.Reassign(w.ctx, w.asha, runs.Reassign{Task: r.Tasks[0].ID, To: w.hana.User})
	refused(t, err, fault.Conflict, "Only the requester")
	_, err = w.runs.Complete(w.ctx, w.asha, runs.Complete{Task: r.Tasks[0].ID, Transition: "hr"})
	refused(t, err, fault.Invalid, "transition: ")
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.asha, runs.Complete{
		Task: r.Tasks[0].ID, Transition: "submit", Values: map[string]any{"leave_to": "2026-01-07"},
	}))
	if r.Values["days"] != 3.0 || r.Tasks[0].StepID != "manager" || r.Tasks[0].Assignee.Name != "Ravi Menon" {
		t.Fatalf("submitted again %v %+v", r.Values, r.Tasks)
	}
	r = must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.meera.User))
	seen := must[runs.Run](t)(w.runs.Get(w.ctx, w.meera, r.Number))
	if got := seen.Task.SendBack; len(got) != 3 || got[0].To != "previous" || got[0].StepName != "Manager" || got[2].To != "initiator" {
		t.Errorf("targets %+v", got)
	}
	r = must[runs.Run](t)(back(w.meera, "previous", "Ask again"))
	if r.Round != 3 || r.Tasks[0].Assignee.Name != "Ravi Menon" {
		t.Errorf("back at %+v", r.Tasks)
	}
}

// Ensure only a run administrator cancels, with a reason, and nothing can be
// done afterwards.
func TestCancel(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	_, err := w.runs.Cancel(w.ctx, w.ravi, r.ID, "no", runs.Key{})
	refused(t, err, fault.Forbidden, "administrator")
	_, err = w.runs.Cancel(w.ctx, w.admin, r.ID, " ", runs.Key{})
	refused(t, err, fault.Invalid, "comment: ")
	r2 := must[runs.Run](t)(w.runs.Cancel(w.ctx, w.admin, r.ID, "Duplicate", runs.Key{}))
	if r2.Status != "cancelled" || r2.Reason != "operator" || len(r2.Tasks) != 0 {
		t.Errorf("cancelled %+v", r2)
	}
	_, err = w.approve(w.ravi, r, "hr", w.meera.User)
	refused(t, err, fault.Conflict, "withdrawn")
	_, err = w.runs.Cancel(w.ctx, w.admin, r.ID, "again", runs.Key{})
	refused(t, err, fault.Conflict, "was cancelled")
}

// Ensure a rule that fails on the way makes an incident, which a run
// administrator mends, and never takes the default.
func TestIncident(t *testing.T) {
	w := newWorld(t)
	w.publish(`
key: SPLIT
name: Split
group: IT
form: {fields: [{name: a, type: number}]}
steps:
  - {id: s, type: start}
  - {id: c, type: condition, transitions: [{id: much, to: e, when: initiator.leave_balance > 10}, {id: else, to: f}]}
  - {id: e, type: end, outcome: much}
  - {id: f, type: end, outcome: little}
`)
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.ravi, runs.Start{Workflow: "SPLIT"}))
	if r.Status != "running" || r.Path[1].Status != "incident" || r.Path[1].Detail == "" {
		t.Fatalf("path %+v", r.Path)
	}
	_, err := w.runs.Retry(w.ctx, w.ravi, runs.Retry{Run: r.ID})
	refused(t, err, fault.Forbidden, "administrator")
	w.org.Exec(t, `UPDATE users SET attributes = '{"leave_balance": 3}' WHERE id = $1`, w.ravi.User)
	r = must[runs.Run](t)(w.runs.Retry(w.ctx, w.admin, runs.Retry{Run: r.ID}))
	if r.Outcome != "little" {
		t.Errorf("ended %s %+v", r.Outcome, r.Path)
	}
	_, err = w.runs.Retry(w.ctx, w.admin, runs.Retry{Run: r.ID})
	refused(t, err, fault.Conflict, "ended")
}

// Ensure round robin asks everybody in turn, also when requests come at once.
func TestRoundRobin(t *testing.T) {
	w := newWorld(t)
	w.publish(`
key: TURN
name: Turn
group: IT
form: {fields: [{name: a, type: text}]}
steps:
  - {id: s, type: start}
  - {id: it, type: task, assignee: {strategy: rule, pick: round_robin, candidates: user.department == "IT"}, transitions: [{id: d, to: e}]}
  - {id: e, type: end, outcome: done}
`)
	var mu sync.Mutex
	var wg sync.WaitGroup
	got := map[string]int{}
	for range 10 {
		wg.Go(func() {
			r, err := w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "TURN", Assignees: engine.Choices{}})
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			got[r.Tasks[0].Assignee.Name]++
		})
	}
	wg.Wait()
	if got["Ivan Petrov"] != 5 || got["Ines Costa"] != 5 {
		t.Errorf("asked %v", got)
	}
}
