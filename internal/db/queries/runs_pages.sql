-- Statements of the lists and pages of app/runs. Each OFFSET 0 is a fence: the
-- driving table is read along its index, newest first, and every other row is
-- fetched by its key, so that a page costs the same with a million runs.

-- name: RunByNumber :one
SELECT id FROM runs WHERE prefix = @prefix AND number = @number;

-- name: ListInbox :many
-- My open tasks, newest first: driven by the partial index on open tasks.
SELECT t.id, t.run_id, t.step, t.kind, t.assignee_id, t.pool_id, t.assigned_at, t.warning, (t.opened_at IS NULL OR t.opened_at < t.assigned_at)::boolean AS unread, r.prefix, coalesce(r.number, 0)::bigint AS number, r.title,
       r.version_id, r.round, r.started_at, w.id AS workflow_id, w.key, w.name AS workflow_name, w.icon,
       u.id AS initiator_id, u.name, u.email, coalesce(u.designation, '') AS designation, u.status, coalesce(d.name, '') AS department, ''::text AS holder, ''::text AS holder_email,
       t.added_by, coalesce(asker.name, '') AS asker, coalesce(asker.email, '') AS asker_email,
       t.on_behalf_of, coalesce(owner.name, '') AS owner, coalesce(owner.email, '') AS owner_email, (t.again IS NOT NULL)::boolean AS again, r.nudged_at
FROM (SELECT * FROM tasks x WHERE x.assignee_id = @user_id::uuid AND x.status = 'open'
        AND (sqlc.narg(after)::uuid IS NULL OR x.id < sqlc.narg(after)) ORDER BY x.id DESC OFFSET 0) t
CROSS JOIN LATERAL (SELECT * FROM runs x WHERE x.org_id = t.org_id AND x.id = t.run_id OFFSET 0) r
CROSS JOIN LATERAL (SELECT * FROM workflows x WHERE x.org_id = r.org_id AND x.id = r.workflow_id OFFSET 0) w
CROSS JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = r.org_id AND x.id = r.initiator_id OFFSET 0) u
LEFT JOIN LATERAL (SELECT * FROM departments x WHERE x.org_id = u.org_id AND x.id = u.department_id OFFSET 0) d ON true
LEFT JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = t.org_id AND x.id = t.added_by OFFSET 0) asker ON true
LEFT JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = t.org_id AND x.id = t.on_behalf_of OFFSET 0) owner ON true
WHERE (sqlc.narg(workflow)::text IS NULL OR w.key = sqlc.narg(workflow) OR w.id::text = sqlc.narg(workflow))
  AND (sqlc.narg(query)::text IS NULL OR strpos(lower(r.title || ' ' || u.name || ' ' || r.prefix || '-' || r.number), lower(sqlc.narg(query))) > 0)
  AND (sqlc.narg(step)::text IS NULL OR t.step = sqlc.narg(step))
  AND (sqlc.narg(initiator)::uuid IS NULL OR r.initiator_id = sqlc.narg(initiator))
  AND (@older_days::integer = 0 OR t.assigned_at < app_now() - make_interval(days => @older_days::integer))
ORDER BY t.id DESC LIMIT @max_rows;

-- name: ListInboxOldest :many
-- The same, oldest first.
SELECT t.id, t.run_id, t.step, t.kind, t.assignee_id, t.pool_id, t.assigned_at, t.warning, (t.opened_at IS NULL OR t.opened_at < t.assigned_at)::boolean AS unread, r.prefix, coalesce(r.number, 0)::bigint AS number, r.title,
       r.version_id, r.round, r.started_at, w.id AS workflow_id, w.key, w.name AS workflow_name, w.icon,
       u.id AS initiator_id, u.name, u.email, coalesce(u.designation, '') AS designation, u.status, coalesce(d.name, '') AS department, ''::text AS holder, ''::text AS holder_email,
       t.added_by, coalesce(asker.name, '') AS asker, coalesce(asker.email, '') AS asker_email,
       t.on_behalf_of, coalesce(owner.name, '') AS owner, coalesce(owner.email, '') AS owner_email, (t.again IS NOT NULL)::boolean AS again, r.nudged_at
FROM (SELECT * FROM tasks x WHERE x.assignee_id = @user_id::uuid AND x.status = 'open'
        AND (sqlc.narg(after)::uuid IS NULL OR x.id > sqlc.narg(after)) ORDER BY x.id OFFSET 0) t
