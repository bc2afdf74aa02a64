package catalog_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

func (w *world) save(as access.Actor, revision int, src catalog.Source) (catalog.DraftSaved, error) {
	return w.catalog.SaveDraft(w.ctx, as, catalog.SaveDraft{Workflow: "MINI", Revision: revision, Source: src})
}

// Ensure a draft begins with what is published, is saved with its problems, and
// changes nothing for those who start requests.
func TestDraft(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	d := must[catalog.Draft](t)(w.catalog.GetDraft(w.ctx, w.drew, "MINI"))
	if doc(t, d.Document).Name != "Mini" || len(d.Problems) != 0 || d.Problems == nil || d.ModifiedBy == nil || d.ModifiedBy.ID != w.dora.User {
		t.Fatalf("%+v", d)
	}
	s := must[catalog.DraftSaved](t)(w.save(w.drew, d.Revision, yaml(minimal, "Mini", "Better", "type: text", "type: nonsense")))
	if s.Revision != d.Revision+1 || len(s.Problems) != 1 || s.Problems[0].Path != "form.fields.0.type" {
		t.Errorf("saved %+v", s)
	}
	d = must[catalog.Draft](t)(w.catalog.GetDraft(w.ctx, w.petra, "MINI"))
	if d.Revision != s.Revision || doc(t, d.Document).Name != "Better" || len(d.Problems) != 1 || d.ModifiedBy.ID != w.drew.User {
		t.Errorf("%+v", d)
	}
	g := must[catalog.Workflow](t)(w.catalog.Get(w.ctx, w.asha, "MINI", 0))
	if g.Name != "Mini" || g.Draft || doc(t, g.Document).Name != "Mini" {
		t.Errorf("starters see %+v", g.WorkflowSummary)
	}
	before := w.state()
	if again := must[catalog.DraftSaved](t)(w.save(w.drew, 0, yaml(minimal, "Mini", "Better", "type: text", "type: nonsense"))); again.Revision != s.Revision || w.state() != before {
		t.Errorf("the same again became %+v", again)
	}
}

// Ensure nothing is overwritten silently: who saves on an old revision is told
// who was first, also across a publish.
func TestDraftStale(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	opened := must[catalog.Draft](t)(w.catalog.GetDraft(w.ctx, w.drew, "MINI")).Revision
	s := must[catalog.DraftSaved](t)(w.save(w.dora, opened, yaml(minimal, "Mini", "Dora's")))
	before := w.state()
	_, err := w.save(w.drew, opened, yaml(minimal, "Mini", "Drew's"))
	refused(t, err, fault.Conflict, "Dora Designer saved another draft on ", "revision: ")
	if w.state() != before {
		t.Error("something was changed")
	}
	must[catalog.WorkflowSummary](t)(w.catalog.Publish(w.ctx, w.petra, catalog.Publish{Workflow: "MINI"}))
	_, err = w.save(w.drew, opened, yaml(minimal, "Mini", "Drew's"))
	refused(t, err, fault.Conflict, "Petra Publisher changed this workflow on ")
	// Who had opened what was published goes on without a conflict.
	next := must[catalog.DraftSaved](t)(w.save(w.dora, s.Revision, yaml(minimal, "Mini", "Next")))
	if next.Revision <= s.Revision {
		t.Errorf("revision %d after %d", next.Revision, s.Revision)
	}
	// Revisions never come back: an old one stays old.
	must[catalog.WorkflowSummary](t)(w.catalog.Publish(w.ctx, w.dora, catalog.Publish{Workflow: "MINI"}))
	_, err = w.save(w.drew, opened, yaml(minimal, "Mini", "Drew's"))
	refused(t, err, fault.Conflict)
	w.publish(yaml(minimal, "Mini", "Imported"))
	_, err = w.save(w.dora, next.Revision, yaml(minimal, "Mini", "Lost?"))
	refused(t, err, fault.Conflict, "Dora Designer changed this workflow")
}

