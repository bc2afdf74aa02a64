package engine

import (
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// eligible reports whether a person may hold a task of the step.
func (d *decider) eligible(p Person, n *workflow.Node) bool {
	return p.Active && p.ID != uuid.Nil && !d.taken[p.ID] && d.unfit(p.ID, n) == ""
}

// unfit says why a person cannot be given a task of the step: he is barred from
// it, or holds one that would bar him once he has done it.
func (d *decider) unfit(id uuid.UUID, n *workflow.Node) string {
	if why := d.barred(id, n); why != "" {
		return why
	}
	apart := d.v.Apart(n.ID)
	for _, t := range d.s.Tasks {
		holds := t.Kind == DecideTask && (t.Status == TaskOpen || t.Status == TaskQueued) && (t.Assignee == id || t.OnBehalfOf == id)
		if holds && slices.Contains(apart, t.Step) {
			return fmt.Sprintf("The same person may not decide both %q and %q", label(d.v, t.Step), n.Label)
		}
	}
	return ""
}

// keepApart offers tasks anew whose whole pool was barred by what was just done in
// another branch.
func (d *decider) keepApart() error {
	var lacking error
	for _, t := range d.s.OpenTasks() {
		n := d.v.Node(t.Step)
		if t.Assignee != uuid.Nil || n == nil || len(d.v.Apart(t.Step)) == 0 || !d.alongside(t) {
			continue
		}
		if err := d.offerAgain(t, n); err != nil {
			lacking = err
		}
	}
	return lacking
}

// alongside reports whether other visits are under way beside a task's own.
func (d *decider) alongside(t Task) bool {
	return slices.ContainsFunc(d.s.Steps, func(v StepRun) bool { return v.Seq != t.StepSeq && v.Status.Active() })
}

func (d *decider) offerAgain(t Task, n *workflow.Node) error {
	_, fit, err := d.candidates(n, d.causeOf(t), false, false)
	if err != nil {
		return err
	}
	e := event.Event{Type: event.TaskReassigned, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step}
	if len(fit) > 0 {
		if e.Pool = poolOf(fit); t.Pool != nil && e.Pool.ID == t.Pool.ID {
			return nil
		}
		d.note(e)
		return nil
	}
	a, err := d.fallback(n, "nobody who matches may decide it any more")
	if stuck, ok := errors.AsType[*incidentError](err); ok {
		d.strand(t.StepSeq, t.Step, stuck.detail)
		return nil
	}
	if err != nil {
		return err
	}
	e.Assignee, e.Warning = ref(a.assignee), a.warning
	d.note(e)
	return nil
}

// barred says why separation of duties keeps a person from a step, "" when it does not.
func (d *decider) barred(id uuid.UUID, n *workflow.Node) string {
	return Barred(d.v, &d.s, id, n)
}

// barredFor is barred for who stands in for somebody: neither may be barred.
func (d *decider) barredFor(id, owner uuid.UUID, n *workflow.Node) string {
	if why := d.barred(id, n); why != "" || owner == uuid.Nil {
		return why
	}
	return d.barred(owner, n)
}

// Barred says why separation of duties keeps a person from deciding a step of a
// run, "" when nothing does. The initiator never decides his own request unless
// the definition allows it or names him for the step, nor what his request has
// started; configured pairs of steps
// are never decided by the same person.
func Barred(v *workflow.Version, s *State, id uuid.UUID, n *workflow.Node) string {
	if n.Type != workflow.TaskStep {
		return ""
	}
	if id == s.Run.Initiator && !v.MayDecideOwn() && !namesInitiator(v, n) {
		return "Nobody decides his own request"
	}
	if id != s.Run.Initiator && slices.Contains(s.Run.Above, id) && !v.MayDecideOwn() {
		return "Nobody decides what his own request has started"
	}
	apart := v.Apart(n.ID)
	for _, t := range s.Tasks {
		if t.Status == TaskCompleted && (t.Assignee == id || t.OnBehalfOf == id) && t.Decision != SentBack && !t.Kind.Opinion() && slices.Contains(apart, t.Step) {
			return fmt.Sprintf("The same person may not decide both %q and %q", label(v, t.Step), n.Label)
		}
	}
	return ""
}

// namesInitiator: the definition itself gives the step to the requester, for
// instance to assess himself or to acknowledge.
func namesInitiator(v *workflow.Version, n *workflow.Node) bool {
	switch n.Assign.Strategy {
	case workflow.Initiator:
		return true
	case workflow.Previous:
		p := v.Node(n.Assign.Step)
		return p != nil && p.Type == workflow.TaskStep && p.Assign.Strategy == workflow.Initiator
	}
	return false
}

func label(v *workflow.Version, step string) string {
	if n := v.Node(step); n != nil {
		return n.Label
	}
	return step
}
