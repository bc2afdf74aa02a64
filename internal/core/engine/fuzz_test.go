package engine_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/engine/enginetest"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/library"
)

// FuzzDecide lets people do whatever the bytes say with whatever definition the
// text is: nothing panics, every refusal is for people, and the run stays whole.
func FuzzDecide(f *testing.F) {
	path := []byte("\x00\x01\x02\x03\x10\x20\x30\x40\x50\x60\x70\x80\x90\xa0\xb0\xc0\xd0\xe0\xf0\x11\x22\x33\x44\x55\x66\x77")
	for _, e := range library.All() {
		f.Add(e.Source, path)
	}
	f.Add([]byte("key: TEST\nname: Test\ngroup: Test\n"+twoSteps), path)
	f.Add([]byte("key: LOOP\nname: Loop\ngroup: Test\nform: {fields: [{name: n, type: number}]}\nsteps:\n"+
		"  - {id: submit, type: start}\n  - {id: a, type: condition, transitions: [{id: x, to: done, when: form.n > 1}, {id: y, to: b}]}\n"+
		"  - {id: b, type: condition, transitions: [{id: x, to: a}]}\n  - {id: done, type: end}\n"), path)
	f.Fuzz(func(t *testing.T, source, acts []byte) {
		d, ps := workflow.ParseYAML(source)
		if len(ps) > 0 {
			return
		}
		v, ps := workflow.Compile(d, workflow.Org{User: rule.Schema{"leave_balance": {Kind: rule.Number}, "cost_center": {Kind: rule.Text}}})
		if len(ps) > 0 {
			return
		}
		w := &fuzzed{bytes: acts, org: fewPeople(), now: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)}
		w.run = w.org.NewRun(v, w.who())
		for n := 0; len(w.bytes) > 0 && n < 50; n++ {
			w.act(t)
		}
	})
}

// fewPeople are seven people of several departments, one of whom has left.
func fewPeople() *enginetest.Org {
	o := &enginetest.Org{Heads: map[string]uuid.UUID{"HR": personID(2)}}
	for i, dept := range []string{"HR", "HR", "FIN", "FIN", "IT", "OPS", ""} {
		o.People = append(o.People, &enginetest.Person{
			ID: personID(i + 1), Name: fmt.Sprintf("P%d", i+1), Email: fmt.Sprintf("p%d@any.example", i+1), Department: dept, Disabled: i == 5,
			Manager: personID((i+1)%7 + 1), Operator: i == 4, Roles: []string{"director", "payroll", "finance_approver", "budget_owner"}[i%4:],
			Attributes: map[string]any{"level_rank": float64(i + 3), "leave_balance": 20.0, "cost_center": "CC-100"},
		})
	}
	return o
}

// fuzzed reads acts from bytes.
type fuzzed struct {
	bytes []byte
	org   *enginetest.Org
	run   *enginetest.Run
	now   time.Time
}

// next takes a number below n.
func (w *fuzzed) next(n int) int {
	if len(w.bytes) == 0 || n <= 0 {
		return 0
	}
	b := w.bytes[0]
	w.bytes = w.bytes[1:]
	return int(b) % n
}

func (w *fuzzed) who() uuid.UUID { return w.org.People[w.next(len(w.org.People))].ID }

// act does one thing and checks everything about it.
func (w *fuzzed) act(t *testing.T) {
	w.now = w.now.Add(time.Hour)
	actor, c := w.command()
	before := w.run.State.Clone()
	d, err := w.run.Do(actor, w.now, c)
	if err != nil {
		if _, ok := errors.AsType[*fault.Error](err); !ok {
			t.Fatalf("%+v: %v", c, err)
		}
	}
	if problem := checkDecision(w.run, before, c, d, err); problem != nil {
		t.Fatalf("%T%+v: %v", c, c, problem)
	}
}

