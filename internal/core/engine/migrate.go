package engine

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// A run that is under way goes on by the version it was started with until somebody
// moves it to another one. That is refused where anything would be lost by it: a token
// whose step has no place in the other version, a voice that was given, a value.
//
// What is behind the run needs no place. A visit whose step is gone keeps its name, and
// nothing leads back to it; who decided there decided, and is not asked again.

// migration is one move of a run to another version.
type migration struct {
	d       *decider
	c       Migrate
	from    *workflow.Version
	to      *workflow.Version
	event   event.Migration
	refused []string
	reask   []int // visits whose people are asked anew
	values  form.Values
}

func (d *decider) migrate(c Migrate) error {
	if err := d.underWay(); err != nil && d.s.Run.Status != RunHeld {
		return err
	}
	if strings.TrimSpace(c.Comment) == "" {
		return fault.At("comment", "Say why requests are moved to version %d.", c.To.No)
	}
	if c.From.ID == c.To.ID {
		return fault.New(fault.Conflict, "This request is on version %d already.", c.To.No)
	}
	m := migration{d: d, c: c, from: d.v, to: c.Version, event: event.Migration{From: c.From, To: c.To}}
	m.rename()
	m.places()
	m.meetings()
	m.asked()
	m.former()
	m.fit()
	if len(m.refused) > 0 {
		return fault.New(fault.Conflict, "%s", strings.Join(m.refused, " "))
	}
	e := event.Event{Type: event.RunMigrated, Version: &m.event}
	d.reason(&e, c.Comment)
	d.emit(e)
	d.v = c.Version
	d.automatic = true // nobody is there who could choose or correct
	if err := m.calculate(); err != nil {
		return err
	}
	return errors.Join(m.askAnew(), m.assignAnew(), d.joinAgain(), d.goOnSubs()) // of branches, and of what was started, fewer may be waited for now
}

func (m *migration) refuse(format string, args ...any) {
	if why := fmt.Sprintf(format, args...); !slices.Contains(m.refused, why) {
		m.refused = append(m.refused, why)
	}
}

// target is the id of the step that takes the place of one. There is one start.
func (m *migration) target(step string) string {
	if to, ok := m.c.Steps[step]; ok {
		return to
	}
	if step == m.from.Start().ID {
		return m.to.Start().ID
	}
	return step
}

// node is the step that takes the place of a visit's, nil where there is none.
func (m *migration) node(v StepRun) *workflow.Node {
	if v.Former != "" {
		return nil
	}
	return m.to.Node(m.target(v.Step))
}

func (m *migration) label(step string) string { return label(m.from, step) }

// rename notes which steps get another id.
func (m *migration) rename() {
	for _, n := range m.from.Nodes() {
		to := m.target(n.ID)
		if to == n.ID {
			continue
		}
		if m.to.Node(to) == nil {
			m.refuse("There is no step %q in version %d.", to, m.c.To.No)
			continue
		}
		if m.event.Steps == nil {
			m.event.Steps = map[string]string{}
		}
		m.event.Steps[n.ID] = to
	}
	for _, v := range m.d.s.Steps {
		if n := m.node(v); v.Former == "" && (n == nil || n.ID != v.Step) {
			m.name(v.Step)
		}
	}
}

// name keeps what a step was called, for the history.
func (m *migration) name(step string) {
	if m.event.Names == nil {
		m.event.Names = map[string]string{}
	}
	m.event.Names[step] = m.label(step)
}

