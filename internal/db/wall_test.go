package db_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// globals are the tables that may stand outside the wall.
var globals = []string{"goose_db_version", "orgs", "signing_keys"}

// breaches finds what would let one organization reach another. Each query
// returns one line per finding.
var breaches = map[string]string{
	"table without org_id that is not on the list of global ones": `
		SELECT c.relname FROM pg_class c
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
		  AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped)
		  AND c.relname <> ALL ($1)`,
	"org_id that may be null or does not default to the present organization": `
		SELECT c.relname FROM pg_class c
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
		LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL ($1)
		  AND (NOT a.attnotnull OR pg_get_expr(d.adbin, d.adrelid) IS DISTINCT FROM 'app_org()')`,
	"table without forced row level security": `
		SELECT c.relname FROM pg_class c
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL ($1)
		  AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
	"policy that is not the wall": `
		SELECT c.relname || ': ' || p.polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
		WHERE c.relname <> ALL ($1) AND (
		      p.polcmd <> '*' OR NOT p.polpermissive
		   OR pg_get_expr(p.polqual, p.polrelid) <> '(org_id = ( SELECT app_org() AS app_org))'
		   OR p.polwithcheck IS NOT NULL)`,
	"primary key or unique index that does not begin with org_id": `
		SELECT i.indexrelid::regclass::text FROM pg_index i
		JOIN pg_class c ON c.oid = i.indrelid
		LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
		WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique AND c.relname <> ALL ($1)
		  AND a.attname IS DISTINCT FROM 'org_id'`,
	"table without primary key": `
		SELECT c.relname FROM pg_class c
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL ($1)
		  AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)`,
	"foreign key that leaves org_id out": `
		SELECT k.conrelid::regclass || ': ' || k.conname FROM pg_constraint k
		JOIN pg_class c ON c.oid = k.conrelid
		WHERE k.contype = 'f' AND c.relnamespace = 'public'::regnamespace AND c.relname <> ALL ($1)
		  AND NOT EXISTS (
		      SELECT FROM unnest(k.conkey, k.confkey) AS pair(own, their)
		      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.own AND a.attname = 'org_id'
		      JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = pair.their AND b.attname = 'org_id')`,
	"view that does not run with the rights of its reader": `
		SELECT c.relname FROM pg_class c
		WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> ALL ($1)
		  AND (c.relkind = 'm' OR c.relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false))`,
	"SECURITY DEFINER function without a pinned search_path": `
		SELECT p.proname FROM pg_proc p
		WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND p.proname <> ALL ($1)
		  AND NOT coalesce((SELECT bool_or(s LIKE 'search_path=%') FROM unnest(p.proconfig) s), false)`,
	"right of the server's role beyond reading and writing rows": `
		SELECT c.relname || ': ' || right_ FROM pg_class c, unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) right_
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND c.relname <> ALL ($1)
		  AND has_table_privilege('handstamp_app', c.oid, right_)`,
	"right of everybody on a table": `
		SELECT c.relname FROM pg_class c, aclexplode(c.relacl) x
		WHERE c.relnamespace = 'public'::regnamespace AND x.grantee = 0 AND c.relname <> ALL ($1)`,
	"role of the server with powers": `
		SELECT r.rolname FROM pg_roles r
		WHERE (r.rolname = 'handstamp_app' OR pg_has_role(r.oid, 'handstamp_app', 'MEMBER') AND r.rolname LIKE 'handstamp_app%')
		  AND r.rolname <> ALL ($1)
		  AND (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication)`,
	"schema the server's role may write to": `
		SELECT nspname FROM pg_namespace
		WHERE nspname NOT LIKE 'pg_temp%' AND nspname NOT LIKE 'pg_toast_temp%' AND nspname <> ALL ($1)
		  AND has_schema_privilege('handstamp_app', oid, 'CREATE')`,
	"function for the owner that the server's role may call": `
		SELECT p.proname FROM pg_proc p
		WHERE p.pronamespace = 'public'::regnamespace AND p.proname IN ('set_clock', 'raise_wall', 'raise_wall_insert_only')
		  AND p.proname <> ALL ($1) AND has_function_privilege('handstamp_app', p.oid, 'EXECUTE')`,
}

func owner(t *testing.T, env *dbtest.Env) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), env.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func findings(t *testing.T, conn *pgx.Conn, query string) []string {
	t.Helper()
	rows, err := conn.Query(context.Background(), query, globals)
	if err != nil {
		t.Fatal(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Ensure every table, key, view, function and role keeps the wall.
func TestWallHasNoBreach(t *testing.T) {
	t.Parallel()
	conn := owner(t, dbtest.New(t))
	for what, query := range breaches {
		for _, found := range findings(t, conn, query) {
			t.Errorf("%s: %s", what, found)
		}
	}
}

// Ensure the search for breaches finds each kind of breach.
func TestBreachesAreFound(t *testing.T) {
	t.Parallel()
	env := dbtest.Own(t)
	for _, ddl := range []string{
		`CREATE TABLE stray (id uuid PRIMARY KEY)`,
		`CREATE TABLE open (org_id uuid, id uuid UNIQUE, user_id uuid)`,
		`ALTER TABLE users ADD UNIQUE (id)`,
		`ALTER TABLE open ADD FOREIGN KEY (user_id) REFERENCES users (id)`,
		`ALTER TABLE open ENABLE ROW LEVEL SECURITY`,
		`CREATE POLICY all_of_it ON open USING (true)`,
		`CREATE VIEW leak AS SELECT * FROM users`,
		`CREATE FUNCTION climb() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
		`GRANT TRUNCATE ON open TO handstamp_app`,
		`GRANT SELECT ON open TO PUBLIC`,
		`GRANT CREATE ON SCHEMA public TO handstamp_app`,
		`GRANT EXECUTE ON FUNCTION set_clock(interval) TO handstamp_app`,
	} {
		env.AsOwner(t, ddl)
	}
	conn := owner(t, env)
	for what, query := range breaches {
		if what == "role of the server with powers" {
			continue // roles belong to the whole server; TestOpenRefuses covers it
		}
		if len(findings(t, conn, query)) == 0 {
			t.Errorf("%s: the planted breach was not found", what)
		}
	}
}

