package runs

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// save queues the difference between the state before and after a decision,
// with its events: the only place where a run becomes rows. Evolve alone made
// that difference, so there is no second truth per event.
func save(l *loaded, d engine.Decision, a access.Actor) (*db.Batch, error) {
	b := db.NewBatch()
	after := d.State
	rev := l.row.Rev
	if err := saveRevisions(b, l.row.ID, d.Events, l.state.Run.Seq, &rev); err != nil {
		return nil, err
	}
	b.Exec(dbq.UpdateRun, db.Args(dbq.UpdateRunParams{
		Title: after.Run.Title, Status: string(after.Run.Status), Outcome: after.Run.Outcome, Reason: after.Run.Reason,
		Round: int32(after.Run.Round), Visits: int32(after.Run.Visits), Seq: after.Run.Seq, Rev: rev,
		EndedAt: timeRef(after.Run.EndedAt), NudgedAt: timeRef(after.Run.NudgedAt), At: l.facts.Now, UserID: idRef(a.User), ID: l.row.ID,
	})...)
	if rev != l.row.Rev {
		data, err := json.Marshal(after.Values)
		if err != nil {
			return nil, err
		}
		b.Exec(dbq.UpdateRunData, data, l.row.ID)
	}
	for _, e := range d.Events {
		if e.Type == event.RunMigrated {
			b.Exec(dbq.UpdateRunVersion, e.Version.To.ID, l.row.ID)
		}
	}
	seen, err := sealSeen(d.Events)
	if err != nil {
		return nil, err
	}
	if err := saveSteps(b, l.row.ID, l.state.Steps, after.Steps); err != nil {
		return nil, err
	}
	saveTasks(b, taskTable{run: l.row.ID, workflow: l.row.WorkflowID, seen: seen}, l.state.Tasks, after.Tasks)
	saveParticipants(b, l.row.ID, l.state, after)
	saveStakeholders(b, l.row.ID, l.state, after)
	saveTurns(b, l.row.WorkflowID, after)
	if err := saveAbsence(b, d.Events, l.row.OrgZone); err != nil {
		return nil, err
	}
	if err := saveSubs(b, l.row.ID, l.state, d); err != nil {
		return nil, err
	}
	for _, e := range d.Events {
		if e.Type == event.TaskUndone {
			takeBack(b, l, after, e)
		}
	}
	return b, saveEvents(b, l.row.ID, d.Events, l.state.Run.Seq, l.facts.Actor)
}

// saveSteps updates the visits that changed and inserts the new ones.
func saveSteps(b *db.Batch, run uuid.UUID, before, after []engine.StepRun) error {
	stay := min(len(before), len(after)) // those behind have been taken back
	for i, x := range before[:stay] {
		if y := after[i]; !reflect.DeepEqual(x, y) {
			chosen, err := orNull(y.Chosen, y.Chosen == nil)
			if err != nil {
				return err
			}
			subs, err := orNull(y.Subs, y.Subs == nil)
			if err != nil {
				return err
			}
			b.Exec(dbq.UpdateStep, db.Args(dbq.UpdateStepParams{
				Step: y.Step, Former: y.Former, Status: string(y.Status), Transition: y.Transition, Detail: y.Detail, Again: y.Again, Waits: y.Waits, Chosen: chosen, Subs: subs,
				LeftAt: timeRef(y.LeftAt), RunID: run, Seq: int32(y.Seq),
			})...)
		}
	}
	var rows [][]any
	for _, x := range after[stay:] {
		subs, err := orNull(x.Subs, x.Subs == nil)
		if err != nil {
			return err
		}
		rows = append(rows, db.Args(dbq.InsertStepParams{
			RunID: run, Seq: int32(x.Seq), Step: x.Step, Status: string(x.Status), Round: int32(x.Round), Scope: int32(x.Scope),
			Cause: int32(x.Cause), BackFrom: int32(x.BackFrom), ReturnTo: int32(x.ReturnTo), Transition: x.Transition, Detail: x.Detail,
			Correct: x.Correct, Subs: subs, EnteredAt: x.EnteredAt, LeftAt: timeRef(x.LeftAt),
		}))
	}
	b.Insert(dbq.InsertStep, rows...)
	return nil
}

// orNull is a value as JSON, or nothing.
func orNull(v any, empty bool) ([]byte, error) {
	if empty {
		return nil, nil
	}
	return json.Marshal(v)
}

