package rule

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// Kind is the type of a variable, as people know it.
type Kind string

// The kinds. A variable of kind Text, Number, Bool, Date or Timestamp may be
// empty (null); a List and Rows are never null, an empty one has no entries;
// Money and Range are containers whose parts may be empty.
const (
	Text      Kind = "text"
	Number    Kind = "number"    // a JSON number; the language has no other
	Bool      Kind = "bool"      // true or false
	Date      Kind = "date"      // a civil date, JSON "2026-01-31"
	Timestamp Kind = "timestamp" // an instant, JSON RFC 3339
	Time      Kind = Timestamp   // another word for Timestamp
	List      Kind = "list"      // of text
	Money     Kind = "money"     // {"amount": "12.50", "currency": "EUR"}: .amount is a number, .currency a text
	Range     Kind = "range"     // {"from": date, "to": date}: .from and .to are dates
	Rows      Kind = "rows"      // a list of maps, the rows of a table field
)

var kinds = []Kind{Text, Number, Bool, Date, Timestamp, List, Money, Range, Rows}

// Type says what one variable holds.
type Type struct {
	Kind Kind
	// Columns are the columns of Rows, each of a kind that is not Rows.
	Columns Schema
}

// Schema maps the name of a variable to its type.
type Schema map[string]Type

type typeJSON struct {
	Kind    Kind   `json:"kind"`
	Columns Schema `json:"columns,omitempty"`
}

// MarshalJSON writes "number", or {"kind": "rows", "columns": {...}}.
func (t Type) MarshalJSON() ([]byte, error) {
	if t.Columns == nil {
		return json.Marshal(t.Kind)
	}
	return json.Marshal(typeJSON(t))
}

// UnmarshalJSON reads what MarshalJSON writes.
func (t *Type) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		*t = Type{}
		return json.Unmarshal(b, &t.Kind)
	}
	var j typeJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	*t = Type(j)
	return nil
}

// Names returns the names in the schema, sorted.
func (s Schema) Names() []string { return slices.Sorted(maps.Keys(s)) }

// BuiltinUser is the schema every person has, before the org's own attributes.
func BuiltinUser() Schema {
	s := Schema{"level_rank": {Kind: Number}, "roles": {Kind: List}}
	for _, n := range []string{
		"id", "name", "email", "department", "department_name", "designation", "level",
		"city", "state", "country", "location", "status", "manager",
	} {
		s[n] = Type{Kind: Text}
	}
	return s
}

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`)

// reserved words cannot follow a dot in CEL or in one of the browser's engines.
var reserved = map[string]bool{
	"true": true, "false": true, "null": true, "in": true, "as": true, "break": true, "const": true,
	"continue": true, "else": true, "for": true, "function": true, "if": true, "import": true, "let": true,
	"loop": true, "package": true, "namespace": true, "return": true, "var": true, "void": true, "while": true,
	"__proto__": true, "constructor": true, "prototype": true,
}

// ValidName reports whether a field or attribute of that name can be used in rules.
func ValidName(name string) bool { return identifier.MatchString(name) && !reserved[name] }

// check refuses names and kinds that rules cannot work with.
func (s Schema) check(of string, allowed []Kind) error {
	for _, name := range s.Names() {
		t := s[name]
		if !ValidName(name) {
			return fmt.Errorf("%s: %q cannot be a name in rules: use letters, digits and _, at most 64, and no reserved word", of, name)
		}
		if !slices.Contains(allowed, t.Kind) {
			return fmt.Errorf("%s.%s: a variable here cannot be of kind %q", of, name, t.Kind)
		}
		if t.Kind == Rows {
			if err := t.Columns.check(of+"."+name, cellKinds); err != nil {
				return err
			}
		}
	}
	return nil
}

// cellKinds are what a table's column may hold: everything but a further table.
var cellKinds = kinds[:len(kinds)-1]

// attributeKinds are what a person's custom attribute may hold: what a search
// over people can compare.
var attributeKinds = []Kind{Text, Number, Bool, Date, List}
