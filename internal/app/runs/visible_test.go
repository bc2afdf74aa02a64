package runs_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// desk is offered to those of the field's department, role to whoever has a role:
// what their rules read can change while a task is open.
const desk = `
key: DESK
name: Desk
group: IT
form: {fields: [{name: who, type: text, label: Department, required: true}]}
steps:
  - {id: ask, type: start}
  - id: first
    type: task
    assignee: {strategy: claim, candidates: user.department == form.who}
    transitions: [{id: on, to: second, kind: approve}]
  - id: second
    type: task
    assignee: {strategy: role, role: clerk}
    transitions: [{id: done, to: done, kind: approve}]
  - {id: done, type: end, outcome: done}
`

// party is a world whose people change desks and roles.
type party struct {
	*world
	everybody []actor
	watched   int
	blind     int // runs that somebody watches and does not see
}

// act does one thing that may or may not be allowed.
func (p *party) act(t *rapid.T) {
	who := rapid.SampledFrom(p.everybody).Draw(t, "who")
	departments := rapid.SampledFrom([]string{"HR", "IT", "ENG"})
	var err error
	switch rapid.IntRange(0, 13).Draw(t, "act") {
	case 0:
		_, err = p.runs.Start(p.ctx, who, runs.Start{Workflow: "LEAVE", Values: week})
	case 1:
		_, err = p.runs.Start(p.ctx, who, runs.Start{Workflow: "ACCESS", Values: map[string]any{"what": "VPN"}})
	case 2:
		_, err = p.runs.Start(p.ctx, who, runs.Start{Workflow: "DESK", Values: map[string]any{"who": departments.Draw(t, "of")}})
	case 3:
		_, err = p.runs.SaveDraft(p.ctx, who, runs.SaveDraft{Workflow: "LEAVE"})
	case 4:
		p.org.Exec(p.t, `UPDATE users SET department_id = (SELECT id FROM departments WHERE key = $1) WHERE id = $2`,
			departments.Draw(t, "to"), who.User)
	case 5:
		if rapid.Bool().Draw(t, "grant") {
			p.org.Exec(p.t, `INSERT INTO role_grants (id, role_id, user_id) SELECT gen_random_uuid(), id, $1 FROM roles WHERE key = 'clerk' ON CONFLICT DO NOTHING`, who.User)
		} else {
			p.org.Exec(p.t, `DELETE FROM role_grants WHERE user_id = $1 AND role_id = (SELECT id FROM roles WHERE key = 'clerk')`, who.User)
		}
	case 6:
		err = p.operate(rapid.Bool().Draw(t, "operates"))
	case 7, 8, 9:
		err = p.beside(t, who)
	default:
		err = p.onTask(t, who)
	}
	if fault.CodeOf(err) == fault.Internal && err != nil {
		t.Fatal(err)
	}
}

// operate gives Ines the right to see every request, of which she then watches some, or
// takes it from her.
func (p *party) operate(on bool) error {
	for i, a := range p.everybody {
		if a.User != p.ines.User {
			continue
		}
		rights := []access.Permission{access.StakeholderAdd, access.WatcherSelf}
		if on {
			rights = []access.Permission{access.RunOperate, access.RunViewAll, access.StakeholderAdd, access.WatcherSelf}
		}
		slices.Sort(rights)
		p.everybody[i].Permissions = rights
		for _, run := range newest(p, 3) {
			_, err := p.runs.Watch(p.ctx, p.everybody[i], runs.Watch{Run: run})
			switch {
			case err == nil:
				p.watched++
			case fault.CodeOf(err) == fault.Internal:
				return err
			}
		}
	}
	return nil
}

