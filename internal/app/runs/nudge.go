package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Nudge reminds whoever holds a request.
type Nudge struct {
	Run uuid.UUID
	Key Key
}

// Nudge reminds whoever holds a request, not more often than every four hours
// (engine.NudgeEvery).
func (s *Service) Nudge(ctx context.Context, a access.Actor, in Nudge) (Run, error) {
	return s.act(ctx, a, target{run: in.Run}, "runs.nudge", in.Key,
		func(l *loaded) error { return access.CheckNudge(a, l.standing) },
		engine.Nudge{})
}
