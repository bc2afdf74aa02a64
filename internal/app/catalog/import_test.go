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

// Ensure an import makes a workflow, then replaces its draft, and leaves what is
// published alone until it is asked to publish.
func TestImport(t *testing.T) {
	w := newWorld(t)
	first := must[catalog.WorkflowSummary](t)(w.catalog.Import(w.ctx, w.drew, catalog.Import{Source: yaml(minimal, "group: IT\n", "group: ''\n")}))
	if first.Status != "draft" || first.Group != "IT" || first.Owner.ID != w.drew.User {
		t.Errorf("first %+v", first)
	}
	second := w.publish(yaml(minimal, "Mini", "Second"))
	if second.ID != first.ID || second.Version != 1 || second.Draft || second.Owner.ID != w.drew.User {
		t.Errorf("second %+v", second)
	}
	third := w.draft(yaml(minimal, "Mini", "Third"))
	if third.ID != first.ID || third.Name != "Second" || !third.Draft || third.Version != 1 {
		t.Errorf("third %+v", third)
	}
	before := w.state()
	if same := w.draft(yaml(minimal, "Mini", "Third")); same.ModifiedAt != third.ModifiedAt || w.state() != before {
		t.Errorf("the same again changed %+v", same)
	}
	if d := must[catalog.Draft](t)(w.catalog.GetDraft(w.ctx, w.dora, "MINI")); doc(t, d.Document).Name != "Third" {
		t.Errorf("draft %s", d.Document)
	}
}

// Ensure a draft may be wrong, as long as it can be read and has a name, and
// publishing is all or nothing.
func TestImportProblems(t *testing.T) {
	w := newWorld(t)
	wrong := yaml(minimal, "type: text", "type: nonsense")
	if d := w.draft(wrong); d.Status != "draft" {
		t.Errorf("%+v", d)
	}
	before := w.state()
	_, err := w.catalog.Import(w.ctx, w.dora, catalog.Import{Source: wrong, Publish: true})
	refused(t, err, fault.Invalid, "form.fields.0.type: ")
	_, err = w.catalog.Import(w.ctx, w.dora, catalog.Import{Source: yaml(minimal, "MINI", "FRESH", "type: text", "type: nonsense"), Publish: true})
	refused(t, err, fault.Invalid, "form.fields.0.type: ")
	for name, tt := range map[string]struct {
		as   access.Actor
		in   catalog.Import
		code fault.Code
		says string
	}{
		"nothing":               {w.dora, catalog.Import{}, fault.Invalid, "document: "},
		"no key":                {w.dora, catalog.Import{Source: yaml(minimal, "key: MINI", "key: ''")}, fault.Invalid, "key: "},
		"bad key":               {w.dora, catalog.Import{Source: yaml(minimal, "MINI", "mini")}, fault.Invalid, "key: "},
		"an id for a key":       {w.dora, catalog.Import{Source: yaml(minimal, "MINI", "'0195fe2b-7c33-7a83-b6e0-2b6f3c0c8a01'")}, fault.Invalid, "key: "},
		"no name":               {w.dora, catalog.Import{Source: yaml(minimal, "name: Mini", "name: ''")}, fault.Invalid, "name: "},
		"too long a name":       {w.dora, catalog.Import{Source: yaml(minimal, "Mini", strings.Repeat("m", 300))}, fault.Invalid, "name: "},
		"unknown member":        {w.dora, catalog.Import{Source: yaml(minimal, "group:", "org_id: x\ngroup:")}, fault.Invalid, "org_id: "},
		"case variant":          {w.dora, catalog.Import{Source: catalog.Source{Document: json.RawMessage(`{"key":"A","Name":"B","form":{"fields":[]},"steps":[]}`)}}, fault.Invalid, "Name: "},
		"duplicate":             {w.dora, catalog.Import{Source: catalog.Source{Document: json.RawMessage(`{"key":"A","name":"B","name":"C"}`)}}, fault.Invalid, "name: "},
		"not YAML":              {w.dora, catalog.Import{Source: catalog.Source{YAML: "a: [b"}}, fault.Invalid, "document: "},
		"huge":                  {w.dora, catalog.Import{Source: yaml(minimal, "Mini", strings.Repeat("x", 300_000))}, fault.Invalid, "document: "},
		"a starter":             {w.asha, catalog.Import{Source: yaml(minimal)}, fault.Forbidden, "right to design"},
		"publish without right": {w.drew, catalog.Import{Source: yaml(minimal), Publish: true}, fault.Forbidden, "right to publish"},
		"a note like a book":    {w.dora, catalog.Import{Source: yaml(minimal), Publish: true, Note: strings.Repeat("n", 2001)}, fault.Invalid, "note: "},
	} {
		_, err := w.catalog.Import(w.ctx, tt.as, tt.in)
		if fault.CodeOf(err) != tt.code {
			t.Errorf("%s: %v, want %s", name, err, tt.code)
			continue
		}
		refused(t, err, tt.code, tt.says)
	}
	if w.state() != before {
		t.Error("something was changed")
	}
}

