package runs_test

import (
	"testing"
	"time"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// Ensure leave that is approved makes its requester absent in the days of the
// organization, with who covers as the stand-in, in the same transaction; that new
// tasks go there; and that what was planned before stays.
func TestApprovedLeaveIsAnAbsence(t *testing.T) {
	w := newWorld(t)
	w.publish(`
key: AWAY
name: Away
group: HR
absence: {outcome: approved, from: first, until: last, stand_in: cover}
form: {fields: [{name: first, type: date}, {name: last, type: date}, {name: cover, type: user}]}
steps:
  - {id: submit, type: start}
  - {id: manager, type: task, name: Manager, assignee: {strategy: manager}, transitions: [{id: ok, to: approved, kind: approve}]}
  - {id: approved, type: end, outcome: approved}
`)
	zone, err := time.LoadLocation(dbtest.Get[string](t, w.org, `SELECT zone FROM orgs`))
	if err != nil {
		t.Fatal(err)
	}
	today := time.Now().In(zone).Format(time.DateOnly)
	ask := func(by actor, values map[string]any) runs.Run {
		return must[runs.Run](t)(w.runs.Start(w.ctx, by, runs.Start{Workflow: "AWAY", Values: values}))
	}
	r := ask(w.ravi, map[string]any{"first": today, "last": today, "cover": w.meera.User.String()})
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.admin, runs.Complete{Task: taskOf(t, r, w.admin), Transition: "ok"}))
	w.compare(r.ID)
	first := dbtest.Get[time.Time](t, w.org, `SELECT starts_at FROM absences WHERE user_id = $1`, w.ravi.User)
	last := dbtest.Get[time.Time](t, w.org, `SELECT ends_at FROM absences WHERE user_id = $1`, w.ravi.User)
	if got := first.In(zone).Format(time.DateTime); got != today+" 00:00:00" || last.Sub(first) != 24*time.Hour {
		t.Errorf("away from %s for %s", got, last.Sub(first))
	}
	if r = ask(w.asha, map[string]any{}); r.Tasks[0].Assignee.Name != "Meera Iyer" || r.Tasks[0].OnBehalfOf == nil || r.Tasks[0].OnBehalfOf.Name != "Ravi Menon" {
		t.Errorf("Ravi is away, and %+v is asked", r.Tasks[0])
	}

	r = ask(w.ravi, map[string]any{"first": today, "last": today})
	r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.admin, runs.Complete{Task: taskOf(t, r, w.admin), Transition: "ok"}))
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM absences`); n != 1 {
		t.Errorf("%d absences for one time", n)
	}
	h := must[runs.Entries](t)(w.runs.History(w.ctx, w.ravi, r.ID, "", 100))
	if e := h.Items[len(h.Items)-1]; e.Type != "absence.planned" || e.Reason != "overlap" || e.Away.From != today || e.Assignee.Name != "Ravi Menon" {
		t.Errorf("the history ends with %+v", e)
	}
}
