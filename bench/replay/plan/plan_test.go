package plan

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/bench/replay/cases"
	"github.com/handstamp/handstamp/bench/replay/mapping"
	"github.com/handstamp/handstamp/bench/replay/xes"
	"github.com/handstamp/handstamp/internal/core/form"
)

// flow has two desks that are reached by rule, a pair of steps of the requester
// that look alike, and every built-in act.
const flow = `
workflow:
  key: FLOW
  name: Flow
  group: Test
  form:
    fields:
      - {name: amount, type: money, currencies: [USD]}
      - {name: first, type: choice, options: [{value: small, label: Small}, {value: large}]}
  steps:
    - {id: start, type: start, transitions: [{id: large, to: large, when: form.first == "large"}, {id: small, to: small}]}
    - {id: small, type: task, assignee: {strategy: role, role: clerk}, transitions: [{id: ok, to: size, kind: approve}, {id: no, to: back, kind: reject}]}
    - {id: size, type: condition, transitions: [{id: more, to: large, when: form.amount.amount > 10}, {id: enough, to: done}]}
    - {id: large, type: task, assignee: {strategy: role, role: boss}, transitions: [{id: ok, to: done, kind: approve}], send_back: {comment: optional}}
    - {id: back, type: task, assignee: {strategy: initiator}, transitions: [{id: again, to: small}, {id: hold, to: fix}, {id: drop, to: dropped}]}
    - {id: fix, type: task, assignee: {strategy: initiator}, transitions: [{id: again, to: small}, {id: drop, to: dropped}], reject: {off: true}}
    - {id: done, type: end, outcome: done}
    - {id: dropped, type: end, outcome: dropped}
case: {values: {amount: {from: total}, first: {next: true}}}
lifecycle: {complete: act, start: claim}
activities:
  Send: {act: start, step: [back, fix, start], transition: again}
  Save: {act: draft}
  Save and send: {act: draft, sent: it was}
  Approve: {step: [small, large], kind: approve}
  Deny: {step: small, transition: no}
  Refuse: {act: reject, step: [small, large]}
  Take back: {step: back, transition: hold}
  Drop: {step: [back, fix], transition: drop}
  Return: {act: send_back, step: large, to: initiator}
  Step back: {act: send_back, step: large, to: previous}
  Once more: {act: send_back, step: large, to: small}
  Remark: comment
  Stop: cancel
  Scan: {exception: a machine}
ends: {Approve: done, Drop: dropped, Refuse: rejected, Deny: {open: [back]}, Send: {open: [small, large]}}
`

