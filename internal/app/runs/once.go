package runs

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// earlier looks up what a call with the same key did, when this one was refused or
// came second; nobody asks ahead, as there is hardly ever one. Without any it
// returns the error as it is for people.
func (s *Service) earlier(ctx context.Context, a access.Actor, route string, key Key, err error) (*dbq.LoadOutcomeRow, error) {
	second := db.IsUnique(err, "idempotency_pkey")
	if _, refused := errors.AsType[*fault.Error](err); key.Key == "" || !second && !refused {
		return nil, err
	}
	var row dbq.LoadOutcomeRow
	b := db.NewBatch()
	found := db.One(b, &row, dbq.LoadOutcome, a.User, route, key.Key)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return nil, err
	}
	switch {
	case found.OK:
		return &row, nil
	case second: // the other one was taken back meanwhile
		return nil, inFlight()
	}
	return nil, err
}

// once runs a changing verb that concerns no run as a whole, unless the actor ran
// it under the same key before; it returns the id of what it is about, then as
// now. fn commits nothing: it returns what is left to send.
func (s *Service) once(ctx context.Context, a access.Actor, route string, key Key, fn func(*db.Tx) (*db.Batch, uuid.UUID, error)) (uuid.UUID, error) {
	var id uuid.UUID
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error {
		if key.Key != "" {
			var before dbq.LoadOutcomeRow
			b := db.NewBatch()
			found := db.One(b, &before, dbq.LoadOutcome, a.User, route, key.Key)
			if err := tx.Send(b); err != nil {
				return err
			}
			if found.OK {
				if before.RunID != nil {
					id = *before.RunID
				}
				return sameRequest(before.Hash, key)
			}
		}
		b, about, err := fn(tx)
		if err != nil {
			return err
		}
		id = about
		keep(b, a, route, key, about, 0)
		return tx.Commit(b)
	})
	if db.IsUnique(err, "idempotency_pkey") {
		return id, inFlight()
	}
	return id, err
}
