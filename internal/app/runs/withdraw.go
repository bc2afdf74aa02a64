package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Withdraw ends one's own request.
type Withdraw struct {
	Run     uuid.UUID
	Comment string
	Key     Key
}

// Withdraw ends a request of the actor that is under way. Once somebody has acted on
// it, it needs a reason.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, in Withdraw) (Run, error) {
	return s.act(ctx, a, target{run: in.Run}, "runs.withdraw", in.Key,
		func(l *loaded) error { return access.CheckOwn(a, l.standing) },
		engine.Cancel{Reason: engine.CancelWithdrawn, Comment: in.Comment})
}
