package runs

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// renewEvery is after how many runs a server says that it is still at it.
const renewEvery = 200

// Follow lets the open tasks of an organization follow what has changed about its
// people: who left, who is whose manager now, who is away or back. It does nothing
// while another server is at it, and returns how many runs were looked at. A run
// that fails is tried again with the next call, a minute later.
func (s *Service) Follow(ctx context.Context, org access.OrgID) (int, error) {
	a := access.Actor{Org: org}
	var at dbq.ClaimFollowingRow
	claimed := &db.Found{}
	err := s.DB.InOrg(ctx, org, func(tx *db.Tx) error {
		b := db.NewBatch()
		claimed = db.One(b, &at, dbq.ClaimFollowing)
		return tx.Commit(b)
	})
	if err != nil || !claimed.OK {
		return 0, err
	}
	seen, failed := 0, []error{}
	var ids []uuid.UUID
	b := db.NewBatch()
	db.Many(b, &ids, dbq.ListRunsToFollow, at.FollowedAt)
	if err := s.DB.Read(ctx, org, b); err != nil {
		failed = append(failed, err)
	}
	for _, id := range ids {
		if seen++; seen%renewEvery == 0 {
			failed = append(failed, s.keepFollowing(ctx, org))
		}
		failed = append(failed, s.reassess(ctx, a, id))
	}
	if err := errors.Join(failed...); err != nil { // all of it is looked at again
		return seen, errors.Join(err, s.keepFollowing(ctx, org))
	}
	return seen, s.note(ctx, org, dbq.EndFollowing, db.Args(dbq.EndFollowingParams{Revision: at.DirectoryRev, At: at.Now})...)
}

// keepFollowing keeps other servers from beginning the same for a minute.
func (s *Service) keepFollowing(ctx context.Context, org access.OrgID) error {
	return s.note(ctx, org, dbq.KeepFollowing)
}

// note sends one statement in a transaction of its own.
func (s *Service) note(ctx context.Context, org access.OrgID, sql string, args ...any) error {
	return s.DB.InOrg(ctx, org, func(tx *db.Tx) error {
		b := db.NewBatch()
		b.Exec(sql, args...)
		return tx.Commit(b)
	})
}

// reassess lets one run follow the organization. A run that is over by now has
// nothing to follow.
func (s *Service) reassess(ctx context.Context, a access.Actor, run uuid.UUID) error {
	_, err := s.change(ctx, a, target{run: run}, "runs.reassess", Key{},
		func(*loaded) error { return nil },
		func(*db.Tx, *loaded) (engine.Command, error) { return engine.Reassess{}, nil })
	if refusal, ok := errors.AsType[*fault.Error](err); ok && refusal.Code != fault.Unavailable && refusal.Code != fault.Internal {
		return nil // what the engine refuses today it refuses in a minute as well
	}
	return err
}
