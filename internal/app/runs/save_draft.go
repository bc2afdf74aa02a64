package runs

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// SaveDraft is a request that is not sent yet.
type SaveDraft struct {
	Workflow string    // id or key; not needed with Run
	Run      uuid.UUID // an earlier draft to replace; Nil: make one
	Values   map[string]any
	Comment  string
	Key      Key
}

// SavedDraft says where a draft is kept.
type SavedDraft struct {
	RunID   uuid.UUID `json:"run_id"`
	SavedAt time.Time `json:"saved_at"`
}

// MaxDrafts is how many requests one person may keep for later. They are his
// alone: nobody else would ever tidy them up.
const MaxDrafts = 100

// SaveDraft keeps a half-filled request for its initiator alone. Only gross
// mistakes are refused: what is required may still be missing. It returns
// conflict to somebody who keeps too many.
func (s *Service) SaveDraft(ctx context.Context, a access.Actor, in SaveDraft) (SavedDraft, error) {
	var out SavedDraft
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error {
		row, before, err := lockDraft(tx, a, in.Run, "runs.save_draft", in.Key)
		if err != nil {
			return err
		}
		if before != nil {
			out = SavedDraft{RunID: *before.RunID, SavedAt: time.UnixMicro(before.Seq).UTC()}
			return nil
		}
		if in.Run != uuid.Nil {
			in.Workflow = row.WorkflowID.String()
		}
		st, kept, err := s.draftable(tx, a, in.Workflow)
		if err == nil && in.Run == uuid.Nil && kept >= MaxDrafts {
			err = fault.New(fault.Conflict, "You keep %d requests for later, and more are not possible. Send or delete one of them first.", kept)
		}
		if err != nil {
			return err
		}
		b, err := draftRows(st, a, in, &out)
		if err != nil {
			return err
		}
		out.SavedAt = st.facts.Now.UTC().Truncate(time.Microsecond)
		keep(b, a, "runs.save_draft", in.Key, out.RunID, out.SavedAt.UnixMicro()) // a draft has no events to count
		return tx.Commit(b)
	})
	if db.IsUnique(err, "idempotency_pkey") {
		return SavedDraft{}, inFlight()
	}
	return out, err
}

// lockDraft locks a draft of the actor, Nil for none, and looks up an earlier
// call with the same key: what waited for the lock has read nothing before it.
func lockDraft(tx *db.Tx, a access.Actor, run uuid.UUID, route string, key Key) (row dbq.LockDraftRow, before *dbq.LoadOutcomeRow, err error) {
	var outcome dbq.LoadOutcomeRow
	found, replay := &db.Found{OK: true}, &db.Found{}
	b := db.NewBatch()
	if run != uuid.Nil { // a new draft is no row yet
		found = db.One(b, &row, dbq.LockDraft, run, a.User)
	}
	if key.Key != "" {
		replay = db.One(b, &outcome, dbq.LoadOutcome, a.User, route, key.Key)
	}
	if b.Len() == 0 {
		return row, nil, nil
	}
	if err := tx.Send(b); err != nil {
		return row, nil, err
	}
	switch {
	case replay.OK:
		return row, &outcome, sameRequest(outcome.Hash, key)
	case !found.OK:
		return row, nil, noDraft()
	}
	return row, nil, nil
}

// draftable loads a workflow without taking a number, and how many drafts the
// actor keeps.
func (s *Service) draftable(tx *db.Tx, a access.Actor, ref string) (*startable, int64, error) {
	var st startable
	var kept int64
	wid, key := workflowRef(ref)
	b := db.NewBatch()
	found := db.One(b, &st.workflow, dbq.LoadStartable, wid, key)
	db.One(b, &kept, dbq.CountDrafts, a.User)
	if err := tx.Send(b); err != nil {
		return nil, 0, err
	}
	return &st, kept, s.admit(a, &st, found.OK, tx.Send)
}

func draftRows(st *startable, a access.Actor, in SaveDraft, out *SavedDraft) (*db.Batch, error) {
	v := st.version
	input := engine.Input(v, &engine.State{}, st.facts, v.Start().ID, 0)
	input.Initiator = st.person(a.User).Attributes
	modes, _ := v.Form.Modes(v.Start().Fields, true, input) // a rule that fails hides its field; sending will say so
	values, err := v.Form.Draft(modes, v.Form.Defaults(input), in.Values)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(values)
	if err != nil {
		return nil, err
	}
	b := db.NewBatch()
	if in.Run != uuid.Nil {
		out.RunID = in.Run
		b.Exec(dbq.UpdateDraftRun, st.row.VersionID, a.User, in.Run)
		b.Exec(dbq.UpdateDraftData, data, in.Comment, in.Run)
		return b, nil
	}
	out.RunID = db.NewID()
	b.Exec(dbq.InsertDraftRun, db.Args(dbq.InsertDraftRunParams{
		ID: out.RunID, WorkflowID: st.row.WorkflowID, VersionID: st.row.VersionID, Prefix: st.workflow.Prefix, Title: st.row.Name, UserID: a.User,
	})...)
	b.Exec(dbq.InsertDraftData, out.RunID, data, in.Comment)
	return b, nil
}

func noDraft() error {
	return fault.New(fault.NotFound, "There is no such draft: it was sent or deleted.")
}
