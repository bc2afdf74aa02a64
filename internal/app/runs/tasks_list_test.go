package runs_test

import (
	"slices"
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
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
		"oldest":           {runs.ListTasks{Oldest: true, Step: "manager"}, 1},
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
		oldest := w.numbers(who, runs.ListTasks{View: view, Oldest: true})
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