// Ensure what one language could not read again is refused in the other.
func TestImportTooLongToExport(t *testing.T) {
	w := newWorld(t)
	for language, entries := range map[string]int{"JSON": 100_000, "YAML": 45_000} {
		src := yaml(minimal, "Mini", "Mini\nnotify: {events: all, stakeholders: ["+strings.Repeat("a,", entries)+"]}")
		_, err := w.catalog.Import(w.ctx, w.dora, catalog.Import{Source: src})
		refused(t, err, fault.Invalid, "document: ", "bytes as "+language)
	}
	w.draft(yaml(minimal, "Mini", "Mini\nnotify: {events: all, stakeholders: ["+strings.Repeat("a,", 25_000)+"]}"))
	f := must[catalog.File](t)(w.catalog.Export(w.ctx, w.dora, catalog.Export{Workflow: "MINI"}))
	w.draft(catalog.Source{YAML: f.Content})
}

// Ensure two organizations keep workflows of the same key apart.
func TestImportForeign(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	before := w.state()
	eve := w.stranger()
	s := must[catalog.WorkflowSummary](t)(w.catalog.Import(w.ctx, eve, catalog.Import{Source: yaml(minimal, "Mini", "Eve's"), Publish: true}))
	if s.Version != 1 || s.Owner.ID != eve.User {
		t.Errorf("%+v", s)
	}
	if w.state() != before {
		t.Error("another organization was changed")
	}
}

// Ensure the same file imported by many at once makes one workflow and one version.
func TestImportAtOnce(t *testing.T) {
	w := newWorld(t)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			if _, err := w.catalog.Import(w.ctx, w.dora, catalog.Import{Source: yaml(minimal), Publish: true}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := dbtest.Get[string](t, w.org, `SELECT (SELECT count(*) FROM workflows) || ' ' || (SELECT count(*) FROM versions)`); n != "1 1" {
		t.Errorf("workflows and versions: %s", n)
	}
}

// Ensure a repeated request answers the same and does not undo what came later.
func TestImportRepeated(t *testing.T) {
	w := newWorld(t)
	in := catalog.Import{Source: yaml(minimal), Key: catalog.Key{Key: "k"}}
	must[catalog.WorkflowSummary](t)(w.catalog.Import(w.ctx, w.dora, in))
	w.draft(yaml(minimal, "Mini", "Later"))
	if s := must[catalog.WorkflowSummary](t)(w.catalog.Import(w.ctx, w.dora, in)); s.Name != "Later" {
		t.Errorf("%+v", s)
	}
	in.Key.Hash[3] = 1
	_, err := w.catalog.Import(w.ctx, w.dora, in)
	refused(t, err, fault.Invalid, "Idempotency-Key")
}
