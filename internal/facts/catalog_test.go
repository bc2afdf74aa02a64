package facts_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
	"github.com/handstamp/handstamp/internal/facts"
)

// Ensure a list costs one trip for all versions it meets for the first time and
// none afterwards, and one broken version does not cost the others.
func TestWarm(t *testing.T) {
	t.Parallel()
	org := dbtest.New(t).Org(t)
	ada := org.User(t, "Ada", dbtest.InDepartment("HR"))
	w := db.NewID()
	org.Exec(t, `INSERT INTO workflows (id, key, name, prefix, owner_id) VALUES ($1, 'W', 'W', 'W', $2)`, w, ada.User)
	var ids []uuid.UUID
	for no, rule := range []string{`user.department == "HR"`, `user.department == "IT"`, `user.nothing == 1.0`, `user.department == params.dept`} {
		doc, ps := workflow.ParseYAML([]byte("key: W\nname: W\ngroup: G\nvisible_to: '" + rule + "'\n" +
			"params: [{name: dept, type: department, value: HR}]\nform: {fields: []}\nsteps: [{id: s, type: start}, {id: e, type: end}]\n"))
		if len(ps) > 0 {
			t.Fatal(ps)
		}
		text, err := doc.JSON()
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, db.NewID())
		org.Exec(t, `INSERT INTO versions (id, workflow_id, no, document, hash) VALUES ($1, $2, $3, $4, '')`, ids[no], w, no+1, json.RawMessage(text))
	}
	d, versions, trips := dbtest.New(t).DB, facts.NewVersions(), 0
	send := func(b *db.Batch) error { trips++; return d.Read(t.Context(), org.ID, b) }
	var v facts.Viewer
	b := db.NewBatch()
	facts.QueueViewer(b, ada.User, &v)
	if err := d.Read(t.Context(), org.ID, b); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		known, err := versions.Warm([]uuid.UUID{ids[0], ids[1], ids[3]}, send)
		if err != nil || len(known) != 3 || trips != 1 {
			t.Fatalf("%d versions in %d trips: %v", len(known), trips, err)
		}
		for i, want := range map[int]bool{0: true, 1: false, 3: true} {
			if v.Sees(known[ids[i]]) != want {
				t.Errorf("rule %d: %v", i, !want)
			}
		}
	}
	known, err := versions.Warm(ids, send)
	if err != nil || known[ids[2]] != nil || known[ids[0]] == nil || v.Sees(known[ids[2]]) {
		t.Errorf("with a broken one %v %v", known, err)
	}
	if v.Today != v.Now.Format(time.DateOnly) || v.Org["slug"] != org.Slug {
		t.Errorf("the viewer is %+v", v)
	}
}
