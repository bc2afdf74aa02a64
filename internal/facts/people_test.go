package facts_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
	"github.com/handstamp/handstamp/internal/facts"
)

func read(t *testing.T, env *dbtest.Env, org *dbtest.Org, queue func(b *db.Batch)) {
	t.Helper()
	b := db.NewBatch()
	queue(b)
	if err := env.DB.Read(context.Background(), org.ID, b); err != nil {
		t.Fatal(err)
	}
}

// Ensure people are found by id, and only those of the organization.
func TestPeople(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org, other := env.Org(t), env.Org(t)
	asha := org.User(t, "Asha Mehta", dbtest.InDepartment("HR"), dbtest.Designation("Manager"), dbtest.Level("L3", 3), dbtest.Email("asha@example.com"))
	bela := org.User(t, "Bela Rao", dbtest.Disabled())
	stranger := other.User(t, "Claire Dubois")
	known := map[uuid.UUID]facts.Person{}
	read(t, env, org, func(b *db.Batch) {
		facts.People(b, []uuid.UUID{asha.User, bela.User, stranger.User, uuid.Nil}, known)
	})
	want := facts.Person{
		ID: asha.User, Name: "Asha Mehta", Email: "asha@example.com", Designation: "Manager",
		Department: "HR department", DepartmentKey: "HR", Level: "L3", Status: "active",
	}
	if len(known) != 2 || known[asha.User] != want || known[bela.User].Status != "disabled" {
		t.Errorf("%+v", known)
	}
}

// Ensure the chain goes up to the top, and ends where a circle would close.
func TestManagerChain(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	top := org.User(t, "Top")
	line := top
	names := ""
	for i := range 4 {
		names = fmt.Sprintf(" %s%s", []string{"Top", "M0", "M1", "M2"}[i], names)
		line = org.User(t, fmt.Sprintf("M%d", i), dbtest.Manager(line))
	}
	walk := func() (got string) {
		var chain []facts.Person
		read(t, env, org, func(b *db.Batch) { facts.ManagerChain(b, line.User, &chain) })
		for _, p := range chain {
			got += " " + p.Name
		}
		return got
	}
	if got := walk(); got != names {
		t.Errorf("%s, want%s", got, names)
	}
	m1 := dbtest.Get[uuid.UUID](t, org, `SELECT id FROM users WHERE name = 'M1'`)
	org.Exec(t, `UPDATE users SET manager_id = $1 WHERE id = $2`, m1, top.User)
	if got := walk(); got != " M2 M1 M0 Top" {
		t.Errorf("in a circle:%s", got)
	}
	var chain []facts.Person
	read(t, env, org, func(b *db.Batch) { facts.ManagerChain(b, db.NewID(), &chain) })
	if len(chain) != 0 {
		t.Errorf("nobody's managers: %v", chain)
	}
}

// Ensure the chain stops at fifty levels.
func TestManagerChainDepth(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	line := org.User(t, "Top")
	for i := range 55 {
		line = org.User(t, fmt.Sprintf("M%d", i), dbtest.Manager(line))
	}
	var chain []facts.Person
	read(t, env, org, func(b *db.Batch) { facts.ManagerChain(b, line.User, &chain) })
	if len(chain) != 50 {
		t.Errorf("%d levels", len(chain))
	}
}

// Ensure rules see a person in CEL as they see him in SQL: the same members,
// and null for what is not known.
func TestAttributes(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org := env.Org(t)
	org.Role(t, "hr")
	org.Role(t, "approver")
	org.Exec(t, `INSERT INTO attribute_types (key, label, kind) VALUES ('desk', 'Desk', 'text'), ('left', 'Left', 'number')`)
	boss := org.User(t, "Meera Iyer")
	full := org.User(t, "Asha Mehta", dbtest.Manager(boss), dbtest.InDepartment("HR"), dbtest.Designation("Head"), dbtest.Level("L3", 3.5),
		dbtest.City("Pune"), dbtest.WithRole("hr"), dbtest.Attributes(map[string]any{"desk": "4B", "left": 2.5, "name": "forged"}))
	department := dbtest.Get[uuid.UUID](t, org, `SELECT id FROM departments`)
	org.Exec(t, `INSERT INTO role_grants (id, role_id, department_id) SELECT gen_random_uuid(), id, $1 FROM roles WHERE key = 'approver'`, department)
	var asha, meera, nobody map[string]any
	schema := rule.Schema{}
	read(t, env, org, func(b *db.Batch) {
		facts.Attributes(b, full.User, &asha)
		facts.Attributes(b, boss.User, &meera)
		facts.Attributes(b, db.NewID(), &nobody)
		facts.UserSchema(b, schema)
	})
	for name, want := range map[string]any{
		"id": full.User.String(), "name": "Asha Mehta", "department": "HR", "department_name": "HR department", "designation": "Head",
		"level": "L3", "level_rank": 3.5, "city": "Pune", "state": nil, "status": "active", "manager": boss.User.String(), "desk": "4B", "left": 2.5,
	} {
		if asha[name] != want {
			t.Errorf("%s = %v, want %v", name, asha[name], want)
		}
	}
	if fmt.Sprint(asha["roles"]) != "[approver hr]" || fmt.Sprint(meera["roles"]) != "[]" || nobody != nil {
		t.Errorf("roles %v and %v, nobody %v", asha["roles"], meera["roles"], nobody)
	}
	for name := range rule.BuiltinUser() {
		if _, there := meera[name]; !there {
			t.Errorf("%s is missing", name)
		}
	}
	for _, name := range []string{"department", "department_name", "designation", "level", "level_rank", "city", "manager"} {
		if meera[name] != nil {
			t.Errorf("%s = %v, want null", name, meera[name])
		}
	}
	if len(schema) != 2 || schema["desk"].Kind != rule.Text || schema["left"].Kind != rule.Number {
		t.Errorf("schema %v", schema)
	}
}
