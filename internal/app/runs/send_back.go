package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// SendBack returns a run to an earlier step.
type SendBack struct {
	Task    uuid.UUID
	To      string // engine.ToPrevious, engine.ToInitiator or a step already visited
	Comment string
	Return  string   // engine.ReturnAgain or engine.ReturnToMe
	Correct []string // the only fields that may be changed there; none: as the definition says
	Key     Key
}

// SendBack opens the next round at an earlier step. Errors as Complete.
func (s *Service) SendBack(ctx context.Context, a access.Actor, in SendBack) (Run, error) {
	return s.settle(ctx, a, in.Task, "tasks.send_back", in.Key,
		engine.SendBack{Task: in.Task, To: in.To, Comment: in.Comment, Return: in.Return, Correct: in.Correct})
}
