-- Statements of the verbs in app/runs: lock, load, and the row difference that
-- save writes. They travel in batches; see app/runs/load.go and save.go.

-- name: LockRun :one
-- Every change of a run holds this lock. It leaves foreign-key checks of others
-- alone, which plain FOR UPDATE would block.
SELECT id FROM runs WHERE id = @run_id FOR NO KEY UPDATE;

-- name: RunOfTask :one
-- Which run a task belongs to never changes: it may be asked before the lock.
SELECT run_id FROM tasks WHERE id = @task_id;

-- name: LoadRun :one
-- The run, the reader's part in it (0: none), its stakeholders, who are few, and as many
-- of its watchers as are worth telling of.
-- Each OFFSET 0 is a fence: rows are fetched by their keys in this order, whatever
-- the planner believes about a table that has just begun to grow.
-- A statement of its own after the lock: one that waited would re-read only the
-- locked row. The time of the command is read here, behind the wait.
SELECT r.id, r.workflow_id, r.version_id, r.prefix, coalesce(r.number, 0)::bigint AS number, r.title, r.status, r.outcome,
       r.reason, r.initiator_id, r.root_id, r.parent_id, r.depth, r.above, r.round, r.visits, r.seq, r.rev, r.started_at, r.ended_at, r.nudged_at, r.created_at,
       d.data, d.context, d.comment, w.owner_id, w.key, w.name, w.icon, w.grp, v.no AS version_no,
       o.slug AS org_slug, o.name AS org_name, o.zone AS org_zone, o.directory_rev, app_now()::timestamptz AS now,
       coalesce((SELECT p.roles FROM participants p WHERE p.user_id = @user_id AND p.run_id = r.id), 0)::smallint AS part,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.user_id, 'part', p.roles, 'by', p.added_by) ORDER BY p.user_id)
                 FROM (SELECT * FROM participants x WHERE x.run_id = r.id AND (x.roles & 12) <> 0 ORDER BY (x.roles & 4) = 0, x.user_id LIMIT 500) p), '[]')::jsonb AS beside
FROM (SELECT * FROM runs x WHERE x.id = @run_id OFFSET 0) r
CROSS JOIN LATERAL (SELECT x.data, x.context, x.comment FROM run_data x WHERE x.org_id = r.org_id AND x.run_id = r.id OFFSET 0) d
CROSS JOIN LATERAL (SELECT x.owner_id, x.key, x.name, x.icon, x.grp FROM workflows x WHERE x.org_id = r.org_id AND x.id = r.workflow_id OFFSET 0) w
CROSS JOIN LATERAL (SELECT x.no FROM versions x WHERE x.org_id = r.org_id AND x.id = r.version_id OFFSET 0) v
CROSS JOIN LATERAL (SELECT x.slug, x.name, x.zone, x.directory_rev FROM orgs x WHERE x.id = r.org_id OFFSET 0) o;

-- name: LoadSteps :many
SELECT seq, step, status, round, scope, cause, return_to, back_from, transition, detail, correct, again, waits, chosen, subs, former,
       entered_at, left_at
FROM step_runs WHERE run_id = @run_id ORDER BY seq;

-- name: LoadTasks :many
-- With each task, whether the reader is among those to whom it was offered. A
-- scalar question and no EXISTS: that one may be answered from all his pools.
SELECT t.id, t.step_seq, t.step, t.kind, t.slot, t.vote_group, t.status, t.assignee_id, t.on_behalf_of, t.for_absent, t.by_hand, t.added_by,
       t.waits_for, t.pool_id, t.warning, t.transition, t.decision, t.shown, t.void_by, t.void_fields, t.again, t.assigned_at, t.created_at, t.completed_at,
       (t.pool_id IS NOT NULL AND coalesce((SELECT true FROM pool_members m
                                            WHERE m.user_id = @user_id AND m.pool_id = t.pool_id), false))::boolean AS asked
FROM tasks t WHERE t.run_id = @run_id ORDER BY t.created_at, t.id;

-- name: LoadHeld :many
-- The steps whose tasks somebody ever held, those he handed on included.
SELECT DISTINCT (e.data->>'step')::text AS step FROM events e
WHERE e.run_id = @run_id AND @user_id::text IN (e.data->>'assignee', e.data->>'former');

-- name: LoadOutcome :one
-- The stored outcome of a verb under this key, if it was carried out before.
SELECT hash, run_id, seq FROM idempotency WHERE user_id = @user_id AND route = @route AND key = @key;

