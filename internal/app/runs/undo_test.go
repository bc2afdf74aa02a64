package runs_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// rows is what the database holds of a run but for what an undo has to leave: that it
// happened, and when.
func (w *world) rows(run uuid.UUID) string {
	w.t.Helper()
	return dbtest.Get[string](w.t, w.org, `SELECT concat(
		(SELECT to_jsonb(r) - 'seq' - 'rev' - 'modified_at' - 'modified_by' FROM runs r WHERE id = $1),
		(SELECT to_jsonb(d) FROM run_data d WHERE run_id = $1),
		(SELECT jsonb_agg(s ORDER BY seq) FROM step_runs s WHERE run_id = $1),
		(SELECT jsonb_agg(to_jsonb(t) - 'seen' ORDER BY id) FROM tasks t WHERE run_id = $1),
		(SELECT jsonb_agg(p ORDER BY user_id) FROM participants p WHERE run_id = $1))`, run)
}

// Ensure that taking a decision back leaves the rows as they were before it, whether
// it led on, rejected or sent back; that whom it had asked sees nothing of the request
// any more; and that the history keeps both.
func TestUndoLeavesNothingButHistory(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	task := r.Tasks[0].ID
	before := w.rows(r.ID)
	for name, decide := range map[string]func() (runs.Run, error){
		"approve": func() (runs.Run, error) { return w.approve(w.ravi, r, "hr", w.meera.User) },
		"reject": func() (runs.Run, error) {
			return w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: task, Transition: "reject", Comment: "Too busy"})
		},
		"send back": func() (runs.Run, error) {
			return w.runs.SendBack(w.ctx, w.ravi, runs.SendBack{Task: task, To: "initiator", Comment: "Which week?"})
		},
	} {
		decided := must[runs.Run](t)(decide())
		if u := decided.UndoUntil; u == nil || time.Until(*u) > engine.UndoWithin || time.Until(*u) < engine.UndoWithin/2 {
			t.Errorf("%s may be taken back until %v", name, u)
		}
		if name == "approve" {
			must[runs.Run](t)(w.runs.Get(w.ctx, w.meera, r.ID.String()))
		}
		back := must[runs.Run](t)(w.runs.Undo(w.ctx, w.ravi, runs.Undo{Task: task}))
		if back.Task == nil || back.Task.ID != task || back.Status != "running" || back.UndoUntil != nil || len(back.Tasks) != 1 {
			t.Errorf("after the undo of %s the run is %s with %+v", name, back.Status, back.Task)
		}
		if after := w.rows(r.ID); after != before {
			t.Errorf("the rows after the undo of %s are\n%s\nand were\n%s", name, after, before)
		}
		w.compare(r.ID)
		_, err := w.runs.Get(w.ctx, w.meera, r.ID.String())
		refused(t, err, fault.NotFound, "no such request")
		h := must[runs.Entries](t)(w.runs.History(w.ctx, w.asha, r.ID, "", 100))
		if e := h.Items[len(h.Items)-1]; e.Type != "task.undone" || e.Actor.Name != "Ravi Menon" || e.StepName != "Manager" || e.Kind == "" {
			t.Errorf("the history ends with %+v", e)
		}
		if n := len(must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.asha, runs.ListTasks{})).Items); n != 0 {
			t.Errorf("Asha has %d tasks", n)
		}
	}
	r = must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.hana.User))
	w.compare(r.ID)
	if len(r.Path) != 3 || r.Tasks[0].Assignee.Name != "Hana Holt" {
		t.Errorf("decided once more it went %+v", r.Path)
	}
}

