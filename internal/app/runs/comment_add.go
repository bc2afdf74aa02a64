package runs

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// Comment is a text on a run.
type Comment struct {
	ID       uuid.UUID    `json:"id"`
	Author   facts.Person `json:"author"`
	Text     string       `json:"text"`
	At       time.Time    `json:"at"`
	Kind     string       `json:"kind" enum:"note,remark,reason" doc:"The initiator's note, a remark, or the reason of an act."`
	StepName string       `json:"step_name,omitempty"`
}

// AddComment adds a remark to a run, under way or ended.
func (s *Service) AddComment(ctx context.Context, a access.Actor, run uuid.UUID, text string, key Key) (Comment, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Comment{}, fault.At("text", "Write something first.")
	}
	var out Comment
	var before, after engine.State
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error {
		l, err := s.load(tx, a, target{run: run}, "comments.add", key)
		if err != nil {
			return err
		}
		if err := access.CheckComment(a, l.standing); err != nil {
			return err
		}
		out = Comment{Author: facts.PersonOf(l.person(a.User)), Text: text, At: l.facts.Now, Kind: "remark"}
		if l.outcome != nil {
			out.ID = *l.outcome.RunID
			b := db.NewBatch()
			db.One(b, &out.At, dbq.CommentTime, out.ID)
			if err := tx.Send(b); err != nil {
				return err
			}
			return sameRequest(l.outcome.Hash, key)
		}
		d, err := s.decide(tx, a, l, engine.Comment{Text: text})
		if err != nil {
			return err
		}
		b, err := save(l, d, a)
		if err != nil {
			return err
		}
		out.ID = *d.Events[0].Comment
		keep(b, a, "comments.add", key, out.ID, d.State.Run.Seq)
		before, after = l.state, d.State
		return tx.Commit(b)
	})
	if db.IsUnique(err, "idempotency_pkey") {
		return out, inFlight()
	}
	if err == nil {
		s.hint(ctx, a, before, after)
	}
	return out, err
}
