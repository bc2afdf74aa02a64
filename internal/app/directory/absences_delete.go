package directory

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// DeleteAbsence ends an absence, or takes one back that has not begun: who stood in
// gives back what is still open.
func (s *Service) DeleteAbsence(ctx context.Context, a access.Actor, id uuid.UUID, once Key) error {
	_, err := s.once(ctx, a, "absences.delete", once, id, func(tx *db.Tx) error {
		var old dbq.GetAbsenceRow
		b := db.NewBatch()
		found := db.One(b, &old, dbq.GetAbsence, id)
		if err := tx.Send(b); err != nil {
			return err
		}
		if !found.OK || old.UserID != a.User && !a.Has(access.UserManage) {
			return fault.New(fault.NotFound, "There is no such absence.")
		}
		b = db.NewBatch()
		b.Exec(dbq.DeleteAbsence, id)
		if err := record(b, by(a, "absences.delete", id, map[string]any{"user": old.UserID})); err != nil {
			return err
		}
		return tx.Commit(b)
	})
	return err
}
