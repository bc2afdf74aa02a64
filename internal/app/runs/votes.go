package runs

import (
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// votes tells how the decisions stand that several people make.
func (l *loaded) votes() []Vote {
	out := []Vote{}
	for _, v := range l.state.Steps {
		n := l.version.Node(v.Step)
		if v.Status != engine.StepWaiting || n == nil || n.Type != workflow.TaskStep {
			continue
		}
		t := engine.Count(n, &l.state, v.Seq)
		if n.Ballot == nil && t.Added.Asked == 0 {
			continue
		}
		x := Vote{Seq: v.Seq, StepID: n.ID, StepName: n.Label, Groups: []VoteGroup{}, Voices: []Voice{}}
		for _, g := range t.Groups {
			x.Groups = append(x.Groups, VoteGroup{Name: g.Label, Asked: g.Asked, Need: g.Need, For: g.For, Against: g.Against})
		}
		if t.Added.Asked > 0 {
			x.Groups = append(x.Groups, VoteGroup{Name: "Asked as well", Asked: t.Added.Asked, Need: t.Added.Need, For: t.Added.For, Against: t.Added.Against})
		}
		for _, t := range l.state.Tasks {
			if t.StepSeq == v.Seq && t.Kind == engine.DecideTask && t.Status != engine.TaskCancelled && !t.Void() {
				x.Voices = append(x.Voices, Voice{
					Person: l.personView(t.Assignee), Group: l.groupName(n, t), Status: string(t.Status), Decision: t.Decision,
					Transition: transitionName(n, t.Transition), AskedBy: l.personRef(t.AddedBy), OnBehalfOf: l.personRef(t.OnBehalfOf), At: timeRef(t.DoneAt),
				})
			}
		}
		out = append(out, x)
	}
	return out
}

func (l *loaded) groupName(n *workflow.Node, t engine.Task) string {
	if n == nil || n.Ballot == nil || t.Group == "" {
		return ""
	}
	for _, g := range n.Ballot.Groups {
		if g.ID == t.Group {
			return g.Label
		}
	}
	return t.Group
}