-- name: LoadDocument :one
SELECT document FROM versions WHERE id = @id;

-- name: TakeNumber :one
-- The next number of a workflow's prefix, for whoever is about to start it.
INSERT INTO counters (prefix, n)
SELECT w.prefix, 1 FROM workflows w
WHERE (w.id = sqlc.narg(id)::uuid OR w.key = sqlc.narg(key)::text) AND w.deleted_at IS NULL AND w.status = 'published'
ON CONFLICT (org_id, prefix) DO UPDATE SET n = counters.n + 1
RETURNING prefix, n;

-- name: LoadStartable :one
SELECT w.id, w.key, w.name, w.description, w.icon, w.grp, w.owner_id, w.status, w.version_id, w.version_no, w.visible_to,
       w.prefix, w.revision, w.modified_at, o.slug AS org_slug, o.name AS org_name, o.zone AS org_zone, o.directory_rev, app_now()::timestamptz AS now
FROM workflows w JOIN orgs o ON o.id = w.org_id
WHERE (w.id = sqlc.narg(id)::uuid OR w.key = sqlc.narg(key)::text) AND w.deleted_at IS NULL;

-- name: InsertRun :exec
-- Nothing is inserted when the workflow was unpublished a moment ago; then the
-- reference of run_data to the run fails, and with it the whole verb.
INSERT INTO runs (id, workflow_id, version_id, prefix, number, title, status, outcome, initiator_id, root_id, parent_id, depth, above, round, visits,
                  seq, rev, started_at, ended_at, created_at, created_by, modified_at, modified_by)
SELECT @id, w.id, @version_id, @prefix, @number::bigint, @title, @status, @outcome, @initiator_id, @root_id, sqlc.narg(parent_id)::uuid, @depth, sqlc.narg(above)::uuid[], @round, @visits,
       @seq, @rev, @started_at::timestamptz, sqlc.narg(ended_at)::timestamptz, @started_at::timestamptz, @initiator_id, @started_at::timestamptz, @initiator_id
FROM workflows w
WHERE w.id = @workflow_id AND w.version_id = @version_id AND w.status = 'published' AND w.deleted_at IS NULL;

-- name: InsertRunData :exec
INSERT INTO run_data (run_id, data, context) VALUES (@run_id, @data, @context);

-- name: InsertDraftRun :exec
INSERT INTO runs (id, workflow_id, version_id, prefix, status, title, initiator_id, root_id, created_by, modified_by)
VALUES (@id, @workflow_id, @version_id, @prefix, 'draft', @title, @user_id, @id, @user_id, @user_id);

-- name: InsertDraftData :exec
INSERT INTO run_data (run_id, data, comment) VALUES (@run_id, @data, @comment);

-- name: UpdateDraftRun :exec
UPDATE runs SET version_id = @version_id, modified_at = app_now(), modified_by = @user_id WHERE id = @id AND status = 'draft';

-- name: UpdateDraftData :exec
UPDATE run_data SET data = @data, comment = @comment WHERE run_id = @run_id;

-- name: LoadDraft :one
SELECT r.id, r.workflow_id, r.modified_at, d.data, d.comment
FROM runs r JOIN run_data d ON d.org_id = r.org_id AND d.run_id = r.id
WHERE r.id = @run_id AND r.status = 'draft' AND r.initiator_id = @user_id;

-- name: LatestDraft :one
SELECT r.id, r.workflow_id, r.modified_at, d.data, d.comment
FROM runs r JOIN run_data d ON d.org_id = r.org_id AND d.run_id = r.id
JOIN workflows w ON w.org_id = r.org_id AND w.id = r.workflow_id
WHERE (w.id = sqlc.narg(id)::uuid OR w.key = sqlc.narg(key)::text) AND w.deleted_at IS NULL
  AND r.status = 'draft' AND r.initiator_id = @user_id
ORDER BY r.modified_at DESC LIMIT 1;

-- name: LockDraft :one
SELECT id, workflow_id FROM runs WHERE id = @run_id AND status = 'draft' AND initiator_id = @user_id FOR UPDATE;

-- name: DeleteDraft :exec
DELETE FROM runs WHERE id = @run_id AND status = 'draft' AND initiator_id = @user_id;

-- name: UpdateRun :exec
UPDATE runs SET title = @title, status = @status, outcome = @outcome, reason = @reason, round = @round, visits = @visits,
       seq = @seq, rev = @rev, ended_at = sqlc.narg(ended_at), nudged_at = sqlc.narg(nudged_at), modified_at = @at, modified_by = @user_id