// samples puts one row into every table with org_id; $1 serves for every id. A
// new table needs its line here.
var samples = []struct{ table, sql string }{
	{"departments", `INSERT INTO departments (id, key, name) VALUES ($1, 'HR', 'HR')`},
	{"users", `INSERT INTO users (id, email, name, department_id) VALUES ($1, 'a@b.c', 'A', $1)`},
	{"attribute_types", `INSERT INTO attribute_types (key, label, kind) VALUES ('desk', $1::uuid::text, 'text')`},
	{"roles", `INSERT INTO roles (id, key, name) VALUES ($1, 'hr', 'HR')`},
	{"role_grants", `INSERT INTO role_grants (id, role_id, user_id) VALUES ($1, $1, $1)`},
	{"credentials", `INSERT INTO credentials (user_id, hash) VALUES ($1, 'x')`},
	{"sessions", `INSERT INTO sessions (id, user_id, auth_epoch, seed, expires_at) VALUES ($1, $1, 1, '', app_now())`},
	{"refresh_tokens", `INSERT INTO refresh_tokens (session_id, generation, hash) VALUES ($1, 1, '')`},
	{"login_failures", `INSERT INTO login_failures (kind, subject, level, refused, at) VALUES ('account', $1::uuid::text, 1, false, app_now())`},
	{"audit", `INSERT INTO audit (id, action, outcome) VALUES ($1, 'x', 'done')`},
	{"workflows", `INSERT INTO workflows (id, key, name, prefix, owner_id) VALUES ($1, 'LEAVE', 'Leave', 'LEAVE', $1)`},
	{"versions", `INSERT INTO versions (id, workflow_id, no, document, hash) VALUES ($1, $1, 1, '{}', '')`},
	{"version_refs", `INSERT INTO version_refs (version_id, kind, ref) VALUES ($1, 'role', 'hr')`},
	{"drafts", `INSERT INTO drafts (workflow_id, document) VALUES ($1, '{}')`},
	{"favourites", `INSERT INTO favourites (user_id, workflow_id) VALUES ($1, $1)`},
	{"counters", `INSERT INTO counters (prefix) VALUES ($1::uuid::text)`},
	{"runs", `INSERT INTO runs (id, workflow_id, version_id, prefix, status, initiator_id, root_id, created_by) VALUES ($1, $1, $1, 'LEAVE', 'draft', $1, $1, $1)`},
	{"run_data", `INSERT INTO run_data (run_id) VALUES ($1)`},
	{"run_revisions", `INSERT INTO run_revisions (run_id, rev, seq, data, salt, at) VALUES ($1, 1, 1, '{}', '', app_now())`},
	{"step_runs", `INSERT INTO step_runs (run_id, seq, step, status, entered_at) VALUES ($1, 1, 'a', 'waiting', app_now())`},
	{"pools", `INSERT INTO pools (id, hash) VALUES ($1, 'x')`},
	{"pool_members", `INSERT INTO pool_members (user_id, pool_id) VALUES ($1, $1)`},
	{"tasks", `INSERT INTO tasks (id, run_id, step_seq, step, kind, status, workflow_id, assigned_at, created_at) VALUES ($1, $1, 1, 'a', 'decide', 'open', $1, app_now(), app_now())`},
	{"participants", `INSERT INTO participants (user_id, run_id) VALUES ($1, $1)`},
	{"comments", `INSERT INTO comments (id, run_id, author_id, kind, text, created_at) VALUES ($1, $1, $1, 'note', 'x', app_now())`},
	{"events", `INSERT INTO events (id, run_id, seq, type, at) VALUES ($1, $1, 1, 'x', app_now())`},
	{"idempotency", `INSERT INTO idempotency (user_id, route, key, hash) VALUES ($1, 'x', 'x', '')`},
	{"saved_views", `INSERT INTO saved_views (id, user_id, name, search) VALUES ($1, $1, 'Old', 'older=7')`},
	{"subruns", `INSERT INTO subruns (id, parent_id, step_seq, workflow, initiator_id) VALUES ($1, $1, 1, 'BUY', $1)`},
	{"absences", `INSERT INTO absences (id, user_id, starts_at, ends_at) VALUES ($1, $1, app_now(), app_now() + interval '1 day')`},
	{"turns", `INSERT INTO turns (workflow_id, step, user_id) VALUES ($1, 'a', $1)`},
}

