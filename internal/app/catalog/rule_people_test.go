package catalog_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// quoted is a rule of CEL as the API takes it.
func quoted(text string) json.RawMessage {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return b
}

func names(m catalog.Matches) string {
	var out []string
	for _, p := range m.People {
		out = append(out, p.Name)
	}
	return strings.Join(out, ", ")
}

// Ensure a rule names whom it would find: active people of this organization, by
// text and by rows, with what the organization added to its people.
func TestRulePeople(t *testing.T) {
	w := newWorld(t)
	other := w.env.Org(t)
	other.Department(t, "HR")
	stranger := other.User(t, "Stella Stranger", dbtest.InDepartment("HR"))
	gone := w.org.User(t, "Gina Gone", dbtest.InDepartment("HR"))
	w.org.Exec(t, `UPDATE users SET status = 'disabled' WHERE id = $1`, gone.User)
	w.org.Exec(t, `UPDATE users SET attributes = '{"leave_balance": 12}' WHERE id = $1`, w.asha.User)
	before := w.state()
	for text, want := range map[string]string{
		`"user.department == \"HR\""`: "Dora Designer, Hana Holt",
		`{"rows": {"combinator": "and", "rules": [{"field": "user.department", "operator": "=", "value": "HR", "id": "r1"}]}}`: "Dora Designer, Hana Holt",
		`"user.leave_balance > 10"`:                                       "Asha Rao",
		`"\"drafter\" in user.roles"`:                                     "Drew Drafter",
		`"user.level_rank >= 5 && today > date(\"2020-01-01\")"`:          "Asha Rao",
		`"user.department == \"NOPE\""`:                                   "",
		`"user.status == \"disabled\""`:                                   "",
		string(quoted(fmt.Sprintf(`user.id == %q`, stranger.User))):       "",
		string(quoted(fmt.Sprintf(`user.id == %q`, gone.User))):           "",
		string(quoted(fmt.Sprintf(`user.id in [%q]`, w.vera.User))):       "Vera Viewer",
		`"org.slug != null && user.email == \"stella@stranger.example\""`: "",
	} {
		m, err := w.catalog.RulePeople(w.ctx, w.drew, json.RawMessage(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if names(m) != want || m.Count != len(m.People) || m.Depends || m.More || m.People == nil {
			t.Errorf("%s: %+v, want %s", text, m, want)
		}
	}
	if w.state() != before {
		t.Error("something was kept")
	}
}

// Ensure only the first of many are named, and all are counted.
func TestRulePeopleNamesTheFirst(t *testing.T) {
	w := newWorld(t)
	for i := range 14 {
		w.org.User(t, fmt.Sprintf("Person %02d", i), dbtest.Designation("Clerk"))
	}
	m := must[catalog.Matches](t)(w.catalog.RulePeople(w.ctx, w.dora, quoted(`user.designation == "Clerk"`)))
	if m.Count != 14 || m.More || !strings.HasPrefix(names(m), "Person 00, ") || !strings.HasSuffix(names(m), ", Person 09") {
		t.Errorf("%d %v %s", m.Count, m.More, names(m))
	}
}

// Ensure a count ends somewhere, however many there are.
func TestRulePeopleCountsSoFar(t *testing.T) {
	w := newWorld(t)
	w.org.Exec(t, `INSERT INTO users (id, email, name, designation)
		SELECT gen_random_uuid(), 'clerk' || g || '@acme.example', 'Clerk ' || g, 'Clerk' FROM generate_series(1, 10001) g`)
	m := must[catalog.Matches](t)(w.catalog.RulePeople(w.ctx, w.dora, quoted(`user.designation == "Clerk"`)))
	if m.Count != 10_000 || !m.More || len(m.People) != 10 {
		t.Errorf("%d %v %d", m.Count, m.More, len(m.People))
	}
}

// Ensure nobody is looked for where only a request can tell, and what it depends
// on is named.
func TestRulePeopleDepends(t *testing.T) {
	w := newWorld(t)
	for text, want := range map[string][]string{
		`user.department == initiator.department`:       {"initiator.department"},
		`form.days > 3 && user.department == "HR"`:      {"form.days"},
		`user.level_rank > params.level || step == "a"`: {"params.level", "step"},
	} {
		m, err := w.catalog.RulePeople(w.ctx, w.dora, quoted(text))
		if err != nil || !m.Depends || !slices.Equal(m.On, want) || m.Count != 0 || len(m.People) != 0 || m.People == nil {
			t.Errorf("%s: %+v %v", text, m, err)
		}
	}
}

// Ensure what cannot be a rule over people is refused in words, at the rule.
func TestRulePeopleRefuses(t *testing.T) {
	w := newWorld(t)
	for text, says := range map[string]string{
		``:                        "rule",
		`null`:                    "Give a rule.",
		`""`:                      "Give a rule.",
		`5`:                       "a rule is a text",
		`{"rows": {}, "more": 1}`: "a rule is a text",
		`{"rows": {"combinator": "and", "rules": []}}`:                     "no rows",
		`"user.team == \"HR\""`:                                            "team",
		`"user.department"`:                                                "true or false",
		`"user.department =="`:                                             "rule",
		`"user.roles.exists(r, r == \"a\")"`:                               "cannot go over",
		string(quoted(`user.name == "` + strings.Repeat("x", 3000) + `"`)): "longer than 2048",
		string(quoted(strings.Repeat("x", 70_000))):                        "too long",
	} {
		_, err := w.catalog.RulePeople(w.ctx, w.dora, json.RawMessage(text))
		refused(t, err, fault.Invalid, says)
	}
}

// Ensure only who may design workflows is told whom a rule finds.
func TestRulePeopleIsForDesigners(t *testing.T) {
	w := newWorld(t)
	for _, a := range []access.Actor{w.petra, w.asha, w.vera} {
		_, err := w.catalog.RulePeople(w.ctx, a, quoted(`user.department == "HR"`))
		refused(t, err, fault.Forbidden)
	}
}
