package rule_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/rule"
)

func formEnv(t testing.TB) *rule.Env {
	t.Helper()
	e, err := rule.NewEnv(rule.Scope{
		Form: rule.Schema{
			"days": {Kind: rule.Number}, "reason": {Kind: rule.Text}, "from": {Kind: rule.Date}, "to": {Kind: rule.Date},
			"urgent": {Kind: rule.Bool}, "tags": {Kind: rule.List}, "total": {Kind: rule.Money}, "leave": {Kind: rule.Range},
			"at":    {Kind: rule.Timestamp},
			"items": {Kind: rule.Rows, Columns: rule.Schema{"cost": {Kind: rule.Money}, "n": {Kind: rule.Number}, "name": {Kind: rule.Text}}},
		},
		User: rule.Schema{"grade": {Kind: rule.Number}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

var boolean = rule.Place{Gives: rule.Bool}

func show(ps fault.Problems) string {
	var out []string
	for _, p := range ps {
		out = append(out, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Message))
	}
	return strings.Join(out, " | ")
}

// refusals are rules that may not be published, with the position and the
// sentence their author sees.
var refusals = []struct{ rule, want string }{
	{"form.dayz > 3", "1:5 There is no variable dayz here; did you mean days?"},
	{"form.days > 3 &&\n  form.reson == \"x\"", "2:7 There is no variable reson here; did you mean reason?"},
	{
		"form.dayz > 3 || usr.name == \"x\" || form.from > \"2026-01-01\"",
		`1:5 There is no variable dayz here; did you mean days? | 1:18 Nothing here is called usr. | 1:47 A date and a text cannot be compared; write a date as date("2026-01-31").`,
	},
	{`form.days == "3"`, "1:11 A number and a text cannot be compared."},
	{"form.days", "1:5 The rule gives a number, it has to be true or false."},
	{`user.department == "HR"`, "1:1 Here nobody is being considered, so there is no user; use initiator or assignee."},
	{"form.days = 3", "1:11 Write == to compare."},
	{"form.days == 3 and form.urgent", "1:16 Write && for and."},
	{"form.days > 3 & form.urgent", "1:15 Write && for and."},
	{`"abc`, "1:1 The text that begins here is not closed."},
	{"form.days >", "1:12 The rule cannot be read from the end on."},
	{"", "1:1 The rule is empty."},
	{" \n ", "1:1 The rule is empty."},
	{"(form.days > 3", "1:15 Something is missing before the end: )."},
	{"form.days > 3)", "1:14 The rule cannot be read from ) on."},
	{"form.days > 3 form.urgent", "1:15 The rule cannot be read from form on."},
	{"form.from > now", "1:11 A date and a moment cannot be compared; use today for the date of now."},
	{`date("2026-02-30") > today`, `1:6 "2026-02-30" is not a date; write it as "2026-01-31".`},
	{`timestamp("x") < now`, `1:11 This is not a moment; write it as "2026-01-31T09:00:00Z".`},
	{"form == null", "1:1 form cannot be used as one value here; name one of its variables, such as form.at."},
	{"form.total == null", "1:5 A money cannot be used as one value here; use its .amount or .currency."},
	{"form.total > 3", "1:12 A money (use its .amount) and a number cannot be compared."},
	{"form.leave == null", "1:5 A range of dates cannot be used as one value here; use its .from or .to."},
	{"form.items == null", "1:12 A table and an empty value cannot be compared; write size(x) == 0 for an empty one."},
	{"form.items[0].n == 1", "1:11 An entry of a list cannot be picked by its number; use exists, all, filter or sum."},
	{"has(form.days)", "1:4 Write form.x != null instead of has(form.x)."},
	{"form.days % 2 == 1", "1:11 There is no remainder operator."},
	{"1u == 1", "1:1 Write the number without u."},
	{`b"x" == "x"`, "1:1 Write the text without b before it."},
	{`{"a": 1} == {"a": 1}`, "1:1 A rule cannot make an object with {}. | 1:13 A rule cannot make an object with {}."},
	{`form.tags == ["a", 1]`, "1:20 Here stands a number, it has to be a text."},
	{"form.tags + form.tags == form.tags", "1:11 Lists cannot be joined with +."},
	{`"a" in form.reason`, "1:5 A text cannot be looked for in a text."},
	{"form.days in []", "1:14 Nothing is in an empty list."},
	{"days(form.from) > 1", "1:5 days is used as days(date, date); here it got a date."},
	{"days(form.from, form.days) > 1", "1:5 days is used as days(date, date); here it got a date and a number."},
	{`sum(form.items, "x") > 1`, `1:17 The table has no column "x"; it has cost, n, name.`},
	{`sum(form.items, "name") > 1`, `1:17 The column "name" holds a text; only numbers and money can be summed.`},
	{"sum(form.items, form.reason) > 1", `1:21 Write the name of the column as a text, such as sum(form.items, "cost").`},
	{`sum(form.tags, "n") > 1`, "1:9 sum() takes the rows of a table and the name of a column."},
	{`form.reason.matches("(")`, "1:21 The pattern is not valid: missing closing ): (."},
	{"form.reason.matches(form.reason)", "1:25 Write the pattern of matches() as a text; it cannot come from a variable."},
	{`form.reason.matches("(?i)a")`, "1:21 The pattern uses (?…): only (?:…) is allowed."},
	{`form.reason.matches("(?:a{500}){500}")`, "1:21 The pattern is not valid: invalid repeat count: {500}."},
	{`form.reason.matches("a{600}")`, "1:21 The pattern is too large: repeat less."},
	{`form.reason.matches("\\z")`, `1:21 The pattern uses \z, which is not part of the language.`},
	{`form.reason.matches("]")`, `1:21 The pattern has a ] that closes nothing: write \].`},
	{`form.reason.matches("{")`, `1:21 The pattern has a { that repeats nothing: write \{.`},
	{`form.reason.matches("[]a]")`, `1:21 The pattern has a ] at the beginning of [ ]: write \].`},
	{`form.reason.matches("[[]")`, `1:21 The pattern has a [ inside [ ]: write \[.`},
	{`form.reason.matches("a\\")`, `1:21 The pattern ends with a \.`},
	{"form.days.size() > 1", "1:15 size is used as size(text or list); here it got a number."},
	{"form.days.x == 1", "1:10 A number has no parts to pick with a dot."},
	{"form.days.exists(x, x > 1)", "1:5 exists, all, map and filter go over a list or a table, here stands a number."},
	{"form.tags.exists(step, true)", "1:17 Choose another name than step for the entries, it is a variable already."},
	{"form.tags.exists(1, true)", "1:18 Here has to stand a name for the entries, such as x."},
	{"form.items.all(x, form.items.all(y, x.n == y.n))", "1:33 exists, all, map and filter cannot stand inside each other."},
	{"form.days ? true : false", "1:11 A condition has to stand before the ?, not a number."},
	{`form.urgent ? 1 : "a"`, "1:13 The two sides of the choice are a number and a text; they have to be of one kind."},
	{"!form.days", "1:1 A condition has to stand here, not a number."},
	{"form.urgent && form.days", "1:20 Here stands a number, it has to be true or false."},
	{"nosuch(form.days)", "1:7 Nothing here is called nosuch."},
	{"int(form.days) == 1", "1:4 There is one kind of number; leave int() away."},
	{"now - form.from", "1:5 The operator - cannot be used on a moment and a date."},
	{"null", "1:1 The rule gives an empty value, it has to be true or false."},
	{"true == 1", "1:6 True or false and a number cannot be compared."},
	{"if == 1", "1:1 if is a reserved word."},
	{"9007199254740993 == 1", "1:1 The number 9007199254740993 is too large to be exact."},
	{"99999999999999999999 == 1", "1:1 This number is too large to be exact."},
	{"1e999 == 1", "1:1 This number is too large."},
	{`form.reason == "\u0000"`, "1:16 A text cannot contain the character U+0000."},
	{`form.reason == "\q"`, `1:16 The text that begins here is not closed, or has a \ that belongs to nothing; write \\ for one \.`},
	{"form.?days == 1", "1:5 Unsupported syntax '.?'."},
	{"form.days == 3;", "1:15 The character ; cannot stand here."},
	{`"ä" == "😀" && form.dayz == 1`, "1:19 There is no variable dayz here; did you mean days?"},
	{"form.items.exists(r, r.m > 1)", "1:23 There is no variable m here."},
	{"form.items.exists(r, r == r)", "1:22 r cannot be used as one value here; name one of its variables, such as r.cost. | 1:27 r cannot be used as one value here; name one of its variables, such as r.cost."},
	{"form.tags.exists(t, t.contains(form.reason))", "1:1 The rule may take too long (2098603 steps, the limit is 1000000): make it simpler, or go over a list fewer times."},
	{strings.Repeat("(", 200), "1:1 The rule is nested too deeply."},
	{strings.Repeat("a", 3000), "1:1 The rule is longer than 2048 characters."},
}

// Ensure a wrong rule is refused with every problem, where it stands and what to do.
func TestCompileRefuses(t *testing.T) {
	env := formEnv(t)
	for _, c := range refusals {
		r, problems := env.Compile(rule.CEL(c.rule), boolean)
		if r != nil || show(problems) != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.rule, show(problems), c.want)
		}
	}
}

// Ensure a rule gives the kind its place needs.
func TestCompileChecksResult(t *testing.T) {
	env := formEnv(t)
	for _, c := range []struct {
		rule  string
		gives rule.Kind
		want  string
	}{
		{"form.days + 1", rule.Number, ""},
		{"null", rule.Number, ""},
		{"form.urgent ? form.days : null", rule.Number, ""},
		{"form.reason", rule.Text, ""},
		{"form.from", rule.Date, ""},
		{"now", rule.Timestamp, ""},
		{"form.tags", rule.List, ""},
		{"form.tags.map(x, upper(x))", rule.List, ""},
		{"form.total", rule.Money, ""},
		{`money(1, "EUR")`, rule.Money, ""},
		{"form.leave", rule.Range, ""},
		{"form.items.filter(r, r.n > 1)", rule.Rows, ""},
		{"[1, 2]", "", ""},
		{"[1, 2]", rule.List, "1:1 The rule gives a list, it has to give a list of texts."},
		{"form.days", rule.Text, "1:5 The rule gives a number, it has to give a text."},
		{"now", rule.Date, "1:1 The rule gives a moment, it has to give a date."},
		{"form.total.amount", rule.Money, "1:11 The rule gives a number, it has to give a money."},
		{"form", "", "1:1 form cannot be used as one value here; name one of its variables, such as form.at."},
		{"prev", "", "1:1 prev cannot be used as one value here; name one of its variables, such as prev.kind."},
	} {
		_, problems := env.Compile(rule.CEL(c.rule), rule.Place{Gives: c.gives})
		if show(problems) != c.want {
			t.Errorf("%s for %s: %s, want %s", c.rule, c.gives, show(problems), c.want)
		}
	}
}

// Ensure a rule that cannot search people says which part.
func TestCheckSQLSaysWhy(t *testing.T) {
	env := peopleEnv(t)
	for text, want := range map[string]string{
		`user.roles.exists(r, r == "x")`:            "exists, all, map and filter cannot go over people's attributes in a rule that searches people; write \"x\" in user.roles",
		`user.city.matches("^a")`:                   "matches() cannot be used on attributes of user in a rule that searches people",
		`upper(user.city) == "A"`:                   "upper() cannot be used on attributes of user in a rule that searches people",
		`round(user.grade) == 1`:                    "round() cannot be used on attributes of user in a rule that searches people",
		`add_days(user.joined, 1) > today`:          "add_days() cannot be used on attributes of user in a rule that searches people",
		`user.roles == ["a"]`:                       "lists cannot be compared in a rule that searches people; use in",
		`size([user.city]) == 1`:                    "a list with attributes of user can only stand after in, in a rule that searches people",
		`or_else(user.city, user.city + "x") == ""`: "or_else takes an attribute and a plain value in a rule that searches people",
	} {
		r, problems := env.Compile(rule.CEL(text), rule.Place{Gives: rule.Bool, About: rule.People})
		if problems != nil {
			t.Errorf("%s: %v", text, problems)
			continue
		}
		err := r.CheckSQL()
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
		if _, _, err := r.Where(rule.Input{}, 1); err == nil || err.Error() != want {
			t.Errorf("%s: Where answers %v, want %s", text, err, want)
		}
	}
}
