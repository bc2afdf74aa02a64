// Package jobs is the work that nobody asked for: it runs beside the server,
// again and again, and may run in several servers at once.
package jobs

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/handstamp/handstamp/internal/db"
)

// Every is how often each job runs in a process.
const Every = time.Hour

// Run repeats the jobs until ctx ends, the first time after a moment: a server
// that has just started has better things to do. A job that fails is logged and
// tried again at its next turn.
func Run(ctx context.Context, d *db.DB, log *slog.Logger) {
	for wait := time.Minute; pause(ctx, wait); wait = Every {
		n, err := SweepOutcomes(ctx, d)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			log.WarnContext(ctx, "old idempotency keys were not all removed; the next sweep goes on", "error", err.Error(), "removed", n)
		case n > 0:
			log.InfoContext(ctx, "removed old idempotency keys", "removed", n)
		}
	}
}

// pause waits about so long, not in step with other servers.
func pause(ctx context.Context, about time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(about/2 + rand.N(about)): //nolint:gosec // how long is no secret
		return true
	}
}
