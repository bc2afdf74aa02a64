package rule_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/rule"
)

// Ensure a rule without a result says what was empty or wrong, as an Invalid fault.
func TestFailureSaysWhy(t *testing.T) {
	env := formEnv(t)
	for _, c := range []struct {
		rule string
		form map[string]any
		want string
	}{
		{"form.days > 3", nil, "invalid: The rule form.days > 3 has no result: form.days is empty."},
		{"form.days > form.total.amount", nil, "invalid: The rule form.days > form.total.amount has no result: form.days, form.total are empty."},
		{"form.urgent", nil, "invalid: The rule form.urgent has no result: form.urgent is empty."},
		{"form.days > 3", map[string]any{"days": "4"}, "invalid: The rule form.days > 3 has no result: form.days is not a number."},
		{"form.days / 0 > 1", map[string]any{"days": 1}, "invalid: The rule form.days / 0 > 1 has no result: division by zero."},
		{"form.items.exists(r, r.n > 1)", map[string]any{"items": []any{map[string]any{}}}, "invalid: The rule form.items.exists(r, r.n > 1) has no result: a value in it is empty."},
		{"form.items.exists(r, r.n > 1)", map[string]any{"items": []any{map[string]any{"n": "x"}}}, "invalid: The rule form.items.exists(r, r.n > 1) has no result: form.items[0].n is not a number."},
		{"form.items.exists(r, r.n > 1)", map[string]any{"items": []any{5}}, "invalid: The rule form.items.exists(r, r.n > 1) has no result: form.items is not a table."},
		{"form.total.amount > 1", map[string]any{"total": map[string]any{"amount": "1,5"}}, "invalid: The rule form.total.amount > 1 has no result: form.total.amount is not a decimal text."},
		{"form.leave.from == null", map[string]any{"leave": "2026"}, "invalid: The rule form.leave.from == null has no result: form.leave is not a range of dates."},
		{`form.from == null`, map[string]any{"from": "2026-02-30"}, "invalid: The rule form.from == null has no result: form.from is not a date."},
	} {
		r, problems := env.Compile(rule.CEL(c.rule), boolean)
		if problems != nil {
			t.Fatal(problems)
		}
		ok, err := r.Bool(rule.Input{Form: c.form})
		if ok || err == nil || err.Error() != c.want {
			t.Errorf("%s\n got %v %v\nwant %s", c.rule, ok, err, c.want)
		}
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v is no Invalid fault", c.rule, err)
		}
	}
}

// Ensure a rule names what it reads.
func TestRefs(t *testing.T) {
	env := formEnv(t)
	for text, want := range map[string]string{
		"true": "",
		`form.days > 3 && user.department == "HR" && initiator.level == "M5" && form.days < 9`: "form.days initiator.level user.department",
		`sum(form.items, "cost") > form.total.amount`:                                          "form.items form.total",
		`form.items.exists(r, r.n > form.days) || step == "x" || today > form.leave.from`:      "form.days form.items form.leave step today",
		`form.tags.map(t, t + form.reason).size() > 1`:                                         "form.reason form.tags",
		`prev.kind == "reject" && run.round > 1 && org.slug == "a" && now > run.started_at`:    "now org.slug prev.kind run.round run.started_at",
	} {
		r, problems := env.Compile(rule.CEL(text), rule.Place{Gives: rule.Bool, About: rule.People})
		if problems != nil {
			t.Errorf("%s: %v", text, problems)
			continue
		}
		if got := strings.Join(r.Refs(), " "); got != want {
			t.Errorf("%s reads %q, want %q", text, got, want)
		}
		if r.Source() != text {
			t.Errorf("source %q", r.Source())
		}
	}
}

