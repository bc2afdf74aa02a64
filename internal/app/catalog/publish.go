package catalog

import (
	"context"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// maxNote is the longest note of a version, in characters.
const maxNote = 2_000

// Publish makes a draft what people start.
type Publish struct {
	Workflow string // id or key
	Revision int    // of the draft that was looked at; 0: whatever it is by now
	Note     string // what changed
	Key      Key
}

// Publish makes the draft a version, which never changes, and from now on the
// one that requests are started with; those under way keep theirs. It returns
// invalid with every problem of the definition. Without a draft the last version
// is published again; a published definition that has not changed stays the
// version it is, so publishing twice gives one version. With a revision that is
// no longer the present one it returns conflict: nobody publishes what he has not seen.
func (s *Service) Publish(ctx context.Context, a access.Actor, in Publish) (WorkflowSummary, error) {
	out, err := s.change(ctx, a, in.Workflow, call{"workflows.publish", in.Key}, access.CheckPublishWorkflow,
		func(tx *db.Tx, d *design) (*db.Batch, error) {
			if in.Revision != 0 && in.Revision != int(d.row.Revision) {
				return nil, outdated(d)
			}
			if d.docs.Draft == nil && d.row.Status == published {
				return nil, nil
			}
			doc, err := d.document()
			if err != nil {
				return nil, err
			}
			d.around.inGroup(&doc)
			b := db.NewBatch()
			return b, s.release(tx, b, a, d, doc, in.Note)
		})
	if err != nil {
		return WorkflowSummary{}, err
	}
	return s.summary(ctx, a, out.id)
}

// release queues publishing a document as the workflow's next version, or as the
// one it is already.
func (s *Service) release(tx *db.Tx, b *db.Batch, a access.Actor, d *design, doc workflow.Document, note string) error {
	if utf8.RuneCountInString(note) > maxNote {
		return fault.At("note", "A note has at most %d characters.", maxNote)
	}
	j, err := s.judge(tx.Send, doc, d.self())
	if err != nil {
		return err
	}
	if err := refuse(j.problems, "The workflow cannot be published yet; see errors."); err != nil {
		return err
	}
	id, no, hash := d.row.VersionID, d.row.VersionNo, doc.Hash()
	if id == nil || d.docs.VersionHash != hash {
		no++
		fresh := db.NewID()
		id = &fresh
		if err := insertVersion(b, a, d.row.ID, fresh, no, doc, hash, strings.TrimSpace(note)); err != nil {
			return err
		}
		insertReferences(b, fresh, references(doc, j.org))
	}
	if err := record(b, a, "workflows.publish", d.row.ID, map[string]any{"key": doc.Key, "version": no}); err != nil {
		return err
	}
	b.Exec(dbq.DropDraft, d.row.ID)
	b.Exec(dbq.ReviseWorkflow, db.Args(dbq.ReviseWorkflowParams{Revision: d.row.Revision, UserID: &a.User, ID: d.row.ID})...)
	b.Exec(dbq.PublishVersion, db.Args(dbq.PublishVersionParams{
		VersionID: id, No: &no, Key: doc.Key, Name: doc.Name, Description: doc.Description, Icon: doc.Icon, Grp: doc.Group,
		Prefix: prefix(doc), VisibleTo: visibility(j.version), UserID: &a.User, ID: d.row.ID,
	})...)
	return nil
}

func insertVersion(b *db.Batch, a access.Actor, workflow, id uuid.UUID, no int32, doc workflow.Document, hash, note string) error {
	text, err := doc.JSON()
	if err != nil {
		return err
	}
	b.Exec(dbq.InsertVersion, db.Args(dbq.InsertVersionParams{
		ID: id, WorkflowID: workflow, No: no, Document: json.RawMessage(text), Hash: hash, Note: note, UserID: &a.User,
	})...)
	return nil
}

// visibility is the rule as CEL, for lists; "" when everybody sees it.
func visibility(v *workflow.Version) string {
	if v.VisibleTo == nil {
		return ""
	}
	return v.VisibleTo.Source()
}