CROSS JOIN LATERAL (SELECT * FROM runs x WHERE x.org_id = t.org_id AND x.id = t.run_id OFFSET 0) r
CROSS JOIN LATERAL (SELECT * FROM workflows x WHERE x.org_id = r.org_id AND x.id = r.workflow_id OFFSET 0) w
CROSS JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = r.org_id AND x.id = r.initiator_id OFFSET 0) u
LEFT JOIN LATERAL (SELECT * FROM departments x WHERE x.org_id = u.org_id AND x.id = u.department_id OFFSET 0) d ON true
LEFT JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = t.org_id AND x.id = t.added_by OFFSET 0) asker ON true
LEFT JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = t.org_id AND x.id = t.on_behalf_of OFFSET 0) owner ON true
WHERE (sqlc.narg(workflow)::text IS NULL OR w.key = sqlc.narg(workflow) OR w.id::text = sqlc.narg(workflow))
  AND (sqlc.narg(query)::text IS NULL OR strpos(lower(r.title || ' ' || u.name || ' ' || r.prefix || '-' || r.number), lower(sqlc.narg(query))) > 0)
  AND (sqlc.narg(step)::text IS NULL OR t.step = sqlc.narg(step))
  AND (sqlc.narg(initiator)::uuid IS NULL OR r.initiator_id = sqlc.narg(initiator))
  AND (@older_days::integer = 0 OR t.assigned_at < app_now() - make_interval(days => @older_days::integer))
ORDER BY t.id LIMIT @max_rows;

-- name: ListInboxBy :many
-- The same by words: title, workflow or requester, within one the oldest first. It reads
-- all open tasks of one person, as no index holds what stands in other tables. The page
-- before is found by its last task, decided by now or not.
SELECT t.id, t.run_id, t.step, t.kind, t.assignee_id, t.pool_id, t.assigned_at, t.warning, (t.opened_at IS NULL OR t.opened_at < t.assigned_at)::boolean AS unread, r.prefix, coalesce(r.number, 0)::bigint AS number, r.title,
       r.version_id, r.round, r.started_at, w.id AS workflow_id, w.key, w.name AS workflow_name, w.icon,
       u.id AS initiator_id, u.name, u.email, coalesce(u.designation, '') AS designation, u.status, coalesce(d.name, '') AS department, ''::text AS holder, ''::text AS holder_email,
       t.added_by, coalesce(asker.name, '') AS asker, coalesce(asker.email, '') AS asker_email,
       t.on_behalf_of, coalesce(owner.name, '') AS owner, coalesce(owner.email, '') AS owner_email, (t.again IS NOT NULL)::boolean AS again, r.nudged_at
FROM (SELECT * FROM tasks x WHERE x.assignee_id = @user_id::uuid AND x.status = 'open' OFFSET 0) t
CROSS JOIN LATERAL (SELECT * FROM runs x WHERE x.org_id = t.org_id AND x.id = t.run_id OFFSET 0) r
CROSS JOIN LATERAL (SELECT * FROM workflows x WHERE x.org_id = r.org_id AND x.id = r.workflow_id OFFSET 0) w
CROSS JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = r.org_id AND x.id = r.initiator_id OFFSET 0) u
LEFT JOIN LATERAL (SELECT * FROM departments x WHERE x.org_id = u.org_id AND x.id = u.department_id OFFSET 0) d ON true
LEFT JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = t.org_id AND x.id = t.added_by OFFSET 0) asker ON true
LEFT JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = t.org_id AND x.id = t.on_behalf_of OFFSET 0) owner ON true
CROSS JOIN LATERAL (SELECT CASE @sort::text WHEN 'title' THEN lower(r.title) WHEN 'workflow' THEN lower(w.name) WHEN 'requester' THEN lower(u.name) ELSE '' END AS key) k
WHERE (sqlc.narg(workflow)::text IS NULL OR w.key = sqlc.narg(workflow) OR w.id::text = sqlc.narg(workflow))
  AND (sqlc.narg(query)::text IS NULL OR strpos(lower(r.title || ' ' || u.name || ' ' || r.prefix || '-' || r.number), lower(sqlc.narg(query))) > 0)
  AND (sqlc.narg(step)::text IS NULL OR t.step = sqlc.narg(step))
  AND (sqlc.narg(initiator)::uuid IS NULL OR r.initiator_id = sqlc.narg(initiator))
  AND (@older_days::integer = 0 OR t.assigned_at < app_now() - make_interval(days => @older_days::integer))
  AND (sqlc.narg(after)::uuid IS NULL OR (k.key, t.id) > ((SELECT CASE @sort::text WHEN 'title' THEN lower(xr.title) WHEN 'workflow' THEN lower(xw.name) WHEN 'requester' THEN lower(xu.name) ELSE '' END FROM tasks x JOIN runs xr ON xr.org_id = x.org_id AND xr.id = x.run_id
              JOIN workflows xw ON xw.org_id = xr.org_id AND xw.id = xr.workflow_id
              JOIN users xu ON xu.org_id = xr.org_id AND xu.id = xr.initiator_id WHERE x.id = sqlc.narg(after)), sqlc.narg(after)))