// places refuses where a token would be lost: its step has none to take its place, or
// one of another kind, or one that lies in other branches.
func (m *migration) places() {
	for _, v := range m.d.s.Steps {
		if !v.Status.Active() {
			continue
		}
		was, n, no := m.from.Node(v.Step), m.node(v), m.c.To.No
		switch {
		case n == nil:
			m.refuse("The request is at %q, which version %d does not have: say which step takes its place.", was.Label, no)
		case n.Type != was.Type:
			m.refuse("The request is at %q, %s, and %q of version %d is %s.", was.Label, kindOf(was), n.Label, no, kindOf(n))
		case len(v.Subs) > 0 && (n.Sub.Workflow != was.Sub.Workflow || n.Sub.Each != was.Sub.Each):
			m.refuse("The request waits for what %q has started, and %q of version %d starts something else.", was.Label, n.Label, no)
		case m.placed(v.Scope, n):
		case v.Scope == 0:
			m.refuse("The request is at %q, outside of all branches, and %q of version %d lies in the branches of %q.", was.Label, n.Label, no, n.Within.Label)
		default:
			m.refuse("The request is at %q, in a branch of %q, and %q of version %d does not lie there.", was.Label, m.label(m.d.s.Step(v.Scope).Step), n.Label, no)
		}
	}
}

// placed reports whether a step lies in the branches of the forks of a scope, as those
// are in the other version, and in no others.
func (m *migration) placed(scope int, n *workflow.Node) bool {
	for scope != 0 {
		visit := *m.d.s.Step(scope)
		fork := m.node(visit)
		if fork == nil || n.Within != fork {
			return false
		}
		n, scope = fork, visit.Scope
	}
	return n.Within == nil
}

func kindOf(n *workflow.Node) string {
	return map[workflow.StepType]string{
		workflow.Start: "the start", workflow.TaskStep: "a task", workflow.Condition: "a condition",
		workflow.SubWorkflow: "a step that starts requests", workflow.Fork: "a fork", workflow.Join: "a join", workflow.End: "an end",
	}[n.Type]
}

// meetings refuses to let two steps become one while the request is in both, or in
// branches beside each other where it has been in both.
func (m *migration) meetings() {
	steps := m.d.s.Steps
	for i, x := range steps {
		for _, y := range steps[:i] {
			if x.Step == y.Step || m.node(x) == nil || m.node(x) != m.node(y) {
				continue
			}
			if x.Status.Active() && y.Status.Active() || x.Scope != 0 && x.Scope == y.Scope && m.open(x.Scope) {
				m.refuse("%q and %q cannot become one step: the request is, or was, in both of them at the same time.", m.label(y.Step), m.label(x.Step))
			}
		}
	}
}

// open reports whether any branch of a scope is under way.
func (m *migration) open(scope int) bool {
	return slices.ContainsFunc(m.d.s.Steps, func(v StepRun) bool { return v.Status.Active() && m.d.s.encloses(scope, v.Scope) })
}

// former notes what becomes of the visits that are behind the run. Those whose step is
// gone are remembered by name. Where nobody could be asked again as he was, decisions
// bind no longer; one that has still to be made again would be lost by that.
func (m *migration) former() {
	due := m.d.s.due(m.from)
	for _, v := range m.d.s.Steps {
		if v.Status.Active() || v.Former != "" {
			continue
		}
		was, n := m.from.Node(v.Step), m.node(v)
		gone := n == nil || n.Type != was.Type || !m.placed(v.Scope, n)
		if gone {
			if m.event.Former == nil {
				m.event.Former = map[int]string{}
			}
			m.event.Former[v.Seq] = was.Label
			m.name(v.Step)
		}
		if was.Type != workflow.TaskStep || !gone && m.sound(n, v) {
			continue
		}
		m.event.Unbound = append(m.event.Unbound, v.Seq)
		if slices.ContainsFunc(due, func(t Task) bool { return t.StepSeq == v.Seq }) {
			m.refuse("A decision in %q does not count any more and has still to be made again, and version %d does not ask for it that way.", was.Label, m.c.To.No)
		}
	}
}

// fit refuses where a field has another type now that cannot hold what was entered.
func (m *migration) fit() {
	m.values = form.Values{}
	for _, f := range m.to.Form.Fields() {
		v := m.d.s.Values[f.Name]
		if form.Equal(v, nil) || !f.Calculate.IsZero() {
			continue
		}
		if old, known := m.from.Form.Field(f.Name); known && form.SameShape(old, f) {
			continue
		}
		now, problem := m.to.Form.Fit(f.Name, v)
		if problem != nil {
			m.refuse("What was entered in %q does not fit version %d: %s", form.LabelOf(f), m.c.To.No, fault.Sentence(problem))
			continue
		}
		m.values[f.Name] = now
	}
}

