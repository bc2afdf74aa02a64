package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// RemoveStakeholder takes back that somebody was let see a request.
type RemoveStakeholder struct {
	Run    uuid.UUID
	Person uuid.UUID
	Key    Key
}

// RemoveStakeholder takes back that somebody was let see a request: whoever let him, or
// a run administrator. It returns forbidden to others, conflict when he was not.
func (s *Service) RemoveStakeholder(ctx context.Context, a access.Actor, in RemoveStakeholder) (Run, error) {
	return s.act(ctx, a, target{run: in.Run}, "stakeholders.remove", in.Key,
		func(l *loaded) error { return access.CheckView(a, l.standing) },
		engine.RemoveStakeholder{Person: in.Person, Any: a.Has(access.RunOperate)})
}
