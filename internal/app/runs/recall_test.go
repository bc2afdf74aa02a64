package runs_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure a request can be recalled while nobody acted, changed and sent again, and
// afterwards only withdrawn with a reason; then started anew.
func TestRecallWithdrawRestart(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	if !r.Can.Recall || !r.Can.Withdraw || r.Can.Restart || r.Can.Hold {
		t.Fatalf("Asha can %+v", r.Can)
	}
	task := r.Tasks[0].ID
	_, err := w.runs.Recall(w.ctx, w.ravi, runs.Recall{Run: r.ID})
	refused(t, err, fault.Forbidden, "Only who made the request")
	_, err = w.runs.Recall(w.ctx, w.meera, runs.Recall{Run: r.ID})
	refused(t, err, fault.NotFound, "no such request")
	r = must[runs.Run](t)(w.runs.Recall(w.ctx, w.asha, runs.Recall{Run: r.ID, Comment: "Wrong week"}))
	if r.Task == nil || r.Task.Kind != "fix" || r.Round != 1 || r.Can.Recall {
		t.Fatalf("recalled %+v", r.Task)
	}
	_, err = w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: task, Transition: "hr"})
	refused(t, err, fault.Conflict, "withdrawn")
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.asha, runs.Complete{Task: r.Task.ID, Transition: "submit", Values: map[string]any{"leave_to": "2026-01-08"}}))
	r = must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.hana.User))
	_, err = w.runs.Recall(w.ctx, w.asha, runs.Recall{Run: r.ID})
	refused(t, err, fault.Conflict, "withdraw it instead")
	_, err = w.runs.Withdraw(w.ctx, w.asha, runs.Withdraw{Run: r.ID})
	refused(t, err, fault.Invalid, "withdrawn")
	_, err = w.runs.Restart(w.ctx, w.asha, runs.Restart{Run: r.ID})
	refused(t, err, fault.Conflict, "not over yet")
	r = must[runs.Run](t)(w.runs.Withdraw(w.ctx, w.asha, runs.Withdraw{Run: r.ID, Comment: "I stay"}))
	if r.Status != "cancelled" || r.Reason != "withdrawn" || len(r.Tasks) != 0 {
		t.Fatalf("withdrawn %s %s", r.Status, r.Reason)
	}
	if l := must[runs.RunList](t)(w.runs.List(w.ctx, w.asha, runs.List{})); l.Items[0].Reason != "withdrawn" {
		t.Errorf("the list says %+v", l.Items[0])
	}
	_, err = w.runs.Restart(w.ctx, w.ravi, runs.Restart{Run: r.ID})
	refused(t, err, fault.Forbidden, "Only who made the request")
	d := must[runs.SavedDraft](t)(w.runs.Restart(w.ctx, w.asha, runs.Restart{Run: r.ID}))
	p := must[runs.Prepared](t)(w.runs.Prepare(w.ctx, w.asha, runs.Prepare{Workflow: "LEAVE", Draft: d.RunID}))
	if p.Values["leave_to"] != "2026-01-08" || p.Values["hr_note"] != nil {
		t.Errorf("the new draft has %v", p.Values)
	}
}
