package db_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

func batch(sql string, args ...any) *db.Batch {
	b := db.NewBatch()
	b.Exec(sql, args...)
	return b
}

func cityOf(t *testing.T, org *dbtest.Org, id uuid.UUID) string {
	t.Helper()
	return dbtest.Get[string](t, org, `SELECT coalesce(city, '') FROM users WHERE id = $1`, id)
}

// Ensure what fn wrote stays when it returns nil and goes when it fails.
func TestInOrgCommitsOrRollsBack(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	user := org.User(t, "Asha Mehta").User
	ctx := context.Background()
	const set = `UPDATE users SET city = $1 WHERE id = $2`
	steps := []struct {
		city string
		fn   func(*db.Tx) error
		want string
	}{
		{"Pune", func(tx *db.Tx) error { return tx.Send(batch(set, "Pune", user)) }, "Pune"},
		{"Delhi", func(tx *db.Tx) error { return tx.Commit(batch(set, "Delhi", user)) }, "Delhi"},
		{"Goa", func(tx *db.Tx) error { _ = tx.Send(batch(set, "Goa", user)); return errUndo }, "Delhi"},
		{"Agra", func(tx *db.Tx) error {
			b := batch(set, "Agra", user)
			b.Exec(`SELECT 1 / 0`)
			return tx.Commit(b)
		}, "Delhi"},
		{"Surat", func(tx *db.Tx) error {
			if err := tx.Commit(batch(set, "Surat", user)); err != nil {
				return err
			}
			return errUndo // too late: it is committed
		}, "Surat"},
	}
	for _, s := range steps {
		_ = env.DB.InOrg(ctx, org.ID, s.fn)
		if got := cityOf(t, org, user); got != s.want {
			t.Errorf("after %s: city %q, want %q", s.city, got, s.want)
		}
	}
}

