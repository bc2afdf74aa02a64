package directory

import (
	"bytes"
	"context"
	"math/rand/v2"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Key makes a changing verb repeatable: the same key with the same request
// changes nothing again and answers what it is about, as it is by then. The zero
// Key asks for nothing.
type Key struct {
	Key  string
	Hash [32]byte // of the request body
}

// once runs a changing verb about an object in one transaction, unless the actor
// ran it under the same key before; it returns the object of the first time. fn
// commits. A key that came with another request is invalid.
func (s *Service) once(ctx context.Context, a access.Actor, route string, k Key, object uuid.UUID, fn func(*db.Tx) error) (uuid.UUID, error) {
	if k.Key == "" {
		return object, s.DB.InOrg(ctx, a.Org, fn)
	}
	first := object
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error {
		mark := rand.Int64() //nolint:gosec // tells our row from another's; no secret
		var row dbq.LoadOutcomeRow
		b := db.NewBatch()
		b.Exec(dbq.ClaimOutcome, db.Args(dbq.ClaimOutcomeParams{
			UserID: a.User, Route: route, Key: k.Key, Hash: k.Hash[:], ObjectID: &object, Mark: mark,
		})...)
		db.One(b, &row, dbq.LoadOutcome, db.Args(dbq.LoadOutcomeParams{UserID: a.User, Route: route, Key: k.Key})...)
		if err := tx.Send(b); err != nil {
			return err
		}
		if row.Seq == mark {
			return fn(tx)
		}
		if !bytes.Equal(row.Hash, k.Hash[:]) || row.RunID == nil {
			return fault.New(fault.Invalid, "This Idempotency-Key was used for another request: make a new one.")
		}
		first = *row.RunID
		return nil
	})
	return first, err
}
