package catalog

import (
	"context"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Unpublish takes a workflow out of what people can start. Requests under way go
// on. It returns conflict for one that was never published; for one that is
// unpublished already it changes nothing.
func (s *Service) Unpublish(ctx context.Context, a access.Actor, workflow string, key Key) (WorkflowSummary, error) {
	out, err := s.change(ctx, a, workflow, call{"workflows.unpublish", key}, access.CheckPublishWorkflow,
		func(_ *db.Tx, d *design) (*db.Batch, error) {
			switch {
			case d.row.Status == unpublished:
				return nil, nil
			case d.row.Status != published:
				return nil, fault.New(fault.Conflict, "The workflow %s was never published.", d.row.Key)
			}
			b := db.NewBatch()
			b.Exec(dbq.SetWorkflowStatus, db.Args(dbq.SetWorkflowStatusParams{Status: unpublished, UserID: &a.User, ID: d.row.ID})...)
			return b, record(b, a, "workflows.unpublish", d.row.ID, map[string]any{"key": d.row.Key, "version": d.row.VersionNo})
		})
	if err != nil {
		return WorkflowSummary{}, err
	}
	return s.summary(ctx, a, out.id)
}
