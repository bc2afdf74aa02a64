package rule_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"github.com/handstamp/handstamp/internal/core/rule"
)

var randomRules = flag.Int("rules", 3000, "number of random rules compared with PostgreSQL")

// connect opens the test database with a time zone and a people relation that
// look like production.
func connect(t *testing.T) *pgx.Conn {
	t.Helper()
	url := os.Getenv("HANDSTAMP_TEST_DATABASE_URL")
	if url == "" {
		t.Fatal("start the tests through make test (HANDSTAMP_TEST_DATABASE_URL is not set)")
	}
	ctx := context.Background()
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close(ctx) })
	_, err = c.Exec(ctx, `SET timezone = 'Asia/Kolkata'; SET datestyle = 'SQL, DMY';
		CREATE TEMP TABLE people (id uuid PRIMARY KEY, manager_id uuid, name text, email text, department text,
			department_name text, designation text, level text, level_rank int, city text, state text, country text,
			location text, status text, roles text[] NOT NULL DEFAULT '{}', attributes jsonb NOT NULL DEFAULT '{}')`)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var (
	someTexts = []string{"HR", "hr", "IT", "Ä", "ä", "a_b", "100%", "", "Zed", "hé\"\\", " x\u00a0", "ΣΑΣ", "İstanbul", "😀a", "ﬀ"}
	someDates = []string{"2020-01-01", "2026-01-01", "2026-02-28", "2024-02-29", "0001-01-01", "9999-12-31"}
	someRoles = []string{"approver", "hr", "HR", ""}
)

// person is one row of people and the same as rules see it.
func person(r *rand.Rand, n int, ids []string) (columns map[string]any, user map[string]any) {
	pick := func(from []string) any {
		if r.IntN(4) == 0 {
			return nil
		}
		return from[r.IntN(len(from))]
	}
	roles := []string{}
	for range r.IntN(3) {
		roles = append(roles, someRoles[r.IntN(len(someRoles))])
	}
	attributes := map[string]any{}
	for name, values := range map[string][]any{
		"grade":  {1.0, 2.5, -3.0, 0.0, 1e200, 1e-200, nil, "3", true},
		"nick":   {"a", "ä", "", "HR", nil, 7.0, []any{"x"}},
		"flag":   {true, false, true, nil, "true", 1.0},
		"joined": {"2020-01-01", "2026-01-01", "2024-02-29", "2026-02-31", "2023-02-29", "0000-01-01", "junk", "2026-1-1", nil, 5.0},
		"skills": {[]any{"sap", "HR"}, []any{}, []any{"HR", 1.0}, []any{[]any{"HR"}}, "HR", nil, []any{nil}},
	} {
		if r.IntN(6) > 0 {
			attributes[name] = values[r.IntN(len(values))]
		}
	}
	columns = map[string]any{
		"id": ids[n], "manager_id": pick(ids), "department": pick(someTexts), "city": pick(someTexts), "name": "P" + strconv.Itoa(n),
		"status": []string{"active", "disabled"}[r.IntN(2)], "roles": roles, "attributes": attributes, "level_rank": nil,
	}
	user = map[string]any{"manager": columns["manager_id"]}
	if k := r.IntN(9); k > 0 {
		columns["level_rank"], user["level_rank"] = k-3, float64(k-3)
	}
	for _, name := range []string{"id", "department", "city", "name", "status", "roles"} {
		user[name] = columns[name]
	}
	for name, v := range attributes {
		user[name] = v
	}
	return columns, user
}

func settle(t *testing.T, c *pgx.Conn) (users []map[string]any, ids []string) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 80 {
		ids = append(ids, fmt.Sprintf("0190a000-0000-7000-8000-%012x", i))
	}
	for i := range ids {
		columns, user := person(r, i, ids)
		users = append(users, user)
		row, err := json.Marshal(columns)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Exec(context.Background(), "INSERT INTO people SELECT * FROM jsonb_populate_record(NULL::people, $1::jsonb)", string(row)); err != nil {
			t.Fatal(err)
		}
	}
	return users, ids
}

