package engine

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// NudgeEvery is how long a reminder by hand has to have been ago before the next.
const NudgeEvery = 4 * time.Hour

// acted reports whether anybody has decided anything since the request was last
// sent.
func (s *State) acted() bool {
	sent := s.sent()
	for _, t := range s.Tasks {
		if t.StepSeq > sent && t.Status == TaskCompleted && !t.Kind.Opinion() {
			return true
		}
	}
	return slices.ContainsFunc(s.Steps, func(v StepRun) bool { // somebody decided in a request that it started
		return v.Seq > sent && slices.ContainsFunc(v.Subs, func(x Sub) bool { return x.Status == SubDone })
	})
}

// sent is the visit to the start by which the request was last sent: visits to
// the start are those that nothing led to.
func (s *State) sent() int {
	for i := len(s.Steps) - 1; i >= 0; i-- {
		if s.Steps[i].Cause == 0 {
			return s.Steps[i].Seq
		}
	}
	return 0
}

// Recallable says why a request cannot be recalled by its initiator, "" when it can.
func Recallable(s *State) string {
	for _, t := range s.OpenTasks() {
		if t.Kind == FixTask {
			return "The request is with its requester already."
		}
	}
	if s.acted() {
		return "Somebody has acted on this request already: withdraw it instead."
	}
	return ""
}

// recall brings the run back to its initiator, to be changed and sent again.
func (d *decider) recall(c Recall) error {
	if err := d.underWay(); err != nil {
		return err
	}
	if d.f.Actor != d.s.Run.Initiator {
		return fault.New(fault.Forbidden, "Only who made the request can recall it.")
	}
	if why := Recallable(&d.s); why != "" {
		return fault.New(fault.Conflict, "%s", why)
	}
	e := event.Event{Type: event.RunRecalled}
	d.reason(&e, c.Comment)
	d.emit(e)
	d.stopAll(0)
	return d.follow(d.v.Start(), way{})
}

func (d *decider) hold(c Hold) error {
	if err := d.underWay(); err != nil {
		return err
	}
	if strings.TrimSpace(c.Comment) == "" {
		return fault.At("comment", "Say why this request is put on hold.")
	}
	e := event.Event{Type: event.RunHeld}
	d.reason(&e, c.Comment)
	d.emit(e)
	return nil
}

func (d *decider) resume(c Resume) error {
	if d.s.Run.Status != RunHeld {
		if err := d.underWay(); err != nil {
			return err
		}
		return fault.New(fault.Conflict, "This request is not on hold.")
	}
	e := event.Event{Type: event.RunResumed}
	d.reason(&e, c.Comment)
	d.emit(e)
	// People may have changed meanwhile, what it had started may have ended, and it may
	// have been moved to a version by which fewer branches are waited for.
	return errors.Join(d.reassess(), d.joinAgain(), d.goOnSubs())
}

// nudge reminds whoever holds the run.
func (d *decider) nudge() error {
	if err := d.underWay(); err != nil {
		return err
	}
	if next := d.s.Run.NudgedAt.Add(NudgeEvery); !d.s.Run.NudgedAt.IsZero() && d.f.Now.Before(next) {
		return fault.New(fault.Conflict, "They were reminded at %s already. The next reminder is possible at %s.", clock(d.s.Run.NudgedAt), clock(next))
	}
	if len(d.s.OpenTasks()) == 0 && len(d.s.running()) > 0 {
		return fault.New(fault.Conflict, "This request waits for others that it has started: remind those who hold them.")
	}
	if len(d.s.OpenTasks()) == 0 {
		return fault.New(fault.Conflict, "Nobody holds this request: it waits for a run administrator.")
	}
	d.emit(event.Event{Type: event.RunNudged})
	return nil
}

// repeats returns the arrow by which a step is passed over because its only
// assignee approved an earlier step of this round, or nil.
func (d *decider) repeats(v visit, a assignment) (*workflow.Arrow, error) {
	if !d.v.SkipsRepeated() || a.assignee == uuid.Nil || a.warning != "" || v.way.back != 0 || !d.approvedEarlier(a.assignee, v) {
		return nil, nil
	}
	var arrow *workflow.Arrow
	for _, x := range v.node.Transitions {
		if x.Kind == workflow.Reject {
			continue
		}
		if arrow != nil { // which of them he would choose is his decision
			return nil, nil
		}
		arrow = x
	}
	if arrow == nil || arrow.CommentRequired {
		return nil, nil
	}
	in := d.input(v.node.ID, v.way.cause)
	p, err := d.person(a.assignee)
	if err != nil {
		return nil, err
	}
	in.Assignee = p.Attributes
	if ok, err := holds(arrow, in); err != nil || !ok {
		return nil, nil //nolint:nilerr // then he is asked, and reads why
	}
	modes, _ := d.v.Form.Modes(v.node.Fields, false, in)
	if _, err := d.v.Form.Apply(modes, d.s.Values, nil, in); err != nil {
		return nil, nil //nolint:nilerr // he has to fill something in
	}
	return arrow, nil
}

// approvedEarlier reports whether somebody was for this request in an earlier
// step of the same round, on the way to a visit.
func (d *decider) approvedEarlier(id uuid.UUID, v visit) bool {
	round, live := d.s.Step(v.seq).Round, d.s.live(d.v)
	for _, t := range d.s.Tasks {
		visit := d.s.Step(t.StepSeq)
		agreed := t.Decision == string(workflow.Approve) || t.Decision == string(workflow.Forward)
		if t.Kind == DecideTask && t.Status == TaskCompleted && !t.Void() && t.Assignee == id && agreed && visit != nil && visit.Round == round && live[visit.Seq] && t.Step != v.node.ID {
			return true
		}
	}
	return false
}
