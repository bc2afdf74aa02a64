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
