package form

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/rule"
)

// shown says whether a field's visibility rule holds for the values in in.Form.
// The error is nil when the rule merely met an empty field, which hides quietly.
func (c *Compiled) shown(f *field, in rule.Input) (bool, error) {
	if f.visible == nil {
		return true, nil
	}
	ok, err := f.visible.Bool(in)
	if err != nil && c.anyEmpty(f.visibleReads, in.Form) {
		return false, nil
	}
	return ok && err == nil, err
}

func (c *Compiled) anyEmpty(reads []string, v Values) bool {
	for _, name := range reads {
		if isEmpty(v[name]) {
			return true
		}
	}
	return false
}

// compute evaluates a calculated field. An empty input that the rule has no
// answer for gives nil and no error.
func (c *Compiled) compute(f *field, in rule.Input) (any, error) {
	v, err := f.calculate.Value(in)
	if err != nil {
		if c.anyEmpty(f.calcReads, in.Form) {
			return nil, nil
		}
		return nil, fmt.Errorf("cannot be calculated. %w", unwrapped{err})
	}
	return f.adopt(v)
}

// adopt brings the result of a rule into the field's canonical shape. A number is
// rounded to the field's decimals, half away from zero, as round() does.
func (f *field) adopt(v any) (any, error) {
	if n, ok := v.(float64); ok && f.Type == Number && f.Decimals != nil {
		r, _ := new(big.Rat).SetString(plainNumber(n))
		v, _ = strconv.ParseFloat(r.FloatString(*f.Decimals), 64)
	}
	var bad faults
	out := f.parse("", v, &bad)
	if len(bad.list) > 0 {
		return nil, fmt.Errorf("cannot be calculated: %s", bad.list[0].Message)
	}
	return out, nil
}

// Defaults are the values a request begins with: literal defaults, then the
// rules for defaults, then what is calculated from them. A rule that fails
// leaves its field empty.
func (c *Compiled) Defaults(in rule.Input) Values {
	out := Values{}
	in.Form = out
	for _, f := range c.fields {
		if f.Default == nil {
			continue
		}
		var bad faults
		if v := f.parse("", f.Default, &bad); v != nil && len(bad.list) == 0 {
			out[f.Name] = v
		}
	}
	for _, f := range c.fields {
		if f.defaultRule == nil {
			continue
		}
		if v, err := f.defaultRule.Value(in); err == nil {
			c.adoptInto(out, f, v)
		}
	}
	for _, f := range c.order {
		if f.calculated() {
			if v, err := c.compute(f, in); err == nil && v != nil {
				out[f.Name] = v
			}
		}
	}
	return out
}

func (c *Compiled) adoptInto(out Values, f *field, v any) {
	if v, err := f.adopt(v); err == nil && v != nil {
		out[f.Name] = v
	}
}

// Recalculate returns values with every calculated field computed anew, as on
// entering a step. in.Form is ignored. The error is an Invalid fault that lists
// the fields whose calculation fails.
func (c *Compiled) Recalculate(values Values, in rule.Input) (Values, error) {
	var bad faults
	out := c.known(values)
	in.Form = out
	for _, f := range c.order {
		if f.calculated() {
			c.store(f, out, in, &bad)
		}
	}
	if err := bad.err(); err != nil {
		return nil, err
	}
	return out, nil
}

// store puts the result of a calculation among the values.
func (c *Compiled) store(f *field, out Values, in rule.Input, bad *faults) {
	delete(out, f.Name)
	v, err := c.compute(f, in)
	if err != nil {
		bad.add(valuePath(f.Name), f, err.Error())
	} else if v != nil {
		out[f.Name] = v
	}
}

// known copies the values of the fields there are.
func (c *Compiled) known(values Values) Values {
	out := make(Values, len(values))
	for name, v := range values {
		if f := c.byName[name]; f != nil && f.kind.holdsValue() && !isEmpty(v) {
			out[name] = v
		}
	}
	return out
}

// Fit brings a value that was entered under another version of the form into the shape
// of a field, with a sentence for people where it does not fit it.
func (c *Compiled) Fit(name string, v any) (any, *fault.Error) {
	f := c.byName[name]
	if f == nil || !f.kind.holdsValue() {
		return nil, fault.At(valuePath(name), "There is no field %q that holds a value.", name)
	}
	var bad faults
	out := f.parse(valuePath(name), v, &bad)
	if len(bad.list) > 0 {
		return nil, &fault.Error{Code: fault.Invalid, Message: bad.list[0].Message, Fields: bad.list}
	}
	return out, nil
}

// SameShape reports whether any value of one field fits another: the types are the
// same, and so are the columns of tables.
func SameShape(a, b Field) bool {
	if a.Type != b.Type || len(a.Columns) != len(b.Columns) {
		return false
	}
	for _, x := range a.Columns {
		if !slices.ContainsFunc(b.Columns, func(y Field) bool { return y.Name == x.Name && y.Type == x.Type }) {
			return false
		}
	}
	return true
}

// Normalize brings one value into the canonical shape of a field without
// settings, as for a parameter of a workflow. The error is for people.
func Normalize(def Field, v any) (any, *fault.Error) {
	k, ok := registry[def.Type]
	if !ok || k.parse == nil {
		return nil, fault.At("value", "%s cannot hold a value of type %q.", LabelOf(def), def.Type)
	}
	var bad faults
	out := (&field{Field: def, kind: k}).parse("value", v, &bad)
	if len(bad.list) > 0 {
		return nil, &fault.Error{Code: fault.Invalid, Message: bad.list[0].Message, Fields: bad.list}
	}
	if out == nil {
		return nil, fault.At("value", "%s is empty.", LabelOf(def))
	}
	return out, nil
}
