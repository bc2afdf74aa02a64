package db

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/handstamp/handstamp/internal/core/access"
)

// Tx is one transaction that sees exactly one organization. It takes a
// connection with its first statement.
type Tx struct {
	ctx  context.Context // of InOrg, whose call the Tx does not outlive
	db   *DB
	org  access.OrgID
	conn *pgxpool.Conn
	done bool
}

var errDone = errors.New("db: the transaction is over: Commit is its last act")

// Org is the organization whose rows this transaction sees.
func (t *Tx) Org() access.OrgID { return t.org }

// Send runs a batch in one round trip. The first one begins the transaction in
// the same trip. After an error only returning it from InOrg makes sense.
func (t *Tx) Send(b *Batch) error { return t.SendAfter(nil, b) }

// SendAfter is Send with a transaction in front that is committed on its own,
// as in DB.ReadAfter. It has to be the first act.
func (t *Tx) SendAfter(async func(*Batch), b *Batch) error {
	if async != nil && t.conn != nil {
		return errors.New("db: SendAfter is not the first act of its transaction")
	}
	return t.send(async, b, false)
}

// Commit runs the last writes and COMMIT in one round trip; b may be nil. When
// it was the first act, the whole transaction is one round trip.
func (t *Tx) Commit(b *Batch) error {
	if t.conn == nil && b.Len() == 0 && !t.done {
		t.done = true
		return nil
	}
	return t.send(nil, b, true)
}

func (t *Tx) send(async func(*Batch), b *Batch, commit bool) error {
	if t.done {
		return errDone
	}
	var all pgx.Batch
	if t.conn == nil {
		t.open(&all, async)
	}
	if b != nil {
		all.QueuedQueries = append(all.QueuedQueries, b.queue.QueuedQueries...)
	}
	if commit {
		t.close(&all)
		t.done = true
	}
	if err := t.acquire(); err != nil {
		return err
	}
	err := t.conn.SendBatch(t.ctx, &all).Close()
	if commit && err != nil {
		return unanswered(err)
	}
	return err
}

// open queues what begins the transaction, close what ends it with success.
func (t *Tx) open(all *pgx.Batch, async func(*Batch)) {
	if t.db.held != nil {
		openHeld(all, async)
		return
	}
	preface(all, t.org, async)
	all.Queue("BEGIN")
	all.Queue(setOrg, t.org.String())
}

func (t *Tx) close(all *pgx.Batch) {
	if t.db.held != nil {
		closeHeld(all)
		return
	}
	all.Queue("COMMIT")
}

func (t *Tx) acquire() error {
	if t.conn != nil {
		return nil
	}
	if t.db.held != nil {
		t.conn = t.db.held
		return nil
	}
	conn, err := t.db.acquire(t.ctx)
	t.conn = conn
	return err
}

// begin opens the transaction for a statement that is sent alone: BEGIN and the
// organization in one simple message. An OrgID is hex and dashes, so there is
// nothing to quote.
func (t *Tx) begin(ctx context.Context) error {
	if t.done {
		return errDone
	}
	if t.conn != nil {
		return nil
	}
	if err := t.acquire(); err != nil {
		return err
	}
	if t.db.held != nil {
		return savepoint(ctx, t.conn)
	}
	_, err := t.conn.Conn().PgConn().Exec(ctx, "BEGIN; SELECT set_config('app.org_id', '"+t.org.String()+"', true)").ReadAll()
	return err
}

// Exec runs one statement. It costs a round trip: prefer Send.
func (t *Tx) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	if err := t.begin(ctx); err != nil {
		return pgconn.CommandTag{}, err
	}
	return t.conn.Exec(ctx, sql, args...)
}

// Query runs one query. It costs a round trip: prefer Send.
func (t *Tx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if err := t.begin(ctx); err != nil {
		return nil, err
	}
	return t.conn.Query(ctx, sql, args...)
}

// QueryRow runs one query for one row. It costs a round trip: prefer Send.
func (t *Tx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	if err := t.begin(ctx); err != nil {
		return failedRow{err}
	}
	return t.conn.QueryRow(ctx, sql, args...)
}

type failedRow struct{ err error }

func (r failedRow) Scan(...any) error { return r.err }

// release rolls back what was not committed and gives the connection back. A
// connection that cannot be rolled back is thrown away by the pool.
func (t *Tx) release() {
	if t.conn == nil {
		return
	}
	if t.db.held != nil {
		t.releaseHeld()
		return
	}
	conn := t.conn.Conn()
	if !conn.IsClosed() && conn.PgConn().TxStatus() != 'I' {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.ctx), time.Second)
		defer cancel()
		_, _ = conn.PgConn().Exec(ctx, "ROLLBACK").ReadAll()
	}
	t.conn.Release()
	t.conn, t.done = nil, true
}