ORDER BY k.key, t.id LIMIT @max_rows;

-- name: ListClaimable :many
-- Open tasks that are offered to me.
SELECT t.id, t.run_id, t.step, t.kind, t.assignee_id, t.pool_id, t.assigned_at, t.warning, (t.opened_at IS NULL OR t.opened_at < t.assigned_at)::boolean AS unread, r.prefix, coalesce(r.number, 0)::bigint AS number, r.title,
       r.version_id, r.round, r.started_at, w.id AS workflow_id, w.key, w.name AS workflow_name, w.icon,
       u.id AS initiator_id, u.name, u.email, coalesce(u.designation, '') AS designation, u.status, coalesce(d.name, '') AS department, ''::text AS holder, ''::text AS holder_email,
       t.added_by, coalesce(asker.name, '') AS asker, coalesce(asker.email, '') AS asker_email,
       t.on_behalf_of, coalesce(owner.name, '') AS owner, coalesce(owner.email, '') AS owner_email, (t.again IS NOT NULL)::boolean AS again, r.nudged_at
FROM (SELECT * FROM pool_members x WHERE x.user_id = @user_id::uuid OFFSET 0) m
CROSS JOIN LATERAL (SELECT * FROM tasks x WHERE x.org_id = m.org_id AND x.pool_id = m.pool_id
        AND x.status = 'open' AND x.assignee_id IS NULL OFFSET 0) t
CROSS JOIN LATERAL (SELECT * FROM runs x WHERE x.org_id = t.org_id AND x.id = t.run_id OFFSET 0) r
CROSS JOIN LATERAL (SELECT * FROM workflows x WHERE x.org_id = r.org_id AND x.id = r.workflow_id OFFSET 0) w
CROSS JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = r.org_id AND x.id = r.initiator_id OFFSET 0) u
LEFT JOIN LATERAL (SELECT * FROM departments x WHERE x.org_id = u.org_id AND x.id = u.department_id OFFSET 0) d ON true
LEFT JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = t.org_id AND x.id = t.added_by OFFSET 0) asker ON true
LEFT JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = t.org_id AND x.id = t.on_behalf_of OFFSET 0) owner ON true
CROSS JOIN LATERAL (SELECT CASE @sort::text WHEN 'title' THEN lower(r.title) WHEN 'workflow' THEN lower(w.name) WHEN 'requester' THEN lower(u.name) ELSE '' END AS key) k
WHERE (sqlc.narg(workflow)::text IS NULL OR w.key = sqlc.narg(workflow) OR w.id::text = sqlc.narg(workflow))
  AND (sqlc.narg(query)::text IS NULL OR strpos(lower(r.title || ' ' || u.name || ' ' || r.prefix || '-' || r.number), lower(sqlc.narg(query))) > 0)
  AND (sqlc.narg(step)::text IS NULL OR t.step = sqlc.narg(step))
  AND (sqlc.narg(initiator)::uuid IS NULL OR r.initiator_id = sqlc.narg(initiator))
  AND (@older_days::integer = 0 OR t.assigned_at < app_now() - make_interval(days => @older_days::integer))
  AND (sqlc.narg(after)::uuid IS NULL OR CASE WHEN @oldest::boolean THEN (k.key, t.id) > ((SELECT CASE @sort::text WHEN 'title' THEN lower(xr.title) WHEN 'workflow' THEN lower(xw.name) WHEN 'requester' THEN lower(xu.name) ELSE '' END FROM tasks x JOIN runs xr ON xr.org_id = x.org_id AND xr.id = x.run_id
              JOIN workflows xw ON xw.org_id = xr.org_id AND xw.id = xr.workflow_id
              JOIN users xu ON xu.org_id = xr.org_id AND xu.id = xr.initiator_id WHERE x.id = sqlc.narg(after)), sqlc.narg(after)) ELSE t.id < sqlc.narg(after) END)
ORDER BY k.key, CASE WHEN @oldest::boolean THEN t.id END, t.id DESC LIMIT @max_rows;

