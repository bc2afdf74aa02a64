package directory

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/netip"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Login is an attempt to sign in.
type Login struct {
	Org      string // slug or name
	Email    string
	Password string
	Client   Client
}

// SignedIn is what somebody gets who signed in or refreshed.
type SignedIn struct {
	AccessToken string `json:"access_token" doc:"Sent as Authorization: Bearer …"`
	ExpiresIn   int    `json:"expires_in" doc:"Seconds the access token is good for."`

	// Refresh goes into the cookie and nowhere else, for RefreshFor.
	Refresh    string        `json:"-"`
	RefreshFor time.Duration `json:"-"`
}

// refused is the one answer to everything that is wrong with a sign-in: it does
// not tell whether the organization, the account or the password is.
func refused() error {
	return fault.New(fault.Unauthenticated, "The organization, email or password is not right.")
}

// Login signs in with email and password. Whatever is wrong, it answers the
// same after the same time: unauthenticated. Too many attempts for an account or
// from an address are throttled, with the seconds to wait.
func (s *Service) Login(ctx context.Context, in Login) (SignedIn, error) {
	email := cleanEmail(in.Email)
	if len(in.Password) > 4*longestPassword || len(email) > 254 || strings.ContainsRune(email+in.Org, 0) {
		return SignedIn{}, refused()
	}
	org, err := s.findOrg(ctx, in.Org)
	if err != nil {
		return SignedIn{}, err
	}
	var account dbq.FindAccountRow
	if org != (access.OrgID{}) {
		if account, err = s.attempt(ctx, org, email, in.Client); err != nil {
			return SignedIn{}, err
		}
	}
	right, outdated, err := s.hasher.verify(ctx, in.Password, account.Hash)
	if err != nil {
		return SignedIn{}, err
	}
	if !right || account.Status != "active" {
		return SignedIn{}, s.refuse(ctx, org, email, account.ID, in.Client)
	}
	out, err := s.admit(ctx, org, email, account, in, outdated)
	if db.IsForeignKey(err) { // disabled while the password was checked
		return SignedIn{}, refused()
	}
	return out, err
}

func cleanEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func (s *Service) findOrg(ctx context.Context, name string) (access.OrgID, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	if name == "" || len(name) > 400 {
		return access.OrgID{}, nil
	}
	var row dbq.FindOrgRow
	err := s.DB.Global(ctx, func(q db.Querier) (err error) {
		row, err = dbq.New(q).FindOrg(ctx, name)
		return err
	})
	if errors.Is(err, db.ErrNoRows) {
		return access.OrgID{}, nil
	}
	return access.OrgID(row.ID), err
}

// attempt counts the attempt and loads the account, in one trip. The count does
// not wait for the disk: a crash may forget it.
func (s *Service) attempt(ctx context.Context, org access.OrgID, email string, c Client) (dbq.FindAccountRow, error) {
	var byAccount, byAddress dbq.CountAttemptRow
	var account dbq.FindAccountRow
	b := db.NewBatch()
	db.One(b, &account, dbq.FindAccount, email)
	err := s.DB.ReadAfter(ctx, org, func(b *db.Batch) {
		db.One(b, &byAccount, dbq.CountAttempt, db.Args(dbq.CountAttemptParams{
			Kind: "account", Subject: email, Address: c.Address,
			Bound: float64(s.settings.AccountTries), SecondsPerAttempt: s.settings.AccountPause.Seconds(),
		})...)
		if network := network(c.Address); network != "" {
			db.One(b, &byAddress, dbq.CountAttempt, db.Args(dbq.CountAttemptParams{
				Kind: "address", Subject: network,
				Bound: float64(s.settings.AddressTries), SecondsPerAttempt: s.settings.AddressPause.Seconds(),
			})...)
		}
	}, b)
	if err != nil {
		return account, err
	}
	wait := max(pauseOf(byAccount, s.settings.AccountTries, s.settings.AccountPause),
		pauseOf(byAddress, s.settings.AddressTries, s.settings.AddressPause))
	if wait > 0 {
		f := fault.New(fault.Throttled, "Too many attempts to sign in. Try again in %s.", inWords(wait))
		f.RetryAfter = int(math.Ceil(wait.Seconds()))
		return account, f
	}
	return account, nil
}

