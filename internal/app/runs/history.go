package runs

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// Entry is one fact of a run's history.
type Entry struct {
	Seq        int64         `json:"seq"`
	Type       string        `json:"type"`
	At         time.Time     `json:"at"`
	Actor      *facts.Person `json:"actor,omitempty" doc:"Absent when it followed by itself."`
	OnBehalfOf *facts.Person `json:"on_behalf_of,omitempty"`
	Assignee   *facts.Person `json:"assignee,omitempty"`
	Former     *facts.Person `json:"former,omitempty"`
	StepID     string        `json:"step_id,omitempty"`
	StepName   string        `json:"step_name,omitempty"`
	Transition string        `json:"transition_name,omitempty"`
	Kind       string        `json:"kind,omitempty"`
	ToStepName string        `json:"to_step_name,omitempty"`
	Round      int           `json:"round,omitempty"`
	Outcome    string        `json:"outcome,omitempty"`
	Reason     string        `json:"reason,omitempty"`
	Detail     string        `json:"detail,omitempty"`
	Warning    string        `json:"warning,omitempty"`
	Fields     []FieldRef    `json:"fields,omitempty" doc:"Fields that changed, those the reader may see."`
	Comment    string        `json:"comment,omitempty"`
	TaskKind   string        `json:"task_kind,omitempty" doc:"Of a task: decide, fix, consult, prepare."`
	AskedBy    *facts.Person `json:"asked_by,omitempty" doc:"Of a task that was added by hand."`
	Where      string        `json:"where,omitempty" doc:"Of an added approver: before, beside or after who asked him."`
	Group      string        `json:"group,omitempty" doc:"Of a vote with groups."`
	ToMe       bool          `json:"to_me,omitempty" doc:"Sent back to come straight back."`
	Away       *event.Away   `json:"away,omitempty" doc:"Of an absence that followed: its first and last day."`
	StandIn    *facts.Person `json:"stand_in,omitempty" doc:"Who decides meanwhile."`
	Sub        *uuid.UUID    `json:"sub_run_id,omitempty" doc:"The request that was started."`
	Number     string        `json:"number,omitempty" doc:"Of the request that was started, once it has ended."`
	Workflow   string        `json:"workflow_key,omitempty" doc:"Of the request that is started."`
	// WorkflowName is what it is called today.
	WorkflowName string        `json:"workflow_name,omitempty"`
	Parent       *uuid.UUID    `json:"parent_run_id,omitempty" doc:"Of the start: the request that started this one, for OnBehalfOf."`
	Person       *facts.Person `json:"person,omitempty" doc:"Who was let see the request, or is not any more."`
	Again        bool          `json:"again,omitempty" doc:"Of a task: the first decision does not count any more."`
	// Of a move to another version of the workflow:
	FromVersion int        `json:"from_version,omitempty" doc:"Of a move to another version of the workflow."`
	ToVersion   int        `json:"to_version,omitempty"`
	Correct     []FieldRef `json:"correct,omitempty" doc:"The only fields that may be changed, those the reader may see."`
}

// FieldRef names a field.
type FieldRef struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

// Entries is a page of history.
type Entries struct {
	Items      []Entry `json:"items"`
	NextCursor string  `json:"next_cursor,omitempty"`
}

// History returns what happened to a run, oldest first.
func (s *Service) History(ctx context.Context, a access.Actor, run uuid.UUID, cursor string, max int) (Entries, error) {
	var after int64
	if cursor != "" {
		n, err := strconv.ParseInt(cursor, 10, 64)
		if err != nil {
			return Entries{}, fault.At("cursor", "Pass next_cursor of the page before, or nothing.")
		}
		after = n
	}
	n := limit(max)
	var rows []dbq.ListHistoryRow
	var moved []dbq.ListMigrationsRow
	l, err := s.read(ctx, a, target{run: run}, func(b *db.Batch) {
		db.Many(b, &rows, dbq.ListHistory, run, after, int32(n+1))
		db.Many(b, &moved, dbq.ListMigrations, run)
	})
	if err != nil {
		return Entries{}, err
	}
	out := Entries{Items: []Entry{}}
	if len(rows) > n {
		rows = rows[:n]
		out.NextCursor = strconv.FormatInt(rows[n-1].Seq, 10)
	}
	events, err := decode(rows)
	if err != nil {
		return out, err
	}
	moves, err := movesOf(moved)
	if err != nil {
		return out, err
	}
	if err := s.meet(ctx, a, l, peopleOf(events)); err != nil {
		return out, err
	}
	names, err := s.workflowNames(ctx, a, events)
	if err != nil {
		return out, err
	}
	modes, _ := l.modes(a, l.ownTask(a))
	for i, e := range events {
		x := l.entry(e, rows[i], modes, moves)
		x.WorkflowName = names[e.Workflow]
		out.Items = append(out.Items, x)
	}
	return out, nil
}

