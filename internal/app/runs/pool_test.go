package runs_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// crowd adds people to a department, named so that they are sorted.
func (w *world) crowd(department string, n int) {
	w.t.Helper()
	w.org.Exec(w.t, `INSERT INTO users (id, email, name, department_id)
		SELECT gen_random_uuid(), 'crowd' || n || '@example.com', 'Crowd ' || lpad(n::text, 5, '0'), d.id
		FROM generate_series(1, $1::int) n, departments d WHERE d.key = $2`, n, department)
}

// Ensure a task is offered to everybody whom the rule names, thousands included,
// and that the same pool is kept once.
func TestLargePool(t *testing.T) {
	w := newWorld(t)
	w.crowd("IT", 3000)
	start := func() runs.Run {
		return must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "ACCESS", Values: map[string]any{"what": "VPN"}}))
	}
	r := start()
	start()
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM pool_members`); n != 3002 {
		t.Errorf("offered to %d people", n)
	}
	last := access.Actor{Org: w.asha.Org}
	for name, id := range map[string]uuid.UUID{
		"the last by name": dbtest.Get[uuid.UUID](t, w.org, `SELECT id FROM users WHERE name = 'Crowd 03000'`),
		"ivan":             w.ivan.User,
	} {
		last.User = id
		if got := must[runs.Run](t)(w.runs.Get(w.ctx, last, r.ID.String())); !got.Tasks[0].Claimable {
			t.Errorf("%s may not claim: %+v", name, got.Tasks[0])
		}
	}
	must[runs.Run](t)(w.runs.Claim(w.ctx, last, r.Tasks[0].ID, runs.Key{}))
	c := must[runs.CandidateList](t)(w.runs.Candidates(w.ctx, last, runs.Candidates{Task: r.Tasks[0].ID, Query: "crowd", Limit: 20}))
	if len(c.Items) != 20 || !c.More {
		t.Errorf("%d candidates, more: %v", len(c.Items), c.More)
	}
}

// Ensure round robin reaches people beyond the first few hundred.
func TestLargeRoundRobin(t *testing.T) {
	w := newWorld(t)
	w.crowd("HR", 800)
	w.publish(`
key: RING
name: Ring
group: HR
form: {fields: [{name: what, type: text, label: What}]}
steps:
  - {id: s, type: start}
  - {id: b, type: task, assignee: {strategy: rule, candidates: user.department == "HR", pick: round_robin}, transitions: [{id: ok, to: e}]}
  - {id: e, type: end, outcome: done}
`)
	last := dbtest.Get[uuid.UUID](t, w.org, `SELECT u.id FROM users u JOIN departments d ON d.id = u.department_id WHERE d.key = 'HR' ORDER BY u.id DESC LIMIT 1`)
	before := dbtest.Get[uuid.UUID](t, w.org, `SELECT u.id FROM users u JOIN departments d ON d.id = u.department_id WHERE d.key = 'HR' ORDER BY u.id DESC LIMIT 1 OFFSET 1`)
	w.org.Exec(t, `INSERT INTO turns (workflow_id, step, user_id) SELECT id, 'b', $1 FROM workflows WHERE key = 'RING'`, before)
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "RING"}))
	if r.Tasks[0].Assignee == nil || r.Tasks[0].Assignee.ID != last {
		t.Errorf("got %+v, want %s", r.Tasks[0].Assignee, last)
	}
}
