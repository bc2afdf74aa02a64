package catalog

import (
	"context"

	"github.com/handstamp/handstamp/internal/core/access"
)

// VersionList are the versions of a workflow, the newest first.
type VersionList struct {
	Items []VersionRow `json:"items"`
}

// ListVersions returns who published what when, the latest 500.
func (s *Service) ListVersions(ctx context.Context, a access.Actor, workflow string) (VersionList, error) {
	_, rows, err := s.load(ctx, a, workflow, access.CheckReadDesign)
	out := VersionList{Items: []VersionRow{}}
	for _, r := range rows {
		out.Items = append(out.Items, versionRow(r))
	}
	return out, err
}
