package runs

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
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
	var rows []dbq.ListHistoryRow
	type revision struct {
		Seq  int64
		Data json.RawMessage
	}
	var revisions []revision
	b := db.NewBatch()
	db.Many(b, &rows, dbq.ListHistory, run, int64(0), int32(100_000))
	db.Many(b, &revisions, `SELECT seq, data FROM run_revisions WHERE run_id = $1`, run)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return engine.State{}, err
	}
	events, err := decode(rows)
	if err != nil {
		return engine.State{}, err
	}
	values := map[int64]json.RawMessage{}
	for _, r := range revisions {
		values[r.Seq] = r.Data
	}
	var st engine.State
	for i, e := range events {
		if data, ok := values[rows[i].Seq]; ok {
			if err := json.Unmarshal(data, &e.Values); err != nil {
				return st, err
			}
		}
		st = engine.Evolve(st, e)
	}
	return st, nil
}
