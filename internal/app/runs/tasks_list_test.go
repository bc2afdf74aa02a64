package runs_test

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Ensure every filter of the inbox keeps what it says, and both orders page alike.
func TestInboxFilters(t *testing.T) {
	w := newWorld(t)
	w.publish(several)
	w.start()
	w.ask("plain")
	w.ask("priced")
	w.org.Exec(t, `UPDATE tasks SET assigned_at = app_now() - interval '8 days' WHERE step = 'priced'`)
	for name, tt := range map[string]struct {
		in   runs.ListTasks
		want int
	}{
		"all":              {runs.ListTasks{}, 3},
		"workflow":         {runs.ListTasks{Workflow: "SEVERAL"}, 2},
		"step":             {runs.ListTasks{Workflow: "SEVERAL", Step: "plain"}, 1},
		"from":             {runs.ListTasks{Initiator: w.asha.User}, 3},
		"from nobody":      {runs.ListTasks{Initiator: w.meera.User}, 0},
		"older":            {runs.ListTasks{OlderDays: 7}, 1},
		"older, the other": {runs.ListTasks{OlderDays: 9}, 0},
		"oldest":           {runs.ListTasks{Sort: "oldest", Step: "manager"}, 1},
	} {
		l, err := w.runs.ListTasks(w.ctx, w.ravi, tt.in)
		if err != nil || len(l.Items) != tt.want {
			t.Errorf("%s: %d rows, %v, want %d", name, len(l.Items), err, tt.want)
		}
	}
	_, err := w.runs.ListTasks(w.ctx, w.ravi, runs.ListTasks{View: "watching"})
	refused(t, err, fault.Invalid, "filter.view")
}

// numbers reads a view page by page.
func (w *world) numbers(who actor, in runs.ListTasks) (out []string) {
	w.t.Helper()
	in.Limit = 1
	for {
		l := must[runs.TaskList](w.t)(w.runs.ListTasks(w.ctx, who, in))
		for _, x := range l.Items {
			out = append(out, x.Number)
		}
		if in.Cursor = l.NextCursor; in.Cursor == "" {
			return out
		}
	}
}

// Ensure the oldest come first when asked for, in every view and over its pages.
func TestInboxOrder(t *testing.T) {
	w := newWorld(t)
	for range 3 {
		w.start()
		must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "ACCESS", Values: map[string]any{"what": "VPN"}}))
	}
	for view, who := range map[string]actor{"mine": w.ravi, "claimable": w.ivan, "team": w.admin} {
		newest := w.numbers(who, runs.ListTasks{View: view})
		oldest := w.numbers(who, runs.ListTasks{View: view, Sort: "oldest"})
		slices.Reverse(oldest)
		if len(newest) != 3 || !slices.Equal(newest, oldest) {
			t.Errorf("%s: newest %v, oldest reversed %v", view, newest, oldest)
		}
	}
}

// Ensure a manager sees what those who report to him hold, with who it is, in the
// runs he may see and in no other.
func TestTeam(t *testing.T) {
	w := newWorld(t)
	w.org.Exec(t, `UPDATE users SET manager_id = $1 WHERE id IN ($2, $3)`, w.ravi.User, w.meera.User, w.ivan.User)
	r := w.start()
	r = must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.meera.User))
	// Ivan holds a task of a run in which Ravi has no part.
	x := must[runs.Run](t)(w.runs.Start(w.ctx, w.hana, runs.Start{Workflow: "ACCESS", Values: map[string]any{"what": "VPN"}}))
	must[runs.Run](t)(w.runs.Claim(w.ctx, w.ivan, x.Tasks[0].ID, runs.Key{}))
	l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.ravi, runs.ListTasks{View: "team"}))
	if len(l.Items) != 1 || l.Items[0].Number != r.Number || l.Items[0].Assignee == nil || l.Items[0].Assignee.ID != w.meera.User {
		t.Fatalf("team %+v", l.Items)
	}
	if can := l.Items[0].Can; can.Complete || can.Claim || can.Reassign {
		t.Errorf("a manager may %+v", can)
	}
	if l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.asha, runs.ListTasks{View: "team"})); len(l.Items) != 0 {
		t.Errorf("somebody without reports sees %+v", l.Items)
	}
	c := must[runs.Counts](t)(w.runs.Count(w.ctx, w.ravi))
	if c.Reports != 3 {
		t.Errorf("%d report to him, want 3", c.Reports)
	}
	w.org.Exec(t, `UPDATE users SET manager_id = $1 WHERE id = $2`, w.admin.User, w.ivan.User)
	if l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.admin, runs.ListTasks{View: "team"})); len(l.Items) != 1 || l.Items[0].Number != x.Number {
		t.Errorf("who may see all sees %+v", l.Items)
	}
}

// Ensure what the inbox can be narrowed by is counted over what its reader sees.
func TestFacets(t *testing.T) {
	w := newWorld(t)
	w.publish(several)
	w.start()
	w.ask("plain")
	w.ask("priced")
	f := must[runs.Facets](t)(w.runs.ListFacets(w.ctx, w.ravi, runs.ListTasks{Workflow: "SEVERAL"}))
	if len(f.Workflows) != 2 || f.Workflows[1].Value != "SEVERAL" || f.Workflows[1].Count != 2 || len(f.Steps) != 2 ||
		len(f.Initiators) != 1 || f.Initiators[0].Name != "Asha Rao" || f.Initiators[0].Count != 3 {
		t.Errorf("facets %+v", f)
	}
	if f := must[runs.Facets](t)(w.runs.ListFacets(w.ctx, w.asha, runs.ListTasks{View: "claimable"})); len(f.Workflows) != 0 || f.Steps == nil {
		t.Errorf("facets of nothing %+v", f)
	}
}

