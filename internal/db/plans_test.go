package db_test

import (
	"context"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

const manyPeople = `
INSERT INTO users (id, email, name, department_id, designation, manager_id)
SELECT gen_random_uuid(), 'p' || g || '@example.com', 'First' || g % 1000 || ' Last' || g,
       (SELECT id FROM departments WHERE key = 'D' || g % 50), 'Designation ' || g % 100, $1
FROM generate_series(1, 20000) g`

// Ensure what is asked of people often uses an index, under row level security,
// as the server's role: there only leakproof conditions reach one.
func TestPlans(t *testing.T) {
	t.Parallel()
	env := dbtest.Own(t)
	org := env.Org(t)
	boss := org.User(t, "Meera Iyer")
	org.Exec(t, `INSERT INTO departments (id, key, name) SELECT gen_random_uuid(), 'D' || g, 'D' || g FROM generate_series(0, 49) g`)
	org.Role(t, "approver")
	org.Exec(t, manyPeople, boss.User)
	org.Exec(t, `INSERT INTO role_grants (id, role_id, user_id) SELECT gen_random_uuid(), (SELECT id FROM roles), id FROM users ORDER BY email LIMIT 200`)
	env.AsOwner(t, `ANALYZE`)
	for what, query := range map[string]string{
		"rule on the department":         `SELECT u.id FROM people u WHERE u.department = 'D7' AND u.status = 'active'`,
		"rule on the designation":        `SELECT u.id FROM people u WHERE u.designation = 'Designation 7'`,
		"rule on the id":                 `SELECT * FROM people u WHERE u.id = '` + boss.User.String() + `'`,
		"address":                        `SELECT u.id FROM people u WHERE u.email = 'p7@example.com'`,
		"beginning of the name":          `SELECT id FROM users WHERE name_key >= lower('First7') AND name_key < lower('First7') || 'x'`,
		"beginning of the last name":     `SELECT id FROM users WHERE surname_key >= 'last77' AND surname_key < 'last78'`,
		"beginning of the address":       `SELECT id FROM users WHERE email COLLATE "C" >= 'p77' AND email COLLATE "C" < 'p78'`,
		"list by name":                   `SELECT id FROM users ORDER BY name_key, id LIMIT 50`,
		"next page":                      `SELECT id FROM users WHERE (name_key, id) > ('first77', '` + boss.User.String() + `') ORDER BY name_key, id LIMIT 50`,
		"members of a role":              `SELECT user_id FROM role_members WHERE role = 'approver' AND user_id = '` + boss.User.String() + `'`,
		"people of a role, by the grant": `SELECT u.id FROM users u JOIN role_grants g ON g.org_id = u.org_id AND g.user_id = u.id WHERE g.user_id = '` + boss.User.String() + `'`,
	} {
		var plan []string
		b := db.NewBatch()
		db.Many(b, &plan, `EXPLAIN (COSTS OFF) `+query)
		if err := env.DB.Read(context.Background(), org.ID, b); err != nil {
			t.Fatal(what, err)
		}
		text := strings.Join(plan, "\n")
		if strings.Contains(text, "Seq Scan on users") || !strings.Contains(text, "users_") {
			t.Errorf("%s reads every person:\n%s", what, text)
		}
	}
}

const manyParticipants = `
INSERT INTO participants (run_id, user_id, roles)
SELECT gen_random_uuid(), u.id, CASE WHEN g % 500 = 0 THEN 10 ELSE 2 END FROM users u, generate_series(1, 20000) g`

// Ensure what a person watches, and who is beside those whom a run asks, is found
// without a look at all he has to do with, or all who have to do with it.
func TestPlansOfWatching(t *testing.T) {
	t.Parallel()
	env := dbtest.Own(t)
	org := env.Org(t)
	who := org.User(t, "Meera Iyer").User.String()
	org.User(t, "Hana Holt")
	org.Exec(t, manyParticipants)
	env.AsOwner(t, `ANALYZE`)
	for index, query := range map[string]string{
		"participants_watched": `SELECT * FROM participants x WHERE x.user_id = '` + who + `' AND (x.roles & 8) <> 0 ORDER BY x.run_id DESC LIMIT 50`,
		"participants_beside":  `SELECT p.user_id FROM participants p WHERE p.run_id = '` + who + `' AND (p.roles & 12) <> 0`,
	} {
		var plan []string
		b := db.NewBatch()
		db.Many(b, &plan, `EXPLAIN (COSTS OFF) `+query)
		if err := env.DB.Read(context.Background(), org.ID, b); err != nil {
			t.Fatal(index, err)
		}
		if text := strings.Join(plan, "\n"); !strings.Contains(text, "using "+index) || strings.Contains(text, "Sort") {
			t.Errorf("%s is not used:\n%s", index, text)
		}
	}
}
