package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/edge/httpapi"
	"github.com/handstamp/handstamp/internal/facts"
)

const (
	people   = 1000 // of the organization
	managers = 50
	password = "a long enough secret"
)

// document is a leave application: the manager approves, then whoever the role names.
const document = `
key: LEAVE
name: Leave application
group: HR
form:
  fields:
    - {name: leave_from, type: date, label: From, required: true}
    - {name: leave_to, type: date, label: To, required: true, rules: [{check: form.leave_to >= form.leave_from, message: The last day is before the first}]}
    - {name: days, type: number, label: Days, calculate: "workdays(form.leave_from, form.leave_to)"}
    - {name: reason, type: text, label: Reason}
steps:
  - {id: submit, type: start}
  - {id: manager, type: task, assignee: {strategy: manager}, transitions: [{id: ok, to: second, kind: approve}]}
  - {id: second, type: task, name: Second manager, assignee: {strategy: manager, levels: 2}, transitions: [{id: ok, to: approved, name: Approve, kind: approve}]}
  - {id: approved, type: end, outcome: approved}
`

// world is the organization that is measured, and the ways to it.
type world struct {
	o       options
	version string
	owner   *pgx.Conn
	db      *db.DB
	org     access.OrgID
	flow    uuid.UUID
	release uuid.UUID
	staff   []access.Actor // whose managers are bosses
	bosses  []access.Actor
	top     access.Actor
	service *runs.Service
	people  *directory.Service
	server  *http.Server
	address string
	tokens  map[uuid.UUID]string // of access
	refresh map[uuid.UUID]string
}

// build makes a database of its own with one organization.
func build(ctx context.Context, o options) (*world, error) {
	if o.database == "" {
		return nil, errors.New("HANDSTAMP_TEST_DATABASE_URL is not set: start me through `make bench`")
	}
	w := &world{o: o, tokens: map[uuid.UUID]string{}, refresh: map[uuid.UUID]string{}}
	admin, err := pgx.Connect(ctx, o.database)
	if err != nil {
		return nil, err
	}
	defer func() { _ = admin.Close(ctx) }()
	if err := admin.QueryRow(ctx, "SELECT 'PostgreSQL ' || current_setting('server_version')").Scan(&w.version); err != nil {
		return nil, err
	}
	for _, sql := range []string{"DROP DATABASE IF EXISTS " + w.o.name + " WITH (FORCE)", "CREATE DATABASE " + w.o.name} {
		if _, err := admin.Exec(ctx, sql); err != nil {
			return nil, err
		}
	}
	if err := w.connect(ctx); err != nil {
		return nil, err
	}
	if err := w.populate(ctx); err != nil {
		return nil, fmt.Errorf("populate: %w", err)
	}
	return w, w.serve(ctx)
}

// ownerURL is the address of the measured database as its owner.
func (w *world) ownerURL() (string, error) {
	u, err := url.Parse(w.o.database)
	if err != nil {
		return "", err
	}
	u.Path = "/" + w.o.name
	return u.String(), nil
}

func (w *world) connect(ctx context.Context) error {
	owner, err := w.ownerURL()
	if err != nil {
		return err
	}
	if err := db.Migrate(ctx, owner); err != nil {
		return err
	}
	app, err := db.AppURL(ctx, owner)
	if err != nil {
		return err
	}
	if w.db, err = db.Open(ctx, app, db.Options{MaxConns: int32(w.o.pool)}); err != nil {
		return err
	}
	w.owner, err = pgx.Connect(ctx, owner)
	return err
}

// populate makes people in three levels and publishes the workflow.
func (w *world) populate(ctx context.Context) error {
	w.org = access.OrgID(db.NewID())
	if _, err := w.owner.Exec(ctx, `INSERT INTO orgs (id, slug, name) VALUES ($1, 'bench', 'Bench')`, w.org.UUID()); err != nil {
		return err
	}
	if _, err := w.owner.Exec(ctx, `SELECT set_config('app.org_id', $1, false)`, w.org.String()); err != nil {
		return err
	}
	actor := func(id uuid.UUID) access.Actor { return access.Actor{Org: w.org, User: id} }
	w.top = actor(db.NewID())
	rows := [][]any{{w.org.UUID(), w.top.User, "top@bench.example", "Top Boss", nil}}
	for i := range managers {
		a := actor(db.NewID())
		w.bosses = append(w.bosses, a)
		rows = append(rows, []any{w.org.UUID(), a.User, fmt.Sprintf("boss%d@bench.example", i), fmt.Sprintf("Boss %d", i), w.top.User})
	}
	for i := range people {
		a := actor(db.NewID())
		w.staff = append(w.staff, a)
		rows = append(rows, []any{w.org.UUID(), a.User, fmt.Sprintf("staff%d@bench.example", i), fmt.Sprintf("Staff %d", i), w.bosses[i%managers].User})
	}
	for _, r := range rows {
		if _, err := w.owner.Exec(ctx, `INSERT INTO users (org_id, id, email, name, manager_id) VALUES ($1, $2, $3, $4, $5)`, r...); err != nil {
			return err
		}
	}
	return w.publish(ctx)
}

