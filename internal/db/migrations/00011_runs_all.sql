-- +goose Up
-- Each start paid for an index that has the order of the primary key: it left out
-- drafts, which are few.
DROP INDEX runs_all;

-- +goose Down
CREATE INDEX runs_all ON runs (org_id, id DESC) WHERE status <> 'draft';
