package runs_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
	"github.com/handstamp/handstamp/internal/facts"
)

// buy is started by joining.
const buy = `
key: BUY
name: Purchase
group: IT
title: '"Buy " + form.item'
form: {fields: [{name: item, type: text, required: true}, {name: price, type: number}]}
steps:
  - {id: submit, type: start, fields: {price: hidden}}
  - {id: it, type: task, name: IT, assignee: {strategy: user, user: USER}, fields: {price: edit}, transitions: [{id: ok, to: bought, kind: approve}]}
  - {id: bought, type: end, name: Bought, outcome: approved}
`

const joining = `
key: JOIN
name: Onboarding
group: HR
form: {fields: [{name: laptop, type: text}, {name: cost, type: number}, {name: order, type: text}]}
steps:
  - {id: submit, type: start}
  - {id: manager, type: task, assignee: {strategy: manager}, transitions: [{id: ok, to: laptop, kind: approve}]}
  - {id: laptop, type: workflow, starts: {workflow: BUY, values: {item: form.laptop}, take: {order: number, cost: form.price}}, transitions: [{id: bought, to: done, when: prev.outcome == "approved"}, {id: not, to: manager}]}
  - {id: done, type: end, outcome: approved}
`

// relay has requests tell each other what they have to.
func (w *world) relay() int {
	w.t.Helper()
	n, err := w.runs.Relay(w.ctx, w.asha.Org)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *world) get(a access.Actor, run uuid.UUID) runs.Run {
	w.t.Helper()
	w.compare(run)
	return must[runs.Run](w.t)(w.runs.Get(w.ctx, a, run.String()))
}

// joined is a request whose manager has approved it, so that it wants a purchase.
func (w *world) joined(laptop string) runs.Run {
	w.t.Helper()
	values := map[string]any{}
	if laptop != "" {
		values["laptop"] = laptop
	}
	r := must[runs.Run](w.t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "JOIN", Values: values}))
	task := r.Tasks[0].ID
	r = must[runs.Run](w.t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: task, Transition: "ok"}))
	_, err := w.runs.Undo(w.ctx, w.ravi, runs.Undo{Task: task})
	if refused(w.t, err, fault.Conflict, "another request"); r.UndoUntil != nil {
		w.t.Errorf("it can be taken back until %v", r.UndoUntil)
	}
	return r
}

func newFamily(t *testing.T) *world {
	w := newWorld(t)
	w.publish(strings.ReplaceAll(buy, "USER", w.ivan.User.String()))
	w.publish(joining)
	return w
}

// Ensure a request starts another one, both say so to those who see them, and the
// outcome and what was taken back lead the first one on.
func TestRelay(t *testing.T) {
	w := newFamily(t)
	r := w.joined("Thinkpad")
	if x := r.Subs; len(x) != 1 || x[0].Status != "wanted" || x[0].Number != "" || !x[0].Awaited || x[0].StepName != "Laptop" || x[0].WorkflowKey != "BUY" {
		t.Fatalf("before it is started it shows %+v", x)
	}
	var above []runs.Hint
	w.runs.Changed = func(h runs.Hint) {
		if h.Run == r.ID {
			above = append(above, h)
		}
	}
	if n := w.relay(); n != 1 {
		t.Fatalf("%d were carried out", n)
	}
	if len(above) != 1 || above[0].Revision != 0 || len(above[0].People) != 2 {
		t.Errorf("those who look at the first one are told %+v", above)
	}
	mine := w.get(w.asha, r.ID)
	sub := mine.Subs[0]
	if sub.Number == "" || sub.Title != "Buy Thinkpad" || sub.Status != "running" || !sub.CanView || sub.Initiator.Name != "Asha Rao" || sub.WorkflowName != "Purchase" {
		t.Fatalf("she sees %+v", sub)
	}
	if his := w.get(w.ravi, r.ID).Subs[0]; his.CanView || his.Title != "" || his.Number != sub.Number {
		t.Errorf("Ravi, who has no part in it, sees %+v", his)
	}
	_, err := w.runs.Get(w.ctx, w.ravi, sub.RunID.String())
	refused(t, err, fault.NotFound, "no such request")
	if len(mine.Next) != 2 || mine.Next[0].Name != "Done" || mine.Next[1].Name != "Manager" {
		t.Errorf("what may come next: %+v", mine.Next)
	}
	list := must[runs.RunList](t)(w.runs.List(w.ctx, w.asha, runs.List{}))
	if got := list.Items[1]; got.ID != r.ID || len(got.StepNames) != 1 || got.StepNames[0] != "Laptop" {
		t.Errorf("in her list it stands at %+v", got.StepNames)
	}
	child := w.get(w.ivan, sub.RunID)
	if child.Parent == nil || child.Parent.Number != r.Number || child.Parent.CanView || child.Parent.Title != "" || child.Values["item"] != "Thinkpad" {
		t.Fatalf("in the other one Ivan sees %+v, %v", child.Parent, child.Values)
	}
	must[runs.Run](t)(w.runs.Complete(w.ctx, w.ivan, runs.Complete{Task: child.Tasks[0].ID, Transition: "ok", Values: map[string]any{"price": 1200}}))
	w.relay()
	if after := w.get(w.asha, r.ID); after.Status != "completed" || after.Values["order"] != child.Number || after.Values["cost"] != 1200.0 ||
		after.Subs[0].OutcomeName != "Bought" || after.Subs[0].Awaited {
		t.Errorf("afterwards: %s %v %+v", after.Status, after.Values, after.Subs)
	}
	h := must[runs.Entries](t)(w.runs.History(w.ctx, w.asha, sub.RunID, "", 50))
	if first := h.Items[0]; first.Actor != nil || first.OnBehalfOf.Name != "Asha Rao" || *first.Parent != r.ID {
		t.Errorf("the history of the other one begins with %+v", first)
	}
	h = must[runs.Entries](t)(w.runs.History(w.ctx, w.asha, r.ID, "", 50))
	if i := slices.IndexFunc(h.Items, func(x runs.Entry) bool { return x.Type == "sub.requested" }); i < 0 || h.Items[i].WorkflowName != "Purchase" {
		t.Errorf("the history tells what is started as %+v", h.Items[max(i, 0)])
	}
	if n := w.relay(); n != 0 || dbtest.Get[int](t, w.org, `SELECT count(*) FROM subruns WHERE state <> 'done' OR input IS NOT NULL`) != 0 {
		t.Errorf("something is left: %d", n)
	}
}

