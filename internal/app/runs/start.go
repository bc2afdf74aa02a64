package runs

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Start is a request on its way.
type Start struct {
	Workflow  string    // id or key; not needed with Draft
	Draft     uuid.UUID // a saved draft to send; Nil: none
	Values    map[string]any
	Comment   string // the note to the first reader
	Assignees engine.Choices
	Key       Key

	sub *sub // of a request that another one starts
}

// Start sends a request: a new one, or a draft that was saved. It returns
// not_found when the actor may not see the workflow, conflict when it is not
// published, invalid when values or choices are not right.
func (s *Service) Start(ctx context.Context, a access.Actor, in Start) (Run, error) {
	var draft map[string]any
	if in.Draft != uuid.Nil {
		var sent *dbq.LoadOutcomeRow
		var err error
		if draft, sent, err = s.fromDraft(ctx, a, &in); err != nil {
			return Run{}, err
		}
		if sent != nil {
			return s.Get(ctx, a, sent.RunID.String())
		}
	}
	var l *loaded
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) (err error) {
		l, err = s.start(tx, a, in, draft)
		return err
	})
	switch {
	case db.IsUnique(err, "runs_pkey"):
		err = fault.New(fault.Conflict, "This draft was sent already.")
	case db.IsForeignKey(err):
		err = errChanged
	}
	if err != nil {
		done, err := s.earlier(ctx, a, "runs.start", in.Key, err)
		if err == nil {
			err = sameRequest(done.Hash, in.Key)
		}
		if err != nil {
			return Run{}, err
		}
		return s.Get(ctx, a, done.RunID.String())
	}
	s.places.learn(a.Org, l.state)
	s.hint(ctx, a, engine.State{}, l.state)
	return s.answer(ctx, a, l)
}

// errChanged: the workflow was published, or taken back, while a request was being started.
var errChanged = fault.New(fault.Conflict, "This workflow was changed a moment ago: look at it again and send your request once more.")

// start decides and writes. The values of a draft count where the request brings
// none, as far as they may be written: what is calculated or hidden is the server's.
func (s *Service) start(tx *db.Tx, a access.Actor, in Start, draft map[string]any) (*loaded, error) {
	st, n, err := s.startable(tx, a, in)
	if err != nil {
		return nil, err
	}
	l := &st.loaded
	if n.N == 0 { // published between the two statements
		return l, errChanged
	}
	if in.Values == nil {
		in.Values = st.writable(a, draft)
	}
	c := engine.Start{
		ID: db.NewID(), Number: number(n.Prefix, n.N), Initiator: a.User,
		Values: in.Values, Comment: in.Comment, Assignees: in.Assignees,
	}
	if in.Draft != uuid.Nil {
		c.ID = in.Draft
	}
	if in.sub != nil {
		c.ID, c.Parent, l.row.RootID = in.sub.id, &in.sub.parent, in.sub.root
	}
	d, err := s.decide(tx, a, l, c)
	if err != nil {
		return l, err
	}
	b, err := insert(l, d, a, n, in)
	if err != nil {
		return l, err
	}
	if in.sub != nil {
		if err := claimSub(tx, d.State); err != nil {
			return l, err
		}
	}
	if err := tx.Commit(b); err != nil {
		return l, err
	}
	s.wake(a.Org, engine.State{}, d)
	l.row.ID, l.row.Prefix, l.row.Number = c.ID, n.Prefix, n.N
	l.standing = access.Standing{Part: access.AsInitiator}
	l.become(d.State, a)
	return l, nil
}

// fromDraft reads the draft that is to be sent, and takes over its workflow and
// note. Where this very request has sent it before, there is no draft any more;
// then it returns the outcome of that.
func (s *Service) fromDraft(ctx context.Context, a access.Actor, in *Start) (values map[string]any, sent *dbq.LoadOutcomeRow, err error) {
	var d dbq.LoadDraftRow
	var before dbq.LoadOutcomeRow
	replay := &db.Found{}
	b := db.NewBatch()
	found := db.One(b, &d, dbq.LoadDraft, in.Draft, a.User)
	if in.Key.Key != "" {
		replay = db.One(b, &before, dbq.LoadOutcome, a.User, "runs.start", in.Key.Key)
	}
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return nil, nil, err
	}
	if replay.OK {
		return nil, &before, sameRequest(before.Hash, in.Key)
	}
	if !found.OK {
		return nil, nil, noDraft()
	}
	in.Workflow = d.WorkflowID.String()
	if in.Comment == "" {
		in.Comment = d.Comment
	}
	return values, nil, json.Unmarshal(d.Data, &values)
}

// writable leaves of values what the starter may enter himself.
func (st *startable) writable(a access.Actor, values map[string]any) map[string]any {
	start := st.version.Start()
	in := engine.Input(st.version, &engine.State{}, st.facts, start.ID, 0)
	in.Form, in.Initiator = values, st.person(a.User).Attributes
	modes, _ := st.version.Form.Modes(start.Fields, true, in) // a rule that fails hides its field
	out := map[string]any{}
	for name, v := range values {
		if m := modes[name]; m == form.Edit || m == form.Required {
			out[name] = v
		}
	}
	return out
}

// startable is a workflow somebody is about to start.
type startable struct {
	loaded
	workflow dbq.LoadStartableRow
}

