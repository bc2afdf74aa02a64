package main

// history writes finished runs: two approvals each, spread over everybody. Ids
// lie in the past, so that new runs sort behind them as they would in real life.
const history = `
CREATE TEMP TABLE past AS
SELECT $4::uuid AS org_id, $2::uuid AS flow, $3::uuid AS version, i AS n,
       ('018' || lpad(to_hex(i), 9, '0') || '70008' || repeat('0', 15))::uuid AS id,
       now() - (($1 - i) || ' seconds')::interval AS at, u.id AS staff, u.manager_id AS boss, m.manager_id AS top
FROM generate_series(1, $1) i
JOIN (SELECT *, row_number() OVER (ORDER BY id) AS k FROM users WHERE name LIKE 'Staff%') u ON u.k = 1 + i % 1000
JOIN users m ON m.id = u.manager_id;

INSERT INTO runs (org_id, id, workflow_id, version_id, prefix, number, title, status, outcome, initiator_id, root_id, visits, seq, rev, started_at, ended_at, created_at, created_by)
SELECT org_id, id, flow, version, 'PAST', n, 'Leave application', 'completed', 'approved', staff, id, 4, 12, 1, at, at, at, staff FROM past;

INSERT INTO run_data (org_id, run_id, data) SELECT org_id, id, '{"leave_from": "2026-01-05", "leave_to": "2026-01-09", "days": 5, "reason": "Holiday"}' FROM past;

INSERT INTO step_runs (org_id, run_id, seq, step, status, cause, transition, entered_at, left_at)
SELECT org_id, id, s.seq, s.step, 'succeeded', s.seq - 1, 'ok', at, at FROM past, (VALUES (1, 'submit'), (2, 'manager'), (3, 'second'), (4, 'approved')) AS s(seq, step);

INSERT INTO tasks (org_id, id, run_id, step_seq, step, kind, status, assignee_id, transition, decision, workflow_id, assigned_at, created_at, completed_at)
SELECT org_id, ('018' || lpad(to_hex(n), 9, '0') || '70008' || lpad(to_hex(s.seq), 15, '0'))::uuid, id, s.seq, s.step, 'decide', 'completed',
       CASE s.seq WHEN 2 THEN boss ELSE top END, 'ok', 'approve', flow, at, at, at FROM past, (VALUES (2, 'manager'), (3, 'second')) AS s(seq, step);

INSERT INTO participants (org_id, user_id, run_id, roles, open)
SELECT org_id, p.who, id, p.part, false FROM past, LATERAL (VALUES (staff, 1), (boss, 2), (top, 2)) AS p(who, part);

INSERT INTO events (org_id, id, run_id, seq, type, actor_id, at, data)
SELECT org_id, gen_random_uuid(), id, s, 'step.entered', staff, at, '{"step": "manager", "step_seq": 2}' FROM past, generate_series(1, 12) s;

DROP TABLE past;

ANALYZE;
`