// beside does what somebody does with a run whatever he is to it: he watches it or not
// any more, lets somebody else see it, or takes that back.
func (p *party) beside(t *rapid.T, who actor) error {
	ids := newest(p, 8)
	if len(ids) == 0 {
		return nil
	}
	run := rapid.SampledFrom(ids).Draw(t, "run")
	other := rapid.SampledFrom(p.everybody).Draw(t, "other").User
	var err error
	switch rapid.IntRange(0, 5).Draw(t, "how") {
	case 0:
		_, err = p.runs.AddStakeholder(p.ctx, who, runs.AddStakeholder{Run: run, Person: other})
	case 1:
		_, err = p.runs.RemoveStakeholder(p.ctx, who, runs.RemoveStakeholder{Run: run, Person: other})
	case 2:
		_, err = p.runs.Unwatch(p.ctx, who, runs.Watch{Run: run})
	default:
		if _, err = p.runs.Watch(p.ctx, who, runs.Watch{Run: run}); err == nil {
			p.watched++
		}
	}
	return err
}

// onTask does something with one of the tasks that somebody has or may take.
func (p *party) onTask(t *rapid.T, who actor) error {
	view := rapid.SampledFrom([]string{"mine", "claimable"}).Draw(t, "view")
	l, err := p.runs.ListTasks(p.ctx, who, runs.ListTasks{View: view, Limit: 5})
	if err != nil || len(l.Items) == 0 {
		return err
	}
	x := rapid.SampledFrom(l.Items).Draw(t, "task")
	if view == "claimable" {
		_, err = p.runs.Claim(p.ctx, who, x.ID, runs.Key{})
		return err
	}
	switch rapid.IntRange(0, 4).Draw(t, "verb") {
	case 0:
		_, err = p.runs.Release(p.ctx, who, x.ID, runs.Key{})
	case 1:
		_, err = p.runs.SendBack(p.ctx, who, runs.SendBack{Task: x.ID, To: "previous", Comment: "again"})
	case 2:
		to := rapid.SampledFrom(p.everybody).Draw(t, "colleague")
		_, err = p.runs.Reassign(p.ctx, who, runs.Reassign{Task: x.ID, To: to.User})
	default:
		transition := map[string]string{"manager": "hr", "hr": "ok", "it": "done", "first": "on", "second": "done", "submit": "submit"}[x.StepID]
		_, err = p.runs.Complete(p.ctx, who, runs.Complete{Task: x.ID, Transition: transition, Assignees: engine.Choices{Only: p.hana.User}})
	}
	return err
}

// Ensure, whatever happened in whatever order, every list and count shows a person
// exactly what the single page lets him see: runs by his part in them, those
// offered to him while their rule matches him, all of them with the right to, and
// drafts to their author alone.
func TestListsAgreeWithTheGate(t *testing.T) {
	w := newWorld(t)
	w.publish(desk)
	w.org.Role(t, "clerk")
	w.org.Grant(t, w.ines.User, "clerk")
	w.org.Grant(t, w.ivan.User, "clerk")
	p := &party{world: w, everybody: []actor{w.asha, w.ravi, w.meera, w.hana, w.ivan, w.ines, w.admin}}
	claims, views := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		for range 6 {
			p.act(t)
		}
		ines := p.everybody[5] // whose rights change: what she watches is read most
		who := rapid.SampledFrom(append(slices.Clone(p.everybody), ines, ines, ines, ines)).Draw(t, "reader")
		c, v := p.compareLists(t, who)
		claims, views = claims+c, views+v
	})
	if !t.Failed() && (claims < 20 || views < 100 || p.watched < 10 || p.blind < 3) {
		t.Errorf("%d offers, %d visible runs, %d watched and %d watched in vain were met: the test proves little", claims, views, p.watched, p.blind)
	}
}