// Ensure names and kinds that rules cannot work with are refused by name.
func TestNewEnvRefuses(t *testing.T) {
	text := rule.Type{Kind: rule.Text}
	for want, scope := range map[string]rule.Scope{
		`form: "in" cannot be a name`:              {Form: rule.Schema{"in": text}},
		`form: "a b" cannot be a name`:             {Form: rule.Schema{"a b": text}},
		`form: "a'" cannot be a name`:              {Form: rule.Schema{"a'": text}},
		`form: "ä" cannot be a name`:               {Form: rule.Schema{"ä": text}},
		`form: "__proto__" cannot be a name`:       {Form: rule.Schema{"__proto__": text}},
		`form: "" cannot be a name`:                {Form: rule.Schema{"": text}},
		`form.x: a variable here cannot be of kin`: {Form: rule.Schema{"x": {Kind: "file"}}},
		`form.t.y: a variable here cannot be of k`: {Form: rule.Schema{"t": {Kind: rule.Rows, Columns: rule.Schema{"y": {Kind: rule.Rows}}}}},
		`user.x: a variable here cannot be of kin`: {User: rule.Schema{"x": {Kind: rule.Money}}},
		`user.name: every person has this attribu`: {User: rule.Schema{"name": text}},
		`params: "if" cannot be a name`:            {Params: rule.Schema{"if": text}},
		`context: "1a" cannot be a name`:           {Context: rule.Schema{"1a": text}},
	} {
		if _, err := rule.NewEnv(scope); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// Ensure an Env remembers rules by source and place, and serves many at once.
func TestCompileRemembers(t *testing.T) {
	env := formEnv(t)
	a, _ := env.Compile(rule.CEL("form.days > 3"), boolean)
	b, _ := env.Compile(rule.CEL("form.days > 3"), boolean)
	if a == nil || a != b {
		t.Error("the same rule was compiled twice")
	}
	if _, problems := env.Compile(rule.CEL("form.days > 3"), rule.Place{Gives: rule.Number}); problems == nil {
		t.Error("a condition was taken for a number")
	}
	people, problems := env.Compile(rule.CEL(`user.department == "HR" && user.grade + 1 > form.days`), rule.Place{Gives: rule.Bool, About: rule.People})
	if problems != nil {
		t.Fatal(problems)
	}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 300 { // more rules than are remembered
				r, problems := env.Compile(rule.CEL(fmt.Sprintf("form.days > %d", i*300+j)), boolean)
				if problems != nil {
					t.Error(problems)
					return
				}
				if ok, err := r.Bool(rule.Input{Form: map[string]any{"days": 1e6}}); !ok || err != nil {
					t.Error(ok, err)
				}
			}
			if _, _, err := people.Where(rule.Input{}, 1); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// Ensure parameters are numbered from where the caller says, without gaps, and
// no text of a rule or of a value is in the statement.
func TestWhereParameters(t *testing.T) {
	env := peopleEnv(t)
	r, problems := env.Compile(rule.CEL(`user.department == "it's" && user.city in form.tags && (user.level_rank > form.days || form.urgent)`), rule.Place{Gives: rule.Bool, About: rule.People})
	if problems != nil {
		t.Fatal(problems)
	}
	in := rule.Input{Form: map[string]any{"days": 2.0, "tags": []any{"'; DROP TABLE users; --"}, "urgent": false}}
	cond, args, err := r.Where(in, 4)
	if err != nil {
		t.Fatal(err)
	}
	want := "(((u.department = $4::text) AND (u.city = ANY ($5::text[]))) AND ((u.level_rank > $6::float8) OR false))"
	if cond != want || len(args) != 3 || args[0] != "it's" || !slices.Equal(args[1].([]string), []string{"'; DROP TABLE users; --"}) || args[2] != 2.0 {
		t.Errorf("%s %v", cond, args)
	}
	cond, args, err = r.Where(rule.Input{Form: map[string]any{"tags": []any{"a\x00"}}}, 1)
	if err != nil || strings.Contains(cond, "\x00") || len(args) != 2 {
		t.Errorf("%s %v %v", cond, args, err)
	}
}

// Ensure the currencies' decimals follow ISO 4217.
func TestMinorUnits(t *testing.T) {
	for code, want := range map[string]int{"EUR": 2, "INR": 2, "JPY": 0, "KWD": 3, "CLF": 4, "ZZZ": 2} {
		if got, ok := rule.MinorUnits(code); !ok || got != want {
			t.Errorf("%s: %d %v", code, got, ok)
		}
	}
	for _, code := range []string{"", "eur", "EU", "EURO", "E R", "€€€"} {
		if _, ok := rule.MinorUnits(code); ok {
			t.Errorf("%q is taken for a currency", code)
		}
	}
}
