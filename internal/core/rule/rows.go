package rule

import (
	"fmt"
	"strings"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// Limits of rows.
const (
	maxRows   = 100
	maxGroups = 10 // nested
)

// CEL gives the rule as CEL text. Rows are translated: only declared variables
// pass, values are typed by the schema and quoted by us. A group without rows is
// an error, because an empty condition would hold for everybody. The error is an
// Invalid fault; each Field's path names the row, "row 2" or "row 3.1".
func (s Source) CEL(e *Env) (string, error) {
	if s.Rows == nil {
		return s.Text, nil
	}
	w := &rowWriter{env: e}
	text := w.group(s.Rows, "", 1)
	if len(w.faults) > 0 {
		return "", &fault.Error{Code: fault.Invalid, Message: "The rows of this rule are not right.", Fields: w.faults}
	}
	return text, nil
}

// rowWriter writes the CEL of rows and collects what is wrong with them.
type rowWriter struct {
	env    *Env
	rows   int
	faults []fault.Field
}

func (w *rowWriter) bad(at, format string, args ...any) string {
	if at == "" {
		at = "rows"
	} else {
		at = "row " + at
	}
	w.faults = append(w.faults, fault.Field{Path: at, Message: fmt.Sprintf(format, args...)})
	return ""
}

// group writes the parts of a group, joined.
func (w *rowWriter) group(g *Group, at string, depth int) string {
	joint, ok := map[string]string{"and": " && ", "or": " || "}[g.Combinator]
	switch {
	case depth > maxGroups:
		return w.bad(at, "Groups are nested more than %d deep.", maxGroups)
	case !ok:
		return w.bad(at, "A group joins its rows with and or or, not with %q.", clip(g.Combinator))
	case len(g.Rules) == 0:
		return w.bad(at, "This group has no rows; it would hold for everybody. Add a row or remove the group.")
	case string(g.extra["muted"]) == "true":
		return w.bad(at, "This group is muted; unmute or remove it.")
	}
	parts := make([]string, len(g.Rules))
	for i, item := range g.Rules {
		parts[i] = w.item(item, position(at, i), depth)
	}
	text := strings.Join(parts, joint)
	if g.Not {
		return "!(" + text + ")"
	}
	if depth > 1 && len(parts) > 1 {
		return "(" + text + ")"
	}
	return text
}

func position(at string, i int) string {
	if at == "" {
		return fmt.Sprint(i + 1)
	}
	return fmt.Sprintf("%s.%d", at, i+1)
}

func (w *rowWriter) item(i Item, at string, depth int) string {
	if w.rows++; w.rows > maxRows {
		if w.rows == maxRows+1 {
			w.bad("", "There are more than %d rows.", maxRows)
		}
		return ""
	}
	switch {
	case i.Group != nil:
		return w.group(i.Group, at, depth+1)
	case i.Row != nil:
		return w.row(i.Row, at)
	}
	return w.bad(at, "This row is empty.")
}

// row writes one condition.
func (w *rowWriter) row(r *Row, at string) string {
	if string(r.extra["muted"]) == "true" {
		return w.bad(at, "This row is muted; unmute or remove it.")
	}
	if r.extra["match"] != nil {
		return w.bad(at, "Rows about the entries of a table cannot be written here; use CEL text.")
	}
	kind, ok := w.env.kindAt(r.Field)
	if !ok {
		return w.bad(at, "There is no variable %q.", clip(r.Field))
	}
	op, ok := rowOperators[r.Operator]
	if !ok {
		return w.bad(at, "There is no operator %q.", clip(r.Operator))
	}
	if !op.takes(kind) {
		return w.bad(at, "%s is %s; %q does not work on it.", r.Field, articles[kind], r.Operator)
	}
	values, problem := w.values(r, kind, op)
	if problem != "" {
		return w.bad(at, "%s", problem)
	}
	return op.write(r.Field, kind, values)
}

// kindAt finds a variable by its full name: "form.days", "form.total.amount", "step".
func (e *Env) kindAt(name string) (Kind, bool) {
	parts := strings.Split(name, ".")
	if len(parts) == 1 {
		k, ok := loose[name]
		return k, ok
	}
	o := e.objects[parts[0]]
	if o == nil {
		return "", false
	}
	for i, part := range parts[1:] {
		t, ok := o.schema[part]
		last := i == len(parts)-2
		switch {
		case !ok:
			return "", false
		case last:
			return t.Kind, t.Kind != Money && t.Kind != Range
		case t.Kind == Money:
			o = moneyObject
		case t.Kind == Range:
			o = rangeObject
		default:
			return "", false
		}
	}
	return "", false
}
