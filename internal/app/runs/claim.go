package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Claim takes a task that is offered to several people. It returns conflict
// with who was faster, and forbidden when the actor does not belong to them any more.
func (s *Service) Claim(ctx context.Context, a access.Actor, task uuid.UUID, key Key) (Run, error) {
	return s.act(ctx, a, target{task: task}, "tasks.claim", key,
		func(l *loaded) error {
			ts := l.task(a, task)
			ts.Asked = l.asked
			return access.CheckClaim(a, ts)
		}, engine.Claim{Task: task})
}
