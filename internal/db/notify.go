package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Notify sends a payload of at most 8000 bytes to a channel of the database. It is
// a transaction of its own: within that of a verb it would make all commits wait
// for each other.
func (d *DB) Notify(ctx context.Context, channel, payload string) error {
	return d.Global(ctx, func(q Querier) error {
		_, err := q.Exec(ctx, `SELECT pg_notify($1, $2)`, channel, payload)
		return err
	})
}

// Listen calls got for every payload that arrives on a channel, after ready, until
// the connection breaks or ctx ends. It uses a connection outside the pool.
func (d *DB) Listen(ctx context.Context, channel string, ready func(), got func(payload string)) error {
	conn, err := pgx.ConnectConfig(ctx, d.pool.Config().ConnConfig.Copy())
	if err != nil {
		return err
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = conn.Close(closing)
	}()
	if _, err := conn.Exec(ctx, "LISTEN "+pgx.Identifier{channel}.Sanitize()); err != nil {
		return err
	}
	ready()
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		got(n.Payload)
	}
}