func planner(t *testing.T, text string) (*Planner, *mapping.Mapping) {
	t.Helper()
	m, err := mapping.Parse([]byte(text), func(string) ([]byte, error) { return nil, errors.New("none") })
	if err != nil {
		t.Fatal(err)
	}
	p, err := New(*m.Workflow, m, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p, m
}

// read makes a case of a list of activities; "Approve:start" has a lifecycle.
func read(m *mapping.Mapping, list string) *cases.Case {
	x := xes.Case{Attributes: xes.Attributes{{Key: "concept:name", Value: "c"}, {Key: "total", Value: "12.345"}}}
	for _, name := range strings.Split(list, ", ") {
		name, state, ok := strings.Cut(name, ":")
		e := xes.Attributes{{Key: "concept:name", Value: name}, {Key: "org:role", Value: "X"}, {Key: "time:timestamp", Value: "T"}}
		if ok {
			e = append(e, xes.Attribute{Key: "lifecycle:transition", Value: state})
		}
		x.Events = append(x.Events, e)
	}
	r := cases.Reader{Mapping: m}
	c := r.Read(x)
	return &c
}

// script writes a plan as text: act@step→next for each act, and the end.
func script(p Plan) string {
	var out []string
	for _, a := range p.Acts {
		s := string(a.Do)
		if a.Step != "" {
			s += "@" + a.Step
		}
		if a.Transition != "" {
			s += "." + a.Transition
		}
		if a.Next != "" {
			s += ">" + a.Next
		}
		out = append(out, s)
	}
	return strings.Join(append(out, p.End.String()), " ")
}

// Ensure the way through the workflow is found, also where only later events tell it.
func TestCase(t *testing.T) {
	p, m := planner(t, flow)
	for list, want := range map[string]string{
		"Send, Approve":                    "start.large>large complete@large.ok>done ended as done",
		"Send, Approve, Approve":           "start.small>small complete@small.ok>large complete@large.ok>done ended as done",
		"Send, Deny":                       "start.small>small complete@small.no>back still open at back",
		"Send, Deny, Send, Approve":        "start.small>small complete@small.no>back complete@back.again>small complete@small.ok>done ended as done",
		"Send, Deny, Take back, Drop":      "start.small>small complete@small.no>back complete@back.hold>fix complete@fix.drop>dropped ended as dropped",
		"Send, Refuse":                     "start.large>large reject@large.reject>!rejected ended as rejected",
		"Send, Return, Send, Approve":      "start.large>large send_back@large.sent_back>start complete@start.submit>large complete@large.ok>done ended as done",
		"Send, Approve, Once more, Deny":   "start.small>small complete@small.ok>large send_back@large.sent_back>small complete@small.no>back still open at back",
		"Send, Approve, Step back, Deny":   "start.small>small complete@small.ok>large send_back@large.sent_back>small complete@small.no>back still open at back",
		"Send":                             "start.large>large still open at small or large",
		"Save":                             "draft still a draft",
		"Save, Save, Send, Remark, Refuse": "draft draft start.large>large comment reject@large.reject>!rejected ended as rejected",
		"Save and send, Approve":           "draft start.large>large complete@large.ok>done ended as done",
		"Send, Approve:start, Approve":     "start.large>large claim@large>large complete@large.ok>done ended as done",
		"Send, Scan, Stop":                 "start.large>large cancel>!cancelled cancelled",
		"Send, Approve, Remark":            "start.large>large complete@large.ok>done comment ended as done",
	} {
		got, err := p.Case(read(m, list))
		if err != nil || script(got) != want {
			t.Errorf("%s\n got %s, %v\nwant %s", list, script(got), err, want)
		}
	}
}

// Ensure what the workflow cannot express is told in words that are the same for equal reasons.
func TestImpossible(t *testing.T) {
	p, m := planner(t, flow)
	for list, want := range map[string]string{
		"Approve":                       `The case begins with "Approve", which does not start a request.`,
		"Remark":                        "No event of the case starts the request.",
		"Save, Approve":                 `"Approve" follows a draft that was never sent: say with ` + "`sent: why` that such drafts count as sent.",
		"Remark, Send, Approve":         `"Remark" comes before the request was sent: a draft cannot be commented.`,
		"Send, Save, Approve":           `"Save" comes after the request was sent: half-filled tasks are not kept as drafts.`,
		"Send, Drop":                    `After "Send" the workflow has no way to a step where "Drop" is done.`,
		"Send, Deny, Approve":           `After "Deny" the workflow has no way to a step where "Approve" is done.`,
		"Send, Approve, Deny":           `After "Approve" the workflow has no way to a step where "Deny" is done.`,
		"Send, Deny, Take back":         `Nothing in ` + "`ends`" + ` says where cases end whose last act is "Take back".`,
		"Send, Refuse, Approve":         `After "Refuse" the workflow has no way to a step where "Approve" is done.`,
		"Send, Deny, Take back, Refuse": `After "Take back" the workflow has no way to a step where "Refuse" is done.`,
		"Send, Dance":                   "No line of `activities` says what \"Dance\" means.",
	} {
		_, err := p.Case(read(m, list))
		if err == nil || err.Error() != want {
			t.Errorf("%s\n got %v\nwant %s", list, err, want)
		}
	}
}

// Ensure a case that could be played but not end where it must is told so.
func TestWrongEnd(t *testing.T) {
	p, m := planner(t, strings.Replace(flow, "Approve: done,", "Approve: dropped,", 1))
	_, err := p.Case(read(m, "Send, Approve"))
	if err == nil || !strings.Contains(err.Error(), `After "Approve", the last act, the workflow has no way to where the case must end: the outcome dropped.`) {
		t.Errorf("got %v", err)
	}
}

// Ensure values, comments and those who act next are worked out.
func TestFill(t *testing.T) {
	p, m := planner(t, flow)
	c := read(m, "Send, Approve, Return, Send, Refuse")
	got, err := p.Case(c)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"amount": map[string]any{"amount": "12.35", "currency": "USD"}, "first": "small"}
	if !reflect.DeepEqual(got.Acts[0].Values, want) {
		t.Errorf("values %v", got.Acts[0].Values)
	}
	if got.Acts[1].Comment != "" || got.Acts[2].Comment != "" || got.Acts[4].Comment != "Refuse T" {
		t.Errorf("comments %q %q %q", got.Acts[1].Comment, got.Acts[2].Comment, got.Acts[4].Comment)
	}
	if got.Acts[0].Then.Role != "x" || !reflect.DeepEqual(got.Acts[1].Ways, []string{"large", "done"}) {
		t.Errorf("%+v", got.Acts[:2])
	}
	if stop, err := p.Case(read(m, "Send, Stop")); err != nil || !stop.Acts[0].Anywhere {
		t.Errorf("a request can be cancelled anywhere: %+v, %v", stop, err)
	}
}

