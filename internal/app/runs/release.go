package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Release gives a claimed task back to those it was offered to.
func (s *Service) Release(ctx context.Context, a access.Actor, task uuid.UUID, key Key) (Run, error) {
	return s.act(ctx, a, target{task: task}, "tasks.release", key,
		func(l *loaded) error { return access.CheckHold(a, l.task(a, task)) }, engine.Release{Task: task})
}
