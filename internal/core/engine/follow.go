package engine

import (
	"errors"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// reassess lets the open tasks of a run follow the organization: who left gives
// his tasks to whom the definition would ask today, and a task that the
// definition gave to a manager, a head or another place goes to who is that now.
// What people took or were handed by name stays where it is while they are there.
func (d *decider) reassess() error {
	if d.s.Run.Status != Running { // what is on hold follows when it is resumed
		return nil
	}
	var lacking error
	for _, t := range slices.Clone(d.s.Tasks) {
		x := d.s.Task(t.ID)
		if d.s.Run.Status.Over() || x.Status != TaskOpen && x.Status != TaskQueued {
			continue
		}
		if err := d.reassessTask(*x); errors.Is(err, errNeeds) {
			lacking = err
		} else if err != nil {
			return err
		}
	}
	return lacking
}

func (d *decider) reassessTask(t Task) error {
	n := d.v.Node(t.Step)
	if n == nil {
		return nil
	}
	if t.Assignee == uuid.Nil {
		return d.offerAgain(t, n)
	}
	p, err := d.person(t.Assignee)
	if err != nil {
		return err
	}
	if !p.Active {
		return d.handOver(t, n)
	}
	if passed, err := d.followAbsence(t, n); passed || err != nil || !follows(t, n) {
		return err
	}
	defer d.beside(t)()
	a, err := d.resolve(n, way{cause: d.causeOf(t)})
	if stuck, ok := errors.AsType[*incidentError](err); ok && stuck != nil {
		return nil // he still can, and nobody else may
	}
	if err != nil || a.assignee == t.Assignee || a.assignee == uuid.Nil || a.warning != "" {
		return err
	}
	if a, err = d.standFor(a, n); err != nil {
		return err
	}
	d.pass(t, a)
	return nil
}

// follows reports whether a task is still with whom the definition gave it to,
// and the definition names a place rather than a person.
func follows(t Task, n *workflow.Node) bool {
	place := slices.Contains([]workflow.Strategy{workflow.Manager, workflow.DeptHead}, n.Assign.Strategy) ||
		n.Assign.Strategy == workflow.ByRule && n.Assign.Pick == workflow.PickOnly
	return place && n.Ballot == nil && t.Kind == DecideTask && t.AddedBy == uuid.Nil && t.OnBehalfOf == uuid.Nil && !t.ByHand
}

// pass gives a task to somebody else without anybody asking for it.
func (d *decider) pass(t Task, a assignment) {
	d.note(event.Event{
		Type: event.TaskReassigned, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, Assignee: ref(a.assignee), Former: ref(t.Assignee),
		Owner: ref(a.owner), Pick: a.pick, Pool: a.pool, Warning: a.warning,
	})
}

// handOver finds a successor for a task whose holder left. Help that was asked of
// him is not asked any more.
func (d *decider) handOver(t Task, n *workflow.Node) error {
	if t.AddedBy != uuid.Nil {
		if back, err := d.backTo(t, n); back || err != nil {
			return err
		}
		d.note(event.Event{Type: event.TaskCancelled, Task: ref(t.ID), TaskKind: string(t.Kind), StepSeq: t.StepSeq, Step: t.Step, Assignee: ref(t.Assignee)})
		if t.Kind.Opinion() {
			return d.openAfter(t)
		}
		d.automatic = true
		return d.settle(n, t)
	}
	a, err := d.heir(t, n)
	if stuck, ok := errors.AsType[*incidentError](err); ok {
		d.strand(t.StepSeq, t.Step, stuck.detail)
		return nil
	}
	if err != nil {
		return err
	}
	d.pass(t, a)
	return nil
}

// heir is who gets the task of somebody who left: his successor, or who stands in
// for that one.
func (d *decider) heir(t Task, n *workflow.Node) (assignment, error) {
	defer d.beside(t)()
	a, err := d.successor(t, n)
	if err != nil {
		return a, err
	}
	return d.standFor(a, n)
}

// beside keeps those who have a voice beside a task from being found for it, until
// what it returns is called.
func (d *decider) beside(t Task) (done func()) {
	d.taken = d.s.otherVoices(t)
	return func() { d.taken = nil }
}

// otherVoices are those who have a voice beside a task in its visit.
func (s *State) otherVoices(t Task) map[uuid.UUID]bool {
	out := map[uuid.UUID]bool{}
	for _, x := range s.Tasks {
		if x.StepSeq == t.StepSeq && x.ID != t.ID && x.Kind == DecideTask && x.Status != TaskCancelled && !x.Void() {
			out[x.Assignee], out[x.OnBehalfOf] = true, true
		}
	}
	return out
}

// backTo gives a task back to whom its holder stood in for, while he is there.
func (d *decider) backTo(t Task, n *workflow.Node) (bool, error) {
	if t.OnBehalfOf == uuid.Nil {
		return false, nil
	}
	p, err := d.person(t.OnBehalfOf)
	if err != nil || !p.Active || d.unfit(p.ID, n) != "" {
		return false, err
	}
	defer d.beside(t)()
	a, err := d.standFor(assignment{assignee: p.ID}, n)
	if err == nil {
		d.pass(t, a)
	}
	return true, err
}

// successor is whom the definition asks today in place of who left.
func (d *decider) successor(t Task, n *workflow.Node) (assignment, error) {
	left := "who was asked has left"
	if t.Kind == FixTask {
		return d.fallback(n, left)
	}
	d.automatic = true
	w := way{cause: d.causeOf(t)}
	if t.OnBehalfOf != uuid.Nil { // whom he stood in for is asked himself
		p, err := d.person(t.OnBehalfOf)
		if err != nil {
			return assignment{}, err
		}
		if d.eligible(p, n) {
			return assignment{assignee: p.ID}, nil
		}
	}
	if n.Ballot == nil {
		return d.resolve(n, w)
	}
	g := groupNode(n, t.Group)
	people, err := d.electorate(g, w)
	if err != nil {
		return assignment{}, err
	}
	for _, p := range people {
		if d.eligible(p, g) {
			return assignment{assignee: p.ID}, nil
		}
	}
	return d.fallback(g, left)
}
