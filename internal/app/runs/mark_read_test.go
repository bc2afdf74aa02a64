package runs_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure a task is unread until its holder opens it, unread again for the next
// holder, and nobody else's opening counts.
func TestMarkRead(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	task := r.Tasks[0].ID
	unread := func(who actor) bool {
		t.Helper()
		l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, who, runs.ListTasks{}))
		if len(l.Items) != 1 {
			t.Fatalf("%d tasks", len(l.Items))
		}
		return l.Items[0].Unread
	}
	if !unread(w.ravi) {
		t.Error("a new task counts as read")
	}
	for name, who := range map[string]actor{"initiator": w.asha, "operator": w.admin, "stranger": w.ivan} {
		if err := w.runs.MarkRead(w.ctx, who, task, runs.Key{}); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range 2 {
		if err := w.runs.MarkRead(w.ctx, w.ravi, task, runs.Key{Key: "k"}); err != nil {
			t.Fatal(err)
		}
	}
	if unread(w.ravi) {
		t.Error("an opened task counts as unread")
	}
	must[runs.Run](t)(w.runs.Reassign(w.ctx, w.ravi, runs.Reassign{Task: task, To: w.meera.User}))
	if !unread(w.meera) {
		t.Error("a task that was handed on counts as read")
	}
}