// sealSeen puts hashes of what the makers of decisions were shown into their events,
// and returns them with their salts, by task. Salted: the values may be few to guess
// from, and not everybody who reads the history was shown them.
func sealSeen(events []event.Event) (map[uuid.UUID][]byte, error) {
	var out map[uuid.UUID][]byte
	for i := range events {
		e := &events[i]
		if e.Seen == nil || e.Task == nil {
			continue
		}
		text, err := json.Marshal(e.Seen)
		if err != nil {
			return nil, fmt.Errorf("runs: what was shown in %s: %w", e.Step, err)
		}
		grain := salt()
		h := hmac.New(sha256.New, grain)
		h.Write(text)
		sum := h.Sum(nil)
		e.SeenHash = hex.EncodeToString(sum)
		if out == nil {
			out = map[uuid.UUID][]byte{}
		}
		out[*e.Task] = append(grain, sum...)
	}
	return out, nil
}

// taskTable is what the rows of a run's tasks need beside the tasks.
type taskTable struct {
	run, workflow uuid.UUID
	seen          map[uuid.UUID][]byte
}

// saveTasks updates the tasks that changed and inserts the new ones.
func saveTasks(b *db.Batch, table taskTable, before, after []engine.Task) {
	stay := min(len(before), len(after)) // those behind have been taken back
	for i, x := range before[:stay] {
		if y := after[i]; !reflect.DeepEqual(x, y) {
			b.Exec(dbq.UpdateTask, db.Args(dbq.UpdateTaskParams{
				Step: y.Step, Status: string(y.Status), AssigneeID: idRef(y.Assignee), OnBehalfOf: idRef(y.OnBehalfOf), ForAbsent: y.ForAbsent, ByHand: y.ByHand, WaitsFor: idRef(y.Waits),
				PoolID: poolRef(y.Pool), Warning: y.Warning, Transition: y.Transition, Decision: y.Decision,
				Shown: y.Shown, Seen: table.seen[y.ID], VoidBy: idRef(y.VoidBy), VoidFields: y.VoidFields,
				AssignedAt: y.AssignedAt, CompletedAt: timeRef(y.DoneAt), ID: y.ID,
			})...)
			if y.Pool != nil && y.Pool.Members != nil && (x.Pool == nil || x.Pool.ID != y.Pool.ID) {
				savePool(b, *y.Pool)
			}
		}
	}
	for _, x := range after[stay:] {
		if x.Pool != nil {
			savePool(b, *x.Pool)
		}
		b.Exec(dbq.InsertTask, db.Args(dbq.InsertTaskParams{
			ID: x.ID, RunID: table.run, StepSeq: int32(x.StepSeq), Step: x.Step, Kind: string(x.Kind), Slot: int16(x.Slot),
			VoteGroup: x.Group, Status: string(x.Status), AssigneeID: idRef(x.Assignee), OnBehalfOf: idRef(x.OnBehalfOf),
			ForAbsent: x.ForAbsent, ByHand: x.ByHand, AddedBy: idRef(x.AddedBy), WaitsFor: idRef(x.Waits), PoolID: poolRef(x.Pool), Warning: x.Warning, Transition: x.Transition, Decision: x.Decision, Again: idRef(x.Again), WorkflowID: table.workflow,
			AssignedAt: x.AssignedAt, CreatedAt: x.CreatedAt, CompletedAt: timeRef(x.DoneAt),
		})...)
	}
}

func savePool(b *db.Batch, p engine.Pool) {
	b.Exec(dbq.InsertPool, p.ID, p.Hash)
	b.Exec(dbq.InsertPoolMembers, p.ID, p.Members)
}

func poolRef(p *engine.Pool) *uuid.UUID {
	if p == nil {
		return nil
	}
	return &p.ID
}

// saveParticipants notes who has newly got a part in the run: the initiator and
// whoever holds a task. Ids are sorted, so that two transactions lock alike.
func saveParticipants(b *db.Batch, run uuid.UUID, before, after engine.State) {
	had, has := parts(before), parts(after)
	var fresh []uuid.UUID
	for u, part := range has {
		if had[u] != part {
			fresh = append(fresh, u)
		}
	}
	slices.SortFunc(fresh, func(x, y uuid.UUID) int { return slices.Compare(x[:], y[:]) })
	var rows [][]any
	for _, u := range fresh {
		rows = append(rows, db.Args(dbq.AddParticipantParams{RunID: run, UserID: u, Roles: int16(has[u]), Open: !after.Run.Status.Over()}))
	}
	b.Insert(dbq.AddParticipant, rows...)
	if after.Run.Status.Over() && len(had) > 0 {
		b.Exec(dbq.CloseParticipants, run)
	}
}

