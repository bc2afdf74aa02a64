package form

import (
	"errors"
	"maps"
	"math/big"
	"slices"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// Diff names the fields whose value differs, sorted. An absent field equals null.
func Diff(before, after Values) []string {
	out := []string{}
	for name := range merged(before, after) {
		if !Equal(before[name], after[name]) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func merged(a, b map[string]any) map[string]struct{} {
	out := make(map[string]struct{}, len(a)+len(b))
	for k := range maps.Keys(a) {
		out[k] = struct{}{}
	}
	for k := range maps.Keys(b) {
		out[k] = struct{}{}
	}
	return out
}

// Equal compares two JSON values. 1 and 1.0 are the same number in whatever Go
// type, an absent member equals null, and amounts of money are compared as
// decimals: "12.5" is "12.50".
func Equal(a, b any) bool {
	if x, ok := toNumber(a); ok {
		y, ok := toNumber(b)
		return ok && x == y
	}
	switch x := a.(type) {
	case nil:
		return b == nil
	case string:
		y, ok := b.(string)
		return ok && x == y
	case bool:
		y, ok := b.(bool)
		return ok && x == y
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && equalObjects(x, y)
	}
	x, ok1 := anyList(a)
	y, ok2 := anyList(b)
	return ok1 && ok2 && slices.EqualFunc(x, y, Equal)
}

func anyList(v any) ([]any, bool) {
	switch l := v.(type) {
	case []any:
		return l, true
	case []string:
		out := make([]any, len(l))
		for i, s := range l {
			out[i] = s
		}
		return out, true
	case []map[string]any:
		out := make([]any, len(l))
		for i, m := range l {
			out[i] = m
		}
		return out, true
	}
	return nil, false
}

func equalObjects(a, b map[string]any) bool {
	if x, y := moneyAmount(a), moneyAmount(b); x != nil && y != nil {
		return x.Cmp(y) == 0 && Equal(a["currency"], b["currency"])
	}
	for k := range merged(a, b) {
		if !Equal(a[k], b[k]) {
			return false
		}
	}
	return true
}

// moneyAmount is the amount of an amount of money, nil for anything else.
func moneyAmount(m map[string]any) *big.Rat {
	s, ok := m["amount"].(string)
	if !ok || !onlyKeys(m, "amount", "currency") || !amountText.MatchString(s) {
		return nil
	}
	r, _ := new(big.Rat).SetString(s)
	return r
}

// unwrapped is an error that shows people its sentence without the code.
type unwrapped struct{ err error }

func (u unwrapped) Error() string {
	if f, ok := errors.AsType[*fault.Error](u.err); ok {
		return f.Message
	}
	return u.err.Error()
}

func (u unwrapped) Unwrap() error { return u.err }
