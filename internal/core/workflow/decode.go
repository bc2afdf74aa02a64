package workflow

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"sync"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
)

var (
	sourceType = reflect.TypeFor[rule.Source]()
	itemType   = reflect.TypeFor[form.Item]()
)

// document makes the Document of a tree, or tells every problem.
func (r *reader) document(t *tree) (Document, fault.Problems) {
	r.inspect("", t)
	var d Document
	if t.kind != objectTree {
		r.at("", t, "A document is an object with key, name, form and steps.")
	} else {
		r.decode("", t, reflect.ValueOf(&d).Elem())
	}
	if len(r.ps) > 0 {
		return Document{}, r.ps
	}
	return d, nil
}

// decode sets v from t and reports what does not fit.
func (r *reader) decode(path string, t *tree, v reflect.Value) {
	switch {
	case t.kind == nullTree: // as if it were absent
		return
	case v.Type() == sourceType:
		r.source(path, t, v)
		return
	case v.Type() == itemType && t.kind == textTree:
		v.Set(reflect.ValueOf(form.Item{Field: t.text}))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		r.decode(path, t, v.Elem())
	case reflect.Struct:
		r.object(path, t, v)
	case reflect.Map:
		r.mapping(path, t, v)
	case reflect.Slice, reflect.Array:
		r.list(path, t, v)
	case reflect.Interface:
		v.Set(reflect.ValueOf(t.value()))
	default:
		r.scalar(path, t, v)
	}
}

func (r *reader) scalar(path string, t *tree, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if t.kind == textTree || t.bare {
			v.SetString(t.asText())
			return
		}
		r.at(path, t, "This must be text.")
	case reflect.Bool:
		if t.kind == boolTree {
			v.SetBool(t.text == "true")
			return
		}
		r.at(path, t, "This must be true or false.")
	case reflect.Float64:
		if t.kind == numberTree {
			v.SetFloat(number(t.text))
			return
		}
		r.at(path, t, "This must be a number.")
	case reflect.Int:
		n := number(t.text)
		if t.kind == numberTree && n == math.Trunc(n) && math.Abs(n) <= math.MaxInt32 {
			v.SetInt(int64(n))
			return
		}
		r.at(path, t, "This must be a whole number.")
	}
}

// asText is the text, as it was written where YAML took it for something else.
func (t *tree) asText() string {
	if t.bare && t.written != "" {
		return t.written
	}
	return t.text
}

// source hands a rule to its own decoder.
func (r *reader) source(path string, t *tree, v reflect.Value) {
	b, err := json.Marshal(t.value())
	if err == nil {
		err = json.Unmarshal(b, v.Addr().Interface())
	}
	if err != nil {
		r.at(path, t, "%s.", sentence(strings.TrimSuffix(err.Error(), ".")))
	}
}

func (r *reader) list(path string, t *tree, v reflect.Value) {
	if t.kind != listTree {
		r.at(path, t, "This must be a list.")
		return
	}
	if v.Kind() == reflect.Array {
		if len(t.items) != v.Len() {
			r.at(path, t, "This must be a list of %d.", v.Len())
			return
		}
	} else { // an empty list is written where it says something: columns without fields yet
		v.Set(reflect.MakeSlice(v.Type(), len(t.items), len(t.items)))
	}
	for i, x := range t.items {
		if x.kind == nullTree {
			r.at(t.path(path, i), x, "The entry is empty.")
			continue
		}
		r.decode(t.path(path, i), x, v.Index(i))
	}
}

func (r *reader) mapping(path string, t *tree, v reflect.Value) {
	if t.kind != objectTree {
		r.at(path, t, "This must be an object.")
		return
	}
	if len(t.keys) > 0 {
		v.Set(reflect.MakeMap(v.Type()))
	}
	for i, k := range t.keys {
		if t.items[i].kind == nullTree {
			r.at(t.path(path, i), t.items[i], "The entry is empty.")
			continue
		}
		x := reflect.New(v.Type().Elem()).Elem()
		r.decode(t.path(path, i), t.items[i], x)
		v.SetMapIndex(reflect.ValueOf(k.name).Convert(v.Type().Key()), x)
	}
}

func (r *reader) object(path string, t *tree, v reflect.Value) {
	if t.kind != objectTree {
		r.at(path, t, "This must be an object with: %s.", strings.Join(membersOf(v.Type()).names, ", "))
		return
	}
	m := membersOf(v.Type())
	for i, k := range t.keys {
		index, ok := m.index[k.name]
		if !ok {
			r.unknown(t.path(path, i), k, m.names)
			continue
		}
		r.decode(t.path(path, i), t.items[i], v.Field(index))
	}
}

func (r *reader) unknown(path string, k place, names []string) {
	at := &tree{line: k.line, column: k.column}
	for _, n := range names {
		if near(k.name, n) {
			r.at(path, at, "There is no member %q here. Did you mean %q?", k.name, n)
			return
		}
	}
	r.at(path, at, "There is no member %q here. Use: %s.", k.name, strings.Join(names, ", "))
}

// near reports whether b is what somebody meant who wrote a: other letter case,
// or one letter too many, too few or wrong.
func near(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// members are the JSON names of a struct.
type members struct {
	names []string
	index map[string]int
}

var memberCache sync.Map // reflect.Type → *members

func membersOf(t reflect.Type) *members {
	if m, ok := memberCache.Load(t); ok {
		return m.(*members)
	}
	m := &members{index: map[string]int{}}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		m.names = append(m.names, name)
		m.index[name] = i
	}
	memberCache.Store(t, m)
	return m
}
