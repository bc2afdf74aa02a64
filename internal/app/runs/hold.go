package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Hold puts a request on hold.
type Hold struct {
	Run     uuid.UUID
	Comment string // why
	Key     Key
}

// Hold stops a request: nobody can act on it until it is resumed.
func (s *Service) Hold(ctx context.Context, a access.Actor, in Hold) (Run, error) {
	return s.act(ctx, a, target{run: in.Run}, "runs.hold", in.Key,
		func(l *loaded) error { return access.CheckOperate(a, l.standing) },
		engine.Hold{Comment: in.Comment})
}
