package runs

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// ListTasks asks for a page of the inbox.
type ListTasks struct {
	View      string // mine (when empty), claimable or team
	Workflow  string // id or key
	Step      string // id of a step
	Initiator uuid.UUID
	OlderDays int    // only what has waited longer than that
	Query     string // part of title, number or requester
	Sort      string // newest (when empty), oldest, title, workflow or requester
	Cursor    string
	Limit     int
}

// oldest reports whether, of two lines that are alike otherwise, the older comes first.
func (in ListTasks) oldest() bool { return in.Sort != "" && in.Sort != "newest" }

// words is what the lines are ordered by besides their age, empty for their age alone.
func (in ListTasks) words() (string, error) {
	switch in.Sort {
	case "", "newest", "oldest":
		return "", nil
	case "title", "workflow", "requester":
		return in.Sort, nil
	}
	return "", fault.At("sort", "Choose newest, oldest, title, workflow or requester.")
}

// mostTasks is how many lines of the inbox one page has at most: whoever scrolls
// through thousands should not ask a hundred times.
const mostTasks = 500

// TaskRow is one line of the inbox.
type TaskRow struct {
	ID         uuid.UUID     `json:"id"`
	RunID      uuid.UUID     `json:"run_id"`
	Number     string        `json:"number"`
	Title      string        `json:"title"`
	Workflow   WorkflowRef   `json:"workflow"`
	StepID     string        `json:"step_id"`
	StepName   string        `json:"step_name"`
	Kind       string        `json:"kind"`
	Initiator  facts.Person  `json:"initiator"`
	Assignee   *facts.Person `json:"assignee,omitempty"`
	AskedBy    *facts.Person `json:"asked_by,omitempty" doc:"Who asks for help or for one more approval."`
	OnBehalfOf *facts.Person `json:"on_behalf_of,omitempty" doc:"Whose decision it is."`
	AssignedAt time.Time     `json:"assigned_at"`
	StartedAt  *time.Time    `json:"started_at,omitempty"`
	Round      int           `json:"round"`
	Warning    string        `json:"warning,omitempty"`
	Again      bool          `json:"again,omitempty" doc:"It is asked again: what was decided on was changed."`
	NudgedAt   *time.Time    `json:"nudged_at,omitempty" doc:"When the requester reminded of it by hand, since it came to its holder."`
	Unread     bool          `json:"unread" doc:"Its holder has not opened it since it came to him."`

	Can RowAbilities `json:"can"`
}

// RowAbilities are what a line can say for sure. Whether a task may be rejected
// or sent back, and where to, depends on the whole run: its page says it.
type RowAbilities struct {
	Complete bool `json:"complete"`
	Claim    bool `json:"claim"`
	Release  bool `json:"release"`
	Reassign bool `json:"reassign"`
}

// TaskList is a page of tasks.
type TaskList struct {
	Items      []TaskRow `json:"items"`
	NextCursor string    `json:"next_cursor,omitempty"`
}

// ListTasks returns a page of the actor's inbox: his own open tasks, those he may
// take, or those of the people who report to him in runs that he may see.
func (s *Service) ListTasks(ctx context.Context, a access.Actor, in ListTasks) (TaskList, error) {
	after, err := cursor(in.Cursor)
	if err != nil {
		return TaskList{}, err
	}
	n := limit(in.Limit)
	if in.Limit > n {
		n = min(in.Limit, mostTasks)
	}
	rows, err := s.inboxRows(ctx, a, in, after, n+1)
	if err != nil {
		return TaskList{}, err
	}
	out := TaskList{Items: make([]TaskRow, 0, min(n, len(rows)))}
	for i, r := range rows {
		if i == n {
			out.NextCursor = rows[n-1].ID.String()
			break
		}
		row, err := s.taskRow(ctx, a, r)
		if err != nil {
			return TaskList{}, err
		}
		out.Items = append(out.Items, row)
	}
	return out, nil
}

// inboxRows returns n rows of a view at most.
func (s *Service) inboxRows(ctx context.Context, a access.Actor, in ListTasks, after *uuid.UUID, n int) ([]dbq.ListInboxRow, error) {
	var rows []dbq.ListInboxRow
	b := db.NewBatch()
	words, err := in.words()
	if err != nil {
		return nil, err
	}
	switch in.View {
	case "", "mine":
		args := dbq.ListInboxParams{
			UserID: a.User, Workflow: optional(in.Workflow), Query: optional(in.Query), Step: optional(in.Step),
			Initiator: idRef(in.Initiator), OlderDays: int32(in.OlderDays), After: after, MaxRows: int32(n),
		}
		switch {
		case words != "":
			db.Many(b, &rows, dbq.ListInboxBy, db.Args(dbq.ListInboxByParams{
				Sort: words, UserID: args.UserID, Workflow: args.Workflow, Query: args.Query, Step: args.Step,
				Initiator: args.Initiator, OlderDays: args.OlderDays, After: after, MaxRows: args.MaxRows,
			})...)
		case in.oldest():
			db.Many(b, &rows, dbq.ListInboxOldest, db.Args(args)...)
		default:
			db.Many(b, &rows, dbq.ListInbox, db.Args(args)...)
		}
	case "claimable":
		return s.claimable(ctx, a, in, after, n)
	case "team":
		db.Many(b, &rows, dbq.ListTeam, db.Args(dbq.ListTeamParams{
			UserID: a.User, Everything: a.Has(access.RunViewAll) || a.Has(access.RunOperate),
			Workflow: optional(in.Workflow), Query: optional(in.Query), Step: optional(in.Step),
			Initiator: idRef(in.Initiator), OlderDays: int32(in.OlderDays), Sort: words, Oldest: in.oldest(), After: after, MaxRows: int32(n),
		})...)
	default:
		return nil, fault.At("filter.view", "Choose mine, claimable or team.")
	}
	return rows, s.DB.Read(ctx, a.Org, b)
}

