package runs_test

import (
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// Ensure a start that is refused names what is wrong and leaves no run behind.
func TestStartRefuses(t *testing.T) {
	w := newWorld(t)
	hidden := w.publish(`
key: SECRET
name: Secret
group: IT
visible_to: user.department == "IT"
form: {fields: [{name: a, type: text}]}
steps: [{id: s, type: start}, {id: e, type: end, outcome: done}]
`)
	w.publish("key: GONE\nname: Gone\ngroup: IT\nform: {fields: [{name: a, type: text}]}\nsteps: [{id: s, type: start}, {id: e, type: end, outcome: done}]\n")
	w.org.Exec(t, `UPDATE workflows SET status = 'unpublished', version_id = NULL WHERE key = 'GONE'`)
	with := func(name string, v any) map[string]any {
		m := map[string]any{"leave_from": "2026-01-05", "leave_to": "2026-01-09"}
		m[name] = v
		return m
	}
	tests := map[string]struct {
		as   actor
		in   runs.Start
		code fault.Code
		says string
	}{
		"unknown workflow":          {w.asha, runs.Start{Workflow: "NOPE"}, fault.NotFound, "no such workflow"},
		"not visible":               {w.asha, runs.Start{Workflow: hidden.String()}, fault.NotFound, "no such workflow"},
		"unpublished":               {w.asha, runs.Start{Workflow: "GONE"}, fault.NotFound, "no such workflow"},
		"another organization's":    {w.env.Org(t).User(t, "Eve"), runs.Start{Workflow: hidden.String()}, fault.NotFound, "no such workflow"},
		"required field missing":    {w.asha, runs.Start{Workflow: "LEAVE", Values: map[string]any{"leave_from": "2026-01-05"}}, fault.Invalid, "values.leave_to: "},
		"not a date":                {w.asha, runs.Start{Workflow: "LEAVE", Values: with("leave_to", "soon")}, fault.Invalid, "values.leave_to: "},
		"validation rule":           {w.asha, runs.Start{Workflow: "LEAVE", Values: with("leave_to", "2026-01-01")}, fault.Invalid, "The last day is before the first"},
		"hidden field written":      {w.asha, runs.Start{Workflow: "LEAVE", Values: with("hr_note", "x")}, fault.Invalid, "values.hr_note: "},
		"unknown field":             {w.asha, runs.Start{Workflow: "LEAVE", Values: with("status", "approved")}, fault.Invalid, "values.status: "},
		"a choice nobody asked for": {w.asha, runs.Start{Workflow: "LEAVE", Values: week, Assignees: engine.Choices{Only: w.meera.User}}, fault.Invalid, "assignee_id: "},
	}
	for name, tt := range tests {
		_, err := w.runs.Start(w.ctx, tt.as, tt.in)
		if fault.CodeOf(err) != tt.code {
			t.Errorf("%s: %v, want %s", name, err, tt.code)
			continue
		}
		refused(t, err, tt.code, tt.says)
	}
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM runs`); n != 0 {
		t.Errorf("%d runs were left behind", n)
	}
}

// Ensure a calculated field is the server's: what the browser sends for it does not count.
func TestStartCalculates(t *testing.T) {
	w := newWorld(t)
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{
		Workflow: "LEAVE", Values: map[string]any{"leave_from": "2026-01-05", "leave_to": "2026-01-09", "days": 1, "balance": 99},
	}))
	if r.Values["days"] != 5.0 || r.Values["balance"] != 12.0 {
		t.Errorf("values %v", r.Values)
	}
}

// Ensure numbers are never given twice, however many start at once, and the
// same key starts one run only.
func TestStartAtOnce(t *testing.T) {
	w := newWorld(t)
	var wg sync.WaitGroup
	numbers := make([]string, 24)
	for i := range numbers {
		wg.Go(func() {
			in := runs.Start{Workflow: "LEAVE", Values: week}
			if i%2 == 0 {
				in.Key = runs.Key{Key: "same"}
			}
			r, err := w.runs.Start(w.ctx, w.asha, in)
			if err != nil && !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
			numbers[i] = r.Number
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for i, n := range numbers {
		if i%2 == 1 && seen[n] {
			t.Errorf("%s was given twice", n)
		}
		seen[n] = true
	}
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM runs`); n != 13 {
		t.Errorf("%d runs, want 12 and the one with the key", n)
	}
	again := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "LEAVE", Values: week, Key: runs.Key{Key: "same"}}))
	if !seen[again.Number] {
		t.Errorf("the key answered %s, which is new", again.Number)
	}
	_, err := w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "LEAVE", Key: runs.Key{Key: "same", Hash: [32]byte{9}}})
	refused(t, err, fault.Invalid, "Idempotency-Key")
}

