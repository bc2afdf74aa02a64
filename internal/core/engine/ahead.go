package engine

import (
	"slices"

	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// Ahead walks from a node through conditions and forks and returns the steps at
// which people are asked next, or the ends: one for each branch. Where a rule on
// the way cannot be evaluated with what is known so far, that branch is left out.
// passes tells whether a join goes on when it is reached this way; nil: none does.
func Ahead(n *workflow.Node, in rule.Input, passes func(join *workflow.Node) bool) []*workflow.Node {
	var out []*workflow.Node
	seen := map[*workflow.Node]bool{}
	for queue := []*workflow.Node{n}; len(queue) > 0; queue = queue[1:] {
		n := queue[0]
		if n == nil || seen[n] {
			continue
		}
		seen[n] = true
		in.Step = n.ID
		switch n.Type {
		case workflow.Condition:
			if a, err := Pick(n, in); err == nil {
				queue = append(queue, a.Target)
			}
		case workflow.SubWorkflow:
			if a := passing(n, in); a != nil {
				queue = append(queue, a.Target)
			} else {
				out = append(out, n)
			}
		case workflow.Fork:
			queue = append(queue, Branches(n, in)...)
		case workflow.Join:
			if passes != nil && passes(n) {
				queue = append(queue, n.Transitions[0].Target)
			}
		default:
			out = append(out, n)
		}
	}
	return out
}

// passing is the arrow by which a workflow step is left at once, because it waits for
// nothing or starts nothing; nil where it waits, or the way cannot be told.
func passing(n *workflow.Node, in rule.Input) *workflow.Arrow {
	rows, _ := in.Form[n.Sub.Each].([]any)
	if n.Sub.Waits && (n.Sub.Each == "" || len(rows) > 0) {
		return nil
	}
	in.Prev = (&StepRun{Step: n.ID}).result()
	a, err := Pick(n, in)
	if err != nil {
		return nil
	}
	return a
}

// Branches lists the first steps of the branches of a fork that would be taken,
// or what lies behind its join when none would. A rule that fails takes none.
func Branches(fork *workflow.Node, in rule.Input) []*workflow.Node {
	var out []*workflow.Node
	for _, a := range fork.Transitions {
		if ok, err := holds(a, in); err == nil && ok {
			out = append(out, a.Target)
		}
	}
	if len(out) == 0 {
		out = append(out, fork.Join.Transitions[0].Target)
	}
	return out
}

// Passes tells whether a join would go on if the branch of a visit arrived in it
// now, whatever a rule says that lets it go on earlier.
func (s *State) Passes(seq int) func(join *workflow.Node) bool {
	return func(j *workflow.Node) bool {
		branch, scope := 0, s.Step(seq).Scope
		for scope != 0 && (j.Fork == nil || s.Step(scope).Step != j.Fork.ID) {
			branch, scope = scope, s.Step(scope).Scope
		}
		if scope == 0 {
			return false
		}
		arrived, away := 1, false
		for _, x := range s.Steps {
			switch {
			case !x.Status.Active() || x.Seq == seq || !s.encloses(scope, x.Scope) || branch != 0 && s.encloses(branch, x.Scope):
			case x.Step == j.ID && x.Scope == scope:
				arrived++
			default:
				away = true
			}
		}
		return !away || j.Quorum > 0 && arrived >= j.Quorum
	}
}

// Leads tells where a run goes when a task is left by a transition now: to whom
// it was sent back by, straight, or along an arrow. It returns nil when others
// have to be heard first, or the run ends.
func Leads(v *workflow.Version, s *State, t Task, transition string, kind workflow.Kind) (target *workflow.Node, straight bool) {
	n := v.Node(t.Step)
	if n == nil {
		return nil, false
	}
	then := *s
	then.Tasks = slices.Clone(s.Tasks)
	x := then.Task(t.ID)
	x.Status, x.Transition, x.Decision = TaskCompleted, transition, string(kind)
	arrow := n.Arrow(Count(n, &then, t.StepSeq).Verdict)
	if arrow == nil {
		return nil, false
	}
	if back := s.Returns(v, *s.Step(t.StepSeq)); back != nil && arrow.Kind != workflow.Reject {
		return back, true
	}
	return arrow.Target, false
}
