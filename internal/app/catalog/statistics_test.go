package catalog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// past writes n runs of a workflow, one started per hour before now, each of
// which went through submit, and stayed with the manager for as many minutes as
// its number. The last `open` of them are still there.
func (w *world) past(p catalog.WorkflowSummary, n, open int) {
	w.t.Helper()
	w.org.Exec(w.t, `INSERT INTO runs (id, workflow_id, version_id, prefix, number, status, outcome, initiator_id, root_id, created_by, started_at, ended_at)
		SELECT x.id, w.id, w.version_id, w.prefix, g, CASE WHEN g <= $4 THEN 'running' ELSE 'completed' END,
		       CASE WHEN g <= $4 THEN '' WHEN g % 4 = 0 THEN 'rejected' ELSE 'approved' END, $2, x.id, $2,
		       now() - make_interval(hours => g), CASE WHEN g > $4 THEN now() - make_interval(hours => g) + make_interval(mins => g) END
		FROM generate_series(1, $3) g, LATERAL (SELECT gen_random_uuid() AS id WHERE g > 0) x, workflows w WHERE w.id = $1`, p.ID, w.asha.User, n, open)
	w.org.Exec(w.t, `INSERT INTO step_runs (run_id, seq, step, status, entered_at, left_at)
		SELECT r.id, s.seq, s.step, CASE WHEN s.seq = 2 AND r.ended_at IS NULL THEN 'waiting' ELSE 'succeeded' END,
		       r.started_at, CASE WHEN s.seq = 1 THEN r.started_at ELSE r.ended_at END
		FROM runs r, (VALUES (1, 'submit'), (2, 'manager')) s (seq, step) WHERE r.workflow_id = $1`, p.ID)
}

// Ensure statistics count what is there: outcomes, how long steps took, and
// where requests wait.
func TestStatistics(t *testing.T) {
	w := newWorld(t)
	w.past(w.publish(yaml(leave)), 103, 3)
	w.past(w.publish(yaml(leave, "key: LEAVE", "key: OTHER")), 7, 1)
	s := must[catalog.WorkflowStatistics](t)(w.catalog.Statistics(w.ctx, w.vera, catalog.Statistics{Workflow: "LEAVE"}))
	if s.Runs != 103 || s.Sampled || s.Duration == nil || s.Duration.Count != 100 {
		t.Fatalf("all %+v", s)
	}
	if got := fmt.Sprint(s.Outcomes); got != "[{completed approved 75} {completed rejected 25} {running  3}]" {
		t.Errorf("outcomes %s", got)
	}
	var steps []string
	for _, m := range s.Steps {
		steps = append(steps, fmt.Sprintf("%s/%s/%s %d %d", m.StepID, m.Name, m.Type, m.Visits, m.Waiting))
		if m.StepID == "manager" && (m.Duration.Count != 100 || minutes(m.Duration.MedianSeconds) != "53.5" || minutes(m.Duration.P90Seconds) != "93.1" || m.Oldest == nil) {
			t.Errorf("manager %+v %+v", m, m.Duration)
		}
	}
	if got := strings.Join(steps, ", "); got != "submit/Submit/start 103 0, manager/Manager/task 103 3, hr/HR/task 0 0, approved/Approved/end 0 0, rejected/Rejected/end 0 0" {
		t.Errorf("steps %s", got)
	}
}

func minutes(seconds float64) string { return fmt.Sprintf("%.1f", seconds/60) }

