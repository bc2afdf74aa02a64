package httpapi

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure many requests of one person cost one look-up, and that what changed is
// seen after four seconds.
func TestSessionsAreBelievedForAMoment(t *testing.T) {
	var asked atomic.Int32
	var over atomic.Bool
	s := newSessions(func(context.Context, access.OrgID, uuid.UUID) (access.Actor, error) {
		asked.Add(1)
		time.Sleep(5 * time.Millisecond)
		if over.Load() {
			return access.Actor{}, fault.New(fault.Unauthenticated, "Your session has ended.")
		}
		return userA, nil
	})
	now := time.Unix(1_000_000, 0)
	s.now = func() time.Time { return now }
	k := sessionKey{userA.Org, userA.Session}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if a, err := s.actor(t.Context(), k); err != nil || a.User != userA.User {
				t.Errorf("got %v, %v", a, err)
			}
		})
	}
	all.Wait()
	if n := asked.Load(); n != 1 {
		t.Errorf("%d look-ups for 50 requests", n)
	}
	over.Store(true)
	now = now.Add(trusted - time.Millisecond)
	if _, err := s.actor(t.Context(), k); err != nil {
		t.Error("asked too early:", err)
	}
	now = now.Add(time.Millisecond)
	for range 3 {
		if _, err := s.actor(t.Context(), k); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("an ended session still acts: %v", err)
		}
	}
	if n := asked.Load(); n != 2 {
		t.Errorf("%d look-ups, want 2", n)
	}
}

// Ensure an outage is not remembered, and a caller who leaves does not take the others along.
func TestSessionOutage(t *testing.T) {
	fail := true
	s := newSessions(func(ctx context.Context, _ access.OrgID, _ uuid.UUID) (access.Actor, error) {
		if ctx.Err() != nil {
			return access.Actor{}, ctx.Err()
		}
		if fail {
			return access.Actor{}, errors.New("connection refused")
		}
		return userA, nil
	})
	k := sessionKey{userA.Org, userA.Session}
	if _, err := s.actor(t.Context(), k); err == nil {
		t.Fatal("an outage lets everybody in")
	}
	fail = false
	gone, leave := context.WithCancel(t.Context())
	leave()
	_, _ = s.actor(gone, k)
	if _, err := s.actor(t.Context(), k); err != nil {
		t.Error("the outage is over, but:", err)
	}
}

// Ensure the memory of sessions is bounded.
func TestSessionsForget(t *testing.T) {
	s := newSessions(func(context.Context, access.OrgID, uuid.UUID) (access.Actor, error) { return userA, nil })
	for range mostSessions + 10 {
		if _, err := s.look(t.Context(), sessionKey{userA.Org, uuid.New()}); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.known) > mostSessions {
		t.Errorf("%d sessions are kept", len(s.known))
	}
}
