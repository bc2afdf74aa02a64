package catalog

import (
	"context"
	"encoding/json"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// WorkflowVersion is a version with its definition.
type WorkflowVersion struct {
	VersionRow
	Document json.RawMessage `json:"document" doc:"The definition."`
}

// GetVersion returns one version as it was published.
func (s *Service) GetVersion(ctx context.Context, a access.Actor, workflow string, no int) (WorkflowVersion, error) {
	var text json.RawMessage
	var rows []dbq.ListVersionsRow
	id, key := ref(workflow)
	f, err := s.find(ctx, a, workflow, access.CheckReadDesign, func(b *db.Batch) {
		db.Many(b, &rows, dbq.ListVersions, id, key, int32(no))
		db.One(b, &text, dbq.LoadVersionDocument, id, key, int32(no))
	})
	if err != nil {
		return WorkflowVersion{}, err
	}
	if text == nil {
		return WorkflowVersion{}, fault.New(fault.NotFound, "There is no version %d of %s.", no, f.row.Key)
	}
	doc, err := stored(text)
	if err != nil {
		return WorkflowVersion{}, err
	}
	canonical, err := doc.JSON()
	return WorkflowVersion{VersionRow: versionRow(rows[0]), Document: canonical}, err
}
