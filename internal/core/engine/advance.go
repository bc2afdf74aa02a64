package engine

import (
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// incidentError is a failure on an automatic step: nobody is there to correct
// it, so the visit waits for a run administrator.
type incidentError struct{ detail string }

func (e *incidentError) Error() string { return e.detail }

// way is how a step is reached.
type way struct {
	cause  int       // the visit that led here
	back   int       // the visit that sent back to here, 0 when going forward
	round  int       // 0: the run's round
	prefer uuid.UUID // who did this step before, when going back
}

// follow walks from a node until people are asked or the run ends. It is a
// loop, not a recursion: a definition can be long.
func (d *decider) follow(n *workflow.Node, w way) error {
	for n != nil {
		seq := d.enter(n, w)
		next, err := d.act(n, seq, w)
		if stuck, ok := errors.AsType[*incidentError](err); ok {
			d.note(event.Event{Type: event.RunIncident, StepSeq: seq, Step: n.ID, Detail: stuck.detail})
			return nil
		}
		if err != nil {
			return err
		}
		n, w = next, way{cause: seq}
	}
	return nil
}

// enter opens a visit and returns its number.
func (d *decider) enter(n *workflow.Node, w way) int {
	round := max(w.round, d.s.Run.Round)
	seq := len(d.s.Steps) + 1
	d.note(event.Event{
		Type: event.StepEntered, StepSeq: seq, Step: n.ID, Round: round, From: w.cause, BackFrom: w.back,
	})
	return seq
}

// act does what the step is for and returns the node to go on with, nil when
// the walk ends here.
func (d *decider) act(n *workflow.Node, seq int, w way) (*workflow.Node, error) {
	if d.s.Run.Visits > MaxVisits {
		return nil, &incidentError{"This request has visited more than 1,000 steps: the workflow goes round in circles."}
	}
	switch n.Type {
	case workflow.End:
		return nil, d.finish(n, seq)
	case workflow.TaskStep:
		return nil, d.offer(n, seq, w)
	case workflow.Start:
		return nil, d.offerFix(n, seq)
	}
	in, err := d.inputAfter(n, w.cause)
	if err != nil {
		return nil, err
	}
	a, err := Pick(n, in)
	if err != nil {
		return nil, &incidentError{sentence(err)}
	}
	d.leave(seq, n.ID, a.ID)
	return a.Target, nil
}

// leave closes a visit by a transition.
func (d *decider) leave(seq int, step, transition string) {
	d.note(event.Event{Type: event.StepLeft, StepSeq: seq, Step: step, Transition: transition})
}

// finish ends the run at an end step.
func (d *decider) finish(n *workflow.Node, seq int) error {
	d.leave(seq, n.ID, "")
	d.end(n.Outcome)
	return nil
}

// end completes the run with an outcome.
func (d *decider) end(outcome string) {
	d.cancelTasks(0)
	d.note(event.Event{Type: event.RunCompleted, Outcome: outcome})
}

// cancelTasks closes the open tasks of a visit, or with 0 all of them.
func (d *decider) cancelTasks(seq int) {
	for _, t := range d.s.OpenTasks() {
		if seq == 0 || t.StepSeq == seq {
			d.note(event.Event{Type: event.TaskCancelled, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, Assignee: ref(t.Assignee)})
		}
	}
}

// Pick returns the arrow by which a condition or start step is left: the first
// whose rule holds, else the default. It returns a *fault.Error when a rule
// fails, which never means the default, or none holds and there is no default.
func Pick(n *workflow.Node, in rule.Input) (*workflow.Arrow, error) {
	var fallback *workflow.Arrow
	for _, a := range n.Transitions {
		if a.When == nil {
			if fallback == nil {
				fallback = a
			}
			continue
		}
		ok, err := a.When.Bool(in)
		if err != nil {
			return nil, fault.New(fault.Invalid, "Which way step %q is left cannot be told, because of its transition %q: %s", n.Label, a.Label, sentence(err))
		}
		if ok {
			return a, nil
		}
	}
	if fallback == nil {
		return nil, fault.New(fault.Invalid, "No transition of step %q holds, and it has no default.", n.Label)
	}
	return fallback, nil
}

// offer asks people to do a task step.
func (d *decider) offer(n *workflow.Node, seq int, w way) error {
	if err := d.recalculate(n, w.cause); err != nil {
		return err
	}
	a, err := d.resolve(n, w)
	if err != nil {
		return err
	}
	d.note(event.Event{
		Type: event.TaskCreated, Task: ref(d.f.NewID()), TaskKind: string(DecideTask), StepSeq: seq, Step: n.ID,
		Assignee: ref(a.assignee), Pool: a.pool, Warning: a.warning, Pick: a.pick,
	})
	return nil
}

// offerFix asks the initiator to correct what was sent back.
func (d *decider) offerFix(n *workflow.Node, seq int) error {
	a := assignment{assignee: d.s.Run.Initiator}
	if !d.initiator.Active {
		var err error
		if a, err = d.fallback(n, d.initiator.Name+" is not active any more"); err != nil {
			return err
		}
	}
	d.note(event.Event{
		Type: event.TaskCreated, Task: ref(d.f.NewID()), TaskKind: string(FixTask), StepSeq: seq, Step: n.ID,
		Assignee: ref(a.assignee), Warning: a.warning,
	})
	return nil
}

// recalculate refreshes calculated fields when a step is entered, so that its
// people see the figures of today.
func (d *decider) recalculate(n *workflow.Node, cause int) error {
	after, err := d.v.Form.Recalculate(d.s.Values, d.input(n.ID, cause))
	if err != nil {
		return &incidentError{sentence(err)}
	}
	d.change(after, false)
	return nil
}

// change records the difference between the values before and after.
func (d *decider) change(after form.Values, byActor bool) {
	names := form.Diff(d.s.Values, after)
	if len(names) == 0 {
		return
	}
	e := event.Event{Type: event.FieldsChanged, Fields: names, Round: d.s.Run.Round, Values: map[string]any{}}
	for _, n := range names {
		e.Values[n] = after[n]
	}
	if byActor {
		d.emit(e)
		return
	}
	d.note(e)
}

// sentence is an error as people read it: without its code, one sentence for
// each field.
func sentence(err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	switch {
	case !ok:
		return err.Error()
	case len(f.Fields) == 0:
		return f.Message
	}
	each := make([]string, len(f.Fields))
	for i, x := range f.Fields {
		each[i] = x.Message
	}
	return strings.Join(each, " ")
}

// clock writes a moment for people; the screen shows it in their own zone.
func clock(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
