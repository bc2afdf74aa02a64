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
	var watchers []uuid.UUID
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error {
		l, err := s.load(tx, a, target{run: run})
		if err != nil {
			return err
		}
		if err := access.CheckComment(a, l.standing); err != nil {
			return err
		}
		out = Comment{Author: facts.PersonOf(l.person(a.User)), Text: text, At: l.facts.Now, Kind: "remark"}
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
		before, after, watchers = l.state, d.State, l.watching()
		return tx.Commit(b)
	})
	switch {
	case db.IsUnique(err, "idempotency_pkey"):
		return s.saidBefore(ctx, a, out, key, err)
	case err != nil:
		return out, err
	}
	s.hint(ctx, a, before, after, watchers...)
	return out, nil
}

// saidBefore is a remark that was added before under the same key.
func (s *Service) saidBefore(ctx context.Context, a access.Actor, out Comment, key Key, failed error) (Comment, error) {
	done, err := s.earlier(ctx, a, "comments.add", key, failed)
	if err == nil {
		err = sameRequest(done.Hash, key)
	}
	if err != nil {
		return out, err
	}
	out.ID = *done.RunID
	b := db.NewBatch()
	db.One(b, &out.At, dbq.CommentTime, out.ID)
	return out, s.DB.Read(ctx, a.Org, b)
}
