package form

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// leave is a small form with everything that depends on something.
func leave() Form {
	return fields(
		Field{Name: "from", Type: Date, Required: true, Rules: []Check{{src("form.from >= today"), "The first day lies in the past."}}},
		Field{Name: "to", Type: Date, Required: true, Rules: []Check{{src("form.to >= form.from"), "The last day is before the first."}}},
		Field{Name: "days", Type: Number, Label: "Working days", Calculate: src("workdays(form.from, form.to)"), Rules: []Check{
			{src("form.days <= form.balance"), "The balance does not cover it."},
		}},
		Field{Name: "balance", Type: Number, Calculate: src("or_else(initiator.leave_balance, 0)")},
		Field{Name: "reason", Type: Text, Required: true, VisibleWhen: src("form.days > 2")},
		Field{Name: "note", Type: Note},
		Field{Name: "critical", Type: YesNo},
		Field{Name: "secret", Type: Text},
	)
}

// submitModes are the modes in which a request is begun.
func submitModes(t testing.TB, c *Compiled, v Values) map[string]Mode {
	t.Helper()
	in := input()
	in.Form = v
	modes, err := c.Modes(map[string]Mode{"critical": Hidden, "secret": Hidden}, true, in)
	if err != nil {
		t.Fatal(err)
	}
	return modes
}

func TestApplyAtTheStart(t *testing.T) {
	c := compiled(t, leave())
	modes := submitModes(t, c, nil)
	v, err := c.Apply(modes, nil, Values{"from": "2026-03-02", "to": "2026-03-06", "reason": "wedding"}, input())
	want := Values{"from": "2026-03-02", "to": "2026-03-06", "days": 5.0, "balance": 12.0, "reason": "wedding"}
	if err != nil || !reflect.DeepEqual(v, want) {
		t.Fatalf("got %v, %v, want %v", v, err, want)
	}

	// A shorter leave hides the reason: what was typed there goes.
	v, err = c.Apply(modes, v, Values{"to": "2026-03-03", "reason": "wedding"}, input())
	if _, there := v["reason"]; err != nil || there || v["days"] != 2.0 {
		t.Fatalf("got %v, %v, want two days and no reason", v, err)
	}
	// Even when it could not have been stored.
	if _, err = c.Apply(modes, v, Values{"reason": 7.0}, input()); err != nil {
		t.Fatalf("a hidden field's value is looked at: %v", err)
	}
}

func TestApplyTellsAll(t *testing.T) {
	c := compiled(t, leave())
	modes := submitModes(t, c, nil)
	for _, x := range []struct {
		changes Values
		want    []string
	}{
		{Values{}, []string{"values.from: From is required.", "values.to: To is required."}},
		{Values{"from": "x", "to": "2026-03-03"}, []string{"values.from: From must be a date of the calendar, written such as 2026-01-31."}},
		{Values{"from": "2026-03-03", "to": "2026-03-02"}, []string{"values.to: The last day is before the first."}},
		{Values{"from": "2026-02-27", "to": "2026-03-02"}, []string{"values.from: The first day lies in the past."}},
		{Values{"from": "2026-03-02", "to": "2026-03-05"}, []string{"values.reason: Reason is required."}},
		{Values{"from": "2026-03-02", "to": "2026-03-27", "reason": "x"}, []string{"values.days: The balance does not cover it."}},
		{Values{"from": "2026-03-02", "to": "2026-03-03", "secret": "x", "critical": nil, "nothing": 1.0, "note": "x"}, []string{
			"values.critical: There is no such field in this step.", "values.note: There is no such field in this step.",
			"values.nothing: There is no such field in this step.", "values.secret: There is no such field in this step.",
		}},
		{Values{"from": nil, "to": 7.0, "secret": "x"}, []string{
			"values.secret: There is no such field in this step.", "values.from: From is required.",
			"values.to: To must be a date of the calendar, written such as 2026-01-31.",
		}},
		// Browsers send what they calculated; the server knows better.
		{Values{"from": "2026-03-02", "to": "2026-03-03", "days": 99.0, "balance": 99.0}, nil},
	} {
		v, err := c.Apply(modes, nil, x.changes, input())
		refused(t, err, x.want...)
		if err == nil && (v["days"] != 2.0 || v["balance"] != 12.0) {
			t.Errorf("the browser's calculation is taken: %v", v)
		}
	}
}

