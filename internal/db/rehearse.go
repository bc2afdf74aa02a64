package db

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/handstamp/handstamp/internal/core/access"
)

var errRehearsal = errors.New("db: a rehearsal sees one organization and nothing else")

// Rehearse runs fn with a DB on which everything works and nothing stays: its
// transactions follow each other within one that is rolled back at the end, so
// that each sees what those before it did and nobody else ever does. fn must use
// the DB from one goroutine, for the organization given, and not after it returns.
// Notifications are never sent.
func (d *DB) Rehearse(ctx context.Context, org access.OrgID, fn func(*DB) error) error {
	if org == (access.OrgID{}) {
		return errNoOrg
	}
	if d.held != nil {
		return errRehearsal
	}
	conn, err := d.acquire(ctx)
	if err != nil {
		return translate(ctx, err)
	}
	defer func() {
		// A connection whose rollback fails must not come back with an open transaction.
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if _, err := conn.Exec(end, "ROLLBACK"); err != nil {
			_ = conn.Conn().Close(end)
		}
		conn.Release()
	}()
	var all pgx.Batch
	all.Queue("BEGIN")
	all.Queue(setOrg, org.String())
	if err := conn.SendBatch(ctx, &all).Close(); err != nil {
		return translate(ctx, err)
	}
	return fn(&DB{pool: d.pool, held: conn, heldFor: org})
}

const mark = "rehearsed"

// openHeld begins a transaction of a rehearsal. What would be committed in front
// of it is part of the rehearsal too.
func openHeld(all *pgx.Batch, async func(*Batch)) {
	if async != nil {
		var first Batch
		async(&first)
		all.QueuedQueries = append(all.QueuedQueries, first.queue.QueuedQueries...)
	}
	all.Queue("SAVEPOINT " + mark)
}

// closeHeld ends it as a commit would. No constraint waits for a commit.
func closeHeld(all *pgx.Batch) { all.Queue("RELEASE SAVEPOINT " + mark) }

func savepoint(ctx context.Context, conn *pgxpool.Conn) error {
	_, err := conn.Conn().PgConn().Exec(ctx, "SAVEPOINT "+mark).ReadAll()
	return err
}

// releaseHeld takes back what was not ended; the connection stays the rehearsal's.
func (t *Tx) releaseHeld() {
	if status := t.conn.Conn().PgConn().TxStatus(); !t.done || status == 'E' {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.ctx), time.Second)
		defer cancel()
		_, _ = t.conn.Conn().PgConn().Exec(ctx, "ROLLBACK TO SAVEPOINT "+mark+"; RELEASE SAVEPOINT "+mark).ReadAll()
	}
	t.conn, t.done = nil, true
}

func (d *DB) readHeld(ctx context.Context, org access.OrgID, async func(*Batch), b *Batch) error {
	if org != d.heldFor {
		return errRehearsal
	}
	var all pgx.Batch
	if async != nil {
		var first Batch
		async(&first)
		all.QueuedQueries = append(all.QueuedQueries, first.queue.QueuedQueries...)
	}
	all.QueuedQueries = append(all.QueuedQueries, b.queue.QueuedQueries...)
	return translate(ctx, d.held.SendBatch(ctx, &all).Close())
}
