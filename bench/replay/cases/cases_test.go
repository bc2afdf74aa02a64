package cases

import (
	"errors"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/bench/replay/mapping"
	"github.com/handstamp/handstamp/bench/replay/xes"
)

const flow = `
workflow:
  key: FLOW
  name: Flow
  group: Test
  form: {fields: [{name: note, type: text}]}
  steps:
    - {id: start, type: start}
    - {id: clerk, type: task, assignee: {strategy: initiator}, transitions: [{id: clerk_ok, to: done}]}
    - {id: done, type: end}
event: {role: [org:role, {from: concept:name, match: ' by (.+)$'}], person: org:resource}
roles: {UNDEFINED: system}
lifecycle: {complete: act, start: claim, suspend: {exception: a pause}}
activities:
  Send: start
  "Approve *": {step: '{role}', transition: '{role}_*', values: {note: {from: concept:name}}}
  Pay: {step: clerk, role: UNDEFINED}
  Scan: {exception: a machine}
ends: {"Approve *": done}
exceptions: [{case: b (2), reason: lost}]
`

func parse(t *testing.T, text string) *mapping.Mapping {
	t.Helper()
	m, err := mapping.Parse([]byte(text), func(string) ([]byte, error) { return nil, errors.New("none") })
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// events makes events of "activity|role|lifecycle|person|time".
func events(list ...string) []xes.Attributes {
	var out []xes.Attributes
	for _, text := range list {
		var e xes.Attributes
		for i, v := range strings.Split(text, "|") {
			if v != "" {
				e = append(e, xes.Attribute{Key: []string{"concept:name", "org:role", "lifecycle:transition", "org:resource", "time:timestamp"}[i], Value: v})
			}
		}
		out = append(out, e)
	}
	return out
}

func named(id string, list ...string) xes.Case {
	return xes.Case{Attributes: xes.Attributes{{Key: "concept:name", Value: id}}, Events: events(list...)}
}

// Ensure events know what they are, who did them and where.
func TestRead(t *testing.T) {
	r := Reader{Mapping: parse(t, flow)}
	c := r.Read(named("a", "Send||", "Approve all|CLERK|complete|Ann", "Approve all by Clerk||start", "Pay|CLERK|COMPLETE", "Scan|X|start", "Approve|CLERK|suspend"))
	if !strings.Contains(c.Problem, `No line of`) { // "Approve" alone fits no pattern
		t.Errorf("problem %q", c.Problem)
	}
	e := c.Events
	if e[0].Act != mapping.Start || e[0].Role != Staff {
		t.Errorf("%+v", e[0])
	}
	if e[1].Act != mapping.Complete || e[1].Role != "clerk" || e[1].Person != "Ann" || e[1].Steps[0] != "clerk" || e[1].Transitions[0] != "clerk_*" {
		t.Errorf("%+v", e[1])
	}
	if e[2].Act != mapping.Claim || e[2].Role != "clerk" || e[2].Moves() {
		t.Errorf("%+v", e[2])
	}
	if e[3].Role != "system" || !e[3].Moves() {
		t.Errorf("%+v", e[3])
	}
	if e[4].Act != mapping.Except || e[4].Reason != "a machine" {
		t.Errorf("%+v", e[4])
	}
	if c.Last().Activity != "Pay" || c.End != nil {
		t.Errorf("last %+v, end %+v", c.Last(), c.End)
	}
}

// Ensure what the mapping does not explain becomes the problem of its case.
func TestProblems(t *testing.T) {
	for name, c := range map[string]struct {
		events []string
		want   string
	}{
		"unknown activity": {[]string{"Send", "Dance"}, `No line of ` + "`activities`" + ` says what "Dance" means.`},
		"no activity":      {[]string{"Send", "|CLERK"}, "An event has no concept:name"},
		"lifecycle":        {[]string{"Send||schedule"}, `what the lifecycle transition "schedule" means`},
		"no event":         {nil, "The case has no event."},
	} {
		r := Reader{Mapping: parse(t, flow)}
		if got := r.Read(named("a", c.events...)); !strings.Contains(got.Problem, c.want) {
			t.Errorf("%s: %q", name, got.Problem)
		}
	}
}

// Ensure ids that repeat are told apart, missing ones are named, and exceptions are found by id.
func TestIDs(t *testing.T) {
	r := Reader{Mapping: parse(t, flow)}
	a, b, c := r.Read(named("b", "Send")), r.Read(named("b", "Send")), r.Read(named("", "Send"))
	if a.ID != "b" || b.ID != "b (2)" || c.ID != "unnamed" || a.Exception != "" || b.Exception != "lost" {
		t.Errorf("%q %q %q, %q", a.ID, b.ID, c.ID, b.Exception)
	}
}

// Ensure events are sorted by time where the mapping says so, stably, and a time that cannot be read is told.
func TestOrder(t *testing.T) {
	r := Reader{Mapping: parse(t, flow+"case: {order: time}\n")}
	c := r.Read(named("a", "Pay||||2026-01-02T09:00:00.000+01:00", "Scan||||2026-01-02T08:00:00Z", "Send||||2026-01-02T07:59:59.5Z"))
	if got := c.Events[0].Activity + c.Events[1].Activity + c.Events[2].Activity; got != "SendPayScan" || c.Problem != "" {
		t.Errorf("order %s, %s", got, c.Problem)
	}
	if c := r.Read(named("b", "Send||||yesterday")); !strings.Contains(c.Problem, `"yesterday"`) {
		t.Errorf("problem %q", c.Problem)
	}
	for _, text := range []string{"2026-01-02T09:00:00+0100", "2026-01-02T09:00:00", "2026-01-02 09:00:00", "2026-01-02"} {
		if _, ok := ParseTime(text); !ok {
			t.Errorf("%s is not read", text)
		}
	}
}
