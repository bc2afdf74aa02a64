package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// MarkRead notes that the actor has opened a task of his. Nothing else about the
// run changes, and its history does not tell.
func (s *Service) MarkRead(ctx context.Context, a access.Actor, task uuid.UUID, key Key) error {
	_, err := s.once(ctx, a, "tasks.mark_read", key, func(tx *db.Tx) (*db.Batch, uuid.UUID, error) {
		var id uuid.UUID
		b := db.NewBatch()
		found := db.One(b, &id, dbq.MarkOpened, task, a.User)
		if err := tx.Send(b); err != nil {
			return nil, id, err
		}
		if !found.OK {
			return nil, id, fault.New(fault.NotFound, "You hold no such open task.")
		}
		return db.NewBatch(), id, nil
	})
	return err
}
