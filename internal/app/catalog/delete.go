package catalog

import (
	"context"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Delete removes a workflow from every list. Nothing is lost: requests under way
// finish on their version and stay readable. The key may be used again.
func (s *Service) Delete(ctx context.Context, a access.Actor, workflow string, key Key) error {
	_, err := s.change(ctx, a, workflow, call{"workflows.delete", key}, access.CheckDeleteWorkflow,
		func(_ *db.Tx, d *design) (*db.Batch, error) {
			b := db.NewBatch()
			b.Exec(dbq.DeleteWorkflow, db.Args(dbq.DeleteWorkflowParams{UserID: &a.User, ID: d.row.ID})...)
			return b, record(b, a, "workflows.delete", d.row.ID, map[string]any{"key": d.row.Key, "name": d.row.Name})
		})
	return err
}
