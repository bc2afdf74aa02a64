package engine

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// sendBack returns the run to an earlier step and opens the next round. What
// was entered stays; the path behind that step is run again.
func (d *decider) sendBack(c SendBack) error {
	t, n, err := d.mine(c.Task)
	if err != nil {
		return err
	}
	if t.Kind == FixTask {
		return fault.New(fault.Conflict, "This request was sent back to you: there is nothing before it.")
	}
	if t.Kind.Opinion() {
		return fault.New(fault.Conflict, "You were asked for help with this step; the decision is not yours: answer instead.")
	}
	target, err := d.backTarget(t, n, c.To)
	if err != nil {
		return err
	}
	w, err := d.wayBack(t, target, c)
	if err != nil {
		return err
	}
	if n.SendBackCommentRequired() && strings.TrimSpace(c.Comment) == "" {
		return fault.At("comment", "Say what has to change: %q needs a reason.", n.SendBackLabel())
	}
	e := event.Event{
		Type: event.TaskSentBack, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, To: target.Step, Round: w.round,
		ReturnTo: w.returns, Correct: w.correct, OnBehalfOf: ref(t.OnBehalfOf),
	}
	d.reason(&e, c.Comment)
	d.emit(e)
	d.cancelTasks(t.StepSeq)
	if v := *d.s.Step(t.StepSeq); v.Again {
		d.stopAfter(v)
	}
	d.leave(t.StepSeq, t.Step, SentBack)
	d.stopBranches(d.s.Step(t.StepSeq).Scope, target.Scope)
	d.automatic = true // the people of before are asked, nobody chooses
	err = d.follow(d.v.Node(target.Step), w)
	d.dropStale()
	return errors.Join(err, d.goOnAll())
}

// dropStale does without those who were asked again in a step that the run is on
// its way to once more.
func (d *decider) dropStale() {
	live := d.s.live(d.v)
	for _, v := range slices.Clone(d.s.Steps) {
		if v.Again && !live[v.Seq] {
			d.stop(v)
		}
	}
}

// wayBack is how the step is entered to which a run is sent back.
func (d *decider) wayBack(t Task, target StepRun, c SendBack) (way, error) {
	w := way{cause: target.Cause, scope: target.Scope, back: t.StepSeq, round: d.s.Run.Round + 1}
	to := d.v.Node(target.Step)
	if to.Type == workflow.TaskStep {
		w.prefer = d.s.people(target.Seq)
		if id := d.s.principalOf(target.Seq); to.Ballot == nil && id != uuid.Nil {
			w.prefer = []uuid.UUID{id}
		}
	}
	switch c.Return {
	case "", ReturnAgain:
	case ReturnToMe:
		if t.AddedBy != uuid.Nil {
			return w, fault.At("return", "You were asked beside those whom the workflow asks: the request has to run along the path again.")
		}
		if d.s.Step(t.StepSeq).Scope != target.Scope {
			return w, fault.At("return", "This sends the request back past a fork, which stops its branches: it has to run along the path again.")
		}
		w.returns = t.StepSeq
	default:
		return w, fault.At("return", "%q is no way to come back: use %q or %q.", c.Return, ReturnAgain, ReturnToMe)
	}
	var err error
	w.correct, err = d.correctable(d.v.Node(t.Step), to, target, c.Correct)
	return w, err
}

// correctable refuses to ask for the correction of a field that nobody could
// change in that step.
func (d *decider) correctable(from, n *workflow.Node, target StepRun, names []string) ([]string, error) {
	if len(names) == 0 {
		return nil, nil
	}
	_, modes := d.modes(n, d.s.Values, target.Cause, nil)
	_, mine := d.modes(from, d.s.Values, 0, nil)
	for _, name := range names {
		f, known := d.v.Form.Field(name)
		switch {
		case !known, mine[name] == "", mine[name] == form.Hidden: // of what he does not see he learns nothing
			return nil, fault.At("correct", "There is no field %q in this request.", name)
		case modes[name] != form.Edit && modes[name] != form.Required:
			return nil, fault.At("correct", "%q cannot be changed in step %q: send it back to a step where it can.", cmp.Or(f.Label, name), n.Label)
		}
	}
	names = slices.Clone(names)
	slices.Sort(names)
	return slices.Compact(names), nil
}

// backTarget finds the visit to return to.
func (d *decider) backTarget(t Task, n *workflow.Node, to string) (StepRun, error) {
	for _, b := range BackTargets(d.v, &d.s, t) {
		if b.To == to {
			return b.Visit, nil
		}
	}
	if !n.CanSendBack(to) {
		return StepRun{}, fault.At("to", "From step %q a request cannot be sent back to %q.", n.Label, to)
	}
	return StepRun{}, fault.At("to", "This request has not been at %q: choose one of the places the task lists.", to)
}

// BackTarget is a place to which a task may send its run back.
type BackTarget struct {
	To    string // ToPrevious, ToInitiator or a step id
	Visit StepRun
}

// BackTargets lists where a task may send its run back to: the previous step
// people did, the initiator, and every other step they did on the way.
func BackTargets(v *workflow.Version, s *State, t Task) []BackTarget {
	n := v.Node(t.Step)
	if n == nil || t.Kind != DecideTask {
		return nil
	}
	var out []BackTarget
	seen := map[string]bool{n.ID: true}
	add := func(to string, visit StepRun) {
		if n.CanSendBack(to) {
			out = append(out, BackTarget{To: to, Visit: visit})
		}
	}
	from := s.Step(t.StepSeq)
	scope := from.Scope
	for i := 0; from != nil && from.Cause != 0 && i <= len(s.Steps); i++ {
		from = s.Step(from.Cause)
		if from == nil || seen[from.Step] || !s.encloses(from.Scope, scope) {
			continue
		}
		b := s.node(v, *from)
		if b == nil || (b.Type != workflow.TaskStep && b.Type != workflow.Start) {
			continue
		}
		seen[from.Step] = true
		if len(seen) == 2 {
			add(ToPrevious, *from)
		}
		if b.Type == workflow.Start {
			add(ToInitiator, *from)
		} else {
			add(from.Step, *from)
		}
	}
	return out
}
