package derive

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/handstamp/handstamp/bench/replay/cases"
	"github.com/handstamp/handstamp/bench/replay/mapping"
	"github.com/handstamp/handstamp/bench/replay/plan"
	"github.com/handstamp/handstamp/bench/replay/xes"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

func parse(t interface{ Fatal(...any) }, text string) *mapping.Mapping {
	m, err := mapping.Parse([]byte(text), func(string) ([]byte, error) { return nil, errors.New("none") })
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// read makes cases of lines such as "Send|EMPLOYEE, Approve|BOSS".
func read(m *mapping.Mapping, lines ...string) []cases.Case {
	r := cases.Reader{Mapping: m}
	var out []cases.Case
	for i, line := range lines {
		x := xes.Case{Attributes: xes.Attributes{{Key: "concept:name", Value: fmt.Sprint(i)}}}
		for _, e := range strings.Split(line, ", ") {
			parts := append(strings.Split(e, "|"), "", "")
			a := xes.Attributes{{Key: "concept:name", Value: parts[0]}, {Key: "org:role", Value: parts[1]}}
			if parts[2] != "" {
				a = append(a, xes.Attribute{Key: "lifecycle:transition", Value: parts[2]})
			}
			x.Events = append(x.Events, a)
		}
		out = append(out, r.Read(x))
	}
	return out
}

// planAll derives a workflow and plans every case on it.
func planAll(t interface {
	Fatal(...any)
	Errorf(string, ...any)
}, m *mapping.Mapping, all []cases.Case,
) (workflow.Document, []plan.Plan) {
	doc, err := Document(m, all)
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.New(doc, m, all)
	if err != nil {
		t.Fatal(err)
	}
	var plans []plan.Plan
	for i := range all {
		x, err := p.Case(&all[i])
		if err != nil {
			t.Errorf("case %s: %v", all[i].ID, err)
		}
		plans = append(plans, x)
	}
	return doc, plans
}

func step(d workflow.Document, id string) *workflow.Step {
	i := slices.IndexFunc(d.Steps, func(s workflow.Step) bool { return s.ID == id })
	if i < 0 {
		return nil
	}
	return &d.Steps[i]
}

// Ensure desks come from roles, transitions from what follows, ends from where cases end.
func TestDocument(t *testing.T) {
	m := parse(t, "model: {key: LEAVE, requester: EMPLOYEE, assign: {BOSS: least_loaded}}\nends: {Withdraw: withdrawn, Ask: {open: EMPLOYEE}}\n")
	all := read(m,
		"Send|EMPLOYEE, Approve|BOSS, Book|HR", "Send|EMPLOYEE, Reject|BOSS, Send|EMPLOYEE, Approve|BOSS, Book|HR",
		"Send|EMPLOYEE, Reject|BOSS, Withdraw|EMPLOYEE", "Send|EMPLOYEE, Book|HR, Check|HR", "Send|EMPLOYEE, Ask|BOSS", "Send|EMPLOYEE, Take|HR|start",
	)
	if !strings.Contains(all[5].Problem, `lifecycle transition "start"`) {
		t.Errorf("problem %q", all[5].Problem)
	}
	doc, plans := planAll(t, m, all[:5])
	boss, hr, own := step(doc, "boss"), step(doc, "hr"), step(doc, "employee")
	if boss == nil || hr == nil || own == nil || doc.Key != "LEAVE" {
		t.Fatalf("steps %+v", doc.Steps)
	}
	if own.Assignee.Strategy != workflow.Initiator || boss.Assignee.Pick != "least_loaded" || hr.Assignee.Strategy != workflow.Chosen {
		t.Errorf("assignees %+v %+v %+v", own.Assignee, boss.Assignee, hr.Assignee)
	}
	if boss.Transitions[0].Name != "Approve → Hr" || boss.Transitions[0].Kind != workflow.Approve || boss.Transitions[1].Kind != workflow.Reject {
		t.Errorf("transitions %+v", boss.Transitions)
	}
	if passage := step(doc, "hr_x"); passage == nil || passage.Type != workflow.Condition {
		t.Error("HR follows itself without a passage")
	}
	for i, want := range []string{"ended as book", "ended as book", "ended as withdrawn", "ended as check", "still open at employee"} {
		if plans[i].End.String() != want {
			t.Errorf("case %d: %s, want %s", i, plans[i].End, want)
		}
	}
	if v := plans[3].Acts[0].Values[firstField]; v != "hr" {
		t.Errorf("the start goes to %v", v)
	}
}

// Ensure work that begins and ends is offered to a pool, and somebody else may start for the requester.
func TestClaimsAndForeignStarts(t *testing.T) {
	m := parse(t, "model: {requester: CUSTOMER}\nlifecycle: {start: claim}\nroles: {CLERK: front_desk}\nends: {Ask: {open: CUSTOMER}, Wait: {open: NOBODY}, Pass: {open: CLERK}}\n")
	doc, plans := planAll(t, m, read(m, "Apply|CUSTOMER, Pass|CLERK",
		"Apply|CUSTOMER, Check|CLERK|start, Check|CLERK|complete, Grant|BOSS", "Receive|SYSTEM, Check|CLERK|start, Ask|CLERK, Answer|CUSTOMER, Check|CLERK",
		"Apply|CUSTOMER, Ask|CLERK", "Apply|CUSTOMER, Wait|CLERK",
	))
	if a := step(doc, "front_desk").Assignee; a.Strategy != workflow.Claim {
		t.Errorf("the clerk's desk: %+v", a)
	}
	if a := step(doc, "customer").Assignee; a.Strategy != workflow.ByField || a.Field != requesterField {
		t.Errorf("the customer's desk: %+v", a)
	}
	if plans[2].Acts[0].Values[requesterField] != plan.Someone("customer") {
		t.Errorf("values %v", plans[1].Acts[0].Values)
	}
	if step(doc, "clerk") != nil || plans[0].End.String() != "still open at front_desk" {
		t.Errorf("an open end names the role by its old key: %s", plans[0].End)
	}
	if s := step(doc, "nobody"); s == nil || len(s.Transitions) != 1 || s.Transitions[0].Name != "Close → Ended: Closed" {
		t.Errorf("a desk from which nothing goes on: %+v", s)
	}
}

// Ensure a desk with more ways out than a step can have is left through a field.
func TestRouted(t *testing.T) {
	m := parse(t, "model: derive\n")
	var lines []string
	for i := range 9 {
		for k := range 9 {
			lines = append(lines, fmt.Sprintf("Send|A, Do %d|HUB, Look|R%d, Do %d|HUB", i, k, (i+k)%9))
		}
	}
	doc, plans := planAll(t, m, read(m, lines...))
	hub, x := step(doc, "hub"), step(doc, "hub_x")
	if len(hub.Transitions) != 9 || x == nil || len(x.Transitions) < 9 || hub.Fields[nextField] != "required" {
		t.Errorf("%d transitions, %+v", len(hub.Transitions), x)
	}
	if v := plans[10].Acts[1].Values[nextField]; v != "r1" {
		t.Errorf("goes to %v", v)
	}
}

// Ensure a desk with more activities than a step can have becomes several steps.
func TestParts(t *testing.T) {
	m := parse(t, "model: derive\n")
	var lines []string
	for i := range 120 {
		lines = append(lines, fmt.Sprintf("Send|A, Do %d|HUB, Do %d|HUB, Do %d|HUB", i, (i+60)%120, i))
	}
	doc, plans := planAll(t, m, read(m, lines...))
	if step(doc, "hub") == nil || step(doc, "hub_part_2") == nil || step(doc, "hub_part_3") == nil {
		t.Errorf("steps %+v", doc.Steps)
	}
	if got := plans[119].Acts[1].Step; got != "hub_part_3" {
		t.Errorf("the last activity is done at %s", got)
	}
}

// Ensure desks can be named in the mapping, for each activity, or by an attribute.
func TestDesks(t *testing.T) {
	lines := []string{"Send|A, Check|B, Check|B, Pay|B"}
	for text, want := range map[string][]string{
		"model: derive\n": {"b", "b_x"},
		"model: derive\nactivities: {Pay: {desk: Cash desk, label: Cash}}\n": {"b", "b_x", "cash_desk"},
		"model: {desk: activity}\n":   {"check", "check_x", "pay"},
		"model: {desk: 'org:role'}\n": {"b", "b_x"},
	} {
		m := parse(t, text)
		doc, _ := planAll(t, m, read(m, lines...))
		var got []string
		for _, s := range doc.Steps {
			if s.Type == workflow.TaskStep || s.Type == workflow.Condition {
				got = append(got, s.ID)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: steps %v", text, got)
		}
	}
}

// Ensure a log that cannot become a workflow is refused with the reason.
func TestRefused(t *testing.T) {
	m := parse(t, "model: {desk: activity}\n")
	var lines []string
	for i := range 120 {
		lines = append(lines, fmt.Sprintf("Send|A, Do %d|B", i))
	}
	if _, err := Document(m, read(m, lines...)); err == nil || !strings.Contains(err.Error(), "a workflow has 200 at most") {
		t.Errorf("too many steps: %v", err)
	}
	m = parse(t, "model: derive\nactivities: {Note: comment}\n")
	if _, err := Document(m, read(m, "Note|A")); err == nil || !strings.Contains(err.Error(), "no case whose events move a request") {
		t.Errorf("nothing but notes: %v", err)
	}
	if _, err := Document(m, read(m, "|A")); err == nil || !strings.Contains(err.Error(), "An event has no concept:name") {
		t.Errorf("nothing that is understood: %v", err)
	}
}

// Ensure any log at all becomes a valid workflow on which each of its cases can be played.
func TestAnyLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		activity := rapid.SampledFrom([]string{"Send", "send", "Approve", "Reject", "Start", "经理", "Über", "End", strings.Repeat("long ", 40), "a→b", "\"q\"", "x y", "x_y", "others"})
		role := rapid.SampledFrom([]string{"A", "a b", "B_X", "b", "START", "end", "Лаб", "", "previous", strings.Repeat("R", 70)})
		state := rapid.SampledFrom([]string{"", "complete", "", "COMPLETE", "", "", "", "", "", "start"})
		event := rapid.Custom(func(t *rapid.T) string {
			return activity.Draw(t, "activity") + "|" + role.Draw(t, "role") + "|" + state.Draw(t, "state")
		})
		lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
			return "Begin|A, " + strings.Join(rapid.SliceOfN(event, 1, 8).Draw(t, "events"), ", ")
		}), 1, 12).Draw(t, "log")
		desk := rapid.SampledFrom([]string{"role", "activity"}).Draw(t, "desk")
		m := parse(t, "model: {desk: "+desk+", requester: A}\nlifecycle: {start: claim}\nends: {Reject: {open: A}}\n")
		all := read(m, lines...)
		for i := range all { // work that begins and is never ended, or ended elsewhere, is no sequence
			for _, e := range all[i].Events {
				if e.Act == mapping.Claim {
					all[i].Exception = "interleaved"
				}
			}
		}
		var left []cases.Case
		for _, c := range all {
			if c.Exception == "" {
				left = append(left, c)
			}
		}
		if len(left) > 0 {
			planAll(t, m, left)
		}
	})
}
