package rule

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/env"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// Limits of one rule. They keep the time below 200 ms and the memory below
// 64 MiB for whatever anybody writes; CEL's cost alone bounds neither.
const (
	MaxText  = 2048      // characters of a rule
	MaxDepth = 40        // nested expressions
	MaxCost  = 1_000_000 // CEL cost units, estimated when written and counted when evaluated
	MaxChars = 4096      // characters assumed in a text of form, params or context
	MaxItems = 200       // entries assumed in a list or a table
	maxEntry = 256       // characters assumed in an entry of a list, and in every other text
)

var (
	number1 = []*types.Type{cel.DoubleType}
	number2 = []*types.Type{cel.DoubleType, cel.DoubleType}
	text1   = []*types.Type{cel.StringType}
	text2   = []*types.Type{cel.StringType, cel.StringType}
	date1   = []*types.Type{dateType}
	date2   = []*types.Type{dateType, dateType}
	moment2 = []*types.Type{cel.TimestampType, cel.TimestampType}
	param   = cel.TypeParamType("A")
)

// language declares the part of CEL that all evaluators share, and our functions.
func language() []cel.EnvOption {
	opts := []cel.EnvOption{
		cel.StdLib(cel.StdLibSubset(standard())),
		cel.Macros(cel.AllMacro, cel.ExistsMacro, cel.ExistsOneMacro, cel.MapMacro, cel.FilterMacro),
		cel.ParserExpressionSizeLimit(MaxText),
		cel.ParserRecursionLimit(MaxDepth),
		cel.ParserErrorRecoveryLimit(20),
		cel.ExpressionNestingDepthLimit(4 * MaxDepth),
		cel.HomogeneousAggregateLiterals(),
		cel.ASTValidators(cel.ValidateTimestampLiterals(), cel.ValidateComprehensionNestingLimit(1)),
	}
	opts = append(opts, conditional())
	opts = append(opts, arithmetic()...)
	opts = append(opts, comparison()...)
	opts = append(opts, dateFunctions()...)
	opts = append(opts, textFunctions()...)
	opts = append(opts, numberFunctions()...)
	return append(opts, listFunctions()...)
}

// standard picks what CEL's library gives as it is. Everything with integers,
// bytes, durations, maps and dyn stays out.
func standard() *env.LibrarySubset {
	s := env.NewLibrarySubset().SetDisableMacros(true)
	for name, overloads := range map[string][]string{
		operators.LogicalAnd: nil, operators.LogicalOr: nil, operators.LogicalNot: nil,
		operators.Equals: nil, operators.NotEquals: nil, operators.NotStrictlyFalse: nil,
		operators.In: {"in_list"},
		"contains":   nil, "startsWith": nil, "endsWith": nil,
		"matches":   {"matches_string"},
		"timestamp": {"string_to_timestamp"},
	} {
		f := env.NewFunction(name)
		for _, o := range overloads {
			f.Overloads = append(f.Overloads, &env.Overload{ID: o})
		}
		s.AddIncludedFunctions(f)
	}
	return s
}

// conditional declares c ? a : b so that one of the two may be null, which CEL's
// own declaration refuses for numbers, texts and booleans. The evaluator needs no
// binding for it.
func conditional() cel.EnvOption {
	overloads := []cel.FunctionOpt{}
	for name, t := range map[string]*types.Type{
		"number": celType(Number), "text": celType(Text), "bool": celType(Bool), "date": dateType, "moment": cel.TimestampType,
		"list": cel.ListType(param), "money": moneyObject.cel, "range": rangeObject.cel,
	} {
		overloads = append(overloads, cel.Overload("choose_"+name, []*types.Type{cel.BoolType, t, t}, t))
	}
	return cel.Function(operators.Conditional, overloads...)
}

// unary declares one overload of a function with one argument. Arguments of
// another type, null among them, never reach the binding: the dispatcher answers
// "no such overload".
func unary[A ref.Val](name, id string, args []*types.Type, result *types.Type, f func(A) ref.Val) cel.EnvOption {
	return cel.Function(name, cel.Overload(id, args, result, cel.UnaryBinding(func(v ref.Val) ref.Val {
		a, ok := v.(A)
		if !ok {
			return types.MaybeNoSuchOverloadErr(v)
		}
		return f(a)
	})))
}

// binary declares one overload of a function with two arguments.
func binary[A, B ref.Val](name, id string, args []*types.Type, result *types.Type, f func(A, B) ref.Val) cel.EnvOption {
	return cel.Function(name, cel.Overload(id, args, result, cel.BinaryBinding(func(v, w ref.Val) ref.Val {
		a, ok := v.(A)
		if !ok {
			return types.MaybeNoSuchOverloadErr(v)
		}
		b, ok := w.(B)
		if !ok {
			return types.MaybeNoSuchOverloadErr(w)
		}
		return f(a, b)
	})))
}

// member lets a function be written x.f() as well.
func member[A ref.Val](name, id string, args []*types.Type, result *types.Type, f func(A) ref.Val) cel.EnvOption {
	return cel.Function(name, cel.MemberOverload(id, args, result, cel.UnaryBinding(func(v ref.Val) ref.Val {
		a, ok := v.(A)
		if !ok {
			return types.MaybeNoSuchOverloadErr(v)
		}
		return f(a)
	})))
}
