package runs_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/fault"
)

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

	// Its holder reads it in his list, until the task goes to somebody else.
	row := func(a actor) runs.TaskRow {
		return must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, a, runs.ListTasks{})).Items[0]
	}
	if row(w.ravi).NudgedAt == nil {
		t.Error("Ravi's list does not say that he was reminded")
	}
	must[runs.Run](t)(w.runs.Reassign(w.ctx, w.ravi, runs.Reassign{Task: row(w.ravi).ID, To: w.hana.User}))
	if row(w.hana).NudgedAt != nil {
		t.Error("Hana's list says she was reminded of what she has just got")
	}
}
