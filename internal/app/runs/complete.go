package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Complete is a decision on a task.
type Complete struct {
	Task       uuid.UUID
	Transition string
	Values     map[string]any
	Comment    string
	Assignees  engine.Choices
	// Seen is the revision of the run as its maker saw it, 0: not told.
	Seen int64
	Key  Key
}

// Complete leaves a task by one of its transitions. It returns not_found when
// the actor may not see the run, forbidden when the task is somebody else's,
// conflict when somebody was faster, invalid when a value, the transition, the
// comment or the chosen assignee is not right; then nothing has changed.
func (s *Service) Complete(ctx context.Context, a access.Actor, in Complete) (Run, error) {
	return s.settle(ctx, a, in.Task, "tasks.complete", in.Key,
		engine.Complete{Task: in.Task, Transition: in.Transition, Values: in.Values, Comment: in.Comment, Assignees: in.Assignees, Seen: in.Seen})
}
