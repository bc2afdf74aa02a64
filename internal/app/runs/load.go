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
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// target names a run by its id or by one of its tasks.
type target struct {
	run, task uuid.UUID
}

// loaded is a run as the database has it, with what is known about its people.
type loaded struct {
	row      dbq.LoadRunRow
	state    engine.State
	version  *workflow.Version
	facts    engine.Facts
	standing access.Standing
	// held are the steps whose tasks the actor once held, when he holds none now.
	held []string
	// offered are the open tasks that the actor may claim.
	offered []uuid.UUID
	// events are all of the run, where a decision is to be taken back.
	events []event.Event
	// watchers are those who watch it, the actor included, with all that they are to it.
	watchers []beside
	// asked tells that the task by which the run was loaded was offered to the actor.
	asked bool
	// repeated tells that the actor repeats under its key what he has done already.
	repeated bool
}

// trip is the batch that loads a run, and where its answers land.
type trip struct {
	row   dbq.LoadRunRow
	steps []dbq.LoadStepsRow
	tasks []dbq.LoadTasksRow
	found *db.Found
}

// queue adds the statements that load a run. With a lock, that is the first of
// them: what waited for it must not have read anything before.
func (t *trip) queue(b *db.Batch, a access.Actor, run uuid.UUID, lock bool) {
	if lock {
		b.Exec(dbq.LockRun, run)
	}
	t.found = db.One(b, &t.row, dbq.LoadRun, a.User, run)
	db.Many(b, &t.steps, dbq.LoadSteps, run)
	db.Many(b, &t.tasks, dbq.LoadTasks, a.User, run)
}

// load locks a run and reads it, in one round trip.
func (s *Service) load(tx *db.Tx, a access.Actor, at target) (*loaded, error) {
	run, err := s.runOf(a, at, tx.Send)
	if err != nil {
		return nil, err
	}
	var t trip
	b := db.NewBatch()
	t.queue(b, a, run, true)
	if err := tx.Send(b); err != nil {
		return nil, err
	}
	return s.assemble(a, at, &t, tx.Send)
}

// read is load without a lock, for pages.
func (s *Service) read(ctx context.Context, a access.Actor, at target, more func(*db.Batch)) (*loaded, error) {
	send := s.readOnly(ctx, a)
	run, err := s.runOf(a, at, send)
	if err != nil {
		return nil, err
	}
	var t trip
	b := db.NewBatch()
	t.queue(b, a, run, false)
	if more != nil {
		more(b)
	}
	if err := send(b); err != nil {
		return nil, err
	}
	l, err := s.assemble(a, at, &t, send)
	if err != nil {
		return nil, err
	}
	return l, access.CheckView(a, l.standing)
}

// assemble turns rows into the engine's state.
func (s *Service) assemble(a access.Actor, at target, t *trip, send func(*db.Batch) error) (*loaded, error) {
	if !t.found.OK {
		return nil, noRun()
	}
	l := &loaded{row: t.row}
	var err error
	if l.version, err = s.Versions.Get(t.row.VersionID, send); err != nil {
		return nil, err
	}
	if l.state, err = stateOf(t.row, t.steps, t.tasks); err != nil {
		return nil, err
	}
	if err := l.besides(); err != nil {
		return nil, err
	}
	s.places.learn(a.Org, l.state)
	l.know(a)
	if err := s.ask(a, l, []engine.Need{engine.PersonNeed(a.User), engine.PersonNeed(t.row.InitiatorID), {Kind: engine.NeedAbsences}}, send); err != nil {
		return nil, err
	}
	l.standing = l.stands(access.Standing{Part: access.Part(t.row.Part)})
	if l.state.Run.Initiator == a.User { // a draft has no participants yet
		l.standing.Part |= access.AsInitiator
	}
	if err := l.loadHeld(a, send); err != nil {
		return nil, err
	}
	offered := t.offered(at, l)
	if err := l.recheck(a, offered, send); err != nil {
		return nil, err
	}
	return l, nil
}

// offered are the open tasks that wait for somebody of a pool the reader belongs to.
// It notes whether that by which the run was loaded ever did.
func (t *trip) offered(at target, l *loaded) (ids []uuid.UUID) {
	for _, x := range t.tasks {
		l.asked = l.asked || x.Asked && x.ID == at.task
		if x.Asked && x.AssigneeID == nil && engine.TaskStatus(x.Status) == engine.TaskOpen {
			ids = append(ids, x.ID)
		}
	}
	return ids
}

func noRun() error {
	return fault.New(fault.NotFound, "There is no such request, or you may not see it.")
}

// ask lets a run's facts answer the needs, in one round trip at most: people are
// remembered as long as nothing changes about them.
func (s *Service) ask(a access.Actor, l *loaded, needs []engine.Need, send func(*db.Batch) error) error {
	at := facts.Asked{Org: a.Org, Revision: l.row.DirectoryRev, Workflow: l.row.WorkflowID}
	return s.Directory.Answer(at, needs, &l.facts, send)
}

