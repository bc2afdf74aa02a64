package runs

import (
	"context"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// ViewList is what somebody keeps, in the order in which he named it.
type ViewList struct {
	Items []View `json:"items"`
}

// ListViews returns the actor's own views; nobody sees those of others.
func (s *Service) ListViews(ctx context.Context, a access.Actor) (ViewList, error) {
	out := ViewList{Items: []View{}}
	b := db.NewBatch()
	db.Each(b, func(r dbq.ListViewsRow) { out.Items = append(out.Items, View(r)) }, dbq.ListViews, a.User)
	err := s.DB.Read(ctx, a.Org, b)
	return out, err
}
