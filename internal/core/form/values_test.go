package form

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// Ensure values of every type come out in one shape.
func TestApplyNormalizes(t *testing.T) {
	c := compiled(t, everyType())
	for _, x := range []struct {
		field       string
		given, want any
	}{
		{"text", "  Goa \t", "Goa"},
		{"text", "", nil},
		{"text", "   ", nil},
		{"text", strings.Repeat("ü", maxText), strings.Repeat("ü", maxText)},
		{"long_text", "a\r\nb\rc\td", "a\nb\nc\td"},
		{"number", 12.0, 12.0},
		{"number", 12, 12.0},
		{"number", int64(12), 12.0},
		{"number", json.Number("12.5"), 12.5},
		{"number", 0.0, 0.0},
		{"money", money("12.5", "EUR"), money("12.50", "EUR")},
		{"money", money("0012", "JPY"), money("12", "JPY")},
		{"money", money("1.2340", "KWD"), money("1.234", "KWD")},
		{"money", money("-0.00", "EUR"), money("0.00", "EUR")},
		{"money", money("-3", "EUR"), money("-3.00", "EUR")},
		{"money", money("", "EUR"), nil},
		{"money", map[string]any{"amount": nil, "currency": "EUR"}, nil},
		{"date", "2024-02-29", "2024-02-29"},
		{"datetime", "2026-01-31T14:30:15.5+01:00", "2026-01-31T13:30:15Z"},
		{"time", "07:05", "07:05"},
		{"date_range", span("2026-01-31", "2026-01-31"), span("2026-01-31", "2026-01-31")},
		{"date_range", map[string]any{"from": "", "to": nil}, nil},
		{"duration", "90m", "1h30m"},
		{"duration", "2d 4h", "2d4h"},
		{"yes_no", false, false},
		{"choice", "b", "b"},
		{"choices", []any{"c", "a", "c"}, []any{"a", "c"}},
		{"choices", []string{"b"}, []any{"b"}},
		{"choices", []any{}, nil},
		{"user", " " + strings.ToUpper(asha), asha},
		{"department", "HR", "HR"},
		{"email", " asha@example.com ", "asha@example.com"},
		{"phone", "+49 (30) 901-820", "+49 (30) 901-820"},
		{"url", "https://example.com/a?b=c#d", "https://example.com/a?b=c#d"},
		{"rating", 5.0, 5.0},
		{"table", []any{map[string]any{"what": " x ", "cost": 1}, map[string]any{}, map[string]any{"what": "y"}, map[string]any{"what": " "}}, nil}, // see below
		{"table", []any{map[string]any{"what": " x ", "cost": 1}, map[string]any{"what": "y"}, map[string]any{"what": " "}}, []any{map[string]any{"what": "x", "cost": 1.0}, map[string]any{"what": "y"}}},
		{"table", []map[string]any{{"what": "x"}}, []any{map[string]any{"what": "x"}}},
		{"table", []any{map[string]any{"what": ""}, map[string]any{}}, nil},
	} {
		got, err := c.Apply(all(c, Edit), nil, Values{x.field: x.given}, input())
		if rows, ok := x.given.([]any); ok && len(rows) == 4 { // an empty row in the middle keeps its number
			refused(t, err, "values.table.1.what: What is required in row 2 of Table.")
			continue
		}
		if err != nil || !reflect.DeepEqual(got[x.field], x.want) {
			t.Errorf("%s %#v gives %#v, %v, want %#v", x.field, x.given, got[x.field], err, x.want)
		}
		if _, there := got[x.field]; there != (x.want != nil) {
			t.Errorf("%s %#v: an empty value is stored", x.field, x.given)
		}
	}
}

func money(amount, currency string) map[string]any {
	return map[string]any{"amount": amount, "currency": currency}
}

func span(from, to string) map[string]any { return map[string]any{"from": from, "to": to} }

