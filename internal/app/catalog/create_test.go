package catalog_test

import (
	"sync"
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
	"github.com/handstamp/handstamp/library"
)

// Ensure a blank canvas belongs to who made it, in the group of his department,
// and could be published as it is.
func TestCreateBlank(t *testing.T) {
	w := newWorld(t)
	c := must[catalog.WorkflowSummary](t)(w.catalog.Create(w.ctx, w.drew, catalog.Create{WorkflowKey: "NEW", Name: "Something new"}))
	if c.Key != "NEW" || c.Group != "IT" || c.Status != "draft" || c.Owner.ID != w.drew.User || !c.Draft || !c.Can.Edit || c.Can.Publish {
		t.Errorf("created %+v", c)
	}
	v := must[catalog.Validation](t)(w.catalog.Validate(w.ctx, w.drew, catalog.Validate{Workflow: "NEW"}))
	if !v.Valid {
		t.Errorf("problems %v", v.Problems)
	}
	g := must[catalog.WorkflowSummary](t)(w.catalog.Create(w.ctx, w.drew, catalog.Create{WorkflowKey: "GROUPED", Name: "In a group", Group: "HR"}))
	if g.Group != "HR" {
		t.Errorf("group %q", g.Group)
	}
}

// Ensure every workflow of the library can be made one's own, under another key
// and name or under its own.
func TestCreateFromLibrary(t *testing.T) {
	w := newWorld(t)
	for _, e := range library.All() {
		c := must[catalog.WorkflowSummary](t)(w.catalog.Create(w.ctx, w.dora, catalog.Create{FromLibrary: e.Slug}))
		if c.Key != e.Document.Key || c.Name != e.Document.Name || c.Group != e.Document.Group {
			t.Errorf("%s: %+v", e.Slug, c)
		}
		own := catalog.Create{FromLibrary: e.Slug, WorkflowKey: "MY_" + e.Document.Key, Name: "My " + e.Document.Name, Group: "ENG"}
		if c := must[catalog.WorkflowSummary](t)(w.catalog.Create(w.ctx, w.dora, own)); c.Key != own.WorkflowKey || c.Name != own.Name || c.Group != "ENG" {
			t.Errorf("%s: %+v", e.Slug, c)
		}
	}
	for _, e := range must[catalog.LibraryPage](t)(w.catalog.LibraryList(w.ctx, w.dora)).Items {
		if !e.Installed {
			t.Errorf("%s is not installed", e.Slug)
		}
	}
}

// Ensure what cannot be a workflow is refused by field, and nothing is left behind.
func TestCreateRefuses(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	before := w.state()
	for name, tt := range map[string]struct {
		as   access.Actor
		in   catalog.Create
		code fault.Code
		says string
	}{
		"no right":        {w.asha, catalog.Create{WorkflowKey: "NEW", Name: "New"}, fault.Forbidden, "right to design"},
		"only publishes":  {w.petra, catalog.Create{WorkflowKey: "NEW", Name: "New"}, fault.Forbidden, "right to design"},
		"no key":          {w.dora, catalog.Create{Name: "New"}, fault.Invalid, "key: "},
		"lower case":      {w.dora, catalog.Create{WorkflowKey: "new", Name: "New"}, fault.Invalid, "key: "},
		"too long a key":  {w.dora, catalog.Create{WorkflowKey: "N23456789012345678901", Name: "New"}, fault.Invalid, "key: "},
		"no name":         {w.dora, catalog.Create{WorkflowKey: "NEW"}, fault.Invalid, "name: "},
		"a key in use":    {w.dora, catalog.Create{WorkflowKey: "MINI", Name: "Other"}, fault.Conflict, "key: "},
		"unknown library": {w.dora, catalog.Create{WorkflowKey: "NEW", Name: "New", FromLibrary: "../secrets"}, fault.Invalid, "from_library: "},
	} {
		_, err := w.catalog.Create(w.ctx, tt.as, tt.in)
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

// Ensure of many who want a key at once one gets it, and the same request sent
// again makes nothing new.
func TestCreateAtOnce(t *testing.T) {
	w := newWorld(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			in := catalog.Create{WorkflowKey: "NEW", Name: "New"}
			if i%2 == 0 {
				in.Key = catalog.Key{Key: "same"}
			}
			if _, err := w.catalog.Create(w.ctx, w.dora, in); err != nil && !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM workflows`); n != 1 {
		t.Errorf("%d workflows", n)
	}
	in := catalog.Create{WorkflowKey: "SECOND", Name: "Second", Key: catalog.Key{Key: "again"}}
	first := must[catalog.WorkflowSummary](t)(w.catalog.Create(w.ctx, w.dora, in))
	if again := must[catalog.WorkflowSummary](t)(w.catalog.Create(w.ctx, w.dora, in)); again.ID != first.ID {
		t.Errorf("%v and %v", first.ID, again.ID)
	}
	in.Key.Hash[0] = 1
	_, err := w.catalog.Create(w.ctx, w.dora, in)
	refused(t, err, fault.Invalid, "Idempotency-Key")
}
