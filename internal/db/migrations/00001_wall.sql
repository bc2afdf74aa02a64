-- +goose Up
-- The wall between organizations, and the two tables that stand outside it.

-- The organization of this transaction. After a transaction the setting reads ''
-- rather than null, therefore nullif.
CREATE FUNCTION app_org() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.org_id', true), '')::uuid;

-- The time of the product: the wall clock, not the start of the transaction,
-- which is older than the wait for a lock. A test moves it with set_clock.
CREATE FUNCTION app_now() RETURNS timestamptz
    LANGUAGE sql VOLATILE PARALLEL SAFE
    RETURN clock_timestamp();

-- Moves app_now() of this database, for tests. Replacing the function, which only
-- the owner may do, leaves production without a table to ask at every call.
-- +goose StatementBegin
CREATE FUNCTION set_clock(shift interval) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz
        LANGUAGE sql VOLATILE PARALLEL SAFE
        RETURN clock_timestamp() + %L::interval', shift);
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION set_clock(interval) FROM PUBLIC;

-- Puts a table behind the wall: even its owner sees only the rows of app_org(),
-- and without one none. The subselect is evaluated once per statement.
-- +goose StatementBegin
CREATE FUNCTION raise_wall(t regclass) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY wall ON %s USING (org_id = (SELECT app_org()))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO handstamp_app', t);
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION raise_wall(regclass) FROM PUBLIC;

-- The same for tables whose rows are never changed: the server may only add and read.
-- +goose StatementBegin
CREATE FUNCTION raise_wall_insert_only(t regclass) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM raise_wall(t);
    EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM handstamp_app', t);
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION raise_wall_insert_only(regclass) FROM PUBLIC;

-- Global: signing in has to find an organization before it is in one. Writing
-- takes being in it.
CREATE TABLE orgs (
    id          uuid        PRIMARY KEY,
    slug        text        NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key    text        NOT NULL GENERATED ALWAYS AS (lower(name)) STORED UNIQUE,
    zone        text        NOT NULL DEFAULT 'UTC',
    settings    jsonb       NOT NULL DEFAULT '{}',
    created_at  timestamptz NOT NULL DEFAULT app_now(),
    modified_at timestamptz NOT NULL DEFAULT app_now()
);
ALTER TABLE orgs ENABLE ROW LEVEL SECURITY;
ALTER TABLE orgs FORCE ROW LEVEL SECURITY;
CREATE POLICY anybody_finds ON orgs FOR SELECT USING (true);
CREATE POLICY only_itself_added ON orgs FOR INSERT WITH CHECK (id = (SELECT app_org()));
CREATE POLICY only_itself_changed ON orgs FOR UPDATE USING (id = (SELECT app_org()));
GRANT SELECT, INSERT, UPDATE ON orgs TO handstamp_app;

-- Global: the keys that access tokens are signed with. Retired keys still verify
-- until the last token they signed has run out.
CREATE TABLE signing_keys (
    kid         text        PRIMARY KEY,
    private_key bytea       NOT NULL CHECK (length(private_key) = 32), -- Ed25519 seed
    created_at  timestamptz NOT NULL DEFAULT app_now(),
    retired_at  timestamptz
);
GRANT SELECT, INSERT ON signing_keys TO handstamp_app;
GRANT UPDATE (retired_at) ON signing_keys TO handstamp_app;

-- So that the server can tell whether the schema is the one it was built for.
GRANT SELECT ON goose_db_version TO handstamp_app;

-- +goose Down
REVOKE SELECT ON goose_db_version FROM handstamp_app;
DROP TABLE signing_keys, orgs;
DROP FUNCTION raise_wall_insert_only(regclass), raise_wall(regclass), set_clock(interval), app_now(), app_org();
