package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Resume ends a hold.
type Resume struct {
	Run     uuid.UUID
	Comment string
	Key     Key
}

// Resume lets a request go on that is on hold.
func (s *Service) Resume(ctx context.Context, a access.Actor, in Resume) (Run, error) {
	return s.act(ctx, a, target{run: in.Run}, "runs.resume", in.Key,
		func(l *loaded) error { return access.CheckOperate(a, l.standing) },
		engine.Resume{Comment: in.Comment})
}
