package catalog_test

import (
	"sync"
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// Ensure publishing makes a version, moves its settings to the workflow and
// remembers what it refers to.
func TestPublish(t *testing.T) {
	w := newWorld(t)
	d := w.draft(yaml(leave))
	if d.Status != "draft" || !d.Draft || d.Version != 0 || !d.Can.Publish || d.Can.Start {
		t.Fatalf("draft %+v", d)
	}
	p := must[catalog.WorkflowSummary](t)(w.catalog.Publish(w.ctx, w.petra, catalog.Publish{Workflow: "LEAVE", Note: " As agreed "}))
	if p.Status != "published" || p.Draft || p.Version != 1 || p.Name != "Leave application" || p.Group != "HR" || !p.Can.Start || p.Can.Publish {
		t.Errorf("published %+v", p)
	}
	refs := dbtest.Get[string](t, w.org, `SELECT string_agg(kind || ':' || ref, ' ' ORDER BY kind, ref) FROM version_refs`)
	if refs != "attribute:leave_balance department:HR" {
		t.Errorf("references %s", refs)
	}
	v := must[catalog.VersionList](t)(w.catalog.ListVersions(w.ctx, w.dora, "LEAVE")).Items
	if len(v) != 1 || v[0].Note != "As agreed" || v[0].PublishedBy == nil || v[0].PublishedBy.ID != w.petra.User {
		t.Errorf("versions %+v", v)
	}
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM audit WHERE action = 'workflows.publish' AND actor_id = $1 AND object_id = $2`, w.petra.User, d.ID); n != 1 {
		t.Errorf("%d lines of audit", n)
	}
}

// Ensure an unchanged definition stays the version it is, whether it is
// published again at once or after a draft that took everything back.
func TestPublishUnchanged(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(leave))
	p := must[catalog.WorkflowSummary](t)(w.catalog.Publish(w.ctx, w.dora, catalog.Publish{Workflow: "LEAVE"}))
	if p.Version != 1 {
		t.Errorf("version %d without a draft", p.Version)
	}
	for _, name := range []string{"Leave", "Leave application"} {
		w.draft(yaml(leave, "Leave application", name))
	}
	p = must[catalog.WorkflowSummary](t)(w.catalog.Publish(w.ctx, w.dora, catalog.Publish{Workflow: "LEAVE"}))
	if p.Version != 1 || p.Draft {
		t.Errorf("after taking it back %+v", p)
	}
	w.draft(yaml(leave, "Leave application", "Leave"))
	p = must[catalog.WorkflowSummary](t)(w.catalog.Publish(w.ctx, w.dora, catalog.Publish{Workflow: "LEAVE"}))
	if p.Version != 2 || p.Name != "Leave" {
		t.Errorf("after a change %+v", p)
	}
}

// Ensure a definition with problems is refused with all of them, and nothing
// changes.
func TestPublishRefusesProblems(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal, "key: MINI", "key: OTHER\nprefix: TAKEN"))
	w.draft(yaml(leave,
		"key: LEAVE", "key: LEAVE\nprefix: TAKEN\nvisible_to: user.nobody == 1\nnotify: {stakeholders: [ghost@example.com]}",
		"value: 10, ", "",
		"{strategy: manager}", "{strategy: role, role: wizard}",
		"to: approved", "to: nowhere",
		"type: end, outcome: approved", "type: delay",
		"form.days <= params.most", "form.day <= params.most"))
	before := w.state()
	_, err := w.catalog.Publish(w.ctx, w.dora, catalog.Publish{Workflow: "LEAVE"})
	refused(t, err, fault.Invalid, "prefix: ", "visible_to: ", "notify.stakeholders.0: ", "params.0.value: ", "steps.manager.assignee.role: ",
		"steps.hr.transitions.0.to: ", "steps.approved.type: ", "form.fields.0.rules.0.check: ")
	if w.state() != before {
		t.Error("something was changed")
	}
}

// Ensure names of people, departments and roles are looked up in this
// organization alone, by email in any letter case or by id.
func TestPublishNamesPeople(t *testing.T) {
	w := newWorld(t)
	email := dbtest.Get[string](t, w.org, `SELECT upper(email) FROM users WHERE id = $1`, w.hana.User)
	gone := w.org.User(t, "Gone", dbtest.Disabled())
	for who, ok := range map[string]bool{
		email: true, w.hana.User.String(): true, gone.User.String(): false, w.stranger().User.String(): false, "nobody@example.com": false,
	} {
		src := yaml(minimal, "{id: ask, type: start}, ",
			"{id: ask, type: start}, {id: it, type: task, assignee: {strategy: user, user: '"+who+"'}, transitions: [{id: ok, to: done}]}, ")
		v := must[catalog.Validation](t)(w.catalog.Validate(w.ctx, w.dora, catalog.Validate{Source: src}))
		if v.Valid != ok {
			t.Errorf("%s: %+v", who, v)
		}
	}
	src := yaml(minimal, "{id: ask, type: start}, ",
		"{id: ask, type: start}, {id: it, type: task, assignee: {strategy: user, user: '"+email+"'}, transitions: [{id: ok, to: head}]}, "+
			"{id: head, type: task, assignee: {strategy: department, department: ENG}, transitions: [{id: ok, to: done}]}, ")
	w.publish(src)
	refs := dbtest.Get[string](t, w.org, `SELECT string_agg(kind || ':' || ref, ' ' ORDER BY kind, ref) FROM version_refs`)
	if want := dbtest.Get[string](t, w.org, `SELECT 'department:ENG user:' || email FROM users WHERE id = $1`, w.hana.User); refs != want {
		t.Errorf("references %s, want %s", refs, want)
	}
}

// Ensure the key stays what it is after the first publish, and may change before.
func TestPublishKey(t *testing.T) {
	w := newWorld(t)
	id := w.draft(yaml(minimal)).ID.String()
	rev := must[catalog.Draft](t)(w.catalog.GetDraft(w.ctx, w.dora, id)).Revision
	must[catalog.DraftSaved](t)(w.catalog.SaveDraft(w.ctx, w.dora, catalog.SaveDraft{Workflow: id, Revision: rev, Source: yaml(minimal, "MINI", "SMALL")}))
	if p := must[catalog.WorkflowSummary](t)(w.catalog.Publish(w.ctx, w.dora, catalog.Publish{Workflow: id})); p.Key != "SMALL" {
		t.Errorf("published as %s", p.Key)
	}
	saved := must[catalog.DraftSaved](t)(w.catalog.SaveDraft(w.ctx, w.dora, catalog.SaveDraft{Workflow: id, Revision: rev + 1, Source: yaml(minimal, "MINI", "TINY")}))
	if len(saved.Problems) != 1 || saved.Problems[0].Path != "key" {
		t.Errorf("problems %v", saved.Problems)
	}
	_, err := w.catalog.Publish(w.ctx, w.dora, catalog.Publish{Workflow: id})
	refused(t, err, fault.Invalid, "key: ", "SMALL")
	if s := must[catalog.Workflow](t)(w.catalog.Get(w.ctx, w.asha, "SMALL", 0)); s.Version != 1 {
		t.Errorf("%+v", s.WorkflowSummary)
	}
}

// Ensure a draft without group gets that of the publisher's department, and a
// publisher without department is told.
func TestPublishGroup(t *testing.T) {
	w := newWorld(t)
	w.draft(yaml(minimal))
	d := must[catalog.Draft](t)(w.catalog.GetDraft(w.ctx, w.dora, "MINI"))
	must[catalog.DraftSaved](t)(w.catalog.SaveDraft(w.ctx, w.dora, catalog.SaveDraft{Workflow: "MINI", Revision: d.Revision, Source: yaml(minimal, "group: IT", "group: ''")}))
	_, err := w.catalog.Publish(w.ctx, w.petra, catalog.Publish{Workflow: "MINI"})
	refused(t, err, fault.Invalid, "group: ")
	if p := must[catalog.WorkflowSummary](t)(w.catalog.Publish(w.ctx, w.dora, catalog.Publish{Workflow: "MINI"})); p.Group != "HR" {
		t.Errorf("group %q", p.Group)
	}
}

// Ensure who may not publish cannot, who may not see learns nothing, and another
// organization's workflow is out of reach; nothing changes.
func TestPublishGates(t *testing.T) {
	w := newWorld(t)
	id := w.draft(yaml(minimal)).ID.String()
	w.publish(yaml(leave))
	w.draft(yaml(leave, "Most days", "Limit"))
	before := w.state()
	for name, tt := range map[string]struct {
		as   access.Actor
		ref  string
		code fault.Code
	}{
		"a drafter":                    {w.drew, id, fault.Forbidden},
		"a starter, who sees it":       {w.asha, "LEAVE", fault.Forbidden},
		"a starter, who does not":      {w.asha, id, fault.NotFound},
		"another organization":         {w.stranger(), id, fault.NotFound},
		"another organization, by key": {w.stranger(), "LEAVE", fault.NotFound},
		"no such workflow":             {w.dora, "NOPE", fault.NotFound},
		"an id nobody has":             {w.dora, db.NewID().String(), fault.NotFound},
	} {
		_, err := w.catalog.Publish(w.ctx, tt.as, catalog.Publish{Workflow: tt.ref})
		if fault.CodeOf(err) != tt.code {
			t.Errorf("%s: %v, want %s", name, err, tt.code)
		}
		_, err = w.catalog.Unpublish(w.ctx, tt.as, tt.ref, catalog.Key{})
		if fault.CodeOf(err) != tt.code {
			t.Errorf("%s, unpublish: %v, want %s", name, err, tt.code)
		}
		err = w.catalog.Delete(w.ctx, tt.as, tt.ref, catalog.Key{})
		if fault.CodeOf(err) != tt.code {
			t.Errorf("%s, delete: %v, want %s", name, err, tt.code)
		}
	}
	if w.state() != before {
		t.Error("something was changed")
	}
}

// Ensure many who publish at once make one version, and two workflows never get
// the same prefix.
func TestPublishAtOnce(t *testing.T) {
	w := newWorld(t)
	w.draft(yaml(minimal))
	var wg sync.WaitGroup
	for i := range 12 {
		wg.Go(func() {
			s := w.catalog
			if i%2 == 0 {
				s = w.fresh()
			}
			if p, err := s.Publish(w.ctx, w.dora, catalog.Publish{Workflow: "MINI"}); err != nil || p.Version != 1 {
				t.Errorf("%+v %v", p, err)
			}
		})
	}
	wg.Wait()
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM versions`); n != 1 {
		t.Errorf("%d versions", n)
	}
	for _, key := range []string{"ONE", "TWO", "THREE", "FOUR"} {
		w.draft(yaml(minimal, "key: MINI", "key: "+key+"\nprefix: SAME"))
	}
	won := make(chan string, 4)
	for _, key := range []string{"ONE", "TWO", "THREE", "FOUR"} {
		wg.Go(func() {
			_, err := w.catalog.Publish(w.ctx, w.dora, catalog.Publish{Workflow: key})
			if err == nil {
				won <- key
			} else if !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Invalid) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(won) != 1 {
		t.Errorf("%d workflows have the prefix", len(won))
	}
}

// Ensure the same key repeats the outcome and never publishes what came later.
func TestPublishRepeated(t *testing.T) {
	w := newWorld(t)
	w.draft(yaml(minimal))
	in := catalog.Publish{Workflow: "MINI", Key: catalog.Key{Key: "k", Hash: [32]byte{1}}}
	must[catalog.WorkflowSummary](t)(w.catalog.Publish(w.ctx, w.dora, in))
	w.draft(yaml(minimal, "Mini", "Later"))
	again := must[catalog.WorkflowSummary](t)(w.catalog.Publish(w.ctx, w.dora, in))
	if again.Version != 1 || again.Name != "Mini" || !again.Draft {
		t.Errorf("repeated %+v", again)
	}
	in.Key.Hash = [32]byte{2}
	_, err := w.catalog.Publish(w.ctx, w.dora, in)
	refused(t, err, fault.Invalid, "Idempotency-Key")
}

// Ensure the hash of a version is that of its document as it is read back: rows
// of rules keep what the editor stores in them, whatever order jsonb gives it.
func TestPublishHash(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(leave))
	v := must[catalog.WorkflowVersion](t)(w.catalog.GetVersion(w.ctx, w.dora, "LEAVE", 1))
	if h := dbtest.Get[string](t, w.org, `SELECT hash FROM versions`); h != doc(t, v.Document).Hash() {
		t.Error("the hash is not the document's")
	}
	given, ps := workflow.ParseYAML([]byte(leave))
	if len(ps) > 0 || given.Hash() != doc(t, v.Document).Hash() {
		t.Errorf("the document is not the one that was given %v", ps)
	}
}

// Ensure nobody publishes a draft that was changed after he looked at it.
func TestPublishUnseen(t *testing.T) {
	w := newWorld(t)
	w.draft(yaml(minimal))
	seen := must[catalog.Draft](t)(w.catalog.GetDraft(w.ctx, w.petra, "MINI")).Revision
	s := must[catalog.DraftSaved](t)(w.catalog.SaveDraft(w.ctx, w.drew, catalog.SaveDraft{Workflow: "MINI", Revision: seen, Source: yaml(minimal, "Mini", "Sly")}))
	before := w.state()
	_, err := w.catalog.Publish(w.ctx, w.petra, catalog.Publish{Workflow: "MINI", Revision: seen})
	refused(t, err, fault.Conflict, "Drew Drafter saved another draft on ", "revision: ")
	if w.state() != before {
		t.Error("something was changed")
	}
	p := must[catalog.WorkflowSummary](t)(w.catalog.Publish(w.ctx, w.petra, catalog.Publish{Workflow: "MINI", Revision: s.Revision}))
	if p.Version != 1 || p.Name != "Sly" {
		t.Errorf("%+v", p)
	}
}
