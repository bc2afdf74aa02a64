package httpapi

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

type runPrepare struct {
	Workflow string    `json:"workflow" minLength:"1" maxLength:"64" doc:"The workflow's id or key." example:"LEAVE"`
	FromRun  string    `json:"from_run,omitempty" maxLength:"64" doc:"Id or number of an earlier request whose values are copied."`
	RunID    uuid.UUID `json:"run_id,omitzero" doc:"The saved draft to go on with."`

	Values map[string]any `json:"values,omitempty" doc:"The fields being entered, by name: who is asked next may depend on them. They are not validated, and no draft is looked for."`
}

type runStart struct {
	keyed
	Workflow string         `json:"workflow,omitempty" maxLength:"64" doc:"The workflow's id or key; not needed with run_id." example:"LEAVE"`
	RunID    uuid.UUID      `json:"run_id,omitzero" doc:"A saved draft to send."`
	Values   map[string]any `json:"values,omitempty" doc:"The form's fields by name."`
	Comment  string         `json:"comment,omitempty" maxLength:"10000" doc:"A note to whoever reads it first."`
	Chosen
}

type runSaveDraft struct {
	keyed
	Workflow string         `json:"workflow,omitempty" maxLength:"64" doc:"The workflow's id or key; not needed with run_id." example:"LEAVE"`
	RunID    uuid.UUID      `json:"run_id,omitzero" doc:"An earlier draft to replace."`
	Values   map[string]any `json:"values,omitempty" doc:"The form's fields by name, as far as they are filled in. They are not validated yet."`
	Comment  string         `json:"comment,omitempty" maxLength:"10000" doc:"A note to whoever reads it first."`
}

type runDeleteDraft struct {
	keyed
	OfRun
}

type runGet struct {
	Run string `json:"run" minLength:"1" maxLength:"64" doc:"Its id or number." example:"LEAVE-42"`
}

type runCancel struct {
	keyed
	OfRun
	Comment string `json:"comment" minLength:"1" maxLength:"10000" doc:"Why."`
}

type runRetry struct {
	keyed
	OfRun
	ToRequester bool   `json:"to_requester,omitempty" doc:"Instead of trying again: the requester corrects the request, which opens a new round."`
	Comment     string `json:"comment,omitempty" maxLength:"10000" doc:"What he has to correct; required with to_requester."`
}

type runCandidates struct {
	Workflow string         `json:"workflow" minLength:"1" maxLength:"64" doc:"The workflow's id or key." example:"LEAVE"`
	StepID   string         `json:"step_id" minLength:"1" maxLength:"100" doc:"The step whose assignee the starter chooses."`
	Query    string         `json:"query,omitempty" maxLength:"200" doc:"Beginning of a name or email."`
	Limit    int            `json:"limit,omitempty" minimum:"1" maximum:"100" doc:"How many; 50 when absent."`
	Values   map[string]any `json:"values,omitempty" doc:"The fields being entered, by name: whom a rule names may depend on them. They are not validated."`
}

type runFilter struct {
	View     string     `json:"view,omitempty" enum:"mine,involved,watching,all,drafts" doc:"Those I started, those I have a part in, those I watch, all I may see, or my unsent drafts; mine when absent."`
	Status   []string   `json:"status,omitempty" maxItems:"10" enum:"queued,running,held,completed,failed,cancelled" doc:"Only in one of these states."`
	Workflow string     `json:"workflow,omitempty" maxLength:"64" doc:"Only of this workflow: its id or key."`
	Query    string     `json:"query,omitempty" maxLength:"200" doc:"Part of a title, number or requester."`
	Outcome  string     `json:"outcome,omitempty" maxLength:"100" doc:"Only with this outcome."`
	StepID   string     `json:"step_id,omitempty" maxLength:"100" doc:"Only what is at this step now."`
	From     *time.Time `json:"from,omitempty" doc:"Started at or after."`
	To       *time.Time `json:"to,omitempty" doc:"Started before."`

	InitiatorID uuid.UUID `json:"initiator_id,omitzero" doc:"Only from this person."`
}

type runList struct {
	Page
	Filter runFilter `json:"filter,omitzero" doc:"What to show."`
}

type runHistory struct {
	Page
	OfRun
}

