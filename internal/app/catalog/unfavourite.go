package catalog

import (
	"context"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Unfavourite no longer keeps a workflow at hand. For one that was not kept it
// changes nothing.
func (s *Service) Unfavourite(ctx context.Context, a access.Actor, workflow string) (WorkflowSummary, error) {
	return s.mark(ctx, a, workflow, func(b *db.Batch, f *found) {
		b.Exec(dbq.DeleteFavourite, db.Args(dbq.DeleteFavouriteParams{UserID: a.User, WorkflowID: f.row.ID})...)
	}, false)
}
