package runs

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// List asks for a page of runs.
type List struct {
	View     string // mine (when empty), involved, watching, all or drafts
	Status   []string
	Workflow string // id or key
	Query    string // part of title, number or requester
	Outcome  string // of the end that was reached
	Step     string // id of a step where it is now
	From, To *time.Time
	Cursor   string
	Limit    int

	Initiator uuid.UUID
}

// underWay are the states in which a run stands at a step.
var underWay = []string{"queued", "running", "held"}

// RunRow is one line of a list of runs.
type RunRow struct {
	ID         uuid.UUID      `json:"id"`
	Number     string         `json:"number"`
	Title      string         `json:"title"`
	Workflow   WorkflowRef    `json:"workflow"`
	Status     string         `json:"status"`
	Outcome    string         `json:"outcome,omitempty"`
	Reason     string         `json:"reason,omitempty" doc:"Why it was cancelled: operator, withdrawn, parent."`
	Initiator  facts.Person   `json:"initiator"`
	StartedAt  *time.Time     `json:"started_at,omitempty"`
	EndedAt    *time.Time     `json:"ended_at,omitempty"`
	ModifiedAt time.Time      `json:"modified_at"`
	Round      int            `json:"round"`
	Holders    []facts.Person `json:"holders" doc:"Who has it now, each once; nobody while it is offered to several."`
	StepNames  []string       `json:"step_names" doc:"Where it is now: several steps in the branches of a fork."`
}

// RunList is a page of runs.
type RunList struct {
	Items      []RunRow `json:"items"`
	NextCursor string   `json:"next_cursor,omitempty"`
}

// List returns a page of the runs the actor may see, newest first. The view all
// is for those who may see every request.
func (s *Service) List(ctx context.Context, a access.Actor, in List) (RunList, error) {
	after, err := cursor(in.Cursor)
	if err != nil {
		return RunList{}, err
	}
	n := limit(in.Limit)
	var rows []dbq.ListInvolvedRow
	b := db.NewBatch()
	if err := s.queueList(ctx, b, &rows, a, in, after, int32(n+1)); err != nil {
		return RunList{}, err
	}
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return RunList{}, err
	}
	out := RunList{Items: make([]RunRow, 0, min(n, len(rows)))}
	for i, r := range rows {
		if i == n {
			out.NextCursor = rows[n-1].ID.String()
			break
		}
		row, err := s.runRow(ctx, a, r)
		if err != nil {
			return RunList{}, err
		}
		out.Items = append(out.Items, row)
	}
	return out, nil
}

// queueList adds the query of a view. All of them give the same columns.
func (s *Service) queueList(ctx context.Context, b *db.Batch, rows *[]dbq.ListInvolvedRow, a access.Actor, in List, after *uuid.UUID, n int32) error {
	p := dbq.ListInvolvedParams{
		UserID: a.User, Part: int16(access.AsInitiator), Statuses: in.Status, Workflow: optional(in.Workflow),
		Query: optional(in.Query), FromTime: in.From, ToTime: in.To, After: after, MaxRows: n,
		Outcome: optional(in.Outcome), Initiator: idRef(in.Initiator), Step: optional(in.Step),
	}
	if in.Step != "" && p.Statuses == nil {
		p.Statuses = underWay
	}
	switch in.View {
	case "", "mine":
	case "involved":
		p.Part = int16(access.Taking)
	case "watching":
		return s.queueWatched(ctx, b, rows, a, p)
	case "drafts":
		db.Many(b, rows, dbq.ListDrafts, a.User, after, n)
		return nil
	case "all":
		return s.queueAll(ctx, b, rows, a, p)
	default:
		return fault.At("filter.view", "Choose mine, involved, watching, all or drafts.")
	}
	db.Many(b, rows, dbq.ListInvolved, db.Args(p)...)
	return nil
}

// queueWatched adds the query of what the actor watches and sees: that he watches a run
// shows him nothing.
func (s *Service) queueWatched(ctx context.Context, b *db.Batch, rows *[]dbq.ListInvolvedRow, a access.Actor, in dbq.ListInvolvedParams) error {
	p := dbq.ListWatchedParams{
		UserID: a.User, Everything: a.Has(access.RunViewAll) || a.Has(access.RunOperate), Offered: []uuid.UUID{}, After: in.After,
		Statuses: in.Statuses, Workflow: in.Workflow, Query: in.Query, FromTime: in.FromTime, ToTime: in.ToTime,
		Outcome: in.Outcome, Initiator: in.Initiator, Step: in.Step, MaxRows: in.MaxRows,
	}
	if !p.Everything {
		var err error
		if p.Offered, err = s.watchedOffers(ctx, a); err != nil {
			return err
		}
	}
	db.Many(b, rows, dbq.ListWatched, db.Args(p)...)
	return nil
}

