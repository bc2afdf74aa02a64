package directory_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

const password = "correct horse 7"

// world is an organization of its own with an administrator, for one test.
type world struct {
	*testing.T
	env     *dbtest.Env
	service *directory.Service
	org     access.OrgID
	slug    string
	name    string
	admin   access.Actor
	email   string // of the administrator
}

var worlds atomic.Int64

func newWorld(t *testing.T) *world { return worldIn(t, dbtest.New(t), patient()) }

func worldIn(t *testing.T, env *dbtest.Env, settings directory.Settings) *world {
	t.Helper()
	s, err := directory.New(t.Context(), env.DB, settings)
	if err != nil {
		t.Fatal(err)
	}
	id := db.NewID()
	tail := fmt.Sprintf("%x-%d", id[10:], worlds.Add(1))
	w := &world{T: t, env: env, service: s, slug: "acme-" + tail, name: "Acme " + tail, email: "meera@acme.example"}
	made, err := s.CreateOrg(t.Context(), directory.NewOrg{
		Slug: w.slug, Name: w.name, Zone: "Asia/Kolkata",
		AdminName: "Meera Iyer", AdminEmail: w.email, AdminPassword: password,
	})
	if err != nil {
		t.Fatal(err)
	}
	w.org, w.admin = made.ID, made.Admin
	return w
}

// user adds somebody with the usual password.
func (w *world) user(name string, change func(*directory.Profile)) directory.User {
	w.Helper()
	p := directory.Profile{
		Name: directory.To(name), Password: directory.To(password),
		Email: directory.To(strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@acme.example"),
	}
	if change != nil {
		change(&p)
	}
	u, err := w.service.CreateUser(w.Context(), w.admin, p)
	if err != nil {
		w.Fatal(err)
	}
	return u
}

func (w *world) login(email, password string) (directory.SignedIn, error) {
	return w.service.Login(w.Context(), directory.Login{Org: w.slug, Email: email, Password: password, Client: directory.Client{Address: "192.0.2.7", UserAgent: "test"}})
}

func (w *world) mustLogin(email string) directory.SignedIn {
	w.Helper()
	in, err := w.login(email, password)
	if err != nil {
		w.Fatal(err)
	}
	return in
}

// actor is who a token belongs to, with the rights of this moment.
func (w *world) actor(in directory.SignedIn) (access.Actor, error) {
	c, err := w.service.Authenticate(w.Context(), in.AccessToken)
	if err != nil {
		return access.Actor{}, err
	}
	return w.service.CheckSession(w.Context(), c.Org, c.Session)
}

// as signs somebody in.
func (w *world) as(email string) access.Actor {
	w.Helper()
	a, err := w.actor(w.mustLogin(email))
	if err != nil {
		w.Fatal(err)
	}
	return a
}

func (w *world) exec(sql string, args ...any) {
	w.Helper()
	b := db.NewBatch()
	b.Exec(sql, args...)
	if err := w.env.DB.InOrg(context.Background(), w.org, func(tx *db.Tx) error { return tx.Commit(b) }); err != nil {
		w.Fatal(err)
	}
}

func get[T any](w *world, sql string, args ...any) T {
	w.Helper()
	var v T
	b := db.NewBatch()
	db.One(b, &v, sql, args...)
	if err := w.env.DB.Read(context.Background(), w.org, b); err != nil {
		w.Fatal(err)
	}
	return v
}

func (w *world) disable(u directory.User) {
	w.Helper()
	if _, err := w.service.DisableUser(w.Context(), w.admin, u.ID, 0, directory.Key{}); err != nil {
		w.Fatal(err)
	}
}

const insertTask = `INSERT INTO tasks (id, run_id, step_seq, step, kind, status, workflow_id, assignee_id, pool_id, assigned_at, created_at)
	VALUES ($1, $2, 1, 'a', 'decide', $3, $2, $4, $5, now(), now())`

// openRun makes somebody's request with a task he holds himself, of a workflow he owns.
func (w *world) openRun(u directory.User) uuid.UUID {
	w.Helper()
	run := db.NewID()
	w.exec(`INSERT INTO workflows (id, key, name, prefix, owner_id) VALUES ($1, 'LEAVE', 'Leave', 'LEAVE', $2)`, run, u.ID)
	w.exec(`INSERT INTO versions (id, workflow_id, no, document, hash) VALUES ($1, $1, 1, '{}', '')`, run)
	w.exec(`INSERT INTO runs (id, workflow_id, version_id, prefix, number, status, initiator_id, root_id, created_by) VALUES ($1, $1, $1, 'LEAVE', 1, 'running', $2, $1, $2)`, run, u.ID)
	w.exec(`INSERT INTO step_runs (run_id, seq, step, status, entered_at) VALUES ($1, 1, 'a', 'waiting', now())`, run)
	w.exec(insertTask, db.NewID(), run, "open", u.ID, nil)
	return run
}

// audited counts lines of the audit log.
func (w *world) audited(action, outcome string) int {
	w.Helper()
	return get[int](w, `SELECT count(*)::int FROM audit WHERE action = $1 AND outcome = $2`, action, outcome)
}

// wantFault fails the test unless err has the code and names the field.
func wantFault(t *testing.T, what string, err error, code fault.Code, field string) {
	t.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Code != code {
		t.Errorf("%s: %v, want %s", what, err, code)
		return
	}
	if field == "" {
		return
	}
	for _, x := range f.Fields {
		if x.Path == field && x.Message != "" {
			return
		}
	}
	t.Errorf("%s: %v names %v, want %s", what, err, f.Fields, field)
}

func nobody() uuid.UUID { return db.NewID() }

func errorsAs(err error) (*fault.Error, bool) { return errors.AsType[*fault.Error](err) }

// patient are the default settings on a machine that may be busy with much else.
func patient() directory.Settings {
	s := directory.DefaultSettings()
	s.HashWait = time.Hour
	return s
}
