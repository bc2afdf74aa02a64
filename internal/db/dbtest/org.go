package dbtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
)

// Org is an organization made for one test.
type Org struct {
	ID   access.OrgID
	Slug string
	Name string

	env *Env
}

var orgNumber atomic.Int64

// Org makes an organization that holds nothing yet.
func (e *Env) Org(t testing.TB) *Org {
	t.Helper()
	id := db.NewID()
	// Different in each organization of each process: slugs and names are unique.
	tail := fmt.Sprintf("%x-%d", id[10:], orgNumber.Add(1))
	o := &Org{ID: access.OrgID(id), Slug: "org-" + tail, Name: "Org " + tail, env: e}
	o.Exec(t, `INSERT INTO orgs (id, slug, name) VALUES ($1, $2, $3)`, id, o.Slug, o.Name)
	return o
}

// Exec runs one statement inside the organization, as the server's role.
func (o *Org) Exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	b := db.NewBatch()
	b.Exec(sql, args...)
	err := o.env.DB.InOrg(context.Background(), o.ID, func(tx *db.Tx) error { return tx.Commit(b) })
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
}

// Get scans the one column of the one row of a query inside the organization.
func Get[T any](t testing.TB, o *Org, sql string, args ...any) T {
	t.Helper()
	var v T
	b := db.NewBatch()
	found := db.One(b, &v, sql, args...)
	if err := o.env.DB.Read(context.Background(), o.ID, b); err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	if !found.OK {
		t.Fatalf("dbtest: no row for %s %v", sql, args)
	}
	return v
}

// Department makes a department, or returns the id of the one with this key.
func (o *Org) Department(t testing.TB, key string) uuid.UUID {
	t.Helper()
	o.Exec(t, `INSERT INTO departments (id, key, name) VALUES ($1, $2, $3) ON CONFLICT (org_id, key) DO NOTHING`, db.NewID(), key, key+" department")
	return Get[uuid.UUID](t, o, `SELECT id FROM departments WHERE key = $1`, key)
}

// Role makes a role, or gives the one with this key these permissions.
func (o *Org) Role(t testing.TB, key string, permissions ...access.Permission) uuid.UUID {
	t.Helper()
	texts := make([]string, len(permissions))
	for i, p := range permissions {
		texts[i] = string(p)
	}
	o.Exec(t, `INSERT INTO roles (id, key, name, permissions) VALUES ($1, $2, $3, $4)
		ON CONFLICT (org_id, key) DO UPDATE SET permissions = excluded.permissions`, db.NewID(), key, key+" role", texts)
	return Get[uuid.UUID](t, o, `SELECT id FROM roles WHERE key = $1`, key)
}

// Grant gives a user a role that exists.
func (o *Org) Grant(t testing.TB, user uuid.UUID, role string) {
	t.Helper()
	o.Exec(t, `INSERT INTO role_grants (id, role_id, user_id) SELECT $1, id, $2 FROM roles WHERE key = $3
		ON CONFLICT DO NOTHING`, db.NewID(), user, role)
}

type userOptions struct {
	email, designation, level string
	rank                      *float64
	city                      string
	manager                   *uuid.UUID
	department                string
	attributes                map[string]any
	roles                     []string
	disabled                  bool
}

// UserOption says something about a user to be made.
type UserOption func(*userOptions)

// Email replaces the address made from the name.
func Email(address string) UserOption { return func(u *userOptions) { u.email = address } }

// Manager names whom the user reports to.
func Manager(a access.Actor) UserOption { return func(u *userOptions) { u.manager = &a.User } }

// InDepartment names the department by key and makes it when there is none.
func InDepartment(key string) UserOption { return func(u *userOptions) { u.department = key } }

// Designation sets the job title.
func Designation(d string) UserOption { return func(u *userOptions) { u.designation = d } }

// Level sets the level's name and rank.
func Level(name string, rank float64) UserOption {
	return func(u *userOptions) { u.level, u.rank = name, &rank }
}

// City sets the city.
func City(c string) UserOption { return func(u *userOptions) { u.city = c } }

// Attributes sets custom attributes.
func Attributes(m map[string]any) UserOption { return func(u *userOptions) { u.attributes = m } }

// WithRole grants a role that exists.
func WithRole(key string) UserOption {
	return func(u *userOptions) { u.roles = append(u.roles, key) }
}

// Disabled makes a user who may no longer sign in.
func Disabled() UserOption { return func(u *userOptions) { u.disabled = true } }

// User makes a user and returns him as the actor he would be, with the
// permissions of the roles granted here.
func (o *Org) User(t testing.TB, name string, opts ...UserOption) access.Actor {
	t.Helper()
	u := userOptions{attributes: map[string]any{}}
	for _, opt := range opts {
		opt(&u)
	}
	id, status := db.NewID(), "active"
	if u.email == "" {
		u.email = fmt.Sprintf("%s.%x@example.com", strings.ToLower(strings.ReplaceAll(name, " ", ".")), id[12:])
	}
	if u.disabled {
		status = "disabled"
	}
	var department *uuid.UUID
	if u.department != "" {
		d := o.Department(t, u.department)
		department = &d
	}
	o.Exec(t, `INSERT INTO users (id, email, name, manager_id, department_id, designation, level, level_rank, city, attributes, status)
		VALUES ($1, $2, $3, $4, $5, nullif($6, ''), nullif($7, ''), $8, nullif($9, ''), $10, $11)`,
		id, u.email, name, u.manager, department, u.designation, u.level, u.rank, u.city, u.attributes, status)
	for _, role := range u.roles {
		o.Grant(t, id, role)
	}
	return o.Actor(t, id)
}

// Actor returns a user with the permissions his own roles grant, in a session
// that is recorded nowhere.
func (o *Org) Actor(t testing.TB, user uuid.UUID) access.Actor {
	t.Helper()
	var permissions []access.Permission
	b := db.NewBatch()
	db.Many(b, &permissions, `SELECT DISTINCT p FROM role_grants g
		JOIN roles r ON r.org_id = g.org_id AND r.id = g.role_id, unnest(r.permissions) p WHERE g.user_id = $1`, user)
	if err := o.env.DB.Read(context.Background(), o.ID, b); err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	slices.Sort(permissions)
	return access.Actor{Org: o.ID, User: user, Session: db.NewID(), Permissions: permissions}
}
