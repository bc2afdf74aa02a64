// Package directory knows the people of an organization and lets them in:
// sign-in, sessions, users, departments, roles. One verb is one file.
package directory

import (
	"context"
	"runtime"
	"time"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
)

// Settings are what an operator may change about signing in.
type Settings struct {
	// Issuer and Audience stand in access tokens; servers that share a database
	// share them.
	Issuer, Audience string
	// AccessLife is how long an access token is good.
	AccessLife time.Duration
	// RefreshIdle ends a session that was not refreshed for so long.
	RefreshIdle time.Duration
	// RefreshLife ends every session in the end.
	RefreshLife time.Duration
	// RefreshGrace is how long the refresh token before the present one still
	// works, for two tabs at once and for answers that got lost.
	RefreshGrace time.Duration
	// Hashers bounds how many passwords are hashed at once; 0 is one per core.
	// Each takes 19 MiB.
	Hashers int
	// HashWait is how long a sign-in waits for its turn at that before it is told
	// that the server is busy.
	HashWait time.Duration
	// AccountTries wrong passwords in a row are allowed per account, and one
	// more for each AccountPause that goes by.
	AccountTries int
	AccountPause time.Duration
	// AddressTries and AddressPause are the same per network address, over all
	// accounts of an organization.
	AddressTries int
	AddressPause time.Duration
}

// DefaultSettings are sound for the public internet.
func DefaultSettings() Settings {
	return Settings{
		Issuer: "handstamp", Audience: "handstamp",
		AccessLife: 10 * time.Minute, RefreshIdle: 24 * time.Hour,
		HashWait: 8 * time.Second, RefreshLife: 7 * 24 * time.Hour, RefreshGrace: 30 * time.Second,
		AccountTries: 10, AccountPause: time.Minute,
		AddressTries: 20, AddressPause: 5 * time.Second,
	}
}

// Service carries what the verbs need.
type Service struct {
	DB *db.DB

	settings Settings
	hasher   *hasher
	keys     *keyring
	tokens   *tokens
}

// New returns the verbs on a database. The first server to start makes the key
// that access tokens are signed with.
func New(ctx context.Context, d *db.DB, settings Settings) (*Service, error) {
	if settings.Hashers <= 0 {
		settings.Hashers = runtime.GOMAXPROCS(0)
	}
	keys := &keyring{db: d, verifyFor: settings.AccessLife + leeway}
	if err := keys.open(ctx); err != nil {
		return nil, err
	}
	return &Service{
		DB: d, settings: settings, hasher: newHasher(settings.Hashers, settings.HashWait), keys: keys,
		tokens: newTokens(settings, keys.find),
	}, nil
}

// require is the second gate behind the operation's permission: verbs are also
// called from commands and tests.
func require(a access.Actor, p access.Permission) error {
	if a.Has(p) {
		return nil
	}
	for _, right := range access.Rights() {
		if right.Permission == p {
			return fault.New(fault.Forbidden, "You may not do this. It takes the right %q (%s).", p, right.Meaning)
		}
	}
	return fault.New(fault.Forbidden, "You may not do this. It takes the right %q.", p)
}
