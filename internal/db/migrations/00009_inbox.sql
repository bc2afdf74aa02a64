-- +goose Up
-- What the inbox remembers: when a holder last opened a task, and the lists that
-- people keep under a name.

-- A task that was opened before it came to its present holder is unread for him.
ALTER TABLE tasks ADD COLUMN opened_at timestamptz;

CREATE TABLE saved_views (
    org_id     uuid        NOT NULL DEFAULT app_org(),
    id         uuid        NOT NULL,
    user_id    uuid        NOT NULL,
    name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    search     text        NOT NULL CHECK (length(search) <= 500), -- what stands in the address behind the question mark
    created_at timestamptz NOT NULL DEFAULT app_now(),
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, user_id, name),
    FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id)
);
SELECT raise_wall('saved_views');

-- +goose Down
DROP TABLE saved_views;
ALTER TABLE tasks DROP COLUMN opened_at;
