package catalog_test

import (
	"encoding/json"
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure everybody reads what is published, and only designers what is not.
func TestGet(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	w.publish(yaml(minimal, "label: What", "label: What do you need"))
	w.draft(yaml(minimal, "label: What", "label: Drafted", "type: text", "type: nonsense"))
	for name, as := range map[string]access.Actor{"starter": w.asha, "designer": w.dora, "publisher": w.petra} {
		g := must[catalog.Workflow](t)(w.catalog.Get(w.ctx, as, "MINI", 0))
		if d := doc(t, g.Document); d.Form.Fields[0].Label != "What do you need" || len(g.Problems) != 0 {
			t.Errorf("%s reads %+v %v", name, d.Form, g.Problems)
		}
		if designs := name != "starter"; g.Draft != designs || (len(g.Versions) == 2) != designs || g.Versions[0].No != 2 {
			t.Errorf("%s is told %+v", name, g)
		}
	}
	g := must[catalog.Workflow](t)(w.catalog.Get(w.ctx, w.dora, "MINI", 1))
	if d := doc(t, g.Document); d.Form.Fields[0].Label != "What" {
		t.Errorf("version 1 is %+v", d.Form)
	}
	must[catalog.Workflow](t)(w.catalog.Get(w.ctx, w.asha, "MINI", 2))
	for _, as := range []access.Actor{w.asha, w.dora} {
		_, err := w.catalog.Get(w.ctx, as, "MINI", 3)
		refused(t, err, fault.NotFound, "no version 3")
	}
	_, err := w.catalog.Get(w.ctx, w.asha, "MINI", 1)
	refused(t, err, fault.NotFound, "no version 1")
	_, err = w.catalog.Get(w.ctx, w.dora, "MINI", -1)
	refused(t, err, fault.NotFound, "no version -1")
}

// Ensure what was never published is shown to designers as the draft it is, and
// what was unpublished as it was.
func TestGetUnpublished(t *testing.T) {
	w := newWorld(t)
	w.draft(yaml(minimal, "type: text", "type: nonsense"))
	g := must[catalog.Workflow](t)(w.catalog.Get(w.ctx, w.drew, "MINI", 0))
	if g.Status != "draft" || len(g.Problems) != 1 || g.Problems[0].Path != "form.fields.0.type" || len(g.Versions) != 0 {
		t.Errorf("draft %+v", g)
	}
	id := w.publish(yaml(leave)).ID.String()
	must[catalog.WorkflowSummary](t)(w.catalog.Unpublish(w.ctx, w.dora, "LEAVE", catalog.Key{}))
	g = must[catalog.Workflow](t)(w.catalog.Get(w.ctx, w.drew, id, 0))
	if g.Status != "unpublished" || doc(t, g.Document).Name != "Leave application" || g.Version != 1 || g.Can.Start {
		t.Errorf("unpublished %+v", g.WorkflowSummary)
	}
	for _, key := range []string{"MINI", "LEAVE", id, "NOPE", ""} {
		_, err := w.catalog.Get(w.ctx, w.asha, key, 0)
		refused(t, err, fault.NotFound, "no such workflow")
	}
	for _, key := range []string{"MINI", id} {
		_, err := w.catalog.Get(w.ctx, w.stranger(), key, 0)
		refused(t, err, fault.NotFound, "no such workflow")
	}
}

// Ensure a reply reads as the contract says.
func TestGetReply(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	g := must[catalog.Workflow](t)(w.catalog.Get(w.ctx, w.asha, "MINI", 0))
	b, err := json.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	can, _ := json.Marshal(m["can"])
	want := `{"clone":false,"delete":false,"edit":false,"export":false,"publish":false,"runs":false,"start":true,"statistics":false,"unpublish":false,"view":true}`
	if string(can) != want || m["status"] != "published" || m["version"] != 1.0 || m["document"].(map[string]any)["key"] != "MINI" {
		t.Errorf("reply %s", b)
	}
	if owner := m["owner"].(map[string]any); owner["name"] != "Dora Designer" || owner["department"] != "HR department" {
		t.Errorf("owner %v", owner)
	}
}

// Ensure a workflow that starts others says what they are called, and one that starts none
// says nothing.
func TestGetNamesWhatItStarts(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	w.publish(yaml(`
key: CALLS
name: Calls
group: Test
form: {fields: []}
steps:
  - {id: submit, type: start}
  - {id: call, type: workflow, starts: {workflow: MINI, wait: none}, transitions: [{id: on, to: end}]}
  - {id: end, type: end}
`))
	g := must[catalog.Workflow](t)(w.catalog.Get(w.ctx, w.asha, "CALLS", 0))
	if len(g.Starts) != 1 || g.Starts["MINI"] == "" || g.Starts["MINI"] == "MINI" {
		t.Errorf("it starts %v", g.Starts)
	}
	if g := must[catalog.Workflow](t)(w.catalog.Get(w.ctx, w.asha, "MINI", 0)); g.Starts != nil {
		t.Errorf("the other one starts %v", g.Starts)
	}
}
