package httpapi

import (
	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Page is where a list goes on, and how much of it is wanted.
type Page struct {
	Cursor string `json:"cursor,omitempty" maxLength:"1000" doc:"next_cursor of the page before."`
	Limit  int    `json:"limit,omitempty" minimum:"1" maximum:"100" doc:"How many items; 50 when absent."`
}

// Chosen are the people an actor picked for steps ahead.
type Chosen struct {
	Assignees  map[string]userIDs `json:"assignees,omitempty" doc:"Who was chosen, by step id."`
	AssigneeID uuid.UUID          `json:"assignee_id,omitzero" doc:"Short for assignees when exactly one choice is open."`
}

func (c Chosen) choices() engine.Choices {
	out := engine.Choices{Only: c.AssigneeID}
	for step, ids := range c.Assignees {
		if out.ByStep == nil {
			out.ByStep = map[string][]uuid.UUID{}
		}
		out.ByStep[step] = ids
	}
	return out
}

// userIDs is a list of people of reasonable length.
type userIDs []uuid.UUID

// Schema implements huma.SchemaProvider: a list inside a map has no tags.
func (userIDs) Schema(huma.Registry) *huma.Schema {
	most := 100
	return &huma.Schema{Type: huma.TypeArray, MaxItems: &most, Items: uuidText("").Schema(nil)}
}

// OfRun names a run.
type OfRun struct {
	RunID uuid.UUID `json:"run_id" doc:"The run."`
}

// OfTask names a task.
type OfTask struct {
	TaskID uuid.UUID `json:"task_id" doc:"The task."`
}

// runsKey is how the verbs of runs take an idempotency key.
func (k keyed) runsKey() runs.Key { return runs.Key{Key: k.key, Hash: k.hash} }
