-- +goose Up
-- Several approvers, branches, and everything else people do with a request.

ALTER TABLE runs ADD COLUMN nudged_at timestamptz; -- when holders were last reminded by hand

-- The only fields that may be changed where a request was sent back to; null: as
-- the definition says.
ALTER TABLE step_runs ADD COLUMN correct text[];

ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check, DROP CONSTRAINT tasks_status_check;
ALTER TABLE tasks
    ADD CONSTRAINT tasks_kind_check CHECK (kind IN ('decide', 'consult', 'prepare', 'confirm', 'fix')),
    ADD CONSTRAINT tasks_status_check CHECK (status IN ('queued', 'open', 'completed', 'cancelled')),
    ADD COLUMN vote_group text NOT NULL DEFAULT '', -- of a vote with groups
    ADD COLUMN added_by   uuid,                     -- who asked this person beside those whom the definition asks
    ADD COLUMN waits_for  uuid,                     -- of a queued task: the one that has to be done first
    DROP COLUMN owner_id,
    DROP COLUMN position;

-- Whoever may hand on any task may take it over as well. The wall stands open for
-- the owner while the roles of all organizations learn it.
ALTER TABLE roles NO FORCE ROW LEVEL SECURITY;
UPDATE roles SET permissions = array_append(permissions, 'task.takeover')
WHERE 'task.reassign_any' = ANY (permissions) AND NOT 'task.takeover' = ANY (permissions);
ALTER TABLE roles FORCE ROW LEVEL SECURITY;

-- +goose Down
ALTER TABLE roles NO FORCE ROW LEVEL SECURITY;
UPDATE roles SET permissions = array_remove(permissions, 'task.takeover');
ALTER TABLE roles FORCE ROW LEVEL SECURITY;
ALTER TABLE tasks
    DROP COLUMN vote_group, DROP COLUMN added_by, DROP COLUMN waits_for,
    ADD COLUMN owner_id uuid, ADD COLUMN position smallint NOT NULL DEFAULT 0;
ALTER TABLE step_runs DROP COLUMN correct;
ALTER TABLE runs DROP COLUMN nudged_at;