// workflowNames are what the workflows are called, by key, of which events speak. Most
// pages speak of none, and cost nothing.
func (s *Service) workflowNames(ctx context.Context, a access.Actor, events []event.Event) (map[string]string, error) {
	var keys []string
	for _, e := range events {
		if e.Workflow != "" && !slices.Contains(keys, e.Workflow) {
			keys = append(keys, e.Workflow)
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	names := map[string]string{}
	b := db.NewBatch()
	db.Each(b, func(w dbq.ListWorkflowNamesRow) { names[w.Key] = w.Name }, dbq.ListWorkflowNames, keys)
	return names, s.DB.Read(ctx, a.Org, b)
}

// decode turns rows back into events.
func decode(rows []dbq.ListHistoryRow) ([]event.Event, error) {
	events := make([]event.Event, len(rows))
	for i, r := range rows {
		if err := json.Unmarshal(r.Data, &events[i]); err != nil {
			return nil, err
		}
		events[i].Type, events[i].At, events[i].Actor, events[i].OnBehalfOf = event.Type(r.Type), r.At, r.ActorID, r.OnBehalfOf
	}
	return events, nil
}

func peopleOf(events []event.Event) []uuid.UUID {
	var ids []uuid.UUID
	for _, e := range events {
		for _, p := range []*uuid.UUID{e.Actor, e.OnBehalfOf, e.Owner, e.Assignee, e.Former, e.AddedBy, e.StandIn, e.Person} {
			if p != nil {
				ids = append(ids, *p)
			}
		}
	}
	return ids
}

// meet looks up the people a page names, in one round trip at most.
func (s *Service) meet(ctx context.Context, a access.Actor, l *loaded, ids []uuid.UUID) error {
	seen := map[uuid.UUID]bool{}
	var needs []engine.Need
	for _, id := range ids {
		if !seen[id] {
			needs = append(needs, engine.PersonNeed(id))
		}
		seen[id] = true
	}
	return s.ask(a, l, needs, s.readOnly(ctx, a))
}

func (l *loaded) entry(e event.Event, r dbq.ListHistoryRow, modes map[string]form.Mode, moves moves) Entry {
	x := Entry{
		Seq: r.Seq, Type: r.Type, At: r.At, StepID: e.Step, Kind: e.Kind, Round: e.Round, Outcome: e.Outcome,
		Reason: e.Reason, Detail: e.Detail, Warning: e.Warning, Comment: r.Comment,
		Actor: l.someone(e.Actor), OnBehalfOf: l.someone(e.OnBehalfOf), Assignee: l.someone(e.Assignee), Former: l.someone(e.Former),
		TaskKind: e.TaskKind, AskedBy: l.someone(e.AddedBy), Group: e.Group, ToMe: e.ReturnTo != 0, Again: e.Again != nil,
		Away: e.Away, StandIn: l.someone(e.StandIn), Sub: subOf(e), Number: e.Number, Workflow: e.Workflow, Parent: e.Parent,
		Person: l.someone(e.Person),
	}
	if e.Owner != nil {
		x.OnBehalfOf = l.someone(e.Owner)
	}
	if e.AddedBy != nil {
		x.Where = e.To
	}
	n, name := moves.step(l, e.Step, r.Seq)
	if n != nil {
		x.StepName, x.Transition = n.Label, transitionName(n, e.Transition)
		x.Group = l.groupName(n, engine.Task{Group: e.Group})
	}
	if name != "" {
		x.StepName = name
	}
	if e.Type == event.SubRequested && !tellsRequester(n, modes) {
		x.OnBehalfOf = nil
	}
	to, name := moves.step(l, e.To, r.Seq)
	switch {
	case to != nil && to.Type == workflow.Start:
		x.ToStepName = "the requester"
	case name != "":
		x.ToStepName = name
	case to != nil:
		x.ToStepName = to.Label
	}
	if e.Version != nil {
		x.FromVersion, x.ToVersion = e.Version.From.No, e.Version.To.No
	}
	x.Fields, x.Correct = l.fieldRefs(modes, e.Fields), l.fieldRefs(modes, e.Correct)
	if e.Type == event.TaskVoided {
		x.Fields = l.voidRefs(modes, e.Fields)
	}
	return x
}

// subOf is the request that was started, of what is about one.
func subOf(e event.Event) *uuid.UUID {
	switch e.Type {
	case event.SubRequested, event.SubEnded, event.SubFailed, event.SubStopped:
		return e.Sub
	}
	return nil
}

func (l *loaded) someone(id *uuid.UUID) *facts.Person {
	if id == nil {
		return nil
	}
	p := l.personView(*id)
	return &p
}
