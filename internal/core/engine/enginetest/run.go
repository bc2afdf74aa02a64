package enginetest

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// MaxAsks is how often Decide may be asked for one command before the engine is
// wrong: the verbs give up then, too.
const MaxAsks = 12

// Run is one run that is tried.
type Run struct {
	Org     *Org
	Version *workflow.Version
	Owner   uuid.UUID // of the workflow
	State   engine.State
	Moved   time.Time     // to another version of the workflow, last
	Events  []event.Event // all that happened so far
}

// NewRun returns a run that waits for its Start.
func (o *Org) NewRun(v *workflow.Version, owner uuid.UUID) *Run {
	return &Run{Org: o, Version: v, Owner: owner}
}

// Decided is a decision with what led to it, so that it can be repeated.
type Decided struct {
	engine.Decision
	// Facts hold every answer the engine asked for. NewID is used up: take IDs(First).
	Facts engine.Facts
	First uint64 // where the ids of this decision begin
	Asks  int    // how often Decide was asked
	// Version is what the run went by when it was asked.
	Version *workflow.Version
	used    uint64 // how many ids the last of them took, those of what was only tried included
}

// Decide asks the engine and answers what it needs, and changes nothing. The
// error is the engine's *fault.Error, or another one when it asks too often.
func (r *Run) Decide(actor uuid.UUID, now time.Time, c engine.Command) (Decided, error) {
	out := Decided{First: r.Org.ids, Version: r.Version}
	out.Facts = engine.Facts{
		Now: now, Today: now.UTC().Format(time.DateOnly), Actor: actor, Owner: r.Owner, Org: r.Org.Info,
	}
	for out.Asks < MaxAsks {
		out.Asks++
		next := IDs(out.First)
		out.used = 0
		out.Facts.NewID = func() uuid.UUID {
			out.used++
			return next()
		}
		d, err := engine.Decide(r.Version, r.State, c, out.Facts)
		if out.Decision = d; err != nil || len(d.Needs) == 0 {
			return out, err
		}
		for _, n := range d.Needs {
			out.Facts.Learn(n, r.Org.Answer(r.Version.Document.Key, n))
		}
	}
	return out, fmt.Errorf("enginetest: the engine asked for facts more than %d times", MaxAsks)
}

// Do decides a command and lets it happen.
func (r *Run) Do(actor uuid.UUID, now time.Time, c engine.Command) (Decided, error) {
	d, err := r.Decide(actor, now, c)
	if err == nil {
		r.accept(d)
		if m, ok := c.(engine.Migrate); ok {
			r.Version, r.Moved = m.Version, now
		}
	}
	return d, err
}

// accept takes a decision over.
func (r *Run) accept(d Decided) {
	if r.State.Run.Seq == 0 {
		r.Org.runs = append(r.Org.runs, r)
	}
	r.State = d.State
	r.State.Turns = nil
	r.Events = append(r.Events, d.Events...)
	for step, id := range d.State.Turns {
		if r.Org.turns == nil {
			r.Org.turns = map[turn]uuid.UUID{}
		}
		r.Org.turns[turn{r.Version.Document.Key, step}] = id
	}
	r.Org.ids += d.used
}

// IDs makes ids that follow from a number, the same ones every time.
func IDs(from uint64) func() uuid.UUID {
	return func() uuid.UUID {
		from++
		id := uuid.UUID{6: 0x80, 8: 0x80}
		binary.BigEndian.PutUint32(id[0:], uint32(from>>32))
		binary.BigEndian.PutUint32(id[12:], uint32(from))
		return id
	}
}
