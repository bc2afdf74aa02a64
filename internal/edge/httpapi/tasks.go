package httpapi

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
)

type taskGet struct{ OfTask }

type taskComplete struct {
	keyed
	OfTask
	Transition string         `json:"transition" minLength:"1" maxLength:"100" doc:"The id of one of the task's transitions; reject where that is built in." example:"hr"`
	Values     map[string]any `json:"values,omitempty" doc:"Changed fields by name; null empties one. Fields that may not be changed here are refused."`
	Comment    string         `json:"comment,omitempty" maxLength:"10000" doc:"The reason; some transitions require it."`
	Chosen
}

type taskSendBack struct {
	keyed
	OfTask
	To      string `json:"to" minLength:"1" maxLength:"100" doc:"previous, initiator, or the id of a step already visited." example:"initiator"`
	Comment string `json:"comment,omitempty" maxLength:"10000" doc:"What has to be corrected."`
}

type taskTake struct {
	keyed
	OfTask
}

type taskReassign struct {
	keyed
	OfTask
	AssigneeID uuid.UUID `json:"assignee_id" doc:"Who does it from now on."`
	Comment    string    `json:"comment,omitempty" maxLength:"10000" doc:"Why."`
}

type taskCandidates struct {
	OfTask
	Transition string         `json:"transition,omitempty" maxLength:"100" doc:"Whom may be chosen behind this transition; without it and step_id: to whom the task may be handed on."`
	StepID     string         `json:"step_id,omitempty" maxLength:"100" doc:"Whom may be chosen for this step."`
	Query      string         `json:"query,omitempty" maxLength:"200" doc:"Beginning of a name or email."`
	Limit      int            `json:"limit,omitempty" minimum:"1" maximum:"100" doc:"How many; 50 when absent."`
	Values     map[string]any `json:"values,omitempty" doc:"The fields being entered, by name: whom a rule names may depend on them. They are not validated."`
}

type taskFilter struct {
	View     string `json:"view,omitempty" enum:"mine,claimable" doc:"My open tasks, or those I may take; mine when absent."`
	Workflow string `json:"workflow,omitempty" maxLength:"64" doc:"Only of this workflow: its id or key."`
	Query    string `json:"query,omitempty" maxLength:"200" doc:"Part of a title, number or requester."`
}

type taskList struct {
	Page
	Filter taskFilter `json:"filter,omitzero" doc:"What to show."`
}

func taskOperations(r *registry, s *runs.Service) {
	op(r, "tasks.list", access.Member, read, "List the inbox",
		"The open tasks of the caller, or those he may take, newest first.",
		func(ctx context.Context, a access.Actor, in taskList) (runs.TaskList, error) {
			return s.ListTasks(ctx, a, runs.ListTasks{
				View: in.Filter.View, Workflow: in.Filter.Workflow, Query: in.Filter.Query, Cursor: in.Cursor, Limit: in.Limit,
			})
		})
	op(r, "tasks.get", access.Member, read, "Read a task",
		"One task with everything its reader needs to act, and its run.",
		func(ctx context.Context, a access.Actor, in taskGet) (runs.TaskPage, error) {
			return s.Task(ctx, a, in.TaskID)
		})
	op(r, "tasks.complete", access.Member, change, "Decide a task",
		"Leaves the task by one of its transitions and answers the run as the actor now sees it. One of two people who act at once gets a conflict.",
		func(ctx context.Context, a access.Actor, in taskComplete) (runs.Run, error) {
			return s.Complete(ctx, a, runs.Complete{
				Task: in.TaskID, Transition: in.Transition, Values: in.Values, Comment: in.Comment,
				Assignees: in.choices(), Key: in.runsKey(),
			})
		})
	op(r, "tasks.send_back", access.Member, change, "Send a request back",
		"Returns the request to an earlier step, which opens a new round.",
		func(ctx context.Context, a access.Actor, in taskSendBack) (runs.Run, error) {
			return s.SendBack(ctx, a, runs.SendBack{Task: in.TaskID, To: in.To, Comment: in.Comment, Key: in.runsKey()})
		})
	op(r, "tasks.claim", access.Member, change, "Take a task",
		"Takes a task that is offered to several people.",
		func(ctx context.Context, a access.Actor, in taskTake) (runs.Run, error) {
			return s.Claim(ctx, a, in.TaskID, in.runsKey())
		})
	op(r, "tasks.release", access.Member, change, "Give a task back",
		"Offers a task that was taken to its candidates again.",
		func(ctx context.Context, a access.Actor, in taskTake) (runs.Run, error) {
			return s.Release(ctx, a, in.TaskID, in.runsKey())
		})
	op(r, "tasks.reassign", access.Member, change, "Hand a task on",
		"Gives a task to a colleague within the same step.",
		func(ctx context.Context, a access.Actor, in taskReassign) (runs.Run, error) {
			return s.Reassign(ctx, a, runs.Reassign{Task: in.TaskID, To: in.AssigneeID, Comment: in.Comment, Key: in.runsKey()})
		})
	op(r, "tasks.candidates", access.Member, read, "List whom may be chosen",
		"People who may be chosen behind a transition, or to whom the task may be handed on.",
		func(ctx context.Context, a access.Actor, in taskCandidates) (runs.CandidateList, error) {
			return s.Candidates(ctx, a, runs.Candidates{
				Task: in.TaskID, Transition: in.Transition, Step: in.StepID, Values: in.Values, Query: in.Query, Limit: in.Limit,
			})
		})
}
