package catalog

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// design is a workflow with its documents. Behind change it is locked.
type design struct {
	found
	docs  dbq.LoadDesignRow
	fresh bool // it is only being made
}

// document is the definition as designers have it: the draft, else the version
// published last. A workflow has at least one of them.
func (d *design) document() (workflow.Document, error) {
	if d.docs.Draft != nil {
		return stored(d.docs.Draft)
	}
	return stored(d.docs.Version)
}

// shown is the definition as everybody has it: the published version, and while
// there is none what designers have.
func (d *design) shown() (doc workflow.Document, isDraft bool, err error) {
	if d.row.Status == published || d.docs.Draft == nil {
		doc, err = stored(d.docs.Version)
		return doc, false, err
	}
	doc, err = stored(d.docs.Draft)
	return doc, true, err
}

// fixedKey is the key that may not change any more, "" before the first publish.
func (d *design) fixedKey() string {
	if d.row.VersionNo == 0 {
		return ""
	}
	return d.row.Key
}

// changed is what a verb did to a workflow.
type changed struct {
	id       uuid.UUID
	revision int
	replay   bool // it was done by an earlier call with the same key
}

// call names a changing verb and its idempotency key.
type call struct {
	route string
	key   Key
}

// change is the walk of every verb that changes a workflow: lock, load, gate,
// write, in one transaction. write may return no statements when everything is
// as it should be already; d.row.Revision is what is stored for repeats.
func (s *Service) change(ctx context.Context, a access.Actor, workflow string, c call,
	gate func(access.Actor, access.WorkflowStanding) error, write func(*db.Tx, *design) (*db.Batch, error),
) (changed, error) {
	var out changed
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error {
		d, before, err := s.lock(tx, a, workflow, c)
		if err != nil {
			return err
		}
		if before != nil {
			out = changed{id: *before.RunID, revision: int(before.Seq), replay: true}
			return sameRequest(before.Hash, c.key)
		}
		if d == nil {
			return gone()
		}
		if err := s.admit(a, &d.found, gate, tx.Send); err != nil {
			return err
		}
		b, err := write(tx, d)
		if err != nil {
			return err
		}
		if b == nil {
			b = db.NewBatch()
		}
		out = changed{id: d.row.ID, revision: int(d.row.Revision)}
		keep(b, a, c.route, c.key, out.id, out.revision)
		return tx.Commit(b)
	})
	return out, told(err)
}

// lock takes the workflow's lock and reads it, in one round trip. What waited
// for the lock has read nothing before. Without such a workflow d is nil.
func (s *Service) lock(tx *db.Tx, a access.Actor, workflow string, c call) (*design, *dbq.LoadOutcomeRow, error) {
	for range maxLocks {
		d, before, sure, err := s.lockOnce(tx, a, workflow, c)
		if err != nil || sure {
			return d, before, err
		}
	}
	return nil, nil, fault.New(fault.Conflict, "Somebody else is changing the workflow %s at this moment. Look again.", workflow)
}

// maxLocks is how often the lock is taken anew.
const maxLocks = 3

// lockOnce is not sure when the workflow that was read is not the one that was
// locked: while we waited it was made, or the key went to another one.
func (s *Service) lockOnce(tx *db.Tx, a access.Actor, workflow string, c call) (d *design, before *dbq.LoadOutcomeRow, sure bool, err error) {
	d = &design{}
	var locked uuid.UUID
	var outcome dbq.LoadOutcomeRow
	id, key := ref(workflow)
	b := db.NewBatch()
	db.One(b, &locked, dbq.LockWorkflow, id, key)
	there := d.queue(b, a, workflow)
	db.One(b, &d.docs, dbq.LoadDesign, id, key)
	replay := replayed(b, a, c.route, c.key, &outcome)
	if err := tx.Send(b); err != nil {
		return nil, nil, false, err
	}
	switch {
	case replay.OK:
		return nil, &outcome, true, nil
	case !there():
		return nil, nil, locked == uuid.Nil, nil
	}
	return d, nil, d.row.ID == locked, nil
}

// mayPublish asks for the right to publish beside that to design.
func mayPublish(a access.Actor) error {
	return access.CheckPublishWorkflow(a, access.WorkflowStanding{Published: true, Sees: true})
}

// head are the problems of what names a workflow. With one of them there is no
// workflow to keep a draft for.
func head(doc workflow.Document) fault.Problems {
	var out fault.Problems
	_, ps := workflow.Compile(doc, workflow.Org{})
	for _, p := range ps {
		if p.Path == "key" || p.Path == "name" {
			out = append(out, p)
		}
	}
	return out
}

// inGroup puts a document without a group into that of its designer's department.
func (x *around) inGroup(doc *workflow.Document) {
	if strings.TrimSpace(doc.Group) == "" {
		doc.Group, _ = x.viewer.User["department"].(string)
	}
}

// insert queues a new workflow that the actor owns. Its key and name are right.
func insert(b *db.Batch, a access.Actor, id uuid.UUID, doc workflow.Document, slug string) {
	var from *string
	if slug != "" {
		from = &slug
	}
	b.Exec(dbq.InsertWorkflow, db.Args(dbq.InsertWorkflowParams{
		ID: id, Key: doc.Key, Name: doc.Name, Description: doc.Description, Icon: doc.Icon, Grp: doc.Group,
		Prefix: prefix(doc), OwnerID: a.User, LibrarySlug: from,
	})...)
}

func prefix(doc workflow.Document) string { return cmp.Or(doc.Prefix, doc.Key) }

// putDraft queues saving a document as the draft.
func putDraft(b *db.Batch, a access.Actor, id uuid.UUID, doc workflow.Document) error {
	text, err := doc.JSON()
	if err != nil {
		return err
	}
	b.Exec(dbq.PutDraft, db.Args(dbq.PutDraftParams{WorkflowID: id, Document: json.RawMessage(text), UserID: &a.User})...)
	return nil
}

// revise queues the draft of a workflow that stands, as its next revision. While
// nothing was published the list shows what the draft says, as far as it can.
func revise(b *db.Batch, a access.Actor, d *design, doc workflow.Document, keyFree bool) error {
	if err := putDraft(b, a, d.row.ID, doc); err != nil {
		return err
	}
	d.row.Revision++
	b.Exec(dbq.ReviseWorkflow, db.Args(dbq.ReviseWorkflowParams{Revision: d.row.Revision, UserID: &a.User, ID: d.row.ID})...)
	bad := map[string]bool{}
	for _, p := range head(doc) {
		bad[p.Path] = true
	}
	p := dbq.DescribeWorkflowParams{
		Key: doc.Key, Name: doc.Name, Description: doc.Description, Icon: doc.Icon, Grp: doc.Group, Prefix: prefix(doc), ID: d.row.ID,
	}
	if bad["key"] || !keyFree {
		p.Key, p.Prefix = d.row.Key, d.row.Prefix
	}
	if bad["name"] {
		p.Name = d.row.Name
	}
	b.Exec(dbq.DescribeWorkflow, db.Args(p)...)
	return nil
}
