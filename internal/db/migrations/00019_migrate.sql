-- +goose Up
-- Requests under way move to another version of their workflow.

-- What the step of a visit was called, where the version the run was moved to since
-- has no such step; empty: it is there.
ALTER TABLE step_runs ADD COLUMN former text NOT NULL DEFAULT '';

-- Who may publish workflows and mend requests may move them. The wall stands open for
-- the owner while the roles of all organizations learn it.
ALTER TABLE roles NO FORCE ROW LEVEL SECURITY;
UPDATE roles SET permissions = array_append(permissions, 'run.migrate')
WHERE 'run.operate' = ANY (permissions) AND 'workflow.publish' = ANY (permissions) AND NOT 'run.migrate' = ANY (permissions);
ALTER TABLE roles FORCE ROW LEVEL SECURITY;

-- +goose Down
ALTER TABLE roles NO FORCE ROW LEVEL SECURITY;
UPDATE roles SET permissions = array_remove(permissions, 'run.migrate');
ALTER TABLE roles FORCE ROW LEVEL SECURITY;
ALTER TABLE step_runs DROP COLUMN former;
