package engine

import (
	"errors"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// claim takes a task that is offered to several. Whether the actor still
// belongs to them is asked again now, under the lock.
func (d *decider) claim(c Claim) error {
	t, n, err := d.open(c.Task)
	if err != nil {
		return err
	}
	if t.Assignee == d.f.Actor {
		return fault.New(fault.Conflict, "You hold this task already.")
	}
	if t.Assignee != uuid.Nil {
		p, err := d.person(t.Assignee)
		if err != nil {
			return err
		}
		return fault.New(fault.Conflict, "%s claimed this task at %s.", p.Name, clock(t.AssignedAt))
	}
	if why := d.unfit(d.f.Actor, n); why != "" {
		return fault.New(fault.Forbidden, "%s: leave this task to a colleague.", why)
	}
	if err := d.oneVoice(t, n, d.f.Actor); err != nil {
		return fault.New(fault.Forbidden, "%s", fault.Sentence(err))
	}
	_, ok, err := d.candidate(groupNode(n, t.Group), d.causeOf(t), d.f.Actor)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.Forbidden, "You are not among those who may take step %q any more.", n.Label)
	}
	d.emit(event.Event{Type: event.TaskClaimed, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, Assignee: ref(d.f.Actor)})
	return nil
}

// release offers a claimed task to its pool again.
func (d *decider) release(c Release) error {
	t, _, err := d.open(c.Task)
	if err != nil {
		return err
	}
	if t.Assignee != d.f.Actor {
		return fault.New(fault.Forbidden, "Only who holds a task can release it.")
	}
	if t.Pool == nil {
		return fault.New(fault.Conflict, "This task was given to you by name: hand it to a colleague instead.")
	}
	d.emit(event.Event{Type: event.TaskReleased, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, Former: ref(t.Assignee)})
	return nil
}

// reassign hands a task to a colleague in the same step.
func (d *decider) reassign(c Reassign) error {
	t, n, err := d.open(c.Task)
	if err != nil {
		return err
	}
	if t.Kind == FixTask && t.Assignee == d.initiator.ID && d.initiator.Active {
		return fault.New(fault.Conflict, "Only the requester can correct his request: this task cannot be handed on.")
	}
	if t.Kind.Opinion() {
		return fault.New(fault.Conflict, "Help is asked of one person: answer, or let it be asked of somebody else.")
	}
	if c.To == t.Assignee && c.To != uuid.Nil {
		return fault.At("assignee_id", "This person holds the task already.")
	}
	if err := d.anybody(c.To); err != nil {
		return err
	}
	if !n.Offers(workflow.ActReassign) && !c.Any && c.To != t.OnBehalfOf {
		return fault.New(fault.Conflict, "Step %q does not let its tasks be handed on.", n.Label)
	}
	owner := t.OnBehalfOf
	if c.To == owner { // who stood in for him gives it back
		owner = uuid.Nil
	} else if err := d.mayGet(t, groupNode(n, t.Group), c.To); err != nil {
		return err
	}
	if err := d.oneVoice(t, n, c.To); err != nil {
		return err
	}
	e := event.Event{
		Type: event.TaskReassigned, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, Assignee: ref(c.To), Former: ref(t.Assignee), Owner: ref(owner),
	}
	d.reason(&e, c.Comment)
	d.emit(e)
	return nil
}

// mayGet refuses a person who is not among the candidates of the step. Where
// nobody is who may decide it, anybody active may get it: else the owner, whom
// the task fell to, could not pass it to who knows.
func (d *decider) mayGet(t Task, n *workflow.Node, to uuid.UUID) error {
	cause := d.causeOf(t)
	_, ok, err := d.candidate(n, cause, to)
	if ok || err != nil {
		return err
	}
	if n.Assign.Candidates != nil || n.Assign.Strategy == workflow.ByRole {
		_, fit, err := d.candidates(n, cause, false, false)
		if err != nil {
			return err
		}
		if len(fit) > 0 {
			return fault.At("assignee_id", "This person is not among the candidates for step %q: choose one of those.", n.Label)
		}
		if p, err := d.person(to); err != nil || p.Active {
			return err
		}
	}
	return fault.At("assignee_id", "This is no active person of your organization: choose one.")
}

// cancel ends a run by hand, also while it is on hold.
func (d *decider) cancel(c Cancel) error {
	if err := d.underWay(); err != nil && d.s.Run.Status != RunHeld {
		return err
	}
	if c.Reason == CancelWithdrawn && d.f.Actor != d.s.Run.Initiator {
		return fault.New(fault.Forbidden, "Only who made the request can withdraw it.")
	}
	if strings.TrimSpace(c.Comment) == "" && c.Reason != CancelParent && (c.Reason != CancelWithdrawn || d.s.acted()) {
		what := "cancelled"
		if c.Reason == CancelWithdrawn {
			what = "withdrawn"
		}
		return fault.At("comment", "Say why this request is %s.", what)
	}
	e := event.Event{Type: event.RunCancelled, Reason: c.Reason}
	d.reason(&e, c.Comment)
	d.cancelTasks(0)
	d.emit(e)
	return nil
}

