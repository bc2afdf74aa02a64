package directory

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// ErrForged marks the refusal of a token that was never ours, or is none at all:
// one that ran out or whose session ended is not meant. Whoever answers from
// outside counts these.
var ErrForged = errors.New("directory: not a token of ours")

func forged(refusal error) error { return fmt.Errorf("%w: %w", ErrForged, refusal) }

// signInFirst is the answer to every access token that does not work.
func signInFirst() error {
	return fault.New(fault.Unauthenticated, "Sign in first: the access token is missing, wrong or too old.")
}

// Authenticate reads an access token, without the database as a rule. It answers
// unauthenticated to any that is not genuine and in force. What it returns was
// true when the token was issued: CheckSession tells what is true now.
func (s *Service) Authenticate(ctx context.Context, token string) (Claims, error) {
	now := time.Now()
	c, err := s.tokens.verify(now, token)
	if errors.Is(err, errUnknownKey) { // perhaps another server has just made it
		if err := s.keys.reload(ctx, keysPause); err != nil && !errors.Is(err, errNoSigner) {
			return Claims{}, err
		}
		c, err = s.tokens.verify(now, token)
	}
	switch {
	case errors.Is(err, errRanOut):
		return Claims{}, signInFirst()
	case err != nil:
		return Claims{}, forged(signInFirst())
	}
	return c, nil
}

// CheckSession returns who acts in a session, with the rights he has at this
// moment. It answers unauthenticated when the session was ended, its owner
// disabled, or his password changed. The edge may keep the answer for up to four
// seconds, so that all of these act within five.
func (s *Service) CheckSession(ctx context.Context, org access.OrgID, session uuid.UUID) (access.Actor, error) {
	var row dbq.CheckSessionRow
	b := db.NewBatch()
	found := db.One(b, &row, dbq.CheckSession, session)
	if err := s.DB.Read(ctx, org, b); err != nil {
		return access.Actor{}, err
	}
	if !found.OK {
		return access.Actor{}, expired()
	}
	a := access.Actor{Org: org, User: row.UserID, Session: session}
	for _, p := range row.Permissions {
		a.Permissions = append(a.Permissions, access.Permission(p))
	}
	slices.Sort(a.Permissions) // by bytes, as Has searches
	return a, nil
}
