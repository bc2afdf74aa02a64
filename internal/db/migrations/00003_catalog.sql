-- +goose Up
-- Design time: workflows, their published versions and the draft being edited.

CREATE TABLE workflows (
    org_id       uuid        NOT NULL DEFAULT app_org(),
    id           uuid        NOT NULL,
    key          text        NOT NULL CHECK (key ~ '^[A-Z][A-Z0-9_]{0,31}$'),
    name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    description  text        NOT NULL DEFAULT '',
    icon         text        NOT NULL DEFAULT '',
    grp          text        NOT NULL DEFAULT '', -- where it is listed: HR, FIN …
    prefix       text        NOT NULL,            -- of run numbers
    owner_id     uuid        NOT NULL,
    library_slug text,                            -- cloned from this system workflow
    version_id   uuid,                            -- the version published last, null while there was none; an unpublished workflow keeps it
    version_no   integer,
    visible_to   text        NOT NULL DEFAULT '', -- the published visibility rule as CEL; empty: everybody
    status       text        NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'published', 'unpublished')),
    revision     integer     NOT NULL DEFAULT 1,  -- of the design: counts every saved draft, so that none overwrites another unseen
    deleted_at   timestamptz,
    created_at   timestamptz NOT NULL DEFAULT app_now(),
    created_by   uuid,
    modified_at  timestamptz NOT NULL DEFAULT app_now(),
    modified_by  uuid,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, owner_id) REFERENCES users (org_id, id)
);
-- Soft-deleted workflows keep their runs; their key may be used again.
CREATE UNIQUE INDEX workflows_key ON workflows (org_id, key) WHERE deleted_at IS NULL;
-- Two workflows that can be started never count the same run numbers.
CREATE UNIQUE INDEX workflows_prefix ON workflows (org_id, prefix) WHERE deleted_at IS NULL AND version_id IS NOT NULL;
CREATE INDEX workflows_listed ON workflows (org_id, grp, name, id) WHERE deleted_at IS NULL;
SELECT raise_wall('workflows');

CREATE TABLE versions (
    org_id       uuid        NOT NULL DEFAULT app_org(),
    id           uuid        NOT NULL,
    workflow_id  uuid        NOT NULL,
    no           integer     NOT NULL CHECK (no > 0),
    document     jsonb       NOT NULL,
    hash         text        NOT NULL,
    note         text        NOT NULL DEFAULT '',
    published_at timestamptz NOT NULL DEFAULT app_now(),
    published_by uuid,
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, workflow_id, no),
    FOREIGN KEY (org_id, workflow_id) REFERENCES workflows (org_id, id)
);
SELECT raise_wall_insert_only('versions'); -- a published version never changes

ALTER TABLE workflows ADD FOREIGN KEY (org_id, version_id) REFERENCES versions (org_id, id);

-- What a published version mentions: such attributes, roles and departments
-- cannot be deleted or retyped while it is in use.
CREATE TABLE version_refs (
    org_id     uuid NOT NULL DEFAULT app_org(),
    version_id uuid NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('attribute', 'role', 'department', 'user')),
    ref        text NOT NULL,
    PRIMARY KEY (org_id, version_id, kind, ref),
    FOREIGN KEY (org_id, version_id) REFERENCES versions (org_id, id)
);
CREATE INDEX version_refs_ref ON version_refs (org_id, kind, ref);
SELECT raise_wall_insert_only('version_refs');

-- The draft being edited; gone once it is published. Its revision is the workflow's.
CREATE TABLE drafts (
    org_id      uuid        NOT NULL DEFAULT app_org(),
    workflow_id uuid        NOT NULL,
    document    jsonb       NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT app_now(),
    created_by  uuid,
    modified_at timestamptz NOT NULL DEFAULT app_now(),
    modified_by uuid,
    PRIMARY KEY (org_id, workflow_id),
    FOREIGN KEY (org_id, workflow_id) REFERENCES workflows (org_id, id)
);
SELECT raise_wall('drafts');

-- +goose Down
DROP TABLE drafts, version_refs CASCADE;
ALTER TABLE workflows DROP COLUMN version_id;
DROP TABLE versions, workflows CASCADE;
