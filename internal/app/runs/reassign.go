package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Reassign hands a task to a colleague.
type Reassign struct {
	Task    uuid.UUID
	To      uuid.UUID
	Comment string
	Key     Key
}

// Reassign hands a task to a colleague in the same step: one of the step's
// candidates where a rule or role names them, else any active person. Separation
// of duties holds for him as well.
func (s *Service) Reassign(ctx context.Context, a access.Actor, in Reassign) (Run, error) {
	return s.act(ctx, a, target{task: in.Task}, "tasks.reassign", in.Key,
		func(l *loaded) error { return access.CheckReassign(a, l.task(a, in.Task)) },
		engine.Reassign{Task: in.Task, To: in.To, Comment: in.Comment, Any: a.Has(access.TaskReassignAny)})
}