// Ensure whoever may not change a value cannot, and is not asked to mend it.
func TestApplyLater(t *testing.T) {
	c := compiled(t, leave())
	before := Values{"from": "2026-02-02", "to": "2026-02-06", "days": 5.0, "balance": 12.0, "reason": "wedding", "secret": "pay"}
	in := input()
	in.Step, in.Form = "manager", before
	modes, err := c.Modes(map[string]Mode{"critical": Required, "secret": Hidden}, false, in)
	if err != nil {
		t.Fatal(err)
	}
	v, err := c.Apply(modes, before, Values{"critical": true}, in)
	if err != nil || v["critical"] != true || v["secret"] != "pay" || v["from"] != "2026-02-02" {
		t.Errorf("got %v, %v", v, err)
	}
	_, err = c.Apply(modes, before, Values{"critical": false, "from": "2026-02-02", "reason": " wedding "}, in)
	refused(t, err)
	_, err = c.Apply(modes, before, Values{"from": "2026-02-03", "reason": nil, "to": 8.0}, in)
	refused(t, err,
		"values.from: From cannot be changed in this step.", "values.reason: Reason cannot be changed in this step.",
		"values.to: To cannot be changed in this step.", "values.critical: Critical is required.")
	if before["from"] != "2026-02-02" || len(before) != 6 {
		t.Errorf("Apply changed its argument: %v", before)
	}
}

// Ensure a rule over a step hides without destroying.
func TestApplyKeepsWhatAnotherStepWrote(t *testing.T) {
	c := compiled(t, fields(
		Field{Name: "a", Type: Text},
		Field{Name: "hr", Type: Text, VisibleWhen: src(`step == "hr"`)},
		Field{Name: "both", Type: Text, VisibleWhen: src(`step == "hr" && form.a == "x"`)},
	), "submit", "hr")
	in := input()
	before := Values{"hr": "kept", "both": "kept"}
	in.Form = before
	modes, err := c.Modes(map[string]Mode{"hr": Edit, "both": Edit, "a": Edit}, false, in)
	if err != nil || modes["hr"] != Hidden {
		t.Fatalf("got %v, %v", modes, err)
	}
	v, err := c.Apply(modes, before, Values{"a": "x", "both": "new"}, in)
	if err != nil || v["hr"] != "kept" || v["both"] != "kept" {
		t.Errorf("got %v, %v", v, err)
	}
	_, err = c.Apply(modes, before, Values{"hr": "new"}, in)
	refused(t, err, "values.hr: There is no such field in this step.")
}

func TestApplyWithoutAMode(t *testing.T) {
	c := compiled(t, leave())
	_, err := c.Apply(nil, nil, Values{"from": "2026-03-02"}, input())
	refused(t, err, "values.from: There is no such field in this step.")
}

