package runs

import (
	"context"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Counts is what waits for a person.
type Counts struct {
	OpenTasks int64 `json:"open_tasks"`
	Claimable int64 `json:"claimable"`
	Drafts    int64 `json:"drafts"`
}

// Count returns what waits for the actor, for the badges of the navigation.
func (s *Service) Count(ctx context.Context, a access.Actor) (Counts, error) {
	var c dbq.CountMineRow
	b := db.NewBatch()
	db.One(b, &c, dbq.CountMine, a.User)
	err := s.DB.Read(ctx, a.Org, b)
	return Counts(c), err
}
