package runs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// saveSubs notes what a run has to tell those it starts, and the one that started it.
func saveSubs(b *db.Batch, run uuid.UUID, before engine.State, d engine.Decision) error {
	for _, e := range d.Events {
		switch e.Type {
		case event.SubRequested:
			input, err := json.Marshal(e.Input)
			if err != nil {
				return fmt.Errorf("runs: what is put into a request of %s: %w", e.Workflow, err)
			}
			b.Exec(dbq.InsertSub, db.Args(dbq.InsertSubParams{
				ID: *e.Sub, ParentID: run, StepSeq: int32(e.StepSeq), Workflow: e.Workflow, InitiatorID: *e.Owner, Input: input,
			})...)
		case event.SubEnded, event.SubFailed:
			b.Exec(dbq.CloseSub, *e.Sub)
		}
	}
	if ids := halted(before, d.State); len(ids) > 0 {
		b.Exec(dbq.StopSubs, ids)
	}
	if ended(before, d.State) && d.State.Run.Seq > int64(len(d.Events)) { // one that has just been started notes it with that
		b.Exec(dbq.EndSub, run)
	}
	return nil
}

// ended reports whether a run that another one started has just ended.
func ended(before, after engine.State) bool {
	return after.Run.Parent != uuid.Nil && after.Run.Status.Over() && !before.Run.Status.Over()
}

// halted are the runs that are not needed any more, in an order in which all lock them.
func halted(before, after engine.State) []uuid.UUID {
	var ids []uuid.UUID
	for i, v := range after.Steps {
		for _, x := range v.Subs {
			if x.Status != engine.SubHalted {
				continue
			}
			was := func(y engine.Sub) bool { return y.ID == x.ID && y.Status == engine.SubHalted }
			if i >= len(before.Steps) || !slices.ContainsFunc(before.Steps[i].Subs, was) {
				ids = append(ids, x.ID)
			}
		}
	}
	return distinct(ids)
}

// wake has what runs tell each other carried out at once.
func (s *Service) wake(org access.OrgID, before engine.State, d engine.Decision) {
	wants := slices.ContainsFunc(d.Events, func(e event.Event) bool { return e.Type == event.SubRequested })
	if s.Told != nil && (wants || ended(before, d.State) || len(halted(before, d.State)) > 0) {
		s.Told(org)
	}
}

// Relay carries out what the requests of an organization have to tell each other: it
// starts those that others want, tells the others how they ended, and stops those
// that are not needed any more. Each is a transaction of its own that locks one
// request. What fails is put off and tried again; it returns how many were carried out.
func (s *Service) Relay(ctx context.Context, org access.OrgID) (int, error) {
	done, failed := 0, []error{}
	for range relayRounds {
		var work []dbq.ListSubWorkRow
		b := db.NewBatch()
		db.Many(b, &work, dbq.ListSubWork)
		if err := s.DB.Read(ctx, org, b); err != nil {
			return done, errors.Join(append(failed, err)...)
		}
		if len(work) == 0 {
			return done, errors.Join(failed...)
		}
		for _, w := range work {
			err := s.relay(ctx, org, w)
			if err == nil {
				done++
				continue
			}
			failed = append(failed, err)
			if err := s.note(ctx, org, dbq.PutOffSub, w.ID); err != nil {
				return done, errors.Join(append(failed, err)...)
			}
		}
	}
	if s.Told != nil { // others have their turn in between
		s.Told(org)
	}
	return done, errors.Join(failed...)
}

// maxFamily is how many requests may follow from one, over all that start each other: a
// hundred rows, ten deep, would be more than anybody could ever stop.
const maxFamily = 1000

const tooMany = "1,000 requests have followed from one already: the workflows start each other without end, or too many of them."

// relayRounds is how often one call looks for something to carry out.
const relayRounds = 20

func (s *Service) relay(ctx context.Context, org access.OrgID, w dbq.ListSubWorkRow) error {
	switch w.State {
	case "wanted":
		return s.startSub(ctx, org, w.ID)
	case "running":
		return s.stopSub(ctx, org, w.ID)
	}
	return s.tellParent(ctx, org, w.ID)
}

