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
	Revision   int64          `json:"revision,omitempty" minimum:"0" doc:"Of the request as it was when the form was read. What came back into it since from requests that it had started stays, or the answer names the field. Without it what is sent as it was before stays as it came back."`
	Chosen
}

type taskSendBack struct {
	keyed
	OfTask
	To      string   `json:"to" minLength:"1" maxLength:"100" doc:"previous, initiator, or the id of a step already visited." example:"initiator"`
	Comment string   `json:"comment,omitempty" maxLength:"10000" doc:"What has to be corrected."`
	Return  string   `json:"return,omitempty" enum:"again,to_me" doc:"How it goes on once it is corrected: along the path again, which is the default, or straight back to the caller."`
	Correct []string `json:"correct,omitempty" maxItems:"200" maxLength:"100" doc:"The only fields that may be changed there; without it all that the step lets change." example:"[\"cost\"]"`
}

type taskUndo struct {
	keyed
	OfTask
}

type taskTake struct {
	keyed
	OfTask
}

type taskMarkRead struct {
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
	For        string         `json:"for,omitempty" enum:"add_approver,consult,delegate" doc:"Instead of handing it on: whom to ask for one more approval, for an opinion, or to do the task."`
	Query      string         `json:"query,omitempty" maxLength:"200" doc:"Beginning of a name or email."`
	Limit      int            `json:"limit,omitempty" minimum:"1" maximum:"100" doc:"How many; 50 when absent."`
	Values     map[string]any `json:"values,omitempty" doc:"The fields being entered, by name: whom a rule names may depend on them. They are not validated."`
}

type taskFilter struct {
	View        string    `json:"view,omitempty" enum:"mine,claimable,team" doc:"My open tasks, those I may take, or those of the people who report to me in requests I may see; mine when absent."`
	Workflow    string    `json:"workflow,omitempty" maxLength:"64" doc:"Only of this workflow: its id or key."`
	StepID      string    `json:"step_id,omitempty" maxLength:"100" doc:"Only at this step."`
	InitiatorID uuid.UUID `json:"initiator_id,omitzero" doc:"Only of requests of this person."`
	OlderDays   int       `json:"older_days,omitempty" minimum:"1" maximum:"3650" doc:"Only what has waited longer than so many days."`
	Query       string    `json:"query,omitempty" maxLength:"200" doc:"Part of a title, number or requester."`
}

type taskList struct {
	Cursor string     `json:"cursor,omitempty" maxLength:"1000" doc:"next_cursor of the page before."`
	Limit  int        `json:"limit,omitempty" minimum:"1" maximum:"500" doc:"How many items; 50 when absent."`
	Filter taskFilter `json:"filter,omitzero" doc:"What to show."`
	Sort   string     `json:"sort,omitempty" enum:"newest,oldest,title,workflow,requester" doc:"Which come first, the newest when absent; by words, of those alike the oldest."`
}

func (in taskList) asked() runs.ListTasks {
	f := in.Filter
	return runs.ListTasks{
		View: f.View, Workflow: f.Workflow, Step: f.StepID, Initiator: f.InitiatorID, OlderDays: f.OlderDays, Query: f.Query,
		Sort: in.Sort, Cursor: in.Cursor, Limit: in.Limit,
	}
}

type taskFacets struct {
	View     string `json:"view,omitempty" enum:"mine,claimable,team" doc:"As in the filter of tasks.list."`
	Workflow string `json:"workflow,omitempty" maxLength:"64" doc:"Also tell its steps: its id or key."`
}

type taskCompleteMany struct {
	keyed
	TaskIDs []uuid.UUID `json:"task_ids" minItems:"1" maxItems:"100" doc:"The tasks."`
	Kind    string      `json:"kind" enum:"approve,reject" doc:"What to do with them."`
	Comment string      `json:"comment,omitempty" maxLength:"10000" doc:"The same for all; a rejection usually needs one."`
}

func taskOperations(r *registry, s *runs.Service) {
	op(r, "tasks.list", access.Member, read, "List the inbox",
		"The open tasks of the caller, those he may take, or those of the people who report to him, newest first.",
		func(ctx context.Context, a access.Actor, in taskList) (runs.TaskList, error) {
			return s.ListTasks(ctx, a, in.asked())
		})
	op(r, "tasks.facets", access.Member, read, "List what the inbox can be narrowed by",
		"Workflows, steps and requesters of the tasks of a view, counted over its first thousand.",
		func(ctx context.Context, a access.Actor, in taskFacets) (runs.Facets, error) {
			return s.ListFacets(ctx, a, runs.ListTasks{View: in.View, Workflow: in.Workflow})
		})
	op(r, "tasks.mark_read", access.Member, change, "Mark a task as read",
		"Notes that its holder has opened it; the history does not tell.",
		func(ctx context.Context, a access.Actor, in taskMarkRead) (nothing, error) {
			return nothing{}, s.MarkRead(ctx, a, in.TaskID, in.runsKey())
		})
	op(r, "tasks.complete_many", access.Member, change, "Decide several tasks",
		"Approves or rejects tasks of the caller with one comment, each by itself, and answers what became of each. What needs a field or a choice is skipped and says so.",
		func(ctx context.Context, a access.Actor, in taskCompleteMany) (runs.DecidedMany, error) {
			return s.CompleteMany(ctx, a, runs.CompleteMany{Tasks: in.TaskIDs, Kind: in.Kind, Comment: in.Comment, Key: in.runsKey()})
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
				Assignees: in.choices(), Seen: in.Revision, Key: in.runsKey(),
			})
		})
	op(r, "tasks.send_back", access.Member, change, "Send a request back",
		"Returns the request to an earlier step, which opens a new round.",
		func(ctx context.Context, a access.Actor, in taskSendBack) (runs.Run, error) {
			return s.SendBack(ctx, a, runs.SendBack{
				Task: in.TaskID, To: in.To, Comment: in.Comment, Return: in.Return, Correct: in.Correct, Key: in.runsKey(),
			})
		})
	op(r, "tasks.undo", access.Member, change, "Take a decision back",
		"Makes the request what it was before the caller's decision in a task: within 60 seconds of it, while nobody has done anything since. Whom it had asked sees it no more; the history keeps both.",
		func(ctx context.Context, a access.Actor, in taskUndo) (runs.Run, error) {
			return s.Undo(ctx, a, runs.Undo{Task: in.TaskID, Key: in.runsKey()})
		})
	taskHolderOperations(r, s)
	taskHelpOperations(r, s)
}

// taskHolderOperations are about who holds a task.
func taskHolderOperations(r *registry, s *runs.Service) {
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
}
