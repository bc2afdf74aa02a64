-- Statements of what app/runs remembers for the inbox.

-- name: MarkOpened :one
UPDATE tasks SET opened_at = app_now() WHERE id = @id AND assignee_id = @user_id AND status = 'open' RETURNING id;

-- name: ListViews :many
SELECT id, name, search FROM saved_views WHERE user_id = @user_id ORDER BY created_at, id;

-- name: CountOtherViews :one
SELECT count(*) FROM saved_views WHERE user_id = @user_id AND name <> @name;

-- name: PutView :one
INSERT INTO saved_views (id, user_id, name, search) VALUES (@id, @user_id, @name, @search)
ON CONFLICT (org_id, user_id, name) DO UPDATE SET search = excluded.search
RETURNING id;

-- name: DeleteView :one
DELETE FROM saved_views WHERE id = @id AND user_id = @user_id RETURNING id;
