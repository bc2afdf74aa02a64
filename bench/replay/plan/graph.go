package plan

import (
	"slices"
	"strings"

	"github.com/handstamp/handstamp/bench/replay/cases"
	"github.com/handstamp/handstamp/bench/replay/mapping"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// move is one way to leave a step.
type move struct {
	id, label string
	// targets are the steps it may lead to. Behind conditions there can be several:
	// which one, the rules of the workflow decide when it is played.
	targets []string
}

// starts are the ways from the start step.
func (p *Planner) starts() []move {
	var out []move
	for _, a := range p.Version.Start().Transitions {
		out = append(out, move{a.ID, a.Label, p.behind(a.Target)})
	}
	return out
}

// behind lists the steps where people act, or ends, that a step stands for:
// itself, or what its conditions lead to.
func (p *Planner) behind(n *workflow.Node) []string {
	var out []string
	seen := map[string]bool{}
	var walk func(*workflow.Node)
	walk = func(n *workflow.Node) {
		if n == nil || seen[n.ID] {
			return
		}
		seen[n.ID] = true
		if n.Type != workflow.Condition {
			out = append(out, n.ID)
			return
		}
		for _, a := range n.Transitions {
			walk(a.Target)
		}
	}
	walk(n)
	return out
}

// moves are the ways by which an event can leave a step.
func (p *Planner) moves(at string, e *cases.Event) []move {
	n := p.Version.Node(at)
	if n == nil {
		return nil
	}
	switch {
	case e.Act == mapping.Cancel:
		return []move{{targets: []string{endCancelled}}}
	case e.Act == mapping.SendBack:
		return p.back(n, e)
	case n.Type == workflow.Start: // a request that was sent back
		m := move{id: "submit", label: "Submit again"}
		for _, s := range p.starts() {
			m.targets = append(m.targets, s.targets...)
		}
		return []move{m}
	case e.Act == mapping.Reject:
		return p.rejection(n)
	}
	var out []move
	for _, a := range n.Transitions {
		if fits(a, e) {
			out = append(out, move{a.ID, a.Label, p.behind(a.Target)})
		}
	}
	return out
}

// fits reports whether an event can be the choice of a transition.
func fits(a *workflow.Arrow, e *cases.Event) bool {
	if e.Kind != "" && a.Kind != e.Kind {
		return false
	}
	return len(e.Transitions) == 0 || slices.ContainsFunc(e.Transitions, func(pattern string) bool {
		return mapping.Matches(pattern, a.ID)
	})
}

// rejection is the built-in Reject, where the step offers it.
func (p *Planner) rejection(n *workflow.Node) []move {
	if !n.CanReject() {
		return nil
	}
	m := move{id: "reject", label: n.RejectLabel(), targets: []string{endRejected}}
	if end := p.Version.RejectedEnd(); end != nil {
		m.targets = []string{end.ID}
	}
	return []move{m}
}

// back is the built-in Send back, where the step offers it. The previous step is
// known only when the case is played: every step may be meant.
func (p *Planner) back(n *workflow.Node, e *cases.Event) []move {
	if !n.CanSendBack(e.To) {
		return nil
	}
	m := move{id: "sent_back", label: n.SendBackLabel()}
	switch e.To {
	case workflow.ToInitiator:
		m.targets = []string{p.Version.Start().ID}
	case workflow.ToPrevious:
		for _, x := range p.Version.Nodes() {
			if x.ID != n.ID && (x.Type == workflow.TaskStep || x.Type == workflow.Start) {
				m.targets = append(m.targets, x.ID)
			}
		}
	default:
		m.targets = []string{e.To}
	}
	return []move{m}
}

// check finds what the mapping says of the workflow that is not so.
func (p *Planner) check() error {
	var ps mapping.Problems
	for _, v := range p.mapping.Case.Values {
		p.checkField(&ps, v)
	}
	if p.mapping.Model == nil {
		for _, a := range p.mapping.Activities {
			p.checkActivity(&ps, a)
		}
		p.checkEnds(&ps)
	}
	return ps.Err()
}

func (p *Planner) checkField(ps *mapping.Problems, v mapping.Value) {
	if _, ok := p.field(v.Field); !ok {
		ps.Add(v.Line, "the form has no field %q", v.Field)
	}
}

func (p *Planner) checkActivity(ps *mapping.Problems, a mapping.Activity) {
	for _, v := range a.Values {
		p.checkField(ps, v)
	}
	steps := a.Steps
	if a.To != "" && a.To != workflow.ToInitiator && a.To != workflow.ToPrevious {
		steps = append(slices.Clone(steps), a.To)
	}
	var arrows []*workflow.Arrow
	for _, id := range steps {
		if strings.Contains(id, "{role}") {
			return
		}
		n := p.Version.Node(id)
		if n == nil || n.Type != workflow.TaskStep && n.Type != workflow.Start {
			ps.Add(a.Line, "%q: the workflow has no step %q where people act", a.Name, id)
			return
		}
		arrows = append(arrows, n.Transitions...)
	}
	for _, pattern := range a.Transitions {
		if !strings.Contains(pattern, "{role}") && !slices.ContainsFunc(arrows, func(x *workflow.Arrow) bool { return mapping.Matches(pattern, x.ID) }) {
			ps.Add(a.Line, "%q: no transition of %s has an id like %q", a.Name, quoted(a.Steps), pattern)
		}
	}
}

func (p *Planner) checkEnds(ps *mapping.Problems) {
	outcomes := []string{workflow.OutcomeRejected}
	for _, n := range p.Version.Nodes() {
		if n.Type == workflow.End {
			outcomes = append(outcomes, n.Outcome)
		}
	}
	for _, e := range p.mapping.Ends {
		if e.Outcome != "" && !slices.Contains(outcomes, e.Outcome) {
			ps.Add(e.Line, "ends.%s: the workflow has no end with the outcome %q; it has %s", e.Name, e.Outcome, quoted(outcomes[1:]))
		}
		for _, id := range e.Open {
			if n := p.Version.Node(id); n == nil || n.Type == workflow.End || n.Type == workflow.Condition {
				ps.Add(e.Line, "ends.%s: the workflow has no step %q where people act", e.Name, id)
			}
		}
	}
}

func quoted(list []string) string { return `"` + strings.Join(list, `", "`) + `"` }
