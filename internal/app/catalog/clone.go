package catalog

import (
	"context"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/library"
)

// Clone is a copy of a workflow under another key and name.
type Clone struct {
	Workflow    string // id or key, or the slug of one in the library
	WorkflowKey string
	Name        string
	Key         Key
}

// Clone makes a draft that the actor owns: a copy of the published definition,
// or while there is none of what designers have. Parameters that ask for it come
// blank, and have to be filled in before the clone can be published.
func (s *Service) Clone(ctx context.Context, a access.Actor, in Clone) (WorkflowSummary, error) {
	c := call{"workflows.clone", in.Key}
	d, _, err := s.load(ctx, a, in.Workflow, access.CheckDesignWorkflow)
	if fault.Is(err, fault.NotFound) {
		if e, ok := library.Get(in.Workflow); ok {
			return s.add(ctx, a, e.Document.Clone(in.WorkflowKey, in.Name), e.Slug, c)
		}
	}
	if err != nil {
		return WorkflowSummary{}, err
	}
	doc, _, err := d.shown()
	if err != nil {
		return WorkflowSummary{}, err
	}
	slug := ""
	if d.row.LibrarySlug != nil {
		slug = *d.row.LibrarySlug
	}
	return s.add(ctx, a, doc.Clone(in.WorkflowKey, in.Name), slug, c)
}
