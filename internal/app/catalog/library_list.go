package catalog

import (
	"context"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/library"
)

// LibraryEntry is a workflow that ships with the product.
type LibraryEntry struct {
	Slug        string `json:"slug"`
	Key         string `json:"key"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	Group       string `json:"group"`
	Icon        string `json:"icon,omitempty"`
	Steps       int    `json:"steps"`
	Installed   bool   `json:"installed" doc:"The organization has a workflow that was made from it."`
}

// LibraryPage is the whole library.
type LibraryPage struct {
	Items []LibraryEntry `json:"items"`
}

// LibraryList returns the workflows that can be made one's own.
func (s *Service) LibraryList(ctx context.Context, a access.Actor) (LibraryPage, error) {
	installed := map[string]bool{}
	b := db.NewBatch()
	db.Each(b, func(slug string) { installed[slug] = true }, dbq.ListInstalled)
	out := LibraryPage{Items: []LibraryEntry{}}
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return out, err
	}
	for _, e := range library.All() {
		d := e.Document
		out.Items = append(out.Items, LibraryEntry{
			Slug: e.Slug, Key: d.Key, Name: d.Name, Description: d.Description, Group: d.Group, Icon: d.Icon,
			Steps: len(d.Steps), Installed: installed[e.Slug],
		})
	}
	return out, nil
}
