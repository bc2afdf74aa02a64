-- +goose Up
-- Decisions are bound to what their makers were shown.

ALTER TABLE tasks
    ADD COLUMN shown       text[], -- the fields whose values the decision is bound to
    ADD COLUMN seen        bytea,  -- 16 bytes of salt, and the HMAC-SHA-256 under it of all that was shown
    ADD COLUMN void_by     uuid,   -- who changed void_fields of them since; the decision does not count any more
    ADD COLUMN void_fields text[],
    ADD COLUMN again       uuid;   -- the task whose decision became void, for which this one is

ALTER TABLE step_runs
    ADD COLUMN again  boolean NOT NULL DEFAULT false, -- left once, and open again for those whose decisions are void
    ADD COLUMN waits  boolean NOT NULL DEFAULT false, -- decided, and waiting for those
    ADD COLUMN chosen jsonb;                          -- of one that waits: whom its maker chose for the next steps

-- +goose Down
ALTER TABLE step_runs DROP COLUMN again, DROP COLUMN waits, DROP COLUMN chosen;
ALTER TABLE tasks DROP COLUMN shown, DROP COLUMN seen, DROP COLUMN void_by, DROP COLUMN void_fields, DROP COLUMN again;
