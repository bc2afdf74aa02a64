package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// RemoveApprover withdraws a task that was added by hand.
type RemoveApprover struct {
	Task uuid.UUID // of the person who was asked
	Key  Key
}

// RemoveApprover withdraws what the actor asked of somebody, or, with the right to
// hand on any task, what anybody asked. The step may be decided by that.
func (s *Service) RemoveApprover(ctx context.Context, a access.Actor, in RemoveApprover) (Run, error) {
	return s.act(ctx, a, target{task: in.Task}, "tasks.remove_approver", in.Key,
		func(l *loaded) error { return access.CheckView(a, l.standing) },
		engine.RemoveApprover{Task: in.Task, Any: a.Has(access.TaskReassignAny)})
}