// Ensure of many who save at once on one revision one wins, and the others know.
func TestDraftAtOnce(t *testing.T) {
	w := newWorld(t)
	w.draft(yaml(minimal))
	opened := must[catalog.Draft](t)(w.catalog.GetDraft(w.ctx, w.drew, "MINI")).Revision
	won := make(chan string, 10)
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() {
			name := "Version " + string(rune('A'+i))
			_, err := w.save(w.drew, opened, yaml(minimal, "Mini", name))
			if err == nil {
				won <- name
			} else if !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(won) != 1 {
		t.Fatalf("%d won", len(won))
	}
	d := must[catalog.Draft](t)(w.catalog.GetDraft(w.ctx, w.drew, "MINI"))
	if winner := <-won; doc(t, d.Document).Name != winner || d.Revision != opened+1 {
		t.Errorf("%s won, revision %d holds %s", winner, d.Revision, doc(t, d.Document).Name)
	}
}

// Ensure the list follows a draft that was never published, as far as it can.
func TestDraftDescribes(t *testing.T) {
	w := newWorld(t)
	w.draft(yaml(minimal))
	w.publish(yaml(minimal, "MINI", "TAKEN"))
	id := must[catalog.Workflow](t)(w.catalog.Get(w.ctx, w.dora, "MINI", 0)).ID.String()
	rev := must[catalog.Draft](t)(w.catalog.GetDraft(w.ctx, w.dora, id)).Revision
	for _, tt := range []struct{ key, name, wantKey, wantName string }{
		{"SMALL", "Small", "SMALL", "Small"},
		{"TAKEN", "Taken", "SMALL", "Taken"},
		{"bad", "", "SMALL", "Taken"},
		{"LAST", strings.Repeat("x", 300), "LAST", "Taken"},
	} {
		src := yaml(minimal, "MINI", "'"+tt.key+"'", "Mini", "'"+tt.name+"'", "group: IT", "group: "+tt.key+"G")
		s := must[catalog.DraftSaved](t)(w.catalog.SaveDraft(w.ctx, w.dora, catalog.SaveDraft{Workflow: id, Revision: rev, Source: src}))
		rev = s.Revision
		g := must[catalog.Workflow](t)(w.catalog.Get(w.ctx, w.dora, id, 0))
		if g.Key != tt.wantKey || g.Name != tt.wantName || g.Group != tt.key+"G" {
			t.Errorf("%+v became %s %q in %s", tt, g.Key, g.Name, g.Group)
		}
	}
}

// Ensure what cannot be kept is refused by field, who may not is turned away,
// and nothing changes.
func TestDraftRefuses(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	w.draft(yaml(minimal, "MINI", "HIDDEN"))
	before := w.state()
	for name, tt := range map[string]struct {
		as   access.Actor
		ref  string
		src  catalog.Source
		code fault.Code
		says string
	}{
		"nothing":              {w.drew, "MINI", catalog.Source{}, fault.Invalid, "document: "},
		"unknown member":       {w.drew, "MINI", yaml(minimal, "group", "gruop"), fault.Invalid, "gruop: "},
		"case variant":         {w.drew, "MINI", catalog.Source{Document: json.RawMessage(`{"Steps": []}`)}, fault.Invalid, "Steps: "},
		"duplicate":            {w.drew, "MINI", catalog.Source{Document: json.RawMessage(`{"steps": [], "steps": []}`)}, fault.Invalid, "steps: "},
		"huge":                 {w.drew, "MINI", yaml(minimal, "Mini", strings.Repeat("x", 300_000)), fault.Invalid, "document: "},
		"a null character":     {w.drew, "MINI", catalog.Source{Document: json.RawMessage(`{"name": "a\u0000b"}`)}, fault.Invalid, "name: "},
		"a starter":            {w.asha, "MINI", yaml(minimal), fault.Forbidden, "right to design"},
		"only publishes":       {w.petra, "MINI", yaml(minimal), fault.Forbidden, "right to design"},
		"a hidden workflow":    {w.asha, "HIDDEN", yaml(minimal), fault.NotFound, "no such workflow"},
		"another organization": {w.stranger(), "MINI", yaml(minimal), fault.NotFound, "no such workflow"},
		"no such workflow":     {w.drew, "NOPE", yaml(minimal), fault.NotFound, "no such workflow"},
	} {
		_, err := w.catalog.SaveDraft(w.ctx, tt.as, catalog.SaveDraft{Workflow: tt.ref, Revision: 1, Source: tt.src})
		if fault.CodeOf(err) != tt.code {
			t.Errorf("%s: %v, want %s", name, err, tt.code)
			continue
		}
		refused(t, err, tt.code, tt.says)
	}
	for name, as := range map[string]access.Actor{"a starter": w.asha, "who sees all requests": w.vera} {
		_, err := w.catalog.GetDraft(w.ctx, as, "MINI")
		refused(t, err, fault.Forbidden, "Only designers")
		if _, err = w.catalog.GetDraft(w.ctx, as, "HIDDEN"); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := w.catalog.GetDraft(w.ctx, w.stranger(), "MINI")
	refused(t, err, fault.NotFound, "no such workflow")
	if w.state() != before {
		t.Error("something was changed")
	}
}

// Ensure a repeated save answers the same, though others have saved since.
func TestDraftRepeated(t *testing.T) {
	w := newWorld(t)
	w.draft(yaml(minimal))
	in := catalog.SaveDraft{Workflow: "MINI", Revision: 1, Source: yaml(minimal, "Mini", "Mine", "type: text", "type: nonsense"), Key: catalog.Key{Key: "k"}}
	first := must[catalog.DraftSaved](t)(w.catalog.SaveDraft(w.ctx, w.drew, in))
	must[catalog.DraftSaved](t)(w.save(w.dora, first.Revision, yaml(minimal, "Mini", "Dora's")))
	again := must[catalog.DraftSaved](t)(w.catalog.SaveDraft(w.ctx, w.drew, in))
	if again.Revision != first.Revision || len(again.Problems) != 1 {
		t.Errorf("first %+v, again %+v", first, again)
	}
	if name := dbtest.Get[string](t, w.org, `SELECT document->>'name' FROM drafts`); name != "Dora's" {
		t.Errorf("the draft is %s", name)
	}
}
