// Package db is PostgreSQL: the pool, the transactions that see exactly one
// organization, the schema and the generated queries. No query runs outside it.
package db

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

const (
	defaultMaxConns = 16
	acquireTimeout  = 2 * time.Second
	maxTries        = 4 // the first and three more
)

// Options are the settings of the pool.
type Options struct {
	// MaxConns bounds the connections of this process; 0 means 16. More than
	// about eight per core of the database server only wait for each other.
	MaxConns int32
}

// DB is the pool of connections of the server's role.
type DB struct {
	pool *pgxpool.Pool
	// held is the one connection of a rehearsal, whose transaction is open for one organization; else nil.
	held    *pgxpool.Conn
	heldFor access.OrgID
}

// Querier runs statements one by one. Generated queries take it (dbq.DBTX).
type Querier interface {
	Exec(context.Context, string, ...any) (pgconn.CommandTag, error)
	Query(context.Context, string, ...any) (pgx.Rows, error)
	QueryRow(context.Context, string, ...any) pgx.Row
}

// NewID returns a new UUIDv7: ids made later sort later (RFC 9562).
func NewID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// Open connects as the server's role and refuses a database that would not keep
// organizations apart or whose schema is older than this program.
func Open(ctx context.Context, appURL string, o Options) (*DB, error) {
	cfg, err := poolConfig(appURL, o)
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("db: open: %w", err)
	}
	d := &DB{pool: pool}
	if err := d.Global(ctx, func(q Querier) error { return checkBoot(ctx, q) }); err != nil {
		pool.Close()
		return nil, err
	}
	return d, nil
}

func poolConfig(appURL string, o Options) (*pgxpool.Config, error) {
	cfg, err := pgxpool.ParseConfig(appURL)
	if err != nil {
		return nil, fmt.Errorf("the database address cannot be read: %w", err)
	}
	cfg.MaxConns = o.MaxConns
	if cfg.MaxConns <= 0 {
		cfg.MaxConns = defaultMaxConns
	}
	for name, value := range map[string]string{
		"application_name":                    "handstamp",
		"statement_timeout":                   "10s",
		"lock_timeout":                        "3s",
		"idle_in_transaction_session_timeout": "30s",
		"timezone":                            "UTC",
		"plan_cache_mode":                     "force_generic_plan",
		// Compiling a statement takes 20 ms and more, running one of ours well below 1 ms. Where tables have no
		// statistics yet, PostgreSQL would compile, because it expects far too many rows.
		"jit": "off",
		// Plans are made once per connection, many of them while a table is still small enough to be read whole. Every
		// statement has an index; a report that is better off without says so itself.
		"enable_seqscan": "off",
	} {
		if _, set := cfg.ConnConfig.RuntimeParams[name]; !set {
			cfg.ConnConfig.RuntimeParams[name] = value
		}
	}
	cfg.AfterConnect = func(_ context.Context, conn *pgx.Conn) error {
		registerIDs(conn.TypeMap())
		return nil
	}
	return cfg, nil
}

// Close waits for the connections in use and closes all.
func (d *DB) Close() { d.pool.Close() }

// Ping asks the database for a sign of life.
func (d *DB) Ping(ctx context.Context) error { return translate(ctx, d.pool.Ping(ctx)) }

// InOrg runs fn in one transaction that sees the rows of one organization.
// Nothing is sent before fn's first statement. It commits when fn returns nil
// and has not called Commit itself, and rolls back otherwise. A serialization
// failure or a deadlock runs fn again, so fn must have no effect outside.
func (d *DB) InOrg(ctx context.Context, org access.OrgID, fn func(*Tx) error) error {
	if org == (access.OrgID{}) {
		return errNoOrg
	}
	if d.held != nil && org != d.heldFor {
		return errRehearsal
	}
	var err error
	for try := range maxTries {
		if err = d.inOrgOnce(ctx, org, fn); err == nil || !retryable(err) {
			break
		}
		if !pause(ctx, try) {
			break
		}
	}
	return translate(ctx, err)
}

var errNoOrg = errors.New("db: no organization was given")

// pause waits a little longer at each try, and not in step with the rival.
func pause(ctx context.Context, try int) bool {
	limit := 5 * time.Millisecond << try
	select {
	case <-ctx.Done():
		return false
	case <-time.After(limit/2 + rand.N(limit)): //nolint:gosec // how long is no secret
		return true
	}
}

func (d *DB) inOrgOnce(ctx context.Context, org access.OrgID, fn func(*Tx) error) error {
	tx := &Tx{ctx: ctx, db: d, org: org}
	defer tx.release()
	if err := fn(tx); err != nil {
		return err
	}
	if tx.conn == nil || tx.done {
		return nil
	}
	return tx.Commit(nil)
}

// Read answers a batch in one round trip, in a transaction of its own that sees
// one organization.
func (d *DB) Read(ctx context.Context, org access.OrgID, b *Batch) error {
	return d.ReadAfter(ctx, org, nil, b)
}

// ReadAfter is Read with a transaction of its own in front, in the same round
// trip. That one is committed without waiting for the disk: for what may be lost
// in a crash but must not be taken twice while the server lives, such as the
// next run number. Its statements may return rows. When it fails nothing of b
// is read.
func (d *DB) ReadAfter(ctx context.Context, org access.OrgID, async func(*Batch), b *Batch) error {
	if org == (access.OrgID{}) {
		return errNoOrg
	}
	if d.held != nil {
		return d.readHeld(ctx, org, async, b)
	}
	var all pgx.Batch
	preface(&all, org, async)
	all.Queue(setOrg, org.String())
	all.QueuedQueries = append(all.QueuedQueries, b.queue.QueuedQueries...)
	conn, err := d.acquire(ctx)
	if err != nil {
		return translate(ctx, err)
	}
	defer conn.Release()
	return translate(ctx, conn.SendBatch(ctx, &all).Close())
}

const (
	setOrg      = `SELECT set_config('app.org_id', $1, true)`
	setOrgAsync = `SELECT set_config('app.org_id', $1, true), set_config('synchronous_commit', 'off', true)`
)

// preface queues the transaction that is committed without waiting.
func preface(all *pgx.Batch, org access.OrgID, async func(*Batch)) {
	if async == nil {
		return
	}
	var first Batch
	async(&first)
	all.Queue("BEGIN")
	all.Queue(setOrgAsync, org.String())
	all.QueuedQueries = append(all.QueuedQueries, first.queue.QueuedQueries...)
	all.Queue("COMMIT")
}

// Global runs fn on a connection without organization, for the few tables that
// stand outside the wall. Each statement is a transaction.
func (d *DB) Global(ctx context.Context, fn func(Querier) error) error {
	if d.held != nil {
		return errRehearsal
	}
	conn, err := d.acquire(ctx)
	if err != nil {
		return translate(ctx, err)
	}
	defer conn.Release()
	return translate(ctx, fn(conn))
}

// acquire waits at most acquireTimeout for a connection.
func (d *DB) acquire(ctx context.Context) (*pgxpool.Conn, error) {
	wait, cancel := context.WithTimeout(ctx, acquireTimeout)
	defer cancel()
	conn, err := d.pool.Acquire(wait)
	if err == nil {
		return conn, nil
	}
	if ctx.Err() == nil && wait.Err() != nil {
		f := fault.New(fault.Unavailable, "The server is busy. Try again in a moment.")
		f.RetryAfter = 2
		return nil, fmt.Errorf("db: no connection within %s: %w: %w", acquireTimeout, f, err)
	}
	return nil, fmt.Errorf("db: connect: %w", err)
}
