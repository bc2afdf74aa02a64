package db

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the schema, one file per step, in the order of their names.
func Migrations() fs.FS {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}

const (
	oldestPostgres = 150000
	lockTries      = 20
)

// Migrate brings the schema up to date as the owner and makes the role the
// server runs as. Several processes may call it at once. It never waits long
// for a lock that would stall the server's traffic, it tries again instead.
func Migrate(ctx context.Context, ownerURL string) error {
	cfg, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return fmt.Errorf("the database address cannot be read: %w", err)
	}
	if err := checkServer(ctx, cfg); err != nil {
		return err
	}
	if err := ensureGroupRole(ctx, cfg); err != nil {
		return err
	}
	for try := 1; ; try++ {
		err := migrateUp(ctx, cfg)
		if err == nil {
			break
		}
		if try == lockTries || !isCode(err, "55P03") {
			return fmt.Errorf("db: migrate: %w", err)
		}
		if !pause(ctx, 6) {
			return ctx.Err()
		}
	}
	return ensureLoginRole(ctx, cfg)
}

func checkServer(ctx context.Context, cfg *pgx.ConnConfig) error {
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return fmt.Errorf("the database cannot be reached: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	var number int
	var name string
	if err := conn.QueryRow(ctx, `SELECT current_setting('server_version_num')::int, current_setting('server_version')`).Scan(&number, &name); err != nil {
		return err
	}
	return checkVersion(number, name)
}

// checkVersion takes server_version_num: 150004 is 15.4.
func checkVersion(number int, name string) error {
	if number < oldestPostgres {
		return fmt.Errorf("the database server is PostgreSQL %s, and Handstamp needs version 15 or newer", name)
	}
	return nil
}

func migrateUp(ctx context.Context, cfg *pgx.ConnConfig) error {
	limited := cfg.Copy()
	limited.RuntimeParams["lock_timeout"] = "2s"
	limited.RuntimeParams["statement_timeout"] = "0"
	limited.RuntimeParams["search_path"] = "public"
	pool := stdlib.OpenDB(*limited)
	defer func() { _ = pool.Close() }()
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300), lock.WithUnlockTimeout(1, 30))
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, pool, Migrations(), goose.WithSessionLocker(locker))
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// newestMigration is the number of the last file.
func newestMigration() (int64, error) {
	names, err := fs.Glob(Migrations(), "*.sql")
	if err != nil {
		return 0, err
	}
	if len(names) == 0 {
		return 0, errors.New("db: no migrations are embedded")
	}
	number, _, _ := strings.Cut(names[len(names)-1], "_")
	return strconv.ParseInt(number, 10, 64)
}

// again runs fn until it does not collide with the same catalog change made by
// another process, which PostgreSQL reports rather than waits for.
func again(ctx context.Context, fn func() error) error {
	var err error
	for try := range lockTries {
		err = fn()
		if err == nil || !isCode(err, "XX000", "23505", "42710", "40P01", "55P03") {
			return err
		}
		time.Sleep(time.Duration(try+1) * 5 * time.Millisecond)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return err
}
