package catalog

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// Workflow is one workflow with its definition.
type Workflow struct {
	WorkflowSummary
	Document json.RawMessage `json:"document" doc:"The definition."`
	Problems []fault.Problem `json:"problems,omitempty" doc:"What keeps a draft from being published."`
	Versions []VersionRow    `json:"versions" doc:"The newest first. Who only starts requests is told of the published one."`
	// Starts names the workflows that its steps start.
	Starts map[string]string `json:"starts,omitempty" doc:"What the workflows are called that its steps start, by their keys."`
}

// VersionRow is a published version in a list.
type VersionRow struct {
	No          int           `json:"no"`
	PublishedAt time.Time     `json:"published_at"`
	PublishedBy *facts.Person `json:"published_by,omitempty"`
	Note        string        `json:"note,omitempty"`
}

// Get returns a workflow with its definition: the published one, or while there
// is none what designers have, with its problems. Another version by number is
// for designers.
func (s *Service) Get(ctx context.Context, a access.Actor, ref string, version int) (Workflow, error) {
	d, rows, err := s.load(ctx, a, ref, access.CheckViewWorkflow)
	if err != nil {
		return Workflow{}, err
	}
	w := Workflow{WorkflowSummary: summarize(a, d.row, d.standing, &d.around), Versions: []VersionRow{}}
	for _, r := range rows {
		if access.Designs(a) || d.row.Status == published && r.No == d.row.VersionNo {
			w.Versions = append(w.Versions, versionRow(r))
		}
	}
	var doc workflow.Document
	draft := false
	if version == 0 || d.row.Status == published && version == int(d.row.VersionNo) {
		doc, draft, err = d.shown()
	} else {
		doc, err = s.version(ctx, a, d, version)
	}
	if err != nil {
		return w, err
	}
	if draft {
		j, err := s.judge(s.reader(ctx, a), doc, d.self())
		if err != nil {
			return w, err
		}
		w.Problems = bounded(j.problems)
	}
	if keys := started(doc); len(keys) > 0 {
		w.Starts = map[string]string{}
		b := db.NewBatch()
		db.Each(b, func(x dbq.ListWorkflowNamesRow) { w.Starts[x.Key] = x.Name }, dbq.ListWorkflowNames, keys)
		if err := s.DB.Read(ctx, a.Org, b); err != nil {
			return w, err
		}
	}
	text, err := doc.JSON()
	w.Document = text
	return w, err
}

// load reads a workflow with its documents and versions, and passes the gate.
func (s *Service) load(ctx context.Context, a access.Actor, workflow string, gate func(access.Actor, access.WorkflowStanding) error) (*design, []dbq.ListVersionsRow, error) {
	var d design
	var rows []dbq.ListVersionsRow
	id, key := ref(workflow)
	f, err := s.find(ctx, a, workflow, gate, func(b *db.Batch) {
		db.One(b, &d.docs, dbq.LoadDesign, id, key)
		db.Many(b, &rows, dbq.ListVersions, id, key, int32(0))
	})
	if err != nil {
		return nil, nil, err
	}
	d.found = *f
	return &d, rows, nil
}

// version reads the document of any version. That is for designers: others must
// not learn which there are.
func (s *Service) version(ctx context.Context, a access.Actor, d *design, no int) (workflow.Document, error) {
	none := fault.New(fault.NotFound, "There is no version %d of %s.", no, d.row.Key)
	if !access.Designs(a) {
		return workflow.Document{}, none
	}
	text, err := s.versionText(ctx, a, d.row.ID, no)
	if err != nil {
		return workflow.Document{}, err
	}
	if text == nil {
		return workflow.Document{}, none
	}
	return stored(text)
}

// versionText is the stored document of a version, nil when there is none.
func (s *Service) versionText(ctx context.Context, a access.Actor, id uuid.UUID, no int) (json.RawMessage, error) {
	var text json.RawMessage
	b := db.NewBatch()
	db.One(b, &text, dbq.LoadVersionDocument, &id, (*string)(nil), int32(no))
	return text, s.DB.Read(ctx, a.Org, b)
}

func versionRow(r dbq.ListVersionsRow) VersionRow {
	return VersionRow{
		No: int(r.No), PublishedAt: r.PublishedAt, Note: r.Note,
		PublishedBy: author(r.PublishedBy, r.Name, r.Email, r.Designation, r.Department, r.Status),
	}
}
