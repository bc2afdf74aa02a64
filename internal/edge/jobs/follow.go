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

// FollowEvery is how long a change of people takes at most, about, to reach the
// open tasks it concerns.
const FollowEvery = 2 * time.Second

// Follow lets open tasks follow the organization until ctx ends. follow does it
// for one organization; see runs.Service.Follow.
func Follow(ctx context.Context, d *db.DB, follow func(context.Context, access.OrgID) (int, error), log *slog.Logger) {
	for pause(ctx, FollowEvery) {
		var orgs []uuid.UUID
		err := d.Global(ctx, func(q db.Querier) (err error) {
			orgs, err = dbq.New(q).ListOrgsToFollow(ctx)
			return err
		})
		if err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "whether people have changed could not be read; it is read again shortly", "error", err.Error())
		}
		for _, org := range orgs {
			if _, err := follow(ctx, access.OrgID(org)); err != nil && ctx.Err() == nil {
				log.WarnContext(ctx, "open tasks did not all follow the organization; they are looked at again in a minute", "org", org, "error", err.Error())
			}
		}
	}
}
