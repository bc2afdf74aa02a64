package form

import (
	"regexp"
	"slices"
	"strings"

	"github.com/handstamp/handstamp/internal/core/rule"
)

// Compiled is a form whose rules have been checked. It is immutable and safe
// for concurrent use.
type Compiled struct {
	form   Form
	fields []*field
	byName map[string]*field
	// order lists the fields so that each comes after those its calculation and
	// its visibility read.
	order []*field
}

// field is a Field with everything that was prepared for it.
type field struct {
	Field
	kind    kind
	pattern *regexp.Regexp
	columns []*field

	defaultRule, calculate, visible, people *rule.Rule
	checks                                  []check

	calcReads    []string // fields the calculation mentions
	visibleReads []string // fields visible_when mentions
	// steady tells that visible_when depends on the data of the run alone, not on
	// the step or the moment: what it hides holds no value.
	steady bool
}

type check struct {
	rule    *rule.Rule
	message string
	reads   []string
}

func (f *field) calculated() bool { return f.calculate != nil }

func (f *field) hasOption(value string) bool {
	return slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == value })
}

func (f *field) label() string { return LabelOf(f.Field) }

// LabelOf is the field's label, or its name made readable when it has none.
func LabelOf(f Field) string {
	if f.Label != "" {
		return f.Label
	}
	s := strings.ReplaceAll(f.Name, "_", " ")
	if s == "" {
		return "The field"
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Fields lists the fields in the order of the document. Do not change them.
func (c *Compiled) Fields() []Field { return c.form.Fields }

// Field returns the field of that name.
func (c *Compiled) Field(name string) (Field, bool) {
	f, ok := c.byName[name]
	if !ok {
		return Field{}, false
	}
	return f.Field, true
}

// PeopleRule is the rule that narrows a user field ("approver") or a user column
// ("items.owner"), nil when everybody may be named.
func (c *Compiled) PeopleRule(path string) *rule.Rule {
	name, col, inTable := strings.Cut(path, ".")
	f := c.byName[name]
	if f != nil && inTable {
		f = f.column(col)
	}
	if f == nil {
		return nil
	}
	return f.people
}

// PersonRef is one person named in values, and where.
type PersonRef struct {
	Path string // "values.items.2.owner"
	ID   string
}

// People lists every person that user fields and columns of v name, so that the
// caller can check they exist: the form knows no people.
func (c *Compiled) People(v Values) []PersonRef {
	var out []PersonRef
	c.eachText(v, User, func(path, id string) { out = append(out, PersonRef{path, id}) })
	return out
}

// DeptRef is one department named in values, and where.
type DeptRef struct {
	Path string
	Key  string
}

// Departments lists every department that v names, as People lists persons.
func (c *Compiled) Departments(v Values) []DeptRef {
	var out []DeptRef
	c.eachText(v, Dept, func(path, key string) { out = append(out, DeptRef{path, key}) })
	return out
}

func (c *Compiled) eachText(v Values, t FieldType, visit func(path, text string)) {
	for _, f := range c.fields {
		path := valuePath(f.Name)
		if s, ok := v[f.Name].(string); ok && f.Type == t && s != "" {
			visit(path, s)
		}
		if f.Type == Table {
			f.eachCell(path, v[f.Name], t, visit)
		}
	}
}

func (f *field) eachCell(path string, v any, t FieldType, visit func(path, text string)) {
	rows, _ := rowList(v)
	for i, row := range rows {
		for _, c := range f.columns {
			if s, ok := row[c.Name].(string); ok && c.Type == t && s != "" {
				visit(join(path, i)+"."+c.Name, s)
			}
		}
	}
}

func valuePath(name string) string { return "values." + name }
