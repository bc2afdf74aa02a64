package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// reason is what somebody said when the task came to its holder by hand: the
// question, what to correct, why it was handed over. It is read only for tasks
// that did, so that every other page costs nothing more.
func (s *Service) reason(ctx context.Context, a access.Actor, l *loaded, t *engine.Task) (*Reason, error) {
	if t == nil {
		return nil, nil
	}
	back := 0
	if v := l.state.Step(t.StepSeq); v != nil {
		back = v.BackFrom
	}
	handed := !t.AssignedAt.Equal(t.CreatedAt)
	if t.AddedBy == uuid.Nil && t.OnBehalfOf == uuid.Nil && back == 0 && !handed {
		return nil, nil
	}
	var row dbq.ReasonOfTaskRow
	b := db.NewBatch()
	found := db.One(b, &row, dbq.ReasonOfTask, l.state.Run.ID, t.ID.String(), int32(back))
	if err := s.DB.Read(ctx, a.Org, b); err != nil || !found.OK {
		return nil, err
	}
	if err := s.meet(ctx, a, l, []uuid.UUID{row.AuthorID}); err != nil {
		return nil, err
	}
	return &Reason{By: l.personView(row.AuthorID), Text: row.Text, At: row.CreatedAt}, nil
}
