package runs_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure a delegate decides on behalf of who gave him the task, and history says so.
func TestDelegate(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	task := r.Tasks[0].ID
	_, err := w.runs.Delegate(w.ctx, w.ravi, runs.Delegate{Task: task, To: w.asha.User, Mode: engine.DelegateDecide})
	refused(t, err, fault.Invalid, "own request")
	must[runs.Run](t)(w.runs.Delegate(w.ctx, w.ravi, runs.Delegate{Task: task, To: w.ivan.User, Mode: engine.DelegateDecide, Comment: "I am away"}))
	his := must[runs.Run](t)(w.runs.Get(w.ctx, w.ivan, r.ID.String()))
	if his.Task == nil || his.Task.OnBehalfOf.ID != w.ravi.User {
		t.Fatalf("Ivan sees %+v", his.Task)
	}
	if why := his.Task.Reason; why == nil || why.Text != "I am away" || why.By.ID != w.ravi.User {
		t.Errorf("Ivan reads %+v", why)
	}
	if l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, w.ivan, runs.ListTasks{})); l.Items[0].OnBehalfOf == nil || l.Items[0].OnBehalfOf.Name != "Ravi Menon" {
		t.Errorf("his inbox says %+v", l.Items[0])
	}
	_, err = w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: task, Transition: "hr"})
	refused(t, err, fault.Forbidden, "assigned to somebody else")
	must[runs.Run](t)(w.approve(w.ivan, his, "hr", w.hana.User))
	h := must[runs.Entries](t)(w.runs.History(w.ctx, w.asha, r.ID, "", 0))
	said := false
	for _, e := range h.Items {
		said = said || e.OnBehalfOf != nil && e.OnBehalfOf.ID == w.ravi.User && e.Actor.ID == w.ivan.User
	}
	if !said {
		t.Errorf("the history does not say on whose behalf: %+v", h.Items)
	}
}
