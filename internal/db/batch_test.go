package db_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// Ensure One and Many scan scalars, structs and nothing, in the order queued.
func TestBatchScans(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	type row struct {
		N    int
		At   time.Time
		Data map[string]any
	}
	var one row
	var at time.Time
	var id uuid.UUID
	var none string
	many := []int{9}
	var rows []row
	b := db.NewBatch()
	foundOne := db.One(b, &one, `SELECT 7, timestamptz '2026-01-02 03:04:05Z', jsonb '{"a": 1}'`)
	db.One(b, &at, `SELECT timestamptz '2026-01-02 03:04:05Z'`)
	db.One(b, &id, `SELECT $1::uuid`, org.ID.UUID())
	foundNone := db.One(b, &none, `SELECT 'x' WHERE false`)
	db.Many(b, &many, `SELECT generate_series(1, 3)`)
	db.Many(b, &rows, `SELECT 1, now(), NULL::jsonb FROM generate_series(1, 2)`)
	if err := env.DB.Read(context.Background(), org.ID, b); err != nil {
		t.Fatal(err)
	}
	if !foundOne.OK || one.N != 7 || one.At.Year() != 2026 || one.Data["a"] != 1.0 || !at.Equal(one.At) || id != org.ID.UUID() {
		t.Errorf("scanned %+v %v %v", one, at, id)
	}
	if foundNone.OK || none != "" {
		t.Errorf("found %q where nothing is", none)
	}
	if fmt.Sprint(many) != "[1 2 3]" || len(rows) != 2 {
		t.Errorf("many = %v, rows = %v", many, rows)
	}
	var wrong int
	b = db.NewBatch()
	db.One(b, &wrong, `SELECT 'seven'`)
	if env.DB.Read(context.Background(), org.ID, b) == nil {
		t.Error("a text went into an int")
	}
}

// Ensure the transaction in front is committed, without waiting for the disk,
// whatever becomes of the rest, and that the rest does not happen without it.
func TestReadAfter(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	ctx := context.Background()
	var number int
	var mode, modeAfter string
	next := func(b *db.Batch) {
		db.One(b, &number, `INSERT INTO counters (prefix, n) VALUES ('LEAVE', 1)
			ON CONFLICT (org_id, prefix) DO UPDATE SET n = counters.n + 1 RETURNING n`)
		db.One(b, &mode, `SELECT current_setting('synchronous_commit')`)
	}
	read := db.NewBatch()
	db.One(read, &modeAfter, `SELECT current_setting('synchronous_commit')`)
	if err := env.DB.ReadAfter(ctx, org.ID, next, read); err != nil {
		t.Fatal(err)
	}
	if number != 1 || mode != "off" || modeAfter != "on" {
		t.Errorf("number %d, synchronous_commit %s then %s", number, mode, modeAfter)
	}
	if err := env.DB.ReadAfter(ctx, org.ID, next, batch(`SELECT 1 / 0`)); err == nil {
		t.Error("dividing by zero succeeded")
	}
	err := env.DB.InOrg(ctx, org.ID, func(tx *db.Tx) error {
		if err := tx.SendAfter(next, batch(`INSERT INTO counters (prefix) VALUES ('LOST')`)); err != nil {
			return err
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		t.Fatal(err)
	}
	if n := dbtest.Get[int](t, org, `SELECT n::int FROM counters WHERE prefix = 'LEAVE'`); n != 3 || number != 3 {
		t.Errorf("counter %d, number %d, want 3: a number was lost or taken back", n, number)
	}
	if n := dbtest.Get[int](t, org, `SELECT count(*)::int FROM counters WHERE prefix = 'LOST'`); n != 0 {
		t.Error("the rest was not rolled back")
	}
	reached := db.NewBatch()
	var got int
	found := db.One(reached, &got, `SELECT 1`)
	if err := env.DB.ReadAfter(ctx, org.ID, func(b *db.Batch) { b.Exec(`SELECT 1 / 0`) }, reached); err == nil || found.OK {
		t.Errorf("the rest ran although the front failed: %v", err)
	}
}

// Ensure one insert takes any number of rows, in the order of its placeholders.
func TestInsertRows(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	const one = `INSERT INTO departments (key, id, name) VALUES ($2, $1, $3) ON CONFLICT (org_id, key) DO UPDATE SET name = excluded.name`
	for _, n := range []int{0, 1, 8, 20} {
		var rows [][]any
		for i := range n {
			rows = append(rows, []any{db.NewID(), fmt.Sprintf("D%d", i), fmt.Sprintf("of %d", n)})
		}
		err := env.DB.InOrg(t.Context(), org.ID, func(tx *db.Tx) error {
			b := db.NewBatch()
			b.Insert(one, rows...)
			return tx.Commit(b)
		})
		if err != nil {
			t.Fatalf("%d rows: %v", n, err)
		}
		var there int
		b := db.NewBatch()
		db.One(b, &there, `SELECT count(*)::int FROM departments WHERE name = $1`, fmt.Sprintf("of %d", n))
		if err := env.DB.Read(t.Context(), org.ID, b); err != nil || there != n {
			t.Errorf("%d rows: %d are there, %v", n, there, err)
		}
	}
}
