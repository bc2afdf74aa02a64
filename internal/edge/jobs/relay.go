package jobs

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// RelayEvery is how often all organizations are asked what their requests have to
// tell each other: what a server left behind that died, or could not do at once.
const RelayEvery = 30 * time.Second

// waiting is how many organizations may be told of at once; beyond that the next
// round over all of them finds them.
const waiting = 1000

// Relay has requests tell each other what they have to until ctx ends; see
// runs.Service.Relay. What it returns first is to be called for an organization
// where there is something to tell.
func Relay(d *db.DB, relay func(context.Context, access.OrgID) (int, error), log *slog.Logger) (told func(access.OrgID), run func(context.Context)) {
	at := make(chan access.OrgID, waiting)
	one := func(ctx context.Context, org access.OrgID) {
		if _, err := relay(ctx, org); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "requests could not tell each other everything; it is tried again shortly", "org", org.String(), "error", err.Error())
		}
	}
	told = func(org access.OrgID) {
		select {
		case at <- org:
		default:
		}
	}
	return told, func(ctx context.Context) {
		next := time.NewTimer(0)
		defer next.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case org := <-at:
				one(ctx, org)
			case <-next.C:
				relayAll(ctx, d, one, log)
				next.Reset(RelayEvery)
			}
		}
	}
}

func relayAll(ctx context.Context, d *db.DB, one func(context.Context, access.OrgID), log *slog.Logger) {
	var orgs []uuid.UUID
	err := d.Global(ctx, func(q db.Querier) (err error) {
		orgs, err = dbq.New(q).ListOrgIDs(ctx)
		return err
	})
	if err != nil && ctx.Err() == nil {
		log.WarnContext(ctx, "which organizations there are could not be read; it is read again shortly", "error", err.Error())
	}
	for _, org := range orgs {
		one(ctx, access.OrgID(org))
	}
}
