-- name: ListOrgsToFollow :many
-- Organizations whose people changed since open tasks followed them, or where an
-- absence began or ended.
SELECT id FROM orgs
WHERE (directory_rev <> followed_rev OR follow_at <= app_now()) AND (follower_until IS NULL OR follower_until < app_now())
ORDER BY id;

-- name: ClaimFollowing :one
-- One server at a time; one that died gives way after a while.
UPDATE orgs SET follower_until = app_now() + interval '1 minute'
WHERE id = app_org() AND (directory_rev <> followed_rev OR follow_at <= app_now()) AND (follower_until IS NULL OR follower_until < app_now())
RETURNING directory_rev, followed_at, app_now()::timestamptz AS now;

-- name: EndFollowing :exec
UPDATE orgs SET followed_rev = greatest(followed_rev, @revision), followed_at = @at, follower_until = NULL,
       follow_at = (SELECT min(x.at) FROM (SELECT min(a.starts_at) AS at FROM absences a WHERE a.starts_at > @at
                    UNION ALL SELECT min(a.ends_at) FROM absences a WHERE a.ends_at > @at) x)
WHERE id = app_org();

-- name: KeepFollowing :exec
-- Keeps other servers away for a minute more: while this one is still at it, or
-- when something failed and is to be tried again later.
UPDATE orgs SET follower_until = app_now() + interval '1 minute' WHERE id = app_org();

-- name: ListRunsToFollow :many
-- Runs whose open tasks may have to go to somebody else: because of who holds them
-- or stands in, because the request comes from somebody who changed or reports to
-- one who did, because somebody who decided before did, or because they are offered to a pool.
WITH RECURSIVE changed AS (
    SELECT u.id FROM users u WHERE u.modified_at >= @since
    UNION SELECT u.id FROM users u JOIN departments d ON d.org_id = u.org_id AND d.id = u.department_id WHERE d.modified_at >= @since
), below AS (
    SELECT c.id FROM changed c
    UNION SELECT u.id FROM below b JOIN users u ON u.manager_id = b.id
)
SELECT t.run_id FROM tasks t
WHERE t.status = 'open' AND (
      t.assignee_id IS NULL OR t.for_absent
   OR EXISTS (SELECT 1 FROM departments d WHERE d.modified_at >= @since)
   OR t.assignee_id IN (SELECT u.id FROM users u WHERE u.status <> 'active')
   OR t.assignee_id IN (SELECT c.id FROM changed c)
   OR t.assignee_id IN (SELECT a.user_id FROM absences a WHERE a.ends_at > @since)
   OR EXISTS (SELECT 1 FROM runs r WHERE r.org_id = t.org_id AND r.id = t.run_id AND r.initiator_id IN (SELECT b.id FROM below b))
   OR EXISTS (SELECT 1 FROM tasks c WHERE c.org_id = t.org_id AND c.run_id = t.run_id AND c.status = 'completed'
              AND c.assignee_id IN (SELECT b.id FROM below b)))
GROUP BY t.run_id ORDER BY t.run_id;