// Ensure a period narrows what is counted and not where requests wait now, and a
// step the present version no longer has is still told.
func TestStatisticsPeriod(t *testing.T) {
	w := newWorld(t)
	w.past(w.publish(yaml(leave)), 48, 48)
	w.publish(yaml(leave, "id: manager", "id: boss", "to: manager", "to: boss", "manager: [320", "boss: [320"))
	from, to := time.Now().Add(-20*time.Hour-time.Minute), time.Now().Add(-10*time.Hour-time.Minute)
	s := must[catalog.WorkflowStatistics](t)(w.catalog.Statistics(w.ctx, w.dora, catalog.Statistics{Workflow: "LEAVE", From: &from, To: &to}))
	last := s.Steps[len(s.Steps)-1]
	if s.Runs != 10 || s.Duration != nil || last.StepID != "manager" || last.Name != "Manager" || last.Type != "" || last.Visits != 10 || last.Waiting != 48 {
		t.Errorf("%+v, last %+v", s, last)
	}
	// Those that were moved to the present version remember what it was called.
	w.org.Exec(t, `UPDATE runs SET version_id = (SELECT version_id FROM workflows WHERE key = 'LEAVE')`)
	w.org.Exec(t, `UPDATE step_runs SET former = 'Team lead' WHERE step = 'manager'`)
	s = must[catalog.WorkflowStatistics](t)(w.catalog.Statistics(w.ctx, w.dora, catalog.Statistics{Workflow: "LEAVE"}))
	if last = s.Steps[len(s.Steps)-1]; last.StepID != "manager" || last.Name != "Team lead" {
		t.Errorf("after the move, last %+v", last)
	}
	_, err := w.catalog.Statistics(w.ctx, w.dora, catalog.Statistics{Workflow: "LEAVE", From: &to, To: &from})
	refused(t, err, fault.Invalid, "to: ")
}

// Ensure statistics are for who may see every request, who designs and who owns
// the workflow, and a workflow nobody started has empty ones.
func TestStatisticsAccess(t *testing.T) {
	w := newWorld(t)
	p := w.publish(yaml(minimal))
	w.org.Exec(t, `UPDATE workflows SET owner_id = $1`, w.hana.User)
	for name, tt := range map[string]struct {
		as   access.Actor
		code fault.Code
	}{
		"who sees all": {w.vera, ""}, "designer": {w.drew, ""}, "owner": {w.hana, ""},
		"requester": {w.asha, fault.Forbidden}, "publisher": {w.petra, fault.Forbidden}, "another organization": {w.stranger(), fault.NotFound},
	} {
		for _, ref := range []string{"MINI", p.ID.String()} {
			s, err := w.catalog.Statistics(w.ctx, tt.as, catalog.Statistics{Workflow: ref})
			if fault.CodeOf(err) != tt.code && (err != nil || tt.code != "") {
				t.Errorf("%s: %v", name, err)
			}
			if err == nil && (s.Runs != 0 || len(s.Outcomes) != 0 || len(s.Steps) != 2) {
				t.Errorf("%s: %+v", name, s)
			}
		}
	}
}

// Ensure the weeks count starts and ends where they happened.
func TestStatisticsWeeks(t *testing.T) {
	w := newWorld(t)
	w.past(w.publish(yaml(leave)), 4, 1)
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	w.org.Exec(t, `UPDATE runs SET started_at = $1::timestamptz - interval '1 second' WHERE number <= 2`, monday)
	w.org.Exec(t, `UPDATE runs SET started_at = $1 WHERE number > 2`, monday)
	w.org.Exec(t, `UPDATE runs SET ended_at = $1::timestamptz + interval '8 days' WHERE ended_at IS NOT NULL`, monday)
	s := must[catalog.WorkflowStatistics](t)(w.catalog.Statistics(w.ctx, w.vera, catalog.Statistics{Workflow: "LEAVE"}))
	want := []catalog.WeekCount{{Week: monday.AddDate(0, 0, -7), Started: 2}, {Week: monday, Started: 2}, {Week: monday.AddDate(0, 0, 7), Ended: 3}}
	if !slices.Equal(s.Weeks, want) {
		t.Errorf("weeks %v", s.Weeks)
	}
}