// Ensure values that came with a decision are what they were before, as a change that
// everybody can see, and that whom a decision asked keeps what he knew from before.
func TestUndoOfValues(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	r = must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.meera.User))
	r = must[runs.Run](t)(w.runs.SendBack(w.ctx, w.meera, runs.SendBack{Task: r.Tasks[0].ID, To: "initiator", Comment: "Which week?"}))
	fix := r.Tasks[0].ID
	before := w.rows(r.ID)
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.asha, runs.Complete{Task: fix, Transition: "submit", Values: map[string]any{"reason": "Wedding"}}))
	if r.Values["reason"] != "Wedding" {
		t.Fatal(r.Values)
	}
	r = must[runs.Run](t)(w.runs.Undo(w.ctx, w.asha, runs.Undo{Task: fix}))
	if after := w.rows(r.ID); after != before {
		t.Errorf("the rows are\n%s\nand were\n%s", after, before)
	}
	w.compare(r.ID)
	if r.Values["reason"] != "Holiday" || r.Task == nil || r.Task.Kind != "fix" {
		t.Errorf("the request says %v to %+v", r.Values["reason"], r.Task)
	}
	h := must[runs.Entries](t)(w.runs.History(w.ctx, w.asha, r.ID, "", 100)).Items
	if e := h[len(h)-2]; e.Type != "fields.changed" || len(e.Fields) != 1 || e.Fields[0].Name != "reason" {
		t.Errorf("before the end of the history stands %+v", e)
	}
	must[runs.Run](t)(w.runs.Get(w.ctx, w.ravi, r.ID.String())) // both took part before
	must[runs.Run](t)(w.runs.Get(w.ctx, w.meera, r.ID.String()))
}

// Ensure who may not is told why, and that nothing has changed: others, also of another
// organization, twice, after somebody acted, and what was never decided.
func TestUndoIsRefused(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	task := r.Tasks[0].ID
	undo := func(a actor, key runs.Key) error {
		_, err := w.runs.Undo(w.ctx, a, runs.Undo{Task: task, Key: key})
		return err
	}
	refused(t, undo(w.ravi, runs.Key{}), fault.Conflict, "Nothing was decided")
	r = must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.meera.User))
	before := w.state(r.ID)
	for _, a := range []actor{w.asha, w.meera, w.admin} {
		refused(t, undo(a, runs.Key{}), fault.Forbidden, "Only who decided")
	}
	refused(t, undo(w.ivan, runs.Key{}), fault.NotFound, "no such request")
	stranger := w.env.Org(t).User(t, "Somebody Else")
	refused(t, undo(stranger, runs.Key{}), fault.NotFound, "no such request")
	if after := w.state(r.ID); after != before {
		t.Error("a refused undo changed something")
	}
	key := runs.Key{Key: "k", Hash: [32]byte{1}}
	for range 2 { // the second one is a repeat
		if err := undo(w.ravi, key); err != nil {
			t.Fatal(err)
		}
	}
	refused(t, undo(w.ravi, runs.Key{}), fault.Conflict, "was taken back at")
	gone := r.Tasks[0].ID
	for _, a := range []actor{w.asha, w.meera} {
		_, err := w.runs.Complete(w.ctx, a, runs.Complete{Task: gone, Transition: "ok"})
		refused(t, err, fault.NotFound, "There is no such")
		_, err = w.runs.Undo(w.ctx, a, runs.Undo{Task: gone})
		refused(t, err, fault.NotFound, "There is no such")
	}
	must[runs.Run](t)(w.approve(w.ravi, must[runs.Run](t)(w.runs.Get(w.ctx, w.ravi, r.ID.String())), "hr", w.meera.User))
	if _, err := w.runs.AddComment(w.ctx, w.meera, r.ID, "Hm", runs.Key{}); err != nil {
		t.Fatal(err)
	}
	refused(t, undo(w.ravi, runs.Key{}), fault.Conflict, "Meera Iyer has commented since")
}

// Ensure a decision can be taken back for 60 seconds by the clock of the database.
func TestUndoIsForAMinute(t *testing.T) {
	t.Parallel()
	w := newWorldIn(t, dbtest.Own(t))
	late, early := w.start(), w.start()
	must[runs.Run](t)(w.approve(w.ravi, early, "hr", w.meera.User))
	w.env.SetClock(t, 50*time.Second)
	must[runs.Run](t)(w.runs.Undo(w.ctx, w.ravi, runs.Undo{Task: early.Tasks[0].ID}))
	in := runs.Complete{Task: late.Tasks[0].ID, Transition: "hr", Assignees: engine.Choices{Only: w.meera.User}, Key: runs.Key{Key: "k"}}
	must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, in))
	w.env.SetClock(t, 111*time.Second)
	_, err := w.runs.Undo(w.ctx, w.ravi, runs.Undo{Task: late.Tasks[0].ID})
	refused(t, err, fault.Conflict, "for 60 seconds")
	if again := must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, in)); again.UndoUntil != nil {
		t.Errorf("a late repeat offers to take it back until %v", again.UndoUntil)
	}
}

