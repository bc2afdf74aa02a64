package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Retry lets a step that became an incident try again, once its cause is mended.
func (s *Service) Retry(ctx context.Context, a access.Actor, run uuid.UUID, key Key) (Run, error) {
	return s.act(ctx, a, target{run: run}, "runs.retry", key,
		func(l *loaded) error { return access.CheckOperate(a, l.standing) }, engine.Retry{})
}