// Ensure values of every type that are not what they should be are refused with
// the field's name and what to do.
func TestApplyRefuses(t *testing.T) {
	c := compiled(t, everyType())
	const (
		wantDate  = "must be a date of the calendar, written such as 2026-01-31."
		wantTime  = "must be a date with time and zone, written such as 2026-01-31T14:30:00Z."
		wantMoney = `must be an amount with a currency, such as {"amount": "12.50", "currency": "EUR"}.`
		wantSpan  = `must have a first and a last day, such as {"from": "2026-01-31", "to": "2026-02-02"}.`
	)
	for _, x := range []struct {
		field string
		given any
		want  string
	}{
		{"text", 7.0, "must be text."},
		{"text", "a\nb", "must be a single line."},
		{"text", "a\x00b", "contains control characters; remove them."},
		{"text", "a\x1bb", "contains control characters; remove them."},
		{"text", "\xff", "contains characters that are not valid UTF-8."},
		{"text", strings.Repeat("ü", maxText+1), "must have at most 4000 characters; it has 4001."},
		{"long_text", true, "must be text."},
		{"long_text", strings.Repeat("x", maxLongText+1), "must have at most 20000 characters; it has 20001."},
		{"number", "12", "must be a number."},
		{"number", true, "must be a number."},
		{"number", []any{1.0}, "must be a number."},
		{"number", json.Number("1e999"), "must be a number."},
		{"number", 1e16, "is too large a number."},
		{"money", 12.5, wantMoney},
		{"money", "12.5", wantMoney},
		{"money", map[string]any{"amount": "1", "currency": "EUR", "rate": 1.0}, wantMoney},
		{"money", map[string]any{"amount": 12.5, "currency": "EUR"}, "must have an amount such as 12.50, with a point and at most 15 digits before it."},
		{"money", money("1e3", "EUR"), "must have an amount such as 12.50, with a point and at most 15 digits before it."},
		{"money", money("1,50", "EUR"), "must have an amount such as 12.50, with a point and at most 15 digits before it."},
		{"money", money(strings.Repeat("9", 16), "EUR"), "must have an amount such as 12.50, with a point and at most 15 digits before it."},
		{"money", money("1", "Euro"), "must name a currency by its three letters, such as EUR."},
		{"money", money("1", "eur"), "must name a currency by its three letters, such as EUR."},
		{"money", money("1.005", "EUR"), "must have at most 2 decimals: EUR has no smaller unit."},
		{"money", money("1.5", "JPY"), "must have at most 0 decimals: JPY has no smaller unit."},
		{"date", "2026-02-29", wantDate},
		{"date", "31.01.2026", wantDate},
		{"date", "0026-01-31", wantDate},
		{"date", 20260131.0, wantDate},
		{"date", "2026-01-31T00:00:00Z", wantDate},
		{"datetime", "2026-01-31T14:30:00", wantTime},
		{"datetime", "2026-01-31", wantTime},
		{"datetime", 1.0, wantTime},
		{"time", "24:00", "must be a time of day, written such as 14:30."},
		{"time", "7:05", "must be a time of day, written such as 14:30."},
		{"time", 7.0, "must be a time of day, written such as 14:30."},
		{"date_range", "2026-01-31", wantSpan},
		{"date_range", map[string]any{"from": "2026-01-31"}, wantSpan},
		{"date_range", map[string]any{"from": "2026-01-31", "to": "2026-02-01", "x": 1.0}, wantSpan},
		{"date_range", span("2026-02-01", "2026-01-31"), "ends before it begins; the last day must not lie before the first."},
		{"duration", "soon", "must be a duration, written such as 2d or 3h30m."},
		{"duration", 2.0, "must be a duration, written such as 2d or 3h30m."},
		{"yes_no", "yes", "must be yes or no (true or false)."},
		{"yes_no", 1.0, "must be yes or no (true or false)."},
		{"choice", "d", "must be one of the choices that are offered."},
		{"choice", []any{"a"}, "must be one of the choices that are offered."},
		{"choices", "a", "must be a list of the choices that are offered."},
		{"choices", []any{1.0}, "must be a list of the choices that are offered."},
		{"choices", []any{"a", "d"}, "contains a choice that is not offered."},
		{"user", "asha@example.com", "must be a person of the organization (an id)."},
		{"user", asha + "0", "must be a person of the organization (an id)."},
		{"user", 7.0, "must be a person of the organization (an id)."},
		{"department", "Human Resources", "must be a department (its key, such as HR)."},
		{"email", "asha", "must be an email address, such as asha@example.com."},
		{"email", "Asha <asha@example.com>", "must be an email address, such as asha@example.com."},
		{"email", "a@b@example.com", "must be an email address, such as asha@example.com."},
		{"email", "asha@example", "must be an email address, such as asha@example.com."},
		{"email", strings.Repeat("a", 250) + "@example.com", "must be an email address, such as asha@example.com."},
		{"phone", "call me", "must be a telephone number, such as +49 30 901820."},
		{"phone", "123", "must be a telephone number, such as +49 30 901820."},
		{"url", "javascript:alert(1)", "must be a web address that begins with https:// or http://."},
		{"url", "example.com", "must be a web address that begins with https:// or http://."},
		{"url", "https://", "must be a web address that begins with https:// or http://."},
		{"url", "https://user:pass@example.com", "must be a web address that begins with https:// or http://."},
		{"rating", 0.0, "must be a whole number from 1 to 5."},
		{"rating", 3.5, "must be a whole number from 1 to 5."},
		{"rating", "5", "must be a whole number from 1 to 5."},
		{"table", "x", "must be a list of rows."},
		{"table", []any{"x"}, "must be a list of rows."},
		{"table", make([]map[string]any, maxRows+1), "must have at most 200 rows; it has 201."},
	} {
		_, err := c.Apply(all(c, Edit), nil, Values{x.field: x.given}, input())
		refused(t, err, "values."+x.field+": "+LabelOf(Field{Name: x.field})+" "+x.want)
		// What cannot be stored is refused in a draft, too.
		_, err = c.Draft(all(c, Edit), nil, Values{x.field: x.given})
		refused(t, err, "values."+x.field+": "+LabelOf(Field{Name: x.field})+" "+x.want)
	}
}

