package runs_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// document is a definition as the API takes it.
func document(t *testing.T, text string, changes ...string) json.RawMessage {
	t.Helper()
	doc, problems := workflow.ParseYAML([]byte(strings.NewReplacer(changes...).Replace(text)))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	data, err := doc.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// designer is somebody who may draw workflows, and no more.
func (w *world) designer() access.Actor {
	w.org.Role(w.t, "designer", access.WorkflowDesign)
	return w.org.User(w.t, "Dora Designer", dbtest.WithRole("designer"))
}

// traces counts everything that a run leaves.
func (w *world) traces() string {
	w.t.Helper()
	var out []string
	for _, table := range []string{
		"workflows", "versions", "runs", "run_data", "tasks", "events", "participants", "comments", "counters", "turns", "idempotency", "pools", "audit",
	} {
		out = append(out, fmt.Sprint(table, dbtest.Get[int](w.t, w.org, "SELECT count(*)::int FROM "+table)))
	}
	return strings.Join(out, " ")
}

// Ensure a draft is played as real people would, from the form to the end, and
// that nothing of it stays.
func TestSimulate(t *testing.T) {
	w := newWorld(t)
	dora := w.designer()
	before := w.traces()
	in := runs.Simulate{Document: document(t, leave), Starter: w.asha.User}
	try := func() runs.Simulation {
		t.Helper()
		out, err := w.runs.Simulate(w.ctx, dora, in)
		if err != nil {
			t.Fatal(err)
		}
		if now := w.traces(); now != before {
			t.Fatalf("something was kept: %s, before %s", now, before)
		}
		return out
	}
	form := try()
	if form.Prepared == nil || form.Run != nil || form.Prepared.Next[0].StepID != "manager" || form.As.Name != "Asha Rao" {
		t.Fatalf("the form: %+v", form)
	}

	in.Started, in.Values = true, map[string]any{"leave_from": "2026-01-09", "leave_to": "2026-01-05"}
	wrong := try()
	if wrong.Refused == nil || wrong.Refused.Act != -1 || wrong.Refused.Errors[0].Path != "values.leave_to" || wrong.Prepared == nil {
		t.Fatalf("a form that is wrong: %+v", wrong.Refused)
	}

	in.Values = week
	sent := try()
	if sent.Refused != nil || sent.Run.Title != "Asha Rao is away" || sent.As.Name != "Ravi Menon" || sent.Run.Task == nil || sent.Asked[0].People[0].Name != "Ravi Menon" {
		t.Fatalf("sent: %+v", sent)
	}
	if _, shown := sent.Run.Values["balance"]; shown {
		t.Error("the manager was shown what is hidden from him")
	}
	in.As = w.asha.User
	if own := try(); own.Run.Task != nil || own.Run.Values["balance"] == nil {
		t.Errorf("through the eyes of the requester: %+v", own.Run)
	}
	in.As = w.ivan.User
	if stranger := try(); stranger.Run != nil || stranger.As.Name != "Ivan Petrov" || len(stranger.History) > 0 {
		t.Errorf("a stranger saw the request: %+v", stranger.Run)
	}

	in.As = uuid.Nil
	in.Acts = []runs.SimulatedAct{{By: w.asha.User, Step: "manager", Transition: "hr"}}
	if own := try(); own.Refused == nil || own.Refused.Act != 0 || own.Run == nil || len(own.Asked) != 1 {
		t.Errorf("one's own request: %+v", own.Refused)
	}
	in.Acts = []runs.SimulatedAct{
		{By: w.ravi.User, Step: "manager", Transition: "hr", Assignees: engine.Choices{Only: w.meera.User}},
		{By: w.meera.User, Step: "hr", SendBackTo: "manager", Comment: "Who covers?"},
		{By: w.ravi.User, Step: "manager", Transition: "hr", Assignees: engine.Choices{Only: w.hana.User}},
		{By: w.hana.User, Step: "hr", Transition: "ok", Values: map[string]any{"hr_note": "Booked"}},
	}
	done := try()
	if done.Refused != nil || done.Run.Outcome != "approved" || len(done.Asked) != 0 || done.Run.Round != 2 {
		t.Fatalf("done: %+v %+v", done.Refused, done.Run)
	}
	for _, step := range []string{"submit", "manager", "hr", "approved"} {
		if !slices.Contains(done.Reached.Steps, step) {
			t.Errorf("%s was not reached: %v", step, done.Reached)
		}
	}
	if !slices.Contains(done.Reached.Transitions, "hr.ok") {
		t.Errorf("hr.ok was not taken: %v", done.Reached)
	}
	// The real workflow of that key goes on with the next number.
	if r := w.start(); r.Number != "LEAVE-1" {
		t.Errorf("the simulation took a number: %s", r.Number)
	}
}

// Ensure a step that is offered tells all who may take it, and whoever does takes it first.
func TestSimulateAnOffer(t *testing.T) {
	w := newWorld(t)
	in := runs.Simulate{Document: document(t, pool), Starter: w.asha.User, Started: true, Values: map[string]any{"what": "VPN"}}
	dora := w.designer()
	out, err := w.runs.Simulate(w.ctx, dora, in)
	if err != nil || !out.Asked[0].Offered || len(out.Asked[0].People) != 2 || out.As.Name != "Ines Costa" || out.Run.Task == nil {
		t.Fatalf("%+v %v", out, err)
	}
	in.Acts = []runs.SimulatedAct{{By: w.ivan.User, Step: "it", Transition: "done"}}
	if out, err = w.runs.Simulate(w.ctx, dora, in); err != nil || out.Refused != nil || out.Run.Outcome != "done" {
		t.Fatalf("%+v %v", out, err)
	}
}

// Ensure nobody tries out what he may not, with people who are not there, or a
// definition that cannot run.
func TestSimulateRefuses(t *testing.T) {
	w := newWorld(t)
	dora := w.designer()
	stranger := w.env.Org(t).User(t, "Somebody else")
	good := document(t, leave)
	for name, tt := range map[string]struct {
		by   access.Actor
		in   runs.Simulate
		want fault.Code
	}{
		"no right":           {w.asha, runs.Simulate{Document: good, Starter: w.asha.User}, fault.Forbidden},
		"of another org":     {dora, runs.Simulate{Document: good, Starter: stranger.User}, fault.NotFound},
		"nobody":             {dora, runs.Simulate{Document: good}, fault.NotFound},
		"not a definition":   {dora, runs.Simulate{Document: json.RawMessage(`{"key": 7}`), Starter: w.asha.User}, fault.Invalid},
		"with problems":      {dora, runs.Simulate{Document: document(t, leave, "to: hr,", "to: nowhere,"), Starter: w.asha.User}, fault.Invalid},
		"too many acts":      {dora, runs.Simulate{Document: good, Starter: w.asha.User, Started: true, Values: week, Acts: make([]runs.SimulatedAct, 101)}, fault.Invalid},
		"seen by a stranger": {dora, runs.Simulate{Document: good, Starter: w.asha.User, Started: true, Values: week, As: stranger.User}, fault.NotFound},
	} {
		if _, err := w.runs.Simulate(w.ctx, tt.by, tt.in); !fault.Is(err, tt.want) {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	// Who may not see it cannot start it, and the designer learns that.
	hidden := document(t, leave, "title:", "visible_to: user.department == \"HR\"\ntitle:")
	out, err := w.runs.Simulate(w.ctx, dora, runs.Simulate{Document: hidden, Starter: w.asha.User, Started: true, Values: week})
	if err != nil || out.Refused == nil || out.Refused.Act != -1 || out.As.Name != "Asha Rao" {
		t.Errorf("hidden from the starter: %+v %v", out.Refused, err)
	}
}

// Ensure trying out does not stand in the way of real requests, nor of each other.
func TestSimulateBesideRealRequests(t *testing.T) {
	w := newWorld(t)
	dora := w.designer()
	in := runs.Simulate{Document: document(t, pool), Starter: w.asha.User, Started: true, Values: map[string]any{"what": "VPN"}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 5 {
				if _, err := w.runs.Simulate(w.ctx, dora, in); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range 5 {
				if _, err := w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "ACCESS", Values: in.Values}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n := dbtest.Get[int](t, w.org, "SELECT count(*)::int FROM runs"); n != 20 {
		t.Errorf("%d requests are there, want 20", n)
	}
}
