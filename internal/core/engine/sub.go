package engine

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// MaxDepth is how many requests may have started each other in a row.
const MaxDepth = 10

// SubStatus is where a request stands that a run started, as far as the run was told.
type SubStatus string

// The statuses of started requests.
const (
	SubRunning SubStatus = "running" // to be started, or under way
	SubDone    SubStatus = "ended"
	SubRefused SubStatus = "failed" // it could not be started
	SubHalted  SubStatus = "stopped"
)

// Sub is a request that a workflow step started. It is a run of its own: this run is
// told when it has ended, and tells it when it is not needed any more.
type Sub struct {
	ID        uuid.UUID `json:"id"` // of the run
	Workflow  string    `json:"workflow"`
	Initiator uuid.UUID `json:"initiator"`
	Table     string    `json:"table,omitempty"` // whose row it was started for
	Row       int       `json:"row,omitempty"`   // of the table as it is now, from 0; goneRow once it is not there any more
	Status    SubStatus `json:"status"`
	Number    string    `json:"number,omitempty"` // once it has ended
	Outcome   string    `json:"outcome,omitempty"`
	Detail    string    `json:"detail,omitempty"` // why it could not be started
	// Untaken: what came of it could not be brought back, and is still to be.
	Untaken bool `json:"untaken,omitempty"`
	// Took are the fields that were brought back last, of its row where it has one, with
	// what stood there before; TookAt is the number of the event that brought it.
	Took   map[string]any `json:"took,omitempty"`
	TookAt int64          `json:"took_at,omitempty"`
}

// SubCancelled is the outcome of a started request that was withdrawn or cancelled.
const SubCancelled = "cancelled"

// result is the variable `prev` behind a workflow step.
func (v *StepRun) result() map[string]any {
	out := map[string]any{"step": v.Step, "transition": v.Transition, "kind": "", "outcomes": []any{}}
	for _, x := range v.Subs {
		if x.Status == SubDone {
			out["outcome"], out["number"] = x.Outcome, x.Number
			out["outcomes"] = append(out["outcomes"].([]any), x.Outcome)
		}
	}
	return out
}

// startSubs has other requests started, and waits for them in its visit.
func (d *decider) startSubs(v visit) ([]visit, error) {
	if d.s.Run.Depth >= MaxDepth {
		return nil, &incidentError{fmt.Sprintf("%q would start a request in more than %d requests that have started each other: the workflows go round in circles.", v.node.Label, MaxDepth)}
	}
	in, err := d.inputAfter(v.node, v.way.cause)
	if err != nil {
		return nil, err
	}
	var wanted []Sub
	if v.node.Sub.Each == "" {
		wanted = []Sub{{}}
	}
	for i := range d.rows(v.node.Sub.Each) {
		wanted = append(wanted, Sub{Row: i})
	}
	if len(wanted) > workflow.MaxSubs {
		return nil, &incidentError{fmt.Sprintf("%q would start %d requests; at most %d are possible.", v.node.Label, len(wanted), workflow.MaxSubs)}
	}
	if err := d.request(v, wanted, in); err != nil || !d.heard(v.node, *d.s.Step(v.seq)) {
		return nil, err
	}
	return d.pastSubs(v)
}

// request has requests started, all of them or, where one lacks something, none.
func (d *decider) request(v visit, wanted []Sub, in rule.Input) error {
	sub, rows := v.node.Sub, d.rows(v.node.Sub.Each)
	common := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(sub.Rules)) {
		var err error
		if common[name], err = sub.Rules[name].Value(in); err != nil {
			return &incidentError{fmt.Sprintf("What %q puts into %q cannot be told: %s", v.node.Label, name, fault.Sentence(err))}
		}
	}
	events := make([]event.Event, 0, len(wanted))
	for _, x := range wanted {
		var cells map[string]any
		if x.Row < len(rows) {
			cells = rows[x.Row]
		}
		by := d.requester(v, cells)
		if by == uuid.Nil {
			return &incidentError{fmt.Sprintf("Whose request %q starts cannot be told: %q is empty.", v.node.Label, sub.By)}
		}
		input := maps.Clone(common)
		for name, column := range sub.Copy {
			input[name] = cells[column]
		}
		events = append(events, event.Event{
			Type: event.SubRequested, Sub: ref(d.f.NewID()), StepSeq: v.seq, Step: v.node.ID, Table: sub.Each, Slot: x.Row, Workflow: sub.Workflow,
			Owner: ref(by), Input: input,
		})
	}
	for _, e := range events {
		d.note(e)
	}
	return nil
}