// pauseOf is the time until a refused attempt would be let through.
func pauseOf(r dbq.CountAttemptRow, tries int, pause time.Duration) time.Duration {
	if !r.Refused {
		return 0
	}
	return max(time.Duration((r.Level+1-float64(tries))*float64(pause)), time.Second)
}

func inWords(d time.Duration) string {
	if d > 90*time.Second {
		return fmt.Sprintf("%.0f minutes", math.Ceil(d.Minutes()))
	}
	return fmt.Sprintf("%.0f seconds", math.Ceil(d.Seconds()))
}

// network is what one attacker easily has many addresses of: an IPv4 address or
// an IPv6 /64.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	ip = ip.Unmap()
	if ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return ""
	}
	return prefix.String()
}

// refuse writes the failed attempt down, without waiting for the disk, and
// sweeps old ones now and then.
func (s *Service) refuse(ctx context.Context, org access.OrgID, email string, user uuid.UUID, c Client) error {
	if org == (access.OrgID{}) {
		return refused()
	}
	var failed error
	err := s.DB.ReadAfter(ctx, org, func(b *db.Batch) {
		failed = record(b, entry{actor: uuid.Nil, action: "auth.login", refused: true, object: user, client: c, detail: map[string]any{"email": email}})
		if rand.N(100) == 0 { //nolint:gosec // which attempt sweeps is no secret
			b.Exec(dbq.SweepAttempts)
		}
	}, db.NewBatch())
	if err := errors.Join(failed, err); err != nil {
		return err
	}
	return refused()
}

// admit opens a session, in one trip.
func (s *Service) admit(ctx context.Context, org access.OrgID, email string, u dbq.FindAccountRow, in Login, outdated bool) (SignedIn, error) {
	session, seed := db.NewID(), randomBytes(32)
	first := randomBytes(32)
	b := db.NewBatch()
	b.Exec(dbq.InsertSession, db.Args(dbq.InsertSessionParams{
		ID: session, UserID: u.ID, Seed: seed, Ip: in.Client.Address, UserAgent: in.Client.UserAgent,
		LifeSeconds: s.settings.RefreshLife.Seconds(),
	})...)
	b.Exec(dbq.InsertRefreshToken, session, 1, hashOf(first))
	b.Exec(dbq.ForgetAttempts, email, in.Client.Address)
	b.Exec(dbq.RefundAttempt, network(in.Client.Address))
	b.Exec(dbq.SweepSessions, u.ID)
	if outdated {
		phc, err := s.hasher.hash(ctx, in.Password)
		if err != nil {
			return SignedIn{}, err
		}
		b.Exec(dbq.ReplaceHash, db.Args(dbq.ReplaceHashParams{UserID: u.ID, Old: u.Hash, New: phc})...)
	}
	if err := record(b, entry{actor: u.ID, action: "auth.login", object: session, client: in.Client}); err != nil {
		return SignedIn{}, err
	}
	if err := s.DB.InOrg(ctx, org, func(tx *db.Tx) error { return tx.Commit(b) }); err != nil {
		return SignedIn{}, err
	}
	return s.grant(ctx, Claims{Org: org, User: u.ID, Session: session}, first, s.settings.RefreshLife)
}

// grant issues the access token beside a refresh token; left is what remains of
// the session.
func (s *Service) grant(ctx context.Context, c Claims, secret []byte, left time.Duration) (SignedIn, error) {
	key, err := s.keys.current(ctx)
	if err != nil {
		return SignedIn{}, err
	}
	token, err := s.tokens.issue(time.Now(), key, c)
	if err != nil {
		return SignedIn{}, err
	}
	return SignedIn{
		AccessToken: token, ExpiresIn: int(s.settings.AccessLife.Seconds()),
		Refresh: refreshToken{c.Org, c.Session, secret}.String(), RefreshFor: min(left, s.settings.RefreshIdle),
	}, nil
}