// Ensure the settings of a field are limits, but not for a draft.
func TestApplyLimits(t *testing.T) {
	c := compiled(t, fields(
		Field{Name: "text", Type: Text, MinLength: 3, MaxLength: 5, Label: "Code", Placeholder: "abc"},
		Field{Name: "pattern", Type: Text, Pattern: "a|ab", Placeholder: "ab"},
		Field{Name: "number", Type: Number, Min: ptr(1.0), Max: ptr(10.0), Decimals: ptr(2), Unit: "days"},
		Field{Name: "whole", Type: Number, Decimals: ptr(0)},
		Field{Name: "money", Type: Money, Min: ptr(0.1), Max: ptr(100.0), Currencies: []string{"EUR", "USD", "INR"}},
		Field{Name: "one", Type: Money, Currencies: []string{"EUR"}},
		Field{Name: "rating", Type: Rating, Max: ptr(10.0)},
		Field{Name: "table", Type: Table, MinRows: 2, MaxRows: 3, Columns: []Field{{Name: "n", Type: Number, Max: ptr(5.0)}}},
	))
	row := func(n float64) any { return map[string]any{"n": n} }
	for _, x := range []struct {
		field string
		given any
		want  string
	}{
		{"text", "ab", "Code must have at least 3 characters; it has 2."},
		{"text", "äöüäöü", "Code must have at most 5 characters; it has 6."},
		{"text", "äöü", ""},
		{"pattern", "abb", "Pattern is not in the form that is asked for, for instance: ab."},
		{"pattern", "ab", ""},
		{"number", 0.5, "Number must be at least 1 day."},
		{"number", 10.01, "Number must be at most 10 days."},
		{"number", 1.005, "Number must have at most 2 decimals."},
		{"number", 1.01, ""},
		{"whole", 1.5, "Whole must be a whole number."},
		{"money", money("0.09", "EUR"), "Money must be at least 0.1 EUR."},
		{"money", money("0.10", "EUR"), ""},
		{"money", money("100.01", "USD"), "Money must be at most 100 USD."},
		{"rating", 10.0, ""},
		{"table", []any{row(1)}, "Table must have at least 2 rows."},
		{"table", []any{row(1), row(2), row(3), row(4)}, "Table must have at most 3 rows; it has 4."},
		{"table", []any{row(1), row(2)}, ""},
	} {
		_, err := c.Apply(all(c, Edit), nil, Values{x.field: x.given}, input())
		if x.want == "" {
			refused(t, err)
			continue
		}
		refused(t, err, "values."+x.field+": "+x.want)
		if _, err := c.Draft(all(c, Edit), nil, Values{x.field: x.given}); err != nil {
			t.Errorf("a draft refuses %v: %v", x.given, err)
		}
		// A draft that was begun within no limits is held to them when it is started.
		before, _ := c.Draft(all(c, Edit), nil, Values{x.field: x.given})
		_, err = c.Apply(all(c, Edit), before, nil, input())
		refused(t, err, "values."+x.field+": "+x.want)
	}
	_, err := c.Apply(all(c, Edit), nil, Values{"money": money("1", "GBP"), "one": money("1", "USD")}, input())
	refused(t, err, "values.money: Money must be in EUR, USD or INR.", "values.one: One must be in EUR.")
	_, err = c.Apply(all(c, Edit), nil, Values{"table": []any{row(1), row(9)}}, input())
	refused(t, err, "values.table.1.n: N must be at most 5.")
}

