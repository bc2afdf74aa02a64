package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Delegate lets a colleague do a task.
type Delegate struct {
	Task    uuid.UUID
	To      uuid.UUID
	Mode    string // engine.DelegateDecide or engine.DelegatePrepare
	Comment string
	Key     Key
}

// Delegate gives a task of the actor to a colleague: to decide it on his behalf, or
// only to prepare it and give it back.
func (s *Service) Delegate(ctx context.Context, a access.Actor, in Delegate) (Run, error) {
	return s.act(ctx, a, target{task: in.Task}, "tasks.delegate", in.Key,
		func(l *loaded) error { return access.CheckHold(a, l.task(a, in.Task)) },
		engine.Delegate{Task: in.Task, To: in.To, Mode: in.Mode, Comment: in.Comment})
}
