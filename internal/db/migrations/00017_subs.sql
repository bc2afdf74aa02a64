-- +goose Up
-- Requests that start others.

ALTER TABLE runs ADD COLUMN above uuid[]; -- who made the requests above this one; null where a person started it
ALTER TABLE step_runs ADD COLUMN subs jsonb; -- of a workflow step: the requests it started, as far as this one was told

-- What requests have to tell each other. No transaction locks two of them: the one
-- that wants, ends or stops something notes it here, and a job carries it out.
CREATE TABLE subruns (
    org_id       uuid        NOT NULL DEFAULT app_org(),
    id           uuid        NOT NULL,       -- of the run that is started
    parent_id    uuid        NOT NULL,       -- the run that starts it
    step_seq     integer     NOT NULL,
    workflow     text        NOT NULL,       -- key
    initiator_id uuid        NOT NULL,
    input        jsonb,                      -- values of its form; null once it was started
    state        text        NOT NULL DEFAULT 'wanted' CHECK (state IN ('wanted', 'running', 'ended', 'failed', 'done')),
    detail       text        NOT NULL DEFAULT '', -- why it could not be started
    stop         boolean     NOT NULL DEFAULT false, -- the run above does not need it any more
    tries        integer     NOT NULL DEFAULT 0,
    try_at       timestamptz NOT NULL DEFAULT app_now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, parent_id) REFERENCES runs (org_id, id)
);
CREATE INDEX subruns_work ON subruns (org_id, try_at) WHERE state IN ('wanted', 'ended', 'failed') OR state = 'running' AND stop;
CREATE INDEX subruns_parent ON subruns (org_id, parent_id);
SELECT raise_wall('subruns');

-- +goose Down
DROP TABLE subruns;
ALTER TABLE step_runs DROP COLUMN subs;
ALTER TABLE runs DROP COLUMN above;
