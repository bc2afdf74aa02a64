package catalog_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
	"github.com/handstamp/handstamp/library"
)

// Ensure the whole library publishes in an organization that has what it asks
// for, and installing it again changes nothing.
func TestInstallLibrary(t *testing.T) {
	w := newWorld(t)
	for _, e := range must[catalog.LibraryPage](t)(w.catalog.LibraryList(w.ctx, w.asha)).Items {
		if e.Installed || e.Key == "" || e.Steps < 3 || e.Description == "" {
			t.Errorf("before %+v", e)
		}
	}
	for _, e := range library.All() {
		for _, s := range e.Document.Steps {
			if s.Assignee != nil && s.Assignee.Role != "" {
				w.org.Role(t, s.Assignee.Role)
			}
			if s.Assignee != nil && s.Assignee.Dept != "" {
				w.org.Department(t, s.Assignee.Dept)
			}
		}
	}
	if err := w.catalog.InstallLibrary(w.ctx, w.dora); err != nil {
		t.Fatal(err)
	}
	l := must[catalog.WorkflowList](t)(w.catalog.List(w.ctx, w.dora, catalog.List{}))
	if len(l.Items) != len(library.All()) {
		t.Errorf("%d workflows: %s", len(l.Items), keys(l))
	}
	for _, item := range l.Items {
		if item.Status != "published" || item.Version != 1 || item.Draft {
			t.Errorf("%+v", item)
		}
	}
	for _, e := range must[catalog.LibraryPage](t)(w.catalog.LibraryList(w.ctx, w.asha)).Items {
		if !e.Installed {
			t.Errorf("after %+v", e)
		}
	}
	if err := w.catalog.InstallLibrary(w.ctx, w.dora, "leave-application"); err != nil {
		t.Fatal(err)
	}
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM versions`); n != len(library.All()) {
		t.Errorf("%d versions", n)
	}
}

// Ensure what cannot be installed says which and why.
func TestInstallLibraryRefuses(t *testing.T) {
	w := newWorld(t)
	refused(t, w.catalog.InstallLibrary(w.ctx, w.dora, "no-such"), fault.NotFound, `"no-such"`)
	refused(t, w.catalog.InstallLibrary(w.ctx, w.drew, "leave-application"), fault.Forbidden, "right to publish")
	w.org.Exec(t, `DELETE FROM attribute_types`)
	refused(t, w.catalog.InstallLibrary(w.ctx, w.dora, "leave-application"), fault.Invalid, "install leave-application", "leave_balance")
}
