package runs_test

import (
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// Ensure saving a draft under a key makes one draft, however often and however
// much at once it is asked for, and repeats its answer after the draft is gone.
func TestSaveDraftOnce(t *testing.T) {
	w := newWorld(t)
	in := runs.SaveDraft{Workflow: "LEAVE", Values: week, Key: runs.Key{Key: "k", Hash: [32]byte{1}}}
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			if _, err := w.runs.SaveDraft(w.ctx, w.asha, in); err != nil && !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	first := must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, in))
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM runs WHERE status = 'draft'`); n != 1 {
		t.Fatalf("%d drafts", n)
	}
	if again := must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, in)); again != first || first.RunID == uuid.Nil || first.SavedAt.IsZero() {
		t.Errorf("%+v, then %+v", first, again)
	}
	other := in
	other.Key.Hash[0] = 2
	_, err := w.runs.SaveDraft(w.ctx, w.asha, other)
	refused(t, err, fault.Invalid, "Idempotency-Key")
	change := runs.SaveDraft{Run: first.RunID, Values: map[string]any{"reason": "later"}, Key: runs.Key{Key: "c", Hash: [32]byte{3}}}
	changed := must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, change))

	gone := runs.Key{Key: "k", Hash: [32]byte{4}} // of another operation: no clash
	for range 2 {
		if err := w.runs.DeleteDraft(w.ctx, w.asha, first.RunID, gone); err != nil {
			t.Fatal(err)
		}
	}
	refused(t, w.runs.DeleteDraft(w.ctx, w.asha, first.RunID, runs.Key{Key: "k2"}), fault.NotFound, "no such draft")
	refused(t, w.runs.DeleteDraft(w.ctx, w.asha, uuid.Nil, runs.Key{}), fault.NotFound, "no such draft")
	if again := must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, change)); again != changed {
		t.Errorf("the change answered %+v, its repeat %+v", changed, again)
	}
	if again := must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, in)); again != first {
		t.Errorf("after it was deleted: %+v, was %+v", again, first)
	}
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM runs WHERE status = 'draft'`); n != 0 {
		t.Errorf("%d drafts in the end", n)
	}
}

// Ensure nobody keeps drafts without end, and that those he has stay usable.
func TestDraftsAreBounded(t *testing.T) {
	w := newWorld(t)
	d := must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, runs.SaveDraft{Workflow: "LEAVE"}))
	w.org.Exec(t, `INSERT INTO runs (id, workflow_id, version_id, prefix, status, initiator_id, root_id, created_by)
		SELECT gen_random_uuid(), workflow_id, version_id, prefix, 'draft', initiator_id, id, created_by FROM runs, generate_series(2, $1) WHERE id = $2`,
		runs.MaxDrafts, d.RunID)
	_, err := w.runs.SaveDraft(w.ctx, w.asha, runs.SaveDraft{Workflow: "LEAVE"})
	refused(t, err, fault.Conflict, "You keep 100 requests")
	must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, runs.SaveDraft{Run: d.RunID, Values: week}))
	must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.ravi, runs.SaveDraft{Workflow: "LEAVE"}))
	if err := w.runs.DeleteDraft(w.ctx, w.asha, d.RunID, runs.Key{}); err != nil {
		t.Fatal(err)
	}
	must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, runs.SaveDraft{Workflow: "LEAVE"}))
}
