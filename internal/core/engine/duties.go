package engine

import (
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/workflow"
)

// eligible reports whether a person may hold a task of the step.
func (d *decider) eligible(p Person, n *workflow.Node) bool {
	return p.Active && p.ID != uuid.Nil && d.barred(p.ID, n) == ""
}

// barred says why separation of duties keeps a person from a step, "" when it does not.
func (d *decider) barred(id uuid.UUID, n *workflow.Node) string {
	return Barred(d.v, &d.s, id, n)
}

// Barred says why separation of duties keeps a person from deciding a step of a
// run, "" when nothing does. The initiator never decides his own request unless
// the definition allows it or names him for the step; configured pairs of steps
// are never decided by the same person.
func Barred(v *workflow.Version, s *State, id uuid.UUID, n *workflow.Node) string {
	if n.Type != workflow.TaskStep {
		return ""
	}
	if id == s.Run.Initiator && !v.MayDecideOwn() && !namesInitiator(v, n) {
		return "Nobody decides his own request"
	}
	apart := v.Apart(n.ID)
	for _, t := range s.Tasks {
		if t.Status == TaskCompleted && t.Assignee == id && t.Decision != SentBack && slices.Contains(apart, t.Step) {
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