// Ensure a panic inside fn leaves neither the write nor a stuck connection.
func TestInOrgSurvivesPanic(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	user := org.User(t, "Asha Mehta").User
	d, err := db.Open(t.Context(), env.AppURL, db.Options{MaxConns: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	func() {
		defer func() { _ = recover() }()
		_ = d.InOrg(t.Context(), org.ID, func(tx *db.Tx) error {
			_ = tx.Send(batch(`UPDATE users SET city = 'Goa' WHERE id = $1`, user))
			panic("bug")
		})
	}()
	if err := d.Ping(t.Context()); err != nil {
		t.Errorf("the only connection is lost: %v", err)
	}
	if got := cityOf(t, org, user); got != "" {
		t.Errorf("city = %q", got)
	}
}

// Ensure nothing can be sent behind Commit, and that an organization is needed.
func TestMisuseIsRefused(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	ctx := context.Background()
	err := env.DB.InOrg(ctx, org.ID, func(tx *db.Tx) error {
		if err := tx.Commit(batch(`SELECT 1`)); err != nil {
			return err
		}
		var one int
		return errors.Join(expect(tx.Send(batch(`SELECT 1`))), expect(tx.Commit(nil)), expect(tx.QueryRow(ctx, `SELECT 1`).Scan(&one)))
	})
	if err != nil {
		t.Errorf("a statement behind Commit was sent: %v", err)
	}
	err = env.DB.InOrg(ctx, org.ID, func(tx *db.Tx) error {
		if err := tx.Send(batch(`SELECT 1`)); err != nil {
			return err
		}
		return tx.SendAfter(func(*db.Batch) {}, db.NewBatch())
	})
	if err == nil {
		t.Error("SendAfter was allowed in the middle of a transaction")
	}
	if env.DB.InOrg(ctx, access.OrgID{}, func(*db.Tx) error { return nil }) == nil || env.DB.Read(ctx, access.OrgID{}, db.NewBatch()) == nil {
		t.Error("no organization was accepted")
	}
}

func expect(err error) error {
	if err == nil {
		return errors.New("no error")
	}
	return nil
}

// Ensure two transactions that deadlock both succeed in the end.
func TestDeadlockIsRetried(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	org.Exec(t, `INSERT INTO counters (prefix) VALUES ('A'), ('B')`)
	var met sync.WaitGroup
	met.Add(2)
	var tries [2]int
	swap := func(i int, first, second string) error {
		return env.DB.InOrg(context.Background(), org.ID, func(tx *db.Tx) error {
			tries[i]++
			const add = `UPDATE counters SET n = n + 1 WHERE prefix = $1`
			if err := tx.Send(batch(add, first)); err != nil {
				return err
			}
			if tries[i] == 1 {
				met.Done()
				met.Wait()
			}
			return tx.Commit(batch(add, second))
		})
	}
	failed := make(chan error, 2)
	go func() { failed <- swap(0, "A", "B") }()
	go func() { failed <- swap(1, "B", "A") }()
	for range 2 {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
	if tries[0]+tries[1] < 3 {
		t.Errorf("no deadlock happened: tries %v", tries)
	}
	var counted int64
	read := db.NewBatch()
	db.One(read, &counted, `SELECT sum(n)::bigint FROM counters`)
	if err := env.DB.Read(context.Background(), org.ID, read); err != nil || counted != 4 {
		t.Errorf("%d writes, want four: %v", counted, err)
	}
}

// Ensure a failure that stays is given up after four tries, as unavailable.
func TestRetriesEnd(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	tries := 0
	err := env.DB.InOrg(context.Background(), env.Org(t).ID, func(tx *db.Tx) error {
		tries++
		return tx.Send(batch(`DO $$ BEGIN RAISE SQLSTATE '40001'; END $$`))
	})
	if tries != 4 || !fault.Is(err, fault.Unavailable) {
		t.Errorf("%d tries, %v", tries, err)
	}
}

// Ensure outages are unavailable with a time to wait, and tell people no SQL.
func TestOutages(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	for _, state := range []string{"57014", "55P03", "57P01", "53300", "25006", "08006"} {
		err := env.DB.InOrg(context.Background(), org.ID, func(tx *db.Tx) error {
			return tx.Send(batch(`DO $$ BEGIN RAISE SQLSTATE '` + state + `'; END $$`))
		})
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || f.Code != fault.Unavailable || f.RetryAfter == 0 || strings.Contains(f.Message, state) {
			t.Errorf("%s: %v", state, err)
		}
		if !strings.Contains(err.Error(), state) {
			t.Errorf("%s: the log does not show the cause: %v", state, err)
		}
	}
	d, err := db.Open(t.Context(), env.AppURL, db.Options{MaxConns: 1})
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	if err := d.Read(t.Context(), org.ID, batch(`SELECT 1`)); err == nil {
		t.Error("a closed pool answered")
	}
}

// Ensure a connection that the server ended gives unavailable, and the next one works.
func TestTerminatedConnection(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	err := env.DB.InOrg(context.Background(), org.ID, func(tx *db.Tx) error {
		var pid int
		if err := tx.QueryRow(t.Context(), `SELECT pg_backend_pid()`).Scan(&pid); err != nil {
			return err
		}
		env.AsOwner(t, `SELECT pg_terminate_backend($1)`, pid)
		time.Sleep(50 * time.Millisecond)
		return tx.Commit(batch(`SELECT 1`))
	})
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("%v", err)
	}
	if err := env.DB.Read(t.Context(), org.ID, batch(`SELECT 1`)); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// Ensure a pool whose connections are all busy says so within the time it may take.
func TestBusyPool(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	d, err := db.Open(t.Context(), env.AppURL, db.Options{MaxConns: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	begin := time.Now()
	err = d.InOrg(t.Context(), org.ID, func(tx *db.Tx) error {
		if err := tx.Send(batch(`SELECT 1`)); err != nil {
			return err
		}
		return d.Read(t.Context(), org.ID, batch(`SELECT 1`))
	})
	if !fault.Is(err, fault.Unavailable) || time.Since(begin) > 5*time.Second {
		t.Errorf("after %s: %v", time.Since(begin), err)
	}
}

// Ensure a caller who left is not reported as an outage.
func TestCanceledCaller(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(30*time.Millisecond, cancel)
	err := env.DB.Read(ctx, env.Org(t).ID, batch(`SELECT pg_sleep(5)`))
	if !errors.Is(err, context.Canceled) || fault.Is(err, fault.Unavailable) {
		t.Errorf("%v", err)
	}
}

// Ensure violated constraints are recognised by name and pass unchanged.
func TestConstraintsPassThrough(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	org.User(t, "Asha Mehta", dbtest.Email("asha@example.com"))
	insert := func(email string, manager any) error {
		return env.DB.InOrg(context.Background(), org.ID, func(tx *db.Tx) error {
			return tx.Commit(batch(`INSERT INTO users (id, email, name, manager_id) VALUES ($1, $2, 'X', $3)`, db.NewID(), email, manager))
		})
	}
	if err := insert("asha@example.com", nil); !db.IsUnique(err, "users_org_id_email_key") || !db.IsUnique(err) || db.IsUnique(err, "users_pkey") || db.IsForeignKey(err) {
		t.Errorf("same email: %v", err)
	}
	if err := insert("bela@example.com", db.NewID()); !db.IsForeignKey(err, "users_org_id_manager_id_fkey") {
		t.Errorf("unknown manager: %v", err)
	}
}

// Ensure 50 numbers taken at once are 50 different ones.
func TestNumbersAreTakenOnce(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	numbers := make(chan int, 50)
	for range cap(numbers) {
		go func() {
			var n int
			err := env.DB.ReadAfter(context.Background(), org.ID, func(b *db.Batch) {
				db.One(b, &n, `INSERT INTO counters (prefix, n) VALUES ('LEAVE', 1)
					ON CONFLICT (org_id, prefix) DO UPDATE SET n = counters.n + 1 RETURNING n`)
			}, db.NewBatch())
			if err != nil {
				t.Error(err)
			}
			numbers <- n
		}()
	}
	seen := map[int]bool{}
	for range cap(numbers) {
		seen[<-numbers] = true
	}
	if len(seen) != cap(numbers) || seen[0] {
		t.Errorf("%d different numbers", len(seen))
	}
}

// Ensure statements sent one by one join the same transaction as batches.
func TestTxAsQuerier(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	ctx := context.Background()
	err := env.DB.InOrg(ctx, org.ID, func(tx *db.Tx) error {
		rows, err := tx.Query(ctx, `SELECT generate_series(1, 3)`)
		if err != nil {
			return err
		}
		n := 0
		for rows.Next() {
			n++
		}
		if rows.Err() != nil || n != 3 {
			return fmt.Errorf("%d rows, %w", n, rows.Err())
		}
		var id uuid.UUID
		b := db.NewBatch()
		db.One(b, &id, `SELECT app_org()`)
		if err := tx.Send(b); err != nil {
			return err
		}
		if id != org.ID.UUID() || tx.Org() != org.ID {
			return fmt.Errorf("organization %s", id)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
