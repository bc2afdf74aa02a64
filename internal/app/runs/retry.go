package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Retry mends an incident.
type Retry struct {
	Run uuid.UUID
	// ToRequester sends the request back to whom it comes from, where its values
	// are the cause; Comment says what he has to correct.
	ToRequester bool
	Comment     string
	Key         Key
}

// Retry lets a step that became an incident try again, once its cause is mended,
// or has the requester correct what it stumbled over.
func (s *Service) Retry(ctx context.Context, a access.Actor, in Retry) (Run, error) {
	return s.act(ctx, a, target{run: in.Run}, "runs.retry", in.Key,
		func(l *loaded) error { return access.CheckOperate(a, l.standing) },
		engine.Retry{ToRequester: in.ToRequester, Comment: in.Comment})
}
