package directory

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/facts"
)

// noUser is the answer for an id that nobody here has.
func noUser() error { return fault.New(fault.NotFound, "There is no such person.") }

// GetUser returns one person, to those who manage people and to himself. It
// answers not_found for an id of nobody, or of another organization.
func (s *Service) GetUser(ctx context.Context, a access.Actor, id uuid.UUID) (User, error) {
	if id != a.User {
		if err := require(a, access.UserManage); err != nil {
			return User{}, err
		}
	}
	return s.user(ctx, a, id)
}

func (s *Service) user(ctx context.Context, a access.Actor, id uuid.UUID) (User, error) {
	var u User
	b := db.NewBatch()
	found := db.One(b, &u, `SELECT `+userColumns+` FROM `+facts.PersonTables+` WHERE u.id = $1`, id)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return User{}, err
	}
	if !found.OK {
		return User{}, noUser()
	}
	u.Can = forUser(a, u)
	return u, nil
}