// Ensure two servers that carry out the same at once start one request and tell its
// end once.
func TestRelayAtOnce(t *testing.T) {
	w := newFamily(t)
	second := runs.New(w.env.DB, facts.NewVersions())
	r := w.joined("Thinkpad")
	both := func() {
		var wg sync.WaitGroup
		for _, s := range []*runs.Service{w.runs, second, w.runs, second} {
			wg.Go(func() {
				if _, err := s.Relay(w.ctx, w.asha.Org); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	}
	both()
	if n := dbtest.Get[int](t, w.org, `SELECT count(*) FROM runs WHERE parent_id = $1`, r.ID); n != 1 {
		t.Fatalf("%d were started", n)
	}
	child := w.get(w.ivan, w.get(w.asha, r.ID).Subs[0].RunID)
	must[runs.Run](t)(w.runs.Complete(w.ctx, w.ivan, runs.Complete{Task: child.Tasks[0].ID, Transition: "ok"}))
	both()
	if n := dbtest.Get[int](t, w.org, `SELECT count(*) FROM events WHERE run_id = $1 AND type = 'sub.ended'`, r.ID); n != 1 || w.get(w.asha, r.ID).Status != "completed" {
		t.Errorf("it was told %d times", n)
	}
}

// Ensure what cannot be started is an incident that an administrator can mend.
func TestRelayCannotStart(t *testing.T) {
	w := newFamily(t)
	r := w.joined("")
	w.relay()
	now := w.get(w.admin, r.ID)
	if v := now.Path[len(now.Path)-1]; v.Status != "incident" || !strings.Contains(v.Detail, "Item is required") || now.Subs[0].Status != "failed" {
		t.Fatalf("it is %+v, %+v", v, now.Subs)
	}
	w.org.Exec(t, `UPDATE workflows SET status = 'unpublished' WHERE key = 'BUY'`)
	must[runs.Run](t)(w.runs.Retry(w.ctx, w.admin, runs.Retry{Run: r.ID}))
	w.relay()
	now = w.get(w.admin, r.ID)
	if v := now.Path[len(now.Path)-1]; !strings.Contains(v.Detail, "no workflow BUY") {
		t.Errorf("without the workflow: %q", v.Detail)
	}
	w.org.Exec(t, `UPDATE workflows SET status = 'published', visible_to = 'user.department == "HR"' WHERE key = 'BUY'`)
	must[runs.Run](t)(w.runs.Cancel(w.ctx, w.admin, r.ID, "Enough", runs.Key{}))
	w.relay()
	if n := dbtest.Get[int](t, w.org, `SELECT count(*) FROM runs WHERE parent_id IS NOT NULL`); n != 0 {
		t.Errorf("%d were started", n)
	}
}

// Ensure a cancelled request cancels those it waits for, also one that is just being
// started, and what ended before that is not told any more.
func TestRelayStops(t *testing.T) {
	w := newFamily(t)
	withdraw := func(r runs.Run) {
		must[runs.Run](t)(w.runs.Withdraw(w.ctx, w.asha, runs.Withdraw{Run: r.ID, Comment: "Not needed"}))
	}
	early := w.joined("One")
	withdraw(early)
	w.relay()
	if n := dbtest.Get[int](t, w.org, `SELECT count(*) FROM runs WHERE parent_id = $1`, early.ID); n != 0 {
		t.Errorf("one was started that nobody wanted any more")
	}
	under := w.joined("Two")
	w.relay()
	withdraw(under)
	w.relay()
	child := w.get(w.asha, w.get(w.asha, under.ID).Subs[0].RunID)
	if child.Status != "cancelled" || child.Reason != "parent" {
		t.Errorf("the one under way is %s, %s", child.Status, child.Reason)
	}
	late := w.joined("Three")
	w.relay()
	child = w.get(w.ivan, w.get(w.asha, late.ID).Subs[0].RunID)
	must[runs.Run](t)(w.runs.Complete(w.ctx, w.ivan, runs.Complete{Task: child.Tasks[0].ID, Transition: "ok"}))
	withdraw(late)
	w.relay()
	if w.get(w.asha, late.ID).Status != "cancelled" || w.get(w.ivan, child.ID).Status != "completed" {
		t.Error("one that had ended was touched")
	}
	if n := dbtest.Get[int](t, w.org, `SELECT count(*) FROM subruns WHERE state <> 'done'`); n != 0 {
		t.Errorf("%d are left", n)
	}
}

// Ensure starting, ending and giving up race without a run that nobody waits for, and
// none that waits for nothing.
func TestRelayRaces(t *testing.T) {
	w := newFamily(t)
	for i := range 12 {
		r := w.joined("Racer")
		task := uuid.Nil
		if i%2 == 0 {
			w.relay()
			task = w.get(w.admin, w.get(w.asha, r.ID).Subs[0].RunID).Tasks[0].ID
		}
		var wg sync.WaitGroup
		wg.Go(func() { _, _ = w.runs.Relay(w.ctx, w.asha.Org) })
		wg.Go(func() { _, _ = w.runs.Cancel(w.ctx, w.admin, r.ID, "Stop", runs.Key{}) })
		if task != uuid.Nil {
			wg.Go(func() {
				_, _ = w.runs.Complete(w.ctx, w.ivan, runs.Complete{Task: task, Transition: "ok"})
			})
		}
		wg.Wait()
		w.relay()
		if now := w.get(w.asha, r.ID); now.Status != "cancelled" && now.Status != "completed" {
			t.Fatalf("the one above is %s", now.Status)
		}
	}
	if n := dbtest.Get[int](t, w.org, `SELECT count(*) FROM runs WHERE status = 'running'`); n != 0 {
		t.Errorf("%d run on though nobody waits for them", n)
	}
	if n := dbtest.Get[int](t, w.org, `SELECT count(*) FROM subruns WHERE state <> 'done'`); n != 0 {
		t.Errorf("%d are left", n)
	}
}

// Ensure whoever asked for the whole never decides a part of it, whoever made that.
func TestDutiesFollowTheRoot(t *testing.T) {
	w := newWorld(t)
	w.publish(strings.ReplaceAll(buy, "USER", w.asha.User.String()))
	w.publish(strings.Replace(strings.Replace(joining, "workflow: BUY,", "workflow: BUY, by: who,", 1), "{name: order, type: text}", "{name: order, type: text}, {name: who, type: user}", 1))
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "JOIN", Values: map[string]any{"laptop": "Mac", "who": w.hana.User.String()}}))
	must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: r.Tasks[0].ID, Transition: "ok"}))
	w.relay()
	part := w.get(w.hana, w.get(w.admin, r.ID).Subs[0].RunID)
	if part.Initiator.Name != "Hana Holt" || part.Tasks[0].Assignee.Name != "Ada Admin" {
		t.Fatalf("it is by %s and with %+v", part.Initiator.Name, part.Tasks[0].Assignee)
	}
	_, err := w.runs.Reassign(w.ctx, w.admin, runs.Reassign{Task: part.Tasks[0].ID, To: w.asha.User})
	refused(t, err, fault.Invalid, "his own request has started")
	must[runs.Run](t)(w.runs.Complete(w.ctx, w.admin, runs.Complete{Task: part.Tasks[0].ID, Transition: "ok"}))
}

