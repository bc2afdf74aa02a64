package mapping

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Problems are everything that is wrong with a mapping, each with its line.
type Problems []Problem

// Problem is one thing that is wrong with a mapping.
type Problem struct {
	Line    int // 0: of the whole file
	Message string
}

// Add notes a problem.
func (ps *Problems) Add(line int, format string, args ...any) {
	*ps = append(*ps, Problem{line, fmt.Sprintf(format, args...)})
}

// Err is nil without problems, else an error that lists them all by line.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	sorted := slices.Clone(ps)
	slices.SortStableFunc(sorted, func(a, b Problem) int { return a.Line - b.Line })
	var lines []string
	for _, p := range sorted {
		if p.Line > 0 {
			lines = append(lines, fmt.Sprintf("line %d: %s", p.Line, p.Message))
		} else {
			lines = append(lines, p.Message)
		}
	}
	return errors.New(strings.Join(lines, "\n"))
}

// reader walks through the YAML of a mapping and collects problems.
type reader struct{ ps Problems }

// members are what an object may hold.
type members map[string]func(*yaml.Node)

// object reads an object with known members.
func (r *reader) object(n *yaml.Node, what string, known members) {
	r.entries(n, what, func(key string, k, v *yaml.Node) {
		read, ok := known[key]
		if !ok {
			names := make([]string, 0, len(known))
			for name := range known {
				names = append(names, name)
			}
			slices.Sort(names)
			r.ps.Add(k.Line, "%s has no member %q; it may have %s.", what, key, strings.Join(names, ", "))
			return
		}
		read(v)
	})
}

// entries reads an object whose members have any name, each once.
func (r *reader) entries(n *yaml.Node, what string, each func(key string, k, v *yaml.Node)) {
	if !r.plain(n) {
		return
	}
	if n.Kind != yaml.MappingNode {
		r.ps.Add(n.Line, "%s must be an object: name: value.", what)
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if !r.plain(k) || !r.plain(v) {
			continue
		}
		if k.Kind != yaml.ScalarNode || k.Tag == "!!merge" {
			r.ps.Add(k.Line, "A member of %s must have a plain name.", what)
			continue
		}
		if line, again := seen[k.Value]; again {
			r.ps.Add(k.Line, "%q stands in line %d already.", k.Value, line)
			continue
		}
		seen[k.Value] = k.Line
		each(k.Value, k, v)
	}
}

// plain refuses aliases: they hide what a mapping says.
func (r *reader) plain(n *yaml.Node) bool {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		r.ps.Add(n.Line, "Anchors (&) and aliases (*) are not read; put a name that begins with * into quotes.")
		return false
	}
	return true
}

// text reads one text that must say something.
func (r *reader) text(what string, into *string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" || strings.TrimSpace(n.Value) == "" {
			r.ps.Add(n.Line, "%s must be a text.", what)
			return
		}
		*into = n.Value
	}
}

// oneOf reads a text that must be one of some words.
func oneOf[T ~string](r *reader, what string, into *T, words ...T) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var s string
		r.text(what, &s)(n)
		if s != "" && !slices.Contains(words, T(s)) {
			list := make([]string, len(words))
			for i, w := range words {
				list[i] = string(w)
			}
			r.ps.Add(n.Line, "%s cannot be %q; use %s.", what, s, strings.Join(list, ", "))
			return
		}
		*into = T(s)
	}
}

// texts reads one text or a list of them.
func (r *reader) texts(what string, into *[]string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		items := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode {
			items = n.Content
		}
		if len(items) == 0 {
			r.ps.Add(n.Line, "%s must name at least one.", what)
		}
		for _, x := range items {
			var s string
			if r.plain(x) {
				r.text(what, &s)(x)
				*into = append(*into, s)
			}
		}
	}
}

// flag reads a member that is either true or absent.
func (r *reader) flag(what string, into *bool) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.Value != "true" {
			r.ps.Add(n.Line, "%s is true or absent.", what)
			return
		}
		*into = true
	}
}

// count reads a whole number from 1.
func (r *reader) count(what string, most int, into *int) func(*yaml.Node) {
	return func(n *yaml.Node) {
		c, err := strconv.Atoi(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil || c < 1 || c > most {
			r.ps.Add(n.Line, "%s must be a whole number from 1 to %d.", what, most)
			return
		}
		*into = c
	}
}

// anything reads a scalar as JSON would hold it.
func (r *reader) anything(what string, into *any) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var v any
		if n.Kind != yaml.ScalarNode || n.ShortTag() == "!!timestamp" || n.Decode(&v) != nil {
			v = n.Value
		}
		if n.Kind != yaml.ScalarNode || v == nil {
			r.ps.Add(n.Line, "%s must be a text, a number, true or false.", what)
			return
		}
		*into = v
	}
}

// pattern reads a regular expression with one group.
func (r *reader) pattern(what string, into **regexp.Regexp) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var s string
		r.text(what, &s)(n)
		if s == "" {
			return
		}
		re, err := regexp.Compile(s)
		if err != nil {
			r.ps.Add(n.Line, "%s: %q is no regular expression.", what, s)
			return
		}
		if re.NumSubexp() < 1 {
			r.ps.Add(n.Line, "%s: put the part that names the role into ( ).", what)
			return
		}
		*into = re
	}
}
