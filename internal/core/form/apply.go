package form

import (
	"maps"
	"slices"

	"github.com/handstamp/handstamp/internal/core/rule"
)

// change is the work of one Apply or Draft.
type change struct {
	c      *Compiled
	modes  map[string]Mode
	before Values
	values Values
	bad    faults            // what is wrong whatever is shown
	broken map[string]faults // values that could not be read, by field
	hidden map[string]bool   // by their visibility rule
}

func (c *Compiled) begin(modes map[string]Mode, before Values) *change {
	return &change{
		c: c, modes: modes, before: before, values: c.known(before),
		broken: map[string]faults{}, hidden: map[string]bool{},
	}
}

// Apply checks changes against the modes that Modes gave and returns the new
// values: normalized, with calculated fields computed. What is wrong comes back
// as one Invalid fault that lists every field, with paths such as
// "values.items.2.cost", and then nothing is changed.
//
// Browsers send whole forms: a read-only field is accepted when its value is
// the old one, what is sent for a calculated field is ignored, and an editable
// field that its visibility rule hides is ignored and cleared (it keeps its
// value when the rule depends on the step or the moment). A hidden field is
// never accepted. Required values, limits and rules are asked of fields the
// person sees and of what he can change. in.Form is ignored.
func (c *Compiled) Apply(modes map[string]Mode, before, changes Values, in rule.Input) (Values, error) {
	w := c.begin(modes, before)
	w.take(changes)
	in.Form = w.values
	w.settle(in)
	w.validate(in)
	if err := w.bad.err(); err != nil {
		return nil, err
	}
	return w.values, nil
}

// Draft takes half-filled values: it refuses what cannot be stored (unknown,
// hidden or changed read-only fields, values of the wrong type) and asks nothing
// else. Calculated fields keep their value.
func (c *Compiled) Draft(modes map[string]Mode, before, changes Values) (Values, error) {
	w := c.begin(modes, before)
	w.take(changes)
	for _, f := range c.fields {
		w.bad.list = append(w.bad.list, w.broken[f.Name].list...)
	}
	if err := w.bad.err(); err != nil {
		return nil, err
	}
	return w.values, nil
}

// Preview is what the values would be with changes that are still being entered:
// what cannot be used yet is left out, and nothing is asked for. A field that may
// not be written keeps its value.
func (c *Compiled) Preview(modes map[string]Mode, before, changes Values, in rule.Input) Values {
	w := c.begin(modes, before)
	w.take(changes)
	clear(w.broken) // counts as not entered, so that what follows from it is known
	in.Form = w.values
	w.settle(in)
	return w.values
}

// take reads the changes one by one.
func (w *change) take(changes Values) {
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		f, m := w.c.byName[name], w.modes[name]
		// One sentence for what does not exist and what is hidden: the answer
		// must not tell which.
		if f == nil || !f.kind.holdsValue() || m == "" || m == Hidden {
			w.bad.say(valuePath(name), "There is no such field in this step.")
			continue
		}
		if !f.calculated() {
			w.set(f, m, changes[name])
		}
	}
}

func (w *change) set(f *field, m Mode, given any) {
	var bad faults
	v := f.parse(valuePath(f.Name), given, &bad)
	if !writable(m) {
		if len(bad.list) > 0 {
			v = given
		}
		if !Equal(v, w.values[f.Name]) {
			w.bad.add(valuePath(f.Name), f, "cannot be changed in this step")
		}
		return
	}
	delete(w.values, f.Name)
	if len(bad.list) > 0 {
		w.broken[f.Name] = bad
	} else if v != nil {
		w.values[f.Name] = v
	}
}

// settle decides field by field what is shown and computes what is calculated.
func (w *change) settle(in rule.Input) {
	for _, f := range w.c.order {
		ok, err := w.c.shown(f, in)
		if !ok {
			w.hidden[f.Name] = true
			if writable(w.modes[f.Name]) {
				w.conceal(f, err)
			}
		}
		if f.calculated() {
			w.calculate(f, in)
		}
	}
}

// conceal takes back what was sent for a field that its rule hides.
func (w *change) conceal(f *field, failed error) {
	delete(w.values, f.Name)
	delete(w.broken, f.Name)
	if old := w.before[f.Name]; (failed != nil || !f.steady) && !isEmpty(old) {
		w.values[f.Name] = old
	}
}

func (w *change) calculate(f *field, in rule.Input) {
	if w.anyBroken(f.calcReads) {
		w.broken[f.Name] = faults{} // silent: the cause is reported already
		delete(w.values, f.Name)
		return
	}
	w.c.store(f, w.values, in, &w.bad)
}

func (w *change) anyBroken(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { _, ok := w.broken[n]; return ok })
}

// validate asks the fields that are shown for required values, limits and rules.
func (w *change) validate(in rule.Input) {
	movable := w.c.movable(w.modes)
	for _, f := range w.c.fields {
		m := w.modes[f.Name]
		if m == "" || m == Hidden || w.hidden[f.Name] || !f.kind.holdsValue() {
			continue
		}
		if broken, ok := w.broken[f.Name]; ok {
			w.bad.list = append(w.bad.list, broken.list...)
			continue
		}
		// Whoever cannot change a value is not told that it is wrong: the rule
		// "from today on" must not stop the one who approves a week later.
		if movable[f.Name] {
			w.check(f, m)
		}
		for _, k := range f.checks {
			if movable[f.Name] || anyIn(k.reads, movable) {
				w.rule(f, k, in)
			}
		}
	}
}

func (w *change) check(f *field, m Mode) {
	path, v := valuePath(f.Name), w.values[f.Name]
	if v == nil && m == Required {
		w.bad.add(path, f, "is required")
		return
	}
	f.check(path, v, &w.bad)
}

// rule asks one validation rule. A rule that meets an empty or broken field has
// no answer; whether the field may be empty is asked elsewhere.
func (w *change) rule(f *field, k check, in rule.Input) {
	if w.anyBroken(k.reads) {
		return
	}
	ok, err := k.rule.Bool(in)
	switch {
	case err != nil && w.c.anyEmpty(k.reads, in.Form):
	case err != nil:
		w.bad.add(valuePath(f.Name), f, "cannot be checked. "+unwrapped{err}.Error())
	case !ok:
		w.bad.say(valuePath(f.Name), k.message)
	}
}