-- name: ListTeam :many
-- Open tasks of those who report to me, in runs that I may see: all of them with
-- the right to, else those in which I have a part.
SELECT t.id, t.run_id, t.step, t.kind, t.assignee_id, t.pool_id, t.assigned_at, t.warning, (t.opened_at IS NULL OR t.opened_at < t.assigned_at)::boolean AS unread, r.prefix, coalesce(r.number, 0)::bigint AS number, r.title,
       r.version_id, r.round, r.started_at, w.id AS workflow_id, w.key, w.name AS workflow_name, w.icon,
       u.id AS initiator_id, u.name, u.email, coalesce(u.designation, '') AS designation, u.status, coalesce(d.name, '') AS department, h.name AS holder, h.email AS holder_email,
       t.added_by, coalesce(asker.name, '') AS asker, coalesce(asker.email, '') AS asker_email,
       t.on_behalf_of, coalesce(owner.name, '') AS owner, coalesce(owner.email, '') AS owner_email, (t.again IS NOT NULL)::boolean AS again, r.nudged_at
FROM (SELECT * FROM users x WHERE x.manager_id = @user_id::uuid OFFSET 0) h
CROSS JOIN LATERAL (SELECT * FROM tasks x WHERE x.org_id = h.org_id AND x.assignee_id = h.id AND x.status = 'open' OFFSET 0) t
CROSS JOIN LATERAL (SELECT * FROM runs x WHERE x.org_id = t.org_id AND x.id = t.run_id OFFSET 0) r
CROSS JOIN LATERAL (SELECT * FROM workflows x WHERE x.org_id = r.org_id AND x.id = r.workflow_id OFFSET 0) w
CROSS JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = r.org_id AND x.id = r.initiator_id OFFSET 0) u
LEFT JOIN LATERAL (SELECT * FROM departments x WHERE x.org_id = u.org_id AND x.id = u.department_id OFFSET 0) d ON true
LEFT JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = t.org_id AND x.id = t.added_by OFFSET 0) asker ON true
LEFT JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = t.org_id AND x.id = t.on_behalf_of OFFSET 0) owner ON true
CROSS JOIN LATERAL (SELECT CASE @sort::text WHEN 'title' THEN lower(r.title) WHEN 'workflow' THEN lower(w.name) WHEN 'requester' THEN lower(u.name) ELSE '' END AS key) k
WHERE (@everything::boolean OR EXISTS (SELECT 1 FROM participants p WHERE p.org_id = t.org_id AND p.user_id = @user_id AND p.run_id = t.run_id AND (p.roles & 7) <> 0))
  AND (sqlc.narg(workflow)::text IS NULL OR w.key = sqlc.narg(workflow) OR w.id::text = sqlc.narg(workflow))
  AND (sqlc.narg(query)::text IS NULL OR strpos(lower(r.title || ' ' || u.name || ' ' || r.prefix || '-' || r.number), lower(sqlc.narg(query))) > 0)
  AND (sqlc.narg(step)::text IS NULL OR t.step = sqlc.narg(step))
  AND (sqlc.narg(initiator)::uuid IS NULL OR r.initiator_id = sqlc.narg(initiator))
  AND (@older_days::integer = 0 OR t.assigned_at < app_now() - make_interval(days => @older_days::integer))
  AND (sqlc.narg(after)::uuid IS NULL OR CASE WHEN @oldest::boolean THEN (k.key, t.id) > ((SELECT CASE @sort::text WHEN 'title' THEN lower(xr.title) WHEN 'workflow' THEN lower(xw.name) WHEN 'requester' THEN lower(xu.name) ELSE '' END FROM tasks x JOIN runs xr ON xr.org_id = x.org_id AND xr.id = x.run_id
              JOIN workflows xw ON xw.org_id = xr.org_id AND xw.id = xr.workflow_id
              JOIN users xu ON xu.org_id = xr.org_id AND xu.id = xr.initiator_id WHERE x.id = sqlc.narg(after)), sqlc.narg(after)) ELSE t.id < sqlc.narg(after) END)
ORDER BY k.key, CASE WHEN @oldest::boolean THEN t.id END, t.id DESC LIMIT @max_rows;

