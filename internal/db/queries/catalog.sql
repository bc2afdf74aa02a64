-- Statements of design time; see app/catalog.

-- name: LockWorkflow :one
-- Every change of a workflow holds this lock, which leaves the foreign-key checks
-- of runs being started alone.
SELECT id FROM workflows
WHERE (id = sqlc.narg(id)::uuid OR key = sqlc.narg(key)::text) AND deleted_at IS NULL
FOR NO KEY UPDATE;

-- name: ListWorkflows :many
-- All living workflows, or the one with this id or key. Who sees which is decided
-- in Go, where the visibility rules are evaluated.
SELECT w.id, w.key, w.name, w.description, w.icon, w.grp, w.prefix, w.status, w.version_id,
       coalesce(w.version_no, 0)::int AS version_no, w.visible_to, w.library_slug, w.revision, w.modified_at,
       (d.workflow_id IS NOT NULL)::bool AS has_draft, w.owner_id, o.name AS owner_name, o.email AS owner_email,
       coalesce(o.designation, '')::text AS owner_designation, coalesce(od.name, '')::text AS owner_department, o.status AS owner_status
FROM workflows w
JOIN users o ON o.org_id = w.org_id AND o.id = w.owner_id
LEFT JOIN departments od ON od.org_id = o.org_id AND od.id = o.department_id
LEFT JOIN drafts d ON d.org_id = w.org_id AND d.workflow_id = w.id
WHERE w.deleted_at IS NULL
  AND (sqlc.narg(id)::uuid IS NULL AND sqlc.narg(key)::text IS NULL OR w.id = sqlc.narg(id)::uuid OR w.key = sqlc.narg(key)::text)
ORDER BY w.grp, w.name, w.id;

-- name: LoadDesign :one
-- The documents of a workflow: its draft, if there is one, and its last version;
-- and who changed the design last.
SELECT w.id, d.document AS draft, coalesce(d.modified_at, w.modified_at)::timestamptz AS changed_at, c.id AS changed_by,
       coalesce(c.name, '')::text AS name, coalesce(c.email, '')::text AS email, coalesce(c.designation, '')::text AS designation,
       coalesce(cd.name, '')::text AS department, coalesce(c.status, '')::text AS status,
       v.document AS version, coalesce(v.hash, '')::text AS version_hash
FROM workflows w
LEFT JOIN drafts d ON d.org_id = w.org_id AND d.workflow_id = w.id
LEFT JOIN versions v ON v.org_id = w.org_id AND v.id = w.version_id
LEFT JOIN users c ON c.org_id = w.org_id AND c.id = coalesce(d.modified_by, w.modified_by)
LEFT JOIN departments cd ON cd.org_id = c.org_id AND cd.id = c.department_id
WHERE (w.id = sqlc.narg(id)::uuid OR w.key = sqlc.narg(key)::text) AND w.deleted_at IS NULL;

-- name: WorkflowsOf :many
-- The workflows a person has requests of, among the latest of them: enough to
-- offer him their list. With when he last started one himself; the epoch: never.
SELECT r.workflow_id, coalesce(max(r.started_at) FILTER (WHERE r.initiator_id = @user_id), 'epoch')::timestamptz AS started_at
FROM (SELECT x.org_id, x.run_id FROM participants x WHERE x.user_id = @user_id AND (x.roles & 7) <> 0 ORDER BY x.run_id DESC LIMIT 2000) p
JOIN runs r ON r.org_id = p.org_id AND r.id = p.run_id
GROUP BY r.workflow_id;

-- name: FavouritesOf :many
SELECT workflow_id FROM favourites WHERE user_id = @user_id;

-- name: InsertFavourite :exec
INSERT INTO favourites (user_id, workflow_id) VALUES (@user_id, @workflow_id) ON CONFLICT DO NOTHING;

-- name: DeleteFavourite :exec
DELETE FROM favourites WHERE user_id = @user_id AND workflow_id = @workflow_id;

-- name: OrgClock :one
SELECT slug, name, zone, app_now()::timestamptz AS now FROM orgs WHERE id = app_org();

-- name: ListVersions :many
-- The newest first; @no names one of them, 0 all.
SELECT v.no, v.note, v.published_at, v.published_by, coalesce(u.name, '')::text AS name, coalesce(u.email, '')::text AS email,
       coalesce(u.designation, '')::text AS designation, coalesce(d.name, '')::text AS department, coalesce(u.status, '')::text AS status
