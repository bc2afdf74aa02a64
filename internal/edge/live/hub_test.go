package live_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/edge/live"
)

func actor(org access.OrgID, rights ...access.Permission) access.Actor {
	return access.Actor{Org: org, User: uuid.New(), Permissions: rights}
}

func org() access.OrgID { return access.OrgID(uuid.New()) }

// got is what has arrived so far.
func got(hints <-chan runs.Hint) (all []runs.Hint) {
	for {
		select {
		case h := <-hints:
			all = append(all, h)
		default:
			return all
		}
	}
}

// Ensure a hint reaches whom it names and who may see everything, and nobody else,
// least of all in another organization.
func TestHubHandsHintsToThoseConcerned(t *testing.T) {
	t.Parallel()
	hub, here, there := live.NewHub(), org(), org()
	asha, other, operator, auditor := actor(here), actor(here), actor(here, access.RunOperate), actor(here, access.RunViewAll)
	stranger, foreign := actor(there, access.RunViewAll), actor(there)
	foreign.User = asha.User // the same id means nothing elsewhere
	streams := map[string]<-chan runs.Hint{}
	for name, a := range map[string]access.Actor{"asha": asha, "other": other, "operator": operator, "auditor": auditor, "stranger": stranger, "foreign": foreign} {
		hints, stop := hub.Listen(a)
		defer stop()
		streams[name] = hints
	}
	hub.Publish(runs.Hint{Org: here, Run: uuid.New(), People: []uuid.UUID{asha.User}})
	hub.Publish(runs.Hint{Org: here, Run: uuid.New(), Everybody: true})
	for name, want := range map[string]int{"asha": 2, "operator": 2, "auditor": 2, "other": 1, "stranger": 0, "foreign": 0} {
		if n := len(got(streams[name])); n != want {
			t.Errorf("%s got %d hints, want %d", name, n, want)
		}
	}
}

// Ensure who reads too slowly is told that everything may have changed, holds up
// nobody, and who has left gets nothing.
func TestHubForgetsTheSlow(t *testing.T) {
	t.Parallel()
	hub, here := live.NewHub(), org()
	a := actor(here)
	hints, stop := hub.Listen(a)
	for range 1000 {
		hub.Publish(runs.Hint{Org: here, Run: uuid.New(), People: []uuid.UUID{a.User}})
	}
	all := got(hints)
	if len(all) > 100 {
		t.Errorf("%d hints were kept", len(all))
	}
	lost := false
	for _, h := range all {
		lost = lost || h.Run == uuid.Nil
	}
	if !lost {
		t.Error("nothing says that hints were lost")
	}
	stop()
	hub.Publish(runs.Hint{Org: here, Everybody: true})
	hub.Lost()
	if n := len(got(hints)); n != 0 {
		t.Errorf("%d hints after leaving", n)
	}
}

// wire connects processes as a database does.
type wire struct {
	mu    sync.Mutex
	ears  []func(string)
	sent  []string
	fails bool
}

func (w *wire) notify(_ context.Context, channel, payload string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.fails {
		return errors.New("no connection")
	}
	w.sent = append(w.sent, payload)
	if channel != live.Channel {
		return errors.New("another channel")
	}
	for _, ear := range w.ears {
		ear(payload)
	}
	return nil
}

func (w *wire) listen(ctx context.Context, _ string, ready func(), ear func(string)) error {
	w.mu.Lock()
	w.ears = append(w.ears, ear)
	w.mu.Unlock()
	ready()
	<-ctx.Done()
	return ctx.Err()
}

func (w *wire) listening() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.ears)
}

// Ensure another process hears of it, once, this one at once, and no notification
// is longer than PostgreSQL takes.
func TestOthersHear(t *testing.T) {
	t.Parallel()
	w, here := &wire{}, org()
	a := actor(here)
	ctx, cancel := context.WithCancel(t.Context())
	var done sync.WaitGroup
	t.Cleanup(func() { cancel(); done.Wait() })
	var hubs [2]*live.Hub
	var links [2]*live.Others
	for i := range links {
		hubs[i] = live.NewHub()
		links[i] = live.NewOthers(hubs[i], slog.New(slog.DiscardHandler), w.notify, w.listen)
		done.Go(func() { links[i].Run(ctx) })
	}
	for w.listening() < 2 {
		time.Sleep(time.Millisecond)
	}
	near, stopNear := hubs[0].Listen(a)
	defer stopNear()
	far, stopFar := hubs[1].Listen(a)
	defer stopFar()
	many := make([]uuid.UUID, 90)
	for i := range many {
		many[i] = uuid.New()
	}
	const n = 20
	runIDs := map[uuid.UUID]bool{}
	for range n {
		id := uuid.New()
		runIDs[id] = true
		links[0].Publish(runs.Hint{Org: here, Run: id, Revision: 7, People: append([]uuid.UUID{a.User}, many...)})
	}
	if here := len(got(near)); here != n {
		t.Errorf("this process got %d at once, want %d", here, n)
	}
	for len(runIDs) > 0 {
		select {
		case h := <-far:
			if !runIDs[h.Run] || h.Revision != 7 {
				t.Errorf("unexpected %+v", h)
			}
			delete(runIDs, h.Run)
		case <-time.After(10 * time.Second):
			t.Fatalf("%d hints did not arrive", len(runIDs))
		}
	}
	if more := len(got(near)); more != 0 {
		t.Errorf("the sender heard %d of its own again", more)
	}
	for _, p := range w.sent {
		if len(p) >= 8000 || !json.Valid([]byte(p)) || strings.Contains(p, "Holiday") {
			t.Errorf("a notification of %d bytes", len(p))
		}
	}
}