-- name: ListInvolved :many
-- Runs in which somebody has a part: all of them, or those he started.
SELECT r.id, r.prefix, coalesce(r.number, 0)::bigint AS number, r.title, r.status, r.outcome, r.reason, r.version_id, r.round, r.started_at, r.ended_at, r.modified_at,
       w.id AS workflow_id, w.key, w.name AS workflow_name, w.icon,
       u.id AS initiator_id, u.name, u.email, coalesce(u.designation, '') AS designation, u.status AS user_status, coalesce(d.name, '') AS department,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', h.id, 'name', h.name, 'email', h.email, 'status', h.status, 'step', t.step) ORDER BY t.id)
                 FROM (SELECT * FROM tasks x WHERE x.org_id = r.org_id AND x.run_id = r.id OFFSET 0) t
                 LEFT JOIN users h ON h.org_id = t.org_id AND h.id = t.assignee_id
                 WHERE t.status = 'open'), '[]')::jsonb AS holders,
       coalesce((SELECT array_agg(v.step ORDER BY v.seq) FROM (SELECT * FROM step_runs x WHERE x.org_id = r.org_id AND x.run_id = r.id OFFSET 0) v
                 WHERE v.status = 'waiting' AND v.subs IS NOT NULL), '{}')::text[] AS waits
FROM (SELECT * FROM participants x WHERE x.user_id = @user_id::uuid AND (x.roles & @part::smallint) <> 0
        AND (NOT @open_only::boolean OR x.open)
        AND (sqlc.narg(after)::uuid IS NULL OR x.run_id < sqlc.narg(after)) ORDER BY x.run_id DESC OFFSET 0) p
CROSS JOIN LATERAL (SELECT * FROM runs x WHERE x.org_id = p.org_id AND x.id = p.run_id OFFSET 0) r
CROSS JOIN LATERAL (SELECT * FROM workflows x WHERE x.org_id = r.org_id AND x.id = r.workflow_id OFFSET 0) w
CROSS JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = r.org_id AND x.id = r.initiator_id OFFSET 0) u
LEFT JOIN LATERAL (SELECT * FROM departments x WHERE x.org_id = u.org_id AND x.id = u.department_id OFFSET 0) d ON true
WHERE (sqlc.narg(statuses)::text[] IS NULL OR r.status = ANY (sqlc.narg(statuses)::text[]))
  AND (sqlc.narg(workflow)::text IS NULL OR w.key = sqlc.narg(workflow) OR w.id::text = sqlc.narg(workflow))
  AND (sqlc.narg(query)::text IS NULL OR strpos(lower(r.title || ' ' || u.name || ' ' || r.prefix || '-' || r.number), lower(sqlc.narg(query))) > 0)
  AND (sqlc.narg(from_time)::timestamptz IS NULL OR r.started_at >= sqlc.narg(from_time))
  AND (sqlc.narg(to_time)::timestamptz IS NULL OR r.started_at < sqlc.narg(to_time))
  AND (sqlc.narg(outcome)::text IS NULL OR r.outcome = sqlc.narg(outcome))
  AND (sqlc.narg(initiator)::uuid IS NULL OR r.initiator_id = sqlc.narg(initiator))
  AND (sqlc.narg(step)::text IS NULL OR EXISTS (SELECT 1 FROM step_runs v WHERE v.org_id = r.org_id AND v.run_id = r.id AND v.left_at IS NULL AND v.step = sqlc.narg(step)))
ORDER BY p.run_id DESC LIMIT @max_rows;

-- name: ListWatched :many
-- Runs that somebody watches and may see: all of them with the right to, else those in
-- which he takes part, and those of which a task is offered to him.
SELECT r.id, r.prefix, coalesce(r.number, 0)::bigint AS number, r.title, r.status, r.outcome, r.reason, r.version_id, r.round, r.started_at, r.ended_at, r.modified_at,
       w.id AS workflow_id, w.key, w.name AS workflow_name, w.icon,
       u.id AS initiator_id, u.name, u.email, coalesce(u.designation, '') AS designation, u.status AS user_status, coalesce(d.name, '') AS department,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', h.id, 'name', h.name, 'email', h.email, 'status', h.status, 'step', t.step) ORDER BY t.id)
                 FROM (SELECT * FROM tasks x WHERE x.org_id = r.org_id AND x.run_id = r.id OFFSET 0) t
                 LEFT JOIN users h ON h.org_id = t.org_id AND h.id = t.assignee_id
                 WHERE t.status = 'open'), '[]')::jsonb AS holders,
       coalesce((SELECT array_agg(v.step ORDER BY v.seq) FROM (SELECT * FROM step_runs x WHERE x.org_id = r.org_id AND x.run_id = r.id OFFSET 0) v
                 WHERE v.status = 'waiting' AND v.subs IS NOT NULL), '{}')::text[] AS waits
