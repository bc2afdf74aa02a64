package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// CommentList is a page of comments.
type CommentList struct {
	Items      []Comment `json:"items"`
	NextCursor string    `json:"next_cursor,omitempty"`
}

// ListComments returns the comments on a run, oldest first: the initiator's
// note, remarks, and the reasons given with acts.
func (s *Service) ListComments(ctx context.Context, a access.Actor, run uuid.UUID, from string, max int) (CommentList, error) {
	after, err := cursor(from)
	if err != nil {
		return CommentList{}, err
	}
	n := limit(max)
	var rows []dbq.ListCommentsRow
	var moved []dbq.ListMigrationsRow
	l, err := s.read(ctx, a, target{run: run}, func(b *db.Batch) {
		db.Many(b, &rows, dbq.ListComments, run, after, int32(n+1))
		db.Many(b, &moved, dbq.ListMigrations, run)
	})
	if err != nil {
		return CommentList{}, err
	}
	out := CommentList{Items: []Comment{}}
	if len(rows) > n {
		rows = rows[:n]
		out.NextCursor = rows[n-1].ID.String()
	}
	moves, err := movesOf(moved)
	if err != nil {
		return out, err
	}
	var ids []uuid.UUID
	for _, r := range rows {
		ids = append(ids, r.AuthorID)
	}
	if err := s.meet(ctx, a, l, ids); err != nil {
		return out, err
	}
	for _, r := range rows {
		c := Comment{ID: r.ID, Author: facts.PersonOf(l.person(r.AuthorID)), Text: r.Text, At: r.CreatedAt, Kind: r.Kind}
		node, name := moves.stepAt(l, r.Step, r.CreatedAt)
		if c.StepName = name; name == "" && node != nil {
			c.StepName = node.Label
		}
		out.Items = append(out.Items, c)
	}
	return out, nil
}
