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

// Ensure on hold nobody can act, and everybody sees why.
func TestHoldAndResume(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	_, err := w.runs.Hold(w.ctx, w.ravi, runs.Hold{Run: r.ID, Comment: "x"})
	refused(t, err, fault.Forbidden, "run administrator")
	r = must[runs.Run](t)(w.runs.Hold(w.ctx, w.admin, runs.Hold{Run: r.ID, Comment: "Audit"}))
	if r.Status != "held" || !r.Can.Resume || r.Can.Hold {
		t.Fatalf("held %s %+v", r.Status, r.Can)
	}
	_, err = w.approve(w.ravi, r, "hr", w.hana.User)
	refused(t, err, fault.Conflict, "on hold")
	his := must[runs.Run](t)(w.runs.Get(w.ctx, w.ravi, r.ID.String()))
	if his.Task != nil && (his.Task.Can.Complete || his.Task.Can.SendBack) {
		t.Errorf("Ravi can %+v", his.Task.Can)
	}
	r = must[runs.Run](t)(w.runs.Resume(w.ctx, w.admin, runs.Resume{Run: r.ID}))
	must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.hana.User))
}

// Ensure a reminder by hand is possible for who has a part, once in four hours.
func TestNudge(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	_, err := w.runs.Nudge(w.ctx, w.meera, runs.Nudge{Run: r.ID})
	refused(t, err, fault.NotFound, "no such request")
	if r = must[runs.Run](t)(w.runs.Nudge(w.ctx, w.asha, runs.Nudge{Run: r.ID})); r.NudgeAgainAt == nil {
		t.Error("it does not say when they can be reminded again")
	}
	_, err = w.runs.Nudge(w.ctx, w.asha, runs.Nudge{Run: r.ID})
	refused(t, err, fault.Conflict, "next reminder is possible")
	w.org.Exec(t, `UPDATE runs SET nudged_at = nudged_at - interval '4 hours' WHERE id = $1`, r.ID)
	if r = must[runs.Run](t)(w.runs.Get(w.ctx, w.asha, r.ID.String())); r.NudgeAgainAt != nil {
		t.Errorf("they cannot be reminded before %s", r.NudgeAgainAt)
	}
	must[runs.Run](t)(w.runs.Nudge(w.ctx, w.asha, runs.Nudge{Run: r.ID}))
}