// startable loads a workflow for starting, with the next run number, in one
// round trip. The number is taken in a transaction of its own in front, so that
// starters do not wait for each other: gaps are possible, reuse is not.
func (s *Service) startable(tx *db.Tx, a access.Actor, in Start) (startable, dbq.TakeNumberRow, error) {
	var n dbq.TakeNumberRow
	var st startable
	wid, key := workflowRef(in.Workflow)
	b := db.NewBatch()
	found := db.One(b, &st.workflow, dbq.LoadStartable, wid, key)
	take := func(b *db.Batch) { db.One(b, &n, dbq.TakeNumber, wid, key) }
	if err := tx.SendAfter(take, b); err != nil {
		return st, n, err
	}
	return st, n, s.admit(a, &st, found.OK, tx.Send)
}

// aboutStarter is what nearly every first step needs to know.
func aboutStarter(a access.Actor) []engine.Need {
	return []engine.Need{engine.PersonNeed(a.User), {Kind: engine.NeedManagers, User: a.User}}
}

// admit checks that the actor may start the workflow and compiles it.
func (s *Service) admit(a access.Actor, st *startable, found bool, send func(*db.Batch) error) error {
	gone := fault.New(fault.NotFound, "There is no such workflow, or you may not see it.")
	if !found {
		return gone
	}
	w := st.workflow
	if w.Status != "published" || w.VersionID == nil {
		if a.Has(access.WorkflowDesign) {
			return fault.New(fault.Conflict, "Workflow %s is not published: publish it before it can be started.", w.Key)
		}
		return gone
	}
	var err error
	if st.version, err = s.Versions.Get(*w.VersionID, send); err != nil {
		return err
	}
	st.row = dbq.LoadRunRow{
		WorkflowID: w.ID, VersionID: *w.VersionID, OwnerID: w.OwnerID, Key: w.Key, Name: w.Name, Icon: w.Icon, Grp: w.Grp,
		OrgSlug: w.OrgSlug, OrgName: w.OrgName, OrgZone: w.OrgZone, DirectoryRev: w.DirectoryRev, Now: w.Now, InitiatorID: a.User,
	}
	if w.VersionNo != nil {
		st.row.VersionNo = *w.VersionNo
	}
	st.know(a)
	if err := s.ask(a, &st.loaded, aboutStarter(a), send); err != nil {
		return err
	}
	if !visible(st.version, st.person(a.User), st.facts) {
		return gone
	}
	return nil
}

// visible reports whether a person sees a workflow. A rule that fails does not match.
func visible(v *workflow.Version, p engine.Person, f engine.Facts) bool {
	if v.VisibleTo == nil {
		return true
	}
	ok, err := v.VisibleTo.Bool(rule.Input{User: p.Attributes, Org: f.Org, Params: v.Params, Now: f.Now, Today: f.Today})
	return err == nil && ok
}

// person returns what is known of somebody.
func (l *loaded) person(id uuid.UUID) engine.Person {
	for _, p := range l.facts.Answers[engine.PersonNeed(id).Key()].People {
		return p
	}
	return engine.Person{ID: id}
}

// workflowRef splits "id or key" into the two.
func workflowRef(text string) (*uuid.UUID, *string) {
	if id, err := uuid.Parse(text); err == nil {
		return &id, nil
	}
	return nil, &text
}

// insert queues a new run with everything its start caused.
func insert(l *loaded, d engine.Decision, a access.Actor, n dbq.TakeNumberRow, in Start) (*db.Batch, error) {
	b := db.NewBatch()
	r := d.State.Run
	if in.Draft != uuid.Nil {
		b.Exec(dbq.DeleteDraft, in.Draft, a.User)
	}
	values, err := json.Marshal(d.State.Values)
	if err != nil {
		return nil, err
	}
	var rev int32
	later := db.NewBatch()
	if err := saveRevisions(later, r.ID, d.Events, 0, &rev); err != nil {
		return nil, err
	}
	b.Exec(dbq.InsertRun, db.Args(dbq.InsertRunParams{
		ID: r.ID, RootID: rootOf(l, r), ParentID: idRef(r.Parent), Depth: int16(r.Depth), Above: r.Above, VersionID: l.row.VersionID, Prefix: n.Prefix, Number: n.N, Title: r.Title, Status: string(r.Status),
		Outcome: r.Outcome, InitiatorID: r.Initiator, Round: int32(r.Round), Visits: int32(r.Visits), Seq: r.Seq, Rev: rev,
		StartedAt: r.StartedAt, EndedAt: timeRef(r.EndedAt), WorkflowID: l.row.WorkflowID,
	})...)
	b.Exec(dbq.InsertRunData, r.ID, values, json.RawMessage("{}"))
	b.Append(later)
	if err := saveSteps(b, r.ID, nil, d.State.Steps); err != nil {
		return nil, err
	}
	saveTasks(b, taskTable{run: r.ID, workflow: l.row.WorkflowID}, nil, d.State.Tasks)
	saveParticipants(b, r.ID, engine.State{}, d.State)
	saveTurns(b, l.row.WorkflowID, d.State)
	if err := saveAbsence(b, d.Events, l.row.OrgZone); err != nil {
		return nil, err
	}
	if err := saveSubs(b, r.ID, engine.State{}, d); err != nil {
		return nil, err
	}
	if err := saveEvents(b, r.ID, d.Events, 0, a.User); err != nil {
		return nil, err
	}
	keep(b, a, "runs.start", in.Key, r.ID, r.Seq)
	return b, nil
}

// rootOf is the first of the runs that started each other.
func rootOf(l *loaded, r engine.Run) uuid.UUID {
	if r.Parent == uuid.Nil {
		return r.ID
	}
	return l.row.RootID
}
