package enginetest

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// Relayed is something that runs told each other.
type Relayed struct {
	Run     *Run
	Before  engine.State
	Command engine.Command
	Decided
	Err error
}

// Relay lets the runs of the organization tell each other what they have to: it
// starts those that others want, stops those that are not needed any more, and tells
// the ends, until nothing is left. number names a run of a workflow.
func (o *Org) Relay(now time.Time, workflows map[string]*workflow.Version, number func(*workflow.Version) string) []Relayed {
	var out []Relayed
	for {
		one, ok := o.RelayOne(now, workflows, number)
		if !ok {
			return out
		}
		out = append(out, one)
	}
}

// RelayOne is Relay for the first of these things; false when nothing is left.
func (o *Org) RelayOne(now time.Time, workflows map[string]*workflow.Version, number func(*workflow.Version) string) (Relayed, bool) {
	for _, parent := range o.runs {
		for _, v := range parent.State.Steps {
			for _, sub := range v.Subs {
				child := o.run(sub.ID)
				switch {
				case child == nil && sub.Status == engine.SubRunning:
					return o.startSub(parent, sub, now, workflows[sub.Workflow], number), true
				case child == nil:
				case sub.Status == engine.SubRunning && child.State.Run.Status.Over() && !parent.State.Run.Status.Over():
					r := child.State.Run
					return parent.relay(uuid.Nil, now, engine.SubEnded{Sub: sub.ID, Number: r.Number, Outcome: cmp.Or(r.Outcome, engine.SubCancelled), Values: child.State.Values}), true
				case sub.Status == engine.SubHalted && !child.State.Run.Status.Over():
					return child.relay(uuid.Nil, now, engine.Cancel{Reason: engine.CancelParent}), true
				}
			}
		}
	}
	return Relayed{}, false
}

func (o *Org) run(id uuid.UUID) *Run {
	for _, r := range o.runs {
		if r.State.Run.ID == id {
			return r
		}
	}
	return nil
}

// startSub starts what a run wants, or tells it why that is not possible.
func (o *Org) startSub(parent *Run, sub engine.Sub, now time.Time, v *workflow.Version, number func(*workflow.Version) string) Relayed {
	why := error(fault.New(fault.NotFound, "There is no such workflow."))
	if v != nil {
		r := parent.State.Run
		child := o.NewRun(v, parent.Owner)
		one := child.relay(sub.Initiator, now, engine.Start{
			ID: sub.ID, Number: number(v), Initiator: sub.Initiator, Values: parent.input(sub.ID),
			Parent: &engine.Parent{Run: r.ID, Depth: r.Depth + 1, Above: append([]uuid.UUID{r.Initiator}, r.Above...)},
		})
		if one.Err == nil {
			return one
		}
		why = one.Err
	}
	return parent.relay(uuid.Nil, now, engine.SubFailed{Sub: sub.ID, Detail: fault.Sentence(why)})
}

// input is what a run wanted to put into another one.
func (r *Run) input(sub uuid.UUID) map[string]any {
	for _, e := range r.Events {
		if e.Type == event.SubRequested && *e.Sub == sub {
			return e.Input
		}
	}
	return nil
}

func (r *Run) relay(actor uuid.UUID, now time.Time, c engine.Command) Relayed {
	out := Relayed{Run: r, Before: r.State.Clone(), Command: c}
	out.Decided, out.Err = r.Do(actor, now, c)
	return out
}
