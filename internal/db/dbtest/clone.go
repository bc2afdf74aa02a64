package dbtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/handstamp/handstamp/internal/db"
)

const (
	templatePrefix = "handstamp_tmpl_"
	clonePrefix    = "handstamp_t_"
)

// clone makes a database from the template of the present migrations. Its name
// stays locked while this process lives, so that the next one can tell which
// databases were left behind and drop them.
func clone(ctx context.Context, address string) (*Env, error) {
	admin, err := pgx.Connect(ctx, address)
	if err != nil {
		return nil, err
	}
	template, err := ensureTemplate(ctx, admin, address)
	if err != nil {
		return nil, fmt.Errorf("template: %w", err)
	}
	if err := dropLeftovers(ctx, admin); err != nil {
		return nil, fmt.Errorf("leftovers: %w", err)
	}
	name := clonePrefix + hex.EncodeToString(idBytes())
	if err := lock(ctx, admin, name); err != nil {
		return nil, err
	}
	if _, err := admin.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		return nil, err
	}
	env, err := open(ctx, address, name)
	if err != nil {
		return nil, err
	}
	env.keeper = admin
	return env, nil
}

func idBytes() []byte {
	id := db.NewID()
	return id[:]
}

func open(ctx context.Context, address, name string) (*Env, error) {
	env := &Env{}
	var err error
	if env.OwnerURL, err = withDatabase(address, name); err != nil {
		return nil, err
	}
	// The clone carries the template's login role in its private table.
	if env.AppURL, err = db.AppURL(ctx, env.OwnerURL); err != nil {
		return nil, err
	}
	env.DB, err = db.Open(ctx, env.AppURL, db.Options{})
	return env, err
}

func lock(ctx context.Context, admin *pgx.Conn, name string) error {
	_, err := admin.Exec(ctx, `SELECT pg_advisory_lock(hashtextextended($1, 0))`, name)
	return err
}

func unlock(ctx context.Context, admin *pgx.Conn, name string) error {
	_, err := admin.Exec(ctx, `SELECT pg_advisory_unlock(hashtextextended($1, 0))`, name)
	return err
}

// ensureTemplate migrates once for all test binaries. Only a finished template
// is marked as one.
func ensureTemplate(ctx context.Context, admin *pgx.Conn, address string) (string, error) {
	name, err := templateName()
	if err != nil {
		return "", err
	}
	if err := lock(ctx, admin, name); err != nil {
		return "", err
	}
	defer func() { _ = unlock(ctx, admin, name) }()
	var finished bool
	const finishedSQL = `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND datistemplate)`
	if err := admin.QueryRow(ctx, finishedSQL, name).Scan(&finished); err != nil || finished {
		return name, err
	}
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name} {
		if _, err := admin.Exec(ctx, statement); err != nil {
			return "", err
		}
	}
	target, err := withDatabase(address, name)
	if err != nil {
		return "", err
	}
	if err := db.Migrate(ctx, target); err != nil {
		return "", err
	}
	_, err = admin.Exec(ctx, "ALTER DATABASE "+name+" IS_TEMPLATE true")
	return name, err
}

// templateName changes with every migration.
func templateName() (string, error) {
	names, err := fs.Glob(db.Migrations(), "*.sql")
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, n := range names {
		text, err := fs.ReadFile(db.Migrations(), n)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%s %d\n%s", n, len(text), text)
	}
	return templatePrefix + hex.EncodeToString(sum.Sum(nil)[:8]), nil
}

// dropLeftovers removes the databases of test binaries that have ended.
func dropLeftovers(ctx context.Context, admin *pgx.Conn) error {
	rows, err := admin.Query(ctx, `SELECT datname FROM pg_database WHERE starts_with(datname, $1)`, clonePrefix)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		var ended bool
		if err := admin.QueryRow(ctx, `SELECT pg_try_advisory_lock(hashtextextended($1, 0))`, name).Scan(&ended); err != nil {
			return err
		}
		if !ended {
			continue
		}
		_, err := admin.Exec(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{name}.Sanitize()+" WITH (FORCE)")
		if err := unlock(ctx, admin, name); err != nil {
			return err
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// withDatabase replaces the database in either form of address that libpq knows.
func withDatabase(address, name string) (string, error) {
	if !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://") {
		return address + " dbname=" + name, nil // the last one counts
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}