// watchedOffers are the runs of which the actor is nothing but a watcher and a task is
// offered to him, as long as its rule matches him.
func (s *Service) watchedOffers(ctx context.Context, a access.Actor) ([]uuid.UUID, error) {
	var rows []dbq.ListWatchedOffersRow
	var v facts.Viewer
	b := db.NewBatch()
	db.Many(b, &rows, dbq.ListWatchedOffers, a.User, int32(mostOffered))
	facts.QueueViewer(b, a.User, &v)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return nil, err
	}
	offers := make([]offer, len(rows))
	for i, r := range rows {
		offers[i] = offer{r.VersionID, r.Step, r.RunID, r.ID}
	}
	still, err := s.stillOffered(ctx, a, v, offers)
	runs := []uuid.UUID{}
	for _, r := range rows {
		if still[r.ID] {
			runs = append(runs, r.RunID)
		}
	}
	return distinct(runs), err
}

func (s *Service) queueAll(ctx context.Context, b *db.Batch, rows *[]dbq.ListInvolvedRow, a access.Actor, in dbq.ListInvolvedParams) error {
	if !a.Has(access.RunViewAll) && !a.Has(access.RunOperate) {
		return fault.New(fault.Forbidden, "You may see the requests you have a part in, not all of them.")
	}
	p := dbq.ListAllRunsParams{
		Statuses: in.Statuses, Query: in.Query, FromTime: in.FromTime, ToTime: in.ToTime, After: in.After, MaxRows: in.MaxRows,
		Outcome: in.Outcome, Initiator: in.Initiator, Step: in.Step,
	}
	if in.Workflow != nil {
		id, err := s.workflowID(ctx, a, *in.Workflow)
		if err != nil {
			return err
		}
		p.WorkflowID = &id
	}
	db.Many(b, rows, dbq.ListAllRuns, db.Args(p)...)
	return nil
}

// workflowID finds a workflow by id or key; deleted ones keep their runs in the
// lists by id.
func (s *Service) workflowID(ctx context.Context, a access.Actor, ref string) (uuid.UUID, error) {
	if id, err := uuid.Parse(ref); err == nil {
		return id, nil
	}
	var w dbq.LoadStartableRow
	b := db.NewBatch()
	found := db.One(b, &w, dbq.LoadStartable, (*uuid.UUID)(nil), &ref)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return uuid.Nil, err
	}
	if !found.OK {
		return uuid.Nil, fault.At("filter.workflow", "There is no workflow %q.", ref)
	}
	return w.ID, nil
}

// holderRow is an open task's holder, as the list queries aggregate them.
type holderRow struct {
	ID     *uuid.UUID `json:"id"`
	Name   string     `json:"name"`
	Email  string     `json:"email"`
	Status string     `json:"status"`
	Step   string     `json:"step"`
}

func (s *Service) runRow(ctx context.Context, a access.Actor, r dbq.ListInvolvedRow) (RunRow, error) {
	row := RunRow{
		ID: r.ID, Title: r.Title, Status: r.Status, Outcome: r.Outcome, Reason: r.Reason,
		Workflow:  WorkflowRef{ID: r.WorkflowID, Key: r.Key, Name: r.WorkflowName, Icon: r.Icon},
		Initiator: facts.Person{ID: r.InitiatorID, Name: r.Name, Email: r.Email, Designation: r.Designation, Department: r.Department, Status: r.UserStatus},
		StartedAt: r.StartedAt, EndedAt: r.EndedAt, ModifiedAt: r.ModifiedAt, Round: int(r.Round), Holders: []facts.Person{}, StepNames: []string{},
	}
	if r.Number > 0 {
		row.Number = number(r.Prefix, r.Number)
	}
	var holders []holderRow
	if err := json.Unmarshal(r.Holders, &holders); err != nil {
		return row, err
	}
	var at []string
	for _, h := range holders {
		if h.ID != nil && !slices.ContainsFunc(row.Holders, func(p facts.Person) bool { return p.ID == *h.ID }) {
			row.Holders = append(row.Holders, facts.Person{ID: *h.ID, Name: h.Name, Email: h.Email, Status: h.Status})
		}
		at = append(at, h.Step)
	}
	for _, step := range append(at, r.Waits...) {
		n, err := s.node(ctx, a, r.VersionID, step)
		if err != nil {
			return row, err
		}
		if n != nil && !slices.Contains(row.StepNames, n.Label) {
			row.StepNames = append(row.StepNames, n.Label)
		}
	}
	return row, nil
}
