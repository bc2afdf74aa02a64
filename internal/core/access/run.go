package access

import (
	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// Part is what somebody is to a run: bits, kept in participants.roles.
type Part int16

// The parts.
const (
	AsInitiator   Part = 1
	AsAssignee    Part = 2 // holds a task of it, or held one
	AsStakeholder Part = 4
	AsWatcher     Part = 8 // by choice; it shows nobody anything
)

// Taking are the parts by which somebody takes part in a run, and therefore sees it.
// Watching is none: who could see a run only by a right and lost that sees it no more.
const Taking = AsInitiator | AsAssignee | AsStakeholder

// Standing is what a decision about a run depends on: who the actor is to it.
type Standing struct {
	Part    Part
	Offered bool // some open task of it is offered to him
	Draft   bool // not sent yet: only its initiator knows of it
	Over    bool // nothing can happen to it any more
	Held    bool // on hold until it is resumed
	Recall  bool // nobody has acted on it since it was sent
}

// RunAbilities are sent with every run, so that the screen never repeats a rule.
type RunAbilities struct {
	View    bool `json:"view"`
	Comment bool `json:"comment"`
	Cancel  bool `json:"cancel"`
	Retry   bool `json:"retry"`
	// Of the initiator:
	Recall   bool `json:"recall"`
	Withdraw bool `json:"withdraw"`
	Restart  bool `json:"restart"`
	// Of whoever has a part in it:
	Nudge bool `json:"nudge"`
	Watch bool `json:"watch"`
	// Of whoever has a part in it, or an operator:
	AddStakeholder bool `json:"add_stakeholder"`
	// Of an operator:
	Hold   bool `json:"hold"`
	Resume bool `json:"resume"`
}

// takesPart reports whether somebody sees a run because of what he is to it.
func (s Standing) takesPart() bool { return s.Part&Taking != 0 }

// ForRun says what the actor may do with a run.
func ForRun(a Actor, s Standing) RunAbilities {
	initiator := s.Part&AsInitiator != 0
	view := initiator || !s.Draft && (s.takesPart() || s.Offered || a.Has(RunViewAll) || a.Has(RunOperate))
	live := view && !s.Draft && !s.Over
	return RunAbilities{
		View:    view,
		Comment: view && !s.Draft,
		Cancel:  live && a.Has(RunOperate),
		Retry:   live && a.Has(RunOperate),
		Recall:  live && !s.Held && initiator && s.Recall, Withdraw: live && initiator, Restart: view && initiator && s.Over,
		Nudge: live && !s.Held && (s.takesPart() || a.Has(RunOperate)),
		Watch: view && !s.Draft && a.Has(WatcherSelf),

		AddStakeholder: view && !s.Draft && (s.takesPart() || a.Has(RunOperate)) && a.Has(StakeholderAdd),

		Hold: live && !s.Held && a.Has(RunOperate), Resume: live && s.Held && a.Has(RunOperate),
	}
}

// CheckView is the gate for everything that shows a run. Who may not see it
// learns nothing, not even that it exists.
func CheckView(a Actor, s Standing) error {
	if !ForRun(a, s).View {
		return fault.New(fault.NotFound, "There is no such request, or you may not see it.")
	}
	return nil
}

// CheckComment is the gate for adding a remark.
func CheckComment(a Actor, s Standing) error {
	return gate(a, s, ForRun(a, s).Comment, "A draft cannot be commented: send it first.")
}

// CheckOperate is the gate for cancelling and mending a run.
func CheckOperate(a Actor, s Standing) error {
	return gate(a, s, a.Has(RunOperate), "Only a run administrator may do this.")
}

// CheckMigrate is the gate for moving a run to another version of its workflow.
func CheckMigrate(a Actor, s Standing) error {
	return gate(a, s, a.Has(RunMigrate), "You may not move requests to another version of their workflow.")
}

// CheckOwn is the gate for what only the initiator does with his request.
func CheckOwn(a Actor, s Standing) error {
	return gate(a, s, s.Part&AsInitiator != 0, "Only who made the request may do this.")
}

// CheckNudge is the gate for reminding whoever holds a run.
func CheckNudge(a Actor, s Standing) error {
	return gate(a, s, s.takesPart() || a.Has(RunOperate), "Only who has a part in a request may remind others of it.")
}

// CheckWatch is the gate for watching a run. Whoever watches one may always stop.
func CheckWatch(a Actor, s Standing) error {
	if !a.Has(WatcherSelf) {
		return gate(a, s, false, "You may not watch requests. Ask an administrator for the right to.")
	}
	return gate(a, s, ForRun(a, s).Watch, "A draft cannot be watched: send it first.")
}

// CheckAddStakeholder is the gate for letting somebody else see a run.
func CheckAddStakeholder(a Actor, s Standing) error {
	if !a.Has(StakeholderAdd) {
		return gate(a, s, false, "You may not let others see requests. Ask an administrator for the right to.")
	}
	if s.Draft {
		return gate(a, s, false, "Nobody else can see a draft: send it first.")
	}
	return gate(a, s, ForRun(a, s).AddStakeholder, "Only who takes part in a request, or a run administrator, may let others see it.")
}

func gate(a Actor, s Standing, allowed bool, why string) error {
	if err := CheckView(a, s); err != nil {
		return err
	}
	if !allowed {
		return fault.New(fault.Forbidden, "%s", why)
	}
	return nil
}

// TaskStanding is what a decision about one task depends on.
type TaskStanding struct {
	Run      Standing
	Open     bool
	Assignee uuid.UUID // Nil: offered to a pool
	Pooled   bool      // it was offered to a pool, and can go back there
	Offered  bool      // this very task is offered to the actor
	Asked    bool      // the actor was among that pool, whoever took the task since
	Fix      bool      // a correction, which only the requester makes
	Opinion  bool      // help that was asked for; the decision is somebody else's
	Barred   bool      // separation of duties keeps the actor from it
}

// TaskAbilities are sent with every task.
type TaskAbilities struct {
	Complete bool `json:"complete"`
	Reject   bool `json:"reject"`
	SendBack bool `json:"send_back"`
	Claim    bool `json:"claim"`
	Release  bool `json:"release"`
	Reassign bool `json:"reassign"`

	AddApprover bool `json:"add_approver"`
	Consult     bool `json:"consult"`
	Delegate    bool `json:"delegate"`
	TakeOver    bool `json:"take_over"`
}

// ForTask says what the actor may do with a task. Reject, SendBack and what draws
// others in also depend on the definition; the caller narrows them.
func ForTask(a Actor, t TaskStanding) TaskAbilities {
	mine := t.Open && t.Assignee == a.User
	decides := !t.Fix && !t.Opinion
	return TaskAbilities{
		Complete: mine && !t.Barred,
		Reject:   mine && !t.Barred && decides,
		SendBack: mine && !t.Barred && decides,
		Claim:    t.Open && t.Assignee == uuid.Nil && t.Offered && !t.Barred,
		Release:  mine && t.Pooled,
		Reassign: t.Open && decides && (mine || a.Has(TaskReassignAny)),

		AddApprover: mine && decides && !t.Barred, Consult: mine && decides, Delegate: mine && decides,
		TakeOver: t.Open && decides && t.Assignee != uuid.Nil && !mine && !t.Barred && a.Has(TaskTakeOver),
	}
}

// CheckHold is the gate for deciding a task: only who holds it. The engine
// tells the loser of a race more exactly what happened.
func CheckHold(a Actor, t TaskStanding) error {
	return gate(a, t.Run, !t.Open || t.Assignee == a.User || t.Assignee == uuid.Nil, "This task is assigned to somebody else.")
}

// CheckUndo is the gate for taking a decision back: only who made it.
func CheckUndo(a Actor, t TaskStanding) error {
	return gate(a, t.Run, t.Assignee == a.User, "Only who decided can take it back.")
}

// CheckClaim is the gate for taking an offered task. Who was asked and came too
// late passes, so that the engine tells him who was faster.
func CheckClaim(a Actor, t TaskStanding) error {
	if t.Asked {
		return nil
	}
	return gate(a, t.Run, !t.Open || t.Assignee != uuid.Nil || t.Offered, "This task is offered to other people.")
}

// CheckTakeOver is the gate for deciding in an absent colleague's place.
func CheckTakeOver(a Actor, t TaskStanding) error {
	return gate(a, t.Run, a.Has(TaskTakeOver), "You may not take over tasks of others. Ask an administrator for the right to.")
}

// CheckReassign is the gate for handing a task on.
func CheckReassign(a Actor, t TaskStanding) error {
	return gate(a, t.Run, !t.Open || t.Assignee == a.User || a.Has(TaskReassignAny), "Only who holds a task, or an administrator, may hand it on.")
}
