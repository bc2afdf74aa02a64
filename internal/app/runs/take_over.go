package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// TakeOver takes an absent colleague's task.
type TakeOver struct {
	Task    uuid.UUID
	Comment string // why
	Key     Key
}

// TakeOver takes a task from the colleague who holds it, to decide it on his
// behalf. Separation of duties holds for both.
func (s *Service) TakeOver(ctx context.Context, a access.Actor, in TakeOver) (Run, error) {
	return s.act(ctx, a, target{task: in.Task}, "tasks.take_over", in.Key,
		func(l *loaded) error { return access.CheckTakeOver(a, l.task(a, in.Task)) },
		engine.TakeOver{Task: in.Task, Comment: in.Comment})
}
