package workflow

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
)

// same asks that a document survives YAML and JSON.
func same(t interface {
	Fatalf(string, ...any)
}, d Document,
) {
	y, err := d.YAML()
	if err != nil {
		t.Fatalf("%v", err)
	}
	want, err := d.JSON()
	if err != nil {
		t.Fatalf("%v", err)
	}
	written := func(d Document) string { j, _ := d.JSON(); return string(j) }
	if got, ps := ParseYAML(y); len(ps) > 0 || written(got) != string(want) {
		t.Fatalf("YAML changes the document: %v\n%s\ngot  %s\nwant %s", ps, y, written(got), want)
	}
	if got, ps := ParseJSON(want); len(ps) > 0 || written(got) != string(want) {
		t.Fatalf("JSON changes the document: %v\n%s", ps, want)
	}
	var lenient Document
	if err := json.Unmarshal(want, &lenient); err != nil || written(lenient) != string(want) {
		t.Fatalf("encoding/json reads another document: %v\n%s", err, want)
	}
}

var nastyTexts = []string{
	"", "yes", "No", "null", "~", "1.0", "0x1F", "1_000", "2026-01-31", " lead", "trail ", "a: b", "# c", "a #b", "two\nlines", "\n", "\nx", "x\n",
	"x\n\n", "  x\n y", "tab\there", "a \nb", "'", `"`, `\`, "{", "}", "[a]", "- x", "-", "?", "&a", "*a", "!t", "<<", "=", "%", "@x", "`", "|", ">",
	"\u2028", "\u00a0", "\ufeff", "é", "日本", "😀", "a,b", "---", "...", "true", "TRUE", ".inf", "1e3", "-0", "0o7", "<b>&amp;", "{{x}}", "\ue000", "\ufffd", "\t", "a\n\tb",
}

func drawText() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(nastyTexts), rapid.StringMatching(`[a-z]{1,8}`), rapid.StringOf(rapid.RuneFrom([]rune("ab \n:-#'\"{}[],&*!|>%@?\u2028é😀"))))
}

func drawNumber() *rapid.Generator[float64] {
	return rapid.OneOf(rapid.Map(rapid.IntRange(-1000, 1000), func(n int) float64 { return float64(n) }),
		rapid.Map(rapid.Float64Range(-1e18, 1e18), func(n float64) float64 { return n + 0 }), // there is no negative zero
		rapid.SampledFrom([]float64{1e21, 1e-7, 0.1, 123456789012345680}))
}

func drawValue(depth int) *rapid.Generator[any] {
	gens := []*rapid.Generator[any]{
		rapid.Map(drawText(), func(s string) any { return s }), rapid.Map(drawNumber(), func(n float64) any { return n }),
		rapid.Map(rapid.Bool(), func(b bool) any { return b }),
	}
	if depth > 0 {
		gens = append(
			gens,
			rapid.Map(rapid.SliceOfN(drawValue(depth-1), 0, 3), func(l []any) any { return l }),
			rapid.Map(rapid.MapOfN(drawText(), drawValue(depth-1), 0, 3), func(m map[string]any) any { return m }),
		)
	}
	return rapid.OneOf(gens...)
}

func drawRule() *rapid.Generator[rule.Source] {
	return rapid.Custom(func(t *rapid.T) rule.Source {
		if rapid.Bool().Draw(t, "rows") {
			var s rule.Source
			b, _ := json.Marshal(map[string]any{"rows": map[string]any{"combinator": "and", "rules": []any{
				map[string]any{"field": "form.a", "operator": "=", "value": drawValue(1).Draw(t, "value")},
			}}})
			if err := json.Unmarshal(b, &s); err != nil {
				t.Fatalf("%v", err)
			}
			return s
		}
		return rule.CEL(drawText().Draw(t, "text"))
	})
}

func drawItems(t *rapid.T, depth int) []form.Item {
	var out []form.Item
	for range rapid.IntRange(1, 3).Draw(t, "items") {
		kind := rapid.IntRange(0, 4).Draw(t, "kind")
		if depth == 0 {
			kind = 0
		}
		switch kind {
		case 0:
			out = append(out, form.Item{Field: rapid.StringMatching(`[a-z]+`).Draw(t, "name")})
		case 1:
			out = append(out, form.Item{Section: drawText().Draw(t, "section"), Items: drawItems(t, depth-1)})
		case 2:
			out = append(out, form.Item{Columns: drawItems(t, depth-1)})
		case 3:
			out = append(out, form.Item{Divider: true})
		case 4:
			out = append(out, form.Item{Tabs: []form.Tab{{Label: drawText().Draw(t, "tab"), Items: drawItems(t, depth-1)}}})
		}
	}
	return out
}

