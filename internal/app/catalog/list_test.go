package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
)

// shelf publishes workflows with and without rules, and leaves one a draft and
// one unpublished.
func shelf(w *world) {
	for key, rule := range map[string]string{
		"ALL":    "",
		"HRONLY": `visible_to: user.department == "HR"`,
		"SENIOR": `visible_to: user.level_rank >= 5.0 && !(user.department in ["HR"])`,
		"EMPTY":  `visible_to: user.leave_balance > 3.0`, // null for everybody: an error never matches
		"PARAM":  "visible_to: user.department == params.dept\nparams: [{name: dept, type: department, value: ENG}]",
		"GONE":   "",
	} {
		group := "HR"
		if key == "ALL" {
			group = "ENG"
		}
		w.publish(yaml(minimal, "MINI", key, "Mini", "Workflow "+key, "IT", group+"\n"+rule))
	}
	w.draft(yaml(minimal, "MINI", "DRAFT"))
	must[catalog.WorkflowSummary](w.t)(w.catalog.Unpublish(w.ctx, w.dora, "GONE", catalog.Key{}))
}

// Ensure people see what is published for them and designers see everything,
// the own department's first, on a warm and on a cold server.
func TestListVisibility(t *testing.T) {
	w := newWorld(t)
	shelf(w)
	for name, tt := range map[string]struct {
		as   access.Actor
		want string
	}{
		"engineer": {w.asha, "ALL PARAM SENIOR"},
		"HR":       {w.hana, "HRONLY ALL"},
		"nobody's": {w.vera, "ALL"},
		"designer": {w.dora, "EMPTY GONE HRONLY PARAM SENIOR ALL DRAFT"},
		"drafter":  {w.drew, "DRAFT ALL EMPTY GONE HRONLY PARAM SENIOR"},
	} {
		for temperature, s := range map[string]*catalog.Service{"warm": w.catalog, "cold": w.fresh()} {
			l := must[catalog.WorkflowList](t)(s.List(w.ctx, tt.as, catalog.List{}))
			if keys(l) != tt.want {
				t.Errorf("%s, %s: %s, want %s", name, temperature, keys(l), tt.want)
			}
			for _, item := range l.Items {
				_, err := s.Get(w.ctx, tt.as, item.Key, 0)
				if err != nil {
					t.Errorf("%s sees %s in the list alone: %v", name, item.Key, err)
				}
			}
		}
	}
	for _, key := range []string{"HRONLY", "DRAFT", "GONE", "EMPTY"} {
		_, err := w.catalog.Get(w.ctx, w.asha, key, 0)
		refused(t, err, fault.NotFound, "no such workflow")
	}
	if l := must[catalog.WorkflowList](t)(w.catalog.List(w.ctx, w.stranger(), catalog.List{})); len(l.Items)+len(l.Groups) != 0 {
		t.Errorf("another organization sees %+v", l)
	}
}

// Ensure groups are counted over what the caller sees and the search finds, the
// own department's first and by its name.
func TestListGroups(t *testing.T) {
	w := newWorld(t)
	shelf(w)
	show := func(as access.Actor, in catalog.List) string {
		l := must[catalog.WorkflowList](t)(w.catalog.List(w.ctx, as, in))
		var out []string
		for _, g := range l.Groups {
			out = append(out, fmt.Sprintf("%s:%s:%d", g.Key, g.Name, g.Count))
		}
		return keys(l) + " / " + strings.Join(out, " ")
	}
	for _, tt := range []struct {
		as   access.Actor
		in   catalog.List
		want string
	}{
		{w.hana, catalog.List{}, "HRONLY ALL / HR:HR department:1 ENG:ENG department:1"},
		{w.asha, catalog.List{}, "ALL PARAM SENIOR / ENG:ENG department:1 HR:HR department:2"},
		{w.asha, catalog.List{Group: "HR"}, "PARAM SENIOR / ENG:ENG department:1 HR:HR department:2"},
		{w.asha, catalog.List{Query: " workflow seni"}, "SENIOR / HR:HR department:1"},
		{w.asha, catalog.List{Query: "hronly"}, " / "},
		{w.asha, catalog.List{Group: "NONE"}, " / ENG:ENG department:1 HR:HR department:2"},
	} {
		if got := show(tt.as, tt.in); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.in, got, tt.want)
		}
	}
}

