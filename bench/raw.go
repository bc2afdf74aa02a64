package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// raw measures the limit: pgbench writes the rows of starts and decisions, one
// round trip and one durable commit each, with prepared statements, no row
// security and no questions asked.
func (w *world) raw(ctx context.Context) (result, error) {
	dir, err := os.MkdirTemp("", "handstamp-bench")
	if err != nil {
		return result{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	url, err := w.ownerURL()
	if err != nil {
		return result{}, err
	}
	if _, err := w.owner.Exec(ctx, rawTables); err != nil {
		return result{}, err
	}
	script := filepath.Join(dir, "decide.sql")
	if err := os.WriteFile(script, []byte(rawScript), 0o600); err != nil {
		return result{}, err
	}
	bin, err := pgbench()
	if err != nil {
		return result{}, err
	}
	cmd := exec.CommandContext(ctx, bin, "-n", "-M", "prepared", "-c", strconv.Itoa(w.o.clients), "-j", "2",
		"-T", strconv.Itoa(w.o.seconds), "-l", "--log-prefix="+filepath.Join(dir, "times"), "-f", script, url)
	spent := w.processor(ctx)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return result{}, fmt.Errorf("pgbench: %w\n%s", err, out)
	}
	m := regexp.MustCompile(`tps = ([0-9.]+)`).FindSubmatch(out)
	if m == nil {
		return result{}, fmt.Errorf("pgbench said no speed:\n%s", out)
	}
	times, err := rawTimes(dir)
	if err != nil {
		return result{}, err
	}
	r := summary("pgbench", "the same rows", true, times, time.Second)
	r.each = w.processor(ctx).since(spent, 3*len(times))
	r.perSecond, err = strconv.ParseFloat(string(m[1]), 64)
	return r, err
}

// rawTimes reads pgbench's log: the third column is the time of a transaction in microseconds.
func rawTimes(dir string) ([]time.Duration, error) {
	logs, err := filepath.Glob(filepath.Join(dir, "times.*"))
	if err != nil {
		return nil, err
	}
	var times []time.Duration
	for _, l := range logs {
		data, err := os.ReadFile(l)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(data)) {
			if f := strings.Fields(line); len(f) > 2 {
				us, err := strconv.Atoi(f[2])
				if err != nil {
					return nil, err
				}
				times = append(times, time.Duration(us)*time.Microsecond)
			}
		}
	}
	return times, nil
}

