// Package stage provides what a replay needs around it: a server with an
// organization, the workflow in it, and people who can sign in.
package stage

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/handstamp/handstamp/client"
	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/edge/httpapi"
	"github.com/handstamp/handstamp/internal/facts"
)

// Stage is a server and an administrator of one organization on it. Everything
// that is done there goes through the public API.
type Stage struct {
	URL   string
	Org   string
	Admin *client.Client
	// Own reports whether the server belongs to the replay.
	Own bool

	account   Account
	transport *http.Transport
	closers   []func()
}

// Account is the administrator of an organization on a server that is there already.
type Account struct{ URL, Org, Email, Password string }

// FromEnvironment reads HANDSTAMP_URL, HANDSTAMP_ORG, HANDSTAMP_EMAIL and
// HANDSTAMP_PASSWORD. Without the first there is no account.
func FromEnvironment() (a Account, given bool, err error) {
	a = Account{os.Getenv("HANDSTAMP_URL"), os.Getenv("HANDSTAMP_ORG"), os.Getenv("HANDSTAMP_EMAIL"), os.Getenv("HANDSTAMP_PASSWORD")}
	if a.URL == "" {
		return a, false, nil
	}
	if a.Org == "" || a.Email == "" || a.Password == "" {
		err = errors.New("HANDSTAMP_URL names a server: say with HANDSTAMP_ORG, HANDSTAMP_EMAIL and HANDSTAMP_PASSWORD who administers which organization there")
	}
	return a, true, err
}

// On signs in to a server that is there already.
func On(ctx context.Context, a Account, clients int) (*Stage, error) {
	s := &Stage{URL: a.URL, Org: a.Org, transport: transport(clients)}
	return s, s.signIn(ctx, a.Email, a.Password)
}

func transport(clients int) *http.Transport {
	return &http.Transport{MaxIdleConnsPerHost: clients, MaxIdleConns: clients, IdleConnTimeout: time.Minute}
}

// New starts a server of its own on the loopback, with an empty database beside
// the one that ownerURL names. The organization is the one thing the public API
// cannot make: that is done as a platform operator would.
func New(ctx context.Context, ownerURL string, clients int) (_ *Stage, err error) {
	s := &Stage{Own: true, Org: "replay", transport: transport(clients)}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	pool, err := s.database(ctx, ownerURL, clients)
	if err != nil {
		return nil, err
	}
	people, err := directory.New(ctx, pool, directory.DefaultSettings())
	if err != nil {
		return nil, err
	}
	versions := facts.NewVersions()
	services := httpapi.Services{Directory: people, Catalog: catalog.New(pool, versions), Runs: runs.New(pool, versions)}
	if err := s.serve(services); err != nil {
		return nil, err
	}
	email, password := "operator@replay.example", rand.Text()
	_, err = people.CreateOrg(ctx, directory.NewOrg{Slug: s.Org, Name: "Replay", AdminName: "Ada Operator", AdminEmail: email, AdminPassword: password})
	if err != nil {
		return nil, err
	}
	return s, s.signIn(ctx, email, password)
}

// database makes an empty database and connects to it as the server does.
func (s *Stage) database(ctx context.Context, ownerURL string, clients int) (*db.DB, error) {
	u, err := url.Parse(ownerURL)
	if err != nil {
		return nil, err
	}
	name := "handstamp_replay_" + strings.ToLower(rand.Text()[:12])
	if err := execute(ctx, ownerURL, "CREATE DATABASE "+name); err != nil {
		return nil, err
	}
	s.closers = append(s.closers, func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := execute(ctx, ownerURL, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			slog.Warn("the database of the replay stays behind", "name", name, "error", err)
		}
	})
	u.Path = "/" + name
	if err := db.Migrate(ctx, u.String()); err != nil {
		return nil, err
	}
	app, err := db.AppURL(ctx, u.String())
	if err != nil {
		return nil, err
	}
	pool, err := db.Open(ctx, app, db.Options{MaxConns: int32(max(clients, 4))})
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, pool.Close)
	return pool, nil
}

func execute(ctx context.Context, address, sql string) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sql)
	return errors.Join(err, conn.Close(ctx))
}

// serve answers on a free port of the loopback, without the limits that keep
// strangers from asking too often: here everybody is in a hurry.
func (s *Stage) serve(services httpapi.Services) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.URL = "http://" + listener.Addr().String()
	public, err := url.Parse(s.URL)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	server, err := httpapi.New(httpapi.Config{Public: public, Deadline: time.Minute, Log: log}, services)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	h := server.Listening()
	go func() { _ = h.Serve(listener) }() // it ends with Close
	s.closers = append(s.closers, func() { _ = h.Close() })
	return nil
}

// Account is the organization's administrator.
func (s *Stage) Account() Account { return s.account }

func (s *Stage) signIn(ctx context.Context, email, password string) (err error) {
	s.account = Account{s.URL, s.Org, email, password}
	s.Admin, err = s.Client(ctx, email, password)
	return err
}

// Client returns a client through which one person acts.
func (s *Stage) Client(ctx context.Context, email, password string) (*client.Client, error) {
	c, err := client.New(s.URL, client.WithTransport(s.transport))
	if err != nil {
		return nil, err
	}
	if err := c.SignIn(ctx, s.Org, email, password); err != nil {
		return nil, fmt.Errorf("sign in as %s: %w", email, err)
	}
	return c, nil
}

// Publish makes the definition a published workflow of the organization.
func (s *Stage) Publish(ctx context.Context, yaml []byte) error {
	_, err := s.Admin.WorkflowsImport(ctx, client.WorkflowsImportRequest{YAML: string(yaml), Publish: true, Note: "For the replay of an event log."})
	return err
}

// Close stops what the replay has started, and removes its database.
func (s *Stage) Close() {
	s.transport.CloseIdleConnections()
	for len(s.closers) > 0 {
		last := len(s.closers) - 1
		s.closers[last]()
		s.closers = s.closers[:last]
	}
}