// Ensure no organization sees or carries out what another one's requests tell each other.
func TestRelayStaysInside(t *testing.T) {
	w := newFamily(t)
	r := w.joined("Thinkpad")
	other := newWorldBeside(w)
	if n, err := w.runs.Relay(w.ctx, other.Org); n != 0 || err != nil {
		t.Errorf("the other organization carried out %d, %v", n, err)
	}
	w.relay()
	sub := w.get(w.asha, r.ID).Subs[0].RunID
	_, err := w.runs.Get(w.ctx, other, sub.String())
	refused(t, err, fault.NotFound, "no such request")
}

// newWorldBeside is somebody with every right in another organization.
func newWorldBeside(w *world) access.Actor {
	o := w.env.Org(w.t)
	o.Role(w.t, "operator", access.RunOperate, access.RunViewAll)
	return o.User(w.t, "Olga Outside", dbtest.WithRole("operator"))
}

// Ensure of several that were to be started it is told which row lacks something.
func TestRelayCannotStartRow(t *testing.T) {
	w := newFamily(t)
	w.publish(`
key: JOINALL
name: Onboarding of several
group: HR
form: {fields: [{name: laptops, type: table, columns: [{name: who, type: text}, {name: laptop, type: text}]}]}
steps:
  - {id: submit, type: start}
  - {id: buy, type: workflow, starts: {workflow: BUY, each: laptops, copy: {item: laptop}}, transitions: [{id: on, to: done}]}
  - {id: done, type: end, outcome: approved}
`)
	rows := []any{map[string]any{"laptop": "Light"}, map[string]any{"who": "Fay"}}
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "JOINALL", Values: map[string]any{"laptops": rows}}))
	w.relay()
	now := w.get(w.asha, r.ID)
	if got := now.Path[len(now.Path)-1].Detail; got != "A request of BUY for row 2 could not be started: Item is required." {
		t.Errorf("the incident says %q", got)
	}
	if len(now.Subs) != 2 || now.Subs[0].Detail != "" || now.Subs[1].Detail != "Row 2: Item is required." {
		t.Errorf("of the requests it is said %+v", now.Subs)
	}
}

