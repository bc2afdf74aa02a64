package httpapi

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
)

type taskAddApprover struct {
	keyed
	OfTask
	AssigneeID uuid.UUID `json:"assignee_id" doc:"Whom to ask."`
	Where      string    `json:"where" enum:"before,beside,after" doc:"Whether he is asked before, beside or after the caller."`
	Comment    string    `json:"comment,omitempty" maxLength:"10000"`
}

type taskConsult struct {
	keyed
	OfTask
	AssigneeID uuid.UUID `json:"assignee_id" doc:"Whom to ask; the requester can be asked, too."`
	Comment    string    `json:"comment" minLength:"1" maxLength:"10000" doc:"The question."`
	Wait       bool      `json:"wait,omitempty" doc:"The task waits for the answer."`
}

type taskDelegate struct {
	keyed
	OfTask
	AssigneeID uuid.UUID `json:"assignee_id"`
	Mode       string    `json:"mode" enum:"decide,prepare" doc:"decide: in the caller's place; prepare: the caller decides afterwards."`
	Comment    string    `json:"comment,omitempty" maxLength:"10000"`
}

type taskTakeOver struct {
	keyed
	OfTask
	Comment string `json:"comment" minLength:"1" maxLength:"10000" doc:"Why."`
}

type taskMove struct {
	keyed
	FromUserID uuid.UUID `json:"from_user_id" doc:"Who holds the tasks."`
	ToUserID   uuid.UUID `json:"to_user_id" doc:"Who gets them."`
	Comment    string    `json:"comment,omitempty" maxLength:"10000" doc:"Why."`
	Preview    bool      `json:"preview,omitempty" doc:"Change nothing and tell what would become of each."`
}

// taskHelpOperations declares what draws others into a task.
func taskHelpOperations(r *registry, s *runs.Service) {
	op(r, "tasks.add_approver", access.Member, change, "Ask one more approver",
		"Asks somebody before, beside or after the caller. The step needs his voice then, and a reject by him rejects.",
		func(ctx context.Context, a access.Actor, in taskAddApprover) (runs.Run, error) {
			return s.AddApprover(ctx, a, runs.AddApprover{Task: in.TaskID, To: in.AssigneeID, Where: in.Where, Comment: in.Comment, Key: in.runsKey()})
		})
	op(r, "tasks.remove_approver", access.Member, change, "Withdraw what was asked of somebody",
		"Withdraws an approver, a question or a piece of work that the caller asked for. The step may be decided by that.",
		func(ctx context.Context, a access.Actor, in taskTake) (runs.Run, error) {
			return s.RemoveApprover(ctx, a, runs.RemoveApprover{Task: in.TaskID, Key: in.runsKey()})
		})
	op(r, "tasks.consult", access.Member, change, "Ask for an opinion",
		"Asks a colleague or the requester a question. The decision stays with the caller, and no new round begins.",
		func(ctx context.Context, a access.Actor, in taskConsult) (runs.Run, error) {
			return s.Consult(ctx, a, runs.Consult{Task: in.TaskID, To: in.AssigneeID, Comment: in.Comment, Wait: in.Wait, Key: in.runsKey()})
		})
	op(r, "tasks.delegate", access.Member, change, "Let a colleague do a task",
		"Gives the decision to a colleague, who decides on the caller's behalf, or only the work before it.",
		func(ctx context.Context, a access.Actor, in taskDelegate) (runs.Run, error) {
			return s.Delegate(ctx, a, runs.Delegate{Task: in.TaskID, To: in.AssigneeID, Mode: in.Mode, Comment: in.Comment, Key: in.runsKey()})
		})
	op(r, "tasks.take_over", access.TaskTakeOver, change, "Take over a colleague's task",
		"Takes a task from whoever holds it, to decide it on his behalf.",
		func(ctx context.Context, a access.Actor, in taskTakeOver) (runs.Run, error) {
			return s.TakeOver(ctx, a, runs.TakeOver{Task: in.TaskID, Comment: in.Comment, Key: in.runsKey()})
		})
	op(r, "tasks.move", access.TaskReassignAny, change, "Hand everything somebody holds to a colleague",
		"Moves the open tasks of a person to another, each by itself, and answers what became of each: who is no candidate of a step or is barred from it does not get it.",
		func(ctx context.Context, a access.Actor, in taskMove) (runs.MovedMany, error) {
			return s.Move(ctx, a, runs.Move{From: in.FromUserID, To: in.ToUserID, Comment: in.Comment, Preview: in.Preview, Key: in.runsKey()})
		})
	op(r, "tasks.candidates", access.Member, read, "List whom may be chosen",
		"People who may be chosen behind a transition, to whom the task may be handed on, or who may be asked for help.",
		func(ctx context.Context, a access.Actor, in taskCandidates) (runs.CandidateList, error) {
			return s.Candidates(ctx, a, runs.Candidates{
				Task: in.TaskID, Transition: in.Transition, Step: in.StepID, For: in.For, Values: in.Values, Query: in.Query, Limit: in.Limit,
			})
		})
}
