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

// followBatch is how many runs are listed at once.
const followBatch = 500

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
	for after := uuid.Nil; ; {
		var ids []uuid.UUID
		b := db.NewBatch()
		db.Many(b, &ids, dbq.ListRunsToFollow, db.Args(dbq.ListRunsToFollowParams{Since: at.FollowedAt, After: after, Batch: followBatch})...)
		if err := s.DB.Read(ctx, org, b); err != nil {
			failed = append(failed, err)
			break
		}
		for _, id := range ids {
			if err := s.reassess(ctx, a, id); err != nil {
				failed = append(failed, err)
			}
			seen, after = seen+1, id
		}
		if len(ids) < followBatch {
			break
		}
	}
	return seen, errors.Join(append(failed, s.followed(ctx, org, at, len(failed) == 0))...)
}

// followed notes the revision up to which open tasks followed the organization,
// or that they have to be looked at again.
func (s *Service) followed(ctx context.Context, org access.OrgID, at dbq.ClaimFollowingRow, all bool) error {
	return s.DB.InOrg(ctx, org, func(tx *db.Tx) error {
		b := db.NewBatch()
		if all {
			b.Exec(dbq.EndFollowing, db.Args(dbq.EndFollowingParams{Revision: at.DirectoryRev, At: at.Now})...)
		} else {
			b.Exec(dbq.GiveUpFollowing)
		}
		return tx.Commit(b)
	})
}

// reassess lets one run follow the organization. A run that is over by now has
// nothing to follow.
func (s *Service) reassess(ctx context.Context, a access.Actor, run uuid.UUID) error {
	_, err := s.change(ctx, a, target{run: run}, "runs.reassess", Key{},
		func(*loaded) error { return nil },
		func(*loaded) (engine.Command, error) { return engine.Reassess{}, nil })
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) {
		return nil
	}
	return err
}
