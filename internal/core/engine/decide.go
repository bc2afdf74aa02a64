package engine

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// MaxVisits is how many steps a run may visit before it becomes an incident:
// a loop that never ends is a mistake in the definition, not work.
const MaxVisits = 1000

// Decision is what a command comes to: either Needs that have to be answered
// first, or the events, with the state they lead to.
type Decision struct {
	Needs  []Need
	Events []event.Event
	State  State
}

// Decide returns the events the command causes. When it lacks a fact it returns
// the needs instead; the caller adds the answers to f and asks again. A command
// that is refused returns a *fault.Error, and nothing has happened.
func Decide(v *workflow.Version, s State, c Command, f Facts) (Decision, error) {
	d := &decider{v: v, s: s.Clone(), f: f}
	d.s.Turns = nil
	err := d.run(c)
	if len(d.needs) > 0 {
		return Decision{Needs: d.needs}, nil
	}
	if err != nil {
		return Decision{}, err
	}
	return Decision{Events: d.events, State: d.s}, nil
}

// errNeeds stops a decision that lacks a fact; the needs stand in the decider.
var errNeeds = errors.New("engine: facts are missing")

// decider carries one decision from command to events.
type decider struct {
	v      *workflow.Version
	s      State
	f      Facts
	events []event.Event
	needs  []Need

	actor     Person
	initiator Person
	chosen    Choices
	usedOnly  bool
	onlyFor   string // the step that took the only choice
	// automatic: no person stands behind this command who could choose or correct.
	automatic bool
	// system: another run, or a change of people, stands behind it, and no person.
	system bool
	// seen is the number of the last event that the actor had seen when he began to fill in
	// the form that he sends; 0: he does not say.
	seen int64
	// taken are those who have a voice already where a successor is sought.
	taken map[uuid.UUID]bool
}

func (d *decider) run(c Command) error {
	if st, ok := c.(Start); ok {
		d.s = State{Run: Run{ID: st.ID, Number: st.Number, Initiator: st.Initiator, Round: 1}}
	}
	if err := d.meet(); err != nil {
		return err
	}
	if d.system = ofSystem(c); !d.actor.Active && !d.system {
		return fault.New(fault.Forbidden, "Your account is disabled: ask an administrator of your organization.")
	}
	if c, ok := c.(Undo); ok { // all is as it was: nothing follows from it
		return d.undo(c)
	}
	asked := d.s.askedAgain(0)
	if err := d.carryOut(c); err != nil {
		return err
	}
	if asked { // who was asked again may be gone
		return errors.Join(d.goOnAll(), d.keepApart())
	}
	return d.keepApart()
}

// ofSystem reports whether no person stands behind a command.
func ofSystem(c Command) bool {
	switch c := c.(type) {
	case Reassess, SubEnded, SubFailed:
		return true
	case Start:
		return c.Parent != nil
	case Cancel:
		return c.Reason == CancelParent
	}
	return false
}

func (d *decider) carryOut(c Command) error {
	switch c := c.(type) {
	case Start:
		return d.start(c)
	case Complete:
		return d.complete(c)
	case SendBack:
		return d.sendBack(c)
	case Claim:
		return d.claim(c)
	case Release:
		return d.release(c)
	case Reassign:
		return d.reassign(c)
	case AddApprover:
		return d.addApprover(c)
	case RemoveApprover:
		return d.removeApprover(c)
	case Consult:
		return d.consult(c)
	case Delegate:
		return d.delegate(c)
	case TakeOver:
		return d.takeOver(c)
	case Recall:
		return d.recall(c)
	case Hold:
		return d.hold(c)
	case Resume:
		return d.resume(c)
	case Migrate:
		return d.migrate(c)
	case Nudge:
		return d.nudge()
	case Cancel:
		return d.cancel(c)
	case Retry:
		return d.retry(c)
	case Reassess:
		return d.reassess()
	case SubEnded:
		return d.subEnded(c)
	case SubFailed:
		return d.subFailed(c)
	case AddStakeholder:
		return d.addStakeholder(c)
	case RemoveStakeholder:
		return d.removeStakeholder(c)
	case Comment:
		return d.comment(c)
	}
	return fmt.Errorf("engine: unknown command %T", c)
}

// meet learns who asks and whose request it is: nearly every rule mentions them.
func (d *decider) meet() error {
	a, err1 := d.ask(PersonNeed(d.s.Run.Initiator))
	b, err2 := d.ask(PersonNeed(d.f.Actor))
	_, err3 := d.ask(Need{Kind: NeedAbsences}) // nearly every assignment depends on it
	if err := errors.Join(err1, err2, err3); err != nil {
		return errNeeds
	}
	d.initiator, d.actor = first(a, d.s.Run.Initiator), first(b, d.f.Actor)
	return nil
}

// first returns the only person of an answer, or one who is known by id alone.
func first(a Answer, id uuid.UUID) Person {
	if len(a.People) > 0 {
		return a.People[0]
	}
	return Person{ID: id, Name: "somebody who left"}
}

