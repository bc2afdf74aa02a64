package rule

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// dateType keeps civil dates and instants apart: comparing them would silently
// depend on a time zone.
var dateType = cel.OpaqueType("date")

// civil is a date without a time zone, in days since 1970-01-01.
type civil int

// The dates the language knows: what ISO 8601 writes with four digits.
const (
	firstDay = civil(-719162) // 0001-01-01
	lastDay  = civil(2932896) // 9999-12-31
)

func (d civil) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

func (d civil) String() string { return d.time().Format(time.DateOnly) }

func civilOf(t time.Time) civil {
	return civil(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func parseDate(s string) (civil, bool) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return 0, false
	}
	return civilOf(t), true
}

// ConvertToNative is not needed by any rule and refuses.
func (d civil) ConvertToNative(t reflect.Type) (any, error) {
	return nil, fmt.Errorf("a date cannot become %v", t)
}

// ConvertToType is not needed by any rule and refuses.
func (d civil) ConvertToType(t ref.Type) ref.Val {
	return types.NewErr("a date cannot become %s", t.TypeName())
}

// Equal compares with another date.
func (d civil) Equal(other ref.Val) ref.Val {
	o, ok := other.(civil)
	return types.Bool(ok && o == d)
}

// Type is the type of dates.
func (d civil) Type() ref.Type { return dateType }

// Value is the date itself.
func (d civil) Value() any { return d }

// object is a group of variables: form, user, one row of a table, a money. It
// holds the JSON as it came; a part is converted when a rule reads it.
type object struct {
	typ  *objectType
	path string // "form", "form.items[2]": for messages
	raw  map[string]any
}

// ConvertToNative is not needed by any rule and refuses.
func (o *object) ConvertToNative(t reflect.Type) (any, error) {
	return nil, fmt.Errorf("%s cannot become %v", o.path, t)
}

// ConvertToType is not needed by any rule and refuses.
func (o *object) ConvertToType(t ref.Type) ref.Val {
	return types.NewErr("%s cannot become %s", o.path, t.TypeName())
}

// Equal is never reached: the check refuses comparing whole objects.
func (o *object) Equal(ref.Val) ref.Val { return types.NewErr("%s cannot be compared", o.path) }

// Type is the declared type of the object.
func (o *object) Type() ref.Type { return o.typ.cel }

// Value is the object itself.
func (o *object) Value() any { return o }

// convert turns a JSON value into the value the checker was promised. A value of
// another kind is an error, never "empty": a rule must not decide on it.
func (p *provider) convert(path string, t Type, v any) (ref.Val, error) {
	switch t.Kind {
	case List:
		return convertList(path, v)
	case Rows:
		return p.convertRows(path, v)
	case Money:
		return convertObject(path, moneyObject, v)
	case Range:
		return convertObject(path, rangeObject, v)
	}
	return convertScalar(path, t.Kind, v)
}

func convertScalar(path string, k Kind, v any) (ref.Val, error) {
	if v == nil {
		return types.NullValue, nil
	}
	if r := scalar(k, v); r != nil {
		return r, nil
	}
	return nil, fmt.Errorf("%s is not a %s", path, kindWords[k])
}

// scalar returns nil when v is not of the kind.
func scalar(k Kind, v any) ref.Val {
	switch k {
	case Text:
		if s, ok := v.(string); ok {
			return types.String(s)
		}
	case Number:
		if f, ok := number(v); ok {
			return types.Double(f)
		}
	case Bool:
		if b, ok := v.(bool); ok {
			return types.Bool(b)
		}
	case Date:
		if s, ok := v.(string); ok {
			if d, ok := parseDate(s); ok {
				return d
			}
		}
	case Timestamp:
		if t, ok := instant(v); ok {
			return types.Timestamp{Time: t}
		}
	}
	return nil
}

func number(v any) (float64, bool) {
	f := math.NaN()
	switch n := v.(type) {
	case float64:
		f = n
	case int:
		f = float64(n)
	case int64:
		f = float64(n)
	case int32:
		f = float64(n)
	case json.Number:
		x, err := n.Float64()
		if err != nil {
			return 0, false
		}
		f = x
	}
	return f, !math.IsNaN(f) && !math.IsInf(f, 0)
}

func instant(v any) (time.Time, bool) {
	switch t := v.(type) {
	case time.Time:
		return t.UTC().Truncate(time.Millisecond), inYears(t)
	case string:
		x, err := time.Parse(time.RFC3339, t)
		return x.UTC().Truncate(time.Millisecond), err == nil && inYears(x)
	}
	return time.Time{}, false
}

func inYears(t time.Time) bool { y := t.UTC().Year(); return y >= 1 && y <= 9999 }

func convertList(path string, v any) (ref.Val, error) {
	switch l := v.(type) {
	case nil:
		return types.NewStringList(types.DefaultTypeAdapter, nil), nil
	case []string:
		return types.NewStringList(types.DefaultTypeAdapter, l), nil
	case []any:
		out := make([]string, len(l))
		for i, x := range l {
			s, ok := x.(string)
			if !ok {
				return nil, fmt.Errorf("%s is not a list of texts", path)
			}
			out[i] = s
		}
		return types.NewStringList(types.DefaultTypeAdapter, out), nil
	}
	return nil, fmt.Errorf("%s is not a list of texts", path)
}

func (p *provider) convertRows(path string, v any) (ref.Val, error) {
	var rows []ref.Val
	add := func(x any) bool {
		m, ok := x.(map[string]any)
		rows = append(rows, &object{typ: p.rows[path], path: fmt.Sprintf("%s[%d]", path, len(rows)), raw: m})
		return ok
	}
	switch l := v.(type) {
	case nil:
	case []map[string]any:
		for _, m := range l {
			add(m)
		}
	case []any:
		for _, x := range l {
			if !add(x) {
				return nil, fmt.Errorf("%s is not a table", path)
			}
		}
	default:
		return nil, fmt.Errorf("%s is not a table", path)
	}
	return types.NewRefValList(types.DefaultTypeAdapter, rows), nil
}

func convertObject(path string, t *objectType, v any) (ref.Val, error) {
	m, ok := v.(map[string]any)
	if v != nil && !ok {
		return nil, fmt.Errorf("%s is not a %s", path, t.words)
	}
	return &object{typ: t, path: path, raw: m}, nil
}
