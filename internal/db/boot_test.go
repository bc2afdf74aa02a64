package db_test

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// Ensure the server does not start on a database that would not keep
// organizations apart, and says why.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	env := dbtest.Own(t)
	const role = "handstamp_boot_test"
	u, err := url.Parse(env.AppURL)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(role, "x")
	other := u.String()
	env.AsOwner(t, `DROP ROLE IF EXISTS `+role)
	env.AsOwner(t, `CREATE ROLE `+role+` LOGIN PASSWORD 'x' IN ROLE handstamp_app`)
	t.Cleanup(func() { env.AsOwner(t, `DROP OWNED BY `+role); env.AsOwner(t, `DROP ROLE `+role) })
	open := func(address string) string {
		d, err := db.Open(context.Background(), address, db.Options{})
		if err == nil {
			d.Close()
			return ""
		}
		return err.Error()
	}
	if got := open(other); got != "" {
		t.Fatalf("refused a harmless role: %s", got)
	}
	if got := open(env.OwnerURL); !strings.Contains(got, "superuser") {
		t.Errorf("superuser: %q", got)
	}
	env.AsOwner(t, `CREATE POLICY narrower ON turns AS RESTRICTIVE USING (user_id IS NOT NULL)`)
	if got := open(other); got != "" {
		t.Errorf("refused a policy that only narrows: %s", got)
	}
	const wall = `CREATE POLICY wall ON turns USING (org_id = (SELECT app_org()))`
	for _, c := range []struct{ do, undo, want string }{
		{`ALTER ROLE ` + role + ` BYPASSRLS`, `ALTER ROLE ` + role + ` NOBYPASSRLS`, "can bypass row level security"},
		{`ALTER TABLE turns OWNER TO ` + role, `ALTER TABLE turns OWNER TO CURRENT_USER`, "owns tables (turns)"},
		{`ALTER TABLE turns NO FORCE ROW LEVEL SECURITY`, `ALTER TABLE turns FORCE ROW LEVEL SECURITY`, "turns: it is not forced"},
		{`ALTER TABLE turns DISABLE ROW LEVEL SECURITY`, `ALTER TABLE turns ENABLE ROW LEVEL SECURITY`, "turns: it is not forced"},
		{`CREATE TABLE stray (org_id uuid)`, `DROP TABLE stray`, "stray: it is not forced; stray: its policy is not the wall"},
		{`CREATE POLICY wide ON turns USING (true)`, `DROP POLICY wide ON turns`, "turns: the policy wide lets more through"},
		{`CREATE POLICY wide ON turns FOR INSERT WITH CHECK (true)`, `DROP POLICY wide ON turns`, "turns: the policy wide lets more through"},
		{
			`CREATE POLICY wide ON turns TO ` + role + ` USING (org_id = (SELECT app_org()) OR true)`,
			`DROP POLICY wide ON turns`, "turns: the policy wide lets more through",
		},
		{`ALTER POLICY wall ON turns USING (true)`, `ALTER POLICY wall ON turns USING (org_id = (SELECT app_org()))`, "turns: its policy is not the wall"},
		{
			`ALTER POLICY wall ON turns USING (org_id = (SELECT app_org()) OR user_id IS NOT NULL)`,
			`ALTER POLICY wall ON turns USING (org_id = (SELECT app_org()))`, "turns: its policy is not the wall",
		},
		{`ALTER POLICY wall ON turns WITH CHECK (true)`, `DROP POLICY wall ON turns; ` + wall, "turns: its policy is not the wall"},
		{`ALTER POLICY wall ON turns TO pg_monitor`, `ALTER POLICY wall ON turns TO PUBLIC`, "turns: its policy is not the wall"},
		{
			`DROP POLICY wall ON turns; CREATE POLICY wall ON turns FOR SELECT USING (org_id = (SELECT app_org()))`,
			`DROP POLICY wall ON turns; ` + wall, "turns: its policy is not the wall",
		},
		{
			`DROP POLICY wall ON turns; CREATE POLICY wall ON turns AS RESTRICTIVE USING (org_id = (SELECT app_org()))`,
			`DROP POLICY wall ON turns; ` + wall, "turns: its policy is not the wall",
		},
		{`DROP POLICY wall ON turns`, wall, "turns: its policy is not the wall"},
		{`CREATE POLICY rewrite ON orgs FOR UPDATE USING (true)`, `DROP POLICY rewrite ON orgs`, "orgs: the policy rewrite lets more through"},
		{
			`CREATE OR REPLACE FUNCTION app_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE RETURN '6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid`,
			`CREATE OR REPLACE FUNCTION app_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE RETURN nullif(current_setting('app.org_id', true), '')::uuid`,
			"app_org() is not the function it was",
		},
		{
			`UPDATE goose_db_version SET is_applied = false WHERE version_id = (SELECT max(version_id) FROM goose_db_version)`,
			`UPDATE goose_db_version SET is_applied = true`, "run `handstamp migrate` first",
		},
		{`ALTER TABLE goose_db_version RENAME TO gone`, `ALTER TABLE gone RENAME TO goose_db_version`, "no tables yet"},
	} {
		env.AsOwner(t, c.do)
		if got := open(other); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", c.do, got, c.want)
		}
		env.AsOwner(t, c.undo)
	}
	if got := open(other); got != "" {
		t.Errorf("in the end: %s", got)
	}
	if open("postgres://nobody@127.0.0.1:1/none") == "" || open("::") == "" {
		t.Error("an unreachable or unreadable address was accepted")
	}
}

