package catalog_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// Ensure a clone is a draft of its own, with blank parameters that have to be
// filled in before it can be published.
func TestClone(t *testing.T) {
	w := newWorld(t)
	source := w.publish(yaml(leave, "key: LEAVE", "key: LEAVE\nprefix: LV"))
	w.draft(yaml(leave, "Most days", "Not published", "key: LEAVE", "key: LEAVE\nprefix: LV"))
	c := must[catalog.WorkflowSummary](t)(w.catalog.Clone(w.ctx, w.drew, catalog.Clone{Workflow: "LEAVE", WorkflowKey: "SICK", Name: "Sick leave"}))
	if c.ID == source.ID || c.Key != "SICK" || c.Name != "Sick leave" || c.Status != "draft" || c.Owner.ID != w.drew.User || c.Group != "HR" {
		t.Errorf("clone %+v", c)
	}
	d := must[catalog.Draft](t)(w.catalog.GetDraft(w.ctx, w.drew, "SICK"))
	if got := doc(t, d.Document); got.Prefix != "" || got.Params[0].Value != nil || got.Params[0].Label != "Most days" || got.Canvas["manager"] != [2]float64{320, 80.5} {
		t.Errorf("document %+v", got)
	}
	if len(d.Problems) != 1 || d.Problems[0].Path != "params.0.value" {
		t.Errorf("problems %v", d.Problems)
	}
	_, err := w.catalog.Publish(w.ctx, w.dora, catalog.Publish{Workflow: "SICK"})
	refused(t, err, fault.Invalid, "params.0.value: ")
	if g := must[catalog.Workflow](t)(w.catalog.Get(w.ctx, w.dora, "LEAVE", 0)); doc(t, g.Document).Params[0].Value != 10.0 {
		t.Error("the source was changed")
	}
}

// Ensure the library can be cloned by its slug, and a clone of a clone still
// tells where it comes from.
func TestCloneLibrary(t *testing.T) {
	w := newWorld(t)
	must[catalog.WorkflowSummary](t)(w.catalog.Clone(w.ctx, w.dora, catalog.Clone{Workflow: "expense-claim", WorkflowKey: "EXP", Name: "Expenses"}))
	must[catalog.WorkflowSummary](t)(w.catalog.Clone(w.ctx, w.dora, catalog.Clone{Workflow: "EXP", WorkflowKey: "EXP2", Name: "More expenses"}))
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM workflows WHERE library_slug = 'expense-claim'`); n != 2 {
		t.Errorf("%d come from the library", n)
	}
}

// Ensure nobody clones what he may not see or without the right to design.
func TestCloneRefuses(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	before := w.state()
	for name, tt := range map[string]struct {
		as   access.Actor
		in   catalog.Clone
		code fault.Code
		says string
	}{
		"a starter":                    {w.asha, catalog.Clone{Workflow: "MINI", WorkflowKey: "NEW", Name: "New"}, fault.Forbidden, "right to design"},
		"a starter, from the library":  {w.asha, catalog.Clone{Workflow: "expense-claim", WorkflowKey: "NEW", Name: "New"}, fault.Forbidden, "right to design"},
		"another organization":         {w.stranger(), catalog.Clone{Workflow: "MINI", WorkflowKey: "NEW", Name: "New"}, fault.NotFound, "no such workflow"},
		"no such workflow":             {w.dora, catalog.Clone{Workflow: "nope", WorkflowKey: "NEW", Name: "New"}, fault.NotFound, "no such workflow"},
		"its own key":                  {w.dora, catalog.Clone{Workflow: "MINI", WorkflowKey: "MINI", Name: "New"}, fault.Conflict, "key: "},
		"neither key nor name":         {w.dora, catalog.Clone{Workflow: "MINI"}, fault.Invalid, "name: "},
		"a key with a case of its own": {w.dora, catalog.Clone{Workflow: "MINI", WorkflowKey: "New", Name: "New"}, fault.Invalid, "key: "},
	} {
		_, err := w.catalog.Clone(w.ctx, tt.as, tt.in)
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