FROM versions v
JOIN workflows w ON w.org_id = v.org_id AND w.id = v.workflow_id
LEFT JOIN users u ON u.org_id = v.org_id AND u.id = v.published_by
LEFT JOIN departments d ON d.org_id = u.org_id AND d.id = u.department_id
WHERE (w.id = sqlc.narg(id)::uuid OR w.key = sqlc.narg(key)::text) AND w.deleted_at IS NULL
  AND (@no::int = 0 OR v.no = @no::int)
ORDER BY v.no DESC
LIMIT 500;

-- name: LoadVersionDocument :one
SELECT v.document FROM versions v
JOIN workflows w ON w.org_id = v.org_id AND w.id = v.workflow_id
WHERE (w.id = sqlc.narg(id)::uuid OR w.key = sqlc.narg(key)::text) AND w.deleted_at IS NULL AND v.no = @no;

-- name: LoadDocuments :many
SELECT id, document FROM versions WHERE id = ANY (@ids::uuid[]);

-- name: ListOrgRoles :many
SELECT key FROM roles ORDER BY key;

-- name: ListOrgDepartments :many
SELECT key, name FROM departments ORDER BY key;

-- name: FindActiveUsers :many
SELECT id, email FROM users
WHERE status = 'active' AND (email = ANY (@emails::text[]) OR id = ANY (@ids::uuid[]));

-- name: FindRivals :many
-- Other living workflows with this key, or which count with this prefix.
SELECT w.name, w.key, (w.key = @key)::bool AS same_key, (w.version_id IS NOT NULL AND w.prefix = @prefix)::bool AS same_prefix
FROM workflows w
WHERE w.deleted_at IS NULL AND w.id <> @self AND (w.key = @key OR w.version_id IS NOT NULL AND w.prefix = @prefix)
ORDER BY w.key;

-- name: InsertWorkflow :exec
INSERT INTO workflows (id, key, name, description, icon, grp, prefix, owner_id, library_slug, created_by, modified_by)
VALUES (@id, @key, @name, @description, @icon, @grp, @prefix, @owner_id, sqlc.narg(library_slug), @owner_id, @owner_id);

-- name: PutDraft :exec
INSERT INTO drafts (workflow_id, document, created_by, modified_by) VALUES (@workflow_id, @document, @user_id, @user_id)
ON CONFLICT (org_id, workflow_id) DO UPDATE
SET document = excluded.document, modified_at = app_now(), modified_by = excluded.modified_by;

-- name: DropDraft :exec
DELETE FROM drafts WHERE workflow_id = @workflow_id;

-- name: ReviseWorkflow :exec
UPDATE workflows SET revision = @revision, modified_at = app_now(), modified_by = @user_id WHERE id = @id;

-- name: DescribeWorkflow :exec
-- While nothing was published yet, the list shows what the draft says.
UPDATE workflows SET key = @key, name = @name, description = @description, icon = @icon, grp = @grp, prefix = @prefix
WHERE id = @id AND version_id IS NULL;

-- name: InsertVersion :exec
INSERT INTO versions (id, workflow_id, no, document, hash, note, published_by)
VALUES (@id, @workflow_id, @no, @document, @hash, @note, @user_id);

-- name: InsertVersionRefs :exec
INSERT INTO version_refs (version_id, kind, ref)
SELECT @version_id::uuid, unnest(@kinds::text[]), unnest(@refs::text[]);

-- name: PublishVersion :exec
UPDATE workflows SET version_id = @version_id, version_no = @no, key = @key, name = @name, description = @description, icon = @icon,
       grp = @grp, prefix = @prefix, visible_to = @visible_to, status = 'published', modified_at = app_now(), modified_by = @user_id
WHERE id = @id;

-- name: SetWorkflowStatus :exec
UPDATE workflows SET status = @status, modified_at = app_now(), modified_by = @user_id WHERE id = @id;

-- name: DeleteWorkflow :exec
-- Its runs keep their version and go on; the key may be used again.
UPDATE workflows SET deleted_at = app_now(), modified_at = app_now(), modified_by = @user_id WHERE id = @id;

-- name: ListInstalled :many
SELECT DISTINCT library_slug::text FROM workflows WHERE deleted_at IS NULL AND library_slug IS NOT NULL;

-- name: ListPublishedKeys :many
-- Those of some keys that belong to a workflow which can be started.
SELECT key FROM workflows WHERE key = ANY (@keys::text[]) AND status = 'published' AND deleted_at IS NULL;
