package catalog

import (
	"context"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Favourite keeps a workflow at hand for the actor. Doing it again changes nothing.
func (s *Service) Favourite(ctx context.Context, a access.Actor, workflow string) (WorkflowSummary, error) {
	return s.mark(ctx, a, workflow, func(b *db.Batch, f *found) {
		b.Exec(dbq.InsertFavourite, db.Args(dbq.InsertFavouriteParams{UserID: a.User, WorkflowID: f.row.ID})...)
	}, true)
}

// mark changes what the actor alone keeps about a workflow that he may see. It
// takes no lock: nobody else's work depends on it.
func (s *Service) mark(ctx context.Context, a access.Actor, workflow string, write func(*db.Batch, *found), favourite bool) (WorkflowSummary, error) {
	var f found
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error {
		b := db.NewBatch()
		there := f.queue(b, a, workflow)
		if err := tx.Send(b); err != nil {
			return err
		}
		if !there() {
			return gone()
		}
		if err := s.admit(a, &f, access.CheckViewWorkflow, tx.Send); err != nil {
			return err
		}
		b = db.NewBatch()
		write(b, &f)
		return tx.Commit(b)
	})
	if err != nil {
		return WorkflowSummary{}, err
	}
	f.around.favourites[f.row.ID] = favourite
	return summarize(a, f.row, f.standing, &f.around), nil
}
