-- +goose Up
-- The directory: people, departments, roles, and how people sign in.

CREATE TABLE departments (
    org_id      uuid        NOT NULL DEFAULT app_org(),
    id          uuid        NOT NULL,
    key         text        NOT NULL CHECK (key ~ '^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$'),
    name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    head_id     uuid,
    revision    integer     NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT app_now(),
    created_by  uuid,
    modified_at timestamptz NOT NULL DEFAULT app_now(),
    modified_by uuid,
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, key)
);
SELECT raise_wall('departments');

CREATE TABLE users (
    org_id        uuid        NOT NULL DEFAULT app_org(),
    id            uuid        NOT NULL,
    -- Kept in lower case: lower(email) in an index would not be used under the wall.
    email         text        NOT NULL CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
    name          text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key      text        COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(name)) STORED,
    surname_key   text        COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(regexp_replace(name, '^.*\s', ''))) STORED,
    manager_id    uuid,
    department_id uuid,
    -- Of these, what is not known is null, never '': rules in SQL and in CEL agree.
    designation   text        CHECK (designation <> ''),
    level         text        CHECK (level <> ''),
    level_rank    float8,
    city          text        CHECK (city <> ''),
    state         text        CHECK (state <> ''),
    country       text        CHECK (country <> ''),
    location      text        CHECK (location <> ''),
    zone          text        NOT NULL DEFAULT '', -- empty: the organization's
    attributes    jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(attributes) = 'object'),
    status        text        NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
    auth_epoch    integer     NOT NULL DEFAULT 1, -- sessions of an older epoch are over
    revision      integer     NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT app_now(),
    created_by    uuid,
    modified_at   timestamptz NOT NULL DEFAULT app_now(),
    modified_by   uuid,
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, email),
    FOREIGN KEY (org_id, manager_id) REFERENCES users (org_id, id),
    FOREIGN KEY (org_id, department_id) REFERENCES departments (org_id, id),
    CHECK (manager_id <> id)
);
CREATE INDEX users_by_department ON users (org_id, department_id);
CREATE INDEX users_by_manager ON users (org_id, manager_id);
CREATE INDEX users_by_designation ON users (org_id, designation);
CREATE INDEX users_listed ON users (org_id, name_key, id);
CREATE INDEX users_by_surname ON users (org_id, surname_key);
CREATE INDEX users_by_email_prefix ON users (org_id, (email COLLATE "C"));
SELECT raise_wall('users');

ALTER TABLE departments ADD FOREIGN KEY (org_id, head_id) REFERENCES users (org_id, id);

-- What an organization knows about its people beyond the columns above.
CREATE TABLE attribute_types (
    org_id uuid NOT NULL DEFAULT app_org(),
    key    text NOT NULL CHECK (key ~ '^[a-z][a-z0-9_]{0,63}$'),
    label  text NOT NULL CHECK (length(label) BETWEEN 1 AND 200),
    kind   text NOT NULL CHECK (kind IN ('text', 'number', 'bool', 'date')),
    PRIMARY KEY (org_id, key)
);
SELECT raise_wall('attribute_types');

CREATE TABLE roles (
    org_id      uuid        NOT NULL DEFAULT app_org(),
    id          uuid        NOT NULL,
    key         text        NOT NULL CHECK (key ~ '^[a-z0-9][a-z0-9_.-]{0,63}$'),
    name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    description text        NOT NULL DEFAULT '',
    permissions text[]      NOT NULL DEFAULT '{}',
    system      boolean     NOT NULL DEFAULT false, -- made with the organization
    revision    integer     NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT app_now(),
    created_by  uuid,
    modified_at timestamptz NOT NULL DEFAULT app_now(),
    modified_by uuid,
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, key)
);
SELECT raise_wall('roles');

-- A role is had by a person, by everybody of a department, or by everybody of a
-- designation.
CREATE TABLE role_grants (
    org_id        uuid        NOT NULL DEFAULT app_org(),
    id            uuid        NOT NULL,
    role_id       uuid        NOT NULL,
    user_id       uuid,
    department_id uuid,
    designation   text CHECK (designation <> ''),
    created_at    timestamptz NOT NULL DEFAULT app_now(),
    created_by    uuid,
    PRIMARY KEY (org_id, id),
    UNIQUE NULLS NOT DISTINCT (org_id, role_id, user_id, department_id, designation),
    FOREIGN KEY (org_id, role_id) REFERENCES roles (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, department_id) REFERENCES departments (org_id, id) ON DELETE CASCADE,
    CHECK (num_nonnulls(user_id, department_id, designation) = 1)
);
CREATE INDEX role_grants_by_user ON role_grants (org_id, user_id) WHERE user_id IS NOT NULL;
CREATE INDEX role_grants_by_department ON role_grants (org_id, department_id) WHERE department_id IS NOT NULL;
CREATE INDEX role_grants_by_designation ON role_grants (org_id, designation) WHERE designation IS NOT NULL;
SELECT raise_wall('role_grants');

CREATE TABLE credentials (
    org_id     uuid        NOT NULL DEFAULT app_org(),
    user_id    uuid        NOT NULL,
    hash       text        NOT NULL, -- PHC string; says how it was made
    changed_at timestamptz NOT NULL DEFAULT app_now(),
    PRIMARY KEY (org_id, user_id),
    FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);