// Ensure the answer to a repeated decision promises no way back where somebody has acted
// since, alone and among several.
func TestRepeatAfterSomebodyActed(t *testing.T) {
	w := newWorld(t)
	one, many := w.start(), w.start()
	in := runs.Complete{Task: one.Tasks[0].ID, Transition: "hr", Assignees: engine.Choices{Only: w.meera.User}, Key: runs.Key{Key: "one"}}
	all := runs.CompleteMany{Tasks: []uuid.UUID{many.Tasks[0].ID}, Kind: "reject", Comment: "No.", Key: runs.Key{Key: "many"}}
	until := func() (out [2]*time.Time) {
		out[0] = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, in)).UndoUntil
		items := must[runs.DecidedMany](t)(w.runs.CompleteMany(w.ctx, w.ravi, all)).Items
		if len(items) != 1 || !items[0].Done {
			t.Fatalf("of several: %+v", items)
		}
		out[1] = items[0].UndoUntil
		return out
	}
	for range 2 { // the second one is a repeat
		if u := until(); u[0] == nil || u[1] == nil {
			t.Fatalf("while nobody acts they can be taken back until %v", u)
		}
	}
	for _, r := range []runs.Run{one, many} {
		if _, err := w.runs.AddComment(w.ctx, w.asha, r.ID, "Thank you.", runs.Key{}); err != nil {
			t.Fatal(err)
		}
		_, err := w.runs.Undo(w.ctx, w.ravi, runs.Undo{Task: r.Tasks[0].ID})
		refused(t, err, fault.Conflict, "has commented since")
	}
	if u := until(); u[0] != nil || u[1] != nil {
		t.Errorf("a repeat promises that it can be taken back until %v", u)
	}
}

// Ensure of an undo and the next decision that come at the same moment one wins and
// the other is told so.
func TestUndoAgainstTheNextDecision(t *testing.T) {
	w := newWorld(t)
	undone := 0
	for range 12 {
		r := w.start()
		task := r.Tasks[0].ID
		r = must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.meera.User))
		next := r.Tasks[0].ID
		var wg sync.WaitGroup
		var back, on error
		wg.Go(func() { _, back = w.runs.Undo(w.ctx, w.ravi, runs.Undo{Task: task}) })
		wg.Go(func() { _, on = w.runs.Complete(w.ctx, w.meera, runs.Complete{Task: next, Transition: "ok"}) })
		wg.Wait()
		if back == nil {
			undone++
			refused(t, on, fault.NotFound, "There is no such")
		} else if refused(t, back, fault.Conflict, "Meera Iyer has decided since"); on != nil {
			t.Fatal(on)
		}
		w.compare(r.ID)
	}
	t.Logf("%d of 12 were taken back", undone)
}

