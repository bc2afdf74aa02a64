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
	AsWatcher     Part = 8
)

// Standing is what a decision about a run depends on: who the actor is to it.
type Standing struct {
	Part    Part
	Offered bool // some open task of it is offered to him
	Draft   bool // not sent yet: only its initiator knows of it
	Over    bool // nothing can happen to it any more
}

// RunAbilities are sent with every run, so that the screen never repeats a rule.
type RunAbilities struct {
	View    bool `json:"view"`
	Comment bool `json:"comment"`
	Cancel  bool `json:"cancel"`
	Retry   bool `json:"retry"`
}

// ForRun says what the actor may do with a run.
func ForRun(a Actor, s Standing) RunAbilities {
	view := s.Part&AsInitiator != 0 || !s.Draft && (s.Part != 0 || s.Offered || a.Has(RunViewAll) || a.Has(RunOperate))
	return RunAbilities{
		View:    view,
		Comment: view && !s.Draft,
		Cancel:  view && !s.Draft && !s.Over && a.Has(RunOperate),
		Retry:   view && !s.Draft && !s.Over && a.Has(RunOperate),
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
}

// ForTask says what the actor may do with a task. Reject and SendBack also
// depend on the definition; the caller narrows them.
func ForTask(a Actor, t TaskStanding) TaskAbilities {
	mine := t.Open && t.Assignee == a.User
	return TaskAbilities{
		Complete: mine && !t.Barred,
		Reject:   mine && !t.Barred && !t.Fix,
		SendBack: mine && !t.Barred && !t.Fix,
		Claim:    t.Open && t.Assignee == uuid.Nil && t.Offered && !t.Barred,
		Release:  mine && t.Pooled,
		Reassign: t.Open && !t.Fix && (mine || a.Has(TaskReassignAny)),
	}
}

// CheckHold is the gate for deciding a task: only who holds it. The engine
// tells the loser of a race more exactly what happened.
func CheckHold(a Actor, t TaskStanding) error {
	return gate(a, t.Run, !t.Open || t.Assignee == a.User || t.Assignee == uuid.Nil, "This task is assigned to somebody else.")
}

// CheckClaim is the gate for taking an offered task. Who was asked and came too
// late passes, so that the engine tells him who was faster.
func CheckClaim(a Actor, t TaskStanding) error {
	if t.Asked {
		return nil
	}
	return gate(a, t.Run, !t.Open || t.Assignee != uuid.Nil || t.Offered, "This task is offered to other people.")
}

// CheckReassign is the gate for handing a task on.
func CheckReassign(a Actor, t TaskStanding) error {
	return gate(a, t.Run, !t.Open || t.Assignee == a.User || a.Has(TaskReassignAny), "Only who holds a task, or an administrator, may hand it on.")
}
