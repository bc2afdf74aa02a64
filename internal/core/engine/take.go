package engine

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// bringBack puts what came of a started request into this one, and reports whether that
// was possible. Else an administrator has to mend why, and it is brought back when the
// step is tried again. It binds nobody: it is what the step was for, as with a look-up.
func (d *decider) bringBack(n *workflow.Node, seq int, id uuid.UUID, values form.Values) bool {
	_, sub := d.s.sub(id)
	after, err := d.withTaken(n, seq, *sub, values)
	if err != nil {
		d.cancelTasks(seq)
		d.note(event.Event{Type: event.RunIncident, StepSeq: seq, Step: n.ID, Sub: ref(id), Detail: fault.Sentence(err)})
		return false
	}
	if e := d.difference(after); len(e.Fields) > 0 {
		e.Sub, e.Took = ref(id), slices.Sorted(maps.Keys(n.Sub.Take))
		d.note(e)
	}
	return true
}

// withTaken are the values of the form with what came of a started request.
func (d *decider) withTaken(n *workflow.Node, seq int, sub Sub, values form.Values) (form.Values, error) {
	rows := d.rows(n.Sub.Each)
	if len(n.Sub.Take) == 0 || n.Sub.Each != "" && (sub.Row < 0 || sub.Row >= len(rows)) { // it was removed since
		return maps.Clone(d.s.Values), nil
	}
	got := map[string]any{}
	for name, what := range n.Sub.Take {
		switch what {
		case workflow.TakeNumber:
			got[name] = sub.Number
		case workflow.TakeOutcome:
			got[name] = sub.Outcome
		default:
			got[name] = values[workflow.Taken(what)]
		}
	}
	if table := n.Sub.Each; table != "" {
		all := make([]any, len(rows))
		for i, cells := range rows {
			if all[i] = any(cells); i == sub.Row {
				cells = maps.Clone(cells)
				maps.Copy(cells, got)
				all[i] = cells
			}
		}
		got = map[string]any{table: all}
	}
	modes := map[string]form.Mode{}
	for name := range got {
		modes[name] = form.Edit
	}
	after, err := d.v.Form.Draft(modes, d.s.Values, got)
	if err != nil {
		return nil, &incidentError{fmt.Sprintf("What came of %s does not fit: %s", sub.Number, fault.Sentence(err))}
	}
	return d.v.Form.Recalculate(after, d.input(n.ID, d.s.Step(seq).Cause))
}

// retrySubs has those requests started again that could not be, brings back what could
// not be, and lets the visit go on where enough have ended and its way is clear.
func (d *decider) retrySubs(v StepRun) error {
	n := d.v.Node(v.Step)
	if n == nil || n.Sub == nil {
		return d.again(v)
	}
	came, err := d.untaken(v)
	if err != nil {
		return err
	}
	d.emit(event.Event{Type: event.StepRetried, StepSeq: v.Seq, Step: v.Step})
	var failed []Sub
	for _, x := range v.Subs {
		switch {
		case x.Status != SubRefused:
		case x.Row == goneRow: // what it was for is not there any more
			d.note(event.Event{Type: event.SubStopped, Sub: ref(x.ID), StepSeq: v.Seq, Step: v.Step, Slot: x.Row, Workflow: x.Workflow})
		default:
			failed = append(failed, x)
		}
	}
	if len(failed) > 0 && !d.heard(n, *d.s.Step(v.Seq)) {
		if err := d.requestFailed(visit{node: n, seq: v.Seq, way: way{cause: v.Cause, scope: v.Scope}}, failed); err != nil {
			return err
		}
	}
	for _, x := range v.Subs { // last, so that what does not fit is what is told
		if values, ended := came[x.ID]; ended {
			d.bringBack(n, v.Seq, x.ID, values)
		}
	}
	return d.goOnSubs()
}

// untaken are the forms of the requests of a visit whose results are still to be brought back.
func (d *decider) untaken(v StepRun) (map[uuid.UUID]form.Values, error) {
	out := map[uuid.UUID]form.Values{}
	var lacking error
	for _, x := range v.Subs {
		if !x.Untaken {
			continue
		}
		a, err := d.ask(Need{Kind: NeedResult, Ref: x.ID.String()})
		if err != nil {
			lacking = err
		}
		out[x.ID] = a.Values
	}
	return out, lacking
}

// requestFailed asks once more for what could not be started, with what is in the
// request now.
func (d *decider) requestFailed(v visit, failed []Sub) error {
	in, err := d.inputAfter(v.node, v.way.cause)
	if err == nil {
		err = d.request(v, failed, in)
	}
	if stuck, ok := errors.AsType[*incidentError](err); ok {
		d.strand(v.seq, v.node.ID, stuck.detail)
		return nil
	}
	return err
}
