package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// AddStakeholder lets somebody see a request.
type AddStakeholder struct {
	Run     uuid.UUID
	Person  uuid.UUID
	Comment string
	Key     Key
}

// AddStakeholder lets somebody see a request in which the actor takes part, under way
// or ended. It returns not_found when the actor may not see the run, forbidden when he
// takes no part in it or lacks the right to, invalid when the person takes part already.
func (s *Service) AddStakeholder(ctx context.Context, a access.Actor, in AddStakeholder) (Run, error) {
	return s.act(ctx, a, target{run: in.Run}, "stakeholders.add", in.Key,
		func(l *loaded) error { return access.CheckAddStakeholder(a, l.standing) },
		engine.AddStakeholder{Person: in.Person, Comment: in.Comment})
}
