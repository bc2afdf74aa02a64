package httpapi

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// strictYAML is a workflow with everything that can be done wrong.
const strictYAML = `
key: STRICT
name: Strict
group: ENG
form:
  fields:
    - {name: amount, type: number, label: Amount, required: true, min: 1, max: 100}
    - {name: secret, type: text, label: Secret}
    - {name: note, type: text, label: Note}
steps:
  - {id: submit, type: start, name: Submit, fields: {secret: hidden}, transitions: [{id: go, to: boss}]}
  - id: boss
    type: task
    name: Boss
    assignee: {strategy: manager, of: initiator}
    fields: {amount: read, secret: hidden, note: edit}
    transitions:
      - {id: ok, to: pack, name: OK, kind: approve}
      - {id: "no", to: refused, name: "No", kind: reject, comment: required}
  - {id: pack, type: task, name: Pack, assignee: {strategy: chosen, candidates: user.department == "OPS" || user.department == "SALES"}, transitions: [{id: done, to: done, name: Done, kind: approve}]}
  - {id: done, type: end, name: Done, outcome: done}
  - {id: refused, type: end, name: Refused, outcome: refused}
`

type object = map[string]any

// Ensure every kind of bad input is answered with its status, its code and the
// field it concerns, and changes nothing.
func TestBadInput(t *testing.T) {
	t.Parallel()
	c := newWorld(t, Config{}).company(t)
	_, err := c.services.Catalog.Import(t.Context(), c.admin, catalog.Import{Source: catalog.Source{YAML: strictYAML}, Publish: true})
	if err != nil {
		t.Fatal(err)
	}
	var r run
	c.must(c.token["asha"], "runs.start", object{"workflow": "STRICT", "values": object{"amount": 5}}, &r)
	task := r.Tasks[0].ID
	closed := c.start()
	c.toPool(closed)
	c.must(c.token["admin"], "workflows.unpublish", object{"workflow": c.publish("OFF")}, &struct{}{})
	c.must(c.token["admin"], "workflows.delete", object{"workflow": c.publish("GONE")}, &struct{}{})

	before := c.fingerprint("counters") // a number that was taken may be lost
	for _, b := range []struct {
		name, who, op string
		body          object
		status        int
		code          fault.Code
		field         string
	}{
		{"unknown transition", "boss", "tasks.complete", object{"task_id": task, "transition": "fly"}, 422, fault.Invalid, "transition"},
		{"unknown task", "boss", "tasks.complete", object{"task_id": "01890000-0000-7000-8000-000000000000", "transition": "ok"}, 404, fault.NotFound, ""},
		{"closed task", "boss", "tasks.complete", object{"task_id": closed.Tasks[0].ID, "transition": "approve"}, 409, fault.Conflict, ""},
		{"not the assignee", "asha", "tasks.complete", object{"task_id": task, "transition": "ok"}, 403, fault.Forbidden, ""},
		{"no part in it", "other", "tasks.complete", object{"task_id": task, "transition": "ok"}, 404, fault.NotFound, ""},
		{"invalid value", "asha", "runs.start", object{"workflow": "STRICT", "values": object{"amount": 1000}}, 422, fault.Invalid, "values.amount"},
		{"value of another type", "asha", "runs.start", object{"workflow": "STRICT", "values": object{"amount": "five"}}, 422, fault.Invalid, "values.amount"},
		{"required value missing", "asha", "runs.start", object{"workflow": "STRICT", "values": object{}}, 422, fault.Invalid, "values.amount"},
		{"unknown field", "asha", "runs.start", object{"workflow": "STRICT", "values": object{"amount": 5, "bonus": 1}}, 422, fault.Invalid, "values.bonus"},
		{"hidden field at the start", "asha", "runs.start", object{"workflow": "STRICT", "values": object{"amount": 5, "secret": "x"}}, 422, fault.Invalid, "values.secret"},
		{"hidden field", "boss", "tasks.complete", object{"task_id": task, "transition": "ok", "values": object{"secret": "x"}}, 422, fault.Invalid, "values.secret"},
		{"read-only field", "boss", "tasks.complete", object{"task_id": task, "transition": "ok", "values": object{"amount": 6}}, 422, fault.Invalid, "values.amount"},
		{"comment missing", "boss", "tasks.complete", object{"task_id": task, "transition": "no"}, 422, fault.Invalid, "comment"},
		{"comment of blanks", "boss", "tasks.complete", object{"task_id": task, "transition": "no", "comment": "  "}, 422, fault.Invalid, "comment"},
		{"nobody chosen", "boss", "tasks.complete", object{"task_id": task, "transition": "ok"}, 422, fault.Invalid, "assignees.pack"},
		{"not a candidate", "boss", "tasks.complete", object{"task_id": task, "transition": "ok", "assignee_id": c.id["designer"]}, 422, fault.Invalid, "assignee_id"},
		{"disabled person", "boss", "tasks.complete", object{"task_id": task, "transition": "ok", "assignee_id": c.id["gone"]}, 422, fault.Invalid, "assignee_id"},
		{"reassigned to a disabled person", "boss", "tasks.reassign", object{"task_id": task, "assignee_id": c.id["gone"]}, 422, fault.Invalid, "assignee_id"},
		{"reassigned to the requester", "boss", "tasks.reassign", object{"task_id": task, "assignee_id": c.id["asha"]}, 422, fault.Invalid, "assignee_id"},
		{"unpublished workflow", "asha", "runs.start", object{"workflow": "OFF", "values": object{"why": "x"}}, 404, fault.NotFound, ""},
		{"unpublished, for a designer", "designer", "runs.start", object{"workflow": "OFF", "values": object{"why": "x"}}, 409, fault.Conflict, ""},
		{"deleted workflow", "asha", "runs.start", object{"workflow": "GONE", "values": object{"why": "x"}}, 404, fault.NotFound, ""},
		{"unknown workflow", "asha", "runs.start", object{"workflow": "NONE"}, 404, fault.NotFound, ""},
		{"no workflow", "asha", "runs.start", object{}, 422, fault.Invalid, "workflow"},
		{"invalid definition", "designer", "workflows.import", object{"document": object{"key": "bad key", "name": "", "steps": []any{}}, "publish": true}, 422, fault.Invalid, "key"},
		{"definition that is no YAML", "designer", "workflows.import", object{"yaml": "{"}, 422, fault.Invalid, ""},
		{"mass assignment", "people", "users.create", object{"email": "x@y.example", "name": "X", "org_id": c.admin.Org.String()}, 422, fault.Invalid, "org_id"},
		{"more rights than one has", "people", "users.create", object{"email": "x@y.example", "name": "X", "roles": []string{"admin"}}, 403, fault.Forbidden, ""},
		{"page too large", "asha", "runs.list", object{"limit": 101}, 422, fault.Invalid, "limit"},
		{"cursor that is none", "asha", "runs.list", object{"cursor": "../../etc"}, 422, fault.Invalid, "cursor"},
		{"text too long", "asha", "comments.add", object{"run_id": r.ID, "text": strings.Repeat("x", 10001)}, 422, fault.Invalid, "text"},
	} {
		status, text := c.call(c.token[b.who], b.op, b.body)
		var p Problem
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			t.Errorf("%s: %s", b.name, text)
			continue
		}
		names := func(f fault.Field) bool { return f.Path == b.field }
		if status != b.status || p.Code != b.code || (b.field != "" && !slices.ContainsFunc(p.Errors, names)) {
			t.Errorf("%s: %d %s, want %d %s %s", b.name, status, text, b.status, b.code, b.field)
		}
	}
	if after := c.fingerprint("counters"); after != before {
		t.Errorf("something was changed:\n%s\nbefore\n%s", after, before)
	}
}

