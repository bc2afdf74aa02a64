package engine

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// UndoWithin is how long its maker may take a decision back.
const UndoWithin = 60 * time.Second

// act is what one decision came to.
type act struct {
	made  event.Event // the decision itself
	first int         // where its events begin among those of the run
	after []event.Event
}

// undo makes everything as it was before the actor's decision, as long as nobody has
// done anything since. Who was asked by it was not: such visits and tasks are gone.
func (d *decider) undo(c Undo) error {
	a, err := d.decided(c)
	if err != nil {
		return err
	}
	if err := d.stillUndoable(a); err != nil {
		return err
	}
	e := event.Event{
		Type: event.TaskUndone, Task: a.made.Task, TaskKind: a.made.TaskKind, StepSeq: a.made.StepSeq, Step: a.made.Step,
		Transition: a.made.Transition, Kind: a.made.Kind, To: a.made.To, Group: a.made.Group, OnBehalfOf: a.made.OnBehalfOf,
		Since: int64(a.first) + 1,
	}
	if a.made.Type == event.TaskSentBack {
		e.Kind = SentBack
	}
	for _, x := range a.after {
		if x.Type == event.AbsencePlanned && x.Reason == "" {
			e.Away = x.Away
		}
	}
	if slices.ContainsFunc(c.Events, func(x event.Event) bool { return x.Type == event.FieldsChanged && x.Values == nil }) {
		return fault.New(fault.Conflict, "What was entered in this request before is not kept any more: the decision cannot be taken back.")
	}
	r := d.s.Run
	before := Evolve(State{Run: Run{ID: r.ID, Number: r.Number, Initiator: r.Initiator, Round: 1}}, c.Events[:a.first]...)
	if d.reachedBeyond(a, before) {
		return fault.New(fault.Conflict, "This decision reached into another request: it cannot be taken back.")
	}
	d.change(before.Values, true)
	d.s.goBack(before)
	d.emit(e)
	return nil
}

// reachedBeyond reports whether a decision started another request, or stopped one, or
// ended one that another request waits for.
func (d *decider) reachedBeyond(a act, before State) bool {
	if d.s.Run.Parent != uuid.Nil && d.s.Run.Status.Over() {
		return true
	}
	return len(before.running()) != len(d.s.running()) || slices.ContainsFunc(a.after, func(e event.Event) bool { return ofSub(e.Type) })
}

// ofSub reports whether a fact is about a request that a run started.
func ofSub(t event.Type) bool { return strings.HasPrefix(string(t), "sub.") }

// decided finds the actor's last decision in a task.
func (d *decider) decided(c Undo) (act, error) {
	t := d.s.Task(c.Task)
	if t == nil {
		return act{}, fault.New(fault.NotFound, "There is no such task.")
	}
	for i, e := range slices.Backward(c.Events) {
		if e.Task == nil || *e.Task != t.ID {
			continue
		}
		switch e.Type {
		case event.TaskUndone:
			return act{}, fault.New(fault.Conflict, "This decision was taken back at %s already.", clock(e.At))
		case event.TaskCompleted, event.TaskSentBack:
			if t.Assignee != d.f.Actor {
				p, err := d.person(t.Assignee)
				if err != nil {
					return act{}, err
				}
				return act{}, fault.New(fault.Forbidden, "This was decided by %s, who alone can take it back.", p.Name)
			}
			a := act{made: e, first: i, after: c.Events[i+1:]}
			if i > 0 && d.entered(c.Events[i-1], e.At) {
				a.first--
			}
			return a, nil
		}
	}
	return act{}, fault.New(fault.Conflict, "Nothing was decided in this task: there is nothing to take back.")
}

// entered reports whether an event is what the actor wrote into the form with his decision.
func (d *decider) entered(e event.Event, at time.Time) bool {
	return e.Type == event.FieldsChanged && deref(e.Actor) == d.f.Actor && e.At.Equal(at)
}

// stillUndoable tells who did something since, and refuses when it is too late. All
// that a decision comes to happens in its moment and follows by itself, but for the
// decisions of others that became void.
func (d *decider) stillUndoable(a act) error {
	for _, e := range a.after {
		switch {
		case !a.since(e):
			continue
		case ofSub(e.Type):
			return fault.New(fault.Conflict, "Another request that this one started has ended since: your decision cannot be taken back any more.")
		case deref(e.Actor) == uuid.Nil:
			return fault.New(fault.Conflict, "This request has followed a change of people since: your decision cannot be taken back any more.")
		case deref(e.Actor) == d.f.Actor:
			return fault.New(fault.Conflict, "You have %s since: your decision cannot be taken back any more.", since(e.Type))
		}
		p, err := d.person(*e.Actor)
		if err != nil {
			return err
		}
		return fault.New(fault.Conflict, "%s has %s since: your decision cannot be taken back any more.", p.Name, since(e.Type))
	}
	if until := a.made.At.Add(UndoWithin); d.f.Now.After(until) {
		return fault.New(fault.Conflict, "A decision can be taken back for 60 seconds: that was until %s.", clockSeconds(until))
	}
	return nil
}

// since reports whether something has happened after a decision, and not by it.
func (a act) since(e event.Event) bool {
	if e.At.Equal(a.made.At) && (e.Actor == nil || e.Type == event.TaskVoided) {
		return false
	}
	return e.Type != event.FieldsChanged // what it was changed for comes next
}

// UndoUntil is until when somebody may take back what he decided in a task, as far as the
// events of the run tell: zero where he did not, where he has, or somebody has acted since.
func UndoUntil(events []event.Event, task, actor uuid.UUID) time.Time {
	for i, e := range slices.Backward(events) {
		if e.Task == nil || *e.Task != task {
			continue
		}
		switch e.Type {
		case event.TaskUndone:
			return time.Time{}
		case event.TaskCompleted, event.TaskSentBack:
			a := act{made: e, first: i, after: events[i+1:]}
			if deref(e.Actor) != actor || slices.ContainsFunc(a.after, a.since) {
				return time.Time{}
			}
			return e.At.Add(UndoWithin)
		}
	}
	return time.Time{}
}

// since says what somebody has done.
func since(t event.Type) string {
	switch t {
	case event.TaskCompleted:
		return "decided"
	case event.TaskSentBack:
		return "sent the request back"
	case event.TaskClaimed:
		return "taken a task of this request"
	case event.TaskReleased:
		return "given a task of this request back"
	case event.TaskReassigned, event.TaskDelegated:
		return "handed a task of this request on"
	case event.TaskCreated, event.TaskQueued:
		return "drawn somebody in"
	case event.RunNudged:
		return "sent a reminder"
	case event.RunHeld:
		return "put the request on hold"
	case event.RunCancelled:
		return "cancelled the request"
	case event.StakeholderAdded, event.StakeholderRemoved:
		return "changed who may see the request"
	case event.Commented:
		return "commented"
	}
	return "acted"
}

// clockSeconds is clock where seconds matter.
func clockSeconds(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
