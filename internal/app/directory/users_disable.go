package directory

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// DisabledUser is somebody who may no longer sign in, and what he leaves behind.
type DisabledUser struct {
	User      User `json:"user"`
	OpenTasks int  `json:"open_tasks" doc:"Tasks he still holds. Within seconds they go to whom their workflows would ask in his place."`
}

// DisableUser keeps a person from signing in and ends his sessions; his past
// stays. A revision of 0 takes him as he is. It answers conflict for oneself and
// for the last one who can manage roles; disabling twice is no error.
func (s *Service) DisableUser(ctx context.Context, a access.Actor, id uuid.UUID, revision int, once Key) (DisabledUser, error) {
	if err := require(a, access.UserManage); err != nil {
		return DisabledUser{}, err
	}
	if id == a.User {
		return DisabledUser{}, fault.New(fault.Conflict, "You cannot disable yourself. Ask somebody else who manages people.")
	}
	var out DisabledUser
	_, err := s.once(ctx, a, "users.disable", once, id, func(tx *db.Tx) error {
		g := guardOf(id)
		p, err := lockPerson(tx, id, g)
		if err != nil {
			return err
		}
		if revision != 0 && int(p.Revision) != revision {
			return stale("person")
		}
		if err := g.checkReach(a); err != nil {
			return err
		}
		b := db.NewBatch()
		if p.Status != "disabled" {
			if err := disable(b, a, id); err != nil {
				return err
			}
		}
		return g.finish(tx, b, a)
	})
	if err != nil {
		return DisabledUser{}, err
	}
	b := db.NewBatch() // behind the act, so that a repeat tells it too
	db.One(b, &out.OpenTasks, dbq.CountOpenTasks, id)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return DisabledUser{}, err
	}
	out.User, err = s.user(ctx, a, id)
	return out, err
}

func disable(b *db.Batch, a access.Actor, id uuid.UUID) error {
	b.Exec(dbq.SetStatus, db.Args(dbq.SetStatusParams{ID: id, Status: "disabled", ByID: orNull(a.User)})...)
	b.Exec(dbq.EndSessionsOfUser, db.Args(dbq.EndSessionsOfUserParams{UserID: id, Reason: "disabled"})...)
	return record(b, by(a, "users.disable", id, nil))
}