// Ensure no row of one organization can be seen, changed, removed or added from
// another, in any table, even when both use the same ids.
func TestIsolation(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	conn := owner(t, env)
	tables := findings(t, conn, `SELECT c.relname FROM pg_class c
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL ($1)`)
	for _, table := range tables {
		if !slices.ContainsFunc(samples, func(s struct{ table, sql string }) bool { return s.table == table }) {
			t.Errorf("table %s has no line in samples", table)
		}
	}
	mine, theirs := env.Org(t), env.Org(t)
	id := db.NewID()
	for _, s := range samples {
		mine.Exec(t, s.sql, id)
		theirs.Exec(t, s.sql, id)
	}
	insertOnly := findings(t, conn, `SELECT c.relname FROM pg_class c
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL ($1)
		  AND NOT has_table_privilege('handstamp_app', c.oid, 'UPDATE') AND NOT has_table_privilege('handstamp_app', c.oid, 'DELETE')`)
	for _, s := range samples {
		isolated(t, env.DB, mine.ID, theirs.ID, s.table, slices.Contains(insertOnly, s.table))
	}
	for _, table := range []string{"events", "audit", "versions"} {
		if !slices.Contains(insertOnly, table) {
			t.Errorf("rows of %s can be changed by the server", table)
		}
	}
}

func isolated(t *testing.T, d *db.DB, mine, theirs access.OrgID, table string, insertOnly bool) {
	t.Helper()
	ctx := context.Background()
	var all, foreign int
	b := db.NewBatch()
	db.One(b, &all, "SELECT count(*)::int FROM "+table)
	db.One(b, &foreign, "SELECT count(*)::int FROM "+table+" WHERE org_id = $1", theirs.UUID())
	if err := d.Read(ctx, mine, b); err != nil {
		t.Fatal(err)
	}
	if all != 1 || foreign != 0 {
		t.Errorf("%s: sees %d rows, %d of them of the other organization; want 1 and 0", table, all, foreign)
	}
	for _, verb := range []string{"UPDATE " + table + " SET org_id = org_id", "DELETE FROM " + table} {
		touched, err := affected(d, mine, verb+" WHERE org_id = $1", theirs.UUID())
		if insertOnly && !sqlState(err, "42501") || !insertOnly && (err != nil || touched != 0) {
			t.Errorf("%s: %.6s of the other organization's rows: %d rows, error %v", table, verb, touched, err)
		}
	}
	if _, err := affected(d, mine, "INSERT INTO "+table+" (org_id) VALUES ($1)", theirs.UUID()); !walled(err) {
		t.Errorf("%s: inserting for the other organization: %v", table, err)
	}
	if _, err := affected(d, mine, "UPDATE "+table+" SET org_id = $1", theirs.UUID()); !insertOnly && !walled(err) {
		t.Errorf("%s: moving a row to the other organization: %v", table, err)
	}
	withoutOrg(t, d, table)
}

