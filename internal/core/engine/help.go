package engine

import (
	"errors"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// addApprover asks one more person. His voice is needed beside what the
// definition asks for: a reject by him rejects.
func (d *decider) addApprover(c AddApprover) error {
	t, n, err := d.deciding(c.Task, workflow.ActAddApprover, "another approver is asked")
	if err != nil {
		return err
	}
	if c.Where != Before && c.Where != Beside && c.Where != After {
		return fault.At("where", "%q is no place for an approver: use %q, %q or %q.", c.Where, Before, Beside, After)
	}
	if c.To == t.Assignee {
		return fault.At("assignee_id", "This is you: choose somebody else.")
	}
	if c.To == t.OnBehalfOf {
		return fault.At("assignee_id", "You decide for this person, who has a voice in this step by that: choose somebody else.")
	}
	if d.nextSlot(t.StepSeq) >= MaxVoices {
		return fault.New(fault.Conflict, "%d people are asked in this step already; more are not possible.", MaxVoices)
	}
	if err := d.anybody(c.To); err != nil {
		return err
	}
	if err := d.oneVoice(t, n, c.To); err != nil {
		return err
	}
	id := d.f.NewID()
	e := event.Event{
		Type: event.TaskCreated, Task: ref(id), TaskKind: string(DecideTask), StepSeq: t.StepSeq, Step: t.Step,
		Slot: d.nextSlot(t.StepSeq), Assignee: ref(c.To), AddedBy: ref(d.f.Actor), To: c.Where,
	}
	if c.Where == After {
		e.Waits = ref(t.ID)
	}
	d.reason(&e, c.Comment)
	behind := d.s.behind(t.ID)
	d.emit(e)
	switch c.Where {
	case Before:
		d.emit(event.Event{Type: event.TaskQueued, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, Assignee: ref(t.Assignee), Waits: ref(id)})
	case After: // who waited for this task now waits for the added one
		for _, x := range behind {
			d.note(event.Event{Type: event.TaskQueued, Task: ref(x.ID), StepSeq: x.StepSeq, Step: x.Step, Assignee: ref(x.Assignee), Waits: ref(id)})
		}
	}
	return nil
}

// deciding returns the actor's own open task where he has to decide, unless the
// step does without this act.
func (d *decider) deciding(task uuid.UUID, act workflow.Act, what string) (Task, *workflow.Node, error) {
	t, n, err := d.mine(task)
	switch {
	case err != nil:
		return t, n, err
	case t.Kind != DecideTask:
		return t, n, fault.New(fault.Conflict, "The decision of this step is not yours: answer what you were asked.")
	case !n.Offers(act):
		return t, n, fault.New(fault.Conflict, "In step %q it is not foreseen that %s.", n.Label, what)
	}
	return t, n, nil
}

// anybody refuses who is no active person of the organization.
func (d *decider) anybody(id uuid.UUID) error {
	p, err := d.person(id)
	if err != nil {
		return err
	}
	if !p.Active {
		return fault.At("assignee_id", "This is no active person of your organization: choose one.")
	}
	return nil
}

// oneVoice refuses a person whom separation of duties bars, or who has a voice in
// this step already.
func (d *decider) oneVoice(t Task, n *workflow.Node, id uuid.UUID) error {
	if why := d.unfit(id, n); why != "" {
		return fault.At("assignee_id", "%s: choose somebody else for step %q.", why, n.Label)
	}
	for _, x := range d.s.Tasks {
		if x.StepSeq == t.StepSeq && x.ID != t.ID && x.Kind == DecideTask && x.Status != TaskCancelled && !x.Void() && (x.Assignee == id || x.OnBehalfOf == id) {
			return fault.At("assignee_id", "This person is asked in step %q already: everybody has one voice.", n.Label)
		}
	}
	return nil
}

// nextSlot numbers a task that joins a visit.
func (d *decider) nextSlot(seq int) int {
	next := 0
	for _, t := range d.s.Tasks {
		if t.StepSeq == seq {
			next = max(next, t.Slot+1)
		}
	}
	return next
}

// behind lists the tasks that wait for another one.
func (s *State) behind(task uuid.UUID) []Task {
	var out []Task
	for _, t := range s.Tasks {
		if t.Status == TaskQueued && t.Waits == task {
			out = append(out, t)
		}
	}
	return out
}

// openAfter opens what waited for a task that is done or gone. What was itself
// still waiting passes its own wait on.
func (d *decider) openAfter(t Task) error {
	var lacking error
	for _, x := range d.s.behind(t.ID) {
		e := event.Event{Type: event.TaskOpened, Task: ref(x.ID), StepSeq: x.StepSeq, Step: x.Step, Assignee: ref(x.Assignee)}
		if t.Status == TaskQueued {
			e.Type, e.Waits = event.TaskQueued, ref(t.Waits)
		}
		p, err := d.person(x.Assignee)
		if err != nil {
			lacking = err
			continue
		}
		if d.note(e); !p.Active && t.Status != TaskQueued {
			if err := d.handOver(*d.s.Task(x.ID), d.v.Node(x.Step)); errors.Is(err, errNeeds) {
				lacking = err
			} else if err != nil {
				return err
			}
		}
	}
	return lacking
}

// consult asks for an opinion.
func (d *decider) consult(c Consult) error {
	t, _, err := d.deciding(c.Task, workflow.ActConsult, "others are consulted")
	if err != nil {
		return err
	}
	if strings.TrimSpace(c.Comment) == "" {
		return fault.At("comment", "Say what you want to know.")
	}
	return d.askHelp(t, ConsultTask, c.To, c.Comment, c.Wait)
}

// askHelp opens a task that decides nothing, and lets the asker's wait for it.
func (d *decider) askHelp(t Task, kind TaskKind, to uuid.UUID, comment string, wait bool) error {
	if to == t.Assignee {
		return fault.At("assignee_id", "This is you: choose somebody else.")
	}
	if d.nextSlot(t.StepSeq) >= MaxVoices {
		return fault.New(fault.Conflict, "%d people are asked in this step already; more are not possible.", MaxVoices)
	}
	if err := d.anybody(to); err != nil {
		return err
	}
	for _, x := range d.s.OpenTasks() {
		if x.StepSeq == t.StepSeq && x.Assignee == to && x.Kind.Opinion() {
			return fault.At("assignee_id", "This person was asked already and has not answered yet.")
		}
	}
	id := d.f.NewID()
	e := event.Event{
		Type: event.TaskCreated, Task: ref(id), TaskKind: string(kind), StepSeq: t.StepSeq, Step: t.Step,
		Slot: d.nextSlot(t.StepSeq), Assignee: ref(to), AddedBy: ref(d.f.Actor),
	}
	d.reason(&e, comment)
	d.emit(e)
	if wait {
		d.emit(event.Event{Type: event.TaskQueued, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, Assignee: ref(t.Assignee), Waits: ref(id)})
	}
	return nil
}

// answer completes a task that decides nothing.
func (d *decider) answer(t Task, n *workflow.Node, c Complete) error {
	if c.Transition != AnswerID {
		return fault.At("transition", "You were asked for help with this step; the decision is not yours: use %q.", AnswerID)
	}
	if t.Kind == ConsultTask {
		if len(c.Values) > 0 {
			return fault.At("values", "Who is asked for an opinion does not change the request: say it in the comment.")
		}
		if strings.TrimSpace(c.Comment) == "" {
			return fault.At("comment", "Write your answer.")
		}
	}
	var changed []string
	if t.Kind == PrepareTask {
		var err error
		if changed, err = d.write(t, n, c.Values, false); err != nil {
			return err
		}
	}
	e := event.Event{
		Type: event.TaskCompleted, Task: ref(t.ID), TaskKind: string(t.Kind), StepSeq: t.StepSeq, Step: t.Step,
		Transition: AnswerID, Kind: Answered, Title: d.title(),
	}
	if e.Title == d.s.Run.Title {
		e.Title = ""
	}
	d.reason(&e, c.Comment)
	d.emit(e)
	return errors.Join(d.void(changed), d.openAfter(t))
}

// removeApprover withdraws what somebody was asked for beside the definition. The
// step may be decided by that.
func (d *decider) removeApprover(c RemoveApprover) error {
	if err := d.underWay(); err != nil {
		return err
	}
	t := d.s.Task(c.Task)
	switch {
	case t == nil:
		return fault.New(fault.NotFound, "There is no such task.")
	case t.AddedBy == uuid.Nil:
		return fault.New(fault.Conflict, "The workflow itself asks this person: hand the task on instead.")
	case t.AddedBy != d.f.Actor && !c.Any:
		return fault.New(fault.Forbidden, "Only who asked for it can withdraw it.")
	case t.Status != TaskOpen && t.Status != TaskQueued:
		return d.closed(*t)
	}
	gone := *t
	n := d.v.Node(gone.Step)
	d.emit(event.Event{Type: event.TaskCancelled, Task: ref(gone.ID), TaskKind: string(gone.Kind), StepSeq: gone.StepSeq, Step: gone.Step, Assignee: ref(gone.Assignee)})
	if gone.Kind.Opinion() {
		return d.openAfter(gone)
	}
	d.automatic = true // who comes next was not chosen with this act
	return d.settle(n, gone)
}

// delegate lets somebody else do a task.
func (d *decider) delegate(c Delegate) error {
	t, n, err := d.deciding(c.Task, workflow.ActDelegate, "the task is delegated")
	if err != nil {
		return err
	}
	switch c.Mode {
	case DelegatePrepare:
		if why := d.unfit(c.To, n); why != "" { // who prepares a decision writes what it goes by
			return fault.At("assignee_id", "%s: choose somebody else for step %q.", why, n.Label)
		}
		return d.askHelp(t, PrepareTask, c.To, c.Comment, true)
	case DelegateDecide:
	default:
		return fault.At("mode", "%q is no way to delegate: use %q or %q.", c.Mode, DelegateDecide, DelegatePrepare)
	}
	if c.To == t.Assignee {
		return fault.At("assignee_id", "This is you: choose somebody else.")
	}
	owner := t.Assignee
	if t.OnBehalfOf != uuid.Nil {
		owner = t.OnBehalfOf
	}
	if err := d.anybody(c.To); err != nil {
		return err
	}
	if err := d.oneVoice(t, n, c.To); err != nil {
		return err
	}
	if c.To == owner {
		owner = uuid.Nil
	}
	return d.standIn(t, c.To, owner, c.Comment)
}

// standIn gives a task to who decides it for somebody.
func (d *decider) standIn(t Task, to, owner uuid.UUID, comment string) error {
	e := event.Event{
		Type: event.TaskDelegated, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, Assignee: ref(to), Former: ref(t.Assignee), Owner: ref(owner),
	}
	d.reason(&e, comment)
	d.emit(e)
	return nil
}

// takeOver takes a task from the colleague who holds it.
func (d *decider) takeOver(c TakeOver) error {
	t, n, err := d.open(c.Task)
	switch {
	case err != nil:
		return err
	case t.Assignee == uuid.Nil:
		return fault.New(fault.Conflict, "Nobody holds this task yet: claim it instead.")
	case t.Assignee == d.f.Actor:
		return fault.New(fault.Conflict, "You hold this task already.")
	case t.Kind != DecideTask:
		return fault.New(fault.Conflict, "This task asks one person for help; it cannot be taken over.")
	case strings.TrimSpace(c.Comment) == "":
		return fault.At("comment", "Say why you take this task over.")
	}
	if err := d.oneVoice(t, n, d.f.Actor); err != nil {
		return fault.New(fault.Forbidden, "%s", fault.Sentence(err))
	}
	owner := t.Assignee
	if t.OnBehalfOf != uuid.Nil {
		owner = t.OnBehalfOf
	}
	if owner == d.f.Actor {
		owner = uuid.Nil
	}
	return d.standIn(t, d.f.Actor, owner, c.Comment)
}
