-- +goose Up
-- People watch requests, and let others see those they take part in.

-- Who let a stakeholder see the run.
ALTER TABLE participants ADD COLUMN added_by uuid;

-- What a person watches, and who is beside those whom a run asks: each is little among
-- much, so that it costs nothing where there is none.
CREATE INDEX participants_watched ON participants (org_id, user_id, run_id DESC) WHERE (roles & 8) <> 0;
CREATE INDEX participants_beside ON participants (org_id, run_id) WHERE (roles & 12) <> 0;

-- Watching shows nobody anything: who could see a run only by a right that he lost does
-- not see it any more.
CREATE OR REPLACE VIEW visible_runs WITH (security_invoker = true) AS
SELECT r.org_id, r.id AS run_id, p.user_id, p.roles
FROM runs r
JOIN participants p ON p.org_id = r.org_id AND p.run_id = r.id
WHERE (p.roles & 7) <> 0;

-- Whoever starts requests may do both until somebody decides otherwise. The wall stands
-- open for the owner while the roles of all organizations learn it.
ALTER TABLE roles NO FORCE ROW LEVEL SECURITY;
UPDATE roles SET permissions = array_append(permissions, 'watcher.self')
WHERE 'run.start' = ANY (permissions) AND NOT 'watcher.self' = ANY (permissions);
UPDATE roles SET permissions = array_append(permissions, 'stakeholder.add')
WHERE 'run.start' = ANY (permissions) AND NOT 'stakeholder.add' = ANY (permissions);
ALTER TABLE roles FORCE ROW LEVEL SECURITY;

-- +goose Down
ALTER TABLE roles NO FORCE ROW LEVEL SECURITY;
UPDATE roles SET permissions = array_remove(array_remove(permissions, 'watcher.self'), 'stakeholder.add');
ALTER TABLE roles FORCE ROW LEVEL SECURITY;
CREATE OR REPLACE VIEW visible_runs WITH (security_invoker = true) AS
SELECT r.org_id, r.id AS run_id, p.user_id, p.roles
FROM runs r
JOIN participants p ON p.org_id = r.org_id AND p.run_id = r.id;
DROP INDEX participants_beside, participants_watched;
ALTER TABLE participants DROP COLUMN added_by;
