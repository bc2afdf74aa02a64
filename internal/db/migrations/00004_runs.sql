-- +goose Up
-- Run time: a run, the visits it pays to steps, and the tasks people have in them.

-- Run numbers (LEAVE-42). Taken in a transaction of their own, so gaps are
-- possible and reuse is not.
CREATE TABLE counters (
    org_id uuid   NOT NULL DEFAULT app_org(),
    prefix text   NOT NULL,
    n      bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (org_id, prefix)
) WITH (fillfactor = 50);
SELECT raise_wall('counters');

CREATE TABLE runs (
    org_id       uuid        NOT NULL DEFAULT app_org(),
    id           uuid        NOT NULL,
    workflow_id  uuid        NOT NULL,
    version_id   uuid        NOT NULL,
    prefix       text        NOT NULL,
    number       bigint,                       -- null while a draft
    title        text        NOT NULL DEFAULT '',
    status       text        NOT NULL CHECK (status IN ('draft', 'queued', 'running', 'held', 'completed', 'failed', 'cancelled')),
    outcome      text        NOT NULL DEFAULT '',
    reason       text        NOT NULL DEFAULT '', -- of cancelled: operator, withdrawn, parent
    initiator_id uuid        NOT NULL,
    parent_id    uuid,                         -- the run that started this one
    root_id      uuid        NOT NULL,         -- the first of that chain; itself when there is none
    depth        smallint    NOT NULL DEFAULT 0 CHECK (depth BETWEEN 0 AND 10),
    round        integer     NOT NULL DEFAULT 1,
    visits       integer     NOT NULL DEFAULT 0, -- steps entered; guards against endless loops
    seq          bigint      NOT NULL DEFAULT 0, -- of the last event
    rev          integer     NOT NULL DEFAULT 0, -- of the last run_revisions row
    started_at   timestamptz,
    ended_at     timestamptz,
    created_at   timestamptz NOT NULL DEFAULT app_now(),
    created_by   uuid        NOT NULL,
    modified_at  timestamptz NOT NULL DEFAULT app_now(),
    modified_by  uuid,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, version_id) REFERENCES versions (org_id, id),
    CHECK ((status = 'draft') = (number IS NULL))
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX runs_number ON runs (org_id, prefix, number) WHERE number IS NOT NULL;
CREATE INDEX runs_by_workflow ON runs (org_id, workflow_id, status, id DESC);
CREATE INDEX runs_all ON runs (org_id, id DESC) WHERE status <> 'draft';
CREATE INDEX runs_drafts ON runs (org_id, initiator_id, id DESC) WHERE status = 'draft';
CREATE INDEX runs_parent ON runs (org_id, parent_id) WHERE parent_id IS NOT NULL;
SELECT raise_wall('runs');

-- The form data, apart from the row that is locked and rewritten by every verb.
CREATE TABLE run_data (
    org_id  uuid  NOT NULL DEFAULT app_org(),
    run_id  uuid  NOT NULL,
    data    jsonb NOT NULL DEFAULT '{}', -- values by field
    context jsonb NOT NULL DEFAULT '{}',
    comment text  NOT NULL DEFAULT '', -- of a draft: the note to the first reader
    PRIMARY KEY (org_id, run_id),
    FOREIGN KEY (org_id, run_id) REFERENCES runs (org_id, id) ON DELETE CASCADE
);
SELECT raise_wall('run_data');

-- Every change of the form data: who changed what in which event. Events carry
-- only names and salted hashes, so that a person's data can be erased here
-- while the history stays provable.
CREATE TABLE run_revisions (
    org_id uuid        NOT NULL DEFAULT app_org(),
    run_id uuid        NOT NULL,
    rev    integer     NOT NULL,
    seq    bigint      NOT NULL, -- of the event fields.changed
    round  integer     NOT NULL DEFAULT 1,
    data   jsonb       NOT NULL, -- the changed fields' new values
    salt   bytea       NOT NULL,
    at     timestamptz NOT NULL,
    by_id  uuid,
    PRIMARY KEY (org_id, run_id, rev)
);
SELECT raise_wall('run_revisions');

CREATE TABLE step_runs (
    org_id     uuid        NOT NULL DEFAULT app_org(),
    run_id     uuid        NOT NULL,
    seq        integer     NOT NULL, -- the visit, counted from 1 within the run
    step       text        NOT NULL, -- id in the definition
    status     text        NOT NULL CHECK (status IN ('running', 'waiting', 'succeeded', 'retrying', 'failed', 'skipped', 'cancelled', 'incident')),
    round      integer     NOT NULL DEFAULT 1,
    scope      integer     NOT NULL DEFAULT 0,  -- the fork this token belongs to; 0: none
    cause      integer     NOT NULL DEFAULT 0,  -- the visit that led here
    return_to  integer     NOT NULL DEFAULT 0,  -- visit to come straight back to
    back_from  integer     NOT NULL DEFAULT 0,  -- visit that sent back to here
    transition text        NOT NULL DEFAULT '', -- by which it was left
    detail     text        NOT NULL DEFAULT '', -- of an incident
    entered_at timestamptz NOT NULL,
    left_at    timestamptz,
    PRIMARY KEY (org_id, run_id, seq)
);
SELECT raise_wall('step_runs');