// Ensure all problems of a definition are told at once.
func TestAllProblemsAreTold(t *testing.T) {
	t.Parallel()
	c := newWorld(t, Config{}).company(t)
	var out struct {
		Valid    bool            `json:"valid"`
		Problems []fault.Problem `json:"problems"`
	}
	doc := object{"key": "no", "name": "", "group": "ENG", "form": object{"fields": []any{object{"name": "1", "type": "fancy", "label": ""}}}, "steps": []any{}}
	c.must(c.token["designer"], "workflows.validate", object{"document": doc}, &out)
	paths := fmt.Sprint(out.Problems)
	if out.Valid || len(out.Problems) < 4 {
		t.Errorf("%d problems: %s", len(out.Problems), paths)
	}
}

// Ensure the same key gives the same answer once, and another request under it is refused.
func TestIdempotencyByHTTP(t *testing.T) {
	t.Parallel()
	c := newWorld(t, Config{}).company(t)
	send := func(who, why string) (int, run) {
		body := fmt.Sprintf(`{"workflow":"TRIP","values":{"why":%q}}`, why)
		w := exchange{path: "/api/v1/runs.start", token: c.token[who], body: body, headers: map[string]string{"Idempotency-Key": "once"}}.do(c.Server)
		var r run
		_ = json.Unmarshal(w.Body.Bytes(), &r)
		return w.Code, r
	}
	_, first := send("asha", "a")
	status, again := send("asha", "a")
	if status != 200 || again.ID != first.ID || first.ID == "" {
		t.Errorf("the repeat answers %d with run %s, the first was %s", status, again.Number, first.Number)
	}
	if status, _ := send("asha", "b"); status != 422 {
		t.Error("another request under the same key:", status)
	}
	if status, r := send("boss", "a"); status != 200 || r.ID == first.ID {
		t.Error("the key of one person is that of another:", status)
	}
}
