package catalog

import (
	"context"
	"encoding/json"
	"time"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/facts"
)

// Draft is the definition as designers have it.
type Draft struct {
	Revision   int             `json:"revision" doc:"Send it back with drafts.save."`
	Document   json.RawMessage `json:"document" doc:"The draft; while there is none, the version published last."`
	Problems   []fault.Problem `json:"problems" doc:"What keeps it from being published."`
	ModifiedAt time.Time       `json:"modified_at"`
	ModifiedBy *facts.Person   `json:"modified_by,omitempty"`
}

// GetDraft returns what a designer edits: the draft with all its problems, or
// the version published last to begin a new draft with.
func (s *Service) GetDraft(ctx context.Context, a access.Actor, workflow string) (Draft, error) {
	d, _, err := s.load(ctx, a, workflow, access.CheckReadDesign)
	if err != nil {
		return Draft{}, err
	}
	doc, err := d.document()
	if err != nil {
		return Draft{}, err
	}
	j, err := s.judge(s.reader(ctx, a), doc, d.self())
	if err != nil {
		return Draft{}, err
	}
	text, err := doc.JSON()
	return Draft{
		Revision: int(d.row.Revision), Document: text, Problems: bounded(j.problems), ModifiedAt: d.docs.ChangedAt,
		ModifiedBy: author(d.docs.ChangedBy, d.docs.Name, d.docs.Email, d.docs.Designation, d.docs.Department, d.docs.Status),
	}, err
}
