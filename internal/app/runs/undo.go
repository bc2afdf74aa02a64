package runs

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Undo takes back what was decided in a task.
type Undo struct {
	Task uuid.UUID
	Key  Key
}

// Undo makes a run what it was before the actor's decision: within a minute of it,
// while nobody has done anything since. It returns not_found when the actor may not
// see the run, forbidden when the decision is somebody else's, conflict when it is too
// late; then nothing has changed.
func (s *Service) Undo(ctx context.Context, a access.Actor, in Undo) (Run, error) {
	l, err := s.change(ctx, a, target{task: in.Task}, "tasks.undo", in.Key,
		func(l *loaded) error {
			if l.state.Task(in.Task) == nil { // it was taken back itself
				return access.CheckView(a, l.standing)
			}
			return access.CheckUndo(a, l.task(a, in.Task))
		},
		func(tx *db.Tx, l *loaded) (_ engine.Command, err error) {
			l.events, err = readEvents(l.row.ID, tx.Send)
			return engine.Undo{Task: in.Task, Events: l.events}, err
		})
	if err != nil {
		return Run{}, err
	}
	return s.answer(ctx, a, s.catchUp(ctx, a, l))
}

// catchUp lets a run follow what has changed about people while it was somewhere else:
// nobody looked at the tasks that are open again. What fails here fails in silence: the
// decision is taken back.
func (s *Service) catchUp(ctx context.Context, a access.Actor, l *loaded) *loaded {
	at := target{run: l.row.ID}
	if err := s.reassess(ctx, access.Actor{Org: a.Org}, l.row.ID); err != nil {
		return l
	}
	if now, err := s.read(ctx, a, at, nil); err == nil {
		return now
	}
	return l
}

// undoUntil is until when the actor may take back what he decided in a task, nil where
// he may not. Where he repeats himself others may have acted meanwhile: then the history
// is read, and where it cannot be nothing is promised.
func (s *Service) undoUntil(ctx context.Context, a access.Actor, l *loaded, task uuid.UUID) *time.Time {
	until := l.undoUntil(a, task)
	if until == nil || !l.repeated {
		return until
	}
	events, err := readEvents(l.row.ID, s.readOnly(ctx, a))
	if err != nil || engine.UndoUntil(events, task, a.User).IsZero() {
		return nil
	}
	return until
}

// undoUntil is that, while nobody has acted since.
func (l *loaded) undoUntil(a access.Actor, task uuid.UUID) *time.Time {
	t := l.state.Task(task)
	if t == nil || t.Status != engine.TaskCompleted || t.Assignee != a.User {
		return nil
	}
	until := t.DoneAt.Add(engine.UndoWithin)
	if l.facts.Now.After(until) || l.reachedBeyond(*t) { // an answer that is repeated, or what cannot be undone at all
		return nil
	}
	return &until
}

// reachedBeyond reports whether a decision started or stopped another request, or ended
// one that another request waits for.
func (l *loaded) reachedBeyond(t engine.Task) bool {
	if l.state.Run.Parent != uuid.Nil && l.state.Run.Status.Over() {
		return true
	}
	return slices.ContainsFunc(l.state.Steps, func(v engine.StepRun) bool {
		return len(v.Subs) > 0 && (v.EnteredAt.Equal(t.DoneAt) || v.LeftAt.Equal(t.DoneAt))
	})
}

// readEvents reads all that happened to a run, with the values of its fields.
func readEvents(run uuid.UUID, send func(*db.Batch) error) ([]event.Event, error) {
	var rows []dbq.ListEventsRow
	b := db.NewBatch()
	db.Many(b, &rows, dbq.ListEvents, run)
	if err := send(b); err != nil {
		return nil, err
	}
	events := make([]event.Event, len(rows))
	for i, r := range rows {
		e := &events[i]
		if err := json.Unmarshal(r.Data, e); err != nil {
			return nil, fmt.Errorf("runs: event %d of %s: %w", i+1, run, err)
		}
		e.ID, e.Type, e.At, e.Actor, e.OnBehalfOf = r.ID, event.Type(r.Type), r.At, r.ActorID, r.OnBehalfOf
		if r.Values == nil {
			continue
		}
		if err := json.Unmarshal(r.Values, &e.Values); err != nil {
			return nil, fmt.Errorf("runs: values of event %d of %s: %w", i+1, run, err)
		}
	}
	return events, nil
}

// takeBack removes what a decision had brought into the tables beside what the
// state holds before and after.
func takeBack(b *db.Batch, l *loaded, after engine.State, undone event.Event) {
	if n := len(after.Tasks); n < len(l.state.Tasks) {
		var gone []uuid.UUID
		for _, t := range l.state.Tasks[n:] {
			gone = append(gone, t.ID)
		}
		b.Exec(dbq.DeleteTasks, l.row.ID, gone)
	}
	if n := len(after.Steps); n < len(l.state.Steps) {
		b.Exec(dbq.DeleteSteps, l.row.ID, int32(n))
	}
	before := l.events[:undone.Since-1]
	if lost := onlyAskedSince(l.state, after, before); len(lost) > 0 {
		b.Exec(dbq.LoseParts, int16(access.AsAssignee), l.row.ID, lost)
		b.Exec(dbq.DeleteParticipants, l.row.ID, lost)
	}
	if l.state.Run.Status.Over() {
		b.Exec(dbq.OpenParticipants, l.row.ID)
	}
	for _, e := range l.events[len(before):] {
		if e.Type == event.AbsencePlanned && e.Reason == "" {
			b.Exec(dbq.LockAbsences, e.Assignee.String())
			b.Exec(dbq.UnplanAbsence, e.ID)
		}
	}
}

// onlyAskedSince are those who got a task by what was taken back, and never held one
// before.
func onlyAskedSince(now, after engine.State, before []event.Event) []uuid.UUID {
	has := parts(after)
	var lost []uuid.UUID
	for u, part := range parts(now) {
		held := func(e event.Event) bool { return named(e.Assignee, u) || named(e.Owner, u) }
		if part&access.AsAssignee != 0 && has[u]&access.AsAssignee == 0 && !slices.ContainsFunc(before, held) {
			lost = append(lost, u)
		}
	}
	return distinct(lost)
}

func named(id *uuid.UUID, u uuid.UUID) bool { return id != nil && *id == u }
