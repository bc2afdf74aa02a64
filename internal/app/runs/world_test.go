package runs_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
	"github.com/handstamp/handstamp/internal/facts"
)

// leave is the leave application of the brief.
const leave = `
key: LEAVE
name: Leave application
group: HR
title: initiator.name + " is away"
form:
  fields:
    - {name: leave_from, type: date, label: From, required: true}
    - {name: leave_to, type: date, label: To, required: true, rules: [{check: form.leave_to >= form.leave_from, message: The last day is before the first}]}
    - {name: days, type: number, label: Days, calculate: "days(form.leave_from, form.leave_to)"}
    - {name: reason, type: text, label: Reason}
    - {name: balance, type: number, label: Days left, calculate: initiator.leave_balance}
    - {name: hr_note, type: text, label: Note of HR}
steps:
  - {id: submit, type: start, fields: {hr_note: hidden}}
  - id: manager
    type: task
    assignee: {strategy: manager, of: initiator}
    fields: {balance: hidden, hr_note: hidden}
    transitions: [{id: hr, to: hr, kind: approve}]
  - id: hr
    type: task
    name: HR
    assignee: {strategy: chosen, candidates: user.department == "HR"}
    fields: {hr_note: edit}
    transitions: [{id: ok, to: approved, name: Approve, kind: approve}]
  - {id: approved, type: end, outcome: approved}
  - {id: rejected, type: end, outcome: rejected}
`

// pool is a workflow whose only step is offered to IT.
const pool = `
key: ACCESS
name: Access
group: IT
form: {fields: [{name: what, type: text, label: What, required: true}]}
steps:
  - {id: ask, type: start}
  - id: it
    type: task
    name: IT
    assignee: {strategy: claim, candidates: user.department == "IT"}
    transitions: [{id: done, to: done, name: Done, kind: approve}]
  - {id: done, type: end, outcome: done}
`

// actor keeps table tests short.
type actor = access.Actor

// world is an organization with people and published workflows.
type world struct {
	t    *testing.T
	ctx  context.Context
	env  *dbtest.Env
	org  *dbtest.Org
	runs *runs.Service

	asha, ravi, meera, hana, ivan, ines, admin access.Actor
}

// newWorld makes a fresh organization: Asha reports to Ravi; Meera and Hana are
// HR; Ivan and Ines are IT; Admin operates runs and owns the workflows.
func newWorld(t *testing.T) *world {
	t.Helper()
	t.Parallel()
	return newWorldIn(t, dbtest.New(t))
}

// newWorldIn makes it in a database of its own, for what concerns the whole of that.
func newWorldIn(t *testing.T, env *dbtest.Env) *world {
	t.Helper()
	w := &world{t: t, ctx: t.Context(), env: env}
	w.org = w.env.Org(t)
	w.runs = runs.New(w.env.DB, facts.NewVersions())
	for _, d := range []string{"HR", "IT", "ENG"} {
		w.org.Department(t, d)
	}
	w.org.Exec(t, `INSERT INTO attribute_types (key, label, kind) VALUES ('leave_balance', 'Leave balance', 'number')`)
	w.org.Role(t, "operator", access.RunOperate, access.RunViewAll, access.TaskReassignAny, access.TaskTakeOver)
	w.org.Role(t, "employee", access.WatcherSelf, access.StakeholderAdd)
	employee := dbtest.WithRole("employee")
	w.admin = w.org.User(t, "Ada Admin", dbtest.WithRole("operator"), employee)
	w.ravi = w.org.User(t, "Ravi Menon", employee, dbtest.InDepartment("ENG"), dbtest.Manager(w.admin))
	w.asha = w.org.User(t, "Asha Rao", employee, dbtest.InDepartment("ENG"), dbtest.Manager(w.ravi), dbtest.Attributes(map[string]any{"leave_balance": 12}))
	w.meera = w.org.User(t, "Meera Iyer", employee, dbtest.InDepartment("HR"))
	w.hana = w.org.User(t, "Hana Holt", employee, dbtest.InDepartment("HR"))
	w.ivan = w.org.User(t, "Ivan Petrov", employee, dbtest.InDepartment("IT"))
	w.ines = w.org.User(t, "Ines Costa", employee, dbtest.InDepartment("IT"))
	w.publish(leave)
	w.publish(pool)
	return w
}

// publish puts a version of a workflow in place, as the catalog would.
func (w *world) publish(text string) uuid.UUID {
	w.t.Helper()
	doc, problems := workflow.ParseYAML([]byte(text))
	if len(problems) > 0 {
		w.t.Fatal(problems)
	}
	data, err := json.Marshal(doc)
	if err != nil {
		w.t.Fatal(err)
	}
	id, version := db.NewID(), db.NewID()
	w.org.Exec(w.t, `INSERT INTO workflows (id, key, name, grp, prefix, owner_id, visible_to) VALUES ($1, $2, $3, $4, $2, $5, $6)`,
		id, doc.Key, doc.Name, doc.Group, w.admin.User, doc.VisibleTo.Text)
	w.org.Exec(w.t, `INSERT INTO versions (id, workflow_id, no, document, hash) VALUES ($1, $2, 1, $3, $4)`, version, id, data, doc.Hash())
	w.org.Exec(w.t, `UPDATE workflows SET version_id = $1, version_no = 1, status = 'published' WHERE id = $2`, version, id)
	return id
}

var week = map[string]any{"leave_from": "2026-01-05", "leave_to": "2026-01-09", "reason": "Holiday"}

// start sends Asha's leave application.
func (w *world) start() runs.Run {
	w.t.Helper()
	r, err := w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "LEAVE", Values: week, Comment: "Please"})
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// approve leaves the run's open task as its holder, choosing the next one.
func (w *world) approve(a access.Actor, r runs.Run, transition string, next uuid.UUID) (runs.Run, error) {
	return w.runs.Complete(w.ctx, a, runs.Complete{Task: r.Tasks[0].ID, Transition: transition, Assignees: engine.Choices{Only: next}})
}

// must fails the test on an error.
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// refused checks that an error has the code and names the field or says the words.
func refused(t *testing.T, err error, code fault.Code, says string) {
	t.Helper()
	if fault.CodeOf(err) != code || !strings.Contains(errText(err), says) {
		t.Fatalf("got %v, want %s with %q", err, code, says)
	}
}

func errText(err error) string {
	if err == nil {
		return "no error"
	}
	return err.Error()
}

// state is what the database holds of a run, to compare before and after.
func (w *world) state(run uuid.UUID) string {
	w.t.Helper()
	return dbtest.Get[string](w.t, w.org, `SELECT concat(
		(SELECT to_jsonb(r) FROM runs r WHERE id = $1), (SELECT to_jsonb(d) FROM run_data d WHERE run_id = $1),
		(SELECT jsonb_agg(s ORDER BY seq) FROM step_runs s WHERE run_id = $1), (SELECT jsonb_agg(t ORDER BY id) FROM tasks t WHERE run_id = $1),
		(SELECT jsonb_agg(p ORDER BY user_id) FROM participants p WHERE run_id = $1), (SELECT count(*) FROM events WHERE run_id = $1),
		(SELECT count(*) FROM comments WHERE run_id = $1))`, run)
}