// compareLists checks the newest runs of the organization against all the lists.
func (p *party) compareLists(t *rapid.T, who actor) (claims, views int) {
	lists := map[string][]uuid.UUID{}
	for _, view := range []string{"mine", "involved", "watching", "drafts", "all"} {
		if view == "all" && !who.Has(access.RunViewAll) {
			continue
		}
		lists[view] = pages(t, func(cursor string) ([]runs.RunRow, string, error) {
			l, err := p.runs.List(p.ctx, who, runs.List{View: view, Cursor: cursor, Limit: 7})
			return l.Items, l.NextCursor, err
		}, func(x runs.RunRow) uuid.UUID { return x.ID })
	}
	tasks := map[string][]uuid.UUID{}
	for _, view := range []string{"mine", "claimable", "team"} {
		tasks[view] = pages(t, func(cursor string) ([]runs.TaskRow, string, error) {
			l, err := p.runs.ListTasks(p.ctx, who, runs.ListTasks{View: view, Cursor: cursor, Limit: 7})
			return l.Items, l.NextCursor, err
		}, func(x runs.TaskRow) uuid.UUID { return x.ID })
	}
	n, err := p.runs.Count(p.ctx, who)
	if err != nil || int(n.OpenTasks) != len(tasks["mine"]) || int(n.Claimable) != len(tasks["claimable"]) || int(n.Drafts) != len(lists["drafts"]) {
		t.Fatalf("%s: counted %+v, listed %d, %d and %d, %v", who.User, n, len(tasks["mine"]), len(tasks["claimable"]), len(lists["drafts"]), err)
	}
	for _, id := range newest(p, 15) {
		c, v := p.compareRun(t, who, id, lists, tasks)
		claims, views = claims+c, views+v
	}
	return claims, views
}

// compareRun reads one run as a single page and looks it up in the lists.
func (p *party) compareRun(t *rapid.T, who actor, id uuid.UUID, lists, tasks map[string][]uuid.UUID) (claims, views int) {
	r, err := p.runs.Get(p.ctx, who, id.String())
	sees := err == nil
	if err != nil && !fault.Is(err, fault.NotFound) {
		t.Fatal(err)
	}
	_, standing, err := p.runs.StateFromRows(p.ctx, who, id)
	if err != nil {
		t.Fatal(err)
	}
	if gate := access.CheckView(who, standing) == nil; gate != sees || access.ForRun(who, standing).View != sees {
		t.Fatalf("%s on %s: the gate says %v, the page %v", who.User, id, gate, sees)
	}
	in := func(list []uuid.UUID) bool { return slices.Contains(list, id) }
	byPart := dbtest.Get[bool](p.t, p.org, `SELECT EXISTS (SELECT 1 FROM visible_runs WHERE run_id = $1 AND user_id = $2)`, id, who.User)
	watches := dbtest.Get[bool](p.t, p.org, `SELECT EXISTS (SELECT 1 FROM participants WHERE run_id = $1 AND user_id = $2 AND roles & 8 = 8)`, id, who.User)
	if watches && !sees {
		p.blind++
	}
	own := sees && r.Initiator.ID == who.User
	offered := false
	for _, x := range r.Tasks {
		if x.Mine != slices.Contains(tasks["mine"], x.ID) || x.Claimable != slices.Contains(tasks["claimable"], x.ID) {
			t.Fatalf("%s on task %s: the page says %+v, the inbox %v", who.User, x.ID, x, tasks)
		}
		offered = offered || x.Claimable
		team := x.Assignee != nil && p.reports(x.Assignee.ID, who) && (byPart || who.Has(access.RunViewAll))
		if team != slices.Contains(tasks["team"], x.ID) {
			t.Fatalf("%s on task %s of his team: %v, the inbox says %v", who.User, x.ID, team, tasks["team"])
		}
	}
	for _, id := range p.openTasks(id) {
		if !sees && slices.Contains(tasks["team"], id) {
			t.Fatalf("%s reads of task %s, whose run he may not see", who.User, id)
		}
	}
	for what, disagree := range map[string]bool{
		"involved":  in(lists["involved"]) != byPart,
		"watching":  in(lists["watching"]) != (watches && sees) || sees && r.Watching != watches,
		"mine":      in(lists["mine"]) != (own && r.Status != "draft"),
		"drafts":    in(lists["drafts"]) != (own && r.Status == "draft"),
		"all":       in(lists["all"]) != (who.Has(access.RunViewAll) && sees && r.Status != "draft"),
		"the union": sees != (in(lists["involved"]) || in(lists["drafts"]) || in(lists["all"]) || offered),
	} {
		if disagree {
			t.Fatalf("%s on %s (seen: %v, status %q): %s disagrees", who.User, id, sees, r.Status, what)
		}
	}
	if offered {
		claims = 1
	}
	if sees {
		views = 1
	}
	return claims, views
}

