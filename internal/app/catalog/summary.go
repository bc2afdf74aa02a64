package catalog

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// What the status of a workflow says.
const (
	published   = "published"
	unpublished = "unpublished"
)

// WorkflowSummary is a workflow as lists show it.
type WorkflowSummary struct {
	ID          uuid.UUID                `json:"id"`
	Key         string                   `json:"key"`
	Name        string                   `json:"name"`
	Description string                   `json:"description,omitempty"`
	Icon        string                   `json:"icon,omitempty"`
	Group       string                   `json:"group"`
	Status      string                   `json:"status" enum:"published,draft,unpublished"`
	Version     int                      `json:"version,omitempty" doc:"The number of the version published last."`
	Owner       facts.Person             `json:"owner"`
	Draft       bool                     `json:"draft,omitempty" doc:"There is a draft that is not published yet. Only designers are told."`
	ModifiedAt  time.Time                `json:"modified_at"`
	Favourite   bool                     `json:"favourite,omitempty" doc:"The caller keeps it at hand."`
	StartedAt   *time.Time               `json:"started_at,omitempty" doc:"When the caller last started one, as far as his latest requests tell."`
	Can         access.WorkflowAbilities `json:"can"`
}

// around is what the abilities of an actor depend on beside the workflow itself.
type around struct {
	viewer     facts.Viewer
	of         map[uuid.UUID]*time.Time // workflows the actor has requests of; when he last started one
	favourites map[uuid.UUID]bool
}

func (x *around) queue(b *db.Batch, a access.Actor) {
	x.of, x.favourites = map[uuid.UUID]*time.Time{}, map[uuid.UUID]bool{}
	facts.QueueViewer(b, a.User, &x.viewer)
	db.Each(b, func(r dbq.WorkflowsOfRow) {
		x.of[r.WorkflowID] = nil
		if r.StartedAt.Unix() > 0 {
			x.of[r.WorkflowID] = &r.StartedAt
		}
	}, dbq.WorkflowsOf, a.User)
	db.Each(b, func(id uuid.UUID) { x.favourites[id] = true }, dbq.FavouritesOf, a.User)
}

// standings says how the actor stands to each of the workflows. Rules are
// evaluated on the compiled versions, of which those met for the first time cost
// one round trip together.
func (s *Service) standings(a access.Actor, rows []dbq.ListWorkflowsRow, x *around, send func(*db.Batch) error) ([]access.WorkflowStanding, error) {
	var ids []uuid.UUID
	for _, r := range rows {
		if r.Status == published && r.VersionID != nil && r.VisibleTo != "" {
			ids = append(ids, *r.VersionID)
		}
	}
	versions, err := s.Versions.Warm(ids, send)
	if err != nil {
		return nil, err
	}
	out := make([]access.WorkflowStanding, len(rows))
	for i, r := range rows {
		st := access.WorkflowStanding{Published: r.Status == published, Draft: r.HasDraft, Owns: r.OwnerID == a.User}
		_, st.TakesPart = x.of[r.ID]
		if st.Published && r.VersionID != nil {
			st.Sees = r.VisibleTo == "" || x.viewer.Sees(versions[*r.VersionID])
		}
		out[i] = st
	}
	return out, nil
}

// summarize shows a workflow to somebody who may see it.
func summarize(a access.Actor, r dbq.ListWorkflowsRow, st access.WorkflowStanding, x *around) WorkflowSummary {
	return WorkflowSummary{
		ID: r.ID, Key: r.Key, Name: r.Name, Description: r.Description, Icon: r.Icon, Group: r.Grp, Status: r.Status,
		Favourite: x.favourites[r.ID], StartedAt: x.of[r.ID],
		Version: int(r.VersionNo), Draft: r.HasDraft && access.Designs(a), ModifiedAt: r.ModifiedAt, Can: access.ForWorkflow(a, st),
		Owner: facts.Person{
			ID: r.OwnerID, Name: r.OwnerName, Email: r.OwnerEmail, Designation: r.OwnerDesignation,
			Department: r.OwnerDepartment, Status: r.OwnerStatus,
		},
	}
}

// found is one workflow, and how the actor stands to it.
type found struct {
	row      dbq.ListWorkflowsRow
	standing access.WorkflowStanding
	around   around
}

// find reads one workflow with whatever more says, in one round trip when its
// visibility rule is known, and passes the gate.
func (s *Service) find(ctx context.Context, a access.Actor, workflow string, gate func(access.Actor, access.WorkflowStanding) error, more func(*db.Batch)) (*found, error) {
	f := &found{}
	b := db.NewBatch()
	done := f.queue(b, a, workflow)
	if more != nil {
		more(b)
	}
	send := s.reader(ctx, a)
	if err := send(b); err != nil {
		return nil, err
	}
	if !done() {
		return nil, gone()
	}
	return f, s.admit(a, f, gate, send)
}

// queue adds the statements that load a workflow; the function it returns tells
// whether there is one.
func (f *found) queue(b *db.Batch, a access.Actor, workflow string) func() bool {
	id, key := ref(workflow)
	there := db.One(b, &f.row, dbq.ListWorkflows, id, key)
	f.around.queue(b, a)
	return func() bool { return there.OK }
}

// admit computes the actor's standing and passes the gate.
func (s *Service) admit(a access.Actor, f *found, gate func(access.Actor, access.WorkflowStanding) error, send func(*db.Batch) error) error {
	st, err := s.standings(a, []dbq.ListWorkflowsRow{f.row}, &f.around, send)
	if err != nil {
		return err
	}
	f.standing = st[0]
	return gate(a, f.standing)
}

// summary shows a workflow after a verb has changed it.
func (s *Service) summary(ctx context.Context, a access.Actor, id uuid.UUID) (WorkflowSummary, error) {
	f, err := s.find(ctx, a, id.String(), access.CheckViewWorkflow, nil)
	if err != nil {
		return WorkflowSummary{}, err
	}
	return summarize(a, f.row, f.standing, &f.around), nil
}

func gone() error {
	return fault.New(fault.NotFound, "There is no such workflow, or you may not see it.")
}

// author shows who published or saved something; nil when nobody is known.
func author(id *uuid.UUID, name, email, designation, department, status string) *facts.Person {
	if id == nil || name == "" {
		return nil
	}
	return &facts.Person{ID: *id, Name: name, Email: email, Designation: designation, Department: department, Status: status}
}