// ask returns the answer to a need, or notes that it is missing.
func (d *decider) ask(n Need) (Answer, error) {
	if a, ok := d.f.Answers[n.Key()]; ok {
		return a, nil
	}
	for _, x := range d.needs {
		if x.Key() == n.Key() {
			return Answer{}, errNeeds
		}
	}
	d.needs = append(d.needs, n)
	return Answer{}, errNeeds
}

// person asks for one person.
func (d *decider) person(id uuid.UUID) (Person, error) {
	a, err := d.ask(PersonNeed(id))
	if err != nil {
		return Person{}, err
	}
	return first(a, id), nil
}

// emit records a fact that the actor caused.
func (d *decider) emit(e event.Event) {
	if !d.system {
		e.Actor = ref(d.f.Actor)
	}
	d.record(e)
}

// note records a fact that follows by itself.
func (d *decider) note(e event.Event) { d.record(e) }

func (d *decider) record(e event.Event) {
	e.ID, e.At = d.f.NewID(), d.f.Now
	d.s.apply(e)
	d.events = append(d.events, e)
}

// input is what rules see at a step.
func (d *decider) input(step string, cause int) rule.Input {
	in := Input(d.v, &d.s, d.f, step, cause)
	in.Initiator, in.Assignee = d.initiator.Attributes, d.actor.Attributes
	return in
}

// inputAfter is what the rules that choose path and people see at a step: there
// `assignee` is who did the step before, whoever acts now. An administrator who
// mends an incident must not become the last assignee by that.
func (d *decider) inputAfter(n *workflow.Node, cause int) (rule.Input, error) {
	in := d.input(n.ID, cause)
	if !readsAssignee(n) {
		return in, nil
	}
	p, err := d.person(d.s.LastActor(cause))
	in.Assignee = p.Attributes
	return in, err
}

// readsAssignee reports whether a rule that chooses path or people mentions `assignee`.
func readsAssignee(n *workflow.Node) bool {
	rules := []*rule.Rule{n.Assign.Candidates}
	if n.Sub != nil {
		rules = slices.AppendSeq(rules, maps.Values(n.Sub.Rules))
	}
	if n.Until != nil {
		rules = append(rules, n.Until)
	}
	for _, a := range n.Transitions {
		if n.Type != workflow.TaskStep {
			rules = append(rules, a.When)
		}
	}
	return slices.ContainsFunc(rules, func(r *rule.Rule) bool {
		return r != nil && slices.ContainsFunc(r.Refs(), func(ref string) bool { return strings.HasPrefix(ref, "assignee") })
	})
}

// Input is what rules see at a step of a run, without the people, whom the
// caller adds. cause is the visit that led to the step, 0 at the start.
func Input(v *workflow.Version, s *State, f Facts, step string, cause int) rule.Input {
	run := map[string]any{
		"number": s.Run.Number, "status": string(s.Run.Status), "round": float64(s.Run.Round), "at": s.at(),
	}
	if !s.Run.StartedAt.IsZero() {
		run["started_at"] = s.Run.StartedAt
	}
	return rule.Input{
		Form: s.Values, Run: run, Prev: previous(v, s, cause), Context: s.Context, Params: v.Params,
		Org: f.Org, Step: step, Now: f.Now, Today: f.Today,
	}
}

// at are the steps a run stands at, in the order in which it came to them.
func (s *State) at() []any {
	out := []any{}
	for _, v := range s.Steps {
		if v.Status.Active() && !slices.Contains(out, any(v.Step)) {
			out = append(out, v.Step)
		}
	}
	return out
}

// previous is the variable `prev`: the last step on the way here that people left, or
// that started other requests.
func previous(v *workflow.Version, s *State, cause int) map[string]any {
	for visit := s.Step(cause); visit != nil; visit = s.Step(visit.Cause) {
		kind := s.decision(visit.Seq)
		n := s.node(v, *visit)
		if n != nil && n.Type == workflow.SubWorkflow || n == nil && len(visit.Subs) > 0 {
			return visit.result()
		}
		if n == nil && kind == "" || n != nil && n.Type != workflow.TaskStep && n.Type != workflow.Start {
			continue
		}
		return map[string]any{"step": visit.Step, "transition": visit.Transition, "kind": kind}
	}
	return map[string]any{}
}

// decision is the kind of the transition by which people left a visit.
func (s *State) decision(seq int) string {
	return s.lastDecision(func(t Task) bool { return t.StepSeq == seq }).Decision
}

// underWay refuses what cannot be done to a run that is not under way.
func (d *decider) underWay() error {
	switch s := d.s.Run.Status; s {
	case Running:
		return nil
	case Draft:
		return fault.New(fault.Conflict, "This request was not sent yet: it is still a draft.")
	case RunHeld:
		return fault.New(fault.Conflict, "This request is on hold: resume it first.")
	case RunCancelled:
		return fault.New(fault.Conflict, "This request was cancelled at %s; nothing can be done to it any more.", clock(d.s.Run.EndedAt))
	default:
		return fault.New(fault.Conflict, "This request ended at %s; nothing can be done to it any more.", clock(d.s.Run.EndedAt))
	}
}
