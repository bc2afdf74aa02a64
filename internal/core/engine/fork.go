package engine

import (
	"fmt"
	"slices"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// A fork's visit is the scope of its branches: every visit carries the number of
// the fork whose branch it belongs to, so the tokens of a scope, its parent and
// what has arrived in its join all follow from the visits themselves.

// fork enters every branch whose rule holds, all of them before any acts: a join
// must know who is still on the way. Where no rule holds, the request goes on
// behind the join.
func (d *decider) fork(v visit) ([]visit, error) {
	in, err := d.inputAfter(v.node, v.way.cause)
	if err != nil {
		return nil, err
	}
	var taken []*workflow.Arrow
	for _, a := range v.node.Transitions {
		ok, err := holds(a, in)
		if err != nil {
			return nil, &incidentError{fmt.Sprintf("Whether the branch %q is taken cannot be told: %s", a.Label, fault.Sentence(err))}
		}
		if ok {
			taken = append(taken, a)
		}
	}
	d.leave(v.seq, v.node.ID, "")
	if len(taken) == 0 {
		return d.onward(v, v.node.Join.Transitions[0]), nil
	}
	out := make([]visit, 0, len(taken))
	for _, a := range taken {
		out = append(out, d.enter(a.Target, way{cause: v.seq, scope: v.seq}))
	}
	return out, nil
}

// join waits in the visit of every branch that arrived until enough did. Then
// those still on the way are stopped and one token goes on.
func (d *decider) join(v visit) ([]visit, error) {
	scope := d.s.Step(v.seq).Scope
	var arrived, away []StepRun
	for _, x := range d.s.Steps {
		switch {
		case !x.Status.Active() || !d.s.encloses(scope, x.Scope):
		case x.Step == v.node.ID && x.Scope == scope:
			arrived = append(arrived, x)
		default:
			away = append(away, x)
		}
	}
	if len(away) > 0 && (v.node.Quorum == 0 || len(arrived) < v.node.Quorum) {
		ok, err := d.early(v)
		if err != nil || !ok {
			return nil, err
		}
	}
	for _, x := range away {
		d.stop(x)
	}
	arrow := v.node.Transitions[0]
	for _, x := range arrived {
		d.leave(x.Seq, x.Step, arrow.ID)
	}
	outer := v
	outer.way.scope = d.s.Step(scope).Scope
	return d.onward(outer, arrow), nil
}

// early asks the rule by which a join goes on before all have arrived.
func (d *decider) early(v visit) (bool, error) {
	if v.node.Until == nil {
		return false, nil
	}
	in, err := d.inputAfter(v.node, v.way.cause)
	if err != nil {
		return false, err
	}
	ok, err := v.node.Until.Bool(in)
	if err != nil {
		return false, &incidentError{fmt.Sprintf("Whether %q goes on cannot be told: %s", v.node.Label, fault.Sentence(err))}
	}
	return ok, nil
}

// stop cancels a visit with its tasks.
func (d *decider) stop(v StepRun) {
	d.cancelTasks(v.Seq)
	d.note(event.Event{Type: event.StepCancelled, StepSeq: v.Seq, Step: v.Step})
}

// stopAll cancels every visit that is under way in a scope, 0 for all there are.
func (d *decider) stopAll(scope int) {
	for _, x := range slices.Clone(d.s.Steps) {
		if x.Status.Active() && d.s.encloses(scope, x.Scope) {
			d.stop(x)
		}
	}
}

// stopBranches cancels every branch that lies between the scope a request leaves
// and the enclosing one to which it is sent back: the fork is run again.
func (d *decider) stopBranches(from, to int) {
	if from == to {
		return
	}
	for d.s.Step(from).Scope != to {
		from = d.s.Step(from).Scope
	}
	d.stopAll(from)
}

// encloses reports whether a scope is another one or lies around it.
func (s *State) encloses(outer, inner int) bool {
	for inner != outer && inner != 0 {
		inner = s.Step(inner).Scope
	}
	return inner == outer
}
