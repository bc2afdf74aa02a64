package catalog_test

import (
	"context"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db/dbtest"
	"github.com/handstamp/handstamp/internal/facts"
)

// leave is a small but complete workflow that mentions every kind of thing an
// organization can have.
const leave = `
key: LEAVE
name: Leave application
description: Ask for days off
group: HR
icon: beach
params: [{name: most, label: Most days, type: number, value: 10, ask: true}]
form:
  fields:
    - {name: days, type: number, label: Days, required: true, rules: [{check: form.days <= params.most, message: Too many days}]}
    - {name: balance, type: number, label: Days left, calculate: initiator.leave_balance}
  layout: [{section: Your leave, items: [{columns: [days, balance]}]}]
steps:
  - {id: submit, type: start}
  - id: manager
    type: task
    name: Manager
    assignee: {strategy: manager}
    transitions: [{id: hr, to: hr, kind: approve}]
  - id: hr
    type: task
    name: HR
    assignee: {strategy: chosen, candidates: {rows: {combinator: and, rules: [{field: user.department, operator: "=", value: HR, id: r1, zoo: {b: 1, aa: 2}}]}}}
    transitions: [{id: ok, to: approved, name: Approve, kind: approve}]
  - {id: approved, type: end, outcome: approved}
  - {id: rejected, type: end, outcome: rejected}
canvas: {manager: [320, 80.5]}
`

// minimal is about the smallest workflow; its parts are replaced in tests.
const minimal = `
key: MINI
name: Mini
group: IT
form: {fields: [{name: what, type: text, label: What}]}
steps: [{id: ask, type: start}, {id: done, type: end, outcome: done}]
`

// world is an organization with people who design, publish and start.
type world struct {
	t       *testing.T
	ctx     context.Context
	env     *dbtest.Env
	org     *dbtest.Org
	catalog *catalog.Service

	dora  access.Actor // designs, publishes and deletes; HR
	drew  access.Actor // only drafts; IT
	petra access.Actor // only publishes
	asha  access.Actor // starts; ENG
	hana  access.Actor // starts; HR
	vera  access.Actor // sees every request
}

func newWorld(t *testing.T) *world {
	t.Helper()
	t.Parallel()
	w := &world{t: t, ctx: t.Context(), env: dbtest.New(t)}
	w.org = w.env.Org(t)
	w.catalog = catalog.New(w.env.DB, facts.NewVersions())
	for _, d := range []string{"HR", "IT", "ENG"} {
		w.org.Department(t, d)
	}
	w.org.Exec(t, `INSERT INTO attribute_types (key, label, kind) VALUES ('leave_balance', 'Leave balance', 'number'), ('cost_center', 'Cost center', 'text')`)
	w.org.Role(t, "designer", access.RunStart, access.WorkflowDesign, access.WorkflowPublish, access.WorkflowDelete)
	w.org.Role(t, "drafter", access.WorkflowDesign)
	w.org.Role(t, "publisher", access.RunStart, access.WorkflowPublish)
	w.org.Role(t, "employee", access.RunStart)
	w.org.Role(t, "auditor", access.RunViewAll)
	w.dora = w.org.User(t, "Dora Designer", dbtest.InDepartment("HR"), dbtest.WithRole("designer"))
	w.drew = w.org.User(t, "Drew Drafter", dbtest.InDepartment("IT"), dbtest.WithRole("drafter"))
	w.petra = w.org.User(t, "Petra Publisher", dbtest.WithRole("publisher"))
	w.asha = w.org.User(t, "Asha Rao", dbtest.InDepartment("ENG"), dbtest.WithRole("employee"), dbtest.Designation("Engineer"), dbtest.Level("M5", 5))
	w.hana = w.org.User(t, "Hana Holt", dbtest.InDepartment("HR"))
	w.vera = w.org.User(t, "Vera Viewer", dbtest.WithRole("auditor"))
	return w
}

// fresh is a service with an empty cache, as a second server would have.
func (w *world) fresh() *catalog.Service { return catalog.New(w.env.DB, facts.NewVersions()) }

// yaml is a definition in YAML with texts replaced, in pairs.
func yaml(text string, pairs ...string) catalog.Source {
	return catalog.Source{YAML: strings.NewReplacer(pairs...).Replace(text)}
}

// publish imports and publishes a definition as Dora.
func (w *world) publish(s catalog.Source) catalog.WorkflowSummary {
	w.t.Helper()
	return must[catalog.WorkflowSummary](w.t)(w.catalog.Import(w.ctx, w.dora, catalog.Import{Source: s, Publish: true, Note: "First"}))
}

// draft imports a definition as Dora without publishing it.
func (w *world) draft(s catalog.Source) catalog.WorkflowSummary {
	w.t.Helper()
	return must[catalog.WorkflowSummary](w.t)(w.catalog.Import(w.ctx, w.dora, catalog.Import{Source: s}))
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
func refused(t *testing.T, err error, code fault.Code, says ...string) {
	t.Helper()
	text := "no error"
	if err != nil {
		text = err.Error()
	}
	if err == nil || fault.CodeOf(err) != code {
		t.Fatalf("got %s, want %s", text, code)
	}
	for _, word := range says {
		if !strings.Contains(text, word) {
			t.Errorf("got %s, want %q in it", text, word)
		}
	}
}

// state is everything the database holds of the organization's design time, to
// compare before and after.
func (w *world) state() string {
	w.t.Helper()
	return dbtest.Get[string](w.t, w.org, `SELECT concat(
		(SELECT jsonb_agg(x ORDER BY id) FROM workflows x), (SELECT jsonb_agg(x ORDER BY workflow_id) FROM drafts x),
		(SELECT jsonb_agg(x ORDER BY id) FROM versions x), (SELECT jsonb_agg(x ORDER BY kind, ref) FROM version_refs x),
		(SELECT jsonb_agg(x ORDER BY id) FROM audit x))`)
}

// stranger designs workflows in another organization.
func (w *world) stranger() access.Actor {
	o := w.env.Org(w.t)
	o.Role(w.t, "designer", access.WorkflowDesign, access.WorkflowPublish, access.WorkflowDelete)
	return o.User(w.t, "Eve", dbtest.WithRole("designer"))
}

// doc parses what a reply carries.
func doc(t *testing.T, text []byte) workflow.Document {
	t.Helper()
	d, ps := workflow.ParseJSON(text)
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	return d
}

// keys lists the keys of a page.
func keys(l catalog.WorkflowList) string {
	var out []string
	for _, w := range l.Items {
		out = append(out, w.Key)
	}
	return strings.Join(out, " ")
}
