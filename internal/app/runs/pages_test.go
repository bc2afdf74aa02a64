package runs_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure lists show each person what he may see, and pages follow each other
// without gap or repetition.
func TestLists(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		w.start()
	}
	seen := map[string]bool{}
	cursor := ""
	for range 3 {
		l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.ravi, runs.ListTasks{Limit: 2, Cursor: cursor}))
		for _, x := range l.Items {
			seen[x.Number] = true
			if x.StepName != "Manager" || x.Initiator.Name != "Asha Rao" || !x.Can.Complete {
				t.Errorf("row %+v", x)
			}
		}
		cursor = l.NextCursor
	}
	if len(seen) != 5 || cursor != "" {
		t.Errorf("saw %v, then %q", seen, cursor)
	}
	l0 := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.ravi, runs.ListTasks{Limit: 1}))
	must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: l0.Items[0].ID, Transition: "reject", Comment: "No"}))
	tests := map[string]struct {
		as   actor
		in   runs.List
		want int
	}{
		"mine":         {w.asha, runs.List{}, 5},
		"mine, none":   {w.ravi, runs.List{}, 0},
		"involved":     {w.ravi, runs.List{View: "involved"}, 5},
		"not involved": {w.meera, runs.List{View: "involved"}, 0},
		"all":          {w.admin, runs.List{View: "all"}, 5},
		"all of one":   {w.admin, runs.List{View: "all", Workflow: "ACCESS"}, 0},
		"by status":    {w.asha, runs.List{Status: []string{"completed"}}, 1},
		"by words":     {w.asha, runs.List{Query: "leave-3"}, 1},
		"at a step":    {w.asha, runs.List{Step: "manager"}, 4},
		"at no step":   {w.asha, runs.List{Step: "hr"}, 0},
		"all at step":  {w.admin, runs.List{View: "all", Workflow: "LEAVE", Step: "manager"}, 4},
		"by outcome":   {w.asha, runs.List{Outcome: "rejected"}, 1},
		"all, outcome": {w.admin, runs.List{View: "all", Outcome: "rejected"}, 1},
		"from her":     {w.admin, runs.List{View: "all", Initiator: w.asha.User}, 5},
		"from him":     {w.ravi, runs.List{View: "involved", Initiator: w.ravi.User}, 0},
		"another org":  {w.env.Org(t).User(t, "Eve"), runs.List{View: "involved"}, 0},
	}
	for name, tt := range tests {
		l, err := w.runs.List(w.ctx, tt.as, tt.in)
		if err != nil || len(l.Items) != tt.want {
			t.Errorf("%s: %d rows, %v, want %d", name, len(l.Items), err, tt.want)
		}
	}
	_, err := w.runs.List(w.ctx, w.asha, runs.List{View: "all"})
	refused(t, err, fault.Forbidden, "not all of them")
	_, err = w.runs.List(w.ctx, w.asha, runs.List{Cursor: "x"})
	refused(t, err, fault.Invalid, "cursor: ")
	l := must[runs.RunList](t)(w.runs.List(w.ctx, w.asha, runs.List{Limit: 1}))
	if l = must[runs.RunList](t)(w.runs.List(w.ctx, w.asha, runs.List{Limit: 1, Cursor: l.NextCursor})); l.Items[0].Holders[0].Name != "Ravi Menon" || l.Items[0].StepNames[0] != "Manager" {
		t.Errorf("row %+v", l.Items[0])
	}
}

// Ensure history tells what happened in order, without what the reader may not see.
func TestHistory(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	r = must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.meera.User))
	must[runs.Run](t)(w.runs.Complete(w.ctx, w.meera, runs.Complete{Task: r.Tasks[0].ID, Transition: "ok", Values: map[string]any{"hr_note": "secret"}}))
	h := must[runs.Entries](t)(w.runs.History(w.ctx, w.asha, r.ID, "", 0))
	var got []string
	for _, e := range h.Items {
		got = append(got, e.Type)
		for _, f := range e.Fields {
			if f.Name == "hr_note" {
				t.Error("the requester reads that the hidden note changed")
			}
		}
	}
	if h.Items[0].Comment != "Please" || h.Items[0].Actor.Name != "Asha Rao" || got[len(got)-1] != "run.completed" {
		t.Errorf("history %v", got)
	}
	page := must[runs.Entries](t)(w.runs.History(w.ctx, w.asha, r.ID, "", 3))
	next := must[runs.Entries](t)(w.runs.History(w.ctx, w.asha, r.ID, page.NextCursor, 100))
	if len(page.Items)+len(next.Items) != len(h.Items) || next.Items[0].Seq != 4 {
		t.Errorf("pages of %d and %d", len(page.Items), len(next.Items))
	}
	_, err := w.runs.History(w.ctx, w.ivan, r.ID, "", 0)
	refused(t, err, fault.NotFound, "no such request")
}

// Ensure remarks are added by those who see the run, also after its end.
func TestComments(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	c := must[runs.Comment](t)(w.runs.AddComment(w.ctx, w.ravi, r.ID, "  Which project? ", runs.Key{Key: "c"}))
	again := must[runs.Comment](t)(w.runs.AddComment(w.ctx, w.ravi, r.ID, "Which project?", runs.Key{Key: "c"}))
	if c.Text != "Which project?" || again.ID != c.ID || !again.At.Equal(c.At) {
		t.Errorf("added %+v, then %+v", c, again)
	}
	_, err := w.runs.AddComment(w.ctx, w.asha, r.ID, "  ", runs.Key{})
	refused(t, err, fault.Invalid, "text: ")
	_, err = w.runs.AddComment(w.ctx, w.ivan, r.ID, "hello", runs.Key{})
	refused(t, err, fault.NotFound, "no such request")
	l := must[runs.CommentList](t)(w.runs.ListComments(w.ctx, w.asha, r.ID, "", 0))
	if len(l.Items) != 2 || l.Items[1].Author.Name != "Ravi Menon" {
		t.Errorf("comments %+v", l.Items)
	}
}

// Ensure a page names the people whom the form's values name.
func TestPeopleInValues(t *testing.T) {
	w := newWorld(t)
	w.publish(`
key: BUDDY
name: Buddy
group: HR
form: {fields: [{name: buddy, type: user, label: Buddy}]}
steps:
  - {id: s, type: start}
  - {id: b, type: task, assignee: {strategy: field, field: buddy}, transitions: [{id: ok, to: e}]}
  - {id: e, type: end, outcome: done}
`)
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "BUDDY", Values: map[string]any{"buddy": w.ivan.User.String()}}))
	got := must[runs.Run](t)(w.runs.Get(w.ctx, w.asha, r.Number))
	if len(got.People) != 1 || got.People[0].Name != "Ivan Petrov" || got.Tasks[0].Assignee.Name != "Ivan Petrov" {
		t.Errorf("people %+v, tasks %+v", got.People, got.Tasks)
	}
	foreign := w.env.Org(t).User(t, "Foreign")
	_, err := w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "BUDDY", Values: map[string]any{"buddy": foreign.User.String()}})
	refused(t, err, fault.Invalid, "values.buddy: ")
}