// pgbench finds the program, which comes with the server.
func pgbench() (string, error) {
	if p, err := exec.LookPath("pgbench"); err == nil {
		return p, nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench")
	if len(found) == 0 {
		return "", fmt.Errorf("pgbench is not installed: it comes with the PostgreSQL server package")
	}
	return found[len(found)-1], nil
}

// rawTables are copies of the tables with their indexes, without row security
// and foreign keys.
const rawTables = `
CREATE SCHEMA IF NOT EXISTS raw;
CREATE TABLE IF NOT EXISTS raw.runs (LIKE runs INCLUDING DEFAULTS INCLUDING INDEXES INCLUDING STORAGE);
CREATE TABLE IF NOT EXISTS raw.run_data (LIKE run_data INCLUDING DEFAULTS INCLUDING INDEXES);
CREATE TABLE IF NOT EXISTS raw.run_revisions (LIKE run_revisions INCLUDING DEFAULTS INCLUDING INDEXES);
CREATE TABLE IF NOT EXISTS raw.step_runs (LIKE step_runs INCLUDING DEFAULTS INCLUDING INDEXES);
CREATE TABLE IF NOT EXISTS raw.tasks (LIKE tasks INCLUDING DEFAULTS INCLUDING INDEXES);
CREATE TABLE IF NOT EXISTS raw.participants (LIKE participants INCLUDING DEFAULTS INCLUDING INDEXES);
CREATE TABLE IF NOT EXISTS raw.events (LIKE events INCLUDING DEFAULTS INCLUDING INDEXES);
CREATE TABLE IF NOT EXISTS raw.idempotency (LIKE idempotency INCLUDING DEFAULTS INCLUDING INDEXES);
CREATE SEQUENCE IF NOT EXISTS raw.numbers;`

// rawScript is one request with its two approvals: three durable commits. Ids
// are made by the server; everything else is what the verbs write.
var rawScript = `
\set n random(1, 2000000000)
SELECT gen_random_uuid() AS run, gen_random_uuid() AS t1, gen_random_uuid() AS t2 \gset
` + pipeline(`
INSERT INTO raw.runs (org_id, id, workflow_id, version_id, prefix, number, title, status, initiator_id, root_id, visits, seq, rev, started_at, created_by)
  VALUES (:run, :run, :t1, :t1, 'RAW', nextval('raw.numbers'), 'Leave application', 'running', :t1, :run, 2, 6, 1, now(), :t1);
INSERT INTO raw.run_data (org_id, run_id, data) VALUES (:run, :run, '{"leave_from": "2026-01-05", "leave_to": "2026-01-09", "days": 5, "reason": "Holiday"}');
INSERT INTO raw.run_revisions (org_id, run_id, rev, seq, data, salt, at) VALUES (:run, :run, 1, 2, '{"leave_from": "2026-01-05", "leave_to": "2026-01-09", "days": 5, "reason": "Holiday"}', 'saltsaltsaltsalt', now());
INSERT INTO raw.step_runs (org_id, run_id, seq, step, status, entered_at) VALUES (:run, :run, 1, 'submit', 'succeeded', now()), (:run, :run, 2, 'manager', 'waiting', now());
INSERT INTO raw.tasks (org_id, id, run_id, step_seq, step, kind, status, assignee_id, workflow_id, assigned_at, created_at) VALUES (:run, :t1, :run, 2, 'manager', 'decide', 'open', :t1, :t1, now(), now());
INSERT INTO raw.participants (org_id, user_id, run_id, roles) VALUES (:run, :t1, :run, 1), (:run, :t2, :run, 2);
`+events(1, 6)+outcome("start")) + decision(`
UPDATE raw.step_runs SET status = 'succeeded', transition = 'ok', left_at = now() WHERE org_id = :run AND run_id = :run AND seq = 2;
INSERT INTO raw.step_runs (org_id, run_id, seq, step, status, entered_at) VALUES (:run, :run, 3, 'second', 'waiting', now());
UPDATE raw.tasks SET status = 'completed', transition = 'ok', decision = 'approve', completed_at = now() WHERE org_id = :run AND id = :t1;
INSERT INTO raw.tasks (org_id, id, run_id, step_seq, step, kind, status, assignee_id, workflow_id, assigned_at, created_at) VALUES (:run, :t2, :run, 3, 'second', 'decide', 'open', :t2, :t1, now(), now());
INSERT INTO raw.participants (org_id, user_id, run_id, roles) VALUES (:run, :run, :run, 2);
`+events(7, 10)+outcome("one")) + decision(`
UPDATE raw.step_runs SET status = 'succeeded', transition = 'ok', left_at = now() WHERE org_id = :run AND run_id = :run AND seq = 3;
INSERT INTO raw.step_runs (org_id, run_id, seq, step, status, entered_at) VALUES (:run, :run, 4, 'approved', 'succeeded', now());
UPDATE raw.tasks SET status = 'completed', transition = 'ok', decision = 'approve', completed_at = now() WHERE org_id = :run AND id = :t2;
UPDATE raw.participants SET open = false WHERE org_id = :run AND run_id = :run AND open;
`+events(11, 15)+outcome("two"))

// pipeline sends statements as one transaction in one round trip.
func pipeline(statements string) string {
	return "\\startpipeline\nBEGIN;" + statements + "COMMIT;\n\\endpipeline\n"
}

func decision(statements string) string {
	return pipeline("\nUPDATE raw.runs SET visits = visits + 1, seq = seq + 4, modified_at = now() WHERE org_id = :run AND id = :run;" + statements)
}

// events is one insert of several history rows.
func events(from, to int) string {
	var rows []string
	for i := from; i <= to; i++ {
		rows = append(rows, fmt.Sprintf("(:run, gen_random_uuid(), :run, %d, 'step.entered', :t1, now(), '{\"step\": \"manager\", \"step_seq\": 2}')", i))
	}
	return "INSERT INTO raw.events (org_id, id, run_id, seq, type, actor_id, at, data) VALUES " + strings.Join(rows, ", ") + ";\n"
}

// outcome is the row of the idempotency key.
func outcome(key string) string {
	return "INSERT INTO raw.idempotency (org_id, user_id, route, key, hash, run_id) VALUES (:run, :t1, 'x', '" + key + "', 'hashhashhashhashhashhashhashhash', :run);\n"
}
