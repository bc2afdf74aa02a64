package form

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// maxRows is the most rows any table may have.
const maxRows = 200

// faults collects what is wrong with values, in words that begin with the label.
type faults struct{ list []fault.Field }

func (b *faults) add(path string, f *field, predicate string) {
	b.say(path, f.label()+" "+strings.TrimSuffix(predicate, ".")+".")
}

func (b *faults) say(path, message string) {
	b.list = append(b.list, fault.Field{Path: path, Message: message})
}

// err is nil, or one error that lists every field.
func (b *faults) err() error {
	switch len(b.list) {
	case 0:
		return nil
	case 1:
		return &fault.Error{Code: fault.Invalid, Message: b.list[0].Message, Fields: b.list}
	}
	return &fault.Error{
		Code: fault.Invalid, Fields: b.list,
		Message: fmt.Sprintf("%d values need to be corrected.", len(b.list)),
	}
}

// isEmpty reports whether v counts as no value.
func isEmpty(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case string:
		return x == ""
	case []any:
		return len(x) == 0
	case []string:
		return len(x) == 0
	case []map[string]any:
		return len(x) == 0
	case map[string]any:
		return emptyObject(x)
	}
	return false
}

// emptyObject reports whether an amount or a range of dates is blank. A browser
// may offer a currency before anybody typed an amount.
func emptyObject(m map[string]any) bool {
	if amount, ok := m["amount"]; ok {
		return isEmpty(amount) && onlyKeys(m, "amount", "currency")
	}
	for _, v := range m {
		if !isEmpty(v) {
			return false
		}
	}
	return true
}

// parse brings a value into its canonical shape, nil when it is empty, and adds
// to bad what cannot be stored at all.
func (f *field) parse(path string, v any, bad *faults) any {
	if isEmpty(v) {
		return nil
	}
	if f.Type == Table {
		return f.parseRows(path, v, bad)
	}
	out, err := f.kind.parse(f, v)
	if err != nil {
		bad.add(path, f, err.Error())
		return nil
	}
	if isEmpty(out) { // nothing but spaces
		return nil
	}
	return out
}

// check holds a canonical value against the settings of the field.
func (f *field) check(path string, v any, bad *faults) {
	if f.Type == Table {
		f.checkRows(path, v, bad)
		return
	}
	if v == nil || f.kind.check == nil {
		return
	}
	if err := f.kind.check(f, v); err != nil {
		bad.add(path, f, err.Error())
	}
}

func (f *field) parseRows(path string, v any, bad *faults) any {
	rows, ok := rowList(v)
	if !ok {
		bad.add(path, f, "must be a list of rows")
		return nil
	}
	if len(rows) > maxRows {
		bad.add(path, f, fmt.Sprintf("must have at most %d rows; it has %d", maxRows, len(rows)))
		return nil
	}
	out := make([]any, len(rows))
	used := 0
	for i, row := range rows {
		clean := f.parseRow(join(path, i), row, bad)
		if out[i] = clean; len(clean) > 0 {
			used = i + 1
		}
	}
	// Only trailing empty rows go: the number of a row in a message must be the
	// number the person sees.
	if used == 0 {
		return nil
	}
	return out[:used]
}

func rowList(v any) ([]map[string]any, bool) {
	switch l := v.(type) {
	case []map[string]any:
		return l, true
	case []any:
		out := make([]map[string]any, len(l))
		for i, x := range l {
			m, ok := x.(map[string]any)
			if !ok {
				return nil, false
			}
			out[i] = m
		}
		return out, true
	}
	return nil, false
}

func (f *field) parseRow(path string, row map[string]any, bad *faults) map[string]any {
	clean := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(row)) {
		col := f.column(name)
		if col == nil {
			bad.say(path+"."+name, fmt.Sprintf("%s has no column of that name.", f.label()))
			continue
		}
		if v := col.parse(path+"."+name, row[name], bad); v != nil {
			clean[name] = v
		}
	}
	return clean
}

func (f *field) column(name string) *field {
	for _, c := range f.columns {
		if c.Name == name {
			return c
		}
	}
	return nil
}

func (f *field) checkRows(path string, v any, bad *faults) {
	rows, _ := v.([]any)
	if len(rows) < f.MinRows && (len(rows) > 0 || f.Required) {
		bad.add(path, f, fmt.Sprintf("must have at least %d %s", f.MinRows, plural(f.MinRows, "row")))
	}
	if f.MaxRows > 0 && len(rows) > f.MaxRows {
		bad.add(path, f, fmt.Sprintf("must have at most %d %s; it has %d", f.MaxRows, plural(f.MaxRows, "row"), len(rows)))
	}
	for i, row := range rows {
		cells := row.(map[string]any)
		for _, c := range f.columns {
			at := join(path, i) + "." + c.Name
			if v := cells[c.Name]; v != nil {
				c.check(at, v, bad)
			} else if c.Required {
				bad.say(at, fmt.Sprintf("%s is required in row %d of %s.", c.label(), i+1, f.label()))
			}
		}
	}
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

func join(path string, i int) string { return path + "." + strconv.Itoa(i) }
