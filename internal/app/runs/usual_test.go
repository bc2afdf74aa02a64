package runs_test

import (
	"testing"
	"time"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/facts"
)

// Ensure a page says when a request may end once enough like it did, from where it
// stands and from how long it has stood there, and nothing while nobody can tell.
func TestUsual(t *testing.T) {
	w := newWorld(t)
	first := w.start()
	if first.Usual != nil {
		t.Errorf("nothing has ended yet, and usual is %+v", first.Usual)
	}
	// Seven runs took one to seven hours from the manager to their end.
	for i := 1; i <= 7; i++ {
		r := w.start()
		r = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: r.Tasks[0].ID, Transition: engine.RejectID, Comment: "No"}))
		w.org.Exec(t, `UPDATE runs SET ended_at = (SELECT max(entered_at) FROM step_runs WHERE run_id = $1 AND step = 'manager') + $2 * interval '1 hour' WHERE id = $1`, r.ID, i)
	}
	w.runs = runs.New(w.env.DB, facts.NewVersions()) // what is usual is remembered for a while
	r := must[runs.Run](t)(w.runs.Get(w.ctx, w.asha, first.Number))
	u := r.Usual
	if u == nil || u.Of != 7 {
		t.Fatalf("usual is %+v", u)
	}
	since := r.Path[len(r.Path)-1].EnteredAt
	if half, most := u.Half.Sub(since), u.Most.Sub(since); half != 4*time.Hour || most != 7*time.Hour {
		t.Errorf("half within %s, most within %s", half, most)
	}

	// Having stood there for two and a half hours, it is like the five that took longer.
	w.org.Exec(t, `UPDATE step_runs SET entered_at = entered_at - interval '150 minutes' WHERE run_id = $1`, r.ID)
	r = must[runs.Run](t)(w.runs.Get(w.ctx, w.asha, first.Number))
	since = r.Path[len(r.Path)-1].EnteredAt
	if u = r.Usual; u == nil || u.Of != 5 || u.Half.Sub(since) != 5*time.Hour {
		t.Errorf("then usual is %+v", u)
	}
	// After three and a half, too few are left to call anything usual.
	w.org.Exec(t, `UPDATE step_runs SET entered_at = entered_at - interval '60 minutes' WHERE run_id = $1`, r.ID)
	if r = must[runs.Run](t)(w.runs.Get(w.ctx, w.asha, first.Number)); r.Usual != nil {
		t.Errorf("of four that took longer usual is %+v", r.Usual)
	}

	// With the requester nobody can tell.
	back := w.start()
	back = must[runs.Run](t)(w.runs.SendBack(w.ctx, w.ravi, runs.SendBack{Task: taskOf(t, back, w.ravi), To: "initiator", Comment: "When?"}))
	if back.Usual != nil {
		t.Errorf("sent back, usual is %+v", back.Usual)
	}
}
