package rule_test

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/handstamp/handstamp/internal/core/rule"
)

func source(t testing.TB, text string) rule.Source {
	t.Helper()
	var s rule.Source
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return s
}

func row(field, operator string, value any, more ...string) string {
	m := map[string]any{"field": field, "operator": operator, "value": value}
	if len(more) > 0 {
		m["valueSource"] = more[0]
	}
	b, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func rows(items ...string) string {
	return `{"rows": {"combinator": "and", "rules": [` + strings.Join(items, ", ") + `]}}`
}

// rowsCorpus is testdata/rows.json, which the browser's row editor is held against
// as well: the operators, the variables of formEnv, and the CEL that rows mean.
type rowsCorpus struct {
	Operators map[string]rule.RowOperator `json:"operators"`
	Variables map[string]rule.Kind        `json:"variables"`
	Cases     []struct {
		Source rule.Source `json:"source"`
		CEL    string      `json:"cel"`
	} `json:"cases"`
}

func readRows(t testing.TB) (c rowsCorpus) {
	t.Helper()
	b, err := os.ReadFile("testdata/rows.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// Ensure the browser offers the operators and the variables that there are.
func TestRowsCorpusIsWhole(t *testing.T) {
	c := readRows(t)
	if got := rule.RowOperators(); !reflect.DeepEqual(got, c.Operators) {
		t.Errorf("operators\n got %v\nwant %v", c.Operators, got)
	}
	if got := formEnv(t).EveryVariable(); !reflect.DeepEqual(got, c.Variables) {
		t.Errorf("variables\n got %v\nwant %v", c.Variables, got)
	}
	proved := map[string]bool{}
	for _, x := range c.Cases {
		for _, i := range x.Source.Rows.Rules {
			if i.Row != nil {
				proved[i.Row.Operator+" "+string(c.Variables[i.Row.Field])] = true
			}
		}
	}
	for name, o := range c.Operators {
		for _, k := range o.Kinds {
			if !proved[name+" "+string(k)] {
				t.Errorf("no case has %s on %s", name, k)
			}
		}
	}
}

// Ensure rows are written as CEL, typed by the schema: every operator, and groups
// that join, nest and negate as the editor shows them.
func TestRowsToCEL(t *testing.T) {
	env := formEnv(t)
	for _, c := range readRows(t).Cases {
		text, err := plainJSON(c.Source)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.Source.CEL(env)
		if err != nil || got != c.CEL {
			t.Errorf("%s\n got %s %v\nwant %s", text, got, err, c.CEL)
		}
		if _, problems := env.Compile(c.Source, rule.Place{Gives: rule.Bool, About: rule.People}); problems != nil {
			t.Errorf("%s: %v", got, problems)
		}
	}
}

// Ensure rows that would grant too much, or say nothing, are refused by row.
func TestRowsRefused(t *testing.T) {
	env := formEnv(t)
	ok := row("form.days", ">", 1)
	deep := ok
	for range 12 {
		deep = `{"combinator": "and", "rules": [` + deep + `]}`
	}
	for text, want := range map[string]string{
		rows(): "rows: This group has no rows",
		rows(ok, `{"combinator": "or", "rules": []}`):                                         "row 2: This group has no rows",
		`{"rows": {"rules": [` + ok + `]}}`:                                                   `not with ""`,
		`{"rows": {"combinator": "xor", "rules": [` + ok + `]}}`:                              `not with "xor"`,
		rows(ok, row("form.dayz", "=", 1)):                                                    `row 2: There is no variable "form.dayz".`,
		rows(row("x || true || y", "=", 1)):                                                   "There is no variable",
		rows(row("form.days == 1 || form", "=", 1)):                                           "There is no variable",
		rows(row("form", "=", 1)):                                                             "There is no variable",
		rows(row("form.total", "=", 1)):                                                       "There is no variable",
		rows(row("form.total.amount.x", "=", 1)):                                              "There is no variable",
		rows(row("form.days.", "=", 1)):                                                       "There is no variable",
		rows(row("", "=", 1)):                                                                 "There is no variable",
		rows(row("form.days", "== 1 || 1", 1)):                                                "There is no operator",
		rows(row("form.days", "=", "1 || true")):                                              "The value for form.days is not a number.",
		rows(row("form.days", "=", "NaN")):                                                    "is not a number",
		rows(row("form.days", "=", "Infinity")):                                               "is not a number",
		rows(row("form.days", "=", nil)):                                                      "is not a number",
		rows(row("form.reason", "=", 5)):                                                      "is not a text",
		rows(row("form.from", "=", "2026-02-30")):                                             "is not a date",
		rows(row("form.from", "=", `2026-01-31") || true || date("2026-01-31`)):               "is not a date",
		rows(row("form.at", "=", "now")):                                                      "is not a moment",
		rows(row("form.urgent", "=", "yes")):                                                  "is not true or false",
		rows(row("form.days", "contains", "1")):                                               `form.days is a number; "contains" does not work on it.`,
		rows(row("form.items", "=", "x")):                                                     "does not work on it",
		rows(row("form.days", "between", []any{1})):                                           "takes 2 values",
		rows(row("form.days", "in", []any{})):                                                 "takes 1 to 200 values",
		rows(row("form.days", "=", "form.reason", "field")):                                   "form.days is a number and form.reason is a text.",
		rows(row("form.days", "=", "form.nope", "field")):                                     "There is no variable",
		rows(row("form.days", "=", 1, "code")):                                                `not from "code"`,
		rows(`{"field": "form.days", "operator": "=", "value": 1, "muted": true}`):            "muted",
		`{"rows": {"combinator": "and", "muted": true, "rules": [` + ok + `]}}`:               "muted",
		rows(`{"field": "form.tags", "operator": "=", "value": 1, "match": {"mode": "all"}}`): "use CEL text",
		rows(deep): "nested more than 10 deep",
		rows(strings.Split(strings.Repeat(ok+"\n", 101), "\n")[:101]...): "more than 100 rows",
		rows(row("form.nope", "=", 1), row("form.days", "=", "x")):       "row 2: The value for form.days is not a number.",
	} {
		r, problems := env.Compile(source(t, text), boolean)
		if r != nil || !strings.Contains(show(problems), want) {
			t.Errorf("%.200s\n got %s\nwant %s", text, show(problems), want)
		}
	}
}

// Ensure no value can leave its text literal, whatever it contains.
func TestRowValuesStayValues(t *testing.T) {
	env := formEnv(t)
	for _, value := range []string{
		`"`, `\`, `\\`, `\"`, `a\`, `" || true || "`, `\" || true || "`, "\n", "a\r\nb", "\t", "\x1b", "\u2028", "\u0085", "😀", "é", `'`, "`", "a\u00a0b", "\ufeff", "\U000e0001",
		`") || ("" == "`, `${x}`, "//", "/* */", strings.Repeat(`"\`, 100),
	} {
		s := source(t, rows(row("form.reason", "=", value)))
		r, problems := env.Compile(s, boolean)
		if problems != nil {
			t.Errorf("%q: %v", value, problems)
			continue
		}
		for other, want := range map[string]bool{value: true, value + "x": false, "": value == ""} {
			if got, err := r.Bool(rule.Input{Form: map[string]any{"reason": other}}); err != nil || got != want {
				t.Errorf("%s for %q = %v %v", r.Source(), other, got, err)
			}
		}
	}
	if _, problems := env.Compile(source(t, rows(row("form.reason", "=", "a\x00b"))), boolean); !strings.Contains(show(problems), "U+0000") {
		t.Errorf("NUL: %v", problems)
	}
}

func plainJSON(v any) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSpace(b.String()), err
}

// Ensure a source is written back as it was read, in JSON and in YAML.
func TestSourceRoundTrip(t *testing.T) {
	for _, text := range []string{
		`null`,
		`"form.days > 3 && user.name == \"x\""`,
		`{"rows":{"combinator":"and","id":"g-1","not":false,"rules":[{"field":"form.days","id":"r-1","operator":">","path":[0],"value":"3","valueSource":"value"},{"combinator":"or","not":true,"rules":[{"field":"a","operator":"null"},{"field":"b","operator":"null","value":null}]}]}}`,
		`{"rows":{"combinator":"or","rules":[]}}`,
	} {
		var fromJSON, fromYAML rule.Source
		if err := json.Unmarshal([]byte(text), &fromJSON); err != nil {
			t.Fatal(err)
		}
		got, err := plainJSON(fromJSON)
		if err != nil || got != text {
			t.Errorf("JSON\n got %s %v\nwant %s", got, err, text)
		}
		asYAML, err := yaml.Marshal(map[string]rule.Source{"rule": fromJSON})
		if err != nil {
			t.Fatal(err)
		}
		var doc map[string]rule.Source
		if err := yaml.Unmarshal(asYAML, &doc); err != nil {
			t.Fatalf("%s: %v", asYAML, err)
		}
		fromYAML = doc["rule"]
		if got, _ := plainJSON(fromYAML); got != text {
			t.Errorf("YAML\n got %s\nwant %s\n%s", got, text, asYAML)
		}
		if fromJSON.IsZero() != (text == "null") {
			t.Errorf("%s: IsZero = %v", text, fromJSON.IsZero())
		}
	}
}

// Ensure a YAML document reads naturally: plain text, dates in rows, anchors.
func TestSourceFromYAML(t *testing.T) {
	env := formEnv(t)
	var doc struct {
		A, B, C, D rule.Source
	}
	err := yaml.Unmarshal([]byte(`
a: form.days > 3 && form.reason == "x"
b: {rows: {combinator: and, rules: [{field: form.from, operator: "=", value: 2026-01-31}]}}
c: &c |
  form.days > 3
d: *c
`), &doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []rule.Source{doc.A, doc.B, doc.C, doc.D} {
		if _, problems := env.Compile(s, boolean); problems != nil {
			t.Errorf("%+v: %v", s, problems)
		}
	}
	out, err := yaml.Marshal(doc.B)
	if err != nil || !strings.Contains(string(out), "2026-01-31") {
		t.Errorf("%s %v", out, err)
	}
}

// Ensure a source of another shape is refused with what to write.
func TestSourceRefusesOtherShapes(t *testing.T) {
	for _, text := range []string{"true", "5", "[]", "{}", `{"Rows": {"combinator": "and", "rules": []}}`, `{"rows": null}`, `{"rows": []}`, `{"rows": {}, "x": 1}`, `{"rows": {"combinator": 5}}`, `{"rows": {"combinator": "and", "rules": ["and"]}}`, `{"rows": {"combinator": "and", "rules": [null]}}`} {
		var s rule.Source
		if err := json.Unmarshal([]byte(text), &s); err == nil {
			t.Errorf("JSON %s was accepted as %+v", text, s)
		}
		if err := yaml.Unmarshal([]byte(text), &s); err == nil {
			t.Errorf("YAML %s was accepted as %+v", text, s)
		}
	}
}

// Ensure schemas are written and read as the corpus has them.
func TestSchemaJSON(t *testing.T) {
	text := `{"items":{"kind":"rows","columns":{"n":"number"}},"n":"number"}`
	var s rule.Schema
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		t.Fatal(err)
	}
	want := rule.Schema{"n": {Kind: rule.Number}, "items": {Kind: rule.Rows, Columns: rule.Schema{"n": {Kind: rule.Number}}}}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("%+v", s)
	}
	if got, err := json.Marshal(s); err != nil || string(got) != text {
		t.Errorf("%s %v", got, err)
	}
}
