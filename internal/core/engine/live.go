package engine

import (
	"slices"

	"github.com/handstamp/handstamp/internal/core/workflow"
)

// after are the visits that came of a visit. Those behind the join of its branch
// came of it, too.
func (s *State) after(v StepRun) map[int]bool {
	roots := map[int]bool{v.Seq: true}
	for _, x := range s.Steps { // what it came straight back to
		from := s.Step(v.ReturnTo)
		if v.ReturnTo != 0 && from != nil && x.Seq > v.Seq && x.Step == from.Step && x.Cause == from.Cause && x.Scope == from.Scope {
			roots[x.Seq] = true
		}
	}
	out := map[int]bool{}
	for _, x := range s.Steps {
		if x.Seq == v.Seq {
			continue
		}
		from := x.Cause
		if x.ReturnTo != 0 { // it came of who sent it back
			from = x.ReturnTo
		}
		out[x.Seq] = roots[x.Seq] || roots[from] || out[from] || from != 0 && s.joined(x, v.Scope)
	}
	return out
}

// joined reports whether a visit came of the join of a scope or of one around it.
func (s *State) joined(x StepRun, scope int) bool {
	for ; scope != 0; scope = s.Step(scope).Scope {
		if cause := s.Step(x.Cause); cause != nil && s.encloses(scope, cause.Scope) && !s.encloses(scope, x.Scope) && x.Seq > scope {
			return true
		}
	}
	return false
}

// live are the visits whose decisions brought the run to where it is: those on the
// way to what is under way, and those in the branches beside it. What a send back or
// a loop does again does not count any more.
func (s *State) live(v *workflow.Version) map[int]bool {
	out := map[int]bool{}
	var leaves []int
	for _, x := range s.Steps {
		if x.Status.Active() && !x.Again {
			leaves = append(leaves, x.Seq)
		}
	}
	if len(leaves) == 0 && len(s.Steps) > 0 { // it is over: what counts led to its last step
		leaves = []int{s.Steps[len(s.Steps)-1].Seq}
	}
	scopes := map[int]bool{0: true}
	r := s.retrace()
	for len(leaves) > 0 {
		way := r.wayTo(leaves[0])
		leaves = leaves[1:]
		for _, seq := range way {
			out[seq] = true
			scope := s.Step(seq).Scope
			if scopes[scope] {
				continue
			}
			scopes[scope] = true
			leaves = append(leaves, s.ends(v, scope)...)
		}
	}
	return out
}

// ends are the visits to the join of a scope: where each of its branches came to.
func (s *State) ends(v *workflow.Version, scope int) []int {
	var out []int
	for _, x := range s.Steps {
		if n := v.Node(x.Step); x.Scope == scope && x.Status != StepCancelled && n != nil && n.Type == workflow.Join && !s.abandoned(x) {
			out = append(out, x.Seq)
		}
	}
	return out
}

// abandoned reports whether the run went another way since, somewhere in a branch on
// the way to a visit.
func (s *State) abandoned(x StepRun) bool {
	for v := &x; v != nil && v.Scope != 0 && s.encloses(x.Scope, v.Scope); v = s.Step(v.Cause) {
		from := s.origin(*v)
		if slices.ContainsFunc(s.Steps, func(y StepRun) bool {
			return y.Seq > v.Seq && y.ReturnTo == 0 && y.Scope == v.Scope && s.origin(y) == from && (from != v.Scope || y.Step == v.Step)
		}) {
			return true
		}
	}
	return false
}

// origin is the visit that led to one; behind a join, the fork of the branches that met.
func (s *State) origin(v StepRun) int {
	if cause := s.Step(v.Cause); cause != nil && cause.Scope != v.Scope && cause.Seq != v.Scope {
		return cause.Scope
	}
	return v.Cause
}

// retracing is what is looked up once for all ways through a run: a request may have
// gone in circles a thousand times.
type retracing struct {
	s *State
	// before is, by visit, the kind of what people decided last on the way to it.
	before map[int]string
	again  []StepRun // visits that came straight back, in order
}

func (s *State) retrace() *retracing {
	last := map[int]Task{}
	for _, t := range s.Tasks {
		if t.Status == TaskCompleted && !t.Kind.Opinion() && !t.DoneAt.Before(last[t.StepSeq].DoneAt) {
			last[t.StepSeq] = t
		}
	}
	r := &retracing{s: s, before: make(map[int]string, len(s.Steps))}
	for _, v := range s.Steps { // what led to a visit stands before it
		r.before[v.Seq] = last[v.Cause].Decision
		if r.before[v.Seq] == "" {
			r.before[v.Seq] = r.before[v.Cause]
		}
		if v.ReturnTo != 0 && v.Status != StepCancelled {
			r.again = append(r.again, v)
		}
	}
	return r
}

// wayTo are the visits that led to one, and itself. A step that was come to again
// replaces what it led to before; one that came straight back, or that somebody led on
// to by approving, replaces only itself.
func (r *retracing) wayTo(seq int) []int {
	s := r.s
	var back []StepRun
	for v := s.Step(seq); v != nil && len(back) <= len(s.Steps); {
		back = append(back, *v)
		cause := v.Cause
		if from := s.Step(v.ReturnTo); v.ReturnTo != 0 && from != nil {
			cause = from.Cause // the others on the way to who sent it back stand
		}
		v = s.Step(cause)
	}
	slices.Reverse(back)
	var way []StepRun
	for _, v := range back {
		v = r.redone(v)
		i := slices.IndexFunc(way, func(x StepRun) bool { return x.Step == v.Step && x.Scope == v.Scope })
		switch {
		case i >= 0 && v.ReturnTo != 0:
			way[i] = v
		case i >= 0 && r.approvedOnTo(v):
			way = append(slices.Delete(way, i, i+1), v)
		case i >= 0:
			way = append(way[:i], v)
		default:
			way = append(way, v)
		}
	}
	out := make([]int, len(way))
	for i, v := range way {
		out[i] = v.Seq
	}
	return out
}

// approvedOnTo reports whether whoever decided last on the way to a visit approved: then
// it was not to do everything since once more.
func (r *retracing) approvedOnTo(v StepRun) bool {
	return r.before[v.Seq] == string(workflow.Approve)
}

// redone is the last visit that was sent back to do a visit once more and came
// straight back, or the visit itself.
func (r *retracing) redone(v StepRun) StepRun {
	for _, x := range r.again {
		if x.Seq > v.Seq && x.Step == v.Step && x.Cause == v.Cause && x.Scope == v.Scope {
			v = x
		}
	}
	return v
}