// reports tells whether somebody reports to another.
func (p *party) reports(who uuid.UUID, to actor) bool {
	return who == p.asha.User && to.User == p.ravi.User || who == p.ravi.User && to.User == p.admin.User
}

// openTasks are those of a run, whoever may see it.
func (p *party) openTasks(run uuid.UUID) []uuid.UUID {
	return dbtest.Get[[]uuid.UUID](p.t, p.org, `SELECT coalesce(array_agg(id), '{}') FROM tasks WHERE run_id = $1 AND status = 'open'`, run)
}

// pages follows a list to its end.
func pages[T any](t *rapid.T, page func(cursor string) ([]T, string, error), id func(T) uuid.UUID) []uuid.UUID {
	var out []uuid.UUID
	for cursor := ""; ; {
		items, next, err := page(cursor)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range items {
			out = append(out, id(x))
		}
		if next == "" {
			return out
		}
		cursor = next
	}
}

// newest are the runs and drafts made last.
func newest(p *party, n int) []uuid.UUID {
	return dbtest.Get[[]uuid.UUID](p.t, p.org, `SELECT array_agg(id) FROM (SELECT id FROM runs ORDER BY id DESC LIMIT $1) x`, n)
}

// Ensure somebody who lost the role or place behind an offer does not see the run
// any more, neither as a page nor in a list or count, and sees it again when he is back.
func TestLostOffer(t *testing.T) {
	w := newWorld(t)
	w.publish(desk)
	w.org.Role(t, "clerk")
	w.org.Grant(t, w.ines.User, "clerk")
	w.org.Grant(t, w.hana.User, "clerk")
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "DESK", Values: map[string]any{"who": "IT"}}))
	sees := func(who actor, want bool) {
		t.Helper()
		_, err := w.runs.Get(w.ctx, who, r.ID.String())
		l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, who, runs.ListTasks{View: "claimable"}))
		n := must[runs.Counts](t)(w.runs.Count(w.ctx, who))
		_, said := w.runs.AddComment(w.ctx, who, r.ID, "hm", runs.Key{})
		if (err == nil) != want || (len(l.Items) == 1) != want || (n.Claimable == 1) != want || (said == nil) != want {
			t.Errorf("page %v, list %d, count %+v, comment %v; want %v", err, len(l.Items), n, said, want)
		}
	}
	move := func(who actor, to string) {
		w.org.Exec(t, `UPDATE users SET department_id = (SELECT id FROM departments WHERE key = $1) WHERE id = $2`, to, who.User)
	}
	sees(w.ivan, true)
	sees(w.hana, false)
	move(w.ivan, "HR")
	sees(w.ivan, false)
	_, err := w.runs.Claim(w.ctx, w.ivan, r.Tasks[0].ID, runs.Key{})
	refused(t, err, fault.Forbidden, "any more")
	move(w.ivan, "IT")
	sees(w.ivan, true)
	must[runs.Run](t)(w.runs.Claim(w.ctx, w.ivan, r.Tasks[0].ID, runs.Key{}))
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ivan, runs.Complete{Task: r.Tasks[0].ID, Transition: "on"}))
	sees(w.hana, true) // by her role
	w.org.Exec(t, `DELETE FROM role_grants WHERE user_id = $1 AND role_id = (SELECT id FROM roles WHERE key = 'clerk')`, w.hana.User)
	sees(w.hana, false)
}