// Ensure texts of the log become values of fields, or say that they cannot.
func TestConvert(t *testing.T) {
	two := 2
	for _, c := range []struct {
		field form.Field
		in    any
		want  any
	}{
		{form.Field{Type: form.Text}, " x ", "x"},
		{form.Field{Type: form.Number}, "1e3", 1000.0},
		{form.Field{Type: form.Number, Decimals: &two}, "2.71828", 2.72},
		{form.Field{Type: form.Number}, 5, 5},
		{form.Field{Type: form.Money}, "26.85120450862128", map[string]any{"amount": "26.85", "currency": "EUR"}},
		{form.Field{Type: form.Money, Currencies: []string{"INR"}}, 3, map[string]any{"amount": "3.00", "currency": "INR"}},
		{form.Field{Type: form.YesNo}, "True", true},
		{form.Field{Type: form.YesNo}, "0", false},
		{form.Field{Type: form.Date}, "2026-01-31T23:30:00+01:00", "2026-01-31"},
		{form.Field{Type: form.DateTime}, "2026-01-31 23:30:00", "2026-01-31T23:30:00Z"},
		{form.Field{Type: form.Choice, Options: []form.Option{{Value: "a", Label: "Alpha"}}}, "alpha", "a"},
		{form.Field{Type: form.User}, "Ann", Named("Ann")},
	} {
		got, err := convert(c.in, c.field)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s %v: %v, %v", c.field.Type, c.in, got, err)
		}
	}
	for typ, in := range map[form.FieldType]string{
		form.Number: "a lot", form.Money: "1e999999999", form.YesNo: "perhaps", form.Date: "soon", form.DateTime: "now",
	} {
		if got, err := convert(in, form.Field{Type: typ}); err == nil {
			t.Errorf("%s %q: %v", typ, in, got)
		}
	}
	if _, err := convert("NaN", form.Field{Type: form.Money}); err == nil {
		t.Error("NaN is no amount")
	}
	if _, err := convert(strings.Repeat("9", 100), form.Field{Type: form.Money}); err == nil {
		t.Error("an endless amount is taken")
	}
}

// Ensure a mapping that does not fit its workflow is refused with every place.
func TestCheck(t *testing.T) {
	m, err := mapping.Parse([]byte(strings.NewReplacer(
		"first: {next: true}", "colour: {next: true}", "Deny: {step: small, transition: no}", "Deny: {step: smal}",
		"Take back: {step: back, transition: hold}", "Take back: {step: back, transition: holt}",
		"Approve: done", "Approve: dun", "open: [back]", "open: [size]", "step: large, to: small}", "step: large, to: tiny}",
	).Replace(flow)), func(string) ([]byte, error) { return nil, errors.New("none") })
	if err != nil {
		t.Fatal(err)
	}
	_, err = New(*m.Workflow, m, nil)
	if err == nil {
		t.Fatal("it is taken")
	}
	for _, want := range []string{
		`the form has no field "colour"`, `"Deny": the workflow has no step "smal" where people act`,
		`"Take back": no transition of "back" has an id like "holt"`, `ends.Approve: the workflow has no end with the outcome "dun"`,
		`ends.Deny: the workflow has no step "size"`, `"Once more": the workflow has no step "tiny"`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not told in\n%v", want, err)
		}
	}
	m.Workflow.Steps = m.Workflow.Steps[:1]
	if _, err := New(*m.Workflow, m, nil); err == nil || !strings.Contains(err.Error(), "the workflow is not valid:") {
		t.Errorf("an invalid workflow: %v", err)
	}
}
