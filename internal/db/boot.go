package db

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
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

// wallSQL lists what is wrong with the wall. A table with org_id needs forced row
// level security and the policy that raise_wall makes: permissive, for all
// commands and everybody, and exactly that expression with exactly that function.
// A further permissive policy would widen it, whatever it says; restrictive ones
// only narrow it. orgs stands half outside, with the three policies it was made with.
const wallSQL = `
WITH walled AS (
    SELECT c.oid, c.relname::text AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    UNION ALL
    SELECT c.oid, c.relname::text, c.relrowsecurity AND c.relforcerowsecurity
    FROM pg_class c WHERE c.oid = 'public.orgs'::regclass
), policies AS (
    SELECT p.polrelid AS oid, p.polname::text AS name,
           p.polcmd = '*' AND p.polpermissive AND p.polroles = '{0}' AND p.polwithcheck IS NULL
           AND regexp_replace(pg_get_expr(p.polqual, p.polrelid), $3, '', 'g') = 'org_id=SELECTapp_org'
           AND EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_policy'::regclass AND d.objid = p.oid
                       AND d.refclassid = 'pg_proc'::regclass AND d.refobjid = 'public.app_org()'::regprocedure) AS is_wall,
           p.polpermissive AS permissive,
           p.polname || '|' || p.polcmd::text || '|' || coalesce(pg_get_expr(p.polqual, p.polrelid), '')
           || '|' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') AS text
    FROM pg_policy p
)
SELECT w.name || ': ' || x.problem FROM walled w CROSS JOIN LATERAL (
    SELECT 'it is not forced' AS problem WHERE NOT w.forced
    UNION ALL
    SELECT 'its policy is not the wall' WHERE w.name <> 'orgs' AND NOT EXISTS (SELECT FROM policies p WHERE p.oid = w.oid AND p.is_wall)
    UNION ALL
    SELECT 'the policy ' || p.name || ' lets more through' FROM policies p
    WHERE p.oid = w.oid AND p.permissive AND NOT p.is_wall AND w.name || '|' || regexp_replace(p.text, $3, '', 'g') <> ALL ($1)
) x
UNION ALL
SELECT 'app_org() is not the function it was'
WHERE regexp_replace(pg_get_function_sqlbody('public.app_org()'::regprocedure), $3, '', 'g') IS DISTINCT FROM $2
ORDER BY 1`

// allowedPolicies are the policies beside the wall: table, name, command, USING
// and WITH CHECK.
var allowedPolicies = []string{
	"orgs|anybody_finds|r|true|",
	"orgs|only_itself_added|a||id=SELECTapp_org",
	"orgs|only_itself_changed|w|id=SELECTapp_org|",
}

const (
	// noise is what versions of PostgreSQL may write differently without meaning
	// anything else.
	noise = `[\s()]| AS app_org|::text`
	// appOrgBody is the function that says which organization a transaction is in.
	appOrgBody = "RETURNNULLIFcurrent_setting'app.org_id',true,''::uuid"
)

func checkWall(ctx context.Context, q Querier) error {
	rows, err := q.Query(ctx, wallSQL, allowedPolicies, appOrgBody, noise)
	if err != nil {
		return err
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(found) == 0 {
		return err
	}
	return fmt.Errorf("row level security does not keep organizations apart: %s. Restore it (see raise_wall in the first migration) before starting",
		strings.Join(found, "; "))
}
