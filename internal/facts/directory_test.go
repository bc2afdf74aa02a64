package facts_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
	"github.com/handstamp/handstamp/internal/facts"
)

// asking asks one need as a verb does: the revision first, then what it is.
type asking struct {
	t     *testing.T
	env   *dbtest.Env
	org   *dbtest.Org
	dir   *facts.Directory
	trips int
}

func (q *asking) revision() int64 {
	q.t.Helper()
	var n int64
	read(q.t, q.env, q.org, func(b *db.Batch) {
		db.One(b, &n, `SELECT directory_rev FROM orgs WHERE id = app_org()`)
	})
	return n
}

func (q *asking) ask(revision int64, n engine.Need) []engine.Person {
	q.t.Helper()
	var f engine.Facts
	err := q.dir.Answer(facts.Asked{Org: q.org.ID, Revision: revision}, []engine.Need{n, n}, &f, func(b *db.Batch) error {
		q.trips++
		return q.env.DB.Read(context.Background(), q.org.ID, b)
	})
	if err != nil {
		q.t.Fatal(err)
	}
	return f.Answers[n.Key()].People
}

// Ensure what is remembered of people is asked for once, and again after every
// kind of change that could make it wrong.
func TestDirectoryIsNeverStale(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	boss := org.User(t, "Meera Iyer")
	asha := org.User(t, "Asha Mehta", dbtest.Manager(boss), dbtest.InDepartment("HR"))
	org.Role(t, "approver")
	q := &asking{t: t, env: env, org: org, dir: facts.NewDirectory()}
	person, managers := engine.PersonNeed(asha.User), engine.Need{Kind: engine.NeedManagers, User: asha.User}
	look := func() string {
		rev := q.revision()
		p, m := q.ask(rev, person)[0], q.ask(rev, managers)
		return fmt.Sprint(p.Name, " ", p.Attributes["department_name"], " ", p.Attributes["roles"], " ", len(m))
	}
	want := func(step, text string, trips int) {
		t.Helper()
		q.trips = 0
		if got := look(); got != text || q.trips != trips {
			t.Errorf("%s: %q in %d trips, want %q in %d", step, got, q.trips, text, trips)
		}
	}
	want("at first", "Asha Mehta HR department [] 1", 2)
	want("again", "Asha Mehta HR department [] 1", 0)
	for _, c := range []struct{ do, text string }{
		{`UPDATE users SET name = 'Asha Rao' WHERE name = 'Asha Mehta'`, "Asha Rao HR department [] 1"},
		{`UPDATE departments SET name = 'People' WHERE key = 'HR'`, "Asha Rao People [] 1"},
		{`INSERT INTO role_grants (id, role_id, user_id) SELECT gen_random_uuid(), r.id, u.id FROM roles r, users u WHERE u.name = 'Asha Rao' AND r.key = 'approver'`, "Asha Rao People [approver] 1"},
		{`UPDATE roles SET key = 'signer' WHERE key = 'approver'`, "Asha Rao People [signer] 1"},
		{`DELETE FROM role_grants`, "Asha Rao People [] 1"},
		{`INSERT INTO absences (id, user_id, starts_at, ends_at) SELECT gen_random_uuid(), id, app_now(), app_now() + interval '1 day' FROM users WHERE name = 'Asha Rao'`, "Asha Rao People [] 1"},
		{`UPDATE users SET manager_id = NULL WHERE name = 'Asha Rao'`, "Asha Rao People [] 0"},
	} {
		org.Exec(t, c.do)
		want(c.do, c.text, 2)
		want("again", c.text, 0)
	}
	other := env.Org(t)
	other.User(t, "Claire Dubois")
	want("after a change in another organization", "Asha Rao People [] 0", 0)
}

// Ensure a reader that was slow neither gets nor leaves behind what is old.
func TestDirectoryKeepsTheNewest(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	asha := org.User(t, "Asha Mehta")
	q := &asking{t: t, env: env, org: org, dir: facts.NewDirectory()}
	before := q.revision()
	org.Exec(t, `UPDATE users SET name = 'Asha Rao'`)
	after := q.revision()
	if after <= before {
		t.Fatalf("revision %d after %d", after, before)
	}
	for _, rev := range []int64{after, before, after} {
		if got := q.ask(rev, engine.PersonNeed(asha.User))[0].Name; got != "Asha Rao" {
			t.Errorf("at %d: %q", rev, got)
		}
	}
	if q.trips != 2 { // the late reader asks for itself and replaces nothing
		t.Errorf("%d trips", q.trips)
	}
	if got := q.ask(after, engine.PersonNeed(uuid.New())); len(got) != 0 {
		t.Errorf("a stranger: %+v", got)
	}
}

// Ensure a change that is not committed yet is not taken for the present.
func TestDirectoryDuringAChange(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	asha := org.User(t, "Asha Mehta")
	q := &asking{t: t, env: env, org: org, dir: facts.NewDirectory()}
	need := engine.PersonNeed(asha.User)
	err := env.DB.InOrg(context.Background(), org.ID, func(tx *db.Tx) error {
		b := db.NewBatch()
		b.Exec(`UPDATE users SET name = 'Asha Rao'`)
		if err := tx.Send(b); err != nil {
			return err
		}
		if got := q.ask(q.revision(), need)[0].Name; got != "Asha Mehta" {
			t.Errorf("before the commit: %q", got)
		}
		return tx.Commit(nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := q.ask(q.revision(), need)[0].Name; got != "Asha Rao" {
		t.Errorf("after the commit: %q", got)
	}
}