// Ensure calculations follow each other in the right order and fail at their place.
func TestCalculations(t *testing.T) {
	c := compiled(t, fields(
		Field{Name: "total", Type: Money, Calculate: src(`money(form.gross, form.currency)`)},
		Field{Name: "gross", Type: Number, Decimals: ptr(2), Calculate: src("form.net * 1.19")},
		Field{Name: "net", Type: Number},
		Field{Name: "currency", Type: Text},
		Field{Name: "share", Type: Number, Calculate: src("form.net / form.parts")},
		Field{Name: "parts", Type: Number, Rules: []Check{{src("form.parts / (form.parts - 7) > -1000"), "Never said."}}},
	))
	v, err := c.Apply(all(c, Edit), nil, Values{"net": 2.25, "currency": "EUR", "parts": 2.0}, input())
	// 2.25 × 1.19 = 2.6775
	if err != nil || v["gross"] != 2.68 || !Equal(v["total"], money("2.68", "EUR")) || v["share"] != 1.125 {
		t.Errorf("got %v, %v", v, err)
	}
	v, err = c.Apply(all(c, Edit), v, Values{"net": nil}, input())
	if _, there := v["gross"]; err != nil || there || v["total"] != nil {
		t.Errorf("a calculation over nothing gives %v, %v", v, err)
	}
	_, err = c.Apply(all(c, Edit), nil, Values{"net": 1.0, "parts": 0.0}, input())
	refused(t, err, "values.share: Share cannot be calculated. The rule form.net / form.parts has no result: division by zero.")
	_, err = c.Apply(all(c, Edit), nil, Values{"net": 1.0, "parts": 7.0}, input())
	refused(t, err, "values.parts: Parts cannot be checked. The rule form.parts / (form.parts - 7) > -1000 has no result: division by zero.")
	_, err = c.Apply(all(c, Edit), nil, Values{"net": 1.0, "currency": "euro"}, input())
	if m := messages(t, err); len(m) != 1 {
		t.Errorf("a wrong currency gives %v", m)
	}
	// What could not be read is reported once, not again by what reads it.
	_, err = c.Apply(all(c, Edit), nil, Values{"net": "x", "currency": "EUR", "parts": 0.0}, input())
	refused(t, err, "values.net: Net must be a number.")
}

// Ensure a rule that mentions a value nobody could read is not asked, and one that
// mentions a field which has been hidden is.
func TestRulesOverBrokenValues(t *testing.T) {
	c := compiled(t, fields(
		Field{Name: "a", Type: Number},
		Field{Name: "hidden", Type: Number, VisibleWhen: src("form.a > 1")},
		Field{Name: "b", Type: Number, Rules: []Check{{src("form.a != null"), "A is missing."}, {src("form.hidden != null"), "Hidden is missing."}}},
	))
	_, err := c.Apply(all(c, Edit), nil, Values{"a": "x", "hidden": 1.0}, input())
	refused(t, err, "values.a: A must be a number.", "values.b: Hidden is missing.")
	_, err = c.Apply(all(c, Edit), nil, Values{"a": 2.0, "hidden": "x"}, input())
	refused(t, err, "values.hidden: Hidden must be a number.")
	_, err = c.Apply(all(c, Edit), nil, Values{"a": 1.0, "hidden": "x"}, input())
	refused(t, err, "values.b: Hidden is missing.")
}

func TestRecalculate(t *testing.T) {
	c := compiled(t, leave())
	in := input()
	in.Initiator["leave_balance"] = 3.0
	v, err := c.Recalculate(Values{"from": "2026-03-02", "to": "2026-03-03", "balance": 12.0, "gone": 1.0}, in)
	if want := (Values{"from": "2026-03-02", "to": "2026-03-03", "balance": 3.0, "days": 2.0}); err != nil || !reflect.DeepEqual(v, want) {
		t.Errorf("got %v, %v, want %v", v, err, want)
	}
	c = compiled(t, fields(Field{Name: "a", Type: Number, Calculate: src("1 / params.limit")}))
	in.Params["limit"] = 0.0
	_, err = c.Recalculate(nil, in)
	refused(t, err, "values.a: A cannot be calculated. The rule 1 / params.limit has no result: division by zero.")
}