func peopleEnv(t testing.TB) *rule.Env {
	t.Helper()
	e, err := rule.NewEnv(rule.Scope{
		Form: rule.Schema{
			"days": {Kind: rule.Number}, "reason": {Kind: rule.Text}, "from": {Kind: rule.Date}, "urgent": {Kind: rule.Bool},
			"tags": {Kind: rule.List}, "who": {Kind: rule.List}, "total": {Kind: rule.Money},
			"items": {Kind: rule.Rows, Columns: rule.Schema{"n": {Kind: rule.Number}, "what": {Kind: rule.Text}}},
		},
		User: rule.Schema{
			"grade": {Kind: rule.Number}, "nick": {Kind: rule.Text}, "flag": {Kind: rule.Bool},
			"joined": {Kind: rule.Date}, "skills": {Kind: rule.List},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// writer draws random rules about people; every operator of the translator occurs.
type writer struct{ *rapid.T }

func (w writer) one(of ...string) string { return rapid.SampledFrom(of).Draw(w.T, "") }

func (w writer) n(k int) int { return rapid.IntRange(0, k).Draw(w.T, "") }

func (w writer) text(depth int) string {
	plain := w.one("user.department", "user.city", "user.nick", "user.id", "user.manager", "user.status", "form.reason", "step",
		"initiator.id", "form.total.currency", strconv.Quote(w.one(someTexts...)))
	if depth <= 0 {
		return plain
	}
	switch w.n(11) {
	case 0:
		return "(" + w.text(depth-1) + " + " + w.text(depth-1) + ")"
	case 1:
		return "lower(" + w.text(depth-1) + ")"
	case 2:
		return "trim(" + w.text(depth-1) + ")"
	case 3:
		return "or_else(" + w.text(depth-1) + ", " + w.text(0) + ")"
	case 4:
		return "(" + w.cond(depth-1) + " ? " + w.text(depth-1) + " : " + w.one("null", w.text(0)) + ")"
	}
	return plain
}

func (w writer) num(depth int) string {
	plain := w.one("user.level_rank", "user.grade", "form.days", "form.total.amount", "3", "2.5", "0", "-1", "1e160")
	if depth <= 0 {
		return plain
	}
	switch w.n(9) {
	case 0, 1:
		return "(" + w.num(depth-1) + w.one(" + ", " - ", " * ", " / ") + w.num(depth-1) + ")"
	case 2:
		return "size(" + w.one(w.text(depth-1), w.list()) + ")"
	case 3:
		return "-(" + w.num(depth-1) + ")"
	case 4:
		return w.one("year", "month", "day", "weekday") + "(" + w.date(depth-1) + ")"
	case 5:
		return "days(" + w.date(depth-1) + ", " + w.date(depth-1) + ")"
	case 6:
		return "or_else(" + w.num(depth-1) + ", " + w.num(0) + ")"
	}
	return plain
}

func (w writer) date(depth int) string {
	plain := w.one("user.joined", "form.from", "today", `date("`+w.one(someDates...)+`")`, "add_days(today, -30)")
	if depth > 0 && w.n(5) == 0 {
		return "(" + w.cond(depth-1) + " ? " + w.date(0) + " : " + w.date(0) + ")"
	}
	return plain
}

func (w writer) list() string {
	return w.one("user.roles", "user.skills", "form.tags", "form.who", `["HR", "IT"]`, "form.items.map(r, r.what)")
}

func (w writer) cond(depth int) string {
	deeper := max(depth-1, 0)
	top := 11
	if depth <= 0 {
		top = 7
	}
	rel := w.one("==", "!=", "<", "<=", ">", ">=")
	switch w.n(top) {
	case 0:
		return w.text(deeper) + " " + rel + " " + w.text(deeper)
	case 1:
		return w.num(deeper) + " " + rel + " " + w.num(deeper)
	case 2:
		return w.date(deeper) + " " + rel + " " + w.date(deeper)
	case 3:
		return w.text(deeper) + "." + w.one("startsWith", "endsWith", "contains") + "(" + w.text(deeper) + ")"
	case 4:
		return w.one("user.flag", "user.flag == true", "user.flag == form.urgent", "user.department == null", "user.grade != null",
			"user.joined == null", "form.urgent", "form.reason == null", "user.manager == initiator.id", "user.id != initiator.id",
			"user.status == \"active\"", "user.level_rank >= 2")
	case 5:
		return w.text(deeper) + " in " + w.list()
	case 6:
		return w.text(deeper) + " in [" + w.text(0) + ", " + w.text(0) + "]"
	case 7:
		return w.num(deeper) + " in [1, " + w.num(0) + "]"
	case 8:
		return "!(" + w.cond(depth-1) + ")"
	case 9:
		return "(" + w.cond(depth-1) + " ? " + w.cond(depth-1) + " : " + w.cond(depth-1) + ")"
	case 10:
		return "((" + w.cond(depth-1) + ") " + w.one("==", "!=") + " (" + w.cond(depth-1) + "))"
	}
	return "(" + w.cond(depth-1) + w.one(" && ", " || ") + w.cond(depth-1) + ")"
}

func (w writer) input(ids []string) rule.Input {
	in := rule.Input{
		Step: "HR", Today: "2026-02-01", Now: time.Date(2026, 2, 1, 9, 0, 0, 0, time.UTC),
		Initiator: map[string]any{"id": ids[3], "department": "HR"},
		Form: map[string]any{
			"days": 3.0, "from": "2026-01-01", "urgent": true, "reason": "HR", "tags": []any{"HR", "a_b", "approver"}, "who": []any{ids[1], ids[2], "x"},
			"total": map[string]any{"amount": "2.50", "currency": "HR"}, "items": []any{map[string]any{"n": 1.0, "what": "IT"}, map[string]any{}},
		},
	}
	if w.n(1) == 0 {
		in.Form, in.Initiator = nil, nil
	}
	return in
}

// tooMuch are the refusals a random rule may meet.
var tooMuch = regexp.MustCompile("longer than|nested too deeply|may take too long")

// Ensure a rule that searches people finds in PostgreSQL exactly the people for
// whom it is true in CEL, whatever the rule and however spoilt the records.
func TestSearchAgreesWithEvaluation(t *testing.T) {
	c := connect(t)
	users, ids := settle(t, c)
	env := peopleEnv(t)
	for name, value := range map[string]string{"rapid.checks": strconv.Itoa(*randomRules), "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	translated, refused, found := 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		w := writer{rt}
		text := w.cond(3)
		r, problems := env.Compile(rule.CEL(text), rule.Place{Gives: rule.Bool, About: rule.People})
		if problems != nil {
			if tooMuch.MatchString(problems[0].Message) {
				return
			}
			rt.Fatalf("%s: %v", text, problems)
		}
		in := w.input(ids)
		cond, args, err := r.Where(in, 1)
		if shape := r.CheckSQL(); shape != nil || err != nil {
			if shape == nil {
				rt.Fatalf("%s: CheckSQL accepts what Where refuses: %v", text, err)
			}
			refused++
			return
		}
		got := search(rt, c, cond, args)
		want := matching(r, in, users)
		if !slices.Equal(got, want) {
			rt.Fatalf("%s\n%s %v\nSQL %v\nCEL %v", text, cond, args, got, want)
		}
		translated++
		found += len(got)
	})
	t.Logf("%d rules agree on %d people (%d matches), %d refused", translated, len(users), found, refused)
	if translated < *randomRules/2 {
		t.Errorf("only %d of %d rules could be compared", translated, *randomRules)
	}
}

func search(t rapid.TB, c *pgx.Conn, cond string, args []any) []string {
	rows, err := c.Query(context.Background(), "SELECT name FROM people u WHERE "+cond+" ORDER BY id", args...)
	if err != nil {
		t.Fatalf("%s: %v", cond, err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatalf("%s %v: %v", cond, args, err)
	}
	return names
}

func matching(r *rule.Rule, in rule.Input, users []map[string]any) []string {
	out := []string{}
	for _, u := range users {
		in.User = u
		if ok, err := r.Bool(in); ok && err == nil {
			out = append(out, u["name"].(string))
		}
	}
	return out
}

// Ensure lower() gives the same letters in Go and in PostgreSQL.
func TestLowerAgreesWithPostgreSQL(t *testing.T) {
	c := connect(t)
	env := peopleEnv(t)
	r, problems := env.Compile(rule.CEL(`lower(user.city) == user.department`), rule.Place{Gives: rule.Bool, About: rule.People})
	if problems != nil {
		t.Fatal(problems)
	}
	cond, args, err := r.Where(rule.Input{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	low, _ := env.Compile(rule.CEL(`lower(form.reason)`), rule.Place{})
	batch := &pgx.Batch{}
	var letters []string
	for ch := rune(1); ch < 0x3000; ch++ {
		v, err := low.Value(rule.Input{Form: map[string]any{"reason": string(ch)}})
		if err != nil {
			t.Fatal(err)
		}
		letters = append(letters, string(ch))
		batch.Queue("INSERT INTO people (id, city, department) VALUES (gen_random_uuid(), $1, $2)", string(ch), v)
	}
	ctx := context.Background()
	if err := c.SendBatch(ctx, batch).Close(); err != nil {
		t.Fatal(err)
	}
	rows, err := c.Query(ctx, "SELECT city FROM people u WHERE NOT "+cond, args...)
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for _, ch := range wrong {
		t.Errorf("lower(%q U+%04X) differs", ch, []rune(ch)[0])
	}
	if len(letters) < 12000 {
		t.Fatal("too few letters")
	}
}

// Ensure deep rules stay small as SQL and quick to plan.
func TestSearchOfDeepRulesStaysSmall(t *testing.T) {
	c := connect(t)
	env := peopleEnv(t)
	for name, text := range map[string]string{
		"arithmetic": strings.Repeat("(1 + ", 15) + "user.grade" + strings.Repeat(" * user.grade)", 15) + " > 1",
		"equality":   strings.Repeat("((user.flag == ", 9) + "(user.grade > 1)" + strings.Repeat(") == (user.grade < 2))", 9),
		"endsWith":   "user.city.endsWith(" + strings.Repeat("(user.nick + ", 15) + "user.city" + strings.Repeat(")", 16),
		"or":         "user.grade == 0" + strings.Repeat(" || user.grade == 1 && user.city == \"x\"", 45),
	} {
		r, problems := env.Compile(rule.CEL(text), rule.Place{Gives: rule.Bool, About: rule.People})
		if problems != nil {
			t.Fatalf("%s: %v", name, problems)
		}
		cond, args, err := r.Where(rule.Input{}, 1)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(cond) > 60*len(text) {
			t.Errorf("%s: %d characters of SQL for %d of CEL", name, len(cond), len(text))
		}
		start := time.Now()
		search(t, c, cond, args)
		if d := time.Since(start); d > 2*time.Second {
			t.Errorf("%s: took %v", name, d)
		}
	}
}

// Ensure an index on the bare column can serve the usual candidate rule.
func TestSearchUsesIndexes(t *testing.T) {
	c := connect(t)
	settle(t, c)
	ctx := context.Background()
	_, err := c.Exec(ctx, "CREATE INDEX ON people (department); CREATE INDEX ON people (manager_id); SET enable_seqscan = off; ANALYZE people")
	if err != nil {
		t.Fatal(err)
	}
	env := peopleEnv(t)
	in := rule.Input{Initiator: map[string]any{"id": "0190a000-0000-7000-8000-000000000001"}, Form: map[string]any{"tags": []any{"HR"}}}
	for text, index := range map[string]string{
		`user.department == "HR" && user.status == "active"`: "people_department_idx",
		`user.department in form.tags`:                       "people_department_idx",
		`user.manager == initiator.id`:                       "people_manager_id_idx",
		`user.id == initiator.id`:                            "people_pkey",
	} {
		r, problems := env.Compile(rule.CEL(text), rule.Place{Gives: rule.Bool, About: rule.People})
		if problems != nil {
			t.Fatal(problems)
		}
		cond, args, err := r.Where(in, 1)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := c.Query(ctx, "EXPLAIN SELECT name FROM people u WHERE "+cond, args...)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.Join(plan, "\n"), index) {
			t.Errorf("%s does not use %s:\n%s", text, index, strings.Join(plan, "\n"))
		}
	}
}