-- Who may claim a task: a people rule with its bound values, and the people it
-- matched when the task was offered.
CREATE TABLE pools (
    org_id     uuid        NOT NULL DEFAULT app_org(),
    id         uuid        NOT NULL,
    hash       text        NOT NULL, -- of rule and bound values
    label      text        NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT app_now(),
    PRIMARY KEY (org_id, id)
);
CREATE INDEX pools_hash ON pools (org_id, hash, id DESC);
SELECT raise_wall('pools');
CREATE TABLE pool_members (
    org_id  uuid NOT NULL DEFAULT app_org(),
    user_id uuid NOT NULL,
    pool_id uuid NOT NULL,
    PRIMARY KEY (org_id, user_id, pool_id),
    FOREIGN KEY (org_id, pool_id) REFERENCES pools (org_id, id) ON DELETE CASCADE
);
CREATE INDEX pool_members_pool ON pool_members (org_id, pool_id);
SELECT raise_wall('pool_members');

CREATE TABLE tasks (
    org_id       uuid        NOT NULL DEFAULT app_org(),
    id           uuid        NOT NULL,
    run_id       uuid        NOT NULL,
    step_seq     integer     NOT NULL,
    step         text        NOT NULL,
    kind         text        NOT NULL CHECK (kind IN ('decide', 'consult', 'confirm', 'fix')),
    slot         smallint    NOT NULL DEFAULT 0,
    position     smallint    NOT NULL DEFAULT 0,
    status       text        NOT NULL CHECK (status IN ('open', 'completed', 'cancelled')),
    assignee_id  uuid,                        -- null: offered to the pool
    owner_id     uuid,                        -- whose decision it stays when somebody else does the work
    on_behalf_of uuid,
    pool_id      uuid,
    warning      text        NOT NULL DEFAULT '',
    transition   text        NOT NULL DEFAULT '',
    decision     text        NOT NULL DEFAULT '', -- approve, reject, forward, sent_back
    workflow_id  uuid        NOT NULL,        -- for the inbox's filter
    assigned_at  timestamptz NOT NULL,
    created_at   timestamptz NOT NULL,
    completed_at timestamptz,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, run_id, step_seq) REFERENCES step_runs (org_id, run_id, seq)
) WITH (fillfactor = 85);
CREATE INDEX tasks_inbox ON tasks (org_id, assignee_id, id DESC) WHERE status = 'open';
CREATE INDEX tasks_pool ON tasks (org_id, pool_id, id DESC) WHERE status = 'open' AND assignee_id IS NULL;
CREATE INDEX tasks_run ON tasks (org_id, run_id);
SELECT raise_wall('tasks');

-- One row per person and run: drives every list of runs.
CREATE TABLE participants (
    org_id  uuid    NOT NULL DEFAULT app_org(),
    user_id uuid    NOT NULL,
    run_id  uuid    NOT NULL,
    roles   smallint NOT NULL DEFAULT 0, -- bits: 1 initiator, 2 assignee (now or once), 4 stakeholder, 8 watcher
    open    boolean NOT NULL DEFAULT true, -- the run is under way
    PRIMARY KEY (org_id, user_id, run_id)
);
CREATE INDEX participants_open ON participants (org_id, user_id, run_id DESC) WHERE open;
CREATE INDEX participants_run ON participants (org_id, run_id);
SELECT raise_wall('participants');

CREATE TABLE comments (
    org_id      uuid        NOT NULL DEFAULT app_org(),
    id          uuid        NOT NULL,
    run_id      uuid        NOT NULL,
    author_id   uuid        NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('note', 'remark', 'reason')),
    step        text        NOT NULL DEFAULT '',
    text        text        NOT NULL CHECK (length(text) BETWEEN 1 AND 10000),
    created_at  timestamptz NOT NULL,
    modified_at timestamptz,
    PRIMARY KEY (org_id, id)
);
CREATE INDEX comments_run ON comments (org_id, run_id, id);
SELECT raise_wall('comments');

-- The history. Rows are never changed; the app role may only add and read.
CREATE TABLE events (
    org_id       uuid        NOT NULL DEFAULT app_org(),
    id           uuid        NOT NULL,
    run_id       uuid        NOT NULL,
    seq          bigint      NOT NULL,
    type         text        NOT NULL,
    actor_id     uuid,
    on_behalf_of uuid,
    at           timestamptz NOT NULL,
    data         jsonb       NOT NULL DEFAULT '{}',
    PRIMARY KEY (org_id, run_id, seq)
);
SELECT raise_wall_insert_only('events');

-- The outcome of a changing verb under its key: a repeat answers the same.
CREATE TABLE idempotency (
    org_id     uuid        NOT NULL DEFAULT app_org(),
    user_id    uuid        NOT NULL,
    route      text        NOT NULL,
    key        text        NOT NULL,
    hash       bytea       NOT NULL, -- of the request body
    run_id     uuid,
    seq        bigint      NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT app_now(),
    PRIMARY KEY (org_id, user_id, route, key)
);
CREATE INDEX idempotency_age ON idempotency (org_id, created_at);
SELECT raise_wall('idempotency');

-- Round-robin positions: who of a step was asked last.
CREATE TABLE turns (
    org_id      uuid NOT NULL DEFAULT app_org(),
    workflow_id uuid NOT NULL,
    step        text NOT NULL,
    user_id     uuid NOT NULL,
    PRIMARY KEY (org_id, workflow_id, step)
);
SELECT raise_wall('turns');

-- Which runs a person may see because he takes part in them. Those with
-- run.view_all see every run that is not somebody's draft.
CREATE VIEW visible_runs WITH (security_invoker = true) AS
SELECT r.org_id, r.id AS run_id, p.user_id, p.roles
FROM runs r
JOIN participants p ON p.org_id = r.org_id AND p.run_id = r.id;
GRANT SELECT ON visible_runs TO handstamp_app;

-- +goose Down
DROP VIEW visible_runs;
DROP TABLE turns, idempotency, events, comments, participants, tasks, pool_members, pools, step_runs, run_revisions, run_data, runs, counters CASCADE;