// Ensure lines can be ordered by what their readers see, in every view, over pages
// that begin behind a task which was decided meanwhile, and by nothing else.
func TestInboxByWords(t *testing.T) {
	w := newWorld(t)
	w.publish(several)
	for range 2 {
		w.start()
		w.ask("plain")
		must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "ACCESS", Values: map[string]any{"what": "VPN"}}))
		must[runs.Run](t)(w.runs.Start(w.ctx, w.hana, runs.Start{Workflow: "ACCESS", Values: map[string]any{"what": "VPN"}}))
	}
	sorted := func(view, sort string, who actor, by func(runs.TaskRow) string) {
		t.Helper()
		var rows []runs.TaskRow
		in := runs.ListTasks{View: view, Sort: sort, Limit: 1}
		for {
			l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, who, in))
			rows = append(rows, l.Items...)
			if in.Cursor = l.NextCursor; in.Cursor == "" {
				break
			}
		}
		newest := w.numbers(who, runs.ListTasks{View: view})
		ordered := slices.IsSortedFunc(rows, func(a, b runs.TaskRow) int {
			return cmp.Or(cmp.Compare(strings.ToLower(by(a)), strings.ToLower(by(b))), bytes.Compare(a.ID[:], b.ID[:]))
		})
		if len(rows) < 4 || len(rows) != len(newest) || !ordered {
			t.Errorf("%s by %s: %d rows of %d, in order: %t", view, sort, len(rows), len(newest), ordered)
		}
	}
	for view, who := range map[string]actor{"mine": w.ravi, "claimable": w.ivan, "team": w.admin} {
		sorted(view, "title", who, func(r runs.TaskRow) string { return r.Title })
		sorted(view, "workflow", who, func(r runs.TaskRow) string { return r.Workflow.Name })
		sorted(view, "requester", who, func(r runs.TaskRow) string { return r.Initiator.Name })
	}
	page := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.ravi, runs.ListTasks{Sort: "workflow", Limit: 2}))
	w.org.Exec(t, `UPDATE tasks SET status = 'completed', completed_at = app_now() WHERE id = $1`, page.Items[1].ID)
	rest := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.ravi, runs.ListTasks{Sort: "workflow", Cursor: page.NextCursor}))
	if len(rest.Items) != 2 {
		t.Errorf("%d lines behind one that is decided, want 2", len(rest.Items))
	}
	_, err := w.runs.ListTasks(w.ctx, w.ravi, runs.ListTasks{Sort: "colour"})
	refused(t, err, fault.Invalid, "sort")
}

// Ensure ordering by words reads the tasks of its reader by their index and everything
// else by its key, with thousands of requests by others around.
func TestInboxByWordsOfMany(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	w.many(r.ID, 3000, w.ravi)
	w.many(r.ID, 6000, w.meera)
	w.env.AsOwner(t, `ANALYZE`)
	for _, sort := range []string{"title", "workflow", "requester"} {
		var plan []string
		b := db.NewBatch()
		after := r.Tasks[0].ID
		db.Many(b, &plan, `EXPLAIN (COSTS OFF) `+dbq.ListInboxBy, db.Args(dbq.ListInboxByParams{UserID: w.ravi.User, Sort: sort, After: &after, MaxRows: 50})...)
		if err := w.env.DB.Read(w.ctx, w.org.ID, b); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(plan, "\n")
		if !strings.Contains(text, "tasks_inbox") || strings.Contains(text, "Seq Scan on tasks") || strings.Contains(text, "Seq Scan on runs") {
			t.Errorf("by %s:\n%s", sort, text)
		}
		l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.ravi, runs.ListTasks{Sort: sort, Limit: 500}))
		if len(l.Items) != 500 || l.NextCursor == "" {
			t.Errorf("by %s: %d lines, then %q", sort, len(l.Items), l.NextCursor)
		}
	}
}

// many makes copies of a request that wait for somebody.
func (w *world) many(like uuid.UUID, n int, who actor) {
	w.t.Helper()
	w.org.Exec(w.t, `
		WITH made AS (SELECT gen_random_uuid() AS id, g FROM generate_series(1, $2::int) g),
		r AS (INSERT INTO runs (id, workflow_id, version_id, prefix, number, title, status, initiator_id, root_id, started_at, created_by)
			SELECT m.id, x.workflow_id, x.version_id, 'MANY', m.g + (SELECT count(*) FROM runs), 'Request ' || md5(m.g::text), x.status, x.initiator_id, m.id, x.started_at, x.created_by
			FROM made m, runs x WHERE x.id = $1),
		s AS (INSERT INTO step_runs (run_id, seq, step, status, entered_at, round)
			SELECT m.id, x.seq, x.step, x.status, x.entered_at, x.round FROM made m, step_runs x WHERE x.run_id = $1 AND x.left_at IS NULL)
		INSERT INTO tasks (id, run_id, step_seq, step, kind, status, assignee_id, workflow_id, assigned_at, created_at)
		SELECT m.id, m.id, x.step_seq, x.step, x.kind, 'open', $3::uuid, x.workflow_id, x.assigned_at, x.created_at
		FROM made m, tasks x WHERE x.run_id = $1 AND x.status = 'open'`, like, n, who.User)
}