SELECT raise_wall('credentials');

CREATE TABLE sessions (
    org_id       uuid        NOT NULL DEFAULT app_org(),
    id           uuid        NOT NULL,
    user_id      uuid        NOT NULL,
    auth_epoch   integer     NOT NULL,  -- the user's when he signed in
    seed         bytea       NOT NULL,  -- each refresh token's successor follows from it and the token
    generation   integer     NOT NULL DEFAULT 1,
    ip           text        NOT NULL DEFAULT '',
    user_agent   text        NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL DEFAULT app_now(),
    last_seen_at timestamptz NOT NULL DEFAULT app_now(), -- the last refresh
    expires_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    end_reason   text        NOT NULL DEFAULT '', -- signed_out, revoked, reused, disabled, expired
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);
CREATE INDEX sessions_by_user ON sessions (org_id, user_id, last_seen_at DESC);
SELECT raise_wall('sessions');

CREATE TABLE refresh_tokens (
    org_id      uuid        NOT NULL DEFAULT app_org(),
    session_id  uuid        NOT NULL,
    generation  integer     NOT NULL,
    hash        bytea       NOT NULL, -- SHA-256; the secret has 256 random bits
    created_at  timestamptz NOT NULL DEFAULT app_now(),
    replaced_at timestamptz,
    PRIMARY KEY (org_id, session_id, generation),
    FOREIGN KEY (org_id, session_id) REFERENCES sessions (org_id, id) ON DELETE CASCADE
);
SELECT raise_wall('refresh_tokens');

-- Leaky buckets against guessing passwords: one per account and one per address.
CREATE TABLE login_failures (
    org_id  uuid        NOT NULL DEFAULT app_org(),
    kind    text        NOT NULL CHECK (kind IN ('account', 'address')),
    subject text        NOT NULL,
    level   float8      NOT NULL, -- attempts not yet forgotten, at the time `at`
    refused boolean     NOT NULL, -- whether the last attempt was one too many
    at      timestamptz NOT NULL,
    PRIMARY KEY (org_id, kind, subject)
) WITH (fillfactor = 50);
SELECT raise_wall('login_failures');

-- Who did what outside a run: sign-ins, refusals, changes of the directory.
CREATE TABLE audit (
    org_id     uuid        NOT NULL DEFAULT app_org(),
    id         uuid        NOT NULL,
    at         timestamptz NOT NULL DEFAULT app_now(),
    actor_id   uuid,
    action     text        NOT NULL,
    outcome    text        NOT NULL CHECK (outcome IN ('done', 'refused')),
    object_id  uuid,
    ip         text        NOT NULL DEFAULT '',
    user_agent text        NOT NULL DEFAULT '',
    detail     jsonb       NOT NULL DEFAULT '{}',
    PRIMARY KEY (org_id, id)
);
CREATE INDEX audit_by_actor ON audit (org_id, actor_id, id DESC);
SELECT raise_wall_insert_only('audit');

-- Who has which role, by whatever it was granted to. A question about one role
-- is answered from here: asking people.roles computes them for everybody.
CREATE VIEW role_members WITH (security_invoker = true) AS
SELECT g.org_id, g.role_id, r.key AS role, g.user_id
FROM role_grants g JOIN roles r ON r.org_id = g.org_id AND r.id = g.role_id
WHERE g.user_id IS NOT NULL
UNION
SELECT g.org_id, g.role_id, r.key, u.id
FROM role_grants g JOIN roles r ON r.org_id = g.org_id AND r.id = g.role_id
JOIN users u ON u.org_id = g.org_id AND u.department_id = g.department_id
UNION
SELECT g.org_id, g.role_id, r.key, u.id
FROM role_grants g JOIN roles r ON r.org_id = g.org_id AND r.id = g.role_id
JOIN users u ON u.org_id = g.org_id AND u.designation = g.designation;
GRANT SELECT ON role_members TO handstamp_app;

-- People as rules see them: rules are translated to conditions over this view.
CREATE VIEW people WITH (security_invoker = true) AS
SELECT u.org_id, u.id, u.name, u.email,
       d.key AS department, u.department_id, d.name AS department_name,
       u.designation, u.level, u.level_rank,
       u.city, u.state, u.country, u.location, u.status, u.manager_id,
       ARRAY(SELECT r.key FROM role_grants g JOIN roles r ON r.org_id = g.org_id AND r.id = g.role_id
             WHERE g.org_id = u.org_id AND g.user_id = u.id
             UNION
             SELECT r.key FROM role_grants g JOIN roles r ON r.org_id = g.org_id AND r.id = g.role_id
             WHERE g.org_id = u.org_id AND g.department_id = u.department_id
             UNION
             SELECT r.key FROM role_grants g JOIN roles r ON r.org_id = g.org_id AND r.id = g.role_id
             WHERE g.org_id = u.org_id AND g.designation = u.designation
             ORDER BY 1) AS roles,
       u.attributes
FROM users u
LEFT JOIN departments d ON d.org_id = u.org_id AND d.id = u.department_id;
GRANT SELECT ON people TO handstamp_app;

-- +goose Down
DROP VIEW people, role_members;
DROP TABLE audit, login_failures, refresh_tokens, sessions, credentials, role_grants, roles, attribute_types, users, departments CASCADE;
