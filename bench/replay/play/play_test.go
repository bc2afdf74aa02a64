package play

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/bench/replay/cases"
	"github.com/handstamp/handstamp/bench/replay/plan"
	"github.com/handstamp/handstamp/bench/replay/stage"
	"github.com/handstamp/handstamp/client"
)

// Ensure a history that differs from what was done in any way is found out.
func TestCompare(t *testing.T) {
	start, done, sent := line{"run.started", "a", "", ""}, line{"task.completed", "b", "desk", "Approve"}, line{"task.sent_back", "b", "desk", ""}
	for name, c := range map[string]struct {
		got  []line
		want string
	}{
		"the same":           {[]line{start, done}, ""},
		"shorter":            {[]line{start}, "The history ends before task.completed"},
		"longer":             {[]line{start, done, sent}, "The history goes on with task.sent_back"},
		"another act":        {[]line{start, sent}, "The history shows task.sent_back"},
		"another person":     {[]line{{"run.started", "x", "", ""}, done}, "by nobody"},
		"another transition": {[]line{start, {"task.completed", "b", "desk", "Reject"}}, `through "Reject" where`},
		"another step":       {[]line{start, {"task.completed", "b", "till", "Approve"}}, `at "till"`},
		"another order":      {[]line{done, start}, "The history shows task.completed"},
		"nothing":            {nil, "The history ends before run.started"},
	} {
		g := &game{Player: &Player{People: &stage.People{}}, history: []line{start, done}}
		err := g.compare(c.got)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// Ensure a refusal of the server is a mismatch with the event it belongs to, and an outage is none.
func TestTold(t *testing.T) {
	c := &cases.Case{Events: []cases.Event{{Activity: "Send"}, {Activity: "Approve"}}}
	g := &game{plan: plan.Plan{Case: c}, at: 1}
	refused := &client.Problem{ProblemDocument: client.ProblemDocument{Code: "forbidden", Detail: "Not yours."}}
	m, ok := errors.AsType[*Mismatch](g.told(fmt.Errorf("call: %w", refused)))
	if !ok || m.Event != 1 || m.Reason != `The server refused when "Approve" is done: Not yours.` {
		t.Errorf("told %+v", m)
	}
	g.at = -1
	if m, ok = errors.AsType[*Mismatch](g.told(refused)); !ok || !strings.Contains(m.Reason, "the end of the case is checked") {
		t.Errorf("told %+v", m)
	}
	outage := errors.New("connection refused")
	if err := g.told(outage); !errors.Is(err, outage) || g.told(nil) != nil {
		t.Errorf("told %v", err)
	}
}

// Ensure a temptation counts as refused only when the server said no, not when it broke.
func TestBarred(t *testing.T) {
	g := &game{}
	for code, want := range map[string]bool{"invalid": true, "forbidden": true, "not_found": true, "internal": false, "unavailable": false, "conflict": false} {
		if g.barred(&client.Problem{ProblemDocument: client.ProblemDocument{Code: code}}) != want {
			t.Errorf("%s: %v", code, !want)
		}
	}
	if g.tally.Refusals != 3 || g.barred(errors.New("broken pipe")) {
		t.Errorf("%d refusals", g.tally.Refusals)
	}
	if err := ownDecision(&plan.Act{Step: "desk"}, nil); err == nil || !strings.Contains(err.Error(), "could take step \"desk\"") {
		t.Errorf("nothing was refused: %v", err)
	}
}