FROM (SELECT * FROM participants x WHERE x.user_id = @user_id::uuid AND (x.roles & 8) <> 0
        AND (@everything::boolean OR (x.roles & 7) <> 0 OR x.run_id = ANY (@offered::uuid[]))
        AND (sqlc.narg(after)::uuid IS NULL OR x.run_id < sqlc.narg(after)) ORDER BY x.run_id DESC OFFSET 0) p
CROSS JOIN LATERAL (SELECT * FROM runs x WHERE x.org_id = p.org_id AND x.id = p.run_id OFFSET 0) r
CROSS JOIN LATERAL (SELECT * FROM workflows x WHERE x.org_id = r.org_id AND x.id = r.workflow_id OFFSET 0) w
CROSS JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = r.org_id AND x.id = r.initiator_id OFFSET 0) u
LEFT JOIN LATERAL (SELECT * FROM departments x WHERE x.org_id = u.org_id AND x.id = u.department_id OFFSET 0) d ON true
WHERE (sqlc.narg(statuses)::text[] IS NULL OR r.status = ANY (sqlc.narg(statuses)::text[]))
  AND (sqlc.narg(workflow)::text IS NULL OR w.key = sqlc.narg(workflow) OR w.id::text = sqlc.narg(workflow))
  AND (sqlc.narg(query)::text IS NULL OR strpos(lower(r.title || ' ' || u.name || ' ' || r.prefix || '-' || r.number), lower(sqlc.narg(query))) > 0)
  AND (sqlc.narg(from_time)::timestamptz IS NULL OR r.started_at >= sqlc.narg(from_time))
  AND (sqlc.narg(to_time)::timestamptz IS NULL OR r.started_at < sqlc.narg(to_time))
  AND (sqlc.narg(outcome)::text IS NULL OR r.outcome = sqlc.narg(outcome))
  AND (sqlc.narg(initiator)::uuid IS NULL OR r.initiator_id = sqlc.narg(initiator))
  AND (sqlc.narg(step)::text IS NULL OR EXISTS (SELECT 1 FROM step_runs v WHERE v.org_id = r.org_id AND v.run_id = r.id AND v.left_at IS NULL AND v.step = sqlc.narg(step)))
ORDER BY p.run_id DESC LIMIT @max_rows;

-- name: ListWatchedOffers :many
-- Tasks that were offered to somebody in runs of which he is nothing but a watcher.
SELECT r.version_id, t.step, t.run_id, t.id
FROM (SELECT * FROM participants x WHERE x.user_id = @user_id::uuid AND (x.roles & 8) <> 0 AND (x.roles & 7) = 0
      ORDER BY x.run_id DESC LIMIT @max_rows OFFSET 0) p
CROSS JOIN LATERAL (SELECT * FROM runs x WHERE x.org_id = p.org_id AND x.id = p.run_id OFFSET 0) r
CROSS JOIN LATERAL (SELECT * FROM tasks x WHERE x.org_id = r.org_id AND x.run_id = r.id AND x.status = 'open' AND x.assignee_id IS NULL OFFSET 0) t
WHERE EXISTS (SELECT 1 FROM pool_members m WHERE m.org_id = t.org_id AND m.user_id = @user_id AND m.pool_id = t.pool_id);

-- name: WhoMaySee :many
-- Those of some people who see a run though they take no part in it: by a right, or
-- because a task of it is offered to them.
SELECT u.id FROM users u
WHERE u.id = ANY (@user_ids::uuid[]) AND u.status = 'active' AND (
      EXISTS (SELECT 1 FROM role_members m JOIN roles r ON r.org_id = m.org_id AND r.id = m.role_id
              WHERE m.user_id = u.id AND r.permissions && ARRAY['run.view_all', 'run.operate'])
   OR EXISTS (SELECT 1 FROM tasks t JOIN pool_members m ON m.org_id = t.org_id AND m.pool_id = t.pool_id AND m.user_id = u.id
              WHERE t.run_id = @run_id AND t.status = 'open' AND t.assignee_id IS NULL));

