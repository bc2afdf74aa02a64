-- +goose Up
-- What people keep at hand, and the index that statistics of a period read.

CREATE TABLE favourites (
    org_id      uuid        NOT NULL DEFAULT app_org(),
    user_id     uuid        NOT NULL,
    workflow_id uuid        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT app_now(),
    PRIMARY KEY (org_id, user_id, workflow_id),
    FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id),
    FOREIGN KEY (org_id, workflow_id) REFERENCES workflows (org_id, id)
);
SELECT raise_wall('favourites');

CREATE INDEX runs_started ON runs (org_id, workflow_id, started_at DESC) WHERE started_at IS NOT NULL;

-- +goose Down
DROP INDEX runs_started;
DROP TABLE favourites;
