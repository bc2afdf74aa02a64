package catalog

import (
	"context"
	"fmt"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/library"
)

// InstallLibrary publishes workflows of the library under their own keys, all of
// them when no slug is named. What is there already and has not changed stays as
// it is. The first that cannot be published ends it; those before it stay.
func (s *Service) InstallLibrary(ctx context.Context, a access.Actor, slugs ...string) error {
	if len(slugs) == 0 {
		for _, e := range library.All() {
			slugs = append(slugs, e.Slug)
		}
	}
	for _, slug := range slugs {
		e, ok := library.Get(slug)
		if !ok {
			return fault.New(fault.NotFound, "There is no workflow %q in the library.", slug)
		}
		in := Import{Source: Source{YAML: string(e.Source)}, Publish: true, Note: "From the library", slug: slug}
		if _, err := s.Import(ctx, a, in); err != nil {
			return fmt.Errorf("catalog: install %s: %w", slug, err)
		}
	}
	return nil
}