// parts is who has which part in a run that was sent.
func parts(s engine.State) map[uuid.UUID]access.Part {
	m := map[uuid.UUID]access.Part{}
	if s.Run.Seq == 0 {
		return m
	}
	m[s.Run.Initiator] = access.AsInitiator
	for _, t := range s.Tasks {
		if t.Assignee != uuid.Nil {
			m[t.Assignee] |= access.AsAssignee
		}
		if t.OnBehalfOf != uuid.Nil {
			m[t.OnBehalfOf] |= access.AsAssignee
		}
	}
	return m
}

// saveAbsence plans the absence that a run was to bring about, under the id of the
// event, by which it can be taken back. Where something else
// has been planned for that time a moment ago, it stays as it is.
func saveAbsence(b *db.Batch, events []event.Event, zone string) error {
	for _, e := range events {
		if e.Type != event.AbsencePlanned || e.Reason != "" {
			continue
		}
		start, end, _ := e.Away.In(zoneOf(zone))
		standIns := []facts.StandIn{}
		if e.StandIn != nil {
			standIns = append(standIns, facts.StandIn{To: *e.StandIn})
		}
		data, err := json.Marshal(standIns)
		if err != nil {
			return err
		}
		b.Exec(dbq.LockAbsences, e.Assignee.String())
		b.Exec(dbq.PlanAbsence, db.Args(dbq.PlanAbsenceParams{ID: e.ID, UserID: *e.Assignee, StartsAt: start, EndsAt: end, StandIns: data})...)
	}
	return nil
}

func saveTurns(b *db.Batch, workflow uuid.UUID, after engine.State) {
	for step, user := range after.Turns {
		b.Exec(dbq.PutTurn, workflow, step, user)
	}
}

// saveRevisions keeps the values of every change apart from the history, and
// puts salted hashes of them into its events.
func saveRevisions(b *db.Batch, run uuid.UUID, events []event.Event, seq int64, rev *int32) error {
	for i := range events {
		e := &events[i]
		if e.Type != event.FieldsChanged {
			continue
		}
		*rev++
		grain := salt()
		e.Hashes = map[string]string{}
		for name, v := range e.Values {
			text, err := json.Marshal(v)
			if err != nil {
				return fmt.Errorf("runs: value of %s: %w", name, err)
			}
			h := hmac.New(sha256.New, grain)
			h.Write(text)
			e.Hashes[name] = hex.EncodeToString(h.Sum(nil)[:16])
		}
		data, err := json.Marshal(e.Values)
		if err != nil {
			return err
		}
		b.Exec(dbq.InsertRevision, db.Args(dbq.InsertRevisionParams{
			RunID: run, Rev: *rev, Seq: seq + int64(i) + 1, Round: int32(max(e.Round, 1)), Data: data, Salt: grain, At: e.At, ByID: e.Actor,
		})...)
	}
	return nil
}

// saveEvents appends the history, and the comments that came with it.
func saveEvents(b *db.Batch, run uuid.UUID, events []event.Event, seq int64, actor uuid.UUID) error {
	rows := make([][]any, 0, len(events))
	for i, e := range events {
		data, err := json.Marshal(e)
		if err != nil {
			return err
		}
		rows = append(rows, db.Args(dbq.InsertEventParams{
			RunID: run, ID: e.ID, Seq: seq + int64(i) + 1, Type: string(e.Type), ActorID: e.Actor, OnBehalfOf: e.OnBehalfOf, At: events[0].At, Data: data,
		}))
		if e.Comment != nil {
			b.Exec(dbq.InsertComment, db.Args(dbq.InsertCommentParams{
				ID: *e.Comment, RunID: run, AuthorID: actor, Kind: commentKind(e.Type), Step: e.Step, Text: e.Text, At: e.At,
			})...)
		}
	}
	b.Insert(dbq.InsertEvent, rows...)
	return nil
}

// commentKind: the initiator's note, a remark, or the reason of an act.
func commentKind(t event.Type) string {
	switch t {
	case event.RunStarted:
		return "note"
	case event.Commented:
		return "remark"
	}
	return "reason"
}

// keep stores the outcome of a verb under its key, in the same transaction.
func keep(b *db.Batch, a access.Actor, route string, key Key, run uuid.UUID, seq int64) {
	if key.Key == "" {
		return
	}
	b.Exec(dbq.InsertOutcome, db.Args(dbq.InsertOutcomeParams{
		UserID: a.User, Route: route, Key: key.Key, Hash: key.Hash[:], RunID: &run, Seq: seq,
	})...)
}
