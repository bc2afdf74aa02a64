package rule

import (
	"fmt"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

func listFunctions() []cel.EnvOption {
	list := cel.ListType(param)
	return []cel.EnvOption{
		unary("size", "size_list", []*types.Type{list}, cel.DoubleType, sizeOfList),
		member("size", "list_size", []*types.Type{list}, cel.DoubleType, sizeOfList),
		binary("sum", "sum_column", []*types.Type{list, cel.StringType}, cel.DoubleType, sum),
		binary("or_else", "or_else", []*types.Type{param, param}, param, func(x, other ref.Val) ref.Val {
			if x == types.NullValue {
				return other
			}
			return x
		}),
	}
}

func sizeOfList(l traits.Lister) ref.Val { return types.Double(l.Size().(types.Int)) }

func appendLists(a, b traits.Lister) ref.Val { return a.(traits.Adder).Add(b) }

// sum adds up a column of a table, exactly and in decimal; the nearest double is
// the result. Empty cells count nothing, an empty table gives 0, amounts of two
// currencies are an error.
func sum(rows traits.Lister, column types.String) ref.Val {
	total, currency := decimalOf(0), ""
	for it := rows.Iterator(); it.HasNext() == types.True; {
		row, ok := it.Next().(*object)
		if !ok {
			return types.NewErr("sum() takes the rows of a table")
		}
		d, err := row.cell(string(column), &currency)
		if err != nil {
			return types.WrapErr(err)
		}
		if d != nil {
			total = total.add(*d)
		}
	}
	return types.Double(total.float())
}

// cell is the exact number in a column of a row, nil when it is empty. An
// amount's currency must be the one seen before.
func (o *object) cell(column string, currency *string) (*decimal, error) {
	get := o.typ.fields[column]
	if get == nil {
		return nil, fmt.Errorf("%s has no column %q", o.path, column)
	}
	v, err := get.GetFrom(o)
	if err != nil {
		return nil, err
	}
	switch x := v.(type) {
	case types.Double:
		if !inDomain(x) {
			return nil, errDomain
		}
		d := decimalOf(float64(x))
		return &d, nil
	case *object:
		d, err := x.amount()
		if d == nil || err != nil {
			return nil, err
		}
		c, ok := x.raw["currency"].(string)
		if !ok || *currency != "" && c != *currency {
			return nil, fmt.Errorf("%s.%s: amounts of several currencies cannot be added", o.path, column)
		}
		*currency = c
		return d, nil
	}
	return nil, nil
}
