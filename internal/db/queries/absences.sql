-- name: ListAbsences :many
SELECT a.id, a.user_id, a.starts_at, a.ends_at, a.note, a.stand_ins, a.revision
FROM absences a WHERE a.user_id = @user_id AND a.ends_at > app_now() ORDER BY a.starts_at, a.id;

-- name: GetAbsence :one
SELECT a.id, a.user_id, a.starts_at, a.ends_at, a.note, a.stand_ins, a.revision FROM absences a WHERE a.id = @id;

-- name: LockAbsences :exec
SELECT pg_advisory_xact_lock(hashtextextended('absences ' || @user_id::text, 0));

-- name: OverlappingAbsence :one
SELECT a.starts_at, a.ends_at FROM absences a
WHERE a.user_id = @user_id AND a.id <> @id AND a.starts_at < @ends_at AND a.ends_at > @starts_at ORDER BY a.starts_at LIMIT 1;

-- name: InsertAbsence :exec
INSERT INTO absences (id, user_id, starts_at, ends_at, note, stand_ins, created_by, modified_by)
VALUES (@id, @user_id, @starts_at, @ends_at, @note, @stand_ins, sqlc.narg(by_id), sqlc.narg(by_id));

-- name: PlanAbsence :exec
-- What a run was to bring about; nothing where he is away in that time already.
INSERT INTO absences (id, user_id, starts_at, ends_at, stand_ins)
SELECT @id, @user_id, @starts_at, @ends_at, @stand_ins
WHERE NOT EXISTS (SELECT 1 FROM absences a WHERE a.user_id = @user_id AND a.starts_at < @ends_at AND a.ends_at > @starts_at);

-- name: UnplanAbsence :exec
-- Takes back what a run had brought about, unless it was changed since.
DELETE FROM absences WHERE id = @id AND revision = 1;

-- name: UpdateAbsence :exec
UPDATE absences SET starts_at = @starts_at, ends_at = @ends_at, note = @note, stand_ins = @stand_ins, revision = revision + 1,
       modified_at = app_now(), modified_by = sqlc.narg(by_id)
WHERE id = @id;

-- name: DeleteAbsence :exec
DELETE FROM absences WHERE id = @id;
