-- Statistics of the runs of one workflow; see app/catalog. Each reads at most
-- @most runs along an index, however many there are, and the visits of each by
-- its key.

-- name: CountOutcomes :many
-- How the runs that were started in a period stand, the latest of them, and how
-- long those that ended took, in seconds. The row without a status is the sum.
SELECT coalesce(r.status, '')::text AS status, coalesce(r.outcome, '')::text AS outcome, (grouping(r.status) = 1)::bool AS whole,
       count(*)::bigint AS runs, count(r.ended_at)::bigint AS ended,
       coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM r.ended_at - r.started_at)) FILTER (WHERE r.ended_at IS NOT NULL), 0)::float8 AS median,
       coalesce(percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM r.ended_at - r.started_at)) FILTER (WHERE r.ended_at IS NOT NULL), 0)::float8 AS p90
FROM (SELECT x.status, x.outcome, x.started_at, x.ended_at FROM runs x
      WHERE x.workflow_id = (SELECT w.id FROM workflows w WHERE (w.id = sqlc.narg(id)::uuid OR w.key = sqlc.narg(key)::text) AND w.deleted_at IS NULL)
        AND x.started_at >= coalesce(sqlc.narg(from_time)::timestamptz, '-infinity')
        AND x.started_at < coalesce(sqlc.narg(to_time)::timestamptz, 'infinity')
      ORDER BY x.started_at DESC LIMIT @most) r
GROUP BY GROUPING SETS ((r.status, r.outcome), ())
ORDER BY runs DESC, status, outcome;

-- name: MeasureSteps :many
-- How often the same runs came to each step and how long they stayed, in seconds.
-- A step that the present version lacks is named by the newest of theirs, or as it was
-- called when its runs were moved away from that.
SELECT v.step, max(r.version_id::text)::uuid AS version_id, max(v.former)::text AS former, count(*)::bigint AS visits, count(v.left_at)::bigint AS passed,
       coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM v.left_at - v.entered_at)) FILTER (WHERE v.left_at IS NOT NULL), 0)::float8 AS median,
       coalesce(percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM v.left_at - v.entered_at)) FILTER (WHERE v.left_at IS NOT NULL), 0)::float8 AS p90
FROM (SELECT x.org_id, x.id, x.version_id FROM runs x
      WHERE x.workflow_id = (SELECT w.id FROM workflows w WHERE (w.id = sqlc.narg(id)::uuid OR w.key = sqlc.narg(key)::text) AND w.deleted_at IS NULL)
        AND x.started_at >= coalesce(sqlc.narg(from_time)::timestamptz, '-infinity')
        AND x.started_at < coalesce(sqlc.narg(to_time)::timestamptz, 'infinity')
      ORDER BY x.started_at DESC LIMIT @most) r
CROSS JOIN LATERAL (SELECT * FROM step_runs x WHERE x.org_id = r.org_id AND x.run_id = r.id AND x.status <> 'skipped' OFFSET 0) v
GROUP BY v.step;

-- name: CountWaiting :many
-- Where the runs under way are now, whenever they were started.
SELECT v.step, max(r.version_id::text)::uuid AS version_id, max(v.former)::text AS former, count(*)::bigint AS runs, min(v.entered_at)::timestamptz AS oldest
FROM (SELECT x.org_id, x.id, x.version_id FROM runs x
      WHERE x.workflow_id = (SELECT w.id FROM workflows w WHERE (w.id = sqlc.narg(id)::uuid OR w.key = sqlc.narg(key)::text) AND w.deleted_at IS NULL)
        AND x.status IN ('running', 'held')
      LIMIT @most) r
CROSS JOIN LATERAL (SELECT * FROM step_runs x WHERE x.org_id = r.org_id AND x.run_id = r.id AND x.left_at IS NULL OFFSET 0) v
GROUP BY v.step;

-- name: CountWeeks :many
-- How many of the same runs were started and how many ended in each week, which
-- begins on Monday at midnight UTC.
SELECT x.week::timestamptz AS week, sum(x.started)::bigint AS started, sum(x.ended)::bigint AS ended
FROM (SELECT x.started_at, x.ended_at FROM runs x
      WHERE x.workflow_id = (SELECT w.id FROM workflows w WHERE (w.id = sqlc.narg(id)::uuid OR w.key = sqlc.narg(key)::text) AND w.deleted_at IS NULL)
        AND x.started_at >= coalesce(sqlc.narg(from_time)::timestamptz, '-infinity')
        AND x.started_at < coalesce(sqlc.narg(to_time)::timestamptz, 'infinity')
      ORDER BY x.started_at DESC LIMIT @most) r
CROSS JOIN LATERAL (VALUES (date_trunc('week', r.started_at, 'UTC'), 1, 0), (date_trunc('week', r.ended_at, 'UTC'), 0, 1)) x (week, started, ended)
WHERE x.week IS NOT NULL
GROUP BY x.week ORDER BY x.week;

-- name: CountTaskHolders :many
-- Who holds how many of the runs under way, and since when the first of them. The
-- row without a person counts what is offered to several.
SELECT t.assignee_id, coalesce(u.name, '')::text AS name, coalesce(u.email, '')::text AS email, coalesce(u.status, '')::text AS status,
       count(*)::bigint AS tasks, min(t.assigned_at)::timestamptz AS oldest
FROM (SELECT x.org_id, x.id, x.version_id FROM runs x
      WHERE x.workflow_id = (SELECT w.id FROM workflows w WHERE (w.id = sqlc.narg(id)::uuid OR w.key = sqlc.narg(key)::text) AND w.deleted_at IS NULL)
        AND x.status IN ('running', 'held')
      LIMIT @most) r
CROSS JOIN LATERAL (SELECT * FROM tasks x WHERE x.org_id = r.org_id AND x.run_id = r.id AND x.status = 'open' OFFSET 0) t
LEFT JOIN users u ON u.org_id = t.org_id AND u.id = t.assignee_id
GROUP BY t.assignee_id, u.name, u.email, u.status
ORDER BY tasks DESC, name LIMIT @max_rows;
