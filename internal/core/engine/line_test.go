package engine_test

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/handstamp/handstamp/internal/core/form"
)

// line is one command of a scenario: a verb, words, "by somebody", "to
// somebody" and settings such as comment="why".
type line struct {
	verb   string
	words  []string
	by, to string
	set    map[string]string // as YAML
	names  []string          // of set, in order
}

func parseLine(text string) (line, error) {
	parts := split(text)
	l := line{verb: parts[0], set: map[string]string{}}
	for i := 1; i < len(parts); i++ {
		name, value, setting := strings.Cut(parts[i], "=")
		switch {
		case (parts[i] == "by" || parts[i] == "to") && i+1 == len(parts):
			return l, fmt.Errorf("%q: %s whom?", text, parts[i])
		case parts[i] == "by":
			i++
			l.by = parts[i]
		case parts[i] == "to":
			i++
			l.to = parts[i]
		case setting:
			l.set[name] = value
			l.names = append(l.names, name)
		default:
			l.words = append(l.words, parts[i])
		}
	}
	return l, nil
}

// split cuts at spaces outside of quotes and brackets.
func split(text string) []string {
	var out []string
	depth, quote, from := 0, rune(0), 0
	for i, c := range text + " " {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		case c == ' ' && depth == 0:
			if i > from {
				out = append(out, text[from:i])
			}
			from = i + 1
		}
	}
	return out
}

// word returns a word by its place, "" when there are not so many.
func (l line) word(i int) string {
	if i < len(l.words) {
		return l.words[i]
	}
	return ""
}

// take removes a setting and returns it as text.
func (l line) take(name string) string {
	text, ok := l.set[name]
	if !ok {
		return ""
	}
	delete(l.set, name)
	if v, err := scalar(text); err == nil {
		if s, isText := v.(string); isText {
			return s
		}
	}
	return text
}

// values reads the settings that are left, and the lines below the command, as
// values of the form. People are written by the name the scenario gives them.
func (s *stage) values(l line, input string) (map[string]any, error) {
	out := map[string]any{}
	for name, text := range l.set {
		v, err := scalar(text)
		if err != nil {
			return nil, fmt.Errorf("%s=%s: %w", name, text, err)
		}
		out[name] = v
	}
	if strings.TrimSpace(input) != "" {
		v, err := scalar(input)
		m, ok := v.(map[string]any)
		if err != nil || !ok {
			return nil, fmt.Errorf("the lines below the command are not values: %w", err)
		}
		for name, v := range m {
			out[name] = v
		}
	}
	version := s.version
	if s.run != nil && l.verb != "start" {
		version = s.run.Version
	}
	for _, f := range version.Form.Fields() {
		if v, ok := out[f.Name]; ok {
			out[f.Name] = s.withPeople(f, v)
		}
	}
	return out, nil
}

// withPeople puts ids in place of names.
func (s *stage) withPeople(f form.Field, v any) any {
	switch x := v.(type) {
	case string:
		if id, ok := s.ids[x]; ok && f.Type == form.User {
			return id.String()
		}
	case []any:
		for _, row := range x {
			for _, c := range f.Columns {
				if m, ok := row.(map[string]any); ok && m[c.Name] != nil {
					m[c.Name] = s.withPeople(c, m[c.Name])
				}
			}
		}
	}
	return v
}

// scalar reads YAML as JSON values: dates stay text.
func scalar(text string) (any, error) {
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil {
		return nil, err
	}
	if len(n.Content) == 0 {
		return nil, nil
	}
	return plain(n.Content[0])
}

func plain(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.SequenceNode:
		out := []any{}
		for _, c := range n.Content {
			v, err := plain(c)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		return out, nil
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			v, err := plain(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			out[n.Content[i].Value] = v
		}
		return out, nil
	}
	switch n.ShortTag() {
	case "!!null":
		return nil, nil
	case "!!bool":
		var b bool
		return b, n.Decode(&b)
	case "!!int", "!!float":
		var f float64
		err := n.Decode(&f)
		return f, err
	}
	return n.Value, nil
}