WHERE id = @id;

-- name: UpdateRunVersion :exec
UPDATE runs SET version_id = @version_id WHERE id = @id;

-- name: LoadVersion :one
-- A version of a workflow by its number, the published one for 0. No version: its id is null.
SELECT w.id AS workflow_id, v.id, coalesce(v.no, 0)::int AS no
FROM workflows w
LEFT JOIN versions v ON v.org_id = w.org_id AND v.workflow_id = w.id AND (v.no = @no::int OR @no::int = 0 AND v.id = w.version_id)
WHERE (w.id = sqlc.narg(id)::uuid OR w.key = sqlc.narg(key)::text) AND w.deleted_at IS NULL;

-- name: CountByVersion :many
-- How many requests of a workflow are under way by which of its versions.
SELECT v.id, v.no, count(*) AS runs
FROM runs r JOIN versions v ON v.org_id = r.org_id AND v.id = r.version_id
WHERE r.workflow_id = @workflow_id AND r.status IN ('running', 'held')
GROUP BY v.id, v.no ORDER BY v.no;

-- name: ListStepsInUse :many
-- The steps at which requests of a workflow are that are under way by one version.
SELECT s.step, count(DISTINCT s.run_id) AS runs
FROM runs r JOIN step_runs s ON s.org_id = r.org_id AND s.run_id = r.id
WHERE r.workflow_id = @workflow_id AND r.status IN ('running', 'held') AND r.version_id = @version_id
  AND s.status IN ('running', 'waiting', 'incident')
GROUP BY s.step;

-- name: ListToMigrate :many
-- The requests of a workflow that are under way by another version, the oldest first.
SELECT r.id, r.prefix, r.number::bigint AS number, r.title, v.no
FROM runs r JOIN versions v ON v.org_id = r.org_id AND v.id = r.version_id
WHERE r.workflow_id = @workflow_id AND r.status IN ('running', 'held') AND r.version_id <> @version_id
  AND (sqlc.narg(from_nos)::int[] IS NULL OR v.no = ANY (sqlc.narg(from_nos)::int[]))
  AND (sqlc.narg(run_ids)::uuid[] IS NULL OR r.id = ANY (sqlc.narg(run_ids)::uuid[]))
  AND (sqlc.narg(after)::uuid IS NULL OR r.id > sqlc.narg(after))
ORDER BY r.id LIMIT @max_rows;

-- name: UpdateRunData :exec
UPDATE run_data SET data = @data WHERE run_id = @run_id;

-- name: InsertRevision :exec
INSERT INTO run_revisions (run_id, rev, seq, round, data, salt, at, by_id)
VALUES (@run_id, @rev, @seq, @round, @data, @salt, @at, sqlc.narg(by_id));

-- name: InsertStep :exec
INSERT INTO step_runs (run_id, seq, step, status, round, scope, cause, back_from, return_to, transition, detail, correct, subs, entered_at, left_at)
VALUES (@run_id, @seq, @step, @status, @round, @scope, @cause, @back_from, @return_to, @transition, @detail, @correct, sqlc.narg(subs),
        @entered_at, sqlc.narg(left_at));

-- name: UpdateStep :exec
UPDATE step_runs SET step = @step, former = @former, status = @status, transition = @transition, detail = @detail, again = @again, waits = @waits,
       chosen = sqlc.narg(chosen), subs = sqlc.narg(subs), left_at = sqlc.narg(left_at)
WHERE run_id = @run_id AND seq = @seq;

-- name: InsertPool :exec
INSERT INTO pools (id, hash) VALUES (@id, @hash) ON CONFLICT (org_id, id) DO NOTHING;

-- name: InsertPoolMembers :exec
-- A pool never changes: where it has members it has all of them. Whoever inserts
-- the same pool at the same time waited at InsertPool.
INSERT INTO pool_members (pool_id, user_id) SELECT @pool_id, unnest(@user_ids::uuid[])
WHERE NOT EXISTS (SELECT 1 FROM pool_members m WHERE m.pool_id = @pool_id)
ON CONFLICT (org_id, user_id, pool_id) DO NOTHING;

-- name: InsertTask :exec
INSERT INTO tasks (id, run_id, step_seq, step, kind, slot, vote_group, status, assignee_id, on_behalf_of, for_absent, by_hand, added_by, waits_for,
                   pool_id, warning, transition, decision, again, workflow_id, assigned_at, created_at, completed_at)
