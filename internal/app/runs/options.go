package runs

import (
	"fmt"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/facts"
)

// firstCandidates is how many people a choice offers at once.
const firstCandidates = 20

// input is what rules see at a step, for pages; cause is the visit before.
func (l *loaded) input(step string, seq int) rule.Input {
	cause := 0
	if v := l.state.Step(seq); v != nil {
		cause = v.Cause
	}
	in := engine.Input(l.version, &l.state, l.facts, step, cause)
	in.Initiator = l.person(l.state.Run.Initiator).Attributes
	in.Assignee = l.person(l.facts.Actor).Attributes
	return in
}

// taskView is a task with everything the reader may do with it.
func (l *loaded) taskView(a access.Actor, t engine.Task) Task {
	v := Task{
		ID: t.ID, RunID: l.state.Run.ID, StepID: t.Step, StepName: t.Step, Kind: string(t.Kind), Status: string(t.Status),
		AssignedAt: t.AssignedAt, Transitions: []Transition{}, SendBack: []BackTarget{}, Can: access.ForTask(a, l.task(a, t.ID)),
	}
	if t.Assignee != uuid.Nil {
		p := l.personView(t.Assignee)
		v.Assignee = &p
	}
	n := l.version.Node(t.Step)
	if n == nil {
		return v
	}
	v.StepName, v.Description = n.Label, n.Description
	v.Can.Reject = v.Can.Reject && n.CanReject()
	if t.Kind == engine.FixTask {
		v.Transitions = append(v.Transitions, l.submitAgain(n, t))
		return v
	}
	v.Transitions = append(v.Transitions, l.transitions(n, t)...)
	for _, b := range engine.BackTargets(l.version, &l.state, t) {
		to := l.version.Node(b.Visit.Step)
		v.SendBack = append(v.SendBack, BackTarget{
			To: b.To, Name: n.SendBackLabel(), StepName: to.Label, Comment: wanted(n.SendBackCommentRequired()),
		})
	}
	v.Can.SendBack = v.Can.SendBack && len(v.SendBack) > 0
	return v
}

// transitions lists the arrows that may be taken now, and the built-in Reject.
func (l *loaded) transitions(n *workflow.Node, t engine.Task) []Transition {
	in := l.input(n.ID, t.StepSeq)
	var out []Transition
	for _, a := range n.Transitions {
		if a.When != nil {
			if ok, err := a.When.Bool(in); err != nil || !ok {
				continue
			}
		}
		out = append(out, Transition{
			ID: a.ID, Name: a.Label, Kind: string(a.Kind), ToStepID: a.To, ToStepName: a.Target.Label,
			Comment: wanted(a.CommentRequired), Choices: l.choices(a.Target, behind(in, n, a)),
		})
	}
	if n.CanReject() {
		out = append(out, Transition{
			ID: engine.RejectID, Name: n.RejectLabel(), Kind: string(workflow.Reject), Comment: wanted(n.RejectCommentRequired()),
			Builtin: true, Choices: []Choice{},
		})
	}
	return out
}

func (l *loaded) submitAgain(n *workflow.Node, t engine.Task) Transition {
	x := Transition{
		ID: engine.SubmitID, Name: "Submit again", Kind: string(workflow.Forward), Comment: wanted(false), Builtin: true, Choices: []Choice{},
	}
	in := l.input(n.ID, t.StepSeq)
	if a, err := engine.Pick(n, in); err == nil {
		x.ToStepID, x.ToStepName, x.Choices = a.To, a.Target.Label, l.choices(a.Target, behind(in, n, a))
	}
	return x
}

// wanted says whether an act needs a comment.
func wanted(required bool) string {
	if required {
		return "required"
	}
	return "optional"
}

// behind is what rules see behind a transition: the step it leaves is the
// previous one then.
func behind(in rule.Input, n *workflow.Node, a *workflow.Arrow) rule.Input {
	in.Prev = map[string]any{"step": n.ID, "transition": a.ID, "kind": string(a.Kind)}
	return in
}

// chosenAhead is the step behind a node whose assignee the actor has to choose.
func chosenAhead(n *workflow.Node, in rule.Input) *workflow.Node {
	next := engine.Ahead(n, in)
	if next != nil && next.Type == workflow.TaskStep && next.Assign.Strategy == workflow.Chosen {
		return next
	}
	return nil
}

// candidateNeed asks for the first candidates of a chosen step.
func candidateNeed(n *workflow.Node, in rule.Input) engine.Need {
	in.Step = n.ID
	return engine.Need{Kind: engine.NeedCandidates, Rule: n.Assign.Candidates, Input: in, Limit: firstCandidates + 1}
}

// choiceNeeds are the candidates a task's transitions will ask the actor for.
func (l *loaded) choiceNeeds(t engine.Task) []engine.Need {
	n := l.version.Node(t.Step)
	if n == nil {
		return nil
	}
	in := l.input(n.ID, t.StepSeq)
	var needs []engine.Need
	for _, a := range n.Transitions {
		after := behind(in, n, a)
		if next := chosenAhead(a.Target, after); next != nil && next.Assign.Candidates != nil {
			if need := candidateNeed(next, after); !l.facts.Knows(need) {
				needs = append(needs, need)
			}
		}
	}
	return needs
}

// choices shows what choiceNeeds found.
func (l *loaded) choices(n *workflow.Node, in rule.Input) []Choice {
	next := chosenAhead(n, in)
	if next == nil {
		return []Choice{}
	}
	c := Choice{StepID: next.ID, StepName: next.Label, Candidates: []facts.Person{}, More: true}
	if next.Assign.Candidates == nil {
		return []Choice{c}
	}
	people := l.facts.Answers[candidateNeed(next, in).Key()].People
	c.More = len(people) > firstCandidates
	for _, p := range people {
		if len(c.Candidates) == firstCandidates {
			break
		}
		if engine.Barred(l.version, &l.state, p.ID, next) == "" {
			c.Candidates = append(c.Candidates, facts.PersonOf(p))
		}
	}
	return []Choice{c}
}

// who says in words who does a step.
func who(n *workflow.Node) string {
	a := n.Assign
	switch a.Strategy {
	case workflow.Initiator:
		return "the requester"
	case workflow.Manager:
		of := "the requester"
		if a.Of == "last" {
			of = "the last approver"
		}
		if a.Levels > 1 {
			return fmt.Sprintf("the manager %d levels above %s", a.Levels, of)
		}
		return "the manager of " + of
	case workflow.Previous:
		return "who decided the step before"
	case workflow.Chosen:
		return "whom you choose"
	case workflow.NamedUser:
		return a.User
	case workflow.ByField:
		return "the person named in the form"
	case workflow.DeptHead:
		if a.Dept != "" {
			return "the head of " + a.Dept
		}
		return "the head of the department"
	case workflow.ByRole:
		return "whoever has the role " + a.Role
	case workflow.Claim:
		return "whoever takes it first"
	}
	return "by rule"
}