func TestDefaults(t *testing.T) {
	c := compiled(t, fields(
		Field{Name: "sum", Type: Number, Calculate: src("form.a + form.b")},
		Field{Name: "a", Type: Number, DefaultRule: src("form.b * 2")},
		Field{Name: "b", Type: Number, Default: 4},
		Field{Name: "name", Type: Text, DefaultRule: src("initiator.name")},
		Field{Name: "fails", Type: Number, DefaultRule: src("1 / 0")},
		Field{Name: "none", Type: Text, DefaultRule: src("initiator.city")},
		Field{Name: "day", Type: Date, DefaultRule: src("add_days(today, 7)")},
		Field{Name: "at", Type: DateTime, DefaultRule: src("now")},
		Field{Name: "roles", Type: Choices, DefaultRule: src(`["x", "y"]`), Options: []Option{{Value: "x"}}},
		Field{Name: "money", Type: Money, DefaultRule: src(`money(1.5, "EUR")`)},
	))
	want := Values{
		"a": 8.0, "b": 4.0, "sum": 12.0, "name": "Asha", "day": "2026-03-09", "at": "2026-03-02T09:00:00Z", "money": money("1.50", "EUR"),
	}
	if got := c.Defaults(input()); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestDraft(t *testing.T) {
	c := compiled(t, leave())
	modes := submitModes(t, c, nil)
	v, err := c.Draft(modes, Values{"days": 3.0}, Values{"to": "2026-01-01", "reason": "later", "days": 7.0})
	if want := (Values{"to": "2026-01-01", "reason": "later", "days": 3.0}); err != nil || !reflect.DeepEqual(v, want) {
		t.Errorf("got %v, %v, want %v", v, err, want)
	}
	_, err = c.Draft(modes, nil, Values{"secret": "x", "to": 7.0})
	refused(t, err, "values.secret: There is no such field in this step.", "values.to: To must be a date of the calendar, written such as 2026-01-31.")
}

// Ensure that whatever is sent in whatever modes, nothing changes but what may.
func TestApplyChangesOnlyWhatItMay(t *testing.T) {
	form := everyType()
	for i := range form.Fields {
		if form.Fields[i].Name == "long_text" {
			form.Fields[i].VisibleWhen = src("form.number > 3")
		}
	}
	form.Fields = append(form.Fields, Field{Name: "twice", Type: Number, Calculate: src("form.number * 2")})
	c := compiled(t, form)
	value := rapid.OneOf(
		rapid.Just[any](nil), rapid.Just[any]("a"), rapid.Just[any]("2026-01-31"), rapid.Just[any](asha), rapid.Just[any](true),
		rapid.Map(rapid.IntRange(0, 6), func(n int) any { return float64(n) }), rapid.Just[any]([]any{"b"}),
		rapid.Just[any](money("1", "EUR")), rapid.Just[any](span("2026-01-01", "2026-01-02")),
		rapid.Just[any]([]any{map[string]any{"what": "x"}}),
	)
	names := []string{"twice", "absent"}
	for _, f := range everyType().Fields {
		names = append(names, f.Name)
	}
	rapid.Check(t, func(t *rapid.T) {
		before := Values{}
		if v, err := c.Apply(all(c, Edit), nil, Values{"number": 5.0, "long_text": "x", "text": "y", "table": []any{map[string]any{"what": "x"}}}, input()); err == nil {
			before = v
		}
		modes := map[string]Mode{}
		for _, n := range names {
			modes[n] = rapid.SampledFrom([]Mode{"", Hidden, Read, Edit, Required}).Draw(t, n)
		}
		changes := rapid.MapOfN(rapid.SampledFrom(names), value, 0, 5).Draw(t, "changes")
		for name, apply := range map[string]func() (Values, error){
			"Apply": func() (Values, error) { return c.Apply(modes, before, changes, input()) },
			"Draft": func() (Values, error) { return c.Draft(modes, before, changes) },
		} {
			after, err := apply()
			if err != nil {
				continue
			}
			for _, changed := range Diff(before, after) {
				if m := modes[changed]; m != Edit && m != Required && changed != "twice" {
					t.Fatalf("%s changed %s, whose mode is %q, from %v to %v", name, changed, m, before[changed], after[changed])
				}
			}
		}
	})
}
