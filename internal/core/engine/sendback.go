package engine

import (
	"strings"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
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
	target, err := d.backTarget(t, n, c.To)
	if err != nil {
		return err
	}
	if n.SendBackCommentRequired() && strings.TrimSpace(c.Comment) == "" {
		return fault.At("comment", "Say what has to change: %q needs a reason.", n.SendBackLabel())
	}
	e := event.Event{Type: event.TaskSentBack, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, To: target.Step, Round: d.s.Run.Round + 1}
	d.reason(&e, c.Comment)
	d.emit(e)
	d.cancelTasks(t.StepSeq)
	d.leave(t.StepSeq, t.Step, SentBack)
	w := way{cause: target.Cause, back: t.StepSeq, round: d.s.Run.Round + 1}
	if to := d.v.Node(target.Step); to.Type == workflow.TaskStep {
		w.prefer = d.s.deciderOf(target.Seq)
	}
	d.automatic = true // the person of before is asked, nobody chooses
	return d.follow(d.v.Node(target.Step), w)
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
	if n == nil || t.Kind == FixTask {
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
	for i := 0; from != nil && from.Cause != 0 && i <= len(s.Steps); i++ {
		from = s.Step(from.Cause)
		if from == nil || seen[from.Step] {
			continue
		}
		b := v.Node(from.Step)
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