-- name: ListAllRuns :many
-- Every run of the organization that was sent, for those who may see all.
SELECT r.id, r.prefix, coalesce(r.number, 0)::bigint AS number, r.title, r.status, r.outcome, r.reason, r.version_id, r.round, r.started_at, r.ended_at, r.modified_at,
       w.id AS workflow_id, w.key, w.name AS workflow_name, w.icon,
       u.id AS initiator_id, u.name, u.email, coalesce(u.designation, '') AS designation, u.status AS user_status, coalesce(d.name, '') AS department,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', h.id, 'name', h.name, 'email', h.email, 'status', h.status, 'step', t.step) ORDER BY t.id)
                 FROM (SELECT * FROM tasks x WHERE x.org_id = r.org_id AND x.run_id = r.id OFFSET 0) t
                 LEFT JOIN users h ON h.org_id = t.org_id AND h.id = t.assignee_id
                 WHERE t.status = 'open'), '[]')::jsonb AS holders,
       coalesce((SELECT array_agg(v.step ORDER BY v.seq) FROM (SELECT * FROM step_runs x WHERE x.org_id = r.org_id AND x.run_id = r.id OFFSET 0) v
                 WHERE v.status = 'waiting' AND v.subs IS NOT NULL), '{}')::text[] AS waits
FROM runs r
CROSS JOIN LATERAL (SELECT * FROM workflows x WHERE x.org_id = r.org_id AND x.id = r.workflow_id OFFSET 0) w
CROSS JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = r.org_id AND x.id = r.initiator_id OFFSET 0) u
LEFT JOIN LATERAL (SELECT * FROM departments x WHERE x.org_id = u.org_id AND x.id = u.department_id OFFSET 0) d ON true
WHERE r.status <> 'draft'
  AND (sqlc.narg(workflow_id)::uuid IS NULL OR r.workflow_id = sqlc.narg(workflow_id))
  AND (sqlc.narg(statuses)::text[] IS NULL OR r.status = ANY (sqlc.narg(statuses)::text[]))
  AND (sqlc.narg(query)::text IS NULL OR strpos(lower(r.title || ' ' || u.name || ' ' || r.prefix || '-' || r.number), lower(sqlc.narg(query))) > 0)
  AND (sqlc.narg(from_time)::timestamptz IS NULL OR r.started_at >= sqlc.narg(from_time))
  AND (sqlc.narg(to_time)::timestamptz IS NULL OR r.started_at < sqlc.narg(to_time))
  AND (sqlc.narg(outcome)::text IS NULL OR r.outcome = sqlc.narg(outcome))
  AND (sqlc.narg(initiator)::uuid IS NULL OR r.initiator_id = sqlc.narg(initiator))
  AND (sqlc.narg(step)::text IS NULL OR EXISTS (SELECT 1 FROM step_runs v WHERE v.org_id = r.org_id AND v.run_id = r.id AND v.left_at IS NULL AND v.step = sqlc.narg(step)))
  AND (sqlc.narg(after)::uuid IS NULL OR r.id < sqlc.narg(after))
ORDER BY r.id DESC LIMIT @max_rows;

-- name: ListDrafts :many
SELECT r.id, r.prefix, 0::bigint AS number, r.title, r.status, r.outcome, r.reason, r.version_id, r.round, r.started_at, r.ended_at, r.modified_at,
       w.id AS workflow_id, w.key, w.name AS workflow_name, w.icon,
       u.id AS initiator_id, u.name, u.email, coalesce(u.designation, '') AS designation, u.status AS user_status, coalesce(d.name, '') AS department,
       '[]'::jsonb AS holders, '{}'::text[] AS waits
FROM runs r
CROSS JOIN LATERAL (SELECT * FROM workflows x WHERE x.org_id = r.org_id AND x.id = r.workflow_id OFFSET 0) w
CROSS JOIN LATERAL (SELECT * FROM users x WHERE x.org_id = r.org_id AND x.id = r.initiator_id OFFSET 0) u
LEFT JOIN LATERAL (SELECT * FROM departments x WHERE x.org_id = u.org_id AND x.id = u.department_id OFFSET 0) d ON true
WHERE r.status = 'draft' AND r.initiator_id = @user_id
  AND (sqlc.narg(after)::uuid IS NULL OR r.id < sqlc.narg(after))
ORDER BY r.id DESC LIMIT @max_rows;

-- name: CountDrafts :one
SELECT count(*) FROM runs WHERE status = 'draft' AND initiator_id = @user_id;

-- name: ListHistory :many
SELECT e.seq, e.type, e.actor_id, e.on_behalf_of, e.at, e.data, coalesce(c.text, '') AS comment
FROM events e
LEFT JOIN comments c ON c.org_id = e.org_id AND c.id = (e.data->>'comment')::uuid
WHERE e.run_id = @run_id AND e.seq > @after
ORDER BY e.seq LIMIT @max_rows;

-- name: ListMigrations :many
-- The moves of a run to other versions of its workflow: steps had other ids before.
SELECT e.seq, e.at, e.data FROM events e WHERE e.run_id = @run_id AND e.type = 'run.migrated' ORDER BY e.seq;

