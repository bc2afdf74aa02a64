package catalog_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// hand is what somebody has at hand.
func (w *world) hand(as access.Actor, in catalog.List) string {
	w.t.Helper()
	l := must[catalog.WorkflowList](w.t)(w.catalog.List(w.ctx, as, in))
	return keys(catalog.WorkflowList{Items: l.AtHand})
}

// Ensure a favourite is kept for one person, once, and is gone when it is given up.
func TestFavourite(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	w.publish(yaml(minimal, "MINI", "OTHER", "Mini", "Alpha"))
	for range 2 {
		f := must[catalog.WorkflowSummary](t)(w.catalog.Favourite(w.ctx, w.asha, "MINI"))
		if !f.Favourite || !f.Can.Start {
			t.Errorf("kept %+v", f)
		}
	}
	must[catalog.WorkflowSummary](t)(w.catalog.Favourite(w.ctx, w.asha, "OTHER"))
	if got := w.hand(w.asha, catalog.List{Query: "nothing", Group: "HR"}); got != "OTHER MINI" {
		t.Errorf("at hand %q", got)
	}
	if g := must[catalog.Workflow](t)(w.catalog.Get(w.ctx, w.asha, "MINI", 0)); !g.Favourite {
		t.Error("the workflow itself does not say so")
	}
	if got := w.hand(w.hana, catalog.List{}); got != "" {
		t.Errorf("a colleague has %q", got)
	}
	for range 2 {
		if f := must[catalog.WorkflowSummary](t)(w.catalog.Unfavourite(w.ctx, w.asha, "MINI")); f.Favourite {
			t.Errorf("given up %+v", f)
		}
	}
	if got := w.hand(w.asha, catalog.List{}); got != "OTHER" {
		t.Errorf("then %q", got)
	}
}

// Ensure nobody keeps what he may not see, and what disappears for somebody
// leaves his hand.
func TestFavouriteUnseen(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal, "IT", "IT\nvisible_to: user.department == \"HR\""))
	for name, as := range map[string]access.Actor{"not matched": w.asha, "another organization": w.stranger()} {
		_, err := w.catalog.Favourite(w.ctx, as, "MINI")
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
		_, err = w.catalog.Unfavourite(w.ctx, as, "MINI")
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM favourites`); n != 0 {
		t.Errorf("%d rows", n)
	}
	must[catalog.WorkflowSummary](t)(w.catalog.Favourite(w.ctx, w.hana, "MINI"))
	must[catalog.WorkflowSummary](t)(w.catalog.Unpublish(w.ctx, w.dora, "MINI", catalog.Key{}))
	if got := w.hand(w.hana, catalog.List{}); got != "" {
		t.Errorf("at hand %q", got)
	}
}

// Ensure what somebody started lately comes after the favourites, the latest
// first, and what others started does not.
func TestListAtHand(t *testing.T) {
	w := newWorld(t)
	for i, key := range []string{"ONE", "TWO", "THREE"} {
		p := w.publish(yaml(minimal, "MINI", key))
		run := db.NewID()
		by := w.asha.User
		if key == "THREE" {
			by = w.hana.User
		}
		w.org.Exec(t, `INSERT INTO runs (id, workflow_id, version_id, prefix, number, status, initiator_id, root_id, created_by, started_at)
			SELECT $1, id, version_id, prefix, 1, 'running', $2, $1, $2, now() - make_interval(days => 10 - $4) FROM workflows WHERE id = $3`, run, by, p.ID, i)
		w.org.Exec(t, `INSERT INTO participants (run_id, user_id, roles) VALUES ($1, $2, 2)`, run, w.asha.User)
	}
	if got := w.hand(w.asha, catalog.List{}); got != "TWO ONE" {
		t.Errorf("at hand %q", got)
	}
	must[catalog.WorkflowSummary](t)(w.catalog.Favourite(w.ctx, w.asha, "ONE"))
	if got := w.hand(w.asha, catalog.List{}); got != "ONE TWO" {
		t.Errorf("with a favourite %q", got)
	}
	l := must[catalog.WorkflowList](t)(w.catalog.List(w.ctx, w.asha, catalog.List{Limit: 1}))
	l = must[catalog.WorkflowList](t)(w.catalog.List(w.ctx, w.asha, catalog.List{Limit: 1, Cursor: l.NextCursor}))
	if len(l.AtHand) != 0 {
		t.Error("repeated on the next page")
	}
}
