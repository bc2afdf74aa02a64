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
}

// SavedDraft says where a draft is kept.
type SavedDraft struct {
	RunID   uuid.UUID `json:"run_id"`
	SavedAt time.Time `json:"saved_at"`
}

// SaveDraft keeps a half-filled request for its initiator alone. Only gross
// mistakes are refused: what is required may still be missing.
func (s *Service) SaveDraft(ctx context.Context, a access.Actor, in SaveDraft) (SavedDraft, error) {
	var out SavedDraft
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error {
		if in.Run != uuid.Nil {
			var row dbq.LockDraftRow
			b := db.NewBatch()
			found := db.One(b, &row, dbq.LockDraft, in.Run, a.User)
			if err := tx.Send(b); err != nil {
				return err
			}
			if !found.OK {
				return fault.New(fault.NotFound, "There is no such draft: it was sent or deleted.")
			}
			in.Workflow = row.WorkflowID.String()
		}
		st, err := s.draftable(tx, a, in.Workflow)
		if err != nil {
			return err
		}
		b, err := draftRows(st, a, in, &out)
		if err != nil {
			return err
		}
		out.SavedAt = st.facts.Now
		return tx.Commit(b)
	})
	return out, err
}

// draftable loads a workflow without taking a number.
func (s *Service) draftable(tx *db.Tx, a access.Actor, ref string) (*startable, error) {
	var st startable
	wid, key := workflowRef(ref)
	b := db.NewBatch()
	found := db.One(b, &st.workflow, dbq.LoadStartable, wid, key)
	if err := tx.Send(b); err != nil {
		return nil, err
	}
	return &st, s.admit(a, &st, found.OK, tx.Send)
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
