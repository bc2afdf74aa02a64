package runs_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure people keep views of their own by name, and nobody sees or removes those
// of others.
func TestViews(t *testing.T) {
	w := newWorld(t)
	old := must[runs.View](t)(w.runs.SaveView(w.ctx, w.ravi, runs.SaveView{Name: " Old ", Search: "?older=7", Key: runs.Key{Key: "a"}}))
	again := must[runs.View](t)(w.runs.SaveView(w.ctx, w.ravi, runs.SaveView{Name: "Old", Search: "older=7", Key: runs.Key{Key: "a"}}))
	if old.Name != "Old" || old.Search != "older=7" || again.ID != old.ID {
		t.Errorf("saved %+v, then %+v", old, again)
	}
	must[runs.View](t)(w.runs.SaveView(w.ctx, w.ravi, runs.SaveView{Name: "Leave", Search: "workflow=LEAVE"}))
	must[runs.View](t)(w.runs.SaveView(w.ctx, w.ravi, runs.SaveView{Name: "Old", Search: "older=30"}))
	l := must[runs.ViewList](t)(w.runs.ListViews(w.ctx, w.ravi))
	if len(l.Items) != 2 || l.Items[0].Search != "older=30" || l.Items[1].Name != "Leave" {
		t.Errorf("views %+v", l.Items)
	}
	if l := must[runs.ViewList](t)(w.runs.ListViews(w.ctx, w.asha)); len(l.Items) != 0 {
		t.Errorf("another one sees %+v", l.Items)
	}
	refused(t, w.runs.DeleteView(w.ctx, w.asha, old.ID, runs.Key{}), fault.NotFound, "no such view")
	for range 2 {
		if err := w.runs.DeleteView(w.ctx, w.ravi, l.Items[0].ID, runs.Key{Key: "d"}); err != nil {
			t.Fatal(err)
		}
	}
	refused(t, w.runs.DeleteView(w.ctx, w.ravi, uuid.New(), runs.Key{}), fault.NotFound, "no such view")
}

// Ensure bad views are refused, and not too many are kept.
func TestViewsAreBounded(t *testing.T) {
	w := newWorld(t)
	_, err := w.runs.SaveView(w.ctx, w.ravi, runs.SaveView{Name: "  ", Search: "q=x"})
	refused(t, err, fault.Invalid, "name: ")
	_, err = w.runs.SaveView(w.ctx, w.ravi, runs.SaveView{Name: "x", Search: "q=%zz"})
	refused(t, err, fault.Invalid, "search: ")
	for i := range 30 {
		must[runs.View](t)(w.runs.SaveView(w.ctx, w.ravi, runs.SaveView{Name: fmt.Sprint(i), Search: "q=x"}))
	}
	_, err = w.runs.SaveView(w.ctx, w.ravi, runs.SaveView{Name: "one more", Search: "q=x"})
	refused(t, err, fault.Conflict, "remove one")
	must[runs.View](t)(w.runs.SaveView(w.ctx, w.ravi, runs.SaveView{Name: "29", Search: "q=y"}))
}
