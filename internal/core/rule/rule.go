package rule

import (
	"slices"
	"strings"
	"sync"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// Rule is a compiled condition or calculation. It is safe for concurrent use.
type Rule struct {
	env     *Env
	place   Place
	text    string
	checked *cel.Ast
	prog    cel.Program
	model   *costs
	refs    []string
	gives   Kind

	search     sync.Once // plans what Where needs
	constants  map[int64]cel.Program
	searchable error
}

// Source is the rule as CEL text.
func (r *Rule) Source() string { return r.text }

// Refs names the variables the rule reads, sorted: "form.days",
// "initiator.leave_balance", "step". Parts of a money, a range or a row count as
// the variable they belong to.
func (r *Rule) Refs() []string { return slices.Clone(r.refs) }

// Gives is the kind of the result, "" when it has no name (a list of numbers).
func (r *Rule) Gives() Kind { return r.gives }

// Bool evaluates a condition. The error is an Invalid fault that names what was
// empty or wrong; what it means depends on the place, but it never means true.
func (r *Rule) Bool(in Input) (bool, error) {
	v, err := r.eval(&in)
	if err != nil {
		return false, err
	}
	b, ok := v.(types.Bool)
	if !ok {
		return false, r.failed(&in, "the result is empty")
	}
	return bool(b), nil
}

// Value evaluates a calculation to a value ready for JSON: float64, string,
// bool, nil, []any or map[string]any; a date gives "2026-01-31", a moment
// RFC 3339 in UTC. The error is as with Bool.
func (r *Rule) Value(in Input) (any, error) {
	v, err := r.eval(&in)
	if err != nil {
		return nil, err
	}
	out, err := native(v)
	if err != nil {
		return nil, r.failed(&in, err.Error())
	}
	return out, nil
}

func (r *Rule) eval(in *Input) (ref.Val, error) {
	v, _, err := r.prog.Eval(activation{r.env, in})
	if err != nil {
		return nil, r.failed(in, err.Error())
	}
	return v, nil
}

// failed says why a rule has no result, in words, with the empty variables when
// those are the reason: the check leaves only null to be of a wrong type.
func (r *Rule) failed(in *Input, cause string) error {
	switch {
	case strings.Contains(cause, "no such overload"), strings.Contains(cause, "the result is empty"):
		if empty := r.empty(in); len(empty) > 0 {
			verb := " is empty"
			if len(empty) > 1 {
				verb = " are empty"
			}
			cause = strings.Join(empty, ", ") + verb
		} else {
			cause = "a value in it is empty"
		}
	case strings.Contains(cause, "cost limit exceeded"):
		cause = "the values are too large for it"
	}
	return fault.New(fault.Invalid, "The rule %s has no result: %s.", clip(r.text), strings.TrimSuffix(cause, "."))
}

// empty lists the variables the rule reads that have no value.
func (r *Rule) empty(in *Input) []string {
	a := activation{r.env, in}
	var out []string
	for _, path := range r.refs {
		root, name, dotted := strings.Cut(path, ".")
		v, _ := a.ResolveName(root)
		if o, ok := v.(*object); ok && dotted {
			v = o.raw[name]
			if v == nil {
				v = types.NullValue
			}
		}
		if v == types.NullValue {
			out = append(out, path)
		}
	}
	return out
}

// native turns a result into JSON values.
func native(v ref.Val) (any, error) {
	switch x := v.(type) {
	case types.Double:
		return float64(x), nil
	case types.String:
		return string(x), nil
	case types.Bool:
		return bool(x), nil
	case types.Null:
		return nil, nil
	case civil:
		return x.String(), nil
	case types.Timestamp:
		return x.Time.UTC().Format(time.RFC3339Nano), nil
	case *object:
		return nativeObject(x)
	case traits.Lister:
		out := []any{}
		for it := x.Iterator(); it.HasNext() == types.True; {
			e, err := native(it.Next())
			if err != nil {
				return nil, err
			}
			out = append(out, e)
		}
		return out, nil
	}
	return nil, fault.New(fault.Invalid, "the result is %s", v.Type().TypeName())
}

// nativeObject checks the parts on the way out; an object without any is nil.
func nativeObject(o *object) (any, error) {
	out := map[string]any{}
	for name, t := range o.typ.schema {
		v, err := o.typ.fields[name].GetFrom(o)
		if err != nil {
			return nil, err
		}
		if out[name], err = native(v.(ref.Val)); err != nil {
			return nil, err
		}
		if t.Kind == Number && o.typ == moneyObject {
			out[name] = o.raw[name] // the exact decimal text, not the double
		}
	}
	for _, v := range out {
		if v != nil {
			return out, nil
		}
	}
	return nil, nil
}
