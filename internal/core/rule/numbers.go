package rule

import (
	"cmp"
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// Arithmetic works on numbers whose size lies between tiny and huge, and on 0.
// So no operation overflows or underflows: PostgreSQL would raise an error there
// that fails the whole search, and others would answer infinity.
const (
	tiny = 1e-150
	huge = 1e150
)

var errDomain = errors.New("a number is too large or too small to calculate with")

func inDomain(x types.Double) bool {
	a := math.Abs(float64(x))
	return a == 0 || a >= tiny && a <= huge
}

func arithmetic() []cel.EnvOption {
	op := func(name, id string, f func(a, b types.Double) types.Double) cel.EnvOption {
		return binary(name, id, number2, cel.DoubleType, func(a, b types.Double) ref.Val {
			if !inDomain(a) || !inDomain(b) {
				return types.WrapErr(errDomain)
			}
			if id == "divide" && b == 0 {
				return types.NewErr("division by zero")
			}
			return f(a, b) + 0 // -0 becomes 0
		})
	}
	return []cel.EnvOption{
		op(operators.Add, "add", func(a, b types.Double) types.Double { return a + b }),
		op(operators.Subtract, "subtract", func(a, b types.Double) types.Double { return a - b }),
		op(operators.Multiply, "multiply", func(a, b types.Double) types.Double { return a * b }),
		op(operators.Divide, "divide", func(a, b types.Double) types.Double { return a / b }),
		unary(operators.Negate, "negate", number1, cel.DoubleType, func(a types.Double) ref.Val { return 0 - a }),
		binary(operators.Add, "concat", text2, cel.StringType, func(a, b types.String) ref.Val { return a + b }),
		// map, filter and exists_one collect with this one; the check refuses it elsewhere
		binary(operators.Add, "append", []*types.Type{cel.ListType(param), cel.ListType(param)}, cel.ListType(param), appendLists),
	}
}

// comparison declares < <= > >= on numbers, texts (by code point), dates and moments.
func comparison() []cel.EnvOption {
	var opts []cel.EnvOption
	for name, holds := range map[string]func(int) bool{
		operators.Less:          func(c int) bool { return c < 0 },
		operators.LessEquals:    func(c int) bool { return c <= 0 },
		operators.Greater:       func(c int) bool { return c > 0 },
		operators.GreaterEquals: func(c int) bool { return c >= 0 },
	} {
		opts = append(
			opts,
			binary(name, name+"number", number2, cel.BoolType, func(a, b types.Double) ref.Val { return types.Bool(holds(cmp.Compare(a, b))) }),
			binary(name, name+"text", text2, cel.BoolType, func(a, b types.String) ref.Val { return types.Bool(holds(cmp.Compare(a, b))) }),
			binary(name, name+"date", date2, cel.BoolType, func(a, b civil) ref.Val { return types.Bool(holds(cmp.Compare(a, b))) }),
			binary(name, name+"moment", moment2, cel.BoolType, func(a, b types.Timestamp) ref.Val { return types.Bool(holds(a.Time.Compare(b.Time))) }),
		)
	}
	return opts
}

func numberFunctions() []cel.EnvOption {
	return []cel.EnvOption{
		binary("min", "min_number", number2, cel.DoubleType, func(a, b types.Double) ref.Val { return min(a, b) }),
		binary("max", "max_number", number2, cel.DoubleType, func(a, b types.Double) ref.Val { return max(a, b) }),
		unary("round", "round_number", number1, cel.DoubleType, func(x types.Double) ref.Val { return roundTo(x, 0) }),
		binary("round", "round_digits", number2, cel.DoubleType, roundTo),
		binary("money", "money_number_text", []*types.Type{cel.DoubleType, cel.StringType}, cel.ObjectType("#money"), makeMoney),
	}
}

// roundTo rounds to a number of decimals, half away from zero as spreadsheets
// do. It works on the shortest decimal text of the number, so that
// round(2.675, 2) is 2.68 although the double lies below.
func roundTo(x, digits types.Double) ref.Val {
	if digits != types.Double(math.Trunc(float64(digits))) || digits < 0 || digits > 10 {
		return types.NewErr("round() takes 0 to 10 digits")
	}
	if !inDomain(x) {
		return types.WrapErr(errDomain)
	}
	d := decimalOf(float64(x)).round(int(digits), awayFromZero)
	return types.Double(d.float()) + 0
}

// decimal is n / 10^scale, exactly.
type decimal struct {
	n     *big.Int
	scale int
}

// parseDecimal reads digits with an optional sign and fraction; exponents are refused.
func parseDecimal(s string) (decimal, bool) {
	whole, frac, dot := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	if whole == "" || dot && frac == "" || strings.Trim(whole+frac, "0123456789") != "" {
		return decimal{}, false
	}
	n, ok := new(big.Int).SetString(whole+frac, 10)
	if !ok {
		return decimal{}, false
	}
	if strings.HasPrefix(s, "-") {
		n.Neg(n)
	}
	return decimal{n, len(frac)}, true
}

// decimalOf is the shortest decimal that reads back as x.
func decimalOf(x float64) decimal {
	d, _ := parseDecimal(strconv.FormatFloat(x, 'f', -1, 64))
	return d
}

func pow10(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

func (d decimal) add(o decimal) decimal {
	s := max(d.scale, o.scale)
	a := new(big.Int).Mul(d.n, pow10(s-d.scale))
	return decimal{a.Add(a, new(big.Int).Mul(o.n, pow10(s-o.scale))), s}
}

// A tie decides where exactly half is rounded to: up in size, or not.
type tie func(quotient *big.Int) bool

func awayFromZero(*big.Int) bool { return true }

func toEven(q *big.Int) bool { return q.Bit(0) == 1 }

func (d decimal) round(digits int, half tie) decimal {
	if d.scale <= digits {
		return decimal{new(big.Int).Mul(d.n, pow10(digits-d.scale)), digits}
	}
	unit := pow10(d.scale - digits)
	q, r := new(big.Int).QuoRem(new(big.Int).Abs(d.n), unit, new(big.Int))
	switch r.Lsh(r, 1).Cmp(unit) {
	case 1:
		q.Add(q, big.NewInt(1))
	case 0:
		if half(q) {
			q.Add(q, big.NewInt(1))
		}
	}
	if d.n.Sign() < 0 {
		q.Neg(q)
	}
	return decimal{q, digits}
}

func (d decimal) float() float64 {
	f, _ := strconv.ParseFloat(d.String(), 64)
	return f
}

// String writes all digits of the scale: "12.50".
func (d decimal) String() string {
	s := new(big.Int).Abs(d.n).String()
	if d.scale > 0 {
		s = strings.Repeat("0", max(0, d.scale+1-len(s))) + s
		s = s[:len(s)-d.scale] + "." + s[len(s)-d.scale:]
	}
	if d.n.Sign() < 0 {
		return "-" + s
	}
	return s
}
