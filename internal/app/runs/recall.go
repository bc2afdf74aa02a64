package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Recall takes a request back.
type Recall struct {
	Run     uuid.UUID
	Comment string
	Key     Key
}

// Recall brings a request back to its initiator, who may change it and send it
// again, as long as nobody has acted on it.
func (s *Service) Recall(ctx context.Context, a access.Actor, in Recall) (Run, error) {
	return s.act(ctx, a, target{run: in.Run}, "runs.recall", in.Key,
		func(l *loaded) error { return access.CheckOwn(a, l.standing) },
		engine.Recall{Comment: in.Comment})
}
