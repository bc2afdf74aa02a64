package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// KeysKept is how long an idempotency key repeats its outcome.
const KeysKept = 48 * time.Hour

// sweepBatch is how many rows one transaction removes: it holds their locks
// only for a moment.
const sweepBatch = 500

// SweepOutcomes removes the idempotency keys that are older than KeysKept, one
// organization after the other, and returns how many. What another server is
// removing at the same time is left to it. An organization that fails does not
// keep the others from being swept.
func SweepOutcomes(ctx context.Context, d *db.DB) (int64, error) {
	var orgs []uuid.UUID
	err := d.Global(ctx, func(q db.Querier) (err error) {
		orgs, err = dbq.New(q).ListOrgIDs(ctx)
		return err
	})
	if err != nil {
		return 0, err
	}
	var all int64
	var failed []error
	for _, org := range orgs {
		n, err := sweepOrg(ctx, d, access.OrgID(org))
		all += n
		failed = append(failed, err)
	}
	return all, errors.Join(failed...)
}

func sweepOrg(ctx context.Context, d *db.DB, org access.OrgID) (all int64, err error) {
	for {
		var n int64
		err := d.InOrg(ctx, org, func(tx *db.Tx) error {
			b := db.NewBatch()
			db.One(b, &n, dbq.SweepOutcomes, KeysKept.Seconds(), int32(sweepBatch))
			return tx.Commit(b)
		})
		if err != nil {
			return all, err
		}
		if all += n; n < sweepBatch {
			return all, nil
		}
	}
}
