package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Unwatch ends that the actor follows a request, whether he did or not. What else he is
// to it he stays. It returns not_found when he may not see the run.
func (s *Service) Unwatch(ctx context.Context, a access.Actor, in Watch) (Run, error) {
	return s.watch(ctx, a, in, "watchers.remove",
		func(l *loaded) error { return access.CheckView(a, l.standing) },
		func(b *db.Batch, l *loaded) {
			me := []uuid.UUID{a.User}
			b.Exec(dbq.LoseParts, int16(access.AsWatcher), l.row.ID, me)
			b.Exec(dbq.DeleteParticipants, l.row.ID, me)
			l.watches(a, false)
		})
}
