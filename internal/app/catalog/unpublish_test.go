package catalog_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// Ensure an unpublished workflow is gone for those who start, keeps its version,
// and comes back as it was or with its draft.
func TestUnpublish(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	for range 2 {
		u := must[catalog.WorkflowSummary](t)(w.catalog.Unpublish(w.ctx, w.petra, "MINI", catalog.Key{}))
		if u.Status != "unpublished" || u.Version != 1 || u.Can.Start || u.Can.Unpublish || !u.Can.Publish {
			t.Errorf("unpublished %+v", u)
		}
	}
	_, err := w.catalog.Get(w.ctx, w.asha, "MINI", 0)
	refused(t, err, fault.NotFound)
	p := must[catalog.WorkflowSummary](t)(w.catalog.Publish(w.ctx, w.petra, catalog.Publish{Workflow: "MINI"}))
	if p.Status != "published" || p.Version != 1 {
		t.Errorf("again %+v", p)
	}
	must[catalog.WorkflowSummary](t)(w.catalog.Unpublish(w.ctx, w.dora, "MINI", catalog.Key{}))
	w.draft(yaml(minimal, "Mini", "New"))
	if p = must[catalog.WorkflowSummary](t)(w.catalog.Publish(w.ctx, w.dora, catalog.Publish{Workflow: "MINI"})); p.Version != 2 || p.Name != "New" {
		t.Errorf("with its draft %+v", p)
	}
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM audit WHERE action = 'workflows.unpublish'`); n != 2 {
		t.Errorf("%d lines of audit", n)
	}
}

// Ensure what comes back is held against the organization as it is now.
func TestUnpublishRepublishChecks(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(leave, "{strategy: manager}", "{strategy: role, role: drafter}"))
	must[catalog.WorkflowSummary](t)(w.catalog.Unpublish(w.ctx, w.dora, "LEAVE", catalog.Key{}))
	w.org.Exec(t, `UPDATE roles SET key = 'renamed' WHERE key = 'drafter'`)
	_, err := w.catalog.Publish(w.ctx, w.dora, catalog.Publish{Workflow: "LEAVE"})
	refused(t, err, fault.Invalid, "steps.manager.assignee.role: ")
}

// Ensure what was never published cannot be unpublished.
func TestUnpublishDraft(t *testing.T) {
	w := newWorld(t)
	w.draft(yaml(minimal))
	before := w.state()
	_, err := w.catalog.Unpublish(w.ctx, w.dora, "MINI", catalog.Key{})
	refused(t, err, fault.Conflict, "never published")
	if w.state() != before {
		t.Error("something was changed")
	}
}

// Ensure a repeated request does not unpublish what was published since.
func TestUnpublishRepeated(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	key := catalog.Key{Key: "k"}
	must[catalog.WorkflowSummary](t)(w.catalog.Unpublish(w.ctx, w.dora, "MINI", key))
	must[catalog.WorkflowSummary](t)(w.catalog.Publish(w.ctx, w.dora, catalog.Publish{Workflow: "MINI"}))
	if s := must[catalog.WorkflowSummary](t)(w.catalog.Unpublish(w.ctx, w.dora, "MINI", key)); s.Status != "published" {
		t.Errorf("%+v", s)
	}
}
