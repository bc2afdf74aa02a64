package jobs_test

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/handstamp/handstamp/internal/db/dbtest"
	"github.com/handstamp/handstamp/internal/edge/jobs"
)

// Ensure old idempotency keys go in every organization, several batches of them
// and with two servers at work, and young ones stay (R41, R59).
func TestSweepOutcomes(t *testing.T) {
	t.Parallel()
	env := dbtest.Own(t) // the sweep goes through all organizations
	orgs := []*dbtest.Org{env.Org(t), env.Org(t)}
	for _, o := range orgs {
		a := o.User(t, "Asha")
		o.Exec(t, `INSERT INTO idempotency (user_id, route, key, hash, created_at)
			SELECT $1, 'runs.start', n::text, '', app_now() - '48 hours 1 minute'::interval FROM generate_series(1, 1200) n`, a.User)
		o.Exec(t, `INSERT INTO idempotency (user_id, route, key, hash, created_at)
			SELECT $1, 'runs.start', 'young', '', app_now() - '47 hours'::interval`, a.User)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	var all int64
	for range 2 {
		wg.Go(func() {
			n, err := jobs.SweepOutcomes(t.Context(), env.DB)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			all += n
		})
	}
	wg.Wait()
	// A batch that another server is removing looks short: the next turn does the rest.
	n, err := jobs.SweepOutcomes(t.Context(), env.DB)
	if all += n; err != nil || all != 2400 {
		t.Errorf("removed %d, %v", all, err)
	}
	for _, o := range orgs {
		if left := dbtest.Get[string](t, o, `SELECT string_agg(key, ' ') FROM idempotency`); left != "young" {
			t.Errorf("left: %s", left)
		}
	}
}

// Ensure the jobs stop with the server.
func TestRunStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		jobs.Run(ctx, dbtest.New(t).DB, slog.New(slog.NewTextHandler(io.Discard, nil)))
		close(done)
	}()
	cancel()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("still running")
	}
}
