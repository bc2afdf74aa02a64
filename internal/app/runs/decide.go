package runs

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
)

// maxAsks bounds how often Decide may say that it lacks a fact.
const maxAsks = 12

// decide asks the engine, fetching the facts it says it needs in between.
func (s *Service) decide(tx *db.Tx, a access.Actor, l *loaded, c engine.Command) (engine.Decision, error) {
	for range maxAsks {
		d, err := engine.Decide(l.version, l.state, c, l.facts)
		if err != nil || len(d.Needs) == 0 {
			return d, err
		}
		if err := s.ask(a, l, d.Needs, tx.Send); err != nil {
			return d, err
		}
	}
	return engine.Decision{}, fmt.Errorf("runs: the engine asked for facts more than %d times", maxAsks)
}

// act is the walk of every verb that changes a run: lock, load, check, decide,
// save, in one transaction; then the run as the actor now sees it.
func (s *Service) act(ctx context.Context, a access.Actor, at target, route string, key Key,
	gate func(*loaded) error, c engine.Command,
) (Run, error) {
	l, err := s.change(ctx, a, at, route, key, gate, func(*db.Tx, *loaded) (engine.Command, error) { return c, nil })
	if err != nil {
		return Run{}, err
	}
	return s.answer(ctx, a, l)
}

// settle is act for what its maker may take back: the answer says until when.
func (s *Service) settle(ctx context.Context, a access.Actor, task uuid.UUID, route string, key Key, c engine.Command) (Run, error) {
	l, err := s.change(ctx, a, target{task: task}, route, key,
		func(l *loaded) error { return access.CheckHold(a, l.task(a, task)) },
		func(*db.Tx, *loaded) (engine.Command, error) { return c, nil })
	if err != nil {
		return Run{}, err
	}
	r, err := s.answer(ctx, a, l)
	r.UndoUntil = s.undoUntil(ctx, a, l, task)
	return r, err
}

// change is act without the answer, for commands that depend on the run itself.
func (s *Service) change(ctx context.Context, a access.Actor, at target, route string, key Key,
	gate func(*loaded) error, command func(*db.Tx, *loaded) (engine.Command, error),
) (*loaded, error) {
	var l *loaded
	var before engine.State
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) (err error) {
		if l, err = s.load(tx, a, at); err != nil {
			return err
		}
		if err := gate(l); err != nil {
			return err
		}
		c, err := command(tx, l)
		if err != nil {
			return err
		}
		d, err := s.decide(tx, a, l, c)
		if err != nil {
			return err
		}
		if len(d.Events) == 0 { // looked at, and nothing to do
			before = l.state
			return nil
		}
		b, err := save(l, d, a)
		if err != nil {
			return err
		}
		keep(b, a, route, key, l.row.ID, d.State.Run.Seq)
		if err := tx.Commit(b); err != nil {
			return err
		}
		before = l.state
		s.wake(a.Org, before, d)
		if m, ok := c.(engine.Migrate); ok {
			l.version, l.row.VersionID, l.row.VersionNo = m.Version, m.To.ID, int32(m.To.No)
		}
		l.become(d.State, a)
		return nil
	})
	if err != nil {
		return s.again(ctx, a, at, route, key, err)
	}
	s.places.learn(a.Org, l.state)
	s.hint(ctx, a, before, l.state, l.watching()...)
	return l, nil
}

// again is the run as it is, where a verb failed because it was carried out before
// under the same key.
func (s *Service) again(ctx context.Context, a access.Actor, at target, route string, key Key, failed error) (*loaded, error) {
	done, err := s.earlier(ctx, a, route, key, failed)
	if err != nil {
		return nil, err
	}
	l, err := s.read(ctx, a, at, nil)
	if err != nil {
		return nil, err
	}
	l.repeated = true
	return l, sameRequest(done.Hash, key)
}

// become takes over the state after a decision, with the actor's standing to it.
func (l *loaded) become(after engine.State, a access.Actor) {
	before := l.state
	l.state = after
	l.standing = l.stands(l.standing)
	l.standing.Part &^= access.AsStakeholder
	if after.Stakeholder(a.User) != nil {
		l.standing.Part |= access.AsStakeholder
	}
	was := l.offered
	l.offered = nil
	for _, t := range after.Tasks {
		if t.Assignee == a.User {
			l.standing.Part |= access.AsAssignee
		}
		if t.Status != engine.TaskOpen || t.Assignee != uuid.Nil || t.Pool == nil {
			continue
		}
		old := before.Task(t.ID)
		if slices.Contains(was, t.ID) || slices.Contains(t.Pool.Members, a.User) || old != nil && old.Assignee == a.User { // released just now
			l.offered = append(l.offered, t.ID)
		}
	}
	l.standing.Offered = len(l.offered) > 0
}

// stands adds to somebody's part in a run how the run itself stands.
func (l *loaded) stands(s access.Standing) access.Standing {
	st := l.state.Run.Status
	s.Draft, s.Over, s.Held = st == engine.Draft, st.Over(), st == engine.RunHeld
	s.Recall = st == engine.Running && engine.Recallable(&l.state) == ""
	return s
}

// task returns the standing of the actor to one task, or a zero one.
func (l *loaded) task(a access.Actor, id uuid.UUID) access.TaskStanding {
	ts := access.TaskStanding{Run: l.standing}
	t := l.state.Task(id)
	if t == nil {
		return ts
	}
	ts.Open = t.Status == engine.TaskOpen && !l.standing.Over && !l.standing.Held
	ts.Offered = slices.Contains(l.offered, id)
	ts.Assignee, ts.Pooled, ts.Fix, ts.Opinion = t.Assignee, t.Pool != nil, t.Kind == engine.FixTask, t.Kind.Opinion()
	if n := l.version.Node(t.Step); n != nil && !ts.Fix && !ts.Opinion {
		ts.Barred = engine.Barred(l.version, &l.state, a.User, n) != ""
	}
	return ts
}

// sameRequest refuses a key that was used for something else.
func sameRequest(hash []byte, key Key) error {
	if string(hash) != string(key.Hash[:]) {
		return fault.New(fault.Invalid, "This Idempotency-Key was used for another request: make a new one.")
	}
	return nil
}

func inFlight() error {
	return fault.New(fault.Conflict, "The same request is being carried out at this moment: ask again shortly.")
}
