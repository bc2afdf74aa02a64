package runs

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Watch follows a request, or ends that.
type Watch struct {
	Run uuid.UUID
	Key Key
}

// Watch lets the actor follow a request that he may see. It is his own affair: the
// history does not tell, and it shows him nothing that he would not see without it.
// It returns not_found when he may not see the run, forbidden without the right to watch.
func (s *Service) Watch(ctx context.Context, a access.Actor, in Watch) (Run, error) {
	return s.watch(ctx, a, in, "watchers.add",
		func(l *loaded) error { return access.CheckWatch(a, l.standing) },
		func(b *db.Batch, l *loaded) {
			b.Exec(dbq.AddParticipant, db.Args(dbq.AddParticipantParams{
				RunID: l.row.ID, UserID: a.User, Roles: int16(access.AsWatcher), Open: !l.standing.Over,
			})...)
			l.watches(a, true)
		})
}

// watch changes the actor's row beside a run. The run is locked: its end closes the rows
// of all who have one.
func (s *Service) watch(ctx context.Context, a access.Actor, in Watch, route string, gate func(*loaded) error, change func(*db.Batch, *loaded)) (Run, error) {
	at := target{run: in.Run}
	var l *loaded
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) (err error) {
		if l, err = s.load(tx, a, at); err != nil {
			return err
		}
		if err := gate(l); err != nil {
			return err
		}
		b := db.NewBatch()
		change(b, l)
		keep(b, a, route, in.Key, l.row.ID, l.state.Run.Seq)
		return tx.Commit(b)
	})
	if err != nil {
		if l, err = s.again(ctx, a, at, route, in.Key, err); err != nil {
			return Run{}, err
		}
		return s.answer(ctx, a, l)
	}
	if s.Changed != nil { // his other screens, and those who see who watches
		s.Changed(Hint{Org: a.Org, Run: l.row.ID, People: distinct(append(holders(l.state), append(l.watching(), a.User)...))})
	}
	return s.answer(ctx, a, l)
}

// watches takes over that the actor watches a run, or does not any more.
func (l *loaded) watches(a access.Actor, on bool) {
	l.standing.Part &^= access.AsWatcher
	l.watchers = slices.DeleteFunc(l.watchers, func(x beside) bool { return x.ID == a.User })
	if on {
		l.standing.Part |= access.AsWatcher
		l.watchers = append(l.watchers, beside{ID: a.User, Part: l.standing.Part})
	}
}
