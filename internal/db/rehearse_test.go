package db_test

import (
	"context"
	"testing"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// Ensure each transaction of a rehearsal sees those before it, one that fails
// takes back its own acts alone, and nothing is left for anybody else.
func TestRehearseLeavesNothing(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org, other := env.Org(t), env.Org(t)
	user := org.User(t, "Asha Mehta").User
	ctx := context.Background()
	const set = `UPDATE users SET city = $1 WHERE id = $2`
	seen := func(d *db.DB) (city string) {
		b := db.NewBatch()
		db.One(b, &city, `SELECT coalesce(city, '') FROM users WHERE id = $1`, user)
		if err := d.Read(ctx, org.ID, b); err != nil {
			t.Fatal(err)
		}
		return city
	}
	err := env.DB.Rehearse(ctx, org.ID, func(d *db.DB) error {
		for _, step := range []struct {
			fn   func(*db.Tx) error
			want string
		}{
			{func(tx *db.Tx) error { return tx.Send(batch(set, "Pune", user)) }, "Pune"},
			{func(tx *db.Tx) error { return tx.Commit(batch(set, "Delhi", user)) }, "Delhi"},
			{func(tx *db.Tx) error { _ = tx.Send(batch(set, "Goa", user)); return errUndo }, "Delhi"},
			{func(tx *db.Tx) error {
				b := batch(set, "Agra", user)
				b.Exec(`SELECT 1 / 0`)
				return tx.Commit(b)
			}, "Delhi"},
			{func(tx *db.Tx) error { _, err := tx.Exec(ctx, set, "Kochi", user); return err }, "Kochi"},
		} {
			_ = d.InOrg(ctx, org.ID, step.fn)
			if got := seen(d); got != step.want {
				t.Errorf("the rehearsal sees %q, want %q", got, step.want)
			}
			if got := cityOf(t, org, user); got != "" {
				t.Errorf("others see %q", got)
			}
		}
		b := db.NewBatch()
		if err := d.Read(ctx, other.ID, b); err == nil {
			t.Error("a rehearsal read another organization")
		}
		if err := d.InOrg(ctx, other.ID, func(tx *db.Tx) error { return tx.Send(batch(set, "X", user)) }); err == nil {
			t.Error("a rehearsal wrote for another organization")
		}
		if err := d.Global(ctx, func(db.Querier) error { return nil }); err == nil {
			t.Error("a rehearsal went outside the wall")
		}
		if err := d.Rehearse(ctx, org.ID, func(*db.DB) error { return nil }); err == nil {
			t.Error("a rehearsal within a rehearsal")
		}
		return fault.New(fault.Conflict, "It is over.")
	})
	if err == nil || fault.CodeOf(err) != fault.Conflict {
		t.Errorf("%v", err)
	}
	if got := cityOf(t, org, user); got != "" {
		t.Errorf("%q was left", got)
	}
	// The connection comes back clean.
	if err := env.DB.InOrg(ctx, org.ID, func(tx *db.Tx) error { return tx.Send(batch(set, "Pune", user)) }); err != nil || cityOf(t, org, user) != "Pune" {
		t.Errorf("after the rehearsal: %v", err)
	}
}