func TestRows(t *testing.T) {
	c := compiled(t, everyType())
	_, err := c.Apply(all(c, Edit), nil, Values{"table": []any{
		map[string]any{"what": "x", "cost": -1.0},
		map[string]any{"cost": "two"},
		map[string]any{"what": "z", "colour": "red"},
	}}, input())
	refused(t, err, "values.table.1.cost: Cost must be a number.", "values.table.2.colour: Table has no column of that name.")
	_, err = c.Apply(all(c, Edit), nil, Values{"table": []any{map[string]any{"what": "x", "cost": -1.0}, map[string]any{"cost": 2.0}}}, input())
	refused(t, err, "values.table.0.cost: Cost must be at least 0.", "values.table.1.what: What is required in row 2 of Table.")
}

func TestPeopleAndDepartments(t *testing.T) {
	c := compiled(t, everyType())
	v := Values{"user": asha, "department": "HR", "text": bruno, "table": []any{
		map[string]any{"what": "x"}, map[string]any{"who": bruno, "dept": "IT"},
	}}
	if got, want := c.People(v), []PersonRef{{"values.user", asha}, {"values.table.1.who", bruno}}; !reflect.DeepEqual(got, want) {
		t.Errorf("People gives %v, want %v", got, want)
	}
	if got, want := c.Departments(v), []DeptRef{{"values.department", "HR"}, {"values.table.1.dept", "IT"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("Departments gives %v, want %v", got, want)
	}
}

func TestPeopleRule(t *testing.T) {
	c := compiled(t, fields(
		Field{Name: "cover", Type: User, People: src(`user.department == "HR"`)},
		Field{Name: "t", Type: Table, Columns: []Field{{Name: "who", Type: User, People: src(`user.level == "M5"`)}, {Name: "any", Type: User}}},
	))
	for path, want := range map[string]string{"cover": `user.department == "HR"`, "t.who": `user.level == "M5"`, "t.any": "", "t.x": "", "x": "", "x.y": "", "t": ""} {
		got := ""
		if r := c.PeopleRule(path); r != nil {
			got = r.Source()
		}
		if got != want {
			t.Errorf("PeopleRule(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestNormalize(t *testing.T) {
	got, err := Normalize(Field{Name: "n", Type: Money}, money("1", "EUR"))
	if err != nil || !reflect.DeepEqual(got, money("1.00", "EUR")) {
		t.Errorf("got %v, %v", got, err)
	}
	for _, x := range []struct {
		f    Field
		v    any
		want string
	}{
		{Field{Name: "n", Type: Number}, "x", "N must be a number."},
		{Field{Name: "n", Type: Text}, " ", "N is empty."},
		{Field{Name: "n", Type: Table}, []any{}, `N cannot hold a value of type "table".`},
		{Field{Name: "n", Type: "x"}, 1.0, `N cannot hold a value of type "x".`},
	} {
		if _, err := Normalize(x.f, x.v); err == nil || err.Message != x.want {
			t.Errorf("%v %v: got %v, want %q", x.f, x.v, err, x.want)
		}
	}
}
