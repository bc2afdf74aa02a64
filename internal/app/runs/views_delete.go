package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// DeleteView forgets a view of the actor.
func (s *Service) DeleteView(ctx context.Context, a access.Actor, view uuid.UUID, key Key) error {
	_, err := s.once(ctx, a, "views.delete", key, func(tx *db.Tx) (*db.Batch, uuid.UUID, error) {
		var id uuid.UUID
		b := db.NewBatch()
		found := db.One(b, &id, dbq.DeleteView, view, a.User)
		if err := tx.Send(b); err != nil {
			return nil, id, err
		}
		if !found.OK {
			return nil, id, fault.New(fault.NotFound, "You keep no such view.")
		}
		return db.NewBatch(), id, nil
	})
	return err
}
