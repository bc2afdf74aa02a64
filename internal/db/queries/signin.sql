-- Statements of signing in and of sessions; see app/directory.

-- name: FindOrg :one
-- By slug, else by name in whatever case.
SELECT id, slug, name, zone FROM orgs WHERE slug = $1 OR name_key = $1 ORDER BY (slug = $1) DESC LIMIT 1;

-- name: ListOrgIDs :many
SELECT id FROM orgs ORDER BY id;

-- name: GetOrg :one
SELECT id, slug, name, zone FROM orgs WHERE id = app_org();

-- name: CountAttempt :one
-- A leaky bucket of one account. It is filled before the password is looked at,
-- so that many attempts at once are counted too. Where the account signed in
-- from the same address lately it has a bucket of its own, which attackers
-- elsewhere cannot fill. A refused attempt adds nothing.
INSERT INTO login_failures AS f (kind, subject, level, refused, at)
SELECT @kind::text,
       @subject::text || CASE WHEN @address::text <> '' AND EXISTS (
           SELECT 1 FROM users u JOIN sessions s ON s.org_id = u.org_id AND s.user_id = u.id
           WHERE u.email = @subject AND s.ip = @address AND s.created_at > app_now() - '30 days'::interval) THEN ' ' || @address ELSE '' END,
       1, false, app_now()
ON CONFLICT (org_id, kind, subject) DO UPDATE SET
    refused = greatest(f.level - extract(epoch FROM app_now() - f.at) / @seconds_per_attempt::float8, 0) + 1 > @bound::float8,
    level = greatest(f.level - extract(epoch FROM app_now() - f.at) / @seconds_per_attempt::float8, 0)
          + CASE WHEN greatest(f.level - extract(epoch FROM app_now() - f.at) / @seconds_per_attempt::float8, 0) + 1 > @bound::float8
                 THEN 0 ELSE 1 END,
    at = app_now()
RETURNING refused, level;

-- name: ForgetAttempts :exec
-- After a right password.
DELETE FROM login_failures WHERE kind = 'account' AND (subject = @email::text OR subject = @email || ' ' || @address::text);

-- name: RefundAttempt :exec
-- The address only gets the one attempt back that was right: otherwise an
-- account of his own would let an attacker go on for ever.
UPDATE login_failures SET level = greatest(level - 1, 0) WHERE kind = 'address' AND subject = $1;

-- name: SweepAttempts :exec
DELETE FROM login_failures WHERE at < app_now() - '1 day'::interval;

-- name: FindAccount :one
SELECT u.id, u.name, u.status, coalesce(c.hash, '')::text AS hash
FROM users u LEFT JOIN credentials c ON c.org_id = u.org_id AND c.user_id = u.id
WHERE u.email = $1;

-- name: InsertSession :exec
-- Nothing is inserted for somebody disabled meanwhile; the refresh token's
-- foreign key then refuses the sign-in.
INSERT INTO sessions (id, user_id, auth_epoch, seed, ip, user_agent, expires_at)
SELECT @id, u.id, u.auth_epoch, @seed, @ip, @user_agent, app_now() + make_interval(secs => @life_seconds::float8)
FROM users u WHERE u.id = @user_id AND u.status = 'active';

-- name: InsertRefreshToken :exec
INSERT INTO refresh_tokens (session_id, generation, hash) VALUES (@session_id, @generation, @hash);

-- name: SweepSessions :exec
-- Ended ones are kept for a month: they tell which addresses an account knows.
DELETE FROM sessions WHERE user_id = $1 AND expires_at < app_now() - '30 days'::interval;

-- name: ReplaceHash :exec
-- Only the hash that was verified: the password may have changed meanwhile.
UPDATE credentials SET hash = @new WHERE user_id = @user_id AND hash = @old;

-- name: LockSession :one
SELECT id FROM sessions WHERE id = $1 FOR NO KEY UPDATE;

-- name: LoadRefresh :one
-- Behind the lock, in a statement of its own.
SELECT s.user_id, s.seed, s.generation, t.generation AS given,
       (s.ended_at IS NOT NULL)::bool AS ended,
       (s.expires_at <= app_now() OR t.generation = s.generation AND t.created_at + make_interval(secs => @idle_seconds::float8) <= app_now())::bool AS expired,
       coalesce(t.replaced_at + make_interval(secs => @grace_seconds::float8) > app_now(), false)::bool AS in_grace,
       (u.status = 'active' AND u.auth_epoch = s.auth_epoch)::bool AS entitled,
       extract(epoch FROM s.expires_at - app_now())::float8 AS seconds_left
FROM sessions s
JOIN refresh_tokens t ON t.org_id = s.org_id AND t.session_id = s.id
JOIN users u ON u.org_id = s.org_id AND u.id = s.user_id
WHERE s.id = @session_id AND t.hash = @hash;

-- name: RetireRefreshToken :exec
UPDATE refresh_tokens SET replaced_at = app_now() WHERE session_id = @session_id AND generation = @generation;

-- name: AdvanceSession :exec
UPDATE sessions SET generation = @generation, last_seen_at = app_now(), ip = @ip, user_agent = @user_agent WHERE id = @id;

-- name: EndSession :exec
UPDATE sessions SET ended_at = app_now(), end_reason = @reason WHERE id = @id AND ended_at IS NULL;

-- name: EndSessionsOfUser :exec
UPDATE sessions SET ended_at = app_now(), end_reason = @reason WHERE user_id = @user_id AND ended_at IS NULL;

-- name: FindSessionByToken :one
SELECT s.id, s.user_id FROM sessions s
JOIN refresh_tokens t ON t.org_id = s.org_id AND t.session_id = s.id
WHERE s.id = @id AND t.hash = @hash AND s.ended_at IS NULL;

-- name: CheckSession :one
-- What every request depends on: asked at most every few seconds per session.
SELECT s.user_id,
       ARRAY(SELECT DISTINCT p FROM role_grants g
             JOIN roles r ON r.org_id = g.org_id AND r.id = g.role_id, unnest(r.permissions) p
             WHERE g.user_id = u.id OR g.department_id = u.department_id OR g.designation = u.designation)::text[] AS permissions
FROM sessions s
JOIN users u ON u.org_id = s.org_id AND u.id = s.user_id
WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > app_now()
  AND u.status = 'active' AND u.auth_epoch = s.auth_epoch;

-- name: ListSessions :many
SELECT id, created_at, last_seen_at, user_agent, ip FROM sessions
WHERE user_id = @user_id AND ended_at IS NULL AND expires_at > app_now()
  AND last_seen_at + make_interval(secs => @idle_seconds::float8) > app_now()
  AND auth_epoch = (SELECT u.auth_epoch FROM users u WHERE u.id = @user_id)
ORDER BY last_seen_at DESC, id DESC
LIMIT 100;

-- name: EndOwnSession :one
UPDATE sessions SET ended_at = app_now(), end_reason = 'revoked'
WHERE id = @id AND user_id = @user_id AND ended_at IS NULL
RETURNING id;

-- name: InsertAudit :exec
INSERT INTO audit (id, actor_id, action, outcome, object_id, ip, user_agent, detail)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: ListSigningKeys :many
SELECT kid, private_key, coalesce(extract(epoch FROM app_now() - retired_at), -1)::float8 AS retired_for FROM signing_keys ORDER BY created_at, kid;

-- name: InsertSigningKey :exec
INSERT INTO signing_keys (kid, private_key) VALUES ($1, $2);

-- name: RetireSigningKeys :exec
UPDATE signing_keys SET retired_at = app_now() WHERE retired_at IS NULL AND kid <> $1;
