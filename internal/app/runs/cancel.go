package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Cancel ends a run by hand, with a reason. Only a run administrator may.
func (s *Service) Cancel(ctx context.Context, a access.Actor, run uuid.UUID, comment string, key Key) (Run, error) {
	return s.act(ctx, a, target{run: run}, "runs.cancel", key,
		func(l *loaded) error { return access.CheckOperate(a, l.standing) },
		engine.Cancel{Reason: engine.CancelOperator, Comment: comment})
}