// Ensure who holds how many is told to those who may see every request, and to
// nobody else who sees the statistics.
func TestStatisticsHolders(t *testing.T) {
	w := newWorld(t)
	p := w.publish(yaml(leave))
	w.past(p, 9, 6)
	w.org.Exec(t, `INSERT INTO tasks (id, run_id, step_seq, step, kind, status, assignee_id, workflow_id, assigned_at, created_at)
		SELECT r.id, r.id, 2, 'manager', 'decide', CASE WHEN r.ended_at IS NULL THEN 'open' ELSE 'completed' END,
		       CASE WHEN r.number <= 3 THEN $1::uuid WHEN r.number <= 5 THEN $2::uuid END, r.workflow_id, r.started_at, r.started_at FROM runs r`, w.hana.User, w.drew.User)
	s := must[catalog.WorkflowStatistics](t)(w.catalog.Statistics(w.ctx, w.vera, catalog.Statistics{Workflow: "LEAVE"}))
	var got []string
	for _, h := range s.Holders {
		name := "several"
		if h.Person != nil {
			name = h.Person.Name
		}
		got = append(got, fmt.Sprintf("%s %d %s", name, h.Tasks, time.Since(h.Oldest).Round(time.Hour)))
	}
	if text := strings.Join(got, ", "); text != "Hana Holt 3 3h0m0s, Drew Drafter 2 5h0m0s, several 1 6h0m0s" {
		t.Errorf("holders %s", text)
	}
	if s := must[catalog.WorkflowStatistics](t)(w.catalog.Statistics(w.ctx, w.drew, catalog.Statistics{Workflow: "LEAVE"})); s.Holders != nil {
		t.Errorf("a designer reads %+v", s.Holders)
	}
}

// Ensure the statistics of one workflow among many requests read its own along
// an index, and never more than a bounded number.
func TestStatisticsOfMany(t *testing.T) {
	w := newWorld(t)
	p := w.publish(yaml(leave))
	w.past(p, 6000, 0)
	for i := range 3 {
		w.past(w.publish(yaml(leave, "key: LEAVE", fmt.Sprintf("key: W%d", i))), 4000, 40)
	}
	s := must[catalog.WorkflowStatistics](t)(w.catalog.Statistics(w.ctx, w.vera, catalog.Statistics{Workflow: "LEAVE"}))
	if s.Runs != 5000 || !s.Sampled || s.Steps[1].Visits != 5000 {
		t.Errorf("%d runs, sampled %v, %d visits", s.Runs, s.Sampled, s.Steps[1].Visits)
	}
	w.env.AsOwner(t, `ANALYZE runs; ANALYZE step_runs`)
	none := (*time.Time)(nil)
	from := time.Now().Add(-100 * time.Hour)
	for name, q := range map[string]struct {
		sql  string
		args []any
	}{
		"outcomes": {dbq.CountOutcomes, []any{&p.ID, (*string)(nil), &from, none, int32(5000)}},
		"steps":    {dbq.MeasureSteps, []any{&p.ID, (*string)(nil), &from, none, int32(5000)}},
		"waiting":  {dbq.CountWaiting, []any{&p.ID, (*string)(nil), int32(5000)}},
		"weeks":    {dbq.CountWeeks, []any{&p.ID, (*string)(nil), &from, none, int32(5000)}},
		"holders":  {dbq.CountTaskHolders, []any{&p.ID, (*string)(nil), int32(5000), int32(20)}},
	} {
		var plan []string
		b := db.NewBatch()
		db.Many(b, &plan, `EXPLAIN (COSTS OFF) `+q.sql, q.args...)
		if err := w.env.DB.Read(w.ctx, w.org.ID, b); err != nil {
			t.Fatal(name, err)
		}
		text := strings.Join(plan, "\n")
		if strings.Contains(text, "Seq Scan on runs") || strings.Contains(text, "Seq Scan on step_runs") || strings.Contains(text, "Seq Scan on tasks") {
			t.Errorf("%s reads everything:\n%s", name, text)
		}
	}
	if n := dbtest.Get[int](t, w.org, `SELECT count(*)::int FROM runs`); n != 18000 {
		t.Errorf("%d runs", n)
	}
}
