package catalog_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure designers read the versions, each as it was published, and nobody else.
func TestVersions(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	w.publish(yaml(minimal, "Mini", "Second"))
	l := must[catalog.VersionList](t)(w.catalog.ListVersions(w.ctx, w.drew, "MINI")).Items
	if len(l) != 2 || l[0].No != 2 || l[1].No != 1 || l[0].PublishedBy.Name != "Dora Designer" || l[0].PublishedAt.Before(l[1].PublishedAt) {
		t.Errorf("%+v", l)
	}
	for no, name := range map[int]string{1: "Mini", 2: "Second"} {
		v := must[catalog.WorkflowVersion](t)(w.catalog.GetVersion(w.ctx, w.petra, "MINI", no))
		if v.No != no || doc(t, v.Document).Name != name || v.Note != "First" {
			t.Errorf("%+v", v)
		}
	}
	for _, no := range []int{0, 3, -1} {
		_, err := w.catalog.GetVersion(w.ctx, w.dora, "MINI", no)
		refused(t, err, fault.NotFound, "no version")
	}
	_, err := w.catalog.GetVersion(w.ctx, w.asha, "MINI", 1)
	refused(t, err, fault.Forbidden, "Only designers")
	_, err = w.catalog.ListVersions(w.ctx, w.asha, "MINI")
	refused(t, err, fault.Forbidden, "Only designers")
	eve := w.stranger()
	_, err = w.catalog.GetVersion(w.ctx, eve, "MINI", 1)
	refused(t, err, fault.NotFound)
	_, err = w.catalog.ListVersions(w.ctx, eve, "MINI")
	refused(t, err, fault.NotFound)
}
