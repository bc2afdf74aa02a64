package engine

import (
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// complete leaves a task by the transition its assignee chose.
func (d *decider) complete(c Complete) error {
	t, n, err := d.mine(c.Task)
	if err != nil {
		return err
	}
	if err := d.choose(c.Assignees); err != nil {
		return err
	}
	d.seen = c.Seen
	switch {
	case t.Kind == FixTask:
		return d.resubmit(t, n, c)
	case t.Kind.Opinion():
		return d.answer(t, n, c)
	}
	a, kind, err := d.transition(n, c)
	if err != nil {
		return err
	}
	changed, err := d.write(t, n, c.Values, kind == string(workflow.Reject))
	if err != nil {
		return err
	}
	if err := d.possible(t, n, a); err != nil {
		return err
	}
	e := event.Event{
		Type: event.TaskCompleted, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, Transition: c.Transition, Kind: kind,
		Group: t.Group, OnBehalfOf: ref(t.OnBehalfOf),
	}
	if a != nil {
		e.To = a.To
	}
	if name := d.title(); name != d.s.Run.Title {
		e.Title = name // it may mention what the assignee changed
	}
	d.reason(&e, c.Comment)
	d.bind(&e, t, n)
	d.emit(e)
	if d.rejects(n, t.StepSeq, changed) {
		return d.settle(n, t)
	}
	return errors.Join(d.void(changed), d.settle(n, t))
}

// rejects reports whether a visit ends the run by what was just decided in it, also
// without the voices that become void by what its maker changed.
func (d *decider) rejects(n *workflow.Node, seq int, changed []string) bool {
	if ends := forGood(n, Count(n, &d.s, seq).Verdict); !ends || len(changed) == 0 {
		return ends
	}
	x, err := d.rehearse(func(x *decider) error { return x.void(changed) })
	return err == nil && forGood(n, Count(n, &x.s, seq).Verdict)
}

// settle leaves the visit of a task that is done or gone once its decision is
// fixed, whatever those would say who were not heard yet. Otherwise it is the
// turn of who waited for the task.
func (d *decider) settle(n *workflow.Node, t Task) error {
	seq := t.StepSeq
	if d.s.Step(seq).Status == StepIncident { // somebody is to be asked again and cannot be
		return nil
	}
	verdict := Count(n, &d.s, seq).Verdict
	if verdict == "" {
		d.usedOnly = true // who comes next is chosen by the voice that decides
		if err := d.openAfter(t); err != nil {
			return err
		}
		d.spare(n, seq)
		return d.hearMore(seq)
	}
	if verdict = d.possibleStill(n, seq, verdict); verdict == "" {
		d.impossible(seq, n)
		return nil
	}
	if d.s.Step(seq).Again {
		return d.decideAgain(seq, n, verdict)
	}
	return d.goFrom(seq, n, verdict)
}

// impossible leaves a visit to an administrator whose decision no transition fits.
func (d *decider) impossible(seq int, n *workflow.Node) {
	d.strand(seq, n.ID, fmt.Sprintf("In step %q nothing that was chosen is possible any more with what was entered since.", n.Label))
}

// leaveBy leaves a visit by what was decided in it.
func (d *decider) leaveBy(seq int, n *workflow.Node, verdict string) error {
	if n.Type == workflow.Start {
		return d.submit(n, seq)
	}
	d.cancelTasks(seq)
	d.leave(seq, n.ID, verdict)
	if a := n.Arrow(verdict); a != nil {
		if a.Kind == workflow.Reject {
			v := d.s.Step(seq)
			return d.arrive(a.Target, way{cause: seq, scope: v.Scope})
		}
		if err := d.goOn(seq, a.Target); err != nil {
			return err
		}
		return d.allChosen()
	}
	if end := d.v.RejectedEnd(); end != nil {
		return d.arrive(end, way{cause: seq})
	}
	if err := d.end(workflow.OutcomeRejected); err != nil {
		return err
	}
	return d.allChosen()
}

// possibleStill asks the rule of the transition a vote came to once more: those who
// spoke later may have changed what it goes by. Then the next one that was chosen
// is taken; "" where none is left.
func (d *decider) possibleStill(n *workflow.Node, seq int, verdict string) string {
	a := n.Arrow(verdict)
	if a == nil || a.When == nil {
		return verdict
	}
	in := d.input(n.ID, d.s.Step(seq).Cause)
	return favourite(n, &d.s, seq, a.Kind == workflow.Reject, func(a *workflow.Arrow) bool {
		ok, err := holds(a, in)
		return ok && err == nil
	})
}

func (d *decider) arrive(n *workflow.Node, w way) error {
	if err := d.follow(n, w); err != nil {
		return err
	}
	return d.allChosen()
}

// goOn follows the path from a visit that was left, or goes straight back to who
// sent the run there.
func (d *decider) goOn(seq int, target *workflow.Node) error {
	v := *d.s.Step(seq)
	back := d.s.Returns(d.v, v)
	if back == nil {
		return d.follow(target, way{cause: seq, scope: v.Scope})
	}
	sender := *d.s.Step(v.ReturnTo)
	return d.follow(back, way{
		cause: sender.Cause, scope: sender.Scope, returns: sender.ReturnTo, correct: sender.Correct, prefer: d.s.askedIn(sender.Seq),
	})
}

// Returns is the step a visit comes straight back to, nil where it runs along the path:
// nobody said otherwise, or the version that the run was moved to since has no such step.
func (s *State) Returns(v *workflow.Version, visit StepRun) *workflow.Node {
	if sender := s.Step(visit.ReturnTo); visit.ReturnTo != 0 && sender != nil {
		return s.node(v, *sender)
	}
	return nil
}

// node is the step of a visit, nil where it is not there any more.
func (s *State) node(v *workflow.Version, visit StepRun) *workflow.Node {
	if visit.Former != "" {
		return nil
	}
	return v.Node(visit.Step)
}

// askedIn returns whom a visit asked that was sent back: who did so first.
func (s *State) askedIn(seq int) []uuid.UUID {
	var first, rest []uuid.UUID
	for _, t := range s.Tasks {
		switch {
		case t.StepSeq != seq || t.Assignee == uuid.Nil || t.AddedBy != uuid.Nil || t.Kind.Opinion() || s.replaced(t):
		case t.Decision == SentBack:
			first = append(first, t.Principal())
		default:
			rest = append(rest, t.Principal())
		}
	}
	return append(first, rest...)
}

// transition finds the arrow by id and its kind. A nil arrow with no error is
// the built-in Reject.
func (d *decider) transition(n *workflow.Node, c Complete) (*workflow.Arrow, string, error) {
	a := n.Arrow(c.Transition)
	if a == nil {
		if c.Transition != RejectID || !n.CanReject() {
			return nil, "", fault.At("transition", "Step %q has no transition %q: choose one of those the task lists.", n.Label, c.Transition)
		}
		if n.RejectCommentRequired() && strings.TrimSpace(c.Comment) == "" {
			return nil, "", fault.At("comment", "Say why: %q needs a reason.", n.RejectLabel())
		}
		return nil, string(workflow.Reject), nil
	}
	if a.CommentRequired && strings.TrimSpace(c.Comment) == "" {
		return nil, "", fault.At("comment", "Say why: %q needs a reason.", a.Label)
	}
	return a, string(a.Kind), nil
}

// possible asks the arrow's rule, with the values the assignee just entered: what
// he writes and what he chooses are one act.
func (d *decider) possible(t Task, n *workflow.Node, a *workflow.Arrow) error {
	if a == nil {
		return nil
	}
	ok, err := holds(a, d.input(n.ID, d.causeOf(t)))
	if err != nil {
		return fault.At("transition", "Whether %q is possible cannot be told: %s", a.Label, fault.Sentence(err))
	}
	if !ok {
		return fault.At("transition", "%q is not possible for this request.", a.Label)
	}
	return nil
}

// write applies the values the assignee entered, and names the fields that changed.
// Who rejects need not fill in what an approval would have needed.
func (d *decider) write(t Task, n *workflow.Node, changes map[string]any, lenient bool) ([]string, error) {
	cause := d.causeOf(t)
	if lenient {
		if len(changes) == 0 {
			return nil, nil
		}
		in, modes := d.modes(n, d.s.Values, cause, d.s.Step(t.StepSeq).Correct)
		changes, err := d.keepTaken(changes, modes)
		if err != nil {
			return nil, err
		}
		after, err := d.v.Form.Draft(modes, d.s.Values, changes)
		if err != nil {
			return nil, err
		}
		if err := d.peopleFit(d.s.Values, after, in); err != nil {
			return nil, err
		}
		return d.change(after, true), nil
	}
	after, err := d.fill(n, d.s.Values, changes, cause, d.s.Step(t.StepSeq).Correct)
	if err != nil {
		return nil, err
	}
	return d.change(after, true), nil
}

// resubmit sends a corrected request on its way again, along the whole path.
func (d *decider) resubmit(t Task, n *workflow.Node, c Complete) error {
	if c.Transition != SubmitID {
		return fault.At("transition", "A request that was sent back can only be submitted again: use %q.", SubmitID)
	}
	after, err := d.fill(n, d.s.Values, c.Values, 0, d.s.Step(t.StepSeq).Correct)
	if err != nil {
		return err
	}
	changed := d.change(after, true)
	e := event.Event{Type: event.TaskCompleted, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, Transition: SubmitID, Kind: string(workflow.Forward), TaskKind: string(FixTask), Title: d.title()}
	d.reason(&e, c.Comment)
	d.emit(e)
	return errors.Join(d.void(changed), d.goFrom(t.StepSeq, n, SubmitID))
}

// reason attaches the comment given with an act.
func (d *decider) reason(e *event.Event, comment string) {
	if text := strings.TrimSpace(comment); text != "" {
		e.Comment, e.Text = ref(d.f.NewID()), text
	}
}

// open returns an open task of a run that is under way, with its step.
func (d *decider) open(id uuid.UUID) (Task, *workflow.Node, error) {
	t := d.s.Task(id)
	if t == nil {
		return Task{}, nil, fault.New(fault.NotFound, "There is no such task.")
	}
	if t.Status == TaskQueued {
		return Task{}, nil, d.waiting(*t)
	}
	if t.Status != TaskOpen {
		return Task{}, nil, d.closed(*t)
	}
	if err := d.underWay(); err != nil {
		return Task{}, nil, err
	}
	n := d.v.Node(t.Step)
	if n == nil {
		return Task{}, nil, fault.New(fault.Conflict, "The step of this task does not exist in the workflow any more.")
	}
	return *t, n, nil
}

// mine returns an open task that the actor holds and may decide.
func (d *decider) mine(id uuid.UUID) (Task, *workflow.Node, error) {
	t, n, err := d.open(id)
	if err != nil {
		return t, n, err
	}
	if t.Assignee == uuid.Nil {
		return t, n, fault.New(fault.Conflict, "Nobody holds this task yet: claim it first.")
	}
	if t.Assignee != d.f.Actor {
		holder, err := d.person(t.Assignee)
		if err != nil {
			return t, n, err
		}
		return t, n, fault.New(fault.Forbidden, "This task is with %s.", holder.Name)
	}
	if why := d.barredFor(d.f.Actor, t.OnBehalfOf, n); why != "" && t.Kind == DecideTask {
		return t, n, fault.New(fault.Forbidden, "%s: hand this task to a colleague.", why)
	}
	return t, n, nil
}

// waiting tells who is asked first.
func (d *decider) waiting(t Task) error {
	first := d.s.Task(t.Waits)
	if first == nil || first.Assignee == uuid.Nil {
		return fault.New(fault.Conflict, "This task waits for another one of the same step.")
	}
	p, err := d.person(first.Assignee)
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "This task waits for %s, who is asked first.", p.Name)
}

// closed tells the loser of a race who was first, and when.
func (d *decider) closed(t Task) error {
	if by := d.s.deciderOf(t.StepSeq); t.Status == TaskCancelled && by != uuid.Nil && by != d.f.Actor {
		p, err := d.person(by)
		if err != nil {
			return err
		}
		return fault.New(fault.Conflict, "This step was decided by %s at %s: there is nothing left to do.", p.Name, clock(t.DoneAt))
	}
	if t.Status == TaskCancelled || t.Assignee == uuid.Nil {
		return fault.New(fault.Conflict, "This task was withdrawn at %s: there is nothing left to do.", clock(t.DoneAt))
	}
	if t.Assignee == d.f.Actor {
		return fault.New(fault.Conflict, "You completed this task at %s already.", clock(t.DoneAt))
	}
	p, err := d.person(t.Assignee)
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "%s completed this task at %s.", p.Name, clock(t.DoneAt))
}
