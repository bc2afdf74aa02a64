package db

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// groupRole has the rights on the tables. It cannot log in; roles that can are
// its members, one per database.
const groupRole = "handstamp_app"

func isCode(err error, codes ...string) bool {
	pe, ok := errors.AsType[*pgconn.PgError](err)
	return ok && slices.Contains(codes, pe.Code)
}

// ensureGroupRole makes the role that migrations grant rights to. Roles belong
// to the whole server, so another database may make it at the same moment.
func ensureGroupRole(ctx context.Context, cfg *pgx.ConnConfig) error {
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return fmt.Errorf("db: connect as the owner: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	err = again(ctx, func() error {
		exists, err := roleExists(ctx, conn, groupRole)
		if err != nil || exists {
			return err
		}
		_, err = conn.Exec(ctx, "CREATE ROLE "+groupRole+" NOLOGIN")
		return err
	})
	return mayCreateRoles(cfg.User, err)
}

// mayCreateRoles turns the refusal to make a role into advice.
func mayCreateRoles(user string, err error) error {
	if isCode(err, "42501") {
		return fmt.Errorf("the database user %q may not create or grant the role the server runs as: give it CREATEROLE (ALTER ROLE … CREATEROLE): %w", user, err)
	}
	return err
}

func roleExists(ctx context.Context, conn *pgx.Conn, name string) (exists bool, err error) {
	err = conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)`, name).Scan(&exists)
	return exists, err
}

// ensureLoginRole makes the role the server signs in as and keeps its password
// where only the owner can read it, so that every server finds the same one.
func ensureLoginRole(ctx context.Context, cfg *pgx.ConnConfig) error {
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return fmt.Errorf("db: connect as the owner: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	err = again(ctx, func() error {
		return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return loginRole(ctx, tx) })
	})
	if err != nil {
		return fmt.Errorf("db: make the server's role: %w", mayCreateRoles(cfg.User, err))
	}
	return nil
}

const keeperSQL = `
SELECT pg_advisory_xact_lock(hashtext('handstamp login role'));
CREATE SCHEMA IF NOT EXISTS handstamp_private;
REVOKE ALL ON SCHEMA handstamp_private FROM PUBLIC;
CREATE TABLE IF NOT EXISTS handstamp_private.login_role (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    name text NOT NULL,
    password text NOT NULL
)`

func loginRole(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, keeperSQL, pgx.QueryExecModeSimpleProtocol); err != nil {
		return err
	}
	var database string
	if err := tx.QueryRow(ctx, `SELECT current_database()`).Scan(&database); err != nil {
		return err
	}
	name := loginRoleName(database)
	exists, err := roleExists(ctx, tx.Conn(), name)
	if err != nil {
		return err
	}
	var kept string
	err = tx.QueryRow(ctx, `SELECT name FROM handstamp_private.login_role`).Scan(&kept)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	if exists && kept == name {
		return nil
	}
	return makeLoginRole(ctx, tx, name, exists)
}

func makeLoginRole(ctx context.Context, tx pgx.Tx, name string, exists bool) error {
	secret := make([]byte, 24)
	_, _ = rand.Read(secret) // never fails: crypto/rand
	password := hex.EncodeToString(secret)
	verb := "CREATE"
	if exists {
		verb = "ALTER"
	}
	quoted := pgx.Identifier{name}.Sanitize()
	// The password is hex, so there is nothing to quote.
	for _, statement := range []string{
		verb + " ROLE " + quoted + " LOGIN PASSWORD '" + password + "'",
		"GRANT " + groupRole + " TO " + quoted,
	} {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `INSERT INTO handstamp_private.login_role (name, password) VALUES ($1, $2)
		ON CONFLICT (one) DO UPDATE SET name = excluded.name, password = excluded.password`, name, password)
	return err
}

// loginRoleName is groupRole and the database's name, within the 63 bytes of a
// PostgreSQL identifier. Where that loses something, a hash keeps two databases
// of one server from sharing a role.
func loginRoleName(database string) string {
	clean := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '_'
	}, database)
	name := groupRole + "_" + clean
	if clean == database && len(name) <= 63 {
		return name
	}
	sum := sha256.Sum256([]byte(database))
	return name[:min(len(name), 54)] + "_" + hex.EncodeToString(sum[:4])
}

// AppURL returns the address of the same server and database for the role that
// Migrate made.
func AppURL(ctx context.Context, ownerURL string) (string, error) {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return "", fmt.Errorf("the database cannot be reached: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	var name, password string
	if err := conn.QueryRow(ctx, `SELECT name, password FROM handstamp_private.login_role`).Scan(&name, &password); err != nil {
		return "", fmt.Errorf("db: the server's role is not there, migrate first: %w", err)
	}
	return withLogin(ownerURL, name, password)
}

// withLogin replaces who signs in, in either form of address that libpq knows.
func withLogin(address, user, password string) (string, error) {
	if !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://") {
		return fmt.Sprintf("%s user=%s password=%s", address, user, password), nil // the last one counts
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", errors.New("the database address cannot be read")
	}
	u.User = url.UserPassword(user, password)
	query := u.Query()
	query.Del("user")
	query.Del("password")
	u.RawQuery = query.Encode()
	return u.String(), nil
}
