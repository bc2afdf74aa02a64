-- Statements about people, departments and roles; see app/directory. Lists with
-- optional filters are put together there.

-- name: LockDirectory :exec
-- Changes that depend on more than one row (nobody reports to himself, somebody
-- can still manage roles) take turns within an organization.
SELECT pg_advisory_xact_lock(hashtextextended('directory ' || app_org()::text, 0));

-- name: LockUser :one
SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE;

-- name: InsertUser :exec
INSERT INTO users (id, email, name, manager_id, department_id, designation, level, level_rank,
                   city, state, country, location, attributes, created_by, modified_by)
VALUES (@id, @email, @name, @manager_id, @department_id, @designation, @level, @level_rank,
        @city, @state, @country, @location, @attributes, @by_id, @by_id);

-- name: UpdateUser :exec
UPDATE users SET email = @email, name = @name, manager_id = @manager_id, department_id = @department_id,
    designation = @designation, level = @level, level_rank = @level_rank, city = @city, state = @state,
    country = @country, location = @location, attributes = @attributes,
    revision = revision + 1, modified_at = app_now(), modified_by = @by_id
WHERE id = @id;

-- name: SetStatus :exec
-- A new epoch ends every session.
UPDATE users SET status = @status, auth_epoch = auth_epoch + 1, revision = revision + 1,
    modified_at = app_now(), modified_by = @by_id
WHERE id = @id;

-- name: SetPassword :exec
INSERT INTO credentials (user_id, hash) VALUES (@user_id, @hash)
ON CONFLICT (org_id, user_id) DO UPDATE SET hash = excluded.hash, changed_at = app_now();

-- name: NextEpoch :exec
UPDATE users SET auth_epoch = auth_epoch + 1 WHERE id = $1;

-- name: ListDepartmentKeys :many
SELECT id, key, name FROM departments ORDER BY key;

-- name: FindUser :one
SELECT id FROM users WHERE email = @email OR id = sqlc.narg('id')::uuid;

-- name: LoadProfile :one
SELECT id, email, name, manager_id, department_id, designation, level, level_rank, city, state, country, location,
       attributes, status, revision
FROM users WHERE id = $1;

-- name: LoadProfiles :many
-- Everybody, for an import.
SELECT id, email, name, manager_id, department_id, designation, level, level_rank, city, state, country, location,
       attributes, status, revision
FROM users;

-- name: ListOwnGrants :many
-- The roles people were given themselves.
SELECT g.user_id::uuid AS user_id, r.key FROM role_grants g
JOIN roles r ON r.org_id = g.org_id AND r.id = g.role_id WHERE g.user_id IS NOT NULL;

-- name: ListAttributeTypes :many
SELECT key, label, kind FROM attribute_types ORDER BY key;

-- name: SetAttributeType :exec
INSERT INTO attribute_types (key, label, kind) VALUES (@key, @label, @kind)
ON CONFLICT (org_id, key) DO UPDATE SET label = excluded.label, kind = excluded.kind;

-- name: UsedAttribute :one
SELECT (EXISTS (SELECT 1 FROM version_refs WHERE kind = 'attribute' AND ref = @key)
    OR EXISTS (SELECT 1 FROM users WHERE attributes -> @key::text IS NOT NULL))::bool;

-- name: CountOpenTasks :one
SELECT count(*)::int FROM tasks WHERE assignee_id = $1 AND status = 'open';

-- name: PermissionsOf :many
-- The rights that people have by all their roles.
SELECT u.id, ARRAY(SELECT DISTINCT p FROM role_grants g
    JOIN roles r ON r.org_id = g.org_id AND r.id = g.role_id, unnest(r.permissions) p
    WHERE g.user_id = u.id OR g.department_id = u.department_id OR g.designation = u.designation)::text[] AS permissions
FROM users u WHERE u.id = ANY (@ids::uuid[]);

-- name: CountHolders :one
-- How many active people hold a right.
SELECT count(*)::int FROM users u
WHERE u.status = 'active' AND EXISTS (
    SELECT 1 FROM role_members m JOIN roles r ON r.org_id = m.org_id AND r.id = m.role_id
    WHERE m.user_id = u.id AND @permission::text = ANY (r.permissions));

-- name: InsertOrg :exec
INSERT INTO orgs (id, slug, name, zone) VALUES (app_org(), @slug, @name, @zone);

-- name: InsertDepartment :exec
INSERT INTO departments (id, key, name, head_id, created_by, modified_by) VALUES (@id, @key, @name, @head_id, @by_id, @by_id);

-- name: GetDepartment :one
SELECT id, key, name, head_id, revision FROM departments WHERE id = $1 FOR NO KEY UPDATE;

-- name: UpdateDepartment :exec
UPDATE departments SET name = @name, head_id = @head_id, revision = revision + 1, modified_at = app_now(), modified_by = @by_id
WHERE id = @id;

-- name: InsertRole :exec
INSERT INTO roles (id, key, name, description, permissions, system, created_by, modified_by)
VALUES (@id, @key, @name, @description, @permissions, @system, @by_id, @by_id);

-- name: GetRole :one
SELECT id, key, name, description, permissions, system, revision FROM roles WHERE id = $1 FOR NO KEY UPDATE;

-- name: UpdateRole :exec
UPDATE roles SET name = @name, description = @description, permissions = @permissions,
    revision = revision + 1, modified_at = app_now(), modified_by = @by_id
WHERE id = @id;

-- name: ListRoles :many
SELECT r.id, r.key, r.name, r.description, r.permissions, r.system, r.revision,
       (SELECT count(DISTINCT m.user_id) FROM role_members m WHERE m.role_id = r.id)::int AS members
FROM roles r ORDER BY r.system DESC, r.name, r.id;

-- name: ListRoleKeys :many
SELECT id, key FROM roles ORDER BY key;

-- name: InsertGrant :exec
INSERT INTO role_grants (id, role_id, user_id, department_id, designation, created_by)
VALUES (@id, @role_id, @user_id, @department_id, @designation, @by_id)
ON CONFLICT (org_id, role_id, user_id, department_id, designation) DO NOTHING;

-- name: DeleteGrant :one
DELETE FROM role_grants
WHERE role_id = @role_id AND user_id IS NOT DISTINCT FROM sqlc.narg('user_id')::uuid
  AND department_id IS NOT DISTINCT FROM sqlc.narg('department_id')::uuid
  AND designation IS NOT DISTINCT FROM sqlc.narg('designation')::text
RETURNING id;

-- name: DeleteOwnGrants :exec
-- Of a person, those given to him himself.
DELETE FROM role_grants WHERE user_id = $1;

-- name: SetManager :exec
-- Of somebody added in the same transaction.
UPDATE users SET manager_id = @manager_id WHERE id = @id;

-- name: ClaimOutcome :exec
-- The first to come keeps the key; a second one waits here until the first has
-- committed or given up.
INSERT INTO idempotency (user_id, route, key, hash, run_id, seq)
VALUES (@user_id, @route, @key, @hash, @object_id, @mark)
ON CONFLICT (org_id, user_id, route, key) DO NOTHING;