// withoutOrg tries the table on a connection where no organization is set.
func withoutOrg(t *testing.T, d *db.DB, table string) {
	t.Helper()
	ctx := context.Background()
	var n int
	err := d.Global(ctx, func(q db.Querier) error {
		return q.QueryRow(ctx, "SELECT count(*)::int FROM "+table).Scan(&n)
	})
	if err != nil || n != 0 {
		t.Errorf("%s: without an organization: %d rows, error %v", table, n, err)
	}
	err = d.Global(ctx, func(q db.Querier) error {
		_, err := q.Exec(ctx, "INSERT INTO "+table+" DEFAULT VALUES")
		return err
	})
	if !walled(err) {
		t.Errorf("%s: inserting without an organization: %v", table, err)
	}
}

var errUndo = errors.New("undo")

// affected runs a statement and undoes it.
func affected(d *db.DB, org access.OrgID, sql string, args ...any) (n int64, err error) {
	ctx := context.Background()
	err = d.InOrg(ctx, org, func(tx *db.Tx) error {
		tag, err := tx.Exec(ctx, sql, args...)
		if err != nil {
			return err
		}
		n = tag.RowsAffected()
		return errUndo
	})
	if errors.Is(err, errUndo) {
		err = nil
	}
	return n, err
}

func sqlState(err error, code string) bool {
	pe, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pe.Code == code
}

// walled reports whether row level security refused, not merely some constraint.
func walled(err error) bool {
	pe, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pe.Code == "42501" && strings.Contains(pe.Message, "row-level security")
}

// Ensure a connection that served one organization shows nothing to the next user.
func TestPooledConnectionForgets(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	d, err := db.Open(t.Context(), env.AppURL, db.Options{MaxConns: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	org := env.Org(t)
	org.User(t, "Asha Mehta")
	ctx := context.Background()
	uses := map[string]func() error{
		"Read": func() error {
			b := db.NewBatch()
			b.Exec(`SELECT count(*) FROM users`)
			return d.Read(ctx, org.ID, b)
		},
		"ReadAfter": func() error {
			return d.ReadAfter(ctx, org.ID, func(b *db.Batch) { b.Exec(`SELECT 1`) }, db.NewBatch())
		},
		"commit": func() error {
			return d.InOrg(ctx, org.ID, func(tx *db.Tx) error { _, err := tx.Exec(ctx, `SELECT 1`); return err })
		},
		"rollback": func() error {
			err := d.InOrg(ctx, org.ID, func(tx *db.Tx) error { _, _ = tx.Exec(ctx, `SELECT 1`); return errUndo })
			if errors.Is(err, errUndo) {
				return nil
			}
			return err
		},
	}
	for name, use := range uses {
		if err := use(); err != nil {
			t.Fatal(name, err)
		}
		withoutOrg(t, d, "users")
	}
}

// Ensure an organization can be added and changed only from inside it.
func TestOrgsAreChangedFromInside(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	mine, theirs := env.Org(t), env.Org(t)
	if n, err := affected(env.DB, mine.ID, `UPDATE orgs SET name = 'Taken' WHERE id = $1`, theirs.ID.UUID()); n != 0 || err != nil {
		t.Errorf("renaming another organization: %d rows, %v", n, err)
	}
	if n, err := affected(env.DB, mine.ID, `UPDATE orgs SET zone = 'Asia/Kolkata' WHERE id = $1`, mine.ID.UUID()); n != 1 || err != nil {
		t.Errorf("changing one's own: %d rows, %v", n, err)
	}
	if _, err := affected(env.DB, mine.ID, `INSERT INTO orgs (id, slug, name) VALUES ($1, 'x', 'x')`, db.NewID()); !walled(err) {
		t.Errorf("adding another organization: %v", err)
	}
}

// Ensure whatever people and their roles are read from counts its changes, on
// which everything rests that remembers people.
func TestDirectoryChangesAreCounted(t *testing.T) {
	t.Parallel()
	conn := owner(t, dbtest.New(t))
	for _, table := range findings(t, conn, `
		SELECT DISTINCT u.table_name::text FROM information_schema.view_table_usage u
		WHERE u.view_schema = 'public' AND u.view_name IN ('people', 'role_members') AND u.table_name <> ALL ($1)
		  AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = ('public.' || u.table_name)::regclass
		      AND t.tgname = 'directory_changes' AND t.tgenabled = 'O' AND t.tgtype = 2 | 4 | 8 | 16)`) {
		t.Errorf("changes of %s are not counted", table)
	}
}
