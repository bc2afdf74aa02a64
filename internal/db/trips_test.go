package db_test

import (
	"context"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// counter is a proxy in front of PostgreSQL that counts round trips: bytes from
// the client after bytes from the server.
type counter struct {
	address string
	trips   atomic.Int64
}

func newCounter(t *testing.T, server string) *counter {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &counter{address: listener.Addr().String()}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go c.serve(client, server)
		}
	}()
	t.Cleanup(func() { _ = listener.Close() })
	return c
}

func (c *counter) serve(client net.Conn, server string) {
	defer func() { _ = client.Close() }()
	network := "tcp"
	if server[0] == '/' {
		network = "unix"
	}
	upstream, err := net.Dial(network, server)
	if err != nil {
		return
	}
	defer func() { _ = upstream.Close() }()
	var answered atomic.Bool
	go func() {
		_, _ = io.Copy(client, observed{upstream, func() { answered.Store(true) }})
		_ = client.Close()
	}()
	_, _ = io.Copy(upstream, observed{client, func() {
		if answered.Swap(false) {
			c.trips.Add(1)
		}
	}})
}

// observed calls seen whenever something was read.
type observed struct {
	io.Reader
	seen func()
}

func (o observed) Read(p []byte) (int, error) {
	n, err := o.Reader.Read(p)
	if n > 0 {
		o.seen()
	}
	return n, err
}

// through returns the pool behind a counting proxy, with one connection.
func through(t *testing.T, env *dbtest.Env) (*db.DB, *counter) {
	t.Helper()
	u, err := url.Parse(env.AppURL)
	if err != nil {
		t.Fatal(err)
	}
	server, query := u.Host, u.Query()
	if host := query.Get("host"); host != "" && host[0] == '/' {
		port := query.Get("port")
		if port == "" {
			port = "5432"
		}
		server = host + "/.s.PGSQL." + port
	}
	c := newCounter(t, server)
	query.Del("host")
	query.Del("port")
	query.Set("sslmode", "disable")
	u.Host, u.RawQuery = c.address, query.Encode()
	d, err := db.Open(t.Context(), u.String(), db.Options{MaxConns: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d, c
}

// count returns the round trips of one call of fn after its statements are prepared.
func (c *counter) count(t *testing.T, fn func() error) int64 {
	t.Helper()
	for range 2 {
		if err := fn(); err != nil {
			t.Fatal(err)
		}
	}
	before := c.trips.Load()
	if err := fn(); err != nil {
		t.Fatal(err)
	}
	return c.trips.Load() - before
}

// Ensure a verb costs two round trips and a reading one.
func TestRoundTrips(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	d, wire := through(t, env)
	org := env.Org(t)
	user := org.User(t, "Asha Mehta").User
	ctx := context.Background()
	read := func() *db.Batch {
		b := db.NewBatch()
		var name string
		db.One(b, &name, `SELECT name FROM users WHERE id = $1`, user)
		return b
	}
	write := func() *db.Batch {
		b := db.NewBatch()
		b.Exec(`UPDATE users SET city = 'Pune' WHERE id = $1`, user)
		return b
	}
	number := func(b *db.Batch) {
		b.Exec(`INSERT INTO counters (prefix, n) VALUES ('T', 1) ON CONFLICT (org_id, prefix) DO UPDATE SET n = counters.n + 1`)
	}
	inOrg := func(fn func(*db.Tx) error) func() error {
		return func() error { return d.InOrg(ctx, org.ID, fn) }
	}
	for _, c := range []struct {
		name string
		want int64
		fn   func() error
	}{
		{"Read", 1, func() error { return d.Read(ctx, org.ID, read()) }},
		{"ReadAfter", 1, func() error { return d.ReadAfter(ctx, org.ID, number, read()) }},
		{"nothing", 0, inOrg(func(*db.Tx) error { return nil })},
		{"Commit alone", 1, inOrg(func(tx *db.Tx) error { return tx.Commit(write()) })},
		{"Commit of nothing", 0, inOrg(func(tx *db.Tx) error { return tx.Commit(nil) })},
		{"Send, Commit", 2, inOrg(func(tx *db.Tx) error {
			if err := tx.Send(read()); err != nil {
				return err
			}
			return tx.Commit(write())
		})},
		{"SendAfter, Commit", 2, inOrg(func(tx *db.Tx) error {
			if err := tx.SendAfter(number, read()); err != nil {
				return err
			}
			return tx.Commit(write())
		})},
		{"Send, commit by InOrg", 2, inOrg(func(tx *db.Tx) error { return tx.Send(write()) })},
		{"statement by statement", 3, inOrg(func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE users SET city = 'Pune' WHERE id = $1`, user)
			return err
		})},
	} {
		if got := wire.count(t, c.fn); got != c.want {
			t.Errorf("%s: %d round trips, want %d", c.name, got, c.want)
		}
	}
}
