-- +goose Up
-- How many requests one has led to, over all that started each other.
CREATE INDEX runs_family ON runs (org_id, root_id) WHERE parent_id IS NOT NULL;

-- +goose Down
DROP INDEX runs_family;
