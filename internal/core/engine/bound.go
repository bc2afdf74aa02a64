package engine

import (
	"errors"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// A decision is bound to what its maker was shown. When somebody changes any of it
// afterwards, the decision is void. Before the run goes on from there, the visits of
// void decisions on its way are opened again and their makers are asked again, but
// for those whose step it comes to once more anyway. Once all have decided the same
// way as before, it goes on; who decides otherwise leads it along another way from
// his own step, and what came after that is stopped.
//
// What was empty when somebody decided does not bind him: that later steps fill it
// in is what they are for. A calculated field binds to what it is calculated from.

// bind notes what the maker of a decision was shown.
func (d *decider) bind(e *event.Event, t Task, n *workflow.Node) {
	in, modes := d.modes(n, d.s.Values, d.causeOf(t), nil)
	seen := d.v.Form.Show(modes, d.s.Values, in)
	names := make([]string, 0, len(seen))
	for name := range seen {
		if n.Binds(name) {
			names = append(names, name)
		}
	}
	e.Seen = seen
	for _, name := range d.v.Form.Entered(names) {
		if !form.Equal(d.s.Values[name], nil) && n.Binds(name) {
			e.Shown = append(e.Shown, name)
		}
	}
}

// void tells that decisions do not count any more whose makers were shown what the
// actor has just changed. Who changes what he approved himself knows it. Those who
// vote in the same visit are asked again at once.
func (d *decider) void(changed []string) error {
	if len(changed) == 0 {
		return nil
	}
	live := d.s.live(d.v)
	var lacking error
	for _, t := range slices.Clone(d.s.Tasks) {
		touched := slices.DeleteFunc(slices.Clone(t.Shown), func(name string) bool { return !slices.Contains(changed, name) })
		if len(touched) == 0 || t.Void() || !live[t.StepSeq] || t.Assignee == d.f.Actor {
			continue
		}
		d.emit(event.Event{Type: event.TaskVoided, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, Former: ref(t.Assignee), Fields: touched})
		if v := d.s.Step(t.StepSeq); !v.Status.Active() {
			continue
		}
		if err := d.askAgain(t); errors.Is(err, errNeeds) {
			lacking = err
		} else if err != nil {
			return err
		}
	}
	return lacking
}

// Bound lists, by field, those whose decisions an actor would make void by changing
// it. Who is on the way to be asked anew all the same is among them.
func Bound(v *workflow.Version, s *State, actor uuid.UUID) map[string][]uuid.UUID {
	live := s.live(v)
	out := map[string][]uuid.UUID{}
	for _, t := range s.Tasks {
		if t.Void() || !live[t.StepSeq] || t.Assignee == actor {
			continue
		}
		for _, name := range t.Shown {
			if !slices.Contains(out[name], t.Assignee) {
				out[name] = append(out[name], t.Assignee)
			}
		}
	}
	return out
}

// due are the void decisions on the way to where the run is for which nobody was
// asked again.
func (s *State) due(v *workflow.Version) []Task {
	var out []Task
	for _, t := range s.Tasks {
		if t.Void() && s.Step(t.StepSeq).Former == "" && !slices.ContainsFunc(s.Tasks, func(x Task) bool { return x.Again == t.ID }) {
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		return nil
	}
	live := s.live(v)
	return slices.DeleteFunc(out, func(t Task) bool { return !live[t.StepSeq] })
}

// askDue asks the makers of void decisions again.
func (d *decider) askDue(due []Task) error {
	var lacking error
	for _, t := range due {
		if v := d.s.Step(t.StepSeq); !v.Status.Active() {
			d.note(event.Event{Type: event.StepReopened, StepSeq: v.Seq, Step: v.Step})
		}
		if err := d.askAgain(t); errors.Is(err, errNeeds) {
			lacking = err
		} else if err != nil {
			return err
		}
	}
	return lacking
}

// askAgain gives the task of a void decision to who made it, or to whom the
// definition would ask today when he cannot be asked any more.
func (d *decider) askAgain(t Task) error {
	if d.s.Step(t.StepSeq).Status == StepIncident { // another one of it cannot be asked; once that is mended both are
		return nil
	}
	n := d.v.Node(t.Step)
	a, err := d.whoAgain(t, n)
	if stuck, ok := errors.AsType[*incidentError](err); ok {
		d.strand(t.StepSeq, t.Step, stuck.detail)
		return nil
	}
	if err != nil {
		return err
	}
	d.note(event.Event{
		Type: event.TaskCreated, Task: ref(d.f.NewID()), TaskKind: string(DecideTask), StepSeq: t.StepSeq, Step: t.Step,
		Slot: d.nextSlot(t.StepSeq), Group: t.Group, Assignee: ref(a.assignee), Owner: ref(a.owner), Pick: a.pick, Pool: a.pool, Warning: a.warning,
		AddedBy: ref(t.AddedBy), Again: ref(t.ID),
	})
	return nil
}

func (d *decider) whoAgain(t Task, n *workflow.Node) (assignment, error) {
	id := t.Assignee
	if t.ForAbsent { // whether he still is away is asked anew
		id = t.OnBehalfOf
	}
	defer d.beside(t)()
	if id == uuid.Nil { // it was offered to several
		return d.heir(t, n)
	}
	p, err := d.person(id)
	if err != nil {
		return assignment{}, err
	}
	switch {
	case !d.eligible(p, groupNode(n, t.Group)):
		return d.heir(t, n)
	case t.OnBehalfOf != uuid.Nil && !t.ForAbsent:
		return assignment{assignee: id, owner: t.OnBehalfOf}, nil
	}
	return d.standFor(assignment{assignee: id}, n)
}

// askedAgain reports whether a decision that did not count any more is still
// awaited, in another visit than one: until then nobody's leads the run on.
func (s *State) askedAgain(beside int) bool {
	return slices.ContainsFunc(s.Steps, func(v StepRun) bool { return v.Again && v.Status.Active() && v.Seq != beside })
}

// forGood reports whether a run ends with a verdict that rejects it. That waits for
// nobody, and asks nobody again.
func forGood(n *workflow.Node, verdict string) bool {
	if verdict == "" || n.Type != workflow.TaskStep {
		return false
	}
	a := n.Arrow(verdict)
	return a == nil || a.Kind == workflow.Reject && a.Target.Type == workflow.End
}

// goFrom leaves a visit by its decision, unless somebody has to be asked again
// first. Whether it could lead on is tried all the same: the actor is there to mend it.
func (d *decider) goFrom(seq int, n *workflow.Node, verdict string) error {
	void := slices.ContainsFunc(d.s.Tasks, func(t Task) bool { return t.Void() })
	if !void || forGood(n, verdict) {
		return d.leaveBy(seq, n, verdict)
	}
	x, err := d.rehearse(func(x *decider) error { return x.leaveBy(seq, n, verdict) })
	if err != nil {
		return err
	}
	due := x.s.due(d.v)
	if len(due) == 0 && !d.s.askedAgain(seq) {
		d.s, d.events, d.usedOnly = x.s, x.events, x.usedOnly
		return nil
	}
	d.cancelTasks(seq)
	if !d.s.Step(seq).Waits {
		d.note(event.Event{Type: event.StepWaits, StepSeq: seq, Step: n.ID, Chosen: d.chosen.byStep(x.onlyFor)})
	}
	d.usedOnly = true
	return d.askDue(due)
}

// unlessDue lets the run go on without a decision, unless somebody has to be asked
// again first.
func (d *decider) unlessDue(walk func(*decider) error) error {
	x, err := d.rehearse(walk)
	if err != nil {
		return err
	}
	if due := x.s.due(d.v); len(due) > 0 {
		return d.askDue(due)
	}
	d.s, d.events, d.usedOnly = x.s, x.events, x.usedOnly
	return nil
}

// rehearse does something to a copy, and answers with it what it lacks or why it fails.
func (d *decider) rehearse(do func(*decider) error) (*decider, error) {
	x := *d
	x.s, x.events, x.needs = d.s.Clone(), slices.Clone(d.events), nil
	err := do(&x)
	for _, n := range x.needs {
		if _, lacking := d.ask(n); lacking != nil {
			err = errNeeds
		}
	}
	return &x, err
}

// decideAgain closes a visit whose makers were asked again.
func (d *decider) decideAgain(seq int, n *workflow.Node, verdict string) error {
	v := *d.s.Step(seq)
	if v.Transition == verdict {
		d.cancelTasks(seq)
		d.leave(seq, n.ID, verdict)
		d.usedOnly = true // the way is the one that was taken; nobody is chosen on it
		return d.goOnAll()
	}
	d.stopAfter(v)
	return errors.Join(d.goFrom(seq, n, verdict), d.goOnAll())
}

// hearMore asks those who were not heard when a visit or a group of it was decided
// first: now it takes them.
func (d *decider) hearMore(seq int) error {
	var unheard []Task
	for _, t := range d.s.Tasks {
		switch {
		case t.StepSeq == seq && t.Kind == DecideTask && (t.Status == TaskOpen || t.Status == TaskQueued):
			return nil
		case t.StepSeq == seq && d.s.unheardOf(t):
			unheard = append(unheard, t)
		}
	}
	return d.askDue(unheard)
}

// unheardOf reports whether a task was withdrawn in a visit that is under way, because
// it, or the group, was decided without it: whose it was may have to be heard yet when
// decisions become void.
func (s *State) unheardOf(t Task) bool {
	v := s.Step(t.StepSeq)
	return v != nil && v.Status.Active() && t.Status == TaskCancelled && t.Kind == DecideTask && t.AddedBy == uuid.Nil && !s.replaced(t)
}

// replaced reports whether another task was made in place of one: for it, or once more
// for the one it was made for.
func (s *State) replaced(t Task) bool {
	later := false
	return slices.ContainsFunc(s.Tasks, func(x Task) bool {
		later = later || x.ID == t.ID
		return x.Again == t.ID || later && x.ID != t.ID && x.Again != uuid.Nil && x.Again == t.Again
	})
}

// goOnAll lets the visits go on that waited for those who were asked again, when
// none of these is left.
func (d *decider) goOnAll() error {
	if d.s.askedAgain(0) {
		return nil
	}
	var lacking error
	for _, v := range slices.Clone(d.s.Steps) {
		now := d.s.Step(v.Seq)
		if !now.Waits || !now.Status.Active() || d.s.askedAgain(0) { // the one before had somebody asked again
			continue
		}
		if err := d.goOnFrom(*now); errors.Is(err, errNeeds) {
			lacking = err
		} else if err != nil {
			return err
		}
	}
	return errors.Join(lacking, d.joinAgain(), d.goOnSubs())
}

// goOnFrom takes the decision of a visit that waited. What has become impossible
// since is left to an administrator: who acts now can do nothing about it.
func (d *decider) goOnFrom(v StepRun) error {
	p, err := d.person(d.s.deciderOf(v.Seq))
	if err != nil {
		return err
	}
	n := d.v.Node(v.Step)
	x := *d
	x.actor, x.automatic, x.usedOnly = p, true, true
	x.chosen = Choices{ByStep: v.Chosen}
	verdict := SubmitID
	if n.Type != workflow.Start {
		if verdict = d.possibleStill(n, v.Seq, Count(n, &d.s, v.Seq).Verdict); verdict == "" {
			d.impossible(v.Seq, n)
			return nil
		}
	}
	y, err := x.rehearse(func(y *decider) error { return y.goFrom(v.Seq, n, verdict) })
	d.needs = x.needs
	if f, ok := errors.AsType[*fault.Error](err); ok {
		d.strand(v.Seq, v.Step, fault.Sentence(f))
		return nil
	}
	if err == nil {
		d.s, d.events = y.s, y.events
	}
	return err
}

// joinAgain asks the joins once more at which branches wait: one that was opened
// again may have been the last, or fewer are waited for by another version.
func (d *decider) joinAgain() error {
	if d.s.Run.Status != Running {
		return nil
	}
	for _, v := range slices.Clone(d.s.Steps) {
		now := d.s.Step(v.Seq)
		n := d.v.Node(now.Step)
		if now.Status != StepRunning || n == nil || n.Type != workflow.Join || d.s.askedAgain(0) {
			continue
		}
		again := visit{node: n, seq: now.Seq, way: way{cause: now.Cause, scope: now.Scope}}
		if err := d.unlessDue(func(d *decider) error { return d.walk([]visit{again}) }); err != nil {
			return err
		}
	}
	return nil
}

// stopAfter cancels everything that came of the way a visit was left by.
func (d *decider) stopAfter(v StepRun) {
	after := d.s.after(v)
	for _, x := range slices.Clone(d.s.Steps) {
		if x.Status.Active() && after[x.Seq] {
			d.stop(x)
		}
	}
}

// byStep names the step for which the only one was meant.
func (c Choices) byStep(only string) map[string][]uuid.UUID {
	if only == "" {
		return c.ByStep
	}
	out := maps.Clone(c.ByStep)
	if out == nil {
		out = map[string][]uuid.UUID{}
	}
	out[only] = []uuid.UUID{c.Only}
	return out
}