VALUES (@id, @run_id, @step_seq, @step, @kind, @slot, @vote_group, @status, sqlc.narg(assignee_id), sqlc.narg(on_behalf_of),
        @for_absent, @by_hand, sqlc.narg(added_by), sqlc.narg(waits_for), sqlc.narg(pool_id), @warning, @transition, @decision, sqlc.narg(again), @workflow_id, @assigned_at, @created_at, sqlc.narg(completed_at));

-- name: UpdateTask :exec
UPDATE tasks SET step = @step, status = @status, assignee_id = sqlc.narg(assignee_id), on_behalf_of = sqlc.narg(on_behalf_of),
       for_absent = @for_absent, by_hand = @by_hand, waits_for = sqlc.narg(waits_for), pool_id = sqlc.narg(pool_id), warning = @warning, transition = @transition,
       decision = @decision, shown = sqlc.narg(shown), seen = coalesce(sqlc.narg(seen), seen), void_by = sqlc.narg(void_by),
       void_fields = sqlc.narg(void_fields), assigned_at = @assigned_at, completed_at = sqlc.narg(completed_at)
WHERE id = @id;

-- name: AddParticipant :exec
INSERT INTO participants (run_id, user_id, roles, open) VALUES (@run_id, @user_id, @roles, @open)
ON CONFLICT (org_id, user_id, run_id) DO UPDATE SET roles = participants.roles | excluded.roles, open = excluded.open;

-- name: AddStakeholder :exec
INSERT INTO participants (run_id, user_id, roles, open, added_by) VALUES (@run_id, @user_id, @roles, @open, @added_by)
ON CONFLICT (org_id, user_id, run_id) DO UPDATE SET roles = participants.roles | excluded.roles, open = excluded.open, added_by = excluded.added_by;

-- name: ForgetAddedBy :exec
UPDATE participants SET added_by = NULL WHERE run_id = @run_id AND user_id = ANY (@user_ids::uuid[]);

-- name: CloseParticipants :exec
UPDATE participants SET open = false WHERE run_id = @run_id AND open;

-- name: CommentTime :one
SELECT created_at FROM comments WHERE id = @id;

-- name: InsertComment :exec
INSERT INTO comments (id, run_id, author_id, kind, step, text, created_at)
VALUES (@id, @run_id, @author_id, @kind, @step, @text, @at);

-- name: InsertEvent :exec
INSERT INTO events (run_id, id, seq, type, actor_id, on_behalf_of, at, data)
VALUES (@run_id, @id, @seq, @type, sqlc.narg(actor_id), sqlc.narg(on_behalf_of), @at, @data);

-- name: InsertOutcome :exec
INSERT INTO idempotency (user_id, route, key, hash, run_id, seq)
VALUES (@user_id, @route, @key, @hash, @run_id, @seq);

-- name: PutTurn :exec
INSERT INTO turns (workflow_id, step, user_id) VALUES (@workflow_id, @step, @user_id)
ON CONFLICT (org_id, workflow_id, step) DO UPDATE SET user_id = excluded.user_id;

-- name: ListEvents :many
-- All that ever happened to a run, with the values of its fields: what its state follows from.
SELECT e.type, e.actor_id, e.on_behalf_of, e.at, e.id, e.data, v.data AS values
FROM events e
LEFT JOIN run_revisions v ON v.org_id = e.org_id AND v.run_id = e.run_id AND v.seq = e.seq
WHERE e.run_id = @run_id ORDER BY e.seq;

-- name: DeleteTasks :exec
-- Those that a decision had made which was taken back. The history keeps them.
DELETE FROM tasks WHERE run_id = @run_id AND id = ANY (@ids::uuid[]);

-- name: DeleteSteps :exec
DELETE FROM step_runs WHERE run_id = @run_id AND seq > @last;

-- name: LoseParts :exec
-- What else somebody is in the run he stays.
UPDATE participants SET roles = roles - (roles & @roles::smallint) WHERE run_id = @run_id AND user_id = ANY (@user_ids::uuid[]);

-- name: DeleteParticipants :exec
DELETE FROM participants WHERE run_id = @run_id AND user_id = ANY (@user_ids::uuid[]) AND roles = 0;

-- name: OpenParticipants :exec
UPDATE participants SET open = true WHERE run_id = @run_id AND NOT open;