// Ensure leave that was approved and is not is no absence, unless its requester has
// changed that one since.
func TestUndoTakesTheAbsenceBack(t *testing.T) {
	w := newWorld(t)
	w.publish(`
key: AWAY
name: Away
group: HR
absence: {outcome: approved, from: first, until: last}
form: {fields: [{name: first, type: date}, {name: last, type: date}]}
steps:
  - {id: submit, type: start}
  - {id: manager, type: task, name: Manager, assignee: {strategy: manager}, transitions: [{id: ok, to: approved, kind: approve}]}
  - {id: approved, type: end, outcome: approved}
`)
	absences := func() int { return dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM absences`) }
	decide := func(day string) uuid.UUID {
		r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "AWAY", Values: map[string]any{"first": day, "last": day}}))
		task := r.Tasks[0].ID
		before := w.rows(r.ID)
		if r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: task, Transition: "ok"})); r.Status != "completed" {
			t.Fatal(r.Status)
		}
		t.Cleanup(func() {
			if after := w.rows(r.ID); after != before {
				t.Errorf("the rows are\n%s\nand were\n%s", after, before)
			}
		})
		return task
	}
	task := decide("2099-02-02")
	if absences() != 1 {
		t.Fatal("Asha is not away")
	}
	r := must[runs.Run](t)(w.runs.Undo(w.ctx, w.ravi, runs.Undo{Task: task}))
	if n := absences(); n != 0 || r.Status != "running" {
		t.Errorf("the run is %s, with %d absences", r.Status, n)
	}
	if l := must[runs.RunList](t)(w.runs.List(w.ctx, w.asha, runs.List{})); len(l.Items) != 1 || l.Items[0].Status != "running" {
		t.Errorf("Asha's list has %+v", l.Items)
	}
	h := must[runs.Entries](t)(w.runs.History(w.ctx, w.asha, r.ID, "", 100)).Items
	if e := h[len(h)-1]; e.Away == nil || e.Away.From != "2099-02-02" {
		t.Errorf("the history ends with %+v", e)
	}
	task = decide("2099-03-03")
	w.org.Exec(t, `UPDATE absences SET note = 'Paris', revision = 2`)
	must[runs.Run](t)(w.runs.Undo(w.ctx, w.ravi, runs.Undo{Task: task}))
	if absences() != 1 {
		t.Error("an absence that Asha had changed herself is gone")
	}
}

// Ensure tasks that an undo opens again are with people who are there: nobody looked
// at them when they left.
func TestUndoFollowsThePeople(t *testing.T) {
	w := newWorld(t)
	w.publish(`
key: TWO
name: Two
group: HR
form: {fields: []}
steps:
  - {id: submit, type: start}
  - {id: split, type: fork, transitions: [{id: a, to: one}, {id: b, to: two}]}
  - {id: one, type: task, assignee: {strategy: manager}, transitions: [{id: ok, to: meet, kind: approve}]}
  - {id: two, type: task, assignee: {strategy: role, role: desk}, transitions: [{id: ok, to: meet, kind: approve}]}
  - {id: meet, type: join, wait: {for: "1"}, transitions: [{id: go, to: done}]}
  - {id: done, type: end, outcome: approved}
`)
	w.org.Role(t, "desk")
	w.org.Grant(t, w.hana.User, "desk")
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "TWO"}))
	task := taskOf(t, r, w.ravi)
	if r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: task, Transition: "ok"})); r.Status != "completed" {
		t.Fatal(r.Status)
	}
	w.org.Exec(t, `UPDATE users SET status = 'disabled', modified_at = app_now() WHERE id = $1`, w.hana.User)
	r = must[runs.Run](t)(w.runs.Undo(w.ctx, w.ravi, runs.Undo{Task: task}))
	var holders []string
	for _, x := range r.Tasks {
		holders = append(holders, x.Assignee.Name)
	}
	if got := strings.Join(holders, ", "); len(r.Tasks) != 2 || strings.Contains(got, "Hana") {
		t.Errorf("the tasks are with %s", got)
	}
	w.compare(r.ID)
}

// Ensure each of several decisions that were made at once says until when it can be
// taken back.
func TestUndoOfSeveral(t *testing.T) {
	w := newWorld(t)
	w.publish(several)
	tasks := []uuid.UUID{w.ask("plain"), w.ask("plain"), w.ask("priced")}
	got := must[runs.DecidedMany](t)(w.runs.CompleteMany(w.ctx, w.ravi, runs.CompleteMany{Tasks: tasks, Kind: "approve"}))
	for i, x := range got.Items {
		if x.Done != (x.UndoUntil != nil) {
			t.Errorf("the %d. row is %+v", i+1, x)
		}
	}
	for _, task := range tasks[:2] {
		must[runs.Run](t)(w.runs.Undo(w.ctx, w.ravi, runs.Undo{Task: task}))
	}
	if l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.ravi, runs.ListTasks{})); len(l.Items) != 3 {
		t.Errorf("%d of 3 tasks wait again", len(l.Items))
	}
}

// Ensure nothing that was entered is lost where what was entered before is not kept
// any more: then a decision stays as it is.
func TestUndoNeedsAllValues(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	task := r.Tasks[0].ID
	must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.meera.User))
	w.org.Exec(t, `DELETE FROM run_revisions WHERE run_id = $1`, r.ID)
	was := w.state(r.ID)
	_, err := w.runs.Undo(w.ctx, w.ravi, runs.Undo{Task: task})
	if refused(t, err, fault.Conflict, "not kept any more"); w.state(r.ID) != was {
		t.Errorf("it changed to %s", w.state(r.ID))
	}
}
