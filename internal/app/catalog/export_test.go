package catalog_test

import (
	"encoding/json"
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/library"
)

// Ensure every definition is the same after a round trip, in both languages, and
// the text is, too.
func TestExportRoundTrip(t *testing.T) {
	w := newWorld(t)
	sources := []catalog.Source{yaml(leave), yaml(minimal)}
	for _, e := range library.All() {
		if e.Document.Key != "LEAVE" {
			sources = append(sources, catalog.Source{YAML: string(e.Source)})
		}
	}
	for _, src := range sources {
		given, ps := workflow.ParseYAML([]byte(src.YAML))
		if len(ps) > 0 {
			t.Fatal(ps)
		}
		key := w.draft(src).Key
		for _, format := range []string{"yaml", "json"} {
			f := must[catalog.File](t)(w.catalog.Export(w.ctx, w.drew, catalog.Export{Workflow: key, Format: format}))
			if f.Filename != key+"-draft."+format {
				t.Errorf("%s is called %s", key, f.Filename)
			}
			back := catalog.Source{YAML: f.Content}
			parse := workflow.ParseYAML
			if format == "json" {
				back, parse = catalog.Source{Document: json.RawMessage(f.Content)}, workflow.ParseJSON
			}
			if got, ps := parse([]byte(f.Content)); len(ps) > 0 || got.Hash() != given.Hash() {
				t.Errorf("%s in %s came back as another: %v", key, format, ps)
			}
			before := w.state()
			must[catalog.WorkflowSummary](t)(w.catalog.Import(w.ctx, w.dora, catalog.Import{Source: back}))
			if again := must[catalog.File](t)(w.catalog.Export(w.ctx, w.drew, catalog.Export{Workflow: key, Format: format})); again != f || w.state() != before {
				t.Errorf("%s in %s changed on the way", key, format)
			}
		}
	}
}

// Ensure versions can be taken away by number, the published one by default.
func TestExportVersion(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	w.publish(yaml(minimal, "Mini", "Second"))
	w.draft(yaml(minimal, "Mini", "Third"))
	for no, want := range map[int]string{0: "MINI-v2.yaml Second", 1: "MINI-v1.yaml Mini", 2: "MINI-v2.yaml Second"} {
		f := must[catalog.File](t)(w.catalog.Export(w.ctx, w.petra, catalog.Export{Workflow: "MINI", Version: no}))
		d, ps := workflow.ParseYAML([]byte(f.Content))
		if got := f.Filename + " " + d.Name; got != want || len(ps) > 0 {
			t.Errorf("version %d: %s %v", no, got, ps)
		}
	}
}

// Ensure definitions leave only through designers of the organization.
func TestExportRefuses(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	for name, tt := range map[string]struct {
		as   access.Actor
		in   catalog.Export
		code fault.Code
		says string
	}{
		"a starter":            {w.asha, catalog.Export{Workflow: "MINI"}, fault.Forbidden, "Only designers"},
		"another organization": {w.stranger(), catalog.Export{Workflow: "MINI"}, fault.NotFound, "no such workflow"},
		"no such version":      {w.dora, catalog.Export{Workflow: "MINI", Version: 9}, fault.NotFound, "no version 9"},
		"no such format":       {w.dora, catalog.Export{Workflow: "MINI", Format: "bpmn"}, fault.Invalid, "format: "},
	} {
		_, err := w.catalog.Export(w.ctx, tt.as, tt.in)
		if fault.CodeOf(err) != tt.code {
			t.Errorf("%s: %v, want %s", name, err, tt.code)
			continue
		}
		refused(t, err, tt.code, tt.says)
	}
}
