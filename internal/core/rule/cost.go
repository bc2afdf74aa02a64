package rule

import (
	"math"

	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// costs tells cel-go how large values may be when a rule is written, and what
// our functions cost, estimated and real. patterns are the sizes of the regular
// expressions of the rule: their time grows with the compiled program, not with
// the text of the pattern.
type costs struct {
	patterns map[string]int
}

// EstimateSize is the largest size assumed for a variable.
func (c *costs) EstimateSize(n cost.AstNode) *cost.SizeEstimate {
	switch n.Type().Kind() {
	case types.StringKind:
		if p := n.Path(); len(p) > 0 && (p[len(p)-1] == "@items" || !longTexts[p[0]]) {
			return &cost.SizeEstimate{Max: maxEntry}
		}
		return &cost.SizeEstimate{Max: MaxChars}
	case types.ListKind:
		return &cost.SizeEstimate{Max: MaxItems}
	}
	return &cost.SizeEstimate{Min: 1, Max: 1}
}

// longTexts are the variables whose texts people write at length; attributes of
// people, names and ids are short.
var longTexts = map[string]bool{"form": true, "params": true, "context": true}

// EstimateCallCost is the estimated cost of one call of our functions; nil
// leaves CEL's own functions to CEL.
func (c *costs) EstimateCallCost(function, overload string, target *cost.AstNode, args []cost.AstNode) *cost.CallEstimate {
	size := func(n cost.AstNode) uint64 {
		if s := n.ComputedSize(); s != nil {
			return s.Max
		}
		return c.EstimateSize(n).Max
	}
	switch function {
	case "matches":
		if target == nil || len(args) != 1 {
			return nil
		}
		pattern, _ := literalText(args[0].Expr())
		return upTo(c.matching(size(*target), pattern), nil)
	case "sum":
		return upTo(sumCost(size(args[0])), nil)
	case "lower", "upper", "trim":
		n := size(args[0])
		return upTo(n/10+1, &cost.SizeEstimate{Max: n})
	case "_+_":
		if overload == "concat" {
			n := size(args[0]) + size(args[1])
			return upTo(n/10+1, &cost.SizeEstimate{Max: n})
		}
	}
	return nil
}

func upTo(most uint64, result *cost.SizeEstimate) *cost.CallEstimate {
	return &cost.CallEstimate{CostEstimate: cost.RangedCostEstimate(1, most), ResultSize: result}
}

// matching: a step of the matcher visits one instruction for one character, and
// about twenty of them take as long as one unit of CEL's cost.
func (c *costs) matching(chars uint64, pattern string) uint64 {
	return uint64(math.Ceil(float64(chars)*float64(c.patterns[pattern])/20)) + 1
}

// sumCost: the exact decimal addition of very large and very small numbers takes
// about 4 µs a row.
func sumCost(rows uint64) uint64 { return 100*rows + 1 }

// CallCost is the real cost of one call of our functions.
func (c *costs) CallCost(function, overload string, args []ref.Val, _ ref.Val) *uint64 {
	var n uint64
	switch function {
	case "matches":
		pattern, _ := args[1].(types.String)
		n = c.matching(sizeOf(args[0]), string(pattern))
	case "sum":
		n = sumCost(sizeOf(args[0]))
	case "lower", "upper", "trim":
		n = sizeOf(args[0])/10 + 1
	case "_+_":
		if overload != "concat" {
			return nil
		}
		n = (sizeOf(args[0])+sizeOf(args[1]))/10 + 1
	default:
		return nil
	}
	return &n
}

func sizeOf(v ref.Val) uint64 {
	if s, ok := v.(traits.Sizer); ok {
		if n, ok := s.Size().(types.Int); ok && n > 0 {
			return uint64(n)
		}
	}
	return 1
}
