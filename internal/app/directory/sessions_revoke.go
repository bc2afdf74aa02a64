package directory

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// RevokeSession ends one of the actor's own sessions. It answers not_found for
// any other.
func (s *Service) RevokeSession(ctx context.Context, a access.Actor, session uuid.UUID, once Key) error {
	_, err := s.once(ctx, a, "sessions.revoke", once, session, func(tx *db.Tx) error {
		var id uuid.UUID
		b := db.NewBatch()
		found := db.One(b, &id, dbq.EndOwnSession, session, a.User)
		if err := record(b, by(a, "sessions.revoke", session, nil)); err != nil {
			return err
		}
		if err := tx.Send(b); err != nil {
			return err
		}
		if !found.OK {
			return fault.New(fault.NotFound, "There is no such session of yours, or it has ended already.")
		}
		return nil
	})
	return err
}
