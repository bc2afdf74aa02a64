package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// DeleteDraft throws a draft of the actor away.
func (s *Service) DeleteDraft(ctx context.Context, a access.Actor, run uuid.UUID, key Key) error {
	if run == uuid.Nil {
		return noDraft()
	}
	const route = "runs.delete_draft"
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error {
		_, before, err := lockDraft(tx, a, run, route, key)
		if err != nil || before != nil {
			return err
		}
		b := db.NewBatch()
		b.Exec(dbq.DeleteDraft, run, a.User)
		keep(b, a, route, key, run, 0)
		return tx.Commit(b)
	})
	if db.IsUnique(err, "idempotency_pkey") {
		return inFlight()
	}
	return err
}
