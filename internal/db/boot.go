package db

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// checkBoot refuses a role or a schema with which organizations would not be
// kept apart. Each refusal is one sentence for the operator.
func checkBoot(ctx context.Context, q Querier) error {
	if err := checkRole(ctx, q); err != nil {
		return err
	}
	if err := checkSchemaVersion(ctx, q); err != nil {
		return err
	}
	return checkWall(ctx, q)
}

const roleSQL = `
SELECT current_user::text,
       EXISTS (SELECT FROM pg_roles r WHERE r.rolname = current_user AND r.rolsuper),
       EXISTS (SELECT FROM pg_roles r WHERE (r.rolsuper OR r.rolbypassrls) AND pg_has_role(current_user, r.oid, 'MEMBER')),
       coalesce((SELECT string_agg(c.relname, ', ' ORDER BY c.relname) FROM pg_class c
                 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
                   AND pg_has_role(current_user, c.relowner, 'MEMBER')), '')`

func checkRole(ctx context.Context, q Querier) error {
	var name, owned string
	var super, bypass bool
	if err := q.QueryRow(ctx, roleSQL).Scan(&name, &super, &bypass, &owned); err != nil {
		return err
	}
	switch {
	case super:
		return fmt.Errorf("the database role %q is a superuser, for whom row level security does not hold: start the server with the role that `handstamp migrate` made", name)
	case bypass:
		return fmt.Errorf("the database role %q can bypass row level security: start the server with the role that `handstamp migrate` made", name)
	case owned != "":
		return fmt.Errorf("the database role %q owns tables (%s): start the server with the role that `handstamp migrate` made", name, owned)
	}
	return nil
}

func checkSchemaVersion(ctx context.Context, q Querier) error {
	var ready bool
	if err := q.QueryRow(ctx, `SELECT to_regclass('public.goose_db_version') IS NOT NULL`).Scan(&ready); err != nil {
		return err
	}
	if !ready {
		return errors.New("the database has no tables yet: run `handstamp migrate` first")
	}
	var has int64
	const applied = `SELECT coalesce(max(version_id) FILTER (WHERE is_applied), 0) FROM public.goose_db_version`
	if err := q.QueryRow(ctx, applied).Scan(&has); err != nil {
		return err
	}
	want, err := newestMigration()
	if err != nil {
		return err
	}
	if has < want {
		return fmt.Errorf("the database is at migration %d and this program needs %d: run `handstamp migrate` first", has, want)
	}
	return nil
}

const openTablesSQL = `
SELECT coalesce(string_agg(c.relname, ', ' ORDER BY c.relname), '')
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))`

func checkWall(ctx context.Context, q Querier) error {
	var open string
	if err := q.QueryRow(ctx, openTablesSQL).Scan(&open); err != nil {
		return err
	}
	if open != "" {
		return fmt.Errorf("these tables are not behind forced row level security: %s: restore it (see raise_wall in the first migration) before starting", strings.TrimSpace(open))
	}
	return nil
}