-- name: ReasonOfTask :one
-- What was said last when a task was asked for, given to its holder, or opened by
-- sending the request back.
SELECT c.text, c.author_id, c.created_at
FROM events e
JOIN comments c ON c.org_id = e.org_id AND c.id = (e.data->>'comment')::uuid
WHERE e.run_id = @run_id AND (
      e.type IN ('task.created', 'task.delegated', 'task.reassigned') AND e.data->>'task' = @task::text
   OR e.type = 'task.sent_back' AND (e.data->>'step_seq')::integer = @back_from::integer)
ORDER BY e.seq DESC LIMIT 1;

-- name: ListRevisions :many
-- Every change of a run's values, to tell what has changed for a reader.
SELECT rev, data, at, by_id FROM run_revisions WHERE run_id = @run_id ORDER BY rev;

-- name: ListComments :many
SELECT c.id, c.author_id, c.kind, c.step, c.text, c.created_at
FROM comments c WHERE c.run_id = @run_id AND (sqlc.narg(after)::uuid IS NULL OR c.id > sqlc.narg(after))
ORDER BY c.id LIMIT @max_rows;

-- name: CountMine :one
-- What waits for a person: his open tasks and his drafts; and who reports to him.
SELECT (SELECT count(*) FROM tasks t WHERE t.assignee_id = @user_id AND t.status = 'open') AS open_tasks,
       (SELECT count(*) FROM runs r WHERE r.initiator_id = @user_id AND r.status = 'draft') AS drafts,
       (SELECT count(*) FROM users u WHERE u.manager_id = @user_id AND u.status = 'active') AS reports;

-- name: GroupOffered :many
-- The newest tasks that were offered to a person, by what decides whether they
-- still are.
SELECT r.version_id, t.step, array_agg(t.id)::uuid[] AS tasks, array_agg(t.run_id)::uuid[] AS runs
FROM (SELECT x.* FROM (SELECT * FROM pool_members y WHERE y.user_id = @user_id::uuid OFFSET 0) m
      CROSS JOIN LATERAL (SELECT * FROM tasks y WHERE y.org_id = m.org_id AND y.pool_id = m.pool_id
              AND y.status = 'open' AND y.assignee_id IS NULL OFFSET 0) x
      ORDER BY x.id DESC LIMIT @max_rows) t
CROSS JOIN LATERAL (SELECT * FROM runs x WHERE x.org_id = t.org_id AND x.id = t.run_id OFFSET 0) r
GROUP BY r.version_id, t.step;

-- name: SweepOutcomes :one
-- Removes some of the oldest idempotency keys. What another server removes at the
-- same time is passed over. The limit in time stands in a query of its own: compared
-- with a clock that runs, no index would be used.
WITH old AS (
    SELECT i.org_id, i.user_id, i.route, i.key FROM idempotency i
    WHERE i.org_id = app_org() AND i.created_at < (SELECT app_now() - make_interval(secs => @kept_seconds::float8))
    LIMIT @max_rows FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM idempotency i USING old
    WHERE i.org_id = old.org_id AND i.user_id = old.user_id AND i.route = old.route AND i.key = old.key
    RETURNING 1
)
SELECT count(*) FROM gone;

-- name: ListHeldTasks :many
-- What somebody holds, the oldest first, whoever asks: for those who may hand on
-- any task.
SELECT t.id, t.step, r.prefix, coalesce(r.number, 0)::bigint AS number, r.title
FROM (SELECT x.id, x.step, x.org_id, x.run_id FROM tasks x
      WHERE x.assignee_id = @user_id AND x.status = 'open' ORDER BY x.id LIMIT @batch OFFSET 0) t
CROSS JOIN LATERAL (SELECT y.prefix, y.number, y.title FROM runs y WHERE y.org_id = t.org_id AND y.id = t.run_id OFFSET 0) r
ORDER BY t.id;

-- name: UsualTimes :many
-- How long the latest runs of a workflow took from when they last came to a step to
-- their end, in seconds.
SELECT s.step, extract(epoch FROM r.ended_at - max(s.entered_at))::bigint AS seconds
FROM (SELECT x.org_id, x.id, x.ended_at FROM runs x
      WHERE x.workflow_id = @workflow_id AND x.status = 'completed' ORDER BY x.ended_at DESC LIMIT 200 OFFSET 0) r
JOIN step_runs s ON s.org_id = r.org_id AND s.run_id = r.id
GROUP BY r.id, r.ended_at, s.step
ORDER BY s.step, seconds;