// startSub starts a request that another one wants. Why that is not possible is told
// to the other one.
func (s *Service) startSub(ctx context.Context, org access.OrgID, id uuid.UUID) error {
	var w dbq.LoadWantedSubRow
	b := db.NewBatch()
	found := db.One(b, &w, dbq.LoadWantedSub, int32(maxFamily), id)
	if err := s.DB.Read(ctx, org, b); err != nil || !found.OK {
		return err
	}
	if w.Family >= maxFamily {
		return s.note(ctx, org, dbq.FailSub, tooMany, id)
	}
	a := access.Actor{Org: org, User: w.InitiatorID}
	in := Start{Workflow: w.Workflow}
	if err := json.Unmarshal(w.Input, &in.Values); err != nil {
		return fmt.Errorf("runs: what is put into %s: %w", id, err)
	}
	in.sub = &sub{id: id, root: w.RootID, parent: engine.Parent{
		Run: w.ParentID, Depth: int(w.Depth) + 1, Above: append([]uuid.UUID{w.ParentInitiator}, w.Above...),
	}}
	var l *loaded
	err := s.DB.InOrg(ctx, org, func(tx *db.Tx) (err error) {
		l, err = s.start(tx, a, in, nil)
		return err
	})
	switch why, refused := errors.AsType[*fault.Error](err); {
	case err == nil:
		s.places.learn(org, l.state)
		s.hint(ctx, a, engine.State{}, l.state)
		return nil
	case errors.Is(err, errUnwanted):
		return nil
	case db.IsForeignKey(err), errors.Is(err, errChanged): // published or taken back a moment ago
		return err
	case refused && why.Code == fault.NotFound:
		return s.note(ctx, org, dbq.FailSub, fmt.Sprintf("There is no workflow %s that can be started now, or its requester may not start it.", w.Workflow), id)
	case refused && why.Code != fault.Unavailable && why.Code != fault.Internal:
		return s.note(ctx, org, dbq.FailSub, fault.Sentence(why), id)
	}
	return err
}

// errUnwanted: another server started it meanwhile, or it is not wanted any more.
var errUnwanted = errors.New("runs: not wanted any more")

// sub is what is known of a request that another one starts.
type sub struct {
	id, root uuid.UUID
	parent   engine.Parent
}

// claimSub notes that a request is under way now that another one wants. It holds the
// note until commit, so that it is not started twice, nor when it is given up meanwhile.
func claimSub(tx *db.Tx, after engine.State) error {
	state := "running"
	if after.Run.Status.Over() {
		state = "ended"
	}
	var id uuid.UUID
	b := db.NewBatch()
	claimed := db.One(b, &id, dbq.StartSub, state, after.Run.ID)
	if err := tx.Send(b); err != nil {
		return err
	}
	if !claimed.OK {
		return errUnwanted
	}
	return nil
}

// stopSub cancels a request that is not needed any more.
func (s *Service) stopSub(ctx context.Context, org access.OrgID, id uuid.UUID) error {
	err := s.bySystem(ctx, org, id, engine.Cancel{Reason: engine.CancelParent})
	if fault.Is(err, fault.Conflict) { // it is over by now
		return s.note(ctx, org, dbq.CloseSub, id)
	}
	return err
}

// tellParent tells a run how one ended that it had started, or why it was not.
func (s *Service) tellParent(ctx context.Context, org access.OrgID, id uuid.UUID) error {
	var e dbq.LoadEndedSubRow
	b := db.NewBatch()
	found := db.One(b, &e, dbq.LoadEndedSub, id)
	if err := s.DB.Read(ctx, org, b); err != nil || !found.OK {
		return err
	}
	var c engine.Command = engine.SubFailed{Sub: id, Detail: e.Detail}
	if e.State == "ended" {
		done := engine.SubEnded{Sub: id, Number: number(e.Prefix, e.Number), Outcome: e.Outcome}
		if done.Outcome == "" {
			done.Outcome = engine.SubCancelled
		}
		if err := json.Unmarshal(e.Data, &done.Values); err != nil {
			return fmt.Errorf("runs: data of %s: %w", id, err)
		}
		c = done
	}
	if err := s.bySystem(ctx, org, e.ParentID, c); err != nil {
		return err
	}
	return s.note(ctx, org, dbq.CloseSub, id) // where there was nothing to tell any more
}

// bySystem does something to a run behind which no person stands.
func (s *Service) bySystem(ctx context.Context, org access.OrgID, run uuid.UUID, c engine.Command) error {
	_, err := s.change(ctx, access.Actor{Org: org}, target{run: run}, "", Key{},
		func(*loaded) error { return nil },
		func(*db.Tx, *loaded) (engine.Command, error) { return c, nil })
	return err
}
