package catalog

import (
	"context"
	"time"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
)

// SaveDraft is the next state of a draft.
type SaveDraft struct {
	Source
	Workflow string // id or key
	Revision int    // that was opened
	Key      Key
}

// DraftSaved tells what became of it.
type DraftSaved struct {
	Revision int             `json:"revision" doc:"Send it back with the next drafts.save."`
	Problems []fault.Problem `json:"problems" doc:"What keeps it from being published."`
}

// SaveDraft keeps a draft, finished or not: its problems are told, not refused.
// When somebody else saved or published since the revision that was opened, it
// is refused and nothing is overwritten. The same draft again changes nothing.
func (s *Service) SaveDraft(ctx context.Context, a access.Actor, in SaveDraft) (DraftSaved, error) {
	doc, err := in.read()
	if err != nil {
		return DraftSaved{}, err
	}
	var j judged
	out, err := s.change(ctx, a, in.Workflow, call{"drafts.save", in.Key}, access.CheckDesignWorkflow,
		func(tx *db.Tx, d *design) (b *db.Batch, err error) {
			if j, err = s.judge(tx.Send, doc, d.self()); err != nil {
				return nil, err
			}
			return saved(a, d, in.Revision, doc, j.keyFree)
		})
	if err != nil {
		return DraftSaved{}, err
	}
	if out.replay {
		if j, err = s.judge(s.reader(ctx, a), doc, self{id: out.id}); err != nil {
			return DraftSaved{}, err
		}
	}
	return DraftSaved{Revision: out.revision, Problems: bounded(j.problems)}, nil
}

// saved queues the next revision, when there is something to save and nobody
// else was first.
func saved(a access.Actor, d *design, revision int, doc workflow.Document, keyFree bool) (*db.Batch, error) {
	present, err := d.document()
	if err != nil {
		return nil, err
	}
	if present.Hash() == doc.Hash() {
		return nil, nil
	}
	if revision != int(d.row.Revision) {
		return nil, outdated(d)
	}
	b := db.NewBatch()
	return b, revise(b, a, d, doc, keyFree)
}

// outdated tells who saved what when, so that two designers can find together.
func outdated(d *design) error {
	who, did := d.docs.Name, "saved another draft"
	if who == "" {
		who = "Somebody"
	}
	if d.docs.Draft == nil {
		did = "changed this workflow"
	}
	when := d.docs.ChangedAt.UTC().Format(time.DateTime)
	return fault.New(fault.Conflict, "%s %s on %s UTC, after you opened yours. Nothing was overwritten: open the draft again and bring in your changes.", who, did, when).
		With("revision", "It is %d by now.", d.row.Revision)
}