func (w *fuzzed) command() (uuid.UUID, engine.Command) {
	actor := w.who()
	if w.run.State.Run.Seq == 0 {
		return actor, engine.Start{ID: uuid.UUID{7}, Number: "ANY-1", Initiator: actor, Values: w.values(), Assignees: w.choices()}
	}
	var task engine.Task
	if open := w.run.State.OpenTasks(); len(open) > 0 {
		task = open[w.next(len(open))]
	} else if all := w.run.State.Tasks; len(all) > 0 {
		task = all[w.next(len(all))]
	}
	if task.Assignee != uuid.Nil && w.next(4) > 0 {
		actor = task.Assignee
	}
	comment := []string{"", "because", "because"}[w.next(3)]
	switch w.next(9) {
	case 0:
		return actor, engine.SendBack{Task: task.ID, To: w.oneOf(task.Step, engine.ToPrevious, engine.ToInitiator), Comment: comment}
	case 1:
		return actor, engine.Claim{Task: task.ID}
	case 2:
		return actor, engine.Release{Task: task.ID}
	case 3:
		return actor, engine.Reassign{Task: task.ID, To: w.who(), Comment: comment}
	case 4:
		return actor, engine.Retry{}
	case 5:
		return actor, engine.Comment{Text: comment}
	}
	transitions := []string{engine.RejectID, engine.SubmitID}
	if n := w.run.Version.Node(task.Step); n != nil {
		for _, a := range n.Transitions {
			transitions = append(transitions, a.ID, a.ID)
		}
	}
	return actor, engine.Complete{Task: task.ID, Transition: w.oneOf(transitions...), Values: w.values(), Comment: comment, Assignees: w.choices()}
}

func (w *fuzzed) oneOf(s ...string) string { return s[w.next(len(s))] }

// wild are values of all kinds, wrong for most fields.
var wild = []any{
	nil, true, 0.0, -1e300, "", "text",
	[]any{},
	[]any{"a", 1.0},
	map[string]any{},
	map[string]any{"amount": "1", "currency": "EUR"},
	[]any{map[string]any{"cost": 5.0}},
	"2026-01-05T10:00:00Z",
}

// values gives most fields a value that fits, and some a wild one.
func (w *fuzzed) values() map[string]any {
	out := map[string]any{}
	for _, f := range w.run.Version.Form.Fields() {
		switch w.next(5) {
		case 0:
		case 1:
			out[f.Name] = wild[w.next(len(wild))]
		default:
			out[f.Name] = w.fitting(f)
		}
	}
	return out
}

// fitting is a value of the field's type.
func (w *fuzzed) fitting(f form.Field) any {
	switch f.Type {
	case form.Number, form.Rating:
		return []any{1.0, 3.0, 100.0, 20000.0}[w.next(4)]
	case form.Money:
		return map[string]any{"amount": "120.50", "currency": "EUR"}
	case form.Date:
		return []any{"2026-01-05", "2026-01-02", "2026-02-02"}[w.next(3)]
	case form.Range:
		return map[string]any{"from": "2026-01-02", "to": "2026-01-04"}
	case form.DateTime:
		return "2026-01-05T10:00:00Z"
	case form.YesNo:
		return w.next(2) == 0
	case form.User:
		return w.who().String()
	case form.Email:
		return "a@b.example"
	case form.Choice:
		return f.Options[w.next(len(f.Options))].Value
	case form.Choices:
		return []any{f.Options[w.next(len(f.Options))].Value}
	case form.Table:
		row := map[string]any{}
		for _, c := range f.Columns {
			row[c.Name] = w.fitting(c)
		}
		return []any{row}
	}
	return []any{"ENG-1200", "A text that is long enough for all"}[w.next(2)]
}

func (w *fuzzed) choices() engine.Choices {
	switch w.next(3) {
	case 0:
		return engine.Choices{Only: w.who()}
	case 1:
		nodes := w.run.Version.Nodes()
		return engine.Choices{ByStep: map[string][]uuid.UUID{nodes[w.next(len(nodes))].ID: {w.who()}}}
	}
	return engine.Choices{}
}