// retry lets every visit that became an incident try again, or sends the request
// back to the requester from there.
func (d *decider) retry(c Retry) error {
	if err := d.underWay(); err != nil {
		return err
	}
	d.automatic = true
	stuck := d.s.incidents()
	if len(stuck) == 0 {
		return fault.New(fault.Conflict, "This request has no incident to mend.")
	}
	if c.ToRequester {
		return d.askRequester(*d.s.Step(stuck[0]), c.Comment)
	}
	if slices.ContainsFunc(stuck, func(seq int) bool { return d.s.Step(seq).Again }) {
		return d.reopenAll(stuck)
	}
	if d.s.askedAgain(0) {
		return fault.New(fault.Conflict, "Somebody who decided on what was changed since is asked again first.")
	}
	for _, seq := range stuck {
		v := *d.s.Step(seq)
		if v.Status != StepIncident || d.s.askedAgain(0) { // the one before led to the end of the run, or past a void decision
			continue
		}
		if err := d.unlessDue(func(d *decider) error { return d.tryAgain(v) }); err != nil {
			return err
		}
	}
	return nil
}

// tryAgain lets one incident try again: what has started already is not started twice.
func (d *decider) tryAgain(v StepRun) error {
	if len(v.Subs) > 0 {
		return d.retrySubs(v)
	}
	return d.again(v)
}

// reopenAll asks those again who could not be asked again. The other incidents are
// tried again when these have decided.
func (d *decider) reopenAll(stuck []int) error {
	var lacking error
	for _, seq := range stuck {
		v := *d.s.Step(seq)
		if !v.Again || v.Status != StepIncident {
			continue
		}
		if err := d.reopen(v); errors.Is(err, errNeeds) {
			lacking = err
		} else if err != nil {
			return err
		}
	}
	return lacking
}

// reopen asks those of a visit again whose decisions are void. Where all were made anew
// and none is possible, the step is done anew, and what came of it.
func (d *decider) reopen(v StepRun) error {
	void := slices.DeleteFunc(slices.Clone(d.s.Tasks), func(t Task) bool {
		return t.StepSeq != v.Seq || !t.Void() || d.s.answered(t.ID)
	})
	if len(void) == 0 {
		d.stopAfter(v)
		return d.again(v)
	}
	d.emit(event.Event{Type: event.StepReopened, StepSeq: v.Seq, Step: v.Step})
	return d.askDue(void)
}

// answered reports whether a void decision was made anew.
func (s *State) answered(void uuid.UUID) bool {
	return slices.ContainsFunc(s.Tasks, func(t Task) bool {
		return t.Again == void && t.Status == TaskCompleted
	})
}

// askRequester opens the next round at the start, as a send back does: an
// incident that comes from what was entered goes on only with other values.
func (d *decider) askRequester(v StepRun, comment string) error {
	if strings.TrimSpace(comment) == "" {
		return fault.At("comment", "Say what the requester has to correct.")
	}
	start, round := d.v.Start(), d.s.Run.Round+1
	e := event.Event{Type: event.TaskSentBack, StepSeq: v.Seq, Step: v.Step, To: start.ID, Round: round}
	d.reason(&e, comment)
	d.emit(e)
	for _, seq := range d.s.incidents() {
		x := *d.s.Step(seq)
		d.leave(x.Seq, x.Step, SentBack)
	}
	d.stopAll(0)
	return d.follow(start, way{back: v.Seq, round: round})
}

// incidents lists the visits that wait for an administrator, by their numbers.
func (s *State) incidents() []int {
	var out []int
	for _, v := range s.Steps {
		if v.Status == StepIncident {
			out = append(out, v.Seq)
		}
	}
	return out
}

// again leaves the incident behind and enters its step anew, as it was entered
// before: only who was sent back to is asked again.
func (d *decider) again(v StepRun) error {
	n := d.v.Node(v.Step)
	if n == nil {
		return fault.New(fault.Conflict, "The step %q does not exist in the workflow any more.", v.Step)
	}
	d.emit(event.Event{Type: event.StepLeft, StepSeq: v.Seq, Step: v.Step, Transition: "retry"})
	w := way{cause: v.Cause, back: v.BackFrom, scope: v.Scope, returns: v.ReturnTo, correct: v.Correct}
	if id := d.s.Decider(n.ID); n.Type == workflow.TaskStep && v.BackFrom != 0 && id != uuid.Nil {
		w.prefer = []uuid.UUID{id}
	}
	return d.follow(n, w)
}

// comment adds a remark, whether the run is under way or ended.
func (d *decider) comment(c Comment) error {
	text := strings.TrimSpace(c.Text)
	if text == "" {
		return fault.At("text", "Write something first.")
	}
	d.emit(event.Event{Type: event.Commented, Text: text, Comment: ref(d.f.NewID())})
	return nil
}

// causeOf returns the visit that led to a task's visit.
func (d *decider) causeOf(t Task) int {
	if v := d.s.Step(t.StepSeq); v != nil {
		return v.Cause
	}
	return 0
}
