package rule

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// rowOperator is one operator of the row editor: how many values it takes, on
// which kinds it works and how it is written.
type rowOperator struct {
	values int // 0, 1, 2, or many
	kinds  []Kind
	write  func(field string, k Kind, v []string) string
}

const many = -1

func (o rowOperator) takes(k Kind) bool { return slices.Contains(o.kinds, k) }

var (
	plainKinds = []Kind{Text, Number, Bool, Date, Timestamp}
	orderKinds = []Kind{Text, Number, Date, Timestamp}
	textKinds  = []Kind{Text, List}
	listKinds  = []Kind{Text, Number, Bool, Date, Timestamp, List}
	emptyKinds = []Kind{Text, Number, Bool, Date, Timestamp, List, Rows}
)

// rowOperators are the operators of react-querybuilder. What a row says about an
// empty text is what a person expects: it contains nothing and begins with
// nothing. An empty number or date compared with < is an error, as in CEL.
var rowOperators = map[string]rowOperator{
	"=":                {1, plainKinds, infix("==")},
	"!=":               {1, plainKinds, infix("!=")},
	"<":                {1, orderKinds, infix("<")},
	"<=":               {1, orderKinds, infix("<=")},
	">":                {1, orderKinds, infix(">")},
	">=":               {1, orderKinds, infix(">=")},
	"contains":         {1, textKinds, has("contains", false)},
	"doesNotContain":   {1, textKinds, has("contains", true)},
	"beginsWith":       {1, []Kind{Text}, has("startsWith", false)},
	"doesNotBeginWith": {1, []Kind{Text}, has("startsWith", true)},
	"endsWith":         {1, []Kind{Text}, has("endsWith", false)},
	"doesNotEndWith":   {1, []Kind{Text}, has("endsWith", true)},
	"null":             {0, emptyKinds, isNull("==")},
	"notNull":          {0, emptyKinds, isNull("!=")},
	"in":               {many, listKinds, oneOf(false)},
	"notIn":            {many, listKinds, oneOf(true)},
	"between":          {2, orderKinds, between("(%s >= %s && %[1]s <= %[3]s)")},
	"notBetween":       {2, orderKinds, between("(%s < %s || %[1]s > %[3]s)")},
}

func infix(op string) func(string, Kind, []string) string {
	return func(f string, _ Kind, v []string) string { return f + " " + op + " " + v[0] }
}

func between(form string) func(string, Kind, []string) string {
	return func(f string, _ Kind, v []string) string { return fmt.Sprintf(form, f, v[0], v[1]) }
}

func isNull(op string) func(string, Kind, []string) string {
	return func(f string, k Kind, _ []string) string {
		if k == List || k == Rows {
			return "size(" + f + ") " + op + " 0"
		}
		return f + " " + op + " null"
	}
}

func has(method string, not bool) func(string, Kind, []string) string {
	return func(f string, k Kind, v []string) string {
		switch {
		case k == List && not:
			return "!(" + v[0] + " in " + f + ")"
		case k == List:
			return v[0] + " in " + f
		case not:
			return fmt.Sprintf("(%s == null || !%s.%s(%s))", f, f, method, v[0])
		}
		return fmt.Sprintf("(%s != null && %s.%s(%s))", f, f, method, v[0])
	}
}

func oneOf(not bool) func(string, Kind, []string) string {
	return func(f string, k Kind, v []string) string {
		text := f + " in [" + strings.Join(v, ", ") + "]"
		if k == List {
			parts := make([]string, len(v))
			for i, x := range v {
				parts[i] = x + " in " + f
			}
			text = "(" + strings.Join(parts, " || ") + ")"
		}
		if not {
			return "!(" + strings.Trim(text, "()") + ")"
		}
		return text
	}
}

// values writes the values of a row as CEL; the second result says what is wrong.
func (w *rowWriter) values(r *Row, k Kind, op rowOperator) ([]string, string) {
	if op.values == 0 {
		return nil, ""
	}
	given := []any{r.Value}
	if op.values != 1 {
		given = listOf(r.Value)
	}
	if op.values != many && len(given) != op.values {
		return nil, fmt.Sprintf("%q takes %d values.", r.Operator, op.values)
	}
	if len(given) == 0 || len(given) > MaxItems {
		return nil, fmt.Sprintf("%q takes 1 to %d values.", r.Operator, MaxItems)
	}
	out := make([]string, len(given))
	for i, v := range given {
		text, problem := w.value(r, k, v)
		if problem != "" {
			return nil, problem
		}
		out[i] = text
	}
	return out, ""
}

func (w *rowWriter) value(r *Row, k Kind, v any) (text, problem string) {
	switch r.ValueSource {
	case "", "value":
		if text, ok := literal(elementKind(k), v); ok {
			return text, ""
		}
		return "", fmt.Sprintf("The value for %s is not %s.", r.Field, articles[elementKind(k)])
	case "field":
		return w.variable(r, k, v)
	}
	return "", fmt.Sprintf("A value comes from a value or a field, not from %q.", clip(r.ValueSource))
}

// variable is the other variable a row compares with.
func (w *rowWriter) variable(r *Row, k Kind, v any) (text, problem string) {
	name, _ := v.(string)
	other, ok := w.env.kindAt(name)
	if !ok {
		return "", fmt.Sprintf("There is no variable %q.", clip(name))
	}
	if other != elementKind(k) {
		return "", fmt.Sprintf("%s is %s and %s is %s.", r.Field, articles[k], name, articles[other])
	}
	return name, ""
}

func elementKind(k Kind) Kind {
	if k == List {
		return Text
	}
	return k
}

// listOf accepts a list, or texts separated by commas as the editor's plain input gives.
func listOf(v any) []any {
	switch x := v.(type) {
	case []any:
		return x
	case []string:
		out := make([]any, len(x))
		for i, s := range x {
			out[i] = s
		}
		return out
	case string:
		var out []any
		for _, s := range strings.Split(x, ",") {
			if s = strings.TrimSpace(s); s != "" {
				out = append(out, s)
			}
		}
		return out
	case nil:
		return nil
	}
	return []any{v}
}

// literal writes a value as CEL. Numbers and booleans may come as text, because
// inputs give text.
func literal(k Kind, v any) (string, bool) {
	s, isText := v.(string)
	switch k {
	case Text:
		return quote(s), isText
	case Number:
		f, ok := number(v)
		if isText {
			f, ok = number(json.Number(strings.TrimSpace(s)))
		}
		return digits(f), ok
	case Bool:
		if b, ok := v.(bool); ok {
			return strconv.FormatBool(b), true
		}
		return s, s == "true" || s == "false"
	case Date:
		_, ok := parseDate(s)
		return "date(" + quote(s) + ")", isText && ok
	case Timestamp:
		t, ok := instant(v)
		return "timestamp(" + quote(t.Format(time.RFC3339Nano)) + ")", ok
	}
	return "", false
}

// digits writes a number; a large one with a fraction, because CEL reads an
// integer of at most 64 bits.
func digits(f float64) string {
	text := strconv.FormatFloat(f+0, 'f', -1, 64)
	if math.Abs(f) > wholeLimit {
		text += ".0"
	}
	return text
}

// quote writes a CEL text literal. Everything but printable characters is
// escaped, so that no value can end the literal or hide in it.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08X`, r)
		default:
			fmt.Fprintf(&b, `\u%04X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