// calculate takes over values in their new shape, and has everything calculated anew.
func (m *migration) calculate() error {
	d := m.d
	now := form.Values{}
	for name, v := range d.s.Values {
		now[name] = v
	}
	for name, v := range m.values {
		now[name] = v
	}
	at := StepRun{Step: d.v.Start().ID}
	if i := slices.IndexFunc(d.s.Steps, func(v StepRun) bool { return v.Status.Active() }); i >= 0 {
		at = d.s.Steps[i]
	}
	last, err := d.person(d.s.LastActor(at.Cause))
	if err != nil {
		return err
	}
	in := d.input(at.Step, at.Cause)
	in.Assignee = last.Attributes // not who moves the run
	after, err := d.v.Form.Recalculate(now, in)
	if err != nil {
		return fault.New(fault.Conflict, "Not everything that version %d calculates can be: %s", m.c.To.No, fault.Sentence(err))
	}
	d.change(after, false)
	return nil
}

// askAnew enters the steps anew that ask otherwise now. Whom somebody once chose by
// hand is asked again.
func (m *migration) askAnew() error {
	d := m.d
	var lacking error
	for _, seq := range m.reask {
		v := *d.s.Step(seq)
		if !v.Status.Active() { // the one before led to the end, or past a join
			continue
		}
		n := d.v.Node(v.Step)
		w := way{cause: v.Cause, back: v.BackFrom, scope: v.Scope, returns: v.ReturnTo, correct: v.Correct}
		if n.Assign.Strategy == workflow.Chosen {
			w.prefer = d.s.people(seq)
		}
		d.stop(v)
		if err := d.follow(n, w); errors.Is(err, errNeeds) {
			lacking = err
		} else if err != nil {
			return err
		}
	}
	return lacking
}

// assignAnew gives the tasks to others whose holders may not decide them any more.
func (m *migration) assignAnew() error {
	d := m.d
	var lacking error
	for _, t := range slices.Clone(d.s.Tasks) {
		x := *d.s.Task(t.ID)
		if d.s.Run.Status.Over() || x.Kind != DecideTask || x.Status != TaskOpen && x.Status != TaskQueued {
			continue
		}
		n := groupNode(d.v.Node(x.Step), x.Group)
		var err error
		switch {
		case x.Assignee == uuid.Nil:
			err = d.offerAgain(x, n)
		case d.barredFor(x.Assignee, x.OnBehalfOf, n) != "":
			err = d.handOver(x, d.v.Node(x.Step))
		}
		if errors.Is(err, errNeeds) {
			lacking = err
		} else if err != nil {
			return err
		}
	}
	return lacking
}

// migrate renames what a move to another version renames.
func (s *State) migrate(m *event.Migration) {
	if m == nil {
		return
	}
	renamed := func(step string) string {
		if to, ok := m.Steps[step]; ok {
			return to
		}
		return step
	}
	for i := range s.Steps {
		v := &s.Steps[i]
		if name, gone := m.Former[v.Seq]; gone {
			v.Former = name
		}
		if v.Former == "" {
			v.Step = renamed(v.Step)
		}
		if v.Chosen != nil {
			chosen := make(map[string][]uuid.UUID, len(v.Chosen))
			for step, ids := range v.Chosen {
				chosen[renamed(step)] = ids
			}
			v.Chosen = chosen
		}
	}
	for i := range s.Tasks {
		t := &s.Tasks[i]
		if v := s.Step(t.StepSeq); v != nil {
			t.Step = v.Step
		}
		if slices.Contains(m.Unbound, t.StepSeq) {
			t.Shown = nil
		}
	}
	if s.Turns != nil {
		turns := make(map[string]uuid.UUID, len(s.Turns))
		for step, id := range s.Turns {
			turns[renamed(step)] = id
		}
		s.Turns = turns
	}
}
