package engine

import (
	"reflect"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// asked finds the visits whose people have to be asked anew, because their step asks
// others now, or in another way. Who was asked again because of a change stays asked:
// that is refused.
func (m *migration) asked() {
	for _, v := range m.d.s.Steps {
		was, n := m.from.Node(v.Step), m.node(v)
		if !v.Status.Active() || v.Status == StepIncident && !v.Again || n == nil || n.Type != workflow.TaskStep || was.Type != n.Type {
			continue
		}
		why := m.differs(was, n, v)
		switch {
		case why == "":
		case v.Again || v.Waits:
			m.refuse("In %q %s, and a decision that does not count any more is being made again: wait until that is done.", was.Label, why)
		case m.c.Reask:
			m.reask = append(m.reask, v.Seq)
		default:
			m.refuse("In %q %s: let it be asked anew.", was.Label, why)
		}
	}
}

// differs says in what a step asks otherwise than the one that a visit is in, "" when
// whoever was asked there, and what they have said, stands.
func (m *migration) differs(was, n *workflow.Node, v StepRun) string {
	if !m.samePeople(was, n) {
		return "other people are asked now"
	}
	if !m.sound(n, v) {
		return "what was chosen already cannot be chosen any more, or more voices are needed than were asked"
	}
	for _, t := range m.d.s.Tasks {
		if t.StepSeq == v.Seq && t.Transition != "" && t.Status == TaskCompleted && !t.Kind.Opinion() && kind(was, t.Transition) != kind(n, t.Transition) {
			return "what was chosen already means something else now"
		}
	}
	if Count(n, &m.d.s, v.Seq).Verdict != Count(was, &m.d.s, v.Seq).Verdict {
		return "the voices that were given would decide it at once, or otherwise"
	}
	return ""
}

// kind is what a transition counts for.
func kind(n *workflow.Node, transition string) workflow.Kind {
	if a := n.Arrow(transition); a != nil {
		return a.Kind
	}
	return workflow.Reject // the one that is built in
}

// samePeople reports whether two steps ask the same people, in the same order.
func (m *migration) samePeople(a, b *workflow.Node) bool {
	if a.Ballot == nil || b.Ballot == nil {
		return a.Ballot == b.Ballot && m.sameAssign(a.Assign, b.Assign)
	}
	if a.Ballot.Sequence != b.Ballot.Sequence || len(a.Ballot.Groups) != len(b.Ballot.Groups) {
		return false
	}
	for i, g := range a.Ballot.Groups {
		if h := b.Ballot.Groups[i]; g.ID != h.ID || !m.sameAssign(g.Assign, h.Assign) {
			return false
		}
	}
	return true
}

func (m *migration) sameAssign(a, b workflow.Assign) bool {
	x := a.Assignee
	if x.Step != "" {
		x.Step = m.target(x.Step)
	}
	return reflect.DeepEqual(x, b.Assignee) && m.sameParams(a.Candidates)
}

// sameParams reports whether the parameters that a rule mentions have the same values.
func (m *migration) sameParams(r *rule.Rule) bool {
	if r == nil {
		return true
	}
	return !slices.ContainsFunc(r.Refs(), func(ref string) bool {
		name, is := strings.CutPrefix(ref, "params.")
		return is && !reflect.DeepEqual(m.from.Params[name], m.to.Params[name])
	})
}

// sound reports whether the voices of a visit can be counted as a step counts them:
// each belongs to one of its groups and chose what can be chosen, and enough were asked.
func (m *migration) sound(n *workflow.Node, v StepRun) bool {
	for _, t := range m.d.s.Tasks {
		if t.StepSeq != v.Seq || t.Kind != DecideTask {
			continue
		}
		grouped := t.AddedBy != uuid.Nil || n.Ballot == nil && t.Group == "" ||
			n.Ballot != nil && slices.ContainsFunc(n.Ballot.Groups, func(g workflow.Group) bool { return g.ID == t.Group })
		chosen := t.Status != TaskCompleted || t.Decision == SentBack || n.Arrow(t.Transition) != nil || t.Transition == RejectID && n.CanReject()
		if !grouped || !chosen {
			return false
		}
	}
	return !slices.ContainsFunc(Count(n, &m.d.s, v.Seq).Groups, func(g GroupTally) bool { return g.Asked < max(g.Need, 1) })
}
