package runs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// became tells in a sentence what a move to another version came to for a request: for
// each step where it is now, whether it stays there, and with whom.
func (l *loaded) became(was *workflow.Version, before engine.State) string {
	if l.state.Run.Status.Over() {
		return "It comes to its end: " + l.outcomeName() + "."
	}
	var parts []string
	for _, v := range l.state.Steps {
		n := l.version.Node(v.Step)
		if !v.Status.Active() || n == nil {
			continue
		}
		parts = append(parts, l.becameOf(was, before, v, n))
	}
	if len(parts) == 0 {
		return ""
	}
	text := strings.Join(parts, "; ")
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

func (l *loaded) becameOf(was *workflow.Version, before engine.State, v engine.StepRun, n *workflow.Node) string {
	with := l.withWhom(v.Seq)
	old := before.Step(v.Seq)
	switch {
	case v.Status == engine.StepIncident && (old == nil || old.Status != engine.StepIncident):
		return fmt.Sprintf("cannot go on at %s: %s", n.Label, strings.TrimSuffix(v.Detail, "."))
	case old == nil:
		return fmt.Sprintf("is asked anew at %s%s", n.Label, with)
	}
	verb := "stays at "
	if o := was.Node(old.Step); o != nil && (o.ID != n.ID || o.Label != n.Label) {
		verb = fmt.Sprintf("goes from %s to ", o.Label)
	}
	switch {
	case v.Status == engine.StepIncident:
		return verb + n.Label + ", where it can be tried again"
	case l.changedHands(before, v.Seq):
		return verb + n.Label + ", and is now" + with
	}
	return verb + n.Label + with
}

// changedHands reports whether open tasks of a visit are with others than before.
func (l *loaded) changedHands(before engine.State, seq int) bool {
	return slices.ContainsFunc(l.state.OpenTasks(), func(t engine.Task) bool {
		old := before.Task(t.ID)
		return t.StepSeq == seq && (old == nil || old.Assignee != t.Assignee || old.Status != t.Status)
	})
}

// withWhom names who has the open tasks of a visit: " with Ravi Menon and Meera Iyer".
func (l *loaded) withWhom(seq int) string {
	var names []string
	offered := false
	for _, t := range l.state.OpenTasks() {
		switch {
		case t.StepSeq != seq:
		case t.Assignee == uuid.Nil:
			offered = true
		default:
			names = append(names, l.person(t.Assignee).Name)
		}
	}
	if offered {
		names = append(names, "whoever takes it first")
	}
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return " with " + names[0]
	default:
		return " with " + strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}
