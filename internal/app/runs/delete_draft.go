package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// DeleteDraft throws a draft of the actor away.
func (s *Service) DeleteDraft(ctx context.Context, a access.Actor, run uuid.UUID) error {
	return s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error {
		var row dbq.LockDraftRow
		b := db.NewBatch()
		found := db.One(b, &row, dbq.LockDraft, run, a.User)
		if err := tx.Send(b); err != nil {
			return err
		}
		if !found.OK {
			return fault.New(fault.NotFound, "There is no such draft: it was sent or deleted.")
		}
		b = db.NewBatch()
		b.Exec(dbq.DeleteDraft, run, a.User)
		return tx.Commit(b)
	})
}