// claimable returns the first tasks that are offered to the actor, n at most.
// Offers whose rule does not match him any more are passed over.
func (s *Service) claimable(ctx context.Context, a access.Actor, in ListTasks, after *uuid.UUID, n int) ([]dbq.ListInboxRow, error) {
	const chunk = 100
	words, err := in.words()
	if err != nil {
		return nil, err
	}
	var out []dbq.ListInboxRow
	var v facts.Viewer
	for {
		var rows []dbq.ListInboxRow
		b := db.NewBatch()
		db.Many(b, &rows, dbq.ListClaimable, db.Args(dbq.ListClaimableParams{
			UserID: a.User, Workflow: optional(in.Workflow), Query: optional(in.Query), Step: optional(in.Step),
			Initiator: idRef(in.Initiator), OlderDays: int32(in.OlderDays), Sort: words, Oldest: in.oldest(), After: after, MaxRows: chunk,
		})...)
		facts.QueueViewer(b, a.User, &v)
		if err := s.DB.Read(ctx, a.Org, b); err != nil {
			return nil, err
		}
		offers := make([]offer, len(rows))
		for i, r := range rows {
			offers[i] = offer{r.VersionID, r.Step, r.RunID, r.ID}
		}
		still, err := s.stillOffered(ctx, a, v, offers)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if still[r.ID] && len(out) < n {
				out = append(out, r)
			}
		}
		if len(rows) < chunk || len(out) == n {
			return out, nil
		}
		after = &rows[chunk-1].ID
	}
}

func (s *Service) taskRow(ctx context.Context, a access.Actor, r dbq.ListInboxRow) (TaskRow, error) {
	n, err := s.node(ctx, a, r.VersionID, r.Step)
	if err != nil {
		return TaskRow{}, err
	}
	name := r.Step
	if n != nil {
		name = n.Label
	}
	row := TaskRow{
		ID: r.ID, RunID: r.RunID, Number: number(r.Prefix, r.Number), Title: r.Title,
		Workflow: WorkflowRef{ID: r.WorkflowID, Key: r.Key, Name: r.WorkflowName, Icon: r.Icon},
		StepID:   r.Step, StepName: name, Kind: r.Kind, AssignedAt: r.AssignedAt, StartedAt: r.StartedAt, Round: int(r.Round), Warning: r.Warning,
		Initiator: facts.Person{ID: r.InitiatorID, Name: r.Name, Email: r.Email, Designation: r.Designation, Department: r.Department, Status: r.Status},
		Unread:    r.Unread, Again: r.Again,
	}
	if r.NudgedAt != nil && r.NudgedAt.After(r.AssignedAt) {
		row.NudgedAt = r.NudgedAt
	}
	if r.Holder != "" && r.AssigneeID != nil {
		row.Assignee = &facts.Person{ID: *r.AssigneeID, Name: r.Holder, Email: r.HolderEmail}
	}
	row.AskedBy, row.OnBehalfOf = byName(r.AddedBy, r.Asker, r.AskerEmail), byName(r.OnBehalfOf, r.Owner, r.OwnerEmail)
	can := access.ForTask(a, access.TaskStanding{
		Open: true, Assignee: id(r.AssigneeID), Fix: r.Kind == string(engine.FixTask), Opinion: engine.TaskKind(r.Kind).Opinion(), Pooled: r.PoolID != nil, Offered: r.AssigneeID == nil,
	})
	row.Can = RowAbilities{Complete: can.Complete, Claim: can.Claim, Release: can.Release, Reassign: can.Reassign}
	return row, nil
}

// byName is a person of whom a list knows no more than the name.
func byName(id *uuid.UUID, name, email string) *facts.Person {
	if id == nil {
		return nil
	}
	return &facts.Person{ID: *id, Name: name, Email: email}
}

// node is a step of a version, nil when it has none of that id.
func (s *Service) node(ctx context.Context, a access.Actor, version uuid.UUID, step string) (*workflow.Node, error) {
	v, err := s.version(ctx, a, version)
	if err != nil {
		return nil, err
	}
	return v.Node(step), nil
}

func (s *Service) version(ctx context.Context, a access.Actor, id uuid.UUID) (*workflow.Version, error) {
	return s.Versions.Get(id, func(b *db.Batch) error { return s.DB.Read(ctx, a.Org, b) })
}

// cursor reads where the page before ended.
func cursor(text string) (*uuid.UUID, error) {
	if text == "" {
		return nil, nil
	}
	id, err := uuid.Parse(text)
	if err != nil {
		return nil, fault.At("cursor", "Pass next_cursor of the page before, or nothing.")
	}
	return &id, nil
}

// optional is nil for an empty text: no condition.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