// Ensure who is asked next follows what is being entered, half of it or wrong, without
// the draft that was kept before.
func TestPrepareEntered(t *testing.T) {
	w := newWorld(t)
	w.publish(several)
	must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, runs.SaveDraft{Workflow: "SEVERAL", Values: map[string]any{"what": "twice"}}))
	for entered, step := range map[any]string{"priced": "priced", "twice": "twice", "pri": "plain", 7: "plain", nil: "plain"} {
		p := must[runs.Prepared](t)(w.runs.Prepare(w.ctx, w.asha, runs.Prepare{Workflow: "SEVERAL", Values: map[string]any{"what": entered, "cost": 3, "none": true}}))
		if len(p.Next) != 1 || p.Next[0].StepID != step || p.Draft != nil || p.Values["cost"] != nil {
			t.Errorf("%v leads to %+v, draft %v, values %v", entered, p.Next, p.Draft, p.Values)
		}
	}
}

// Ensure a draft is its author's alone, is sent once, and a sent one is gone.
func TestDraft(t *testing.T) {
	w := newWorld(t)
	d := must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, runs.SaveDraft{Workflow: "LEAVE", Values: map[string]any{"leave_from": "2026-01-05"}, Comment: "later"}))
	p := must[runs.Prepared](t)(w.runs.Prepare(w.ctx, w.asha, runs.Prepare{Workflow: "LEAVE"}))
	if p.Draft == nil || p.Draft.RunID != d.RunID || p.Values["leave_from"] != "2026-01-05" || p.Draft.Comment != "later" {
		t.Fatalf("prepared %+v %v", p.Draft, p.Values)
	}
	if len(p.Next) != 1 || len(p.Next[0].People) != 1 || p.Next[0].People[0].Name != "Ravi Menon" {
		t.Errorf("next %+v", p.Next)
	}
	for _, other := range []actor{w.ravi, w.admin} {
		_, err := w.runs.Get(w.ctx, other, d.RunID.String())
		refused(t, err, fault.NotFound, "no such request")
		_, err = w.runs.SaveDraft(w.ctx, other, runs.SaveDraft{Run: d.RunID})
		refused(t, err, fault.NotFound, "no such draft")
	}
	must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, runs.SaveDraft{Run: d.RunID, Values: week}))
	list := must[runs.RunList](t)(w.runs.List(w.ctx, w.asha, runs.List{View: "drafts"}))
	if len(list.Items) != 1 || list.Items[0].ID != d.RunID {
		t.Errorf("drafts %+v", list.Items)
	}
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Draft: d.RunID}))
	if r.ID != d.RunID || r.Values["leave_to"] != "2026-01-09" || r.Number == "" {
		t.Errorf("sent %+v", r)
	}
	_, err := w.runs.Start(w.ctx, w.asha, runs.Start{Draft: d.RunID})
	refused(t, err, fault.NotFound, "no such draft")
	refused(t, w.runs.DeleteDraft(w.ctx, w.asha, d.RunID, runs.Key{}), fault.NotFound, "no such draft")
	_, err = w.runs.SaveDraft(w.ctx, w.asha, runs.SaveDraft{Workflow: "LEAVE", Values: map[string]any{"hr_note": "x"}})
	refused(t, err, fault.Invalid, "values.hr_note")
}

// Ensure sending a draft under a key can be repeated, although the draft is gone.
func TestDraftIsSentOnce(t *testing.T) {
	w := newWorld(t)
	d := must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, runs.SaveDraft{Workflow: "LEAVE", Values: week}))
	in := runs.Start{Draft: d.RunID, Key: runs.Key{Key: "k", Hash: [32]byte{1}}}
	first := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, in))
	again := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, in))
	if again.ID != d.RunID || again.Number != first.Number || again.Revision != first.Revision {
		t.Errorf("sent %+v, then %+v", first, again)
	}
	in.Key.Hash[0] = 2
	_, err := w.runs.Start(w.ctx, w.asha, in)
	refused(t, err, fault.Invalid, "Idempotency-Key")
}