// Ensure pages meet without gap or overlap, also when what the cursor points to
// is gone.
func TestListPages(t *testing.T) {
	w := newWorld(t)
	for i := range 7 {
		w.publish(yaml(minimal, "MINI", fmt.Sprintf("W%d", i), "Mini", []string{"b", "A", "c", "B", "a", "C", "b"}[i]))
	}
	var all []string
	cursor := ""
	for range 10 {
		l := must[catalog.WorkflowList](t)(w.catalog.List(w.ctx, w.asha, catalog.List{Limit: 3, Cursor: cursor}))
		for _, item := range l.Items {
			all = append(all, item.Name)
		}
		if len(l.Items) == 3 && len(all) == 3 {
			if err := w.catalog.Delete(w.ctx, w.dora, l.Items[2].Key, catalog.Key{}); err != nil {
				t.Fatal(err)
			}
		}
		if cursor = l.NextCursor; cursor == "" {
			break
		}
	}
	if got := strings.Join(all, " "); got != "A a B b b C c" {
		t.Errorf("pages %s", got)
	}
	for _, bad := range []string{"x", "!!!", "bm9uc2Vuc2U", "eyJpIjogNX0"} {
		_, err := w.catalog.List(w.ctx, w.asha, catalog.List{Cursor: bad})
		refused(t, err, fault.Invalid, "cursor: ")
	}
}

// Ensure the list of requests is offered to whoever has some, may see all, or
// works on the workflow.
func TestListRuns(t *testing.T) {
	w := newWorld(t)
	p := w.publish(yaml(minimal))
	run := db.NewID()
	w.org.Exec(t, `INSERT INTO runs (id, workflow_id, version_id, prefix, number, status, initiator_id, root_id, created_by)
		SELECT $1, id, version_id, prefix, 1, 'completed', $2, $1, $2 FROM workflows WHERE id = $3`, run, w.asha.User, p.ID)
	w.org.Exec(t, `INSERT INTO participants (run_id, user_id, roles) VALUES ($1, $2, 1)`, run, w.asha.User)
	for name, tt := range map[string]struct {
		as   access.Actor
		want bool
	}{
		"initiator": {w.asha, true}, "colleague": {w.hana, false}, "who sees all": {w.vera, true}, "designer": {w.drew, true}, "publisher": {w.petra, false},
	} {
		l := must[catalog.WorkflowList](t)(w.catalog.List(w.ctx, tt.as, catalog.List{}))
		if len(l.Items) != 1 || l.Items[0].Can.Runs != tt.want {
			t.Errorf("%s: %+v", name, l.Items)
		}
	}
}

// Ensure a version that no longer compiles disappears from people's lists and
// not the lists themselves.
func TestListBrokenVersion(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal))
	w.publish(yaml(minimal, "MINI", "RULED", "IT", "IT\nvisible_to: user.leave_balance == null"))
	if l := must[catalog.WorkflowList](t)(w.catalog.List(w.ctx, w.asha, catalog.List{})); keys(l) != "MINI RULED" {
		t.Fatalf("before %s", keys(l))
	}
	w.org.Exec(t, `DELETE FROM attribute_types`)
	if l := must[catalog.WorkflowList](t)(w.fresh().List(w.ctx, w.asha, catalog.List{})); keys(l) != "MINI" {
		t.Errorf("a starter sees %s", keys(l))
	}
	if l := must[catalog.WorkflowList](t)(w.fresh().List(w.ctx, w.dora, catalog.List{})); keys(l) != "MINI RULED" {
		t.Errorf("a designer sees %s", keys(l))
	}
}
