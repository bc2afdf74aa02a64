package directory

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// EnableUser lets a disabled person sign in again, with the password he had.
func (s *Service) EnableUser(ctx context.Context, a access.Actor, id uuid.UUID, once Key) (User, error) {
	if err := require(a, access.UserManage); err != nil {
		return User{}, err
	}
	_, err := s.once(ctx, a, "users.enable", once, id, func(tx *db.Tx) error {
		g := guardOf(id)
		p, err := lockPerson(tx, id, g)
		if err != nil {
			return err
		}
		if err := g.checkReach(a); err != nil {
			return err
		}
		if p.Status == "active" {
			return nil
		}
		b := db.NewBatch()
		b.Exec(dbq.SetStatus, db.Args(dbq.SetStatusParams{ID: id, Status: "active", ByID: orNull(a.User)})...)
		if err := record(b, by(a, "users.enable", id, nil)); err != nil {
			return err
		}
		return tx.Commit(b)
	})
	if err != nil {
		return User{}, err
	}
	return s.user(ctx, a, id)
}
