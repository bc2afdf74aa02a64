package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/db"
)

// StateFromRows is the state as the tables hold it.
func (s *Service) StateFromRows(ctx context.Context, a access.Actor, run uuid.UUID) (engine.State, access.Standing, error) {
	var t trip
	b := db.NewBatch()
	t.queue(b, a, run, false)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return engine.State{}, access.Standing{}, err
	}
	l, err := s.assemble(a, target{}, &t, s.readOnly(ctx, a))
	if err != nil {
		return engine.State{}, access.Standing{}, err
	}
	return l.state, l.standing, nil
}

// StateFromEvents is the state that the history leads to, with the values from
// the revisions.
func (s *Service) StateFromEvents(ctx context.Context, a access.Actor, run uuid.UUID) (engine.State, error) {
	events, err := readEvents(run, s.readOnly(ctx, a))
	if err != nil {
		return engine.State{}, err
	}
	return engine.Evolve(engine.State{}, events...), nil
}
