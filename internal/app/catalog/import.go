package catalog

import (
	"context"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
)

// Import is a definition from outside.
type Import struct {
	Source
	Publish bool   // at once; refused as a whole when that is not possible
	Note    string // of the new version
	Key     Key

	slug string // of the library it comes from
}

// Import makes the definition the draft of the workflow that has its key, in
// place of an earlier one, or makes a new workflow. With Publish it becomes a
// version at once; the same definition again changes nothing.
func (s *Service) Import(ctx context.Context, a access.Actor, in Import) (WorkflowSummary, error) {
	err := access.CheckCreateWorkflow(a)
	if err == nil && in.Publish {
		err = mayPublish(a)
	}
	if err != nil {
		return WorkflowSummary{}, err
	}
	doc, err := in.read()
	if err != nil {
		return WorkflowSummary{}, err
	}
	if err := refuse(head(doc), "The definition cannot be imported; see errors."); err != nil {
		return WorkflowSummary{}, err
	}
	out, err := s.importDocument(ctx, a, in, doc)
	if db.IsUnique(err, "workflows_key") { // somebody made the workflow at the same moment: now it is there
		out, err = s.importDocument(ctx, a, in, doc)
	}
	if err != nil {
		return WorkflowSummary{}, told(err)
	}
	return s.summary(ctx, a, out.id)
}

func (s *Service) importDocument(ctx context.Context, a access.Actor, in Import, doc workflow.Document) (changed, error) {
	var out changed
	c := call{"workflows.import", in.Key}
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error {
		d, before, err := s.lock(tx, a, doc.Key, c)
		if err != nil {
			return err
		}
		if before != nil {
			out = changed{id: *before.RunID, replay: true}
			return sameRequest(before.Hash, c.key)
		}
		b := db.NewBatch()
		if d, err = s.receive(tx, b, a, d, in, doc); err != nil {
			return err
		}
		out = changed{id: d.row.ID, revision: int(d.row.Revision)}
		keep(b, a, c.route, c.key, out.id, out.revision)
		return tx.Commit(b)
	})
	return out, err
}

// receive queues what an import changes. d is nil when there is no workflow with
// the key yet.
func (s *Service) receive(tx *db.Tx, b *db.Batch, a access.Actor, d *design, in Import, doc workflow.Document) (*design, error) {
	fresh := d == nil
	if fresh {
		d = &design{fresh: true}
		d.row.ID, d.row.Revision = db.NewID(), 1
		look := db.NewBatch()
		d.around.queue(look, a)
		if err := tx.Send(look); err != nil {
			return d, err
		}
	}
	d.around.inGroup(&doc)
	same := false
	if !fresh {
		present, err := d.document()
		if err != nil {
			return d, err
		}
		same = present.Hash() == doc.Hash()
	}
	if fresh {
		insert(b, a, d.row.ID, doc, in.slug)
		if err := record(b, a, "workflows.import", d.row.ID, map[string]any{"key": doc.Key, "name": doc.Name}); err != nil {
			return d, err
		}
	}
	if in.Publish {
		if !fresh && !same {
			d.row.Revision++
		}
		return d, s.release(tx, b, a, d, doc, in.Note)
	}
	switch {
	case fresh:
		return d, putDraft(b, a, d.row.ID, doc)
	case same:
		return d, nil
	}
	if err := record(b, a, "workflows.import", d.row.ID, map[string]any{"key": doc.Key, "name": doc.Name}); err != nil {
		return d, err
	}
	return d, revise(b, a, d, doc, true)
}
