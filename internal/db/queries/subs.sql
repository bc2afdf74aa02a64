-- name: InsertSub :exec
INSERT INTO subruns (id, parent_id, step_seq, workflow, initiator_id, input)
VALUES (@id, @parent_id, @step_seq, @workflow, @initiator_id, @input);

-- name: StopSubs :exec
-- What was not started yet never is.
UPDATE subruns SET stop = true, try_at = app_now(), state = CASE state WHEN 'wanted' THEN 'done' ELSE state END, input = NULL
WHERE id = ANY (@ids::uuid[]) AND state <> 'done';

-- name: EndSub :exec
-- The run above is told, unless it does not want to know any more.
UPDATE subruns SET state = CASE WHEN stop THEN 'done' ELSE 'ended' END, try_at = app_now() WHERE id = @id AND state = 'running';

-- name: CloseSub :exec
UPDATE subruns SET state = 'done', input = NULL WHERE id = @id;

-- name: FailSub :exec
UPDATE subruns SET state = 'failed', detail = @detail, input = NULL, try_at = app_now() WHERE id = @id AND state = 'wanted';

-- name: PutOffSub :exec
-- Tried again later, the longer the more often it failed: ten minutes at most.
UPDATE subruns SET tries = tries + 1, try_at = app_now() + least(600, power(2, least(tries, 10))) * interval '1 second' WHERE id = @id;

-- name: ListSubWork :many
SELECT id, state, stop FROM subruns
WHERE (state IN ('wanted', 'ended', 'failed') OR state = 'running' AND stop) AND try_at <= app_now()
ORDER BY try_at, id LIMIT 100;

-- name: LoadWantedSub :one
-- What is to be started, and by which run; how many have been already, as far as that matters.
SELECT s.parent_id, s.workflow, s.initiator_id, s.input, p.root_id, p.initiator_id AS parent_initiator, p.depth, p.above,
       (SELECT count(*) FROM (SELECT 1 FROM runs x WHERE x.org_id = p.org_id AND x.root_id = p.root_id AND x.parent_id IS NOT NULL
                              LIMIT @most::integer) y)::integer AS family
FROM subruns s JOIN runs p ON p.org_id = s.org_id AND p.id = s.parent_id
WHERE s.id = @id AND s.state = 'wanted';

-- name: StartSub :one
-- Nothing comes back where another server started it meanwhile, or it is not wanted any more.
UPDATE subruns SET state = @state, input = NULL, try_at = app_now() WHERE id = @id AND state = 'wanted' RETURNING id;

-- name: LoadEndedSub :one
-- What a run is to be told of one it started; without a number where that failed.
SELECT s.parent_id, s.state, s.detail, coalesce(r.prefix, '')::text AS prefix, coalesce(r.number, 0)::bigint AS number,
       coalesce(r.outcome, '')::text AS outcome, coalesce(d.data, '{}')::jsonb AS data
FROM subruns s
LEFT JOIN runs r ON r.org_id = s.org_id AND r.id = s.id
LEFT JOIN run_data d ON d.org_id = r.org_id AND d.run_id = r.id
WHERE s.id = @id AND s.state IN ('ended', 'failed');

-- name: ListRelatedRuns :many
-- Runs that started each other, and the reader's part in each (0: none).
SELECT r.id, r.prefix, coalesce(r.number, 0)::bigint AS number, r.title, r.status, r.outcome, r.version_id, r.started_at, r.ended_at, w.key, w.name,
       coalesce((SELECT p.roles FROM participants p WHERE p.user_id = @user_id AND p.run_id = r.id), 0)::smallint AS part
FROM (SELECT * FROM runs x WHERE x.id = ANY (@ids::uuid[]) OFFSET 0) r
CROSS JOIN LATERAL (SELECT * FROM workflows x WHERE x.org_id = r.org_id AND x.id = r.workflow_id OFFSET 0) w;

-- name: ListWorkflowNames :many
SELECT key, name FROM workflows WHERE key = ANY (@keys::text[]) AND deleted_at IS NULL;
