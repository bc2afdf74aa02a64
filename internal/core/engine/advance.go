package engine

import (
	"errors"
	"slices"
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
	cause   int         // the visit that led here
	scope   int         // the visit of the fork whose branch this is, 0 outside of all
	back    int         // the visit that sent back to here, 0 when going forward
	returns int         // the visit to come straight back to, 0 to run along the path
	round   int         // 0: the run's round
	correct []string    // the only fields that may be changed; none: as the definition says
	prefer  []uuid.UUID // who did this step before, when going back
}

// visit is a step that was entered and has still to act.
type visit struct {
	node *workflow.Node
	seq  int
	way  way
}

// follow walks from a node until people are asked or the run ends. It is a
// loop, not a recursion: a definition can be long. A visit that lacks facts
// does not keep other branches from telling what they lack.
func (d *decider) follow(n *workflow.Node, w way) error {
	return d.walk([]visit{d.enter(n, w)})
}

func (d *decider) walk(work []visit) error {
	var lacking error
	for len(work) > 0 {
		v := work[0]
		work = work[1:]
		if !d.s.Step(v.seq).Status.Active() { // a join or the end of the run overtook it
			continue
		}
		next, err := d.act(v)
		if stuck, ok := errors.AsType[*incidentError](err); ok {
			d.strand(v.seq, v.node.ID, stuck.detail)
			continue
		}
		if errors.Is(err, errNeeds) {
			lacking = err
			continue
		}
		if err != nil {
			return err
		}
		work = append(next, work...)
	}
	return lacking
}

// enter opens a visit.
func (d *decider) enter(n *workflow.Node, w way) visit {
	round := max(w.round, d.s.Run.Round)
	seq := len(d.s.Steps) + 1
	d.note(event.Event{
		Type: event.StepEntered, StepSeq: seq, Step: n.ID, Round: round, From: w.cause, BackFrom: w.back,
		ReturnTo: w.returns, Scope: w.scope, Correct: w.correct,
	})
	return visit{node: n, seq: seq, way: w}
}

// act does what the step is for and returns the visits it led to, none when the
// walk ends here.
func (d *decider) act(v visit) ([]visit, error) {
	if d.s.Run.Visits > MaxVisits {
		return nil, &incidentError{"This request has visited more than 1,000 steps: the workflow goes round in circles."}
	}
	switch v.node.Type {
	case workflow.End:
		return nil, d.finish(v.node, v.seq)
	case workflow.TaskStep:
		return d.offer(v)
	case workflow.Start:
		return nil, d.offerFix(v.node, v.seq)
	case workflow.Fork:
		return d.fork(v)
	case workflow.Join:
		return d.join(v)
	case workflow.SubWorkflow:
		return d.startSubs(v)
	}
	in, err := d.inputAfter(v.node, v.way.cause)
	if err != nil {
		return nil, err
	}
	a, err := Pick(v.node, in)
	if err != nil {
		return nil, &incidentError{fault.Sentence(err)}
	}
	d.leave(v.seq, v.node.ID, a.ID)
	return d.onward(v, a), nil
}

// onward enters the step an arrow leads to, in the same branch.
func (d *decider) onward(v visit, a *workflow.Arrow) []visit {
	return []visit{d.enter(a.Target, way{cause: v.seq, scope: v.way.scope})}
}

// leave closes a visit by a transition.
func (d *decider) leave(seq int, step, transition string) {
	d.note(event.Event{Type: event.StepLeft, StepSeq: seq, Step: step, Transition: transition})
}

// finish ends the run at an end step.
func (d *decider) finish(n *workflow.Node, seq int) error {
	d.leave(seq, n.ID, "")
	return d.end(n.Outcome)
}

// end completes the run with an outcome.
func (d *decider) end(outcome string) error {
	d.cancelTasks(0)
	d.note(event.Event{Type: event.RunCompleted, Outcome: outcome})
	return d.planAbsence(outcome)
}

// cancelTasks closes the tasks of a visit that are not done, or with 0 all of them.
func (d *decider) cancelTasks(seq int) {
	for _, t := range slices.Clone(d.s.Tasks) {
		if (t.Status == TaskOpen || t.Status == TaskQueued) && (seq == 0 || t.StepSeq == seq) {
			d.note(event.Event{Type: event.TaskCancelled, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, Assignee: ref(t.Assignee)})
		}
	}
}

// holds reports whether an arrow may be taken: always where it has no rule.
func holds(a *workflow.Arrow, in rule.Input) (bool, error) {
	if a.When == nil {
		return true, nil
	}
	return a.When.Bool(in)
}

// strand leaves a visit to a run administrator: nobody is asked in it any more.
func (d *decider) strand(seq int, step, detail string) {
	d.cancelTasks(seq)
	d.note(event.Event{Type: event.RunIncident, StepSeq: seq, Step: step, Detail: detail})
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
			return nil, fault.New(fault.Invalid, "Which way step %q is left cannot be told, because of its transition %q: %s", n.Label, a.Label, fault.Sentence(err))
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
func (d *decider) offer(v visit) ([]visit, error) {
	if err := d.recalculate(v.node, v.way.cause); err != nil {
		return nil, err
	}
	if v.node.Ballot != nil {
		return nil, d.ballot(v)
	}
	a, err := d.resolve(v.node, v.way)
	if err != nil {
		return nil, err
	}
	if a, err = d.standFor(a, v.node); err != nil {
		return nil, err
	}
	if arrow, err := d.repeats(v, a); err != nil || arrow != nil {
		if err != nil {
			return nil, err
		}
		d.note(event.Event{Type: event.StepSkipped, StepSeq: v.seq, Step: v.node.ID, Assignee: ref(a.assignee), Transition: arrow.ID})
		return d.onward(v, arrow), nil
	}
	d.note(event.Event{
		Type: event.TaskCreated, Task: ref(d.f.NewID()), TaskKind: string(DecideTask), StepSeq: v.seq, Step: v.node.ID,
		Assignee: ref(a.assignee), Owner: ref(a.owner), Pool: a.pool, Warning: a.warning, Pick: a.pick,
	})
	return nil, nil
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
		return &incidentError{fault.Sentence(err)}
	}
	d.change(after, false)
	return nil
}

// change records the difference between the values before and after,
// and names the fields.
func (d *decider) change(after form.Values, byActor bool) []string {
	e := d.difference(after)
	switch {
	case len(e.Fields) == 0:
		return nil
	case byActor:
		d.emit(e)
	default:
		d.note(e)
	}
	return e.Fields
}

// difference is the fact that the values became others; without Fields they did not.
func (d *decider) difference(after form.Values) event.Event {
	for name, v := range d.s.Values {
		if _, known := d.v.Form.Field(name); !known { // of a version the run was on before: hidden, and never lost
			after[name] = v
		}
	}
	e := event.Event{Type: event.FieldsChanged, Fields: form.Diff(d.s.Values, after), Round: d.s.Run.Round, Values: map[string]any{}}
	for _, n := range e.Fields {
		e.Values[n] = after[n]
	}
	return e
}

// clock writes a moment for people; the screen shows it in their own zone.
func clock(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
