-- +goose Up
-- The latest runs of a workflow that came to an end: how long the next will take.
CREATE INDEX runs_ended ON runs (org_id, workflow_id, ended_at DESC) WHERE status = 'completed';

-- +goose Down
DROP INDEX runs_ended;
