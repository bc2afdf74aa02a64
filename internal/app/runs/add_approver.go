package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// AddApprover asks one more approver.
type AddApprover struct {
	Task    uuid.UUID
	To      uuid.UUID
	Where   string // engine.Before, engine.Beside or engine.After the actor
	Comment string
	Key     Key
}

// AddApprover asks one more person in the step of the actor's task: any active
// one whom separation of duties does not bar. His voice is needed, and a reject by
// him rejects.
func (s *Service) AddApprover(ctx context.Context, a access.Actor, in AddApprover) (Run, error) {
	return s.act(ctx, a, target{task: in.Task}, "tasks.add_approver", in.Key,
		func(l *loaded) error { return access.CheckHold(a, l.task(a, in.Task)) },
		engine.AddApprover{Task: in.Task, To: in.To, Where: in.Where, Comment: in.Comment})
}
