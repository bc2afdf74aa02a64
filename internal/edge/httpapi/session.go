package httpapi

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/singleflight"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// trusted is how long a checked session is believed. Ending a session, disabling
// a person and changing his rights act within it and the check itself: 5 s.
const trusted = 4 * time.Second

// mostSessions bounds the memory; beyond it the ones that ran out are dropped,
// and everything when that is not enough.
const mostSessions = 50_000

// sessionKey names a session; ids of two organizations are never compared.
type sessionKey struct {
	org     access.OrgID
	session uuid.UUID
}

// sessions remembers for a moment what CheckSession said, so that a busy person
// costs one look-up in four seconds and not one per request.
type sessions struct {
	check func(context.Context, access.OrgID, uuid.UUID) (access.Actor, error)
	now   func() time.Time

	flights singleflight.Group
	mu      sync.Mutex
	known   map[sessionKey]checked
}

type checked struct {
	actor access.Actor
	over  error // the session has ended
	until time.Time
}

func newSessions(check func(context.Context, access.OrgID, uuid.UUID) (access.Actor, error)) *sessions {
	return &sessions{check: check, now: time.Now, known: map[sessionKey]checked{}}
}

// actor returns who acts in a session, or the error that says it is over.
// Requests that come together share one look-up.
func (s *sessions) actor(ctx context.Context, k sessionKey) (access.Actor, error) {
	if c, ok := s.fresh(k); ok {
		return c.actor, c.over
	}
	flight := s.flights.DoChan(k.org.String()+k.session.String(), func() (any, error) {
		// The first to ask may leave; the others still want the answer.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if c, ok := s.fresh(k); ok { // answered between the look above and now
			return c, nil
		}
		return s.look(ctx, k)
	})
	select {
	case <-ctx.Done():
		return access.Actor{}, ctx.Err()
	case r := <-flight:
		if r.Err != nil {
			return access.Actor{}, r.Err
		}
		c := r.Val.(checked)
		return c.actor, c.over
	}
}

// fresh is what was asked a moment ago.
func (s *sessions) fresh(k sessionKey) (checked, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.known[k]
	return c, ok && s.now().Before(c.until)
}

// look asks the directory. An outage is not remembered, an ended session is.
func (s *sessions) look(ctx context.Context, k sessionKey) (checked, error) {
	asked := s.now() // what is true is true from before the question
	a, err := s.check(ctx, k.org, k.session)
	if err != nil && !fault.Is(err, fault.Unauthenticated) {
		return checked{}, err
	}
	c := checked{actor: a, over: err, until: asked.Add(trusted)}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known) >= mostSessions {
		for key, old := range s.known {
			if asked.After(old.until) {
				delete(s.known, key)
			}
		}
		if len(s.known) >= mostSessions {
			clear(s.known)
		}
	}
	s.known[k] = c
	return c, nil
}
