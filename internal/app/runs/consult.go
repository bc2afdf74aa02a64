package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Consult asks a colleague, or the requester, a question.
type Consult struct {
	Task    uuid.UUID
	To      uuid.UUID
	Comment string // the question
	Wait    bool   // the task waits for the answer
	Key     Key
}

// Consult asks anybody active for an opinion; the decision stays with the actor.
// The requester can be asked, too, which opens no new round.
func (s *Service) Consult(ctx context.Context, a access.Actor, in Consult) (Run, error) {
	return s.act(ctx, a, target{task: in.Task}, "tasks.consult", in.Key,
		func(l *loaded) error { return access.CheckHold(a, l.task(a, in.Task)) },
		engine.Consult{Task: in.Task, To: in.To, Comment: in.Comment, Wait: in.Wait})
}
