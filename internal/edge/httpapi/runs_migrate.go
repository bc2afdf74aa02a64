package httpapi

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
)

type runVersions struct {
	Workflow  string `json:"workflow" minLength:"1" maxLength:"100" doc:"A workflow's id or key."`
	ToVersion int    `json:"to_version,omitempty" minimum:"1" maximum:"2000000000" doc:"Another version than the published one."`
}

type stepPlace struct {
	StepID   string `json:"step_id" minLength:"1" maxLength:"40" doc:"Of the version that requests are on."`
	ToStepID string `json:"to_step_id" minLength:"1" maxLength:"40" doc:"Of the version they move to."`
}

type runMigrate struct {
	keyed
	Workflow     string      `json:"workflow" minLength:"1" maxLength:"100" doc:"A workflow's id or key."`
	ToVersion    int         `json:"to_version,omitempty" minimum:"1" maximum:"2000000000" doc:"Another version than the published one."`
	FromVersions []int       `json:"from_versions,omitempty" maxItems:"500" doc:"Only requests on these versions."`
	RunIDs       []uuid.UUID `json:"run_ids,omitempty" maxItems:"200" doc:"Only these requests."`
	Steps        []stepPlace `json:"steps,omitempty" maxItems:"200" doc:"Which step of the version takes the place of one. A step that is not named is the one with the same id."`
	AskAnew      bool        `json:"ask_anew,omitempty" doc:"Ask anew in steps that ask other people now, or in another way. Otherwise such requests stay."`
	Comment      string      `json:"comment,omitempty" maxLength:"10000" doc:"Why: stands in the history of each request. Only a preview does without."`
	Preview      bool        `json:"preview,omitempty" doc:"Change nothing and tell what would become of each."`
	Cursor       string      `json:"cursor,omitempty" maxLength:"100" doc:"next_cursor of the call before."`
}

// runMigrateOperations declares what moves requests to another version of their workflow.
func runMigrateOperations(r *registry, s *runs.Service) {
	op(r, "runs.versions", access.RunMigrate, read, "List versions in use",
		"Tells by which versions of a workflow requests are under way, and which of the steps where they are another version lacks.",
		func(ctx context.Context, a access.Actor, in runVersions) (runs.InUse, error) {
			return s.VersionsInUse(ctx, a, in.Workflow, in.ToVersion)
		})
	op(r, "runs.migrate", access.RunMigrate, change, "Move requests to another version",
		"Moves requests under way to another version of their workflow, each by itself, and answers what became of each: a request that would lose a step it is at, a decision or a value stays where it is.",
		func(ctx context.Context, a access.Actor, in runMigrate) (runs.MigratedMany, error) {
			steps := make(map[string]string, len(in.Steps))
			for _, x := range in.Steps {
				steps[x.StepID] = x.ToStepID
			}
			return s.Migrate(ctx, a, runs.Migrate{
				Workflow: in.Workflow, From: in.FromVersions, To: in.ToVersion, Runs: in.RunIDs, Steps: steps, Reask: in.AskAnew,
				Comment: in.Comment, Cursor: in.Cursor, Preview: in.Preview, Key: in.runsKey(),
			})
		})
}
