package rule_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/handstamp/handstamp/internal/core/rule"
)

// hostile rules try to take time or memory, when they are written or when they run.
func hostile() map[string]string {
	repeat := func(s string, n int) string { return strings.Repeat(s, n) }
	return map[string]string{
		"open parentheses":     repeat("(", 2000),
		"nested parentheses":   repeat("(", 1000) + "1" + repeat(")", 1000),
		"open brackets":        repeat("[", 2000),
		"nested lists":         repeat("[", 900) + "1" + repeat("]", 900) + " == null",
		"open braces":          repeat("{", 2000),
		"nested maps":          repeat(`{"a":`, 300) + "1" + repeat("}", 300),
		"negations":            repeat("!", 2000) + "true",
		"minus":                repeat("-", 2000) + "1",
		"selects":              "form" + repeat(".a", 1000),
		"indexes":              "form.items" + repeat("[0]", 600),
		"conditionals":         repeat("true ? 1 : ", 180) + "1",
		"open conditionals":    repeat("true ? ", 290),
		"or chain":             "true" + repeat(" || true", 250),
		"and chain of errors":  "1/0 > 1" + repeat(" && 1/0>1", 200),
		"plus chain":           "1" + repeat("+1", 1000),
		"text chain":           "form.reason" + repeat("+form.reason", 160) + ` == "x"`,
		"long literal":         `"` + repeat("x", 2040) + `" == ""`,
		"too long":             repeat("1+", 100_000) + "1",
		"deep and long":        repeat("(1+", 100_000),
		"many words":           repeat("a ", 1000),
		"many quotes":          repeat(`"`, 2047),
		"backslashes":          `"` + repeat(`\`, 2000),
		"bad characters":       repeat("\x00\x01@#", 500),
		"invalid UTF-8":        repeat("\xff\xfe", 1000),
		"wide characters":      repeat("😀", 2000),
		"comments":             repeat("//\n", 680) + "true",
		"calls":                repeat("round(", 300) + "1" + repeat(")", 300),
		"unknown names":        "a" + repeat("&&b1", 500),
		"wrong types":          `form.days == "x"` + repeat(` && form.days=="x"`, 110),
		"list literal":         "[" + repeat("1,", 1000) + "1].exists(x, x == 2)",
		"nested exists":        "form.items.exists(a, " + repeat("form.items.exists(b, ", 20) + "true" + repeat(")", 21),
		"exists beside exists": "form.items.all(a, a.n != 1)" + repeat("&&form.items.all(a,a.n!=1)", 75),
		"list of lists":        "form.tags.map(a, form.tags).map(b, form.tags).map(c, form.tags).size() > 1",
		"growing list":         "form.tags.map(a, [a,a,a,a,a,a,a,a]).map(b, [b,b,b,b,b,b,b,b]).map(c, [c,c,c,c]).size() > 1",
		"growing text":         "form.tags.map(a, a+a+a+a+a+a+a+a).map(b, b+b+b+b+b+b+b+b).map(c, c+c+c+c+c+c+c+c).map(d, d+d+d+d+d+d+d+d).map(e, e+e+e+e+e+e+e+e).size() > 1",
		"contains on contains": "form.tags.all(t, form.reason.contains(t))" + repeat(" && form.reason.contains(form.reason)", 40),
		"pattern repeat":       `form.reason.matches("(?:(?:a{1,30}){1,30})*$")`,
		"pattern alternatives": `form.reason.matches("^(` + repeat("a|", 90) + `a)*$")`,
		"pattern classes":      `form.reason.matches("` + repeat(`\\p{L}{20}`, 20) + `")`,
		"pattern backtracking": `form.reason.matches("^(a+)+$")`,
		"pattern on a table":   `form.items.all(r, r.name.matches("(?:a?){100}a{100}"))`,
		"many patterns":        `true` + repeat(` && form.reason.matches("(a?){60}a{60}")`, 45),
		"sum of sums":          "sum(form.items,\"n\")" + repeat(`+sum(form.items,"n")`, 95) + " > 1",
		"sums in a table":      `form.items.all(r, sum(form.items, "n") > 0 && sum(form.items, "n") > 1)`,
		"sorted dates":         "form.items.all(r, workdays(date(\"0001-01-01\"), date(\"9999-12-31\")) > 1)",
		"large powers":         "1e150" + repeat("*1e150", 200) + " > 1",
		"rounding":             "round(1e150, 10)" + repeat("+round(1e-150, 10)", 90) + " > 1",
		"money":                `money(1e15, "KWD").amount` + repeat(`+money(1e-150, "KWD").amount`, 60) + " > 1",
	}
}

// hostileInput has values as large as anybody can send: the assumed sizes, and far
// beyond.
func hostileInput(size, items int) rule.Input {
	text := strings.Repeat("a", size)
	var rows, tags []any
	for range items {
		rows = append(rows, map[string]any{"n": 1e300, "name": text, "cost": map[string]any{"amount": strings.Repeat("9", 32), "currency": "EUR"}})
		tags = append(tags, text)
	}
	return rule.Input{Form: map[string]any{"days": 5.0, "reason": text, "items": rows, "tags": tags, "urgent": true}}
}

// Ensure no rule takes more than 200 ms or 64 MiB, when it is written or when it
// runs, whatever the values are.
func TestHostileRules(t *testing.T) {
	env := formEnv(t)
	inputs := []rule.Input{{}, hostileInput(4096, 200), hostileInput(100_000, 500)}
	compiled := 0
	for name, text := range hostile() {
		var r *rule.Rule
		watch(t, name+" when written", func() {
			var problems any
			r, problems = compileAny(env, text)
			if r == nil && problems == nil {
				t.Errorf("%s: neither a rule nor a problem", name)
			}
		})
		if r == nil {
			continue
		}
		compiled++
		for i, in := range inputs {
			watch(t, fmt.Sprintf("%s with input %d", name, i), func() { _, _ = r.Value(in) })
		}
	}
	if compiled == 0 || compiled == len(hostile()) {
		t.Errorf("%d of %d rules were accepted; the corpus has lost its point", compiled, len(hostile()))
	}
}

func compileAny(env *rule.Env, text string) (*rule.Rule, any) {
	r, problems := env.Compile(rule.CEL(text), rule.Place{})
	if len(problems) > 0 {
		return nil, problems
	}
	return r, nil
}

// watch fails when f is slow or allocates much, each time of several: a machine may
// be busy with something else.
func watch(t *testing.T, what string, f func()) {
	t.Helper()
	const slow, much = slack * 200 * time.Millisecond, 64 << 20
	var took time.Duration
	for range 6 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		f()
		took = time.Since(start)
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > much {
			t.Errorf("%s allocates %d MiB", what, used>>20)
		}
		if took <= slow {
			return
		}
	}
	t.Errorf("%s takes %v", what, took)
}

// Ensure values beyond the assumed sizes end a rule with a sentence, not with time.
func TestCostLimitWhileEvaluating(t *testing.T) {
	env := formEnv(t)
	r, problems := env.Compile(rule.CEL(`form.tags.all(t, t.contains("b") || t.matches("^[a-z]+$"))`), boolean)
	if problems != nil {
		t.Fatal(problems)
	}
	_, err := r.Bool(hostileInput(100_000, 5000))
	if err == nil || !strings.Contains(err.Error(), "the values are too large for it") {
		t.Errorf("got %v", err)
	}
}
