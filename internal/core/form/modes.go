package form

import (
	"errors"
	"fmt"
	"slices"

	"github.com/handstamp/handstamp/internal/core/rule"
)

// Modes says what the person who acts in a step may do with each field: the
// entry of the step's column of the matrix, else edit in the start step and read
// later; editing a required field makes it required; calculated fields and notes
// are never edited. in.Form holds the values so far.
//
// A field whose visibility rule does not hold is hidden, with one exception: when
// a change that this very person may make in this step can bring it to light, it
// keeps its mode. The browser must know it to show it at once; Apply and Show go
// by the rule and not by this mode. A rule that fails hides its field; the errors
// come back joined, for the log.
func (c *Compiled) Modes(matrix map[string]Mode, start bool, in rule.Input) (map[string]Mode, error) {
	out := make(map[string]Mode, len(c.fields))
	for _, f := range c.fields {
		out[f.Name] = f.mode(matrix, start)
	}
	movable := c.movable(out)
	hide, errs := []string{}, []error{}
	for _, f := range c.fields {
		ok, err := c.shown(f, in)
		if err != nil {
			errs = append(errs, fmt.Errorf("form.fields.%s.visible_when: %w", f.Name, err))
		}
		if !ok && (err != nil || !reachable(f, out, movable)) {
			hide = append(hide, f.Name)
		}
	}
	for _, name := range hide {
		out[name] = Hidden
	}
	return out, errors.Join(errs...)
}

// mode is the entry of the matrix or what holds without one.
func (f *field) mode(matrix map[string]Mode, start bool) Mode {
	m := matrix[f.Name]
	if m == "" {
		if m = Read; start {
			m = Edit
		}
	}
	switch {
	case m == Hidden:
		return Hidden
	case m == Read || f.calculated() || !f.kind.holdsValue():
		return Read
	case f.Required:
		return Required
	}
	return m
}

func writable(m Mode) bool { return m == Edit || m == Required }

// movable are the fields a person can change with these modes: those he may edit
// and those calculated from them.
func (c *Compiled) movable(modes map[string]Mode) map[string]bool {
	out := map[string]bool{}
	for _, f := range c.order {
		switch {
		case !f.calculated():
			out[f.Name] = writable(modes[f.Name])
		default:
			out[f.Name] = anyIn(f.calcReads, out)
		}
	}
	return out
}

func anyIn(names []string, set map[string]bool) bool {
	for _, n := range names {
		if set[n] {
			return true
		}
	}
	return false
}

// reachable reports whether a change of a movable field may make the rule hold,
// and the person sees all fields it mentions.
func reachable(f *field, modes map[string]Mode, movable map[string]bool) bool {
	for _, name := range f.visibleReads {
		if modes[name] == Hidden {
			return false
		}
	}
	return anyIn(f.visibleReads, movable)
}

// Entered puts in place of calculated fields those they are calculated from, and
// sorts them.
func (c *Compiled) Entered(names []string) []string {
	seen := map[string]bool{}
	out := []string{}
	for todo := slices.Clone(names); len(todo) > 0; todo = todo[1:] {
		f := c.byName[todo[0]]
		if f == nil || seen[f.Name] {
			continue
		}
		seen[f.Name] = true
		if f.calculated() {
			todo = append(todo, f.calcReads...)
		} else {
			out = append(out, f.Name)
		}
	}
	slices.Sort(out)
	return out
}

// Derived names the calculated fields that come from some fields, also through others.
func (c *Compiled) Derived(names []string) []string {
	from := map[string]bool{}
	for _, name := range names {
		from[name] = true
	}
	out := []string{}
	for _, f := range c.order {
		if f.calculated() && anyIn(f.calcReads, from) {
			from[f.Name] = true
			out = append(out, f.Name)
		}
	}
	return out
}

// AudienceModes says what a reader without a task sees: what the audience's
// column of the matrix hides is hidden, and what a visibility rule hides; the
// rest is read.
func (c *Compiled) AudienceModes(matrix map[string]Mode, in rule.Input) map[string]Mode {
	out := make(map[string]Mode, len(c.fields))
	for _, f := range c.fields {
		out[f.Name] = Read
		if ok, err := c.shown(f, in); !ok || err != nil || matrix[f.Name] == Hidden {
			out[f.Name] = Hidden
		}
	}
	return out
}

// Show leaves out what is hidden: by its mode, or by its visibility rule, also
// where Modes kept the mode because a change could bring the field to light. A
// field without a mode is hidden. in.Form is ignored.
func (c *Compiled) Show(modes map[string]Mode, v Values, in rule.Input) Values {
	out := Values{}
	in.Form = v
	for _, f := range c.fields {
		m := modes[f.Name]
		if m == "" || m == Hidden || isEmpty(v[f.Name]) {
			continue
		}
		if ok, err := c.shown(f, in); ok && err == nil {
			out[f.Name] = v[f.Name]
		}
	}
	return out
}
