package directory

import (
	"context"

	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Logout ends the session of a refresh token. Any token of the session will do,
// and one that is unknown is no error: the caller is signed out either way.
func (s *Service) Logout(ctx context.Context, token string, c Client) error {
	given, ok := parseRefresh(token)
	if !ok {
		return nil
	}
	return s.DB.InOrg(ctx, given.org, func(tx *db.Tx) error {
		var row dbq.FindSessionByTokenRow
		b := db.NewBatch()
		found := db.One(b, &row, dbq.FindSessionByToken, given.session, hashOf(given.secret))
		if err := tx.Send(b); err != nil || !found.OK {
			return err
		}
		writes := db.NewBatch()
		writes.Exec(dbq.EndSession, db.Args(dbq.EndSessionParams{ID: row.ID, Reason: "signed_out"})...)
		if err := record(writes, entry{actor: row.UserID, action: "auth.logout", object: row.ID, client: c}); err != nil {
			return err
		}
		return tx.Commit(writes)
	})
}