func runOperations(r *registry, s *runs.Service) {
	op(r, "runs.prepare", access.RunStart, read, "Begin a request",
		"Everything the page of a new request needs: the form, its first values, who is asked next, and the latest unsent draft.",
		func(ctx context.Context, a access.Actor, in runPrepare) (runs.Prepared, error) {
			return s.Prepare(ctx, a, runs.Prepare{Workflow: in.Workflow, FromRun: in.FromRun, Draft: in.RunID, Values: in.Values})
		})
	op(r, "runs.start", access.RunStart, change, "Send a request",
		"Starts a run of a published workflow, or sends a saved draft.",
		func(ctx context.Context, a access.Actor, in runStart) (runs.Run, error) {
			if in.Workflow == "" && in.RunID == uuid.Nil {
				return runs.Run{}, fault.At("workflow", "Name the workflow, or with run_id a saved draft.")
			}
			return s.Start(ctx, a, runs.Start{
				Workflow: in.Workflow, Draft: in.RunID, Values: in.Values, Comment: in.Comment, Assignees: in.choices(), Key: in.runsKey(),
			})
		})
	op(r, "runs.save_draft", access.RunStart, change, "Save a request for later",
		"Keeps a request that is not sent yet. Only its author sees it.",
		func(ctx context.Context, a access.Actor, in runSaveDraft) (runs.SavedDraft, error) {
			return s.SaveDraft(ctx, a, runs.SaveDraft{Workflow: in.Workflow, Run: in.RunID, Values: in.Values, Comment: in.Comment, Key: in.runsKey()})
		})
	op(r, "runs.delete_draft", access.Member, change, "Throw a draft away",
		"Deletes a request of the actor that was never sent.",
		func(ctx context.Context, a access.Actor, in runDeleteDraft) (nothing, error) {
			return nothing{}, s.DeleteDraft(ctx, a, in.RunID, in.runsKey())
		})
	op(r, "runs.get", access.Member, read, "Read a request",
		"A run as its reader may see it, with his own open task if he has one.",
		func(ctx context.Context, a access.Actor, in runGet) (runs.Run, error) { return s.Get(ctx, a, in.Run) })
	op(r, "runs.list", access.Member, read, "List requests",
		"Requests the caller may see, newest first. The view all needs the right to see every request.",
		func(ctx context.Context, a access.Actor, in runList) (runs.RunList, error) {
			f := in.Filter
			return s.List(ctx, a, runs.List{
				View: f.View, Status: f.Status, Workflow: f.Workflow, Query: f.Query, Outcome: f.Outcome, Step: f.StepID, Initiator: f.InitiatorID, From: f.From, To: f.To, Cursor: in.Cursor, Limit: in.Limit,
			})
		})
	op(r, "runs.history", access.Member, read, "Read what happened",
		"The history of a run, oldest first.",
		func(ctx context.Context, a access.Actor, in runHistory) (runs.Entries, error) {
			return s.History(ctx, a, in.RunID, in.Cursor, in.Limit)
		})
	op(r, "runs.cancel", access.Member, change, "Cancel a request",
		"A run administrator ends a run without outcome.",
		func(ctx context.Context, a access.Actor, in runCancel) (runs.Run, error) {
			return s.Cancel(ctx, a, in.RunID, in.Comment, in.runsKey())
		})
	op(r, "runs.retry", access.RunOperate, change, "Try an incident again",
		"Evaluates the step at which a run is held by an incident once more, or sends the request back to the requester from there.",
		func(ctx context.Context, a access.Actor, in runRetry) (runs.Run, error) {
			return s.Retry(ctx, a, runs.Retry{Run: in.RunID, ToRequester: in.ToRequester, Comment: in.Comment, Key: in.runsKey()})
		})
	runStopOperations(r, s)
	runMigrateOperations(r, s)
	op(r, "runs.candidates", access.RunStart, read, "List whom a starter may choose",
		"People who may be chosen for a step when the request is sent.",
		func(ctx context.Context, a access.Actor, in runCandidates) (runs.CandidateList, error) {
			return s.Candidates(ctx, a, runs.Candidates{Workflow: in.Workflow, Step: in.StepID, Values: in.Values, Query: in.Query, Limit: in.Limit})
		})
}