// readOnly sends a batch of its own, outside any transaction.
func (s *Service) readOnly(ctx context.Context, a access.Actor) func(*db.Batch) error {
	return func(b *db.Batch) error { return s.DB.Read(ctx, a.Org, b) }
}

// loadHeld finds out what somebody was shown who held a task and gave it away:
// no task names him any more.
func (l *loaded) loadHeld(a access.Actor, send func(*db.Batch) error) error {
	named := slices.ContainsFunc(l.state.Tasks, func(t engine.Task) bool { return t.Assignee == a.User })
	if named || l.standing.Part&access.AsAssignee == 0 {
		return nil
	}
	b := db.NewBatch()
	db.Many(b, &l.held, dbq.LoadHeld, l.state.Run.ID, a.User.String())
	return send(b)
}

// know fills in the facts that stand in the run's own row.
func (l *loaded) know(a access.Actor) {
	l.facts.Now, l.facts.Today = l.row.Now, today(l.row.Now, l.row.OrgZone)
	l.facts.Actor, l.facts.Owner, l.facts.NewID = a.User, l.row.OwnerID, db.NewID
	l.facts.Org = map[string]any{"slug": l.row.OrgSlug, "name": l.row.OrgName, "zone": l.row.OrgZone}
}

// stateOf builds the engine's state from rows.
func stateOf(r dbq.LoadRunRow, steps []dbq.LoadStepsRow, tasks []dbq.LoadTasksRow) (engine.State, error) {
	st := engine.State{Run: engine.Run{
		ID: r.ID, Title: r.Title, Status: engine.RunStatus(r.Status), Outcome: r.Outcome, Reason: r.Reason,
		Initiator: r.InitiatorID, Round: int(r.Round), Visits: int(r.Visits), Seq: r.Seq,
		StartedAt: at(r.StartedAt), EndedAt: at(r.EndedAt), NudgedAt: at(r.NudgedAt),
		Parent: id(r.ParentID), Depth: int(r.Depth), Above: r.Above,
	}}
	if r.Number > 0 {
		st.Run.Number = number(r.Prefix, r.Number)
	}
	if err := json.Unmarshal(r.Data, &st.Values); err != nil {
		return st, fmt.Errorf("runs: data of %s: %w", r.ID, err)
	}
	if err := json.Unmarshal(r.Context, &st.Context); err != nil {
		return st, fmt.Errorf("runs: context of %s: %w", r.ID, err)
	}
	for _, x := range steps {
		st.Steps = append(st.Steps, engine.StepRun{
			Seq: int(x.Seq), Step: x.Step, Status: engine.StepStatus(x.Status), Round: int(x.Round), Scope: int(x.Scope),
			Cause: int(x.Cause), ReturnTo: int(x.ReturnTo), BackFrom: int(x.BackFrom), Transition: x.Transition,
			Detail: x.Detail, Correct: x.Correct, Again: x.Again, Waits: x.Waits, Former: x.Former, EnteredAt: x.EnteredAt, LeftAt: at(x.LeftAt),
		})
		v := &st.Steps[len(st.Steps)-1]
		if err := fromJSON(x.Chosen, &v.Chosen); err != nil {
			return st, fmt.Errorf("runs: choices of %s: %w", r.ID, err)
		}
		if err := fromJSON(x.Subs, &v.Subs); err != nil {
			return st, fmt.Errorf("runs: what %s started: %w", r.ID, err)
		}
	}
	for _, x := range tasks {
		t := engine.Task{
			ID: x.ID, StepSeq: int(x.StepSeq), Step: x.Step, Kind: engine.TaskKind(x.Kind), Slot: int(x.Slot),
			Group: x.VoteGroup, Status: engine.TaskStatus(x.Status), Assignee: id(x.AssigneeID), OnBehalfOf: id(x.OnBehalfOf),
			ForAbsent: x.ForAbsent, ByHand: x.ByHand, AddedBy: id(x.AddedBy), Waits: id(x.WaitsFor), Warning: x.Warning,
			Shown: x.Shown, VoidBy: id(x.VoidBy), VoidFields: x.VoidFields, Again: id(x.Again),
			Transition: x.Transition, Decision: x.Decision, AssignedAt: x.AssignedAt, CreatedAt: x.CreatedAt, DoneAt: at(x.CompletedAt),
		}
		if x.PoolID != nil {
			t.Pool = &engine.Pool{ID: *x.PoolID}
		}
		st.Tasks = append(st.Tasks, t)
	}
	return st, nil
}

// fromJSON reads a column that may be empty.
func fromJSON(text []byte, into any) error {
	if text == nil {
		return nil
	}
	return json.Unmarshal(text, into)
}

// number is how people say it: LEAVE-42.
func number(prefix string, n int64) string { return fmt.Sprintf("%s-%d", prefix, n) }

func at(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

func id(u *uuid.UUID) uuid.UUID {
	if u == nil {
		return uuid.Nil
	}
	return *u
}

func idRef(u uuid.UUID) *uuid.UUID {
	if u == uuid.Nil {
		return nil
	}
	return &u
}

func timeRef(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