// Ensure several servers may migrate an empty database at once, and that all
// find the same role, also when they migrate again.
func TestMigrateAtOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	conn := owner(t, dbtest.New(t))
	const name = "handstamp Migrate-test"
	quoted := pgx.Identifier{name}.Sanitize()
	if _, err := conn.Exec(ctx, "DROP DATABASE IF EXISTS "+quoted); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+quoted); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = conn.Exec(ctx, "DROP DATABASE "+quoted+" WITH (FORCE)") })
	u, err := url.Parse(dbtest.New(t).OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	address := u.String()
	if _, err := db.AppURL(ctx, address); err == nil {
		t.Error("there is a role before the first migration")
	}
	var all sync.WaitGroup
	urls := make([]string, 4)
	for i := range urls {
		all.Go(func() {
			if err := db.Migrate(ctx, address); err != nil {
				t.Error(err)
				return
			}
			app, err := db.AppURL(ctx, address)
			if err != nil {
				t.Error(err)
			}
			urls[i] = app
		})
	}
	all.Wait()
	for _, app := range urls {
		if app != urls[0] {
			t.Errorf("two addresses for one role: %s and %s", app, urls[0])
		}
	}
	d, err := db.Open(ctx, urls[0], db.Options{MaxConns: 1})
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	if !strings.Contains(urls[0], "handstamp_app_handstamp__igrate_test_") {
		t.Errorf("role in %s", urls[0])
	}
}

// Ensure an owner who is no superuser can migrate, as on a managed server, and
// that one who may not create roles is told what he needs.
func TestMigrateAsPlainOwner(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	conn := owner(t, dbtest.New(t))
	const name = "handstamp_plain_owner"
	exec := func(sql string) {
		t.Helper()
		if _, err := conn.Exec(ctx, sql); err != nil {
			t.Fatal(sql, err)
		}
	}
	clean := func() {
		exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)")
		exec("DROP ROLE IF EXISTS " + name + ", handstamp_app_" + name)
	}
	clean()
	t.Cleanup(clean)
	exec("CREATE ROLE " + name + " LOGIN PASSWORD 'x'")
	exec("CREATE DATABASE " + name + " OWNER " + name)
	u, err := url.Parse(dbtest.New(t).OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	u.User, u.Path = url.UserPassword(name, "x"), "/"+name
	if err := db.Migrate(ctx, u.String()); err == nil || !strings.Contains(err.Error(), "give it CREATEROLE") {
		t.Errorf("without CREATEROLE: %v", err)
	}
	exec("ALTER ROLE " + name + " CREATEROLE")
	if err := db.Migrate(ctx, u.String()); err != nil {
		t.Fatal(err)
	}
	app, err := db.AppURL(ctx, u.String())
	if err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(ctx, app, db.Options{MaxConns: 1})
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	if _, err := db.Open(ctx, u.String(), db.Options{}); err == nil || !strings.Contains(err.Error(), "owns tables") {
		t.Errorf("the owner as the server's role: %v", err)
	}
}