func (w *world) publish(ctx context.Context) error {
	doc, problems := workflow.ParseYAML([]byte(document))
	if len(problems) > 0 {
		return problems.Err("the measured workflow is not valid")
	}
	data, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	w.flow, w.release = db.NewID(), db.NewID()
	for _, s := range []struct {
		sql  string
		args []any
	}{
		{`INSERT INTO workflows (id, key, name, grp, prefix, owner_id) VALUES ($1, 'LEAVE', 'Leave application', 'HR', 'LEAVE', $2)`, []any{w.flow, w.top.User}},
		{`INSERT INTO versions (id, workflow_id, no, document, hash) VALUES ($1, $2, 1, $3, $4)`, []any{w.release, w.flow, data, doc.Hash()}},
		{`UPDATE workflows SET version_id = $1, version_no = 1, status = 'published' WHERE id = $2`, []any{w.release, w.flow}},
		{`INSERT INTO roles (id, key, name, permissions) VALUES ($1, 'employee', 'Employee', '{run.start}')`, []any{w.release}},
		{`INSERT INTO role_grants (id, role_id, user_id) SELECT gen_random_uuid(), $1, id FROM users`, []any{w.release}},
	} {
		if _, err := w.owner.Exec(ctx, s.sql, s.args...); err != nil {
			return err
		}
	}
	return nil
}

// settle brings the database where it is after its first minutes of life: some
// requests, and statistics, as the server itself collects them every minute.
// Measured before that, plans made for empty tables are all there is to see.
func (w *world) settle(ctx context.Context) error {
	if _, err := w.waiting(ctx, 2000); err != nil {
		return err
	}
	_, err := w.owner.Exec(ctx, `ANALYZE`)
	return err
}

// serve starts the real HTTP edge on the loopback and signs everybody in who acts.
func (w *world) serve(ctx context.Context) error {
	w.service = runs.New(w.db, facts.NewVersions())
	var err error
	if w.people, err = directory.New(ctx, w.db, directory.DefaultSettings()); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	w.address = "http://" + listener.Addr().String()
	public, err := url.Parse(w.address)
	if err != nil {
		return err
	}
	handler, err := httpapi.New(httpapi.Config{Public: public}, httpapi.Services{Directory: w.people, Runs: w.service})
	if err != nil {
		return err
	}
	w.server = handler.Listening()
	go func() { _ = w.server.Serve(listener) }()
	return w.signIn(ctx)
}

// signIn gives the people of the measurement a password and takes their tokens.
func (w *world) signIn(ctx context.Context) error {
	admin := access.Actor{Org: w.org, User: w.top.User, Permissions: []access.Permission{access.RunStart, access.UserManage}}
	first, err := w.people.CreateUser(ctx, admin, directory.Profile{
		Email: directory.To("first@bench.example"), Name: directory.To("First"), Password: directory.To(password),
	})
	if err != nil {
		return err
	}
	_, err = w.owner.Exec(ctx, `INSERT INTO credentials (user_id, hash)
		SELECT u.id, c.hash FROM users u, credentials c WHERE c.user_id = $1 AND u.id <> $1`, first.ID)
	if err != nil {
		return err
	}
	for _, a := range w.everybody() {
		var email string
		if err := w.owner.QueryRow(ctx, `SELECT email FROM users WHERE id = $1`, a.User).Scan(&email); err != nil {
			return err
		}
		in, err := w.people.Login(ctx, directory.Login{Org: "bench", Email: email, Password: password})
		if err != nil {
			return err
		}
		w.tokens[a.User], w.refresh[a.User] = in.AccessToken, in.Refresh
	}
	return nil
}

// refreshAll gives everybody a new access token: one lives ten minutes, and a
// million runs take longer to measure.
func (w *world) refreshAll(ctx context.Context) error {
	for id, token := range w.refresh {
		in, err := w.people.Refresh(ctx, token, directory.Client{})
		if err != nil {
			return err
		}
		w.tokens[id], w.refresh[id] = in.AccessToken, in.Refresh
	}
	return nil
}

// everybody who acts in a measurement: the initiators and their managers.
func (w *world) everybody() []access.Actor {
	bosses := w.bosses[:min(w.o.starters, managers)]
	return append(append([]access.Actor{w.top}, bosses...), w.staff[:w.o.starters]...)
}

// starter sends the i-th request, and bossOf approves it first.
func (w *world) starter(i int) access.Actor { return w.staff[i%w.o.starters] }
func (w *world) bossOf(i int) access.Actor  { return w.bosses[i%w.o.starters%managers] }

func (w *world) close() {
	if w.server != nil {
		_ = w.server.Close()
	}
	w.db.Close()
	_ = w.owner.Close(context.Background())
}

// fill writes finished runs as the verbs would have left them.
func (w *world) fill(ctx context.Context, n int) error {
	for _, sql := range strings.Split(strings.TrimSpace(history), ";\n\n") {
		args := []any{}
		if strings.Contains(sql, "$1") {
			args = append(args, n, w.flow, w.release, w.org.UUID())
		}
		if _, err := w.owner.Exec(ctx, sql, args...); err != nil {
			return fmt.Errorf("%s: %w", strings.SplitN(sql, "\n", 2)[0], err)
		}
	}
	return nil
}
