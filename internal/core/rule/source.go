package rule

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"gopkg.in/yaml.v3"
)

// Source is a rule as it was given: CEL text, or rows of [variable, operator,
// value]. It is written back as it was read; the CEL of rows is derived.
type Source struct {
	Text string
	Rows *Group
}

// CEL makes the source of a rule from text.
func CEL(text string) Source { return Source{Text: text} }

// IsZero reports whether no rule was given.
func (s Source) IsZero() bool { return s.Text == "" && s.Rows == nil }

// Group is rows joined by and/or, in the JSON of react-querybuilder's RuleGroup.
type Group struct {
	Combinator string // "and" or "or"
	Not        bool
	Rules      []Item

	extra map[string]json.RawMessage // what the editor keeps there besides: id, path ...
}

// Item is one entry of a group: exactly one of the two is set.
type Item struct {
	Row   *Row
	Group *Group
}

// Row is one condition.
type Row struct {
	Field       string // "form.days"
	Operator    string // "=", "beginsWith", "notNull" ...
	Value       any    // JSON: text, number, bool, list
	ValueSource string // "value" (also when empty) or "field": Value names a variable

	extra map[string]json.RawMessage
}

var errShape = errors.New(`a rule is a text (put true, false and numbers in quotes), or rows: {"rows": {"combinator": "and", "rules": [...]}}`)

// MarshalJSON writes a string or {"rows": {...}}; no rule is null.
func (s Source) MarshalJSON() ([]byte, error) {
	if s.Rows != nil {
		return encode(map[string]*Group{"rows": s.Rows})
	}
	if s.Text == "" {
		return []byte("null"), nil
	}
	return encode(s.Text)
}

// encode leaves < > & readable; an encoder around it that wants them escaped
// escapes them.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// UnmarshalJSON reads what MarshalJSON writes.
func (s *Source) UnmarshalJSON(b []byte) error {
	*s = Source{}
	b = bytes.TrimSpace(b)
	if string(b) == "null" {
		return nil
	}
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &s.Text)
	}
	m, err := jsonObject(b)
	if err != nil || len(m) != 1 || m["rows"] == nil {
		return errShape
	}
	s.Rows = new(Group)
	return json.Unmarshal(m["rows"], s.Rows)
}

// MarshalYAML writes a string or rows, as MarshalJSON does.
func (s Source) MarshalYAML() (any, error) {
	if s.Rows == nil {
		if s.Text == "" {
			return nil, nil
		}
		return s.Text, nil
	}
	b, err := s.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var out any
	err = json.Unmarshal(b, &out)
	return out, err
}

// UnmarshalYAML reads a string or rows.
func (s *Source) UnmarshalYAML(n *yaml.Node) error {
	*s = Source{}
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	switch {
	case n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
		return nil
	case n.Kind == yaml.ScalarNode && n.ShortTag() == "!!str":
		s.Text = n.Value
		return nil
	case n.Kind != yaml.MappingNode:
		return fmt.Errorf("line %d: %w", n.Line, errShape)
	}
	datesAsText(n)
	var v any
	if err := n.Decode(&v); err != nil {
		return err
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("line %d: %w", n.Line, errShape)
	}
	if err := s.UnmarshalJSON(b); err != nil {
		return fmt.Errorf("line %d: %w", n.Line, err)
	}
	return nil
}

// datesAsText keeps 2026-01-31 from becoming a time.
func datesAsText(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!timestamp" {
		n.Tag = "!!str"
	}
	for _, c := range n.Content {
		datesAsText(c)
	}
}

// jsonObject keeps the keys exact: encoding/json would match "ROWS" with rows.
func jsonObject(b []byte) (map[string]json.RawMessage, error) {
	var m map[string]json.RawMessage
	if err := json.Unmarshal(b, &m); err != nil || m == nil {
		return nil, errShape
	}
	return m, nil
}

// take removes a key and decodes it; an absent one leaves v alone.
func take(m map[string]json.RawMessage, key string, v any) error {
	raw, ok := m[key]
	if !ok {
		return nil
	}
	delete(m, key)
	if err := json.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("rows: %s is not of the right kind", key)
	}
	return nil
}

// MarshalJSON writes a group with everything the editor had put there.
func (g Group) MarshalJSON() ([]byte, error) {
	m := map[string]any{"combinator": g.Combinator, "rules": g.Rules}
	if g.Rules == nil {
		m["rules"] = []Item{}
	}
	if g.Not {
		m["not"] = true
	}
	for k, v := range g.extra {
		m[k] = v
	}
	return encode(m)
}

// UnmarshalJSON reads a group.
func (g *Group) UnmarshalJSON(b []byte) error {
	m, err := jsonObject(b)
	if err != nil {
		return err
	}
	*g = Group{}
	if string(m["not"]) == "false" { // keep it written as it was
		g.extra = map[string]json.RawMessage{"not": m["not"]}
	}
	err = errors.Join(take(m, "combinator", &g.Combinator), take(m, "not", &g.Not), take(m, "rules", &g.Rules))
	g.keep(m)
	return err
}

func (g *Group) keep(m map[string]json.RawMessage) {
	for k, v := range m {
		if g.extra == nil {
			g.extra = map[string]json.RawMessage{}
		}
		g.extra[k] = v
	}
}

// MarshalJSON writes the row or the group.
func (i Item) MarshalJSON() ([]byte, error) {
	if i.Group != nil {
		return encode(i.Group)
	}
	return encode(i.Row)
}

// UnmarshalJSON reads a row, or a group when it has rules.
func (i *Item) UnmarshalJSON(b []byte) error {
	m, err := jsonObject(b)
	if err != nil {
		return err
	}
	*i = Item{}
	if m["rules"] != nil {
		i.Group = new(Group)
		return i.Group.UnmarshalJSON(b)
	}
	i.Row = new(Row)
	return i.Row.UnmarshalJSON(b)
}

// MarshalJSON writes a row with everything the editor had put there.
func (r Row) MarshalJSON() ([]byte, error) {
	m := map[string]any{"field": r.Field, "operator": r.Operator, "value": r.Value}
	if r.ValueSource != "" {
		m["valueSource"] = r.ValueSource
	}
	for k, v := range r.extra {
		if v == nil {
			delete(m, k)
			continue
		}
		m[k] = v
	}
	return encode(m)
}

// UnmarshalJSON reads a row.
func (r *Row) UnmarshalJSON(b []byte) error {
	m, err := jsonObject(b)
	if err != nil {
		return err
	}
	*r = Row{}
	if _, given := m["value"]; !given {
		r.extra = map[string]json.RawMessage{"value": nil} // null and notNull need none
	}
	err = errors.Join(take(m, "field", &r.Field), take(m, "operator", &r.Operator),
		take(m, "value", &r.Value), take(m, "valueSource", &r.ValueSource))
	for k, v := range m {
		if r.extra == nil {
			r.extra = map[string]json.RawMessage{}
		}
		r.extra[k] = v
	}
	return err
}
