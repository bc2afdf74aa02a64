package catalog_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// Ensure a deleted workflow is gone from every verb, its rows stay for its
// requests, and its key and prefix can be used again.
func TestDelete(t *testing.T) {
	w := newWorld(t)
	old := w.publish(yaml(minimal))
	if err := w.catalog.Delete(w.ctx, w.dora, "MINI", catalog.Key{}); err != nil {
		t.Fatal(err)
	}
	id := old.ID.String()
	for name, err := range map[string]error{
		"get":       second(w.catalog.Get(w.ctx, w.dora, id, 0)),
		"version":   second(w.catalog.Get(w.ctx, w.dora, id, 1)),
		"publish":   second(w.catalog.Publish(w.ctx, w.dora, catalog.Publish{Workflow: id})),
		"unpublish": second(w.catalog.Unpublish(w.ctx, w.dora, id, catalog.Key{})),
		"delete":    w.catalog.Delete(w.ctx, w.dora, id, catalog.Key{}),
		"clone":     second(w.catalog.Clone(w.ctx, w.dora, catalog.Clone{Workflow: id, WorkflowKey: "NEW", Name: "New"})),
		"export":    second(w.catalog.Export(w.ctx, w.dora, catalog.Export{Workflow: id})),
		"draft":     second(w.catalog.GetDraft(w.ctx, w.dora, id)),
		"save":      second(w.catalog.SaveDraft(w.ctx, w.dora, catalog.SaveDraft{Workflow: id, Source: yaml(minimal)})),
		"validate":  second(w.catalog.Validate(w.ctx, w.dora, catalog.Validate{Workflow: id})),
		"versions":  second(w.catalog.ListVersions(w.ctx, w.dora, id)),
		"one":       second(w.catalog.GetVersion(w.ctx, w.dora, id, 1)),
	} {
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if l := must[catalog.WorkflowList](t)(w.catalog.List(w.ctx, w.dora, catalog.List{})); len(l.Items) != 0 {
		t.Errorf("listed %s", keys(l))
	}
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM versions WHERE workflow_id = $1`, old.ID); n != 1 {
		t.Errorf("%d versions left", n)
	}
	if again := w.publish(yaml(minimal)); again.ID == old.ID || again.Version != 1 {
		t.Errorf("again %+v", again)
	}
}

func second[T any](_ T, err error) error { return err }

// Ensure a repeated request answers the same and leaves alone what has the key now.
func TestDeleteRepeated(t *testing.T) {
	w := newWorld(t)
	w.draft(yaml(minimal))
	key := catalog.Key{Key: "k"}
	for range 2 {
		if err := w.catalog.Delete(w.ctx, w.dora, "MINI", key); err != nil {
			t.Fatal(err)
		}
		w.draft(yaml(minimal))
	}
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM workflows WHERE deleted_at IS NULL`); n != 1 {
		t.Errorf("%d workflows live", n)
	}
	key.Hash[0] = 1
	refused(t, w.catalog.Delete(w.ctx, w.dora, "MINI", key), fault.Invalid, "Idempotency-Key")
	for _, as := range []access.Actor{w.drew, w.petra} {
		refused(t, w.catalog.Delete(w.ctx, as, "MINI", catalog.Key{}), fault.Forbidden, "right to delete")
	}
}