// Ensure a draft sent by its id alone brings what was entered and nothing that is
// the server's: calculated fields, and defaults of fields hidden from the starter.
func TestDraftSentByIDAlone(t *testing.T) {
	w := newWorld(t)
	w.publish(`
key: DEF
name: Defaults
group: IT
form:
  fields:
    - {name: what, type: text, label: What, required: true}
    - {name: cost, type: number, label: Cost, default: 5}
    - {name: shown, type: number, label: Shown, calculate: initiator.leave_balance}
steps:
  - {id: s, type: start, fields: {cost: hidden}}
  - {id: e, type: end, outcome: done}
`)
	d := must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, runs.SaveDraft{Workflow: "DEF", Values: map[string]any{"what": "x"}}))
	if own := must[runs.Run](t)(w.runs.Get(w.ctx, w.asha, d.RunID.String())); own.Status != "draft" || own.Values["what"] != "x" {
		t.Errorf("the author reads %+v", own)
	}
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Draft: d.RunID}))
	if r.Outcome != "done" || r.Values["what"] != "x" || r.Values["shown"] != 12.0 {
		t.Errorf("sent %+v", r)
	}
}

// Ensure a draft can be thrown away by its author only.
func TestDeleteDraft(t *testing.T) {
	w := newWorld(t)
	d := must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, runs.SaveDraft{Workflow: "LEAVE"}))
	refused(t, w.runs.DeleteDraft(w.ctx, w.ravi, d.RunID, runs.Key{}), fault.NotFound, "no such draft")
	if err := w.runs.DeleteDraft(w.ctx, w.asha, d.RunID, runs.Key{}); err != nil {
		t.Fatal(err)
	}
	_, err := w.runs.Get(w.ctx, w.asha, d.RunID.String())
	refused(t, err, fault.NotFound, "no such request")
	if err := w.runs.DeleteDraft(w.ctx, w.asha, uuid.New(), runs.Key{}); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
}

// Ensure a department that is named is one of the organization's.
func TestDepartmentInValues(t *testing.T) {
	w := newWorld(t)
	w.publish(`
key: DEPT
name: Dept
group: HR
form:
  fields:
    - {name: unit, type: department, label: Unit}
    - {name: rows, type: table, label: Rows, columns: [{name: unit, type: department, label: Unit}]}
steps:
  - {id: s, type: start}
  - {id: e, type: end, outcome: done}
`)
	w.env.Org(t).Department(t, "FOREIGN")
	start := func(values map[string]any) error {
		_, err := w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "DEPT", Values: values})
		return err
	}
	for _, key := range []string{"NOWHERE", "FOREIGN", "hr"} {
		refused(t, start(map[string]any{"unit": key}), fault.Invalid, "values.unit: Choose a department")
	}
	refused(t, start(map[string]any{"rows": []any{map[string]any{"unit": "HR"}, map[string]any{"unit": "NOWHERE"}}}), fault.Invalid, "values.rows.1.unit: ")
	if err := start(map[string]any{"unit": "HR", "rows": []any{map[string]any{"unit": "IT"}}}); err != nil {
		t.Error(err)
	}
}

// Ensure a browser gets those parameters of a workflow that its form's rules
// mention, and none that only decide the way or belong to fields it does not have.
func TestParametersReachWhoNeedsThem(t *testing.T) {
	w := newWorld(t)
	w.publish(`
key: PARAM
name: Param
group: HR
params:
  - {name: most, type: number, label: Most, value: 10}
  - {name: rate, type: number, label: Rate, value: 2}
  - {name: secret_limit, type: number, label: Secret, value: 99}
  - {name: hidden_limit, type: number, label: Hidden, value: 7}
form:
  fields:
    - {name: n, type: number, label: N, rules: [{check: form.n <= params.most, message: Too much}]}
    - {name: cost, type: number, label: Cost, calculate: form.n * params.rate}
    - {name: inner, type: number, label: Inner, rules: [{check: form.inner <= params.hidden_limit, message: No}]}
    - name: rows
      type: table
      label: Rows
      columns: [{name: x, type: number, label: X}]
steps:
  - {id: s, type: start, fields: {inner: hidden}}
  - id: m
    type: task
    assignee: {strategy: manager}
    fields: {n: read, inner: edit}
    transitions: [{id: ok, to: e, when: form.n < params.secret_limit}]
  - {id: e, type: end, outcome: done}
`)
	p := must[runs.Prepared](t)(w.runs.Prepare(w.ctx, w.asha, runs.Prepare{Workflow: "PARAM"}))
	if got := p.RuleContext.Params; len(got) != 2 || got["most"] != 10.0 || got["rate"] != 2.0 {
		t.Errorf("the requester gets %v", got)
	}
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "PARAM", Values: map[string]any{"n": 3}}))
	got := must[runs.Run](t)(w.runs.Get(w.ctx, w.ravi, r.Number)).RuleContext.Params
	if len(got) != 2 || got["rate"] != 2.0 || got["hidden_limit"] != 7.0 {
		t.Errorf("the manager gets %v", got)
	}
}