// requester is in whose name a request is started, Nil where nobody is named.
func (d *decider) requester(v visit, cells map[string]any) uuid.UUID {
	switch sub := v.node.Sub; {
	case sub.By == workflow.ByLast:
		return d.s.LastActor(v.way.cause)
	case sub.ByColumn != "":
		return personIn(cells[sub.ByColumn])
	case sub.ByField != "":
		return personIn(d.s.Values[sub.ByField])
	}
	return d.s.Run.Initiator
}

// rows are those of a table.
func (d *decider) rows(table string) []map[string]any {
	return rowsOf(d.s.Values[table])
}

// heard reports whether as many of the requests of a visit have ended as are waited for.
func (d *decider) heard(n *workflow.Node, v StepRun) bool {
	awaited, ended := 0, 0
	for _, x := range v.Subs {
		switch x.Status {
		case SubRunning, SubRefused:
			awaited++
		case SubDone:
			ended++
		}
	}
	return awaited == 0 || !n.Sub.Waits || n.Sub.Need > 0 && ended >= n.Sub.Need
}

// pastSubs leaves a visit whose requests have ended as far as they are waited for.
func (d *decider) pastSubs(v visit) ([]visit, error) {
	in, err := d.inputAfter(v.node, v.way.cause)
	if err != nil {
		return nil, err
	}
	in.Prev = d.s.Step(v.seq).result()
	a, err := Pick(v.node, in)
	if err != nil {
		return nil, &incidentError{fault.Sentence(err)}
	}
	if v.node.Sub.Waits && v.node.Sub.Stops {
		for _, x := range slices.Clone(d.s.Step(v.seq).Subs) {
			if x.Status == SubRunning {
				d.note(event.Event{Type: event.SubStopped, Sub: ref(x.ID), StepSeq: v.seq, Step: v.node.ID, Slot: x.Row, Workflow: x.Workflow})
			}
		}
	}
	d.leave(v.seq, v.node.ID, a.ID)
	return d.onward(v, a), nil
}

// subEnded notes that a started request has ended, and goes on once enough have.
func (d *decider) subEnded(c SubEnded) error {
	v, sub := d.s.sub(c.Sub)
	if d.s.Run.Status.Over() || sub == nil || sub.Status != SubRunning {
		return nil
	}
	d.note(event.Event{
		Type: event.SubEnded, Sub: ref(c.Sub), StepSeq: v.Seq, Step: v.Step, Slot: sub.Row, Workflow: sub.Workflow, Number: c.Number, Outcome: c.Outcome,
	})
	n := d.v.Node(v.Step)
	if n == nil || n.Sub == nil || !v.Status.Active() {
		return nil
	}
	if !d.bringBack(n, v.Seq, c.Sub, c.Values) {
		return nil
	}
	return d.goOnSubs()
}

// subFailed leaves a visit to an administrator whose request could not be started.
// The others of it go on meanwhile.
func (d *decider) subFailed(c SubFailed) error {
	v, sub := d.s.sub(c.Sub)
	if d.s.Run.Status.Over() || sub == nil || sub.Status != SubRunning {
		return nil
	}
	seq, step := v.Seq, v.Step
	d.note(event.Event{Type: event.SubFailed, Sub: ref(c.Sub), StepSeq: seq, Step: step, Slot: sub.Row, Workflow: sub.Workflow, Detail: c.Detail})
	if d.s.Step(seq).Status.Active() {
		which := sub.Workflow
		if n := d.v.Node(step); n != nil && n.Sub != nil && n.Sub.Each != "" {
			which = fmt.Sprintf("%s for row %d", sub.Workflow, sub.Row+1)
		}
		d.note(event.Event{Type: event.RunIncident, StepSeq: seq, Step: step, Detail: fmt.Sprintf("A request of %s could not be started: %s", which, c.Detail)})
	}
	return nil
}

