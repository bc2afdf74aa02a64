package workflow

import (
	"slices"
	"strconv"

	"github.com/handstamp/handstamp/internal/core/rule"
)

// joining checks a join step itself; whether it has a fork is the graph's question.
func (b *builder) joining(at string, n *Node) {
	switch {
	case len(n.Transitions) != 1:
		b.add(at+".transitions", "A join has exactly one transition: to the step after the branches. Put a condition behind it to branch again.")
	case n.Transitions[0].When != nil:
		b.add(at+".transitions.0.when", "A join has only this way to go on. Remove the rule.")
	}
	w := n.Step.Wait
	if w == nil {
		return
	}
	n.Until = b.rule(at+".wait.until", w.Until, rule.Place{Gives: rule.Bool})
	if w.For == "" || w.For == needAll {
		return
	}
	q, err := strconv.Atoi(w.For)
	if err != nil || q < 1 || q > maxTransitions {
		b.add(at+".wait.for", "%q is no number of branches. Use all, or a number such as 1.", w.For)
		return
	}
	n.Quorum = q
}

// forks finds the join of every fork and tells where branches do not meet: a fork
// and its join are a pair of brackets, and no way leads into or out of them.
func (b *builder) forks() {
	p := pairing{b: b, open: map[*Node]bool{}}
	for _, n := range b.v.nodes {
		if n.Type == Fork {
			p.pair(n)
		}
	}
	for i, n := range b.v.nodes {
		if n.Type == Join && n.Fork == nil && len(b.ps) == 0 {
			b.add(b.paths[i], "No fork belongs to %s. Draw a fork before it, or replace it.", n.Label)
		}
	}
	for _, n := range b.v.nodes {
		if n.Type == Fork && n.Join != nil {
			p.intruders(n)
			p.quorum(n)
			n.enclose()
		}
	}
	for _, n := range b.v.nodes {
		if n.Type == Join {
			n.Within = n.Fork
		}
	}
}

// enclose notes for the steps between a fork and its join that they lie there, unless
// an inner fork has them already.
func (n *Node) enclose() {
	in := n.inside()
	for x := range in {
		if x.Within == nil || !in[x.Within] {
			x.Within = n
		}
	}
}

// pairing is the search for the joins of all forks.
type pairing struct {
	b    *builder
	open map[*Node]bool // forks whose branches are being followed
}

func (p *pairing) path(n *Node) string { return p.b.paths[slices.Index(p.b.v.nodes, n)] }

// pair follows the branches of a fork to the join in which they meet; nil when
// they do not, and then that is a problem already told.
func (p *pairing) pair(f *Node) *Node {
	if f.Join != nil || p.open[f] {
		return f.Join
	}
	p.open[f] = true
	defer delete(p.open, f)
	for i, a := range f.Transitions {
		joins, ok := p.ends(a.Target, f)
		at := join(p.path(f)+".transitions", i)
		switch {
		case !ok:
			return nil
		case len(joins) == 0:
			p.b.add(at, "The branch %s never comes to a join.", a.Label)
			return nil
		case len(joins) > 1 || f.Join != nil && f.Join != joins[0]:
			p.b.add(at, "The branches of %s end in different joins. Let all of them meet in one.", f.Label)
			f.Join = nil
			return nil
		}
		f.Join = joins[0]
	}
	if j := f.Join; j != nil && j.Fork != nil && j.Fork != f {
		p.b.add(p.path(j), "The branches of two forks meet in %s: %s and %s. Give each its own join.", j.Label, j.Fork.Label, f.Label)
		return nil
	}
	if f.Join != nil {
		f.Join.Fork = f
	}
	return f.Join
}

// ends lists the joins a branch comes to, over inner forks as over one step.
func (p *pairing) ends(from, f *Node) (joins []*Node, ok bool) {
	ok = p.walk(from, f, func(n *Node) {
		if n.Type == Join && !slices.Contains(joins, n) {
			joins = append(joins, n)
		}
	})
	return joins, ok
}

// walk visits the steps between a fork and its join.
func (p *pairing) walk(from, f *Node, visit func(*Node)) bool {
	seen := map[*Node]bool{}
	for queue := []*Node{from}; len(queue) > 0; queue = queue[1:] {
		n := queue[0]
		if n == nil || seen[n] {
			continue
		}
		seen[n] = true
		visit(n)
		switch {
		case n == f:
			p.b.add(p.path(f), "A branch of %s leads back to it before the branches have met.", f.Label)
			return false
		case n.Type == End:
			p.b.add(p.path(f), "A branch of %s ends at %s, before the branches have met. Lead it to the join, or use Reject to end the whole request.", f.Label, n.Label)
			return false
		case n.Type == Join: // the end of this branch
		case n.Type == Fork:
			j := p.pair(n)
			if j == nil {
				return false
			}
			visit(n)
			for _, a := range j.Transitions {
				queue = append(queue, a.Target)
			}
		default:
			for _, a := range n.Transitions {
				queue = append(queue, a.Target)
			}
		}
	}
	return true
}

// inside lists the steps between a fork and its join, those of inner forks too.
func (n *Node) inside() map[*Node]bool {
	in := map[*Node]bool{}
	var queue []*Node
	for _, a := range n.Transitions {
		queue = append(queue, a.Target)
	}
	for ; len(queue) > 0; queue = queue[1:] {
		x := queue[0]
		if x == nil || x == n.Join || in[x] {
			continue
		}
		in[x] = true
		for _, a := range x.Transitions {
			queue = append(queue, a.Target)
		}
	}
	return in
}

// intruders refuses arrows that lead between a fork and its join from outside.
func (p *pairing) intruders(f *Node) {
	in := f.inside()
	for _, n := range p.b.v.nodes {
		if in[n] || n == f {
			continue
		}
		for i, a := range n.Transitions {
			if in[a.Target] || a.Target == f.Join {
				p.b.add(join(p.path(n)+".transitions", i), "This leads to %s, between %s and %s, past the fork. Lead it to %s.", a.Target.Label, f.Label, f.Join.Label, f.Label)
			}
		}
	}
}

// quorum refuses to wait for more branches than there are.
func (p *pairing) quorum(f *Node) {
	if f.Join.Quorum > len(f.Transitions) {
		p.b.add(p.path(f.Join)+".wait.for", "%s has %d branches; %d can never arrive.", f.Label, len(f.Transitions), f.Join.Quorum)
	}
}