// Ensure a form that was read before something came back loses nothing of it, tells who
// changes what he could not know, and takes what was read since.
func TestStaleFormKeepsWhatCameBack(t *testing.T) {
	w := newFamily(t)
	w.publish(`
key: BOTH
name: Both
group: HR
form: {fields: [{name: items, label: Items, type: table, columns: [{name: what, type: text}, {name: cost, label: Cost, type: number}]}]}
steps:
  - {id: submit, type: start}
  - {id: both, type: fork, transitions: [{id: a, to: buy}, {id: b, to: manager}]}
  - {id: buy, type: workflow, starts: {workflow: BUY, each: items, copy: {item: what}, take: {cost: form.price}}, transitions: [{id: on, to: met}]}
  - {id: manager, type: task, assignee: {strategy: manager}, fields: {items: edit}, transitions: [{id: ok, to: met, kind: approve}]}
  - {id: met, type: join, transitions: [{id: on, to: done}]}
  - {id: done, type: end, outcome: approved}
`)
	row := func(what string, cost any) map[string]any { return map[string]any{"what": what, "cost": cost} }
	start := runs.Start{Workflow: "BOTH", Values: map[string]any{"items": []any{row("Laptop", nil), row("Desk", nil)}}}
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, start))
	w.relay()
	read := w.get(w.ravi, r.ID)
	child := w.get(w.ivan, read.Subs[0].RunID)
	must[runs.Run](t)(w.runs.Complete(w.ctx, w.ivan, runs.Complete{Task: child.Tasks[0].ID, Transition: "ok", Values: map[string]any{"price": 1200}}))
	w.relay()
	send := func(revision int64, rows ...any) (runs.Run, error) {
		return w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: read.Task.ID, Transition: "ok", Values: map[string]any{"items": rows}, Seen: revision})
	}
	_, err := send(read.Revision, row("Laptop", 900), row("Desk", nil))
	refused(t, err, fault.Invalid, "Cost in row 1 of Items came back from "+child.Number+" (1200)")
	after := must[runs.Run](t)(send(read.Revision, row("Desk", nil), row("Laptop", nil), row("Chair", 80)))
	if got := after.Values["items"].([]any); len(got) != 3 || got[1].(map[string]any)["cost"] != 1200.0 || got[2].(map[string]any)["cost"] != 80.0 {
		t.Errorf("what is in the form now: %v", got)
	}
	w.compare(r.ID)
}
