-- +goose Up
-- Who is away, who stands in, and what open tasks have to follow.

CREATE TABLE absences (
    org_id      uuid        NOT NULL DEFAULT app_org(),
    id          uuid        NOT NULL,
    user_id     uuid        NOT NULL,
    starts_at   timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL CHECK (ends_at > starts_at), -- the first moment he is back
    note        text        NOT NULL DEFAULT '' CHECK (length(note) <= 500),
    stand_ins   jsonb       NOT NULL DEFAULT '[]', -- in order: {to, workflows, groups, below}
    revision    integer     NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT app_now(),
    created_by  uuid,
    modified_at timestamptz NOT NULL DEFAULT app_now(),
    modified_by uuid,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id)
);
CREATE INDEX absences_of ON absences (org_id, user_id, ends_at);
CREATE INDEX absences_present ON absences (org_id, ends_at);
SELECT raise_wall('absences');
CREATE TRIGGER directory_changes BEFORE INSERT OR UPDATE OR DELETE ON absences FOR EACH STATEMENT EXECUTE FUNCTION directory_changes();

ALTER TABLE tasks
    ADD COLUMN for_absent boolean NOT NULL DEFAULT false, -- on_behalf_of is away
    ADD COLUMN by_hand    boolean NOT NULL DEFAULT false; -- somebody gave it to the assignee

-- The revision of the directory that open tasks have followed, and when an absence
-- begins or ends next. A job compares them with the present.
ALTER TABLE orgs
    ADD COLUMN followed_rev bigint NOT NULL DEFAULT 0,
    ADD COLUMN followed_at  timestamptz NOT NULL DEFAULT app_now(), -- when that revision was read
    ADD COLUMN follow_at    timestamptz,
    ADD COLUMN follower_until timestamptz; -- a server is at it

-- +goose Down
ALTER TABLE orgs DROP COLUMN followed_rev, DROP COLUMN followed_at, DROP COLUMN follow_at, DROP COLUMN follower_until;
ALTER TABLE tasks DROP COLUMN for_absent, DROP COLUMN by_hand;
DROP TABLE absences;