// goOnSubs lets the visits go on whose requests have ended as far as they are waited
// for, unless somebody is asked again first.
func (d *decider) goOnSubs() error {
	if d.s.Run.Status != Running {
		return nil
	}
	for _, v := range slices.Clone(d.s.Steps) {
		now := d.s.Step(v.Seq)
		n := d.v.Node(now.Step)
		if now.Status != StepWaiting || n == nil || n.Sub == nil || !d.heard(n, *now) || d.s.askedAgain(0) {
			continue
		}
		at := visit{node: n, seq: now.Seq, way: way{cause: now.Cause, scope: now.Scope}}
		if err := d.unlessDue(func(d *decider) error { return d.leaveSubs(at) }); err != nil {
			return err
		}
	}
	return nil
}

func (d *decider) leaveSubs(at visit) error {
	d.automatic, d.chosen = true, Choices{} // who acts now, if anybody, did not choose for this way
	next, err := d.pastSubs(at)
	if stuck, ok := errors.AsType[*incidentError](err); ok {
		d.strand(at.seq, at.node.ID, stuck.detail)
		return nil
	}
	if err != nil {
		return err
	}
	return d.walk(next)
}

// sub finds a started request and the visit that started it.
func (s *State) sub(id uuid.UUID) (*StepRun, *Sub) {
	for i := range s.Steps {
		for k := range s.Steps[i].Subs {
			if s.Steps[i].Subs[k].ID == id {
				return &s.Steps[i], &s.Steps[i].Subs[k]
			}
		}
	}
	return nil, nil
}

// running are the started requests that are waited for.
func (s *State) running() []Sub {
	var out []Sub
	for _, v := range s.Steps {
		for _, x := range v.Subs {
			if v.Status.Active() && x.Status == SubRunning {
				out = append(out, x)
			}
		}
	}
	return out
}

func (s *State) applySub(e event.Event) {
	v := s.Step(e.StepSeq)
	if v == nil {
		return
	}
	v.Subs = slices.Clone(v.Subs)
	if e.Type == event.SubRequested {
		// One that could not be started gives way to the next attempt.
		v.Subs = slices.DeleteFunc(v.Subs, func(x Sub) bool { return x.Status == SubRefused && x.Row == e.Slot })
		v.Subs = append(v.Subs, Sub{ID: deref(e.Sub), Workflow: e.Workflow, Initiator: deref(e.Owner), Table: e.Table, Row: e.Slot, Status: SubRunning})
		v.Status = StepWaiting
		return
	}
	for i := range v.Subs {
		x := &v.Subs[i]
		if x.ID != deref(e.Sub) {
			continue
		}
		switch e.Type {
		case event.SubEnded:
			x.Status, x.Number, x.Outcome = SubDone, e.Number, e.Outcome
		case event.SubFailed:
			x.Status, x.Detail = SubRefused, e.Detail
		default:
			x.Status = SubHalted
		}
	}
}

// stopSubs: what a visit waits for is not needed any more when the visit is stopped.
func (v *StepRun) stopSubs() {
	v.Subs = slices.Clone(v.Subs)
	for i := range v.Subs {
		if v.Subs[i].Status == SubRunning {
			v.Subs[i].Status = SubHalted
		}
	}
}

// leaveUntaken notes that what came of a started request is still to be brought back.
func (v *StepRun) leaveUntaken(id *uuid.UUID) {
	if id == nil {
		return
	}
	v.Subs = slices.Clone(v.Subs)
	for i := range v.Subs {
		if v.Subs[i].ID == *id {
			v.Subs[i].Untaken = true
		}
	}
}

// takeAgain: all that is still to be brought back is tried anew; what fails says so again.
func (v *StepRun) takeAgain() {
	if v.Subs == nil {
		return
	}
	v.Subs = slices.Clone(v.Subs)
	for i := range v.Subs {
		v.Subs[i].Untaken = false
	}
}

// applyTook notes what stood in the fields into which something comes back.
func (s *State) applyTook(e event.Event) {
	if e.Sub == nil {
		return
	}
	v, x := s.sub(*e.Sub)
	if x == nil {
		return
	}
	k := slices.IndexFunc(v.Subs, func(y Sub) bool { return y.ID == x.ID })
	v.Subs = slices.Clone(v.Subs)
	x = &v.Subs[k]
	before := s.Values
	if x.Table != "" {
		before = nil
		if rows := rowsOf(s.Values[x.Table]); x.Row >= 0 && x.Row < len(rows) {
			before = rows[x.Row]
		}
	}
	x.Took, x.TookAt = map[string]any{}, s.Run.Seq
	for _, name := range e.Took {
		x.Took[name] = before[name]
	}
}
