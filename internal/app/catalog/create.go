package catalog

import (
	"cmp"
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/library"
)

// Create is a new workflow: blank, or one of the library made one's own.
type Create struct {
	WorkflowKey string // may be empty with FromLibrary, as may be Name
	Name        string
	Group       string // the designer's department when empty
	FromLibrary string // slug; "" for a blank one
	Key         Key
}

// Create makes a draft that the actor owns. Its parameters that every
// organization has to fill in come blank.
func (s *Service) Create(ctx context.Context, a access.Actor, in Create) (WorkflowSummary, error) {
	doc := blank(in.WorkflowKey, in.Name)
	if in.FromLibrary != "" {
		e, ok := library.Get(in.FromLibrary)
		if !ok {
			return WorkflowSummary{}, fault.At("from_library", "There is no workflow %q in the library.", in.FromLibrary)
		}
		doc = e.Document.Clone(cmp.Or(in.WorkflowKey, e.Document.Key), cmp.Or(in.Name, e.Document.Name))
	}
	doc.Group = cmp.Or(in.Group, doc.Group)
	return s.add(ctx, a, doc, in.FromLibrary, call{"workflows.create", in.Key})
}

// blank is the canvas a designer begins with.
func blank(key, name string) workflow.Document {
	return workflow.Document{
		Key: key, Name: name,
		Steps: []workflow.Step{
			{ID: "start", Type: workflow.Start, Name: "Start", Transitions: []workflow.Transition{{ID: "next", To: "done"}}},
			{ID: "done", Type: workflow.End, Name: "Done", Outcome: "done"},
		},
		Canvas: map[string][2]float64{"start": {0, 0}, "done": {0, 180}},
	}
}

// add makes a new workflow with this document as its draft.
func (s *Service) add(ctx context.Context, a access.Actor, doc workflow.Document, slug string, c call) (WorkflowSummary, error) {
	if err := access.CheckCreateWorkflow(a); err != nil {
		return WorkflowSummary{}, err
	}
	if err := refuse(head(doc), "The workflow cannot be made like this; see errors."); err != nil {
		return WorkflowSummary{}, err
	}
	id := db.NewID()
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error {
		var outcome dbq.LoadOutcomeRow
		var rivals []dbq.FindRivalsRow
		var x around
		b := db.NewBatch()
		x.queue(b, a)
		db.Many(b, &rivals, dbq.FindRivals, db.Args(dbq.FindRivalsParams{Key: doc.Key, Self: id})...)
		replay := replayed(b, a, c.route, c.key, &outcome)
		if err := tx.Send(b); err != nil {
			return err
		}
		if replay.OK {
			id = *outcome.RunID
			return sameRequest(outcome.Hash, c.key)
		}
		if len(rivals) > 0 {
			return keyTaken(rivals[0])
		}
		x.inGroup(&doc)
		return s.commitNew(tx, a, id, doc, slug, c)
	})
	if err != nil {
		return WorkflowSummary{}, told(err)
	}
	return s.summary(ctx, a, id)
}

func (s *Service) commitNew(tx *db.Tx, a access.Actor, id uuid.UUID, doc workflow.Document, slug string, c call) error {
	b := db.NewBatch()
	insert(b, a, id, doc, slug)
	if err := putDraft(b, a, id, doc); err != nil {
		return err
	}
	if err := record(b, a, c.route, id, map[string]any{"key": doc.Key, "name": doc.Name}); err != nil {
		return err
	}
	keep(b, a, c.route, c.key, id, 1)
	return tx.Commit(b)
}

func keyTaken(r dbq.FindRivalsRow) error {
	const choose = "Choose another key."
	return fault.New(fault.Conflict, "The workflow %q has the key %s already. %s", r.Name, r.Key, choose).With("key", choose)
}