func drawDocument(t *rapid.T) Document {
	text, num := drawText(), drawNumber()
	d := Document{
		Key: text.Draw(t, "key"), Name: text.Draw(t, "name"), Description: text.Draw(t, "description"), Group: text.Draw(t, "group"),
		Title: drawRule().Draw(t, "title"), VisibleTo: drawRule().Draw(t, "visible"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "params") {
		d.Params = append(d.Params, Param{Name: text.Draw(t, "param"), Type: form.Number, Value: drawValue(2).Draw(t, "value"), Ask: rapid.Bool().Draw(t, "ask")})
	}
	for range rapid.IntRange(0, 3).Draw(t, "fields") {
		f := form.Field{
			Name: text.Draw(t, "field"), Type: form.FieldType(text.Draw(t, "type")), Help: text.Draw(t, "help"), Default: drawValue(1).Draw(t, "default"),
			Rules: []form.Check{{Check: drawRule().Draw(t, "check"), Message: text.Draw(t, "message")}},
		}
		if rapid.Bool().Draw(t, "min") {
			n := num.Draw(t, "low")
			f.Min = &n
		}
		d.Form.Fields = append(d.Form.Fields, f)
	}
	if rapid.Bool().Draw(t, "layout") {
		d.Form.Layout = drawItems(t, 3)
	}
	for range rapid.IntRange(0, 3).Draw(t, "steps") {
		d.Steps = append(d.Steps, Step{
			ID: text.Draw(t, "id"), Type: TaskStep, Name: text.Draw(t, "step"), Fields: map[string]form.Mode{text.Draw(t, "f"): "edit"},
			Assignee:    &Assignee{Strategy: Claim, Candidates: drawRule().Draw(t, "candidates"), Levels: rapid.IntRange(-5, 5).Draw(t, "levels")},
			Transitions: []Transition{{ID: text.Draw(t, "arrow"), To: text.Draw(t, "to"), When: drawRule().Draw(t, "when")}},
			SLA:         &SLA{Limit: text.Draw(t, "limit"), Remind: []string{text.Draw(t, "remind")}},
		})
	}
	if rapid.Bool().Draw(t, "rest") {
		d.SLA, d.Notify = &SLA{}, &Notify{Events: drawValue(1).Draw(t, "events")}
		d.Duties = &Duties{Apart: [][2]string{{text.Draw(t, "a"), text.Draw(t, "b")}}}
		d.Canvas = map[string][2]float64{text.Draw(t, "c"): {num.Draw(t, "x"), num.Draw(t, "y")}}
		d.Audiences = map[form.Audience]map[string]form.Mode{form.ToOthers: {text.Draw(t, "o"): form.Hidden}}
	}
	return d
}

// Ensure every document survives YAML and JSON, whatever people type into it.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { same(t, drawDocument(t)) })
}

// Ensure no text makes the reader panic, hang or forget to answer, and what it
// accepts can be written and read again.
func fuzz(f *testing.F, parse func([]byte) (Document, fault.Problems), seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		began := time.Now()
		d, ps := parse(data)
		if took := time.Since(began); took > 5*time.Second {
			t.Fatalf("it takes %v", took)
		}
		if len(ps) > 0 {
			return
		}
		j, err := d.JSON()
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		if len(j) <= maxBytes/2 {
			same(t, d)
		}
		if v, ps := Compile(d, testOrg); (v == nil) == (len(ps) == 0) {
			t.Fatalf("Compile gives %v, %v", v, ps)
		}
	})
}

func FuzzParseYAML(f *testing.F) {
	fuzz(f, ParseYAML, leaveYAML, "key: &a [*a]", "a: b: c", "? x", "key: !!int x", "- - - -", "{a: [}", "key: |2\n  x", strings.Repeat("[", 300),
		"title: {rows: {combinator: and, rules: [{field: form.days, operator: '>', value: 2}]}}", "canvas: {a: [1, 2]}", "key: \"\\u0000\"")
}

func FuzzParseJSON(f *testing.F) {
	d, _ := ParseYAML([]byte(leaveYAML))
	j, _ := d.JSON()
	fuzz(f, ParseJSON, string(j), `{"key":1}`, `{"a":{"a":{}}}`, `[`, `{"canvas":{"a":[1e308,-0]}}`, `{"form":{"layout":["a",{"columns":["b"]}]}}`,
		`{"title":{"rows":{"combinator":"and","rules":[{"field":"form.x","operator":"=","value":null}]}}}`)
}

// A designer puts columns onto a form before he puts fields into them.
func TestEmptyPartsOfALayoutAreKept(t *testing.T) {
	for _, item := range []form.Item{
		{Section: "Empty"},
		{Columns: []form.Item{}},
		{Rows: []form.Item{}},
		{Grid: []form.Item{}},
		{Tabs: []form.Tab{}},
		{Tabs: []form.Tab{{Label: "One"}}},
		{Section: "Outer", Items: []form.Item{{Columns: []form.Item{{Rows: []form.Item{}}}}}},
	} {
		same(t, Document{Key: "X", Name: "X", Form: form.Form{Layout: []form.Item{item}}})
	}
}
