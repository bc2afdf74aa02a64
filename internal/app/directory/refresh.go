package directory

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// refreshToken is what the cookie carries: where to look, and 256 random bits.
type refreshToken struct {
	org     access.OrgID
	session uuid.UUID
	secret  []byte
}

const secretBytes = 32

// String is <org>.<session>.<secret>.
func (r refreshToken) String() string {
	return r.org.String() + "." + r.session.String() + "." + base64.RawURLEncoding.EncodeToString(r.secret)
}

func parseRefresh(text string) (refreshToken, bool) {
	parts := strings.Split(text, ".")
	if len(text) > 200 || len(parts) != 3 {
		return refreshToken{}, false
	}
	org, err1 := uuid.Parse(parts[0])
	session, err2 := uuid.Parse(parts[1])
	secret, err3 := base64.RawURLEncoding.Strict().DecodeString(parts[2])
	if err1 != nil || err2 != nil || err3 != nil || len(secret) != secretBytes || org == uuid.Nil {
		return refreshToken{}, false
	}
	return refreshToken{access.OrgID(org), session, secret}, true
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: crypto/rand
	return b
}

func hashOf(secret []byte) []byte {
	sum := sha256.Sum256(secret)
	return sum[:]
}

// successor is the secret that follows. It is derived, so that everybody who
// presents the same token within the grace gets the same new one: two tabs stay
// one session, and an answer that got lost can be had again, without keeping
// any token in the clear. It takes both the seed, which never leaves the
// database, and the token, which is never in it.
func successor(seed, secret []byte) []byte {
	mac := hmac.New(sha256.New, seed)
	mac.Write([]byte("handstamp refresh token\x00"))
	mac.Write(secret)
	return mac.Sum(nil)
}

// verdict is what becomes of a refresh token.
type verdict int

const (
	unknownToken verdict = iota // nothing to say
	overToken                   // its session has ended, or its owner may not sign in
	expiredToken                // idle or absolute lifetime is over
	freshToken                  // the present one: it is replaced
	graceToken                  // the one before, shortly after: its successor again
	reusedToken                 // an older one, or the one before too late: somebody has a copy
)

// judge looks at a refresh token under the lock of its session.
func judge(found bool, r dbq.LoadRefreshRow) verdict {
	switch {
	case !found:
		return unknownToken
	case r.Ended || !r.Entitled:
		return overToken
	case r.Given < r.Generation-1 || r.Given == r.Generation-1 && !r.InGrace:
		return reusedToken
	case r.Expired:
		return expiredToken
	case r.Given == r.Generation:
		return freshToken
	}
	return graceToken
}

// expired is the answer to every refresh token that does not work.
func expired() error {
	return fault.New(fault.Unauthenticated, "Your session has ended. Sign in again.")
}

// Refresh exchanges a refresh token for a new one and an access token. A token
// that was replaced before works for a short grace and gives the same
// successor; after that its use ends the whole session, because somebody has a
// copy. Everything that does not work answers unauthenticated.
func (s *Service) Refresh(ctx context.Context, token string, c Client) (SignedIn, error) {
	given, ok := parseRefresh(token)
	if !ok {
		return SignedIn{}, forged(expired())
	}
	var row dbq.LoadRefreshRow
	var v verdict
	err := s.DB.InOrg(ctx, given.org, func(tx *db.Tx) error {
		b := db.NewBatch()
		b.Exec(dbq.LockSession, given.session)
		found := db.One(b, &row, dbq.LoadRefresh, db.Args(dbq.LoadRefreshParams{
			SessionID: given.session, Hash: hashOf(given.secret),
			IdleSeconds: s.settings.RefreshIdle.Seconds(), GraceSeconds: s.settings.RefreshGrace.Seconds(),
		})...)
		if err := tx.Send(b); err != nil {
			return err
		}
		v = judge(found.OK, row)
		writes, err := consequence(v, given, row, c)
		if err != nil {
			return err
		}
		return tx.Commit(writes)
	})
	if err != nil {
		return SignedIn{}, err
	}
	if v == unknownToken {
		return SignedIn{}, forged(expired())
	}
	if v != freshToken && v != graceToken {
		return SignedIn{}, expired()
	}
	left := time.Duration(row.SecondsLeft * float64(time.Second))
	return s.grant(ctx, Claims{Org: given.org, User: row.UserID, Session: given.session}, successor(row.Seed, given.secret), left)
}

// consequence is what a verdict writes.
func consequence(v verdict, given refreshToken, row dbq.LoadRefreshRow, c Client) (*db.Batch, error) {
	b := db.NewBatch()
	switch v {
	case freshToken:
		next := row.Generation + 1
		b.Exec(dbq.RetireRefreshToken, given.session, row.Generation)
		b.Exec(dbq.InsertRefreshToken, given.session, next, hashOf(successor(row.Seed, given.secret)))
		b.Exec(dbq.AdvanceSession, db.Args(dbq.AdvanceSessionParams{
			ID: given.session, Generation: next, Ip: c.Address, UserAgent: c.UserAgent,
		})...)
	case expiredToken:
		b.Exec(dbq.EndSession, db.Args(dbq.EndSessionParams{ID: given.session, Reason: "expired"})...)
	case reusedToken:
		b.Exec(dbq.EndSession, db.Args(dbq.EndSessionParams{ID: given.session, Reason: "reused"})...)
		err := record(b, entry{
			actor: row.UserID, action: "auth.refresh", refused: true, object: given.session, client: c,
			detail: map[string]any{"reason": "reused", "given": row.Given, "present": row.Generation},
		})
		if err != nil {
			return nil, err
		}
	}
	return b, nil
}
