package rule

import (
	"errors"
	"fmt"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/interpreter"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// Compile checks a rule for a place and makes it ready to evaluate. It returns
// every problem it finds, with Line and Column inside the CEL text where there
// is one (rows name the row instead); Path is left to the caller. It never
// panics. Compiling the same source for the same place again is a look-up.
func (e *Env) Compile(src Source, p Place) (*Rule, fault.Problems) {
	text, err := src.CEL(e)
	if err != nil {
		return nil, rowProblems(err)
	}
	key := cacheKey{text, p}
	e.mu.RLock()
	r := e.cache[key]
	e.mu.RUnlock()
	if r != nil {
		return r, nil
	}
	r, ps := e.compile(text, p)
	if len(ps) > 0 {
		return nil, ps
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.cache) >= cacheLimit {
		clear(e.cache)
	}
	e.cache[key] = r
	return r, nil
}

func rowProblems(err error) (ps fault.Problems) {
	var f *fault.Error
	if errors.As(err, &f) && len(f.Fields) > 0 {
		for _, x := range f.Fields {
			ps.Add("", "%s: %s", x.Path, x.Message)
		}
		return ps
	}
	ps.Add("", "%v", err)
	return ps
}

func (e *Env) compile(text string, p Place) (r *Rule, ps fault.Problems) {
	defer func() { // the parser is generated code; whatever it meets is the author's problem, not an outage
		if x := recover(); x != nil {
			r, ps = nil, fault.Problems{{Message: "This rule cannot be read.", Line: 1, Column: 1}}
		}
	}()
	env := e.at(p)
	parsed, iss := env.Parse(text)
	if iss.Err() != nil {
		return nil, explainSyntax(text, iss)
	}
	c := &checker{env: e, place: p, text: text, ast: parsed.NativeRep()}
	c.prepare()
	checked, iss := env.Check(parsed)
	if iss.Err() != nil {
		c.explain(iss)
		return nil, c.sorted()
	}
	c.ast = checked.NativeRep()
	c.inspect(checked.OutputType())
	if len(c.problems) > 0 {
		return nil, c.sorted()
	}
	return e.ready(checked, c)
}

// ready estimates the cost and plans the evaluation of a checked rule.
func (e *Env) ready(checked *cel.Ast, c *checker) (*Rule, fault.Problems) {
	env, model := e.at(c.place), &costs{patterns: c.patterns}
	est, err := env.EstimateCost(checked, model)
	if err == nil && est.Max > MaxCost {
		err = fmt.Errorf("the rule may take too long (%d steps, the limit is %d): make it simpler, or go over a list fewer times", est.Max, MaxCost)
	}
	if err != nil {
		return nil, fault.Problems{{Message: sentence(err.Error()), Line: 1, Column: 1}}
	}
	prog, err := plan(env, checked, model)
	if err != nil {
		return nil, fault.Problems{{Message: sentence(err.Error()), Line: 1, Column: 1}}
	}
	return &Rule{
		env: e, place: c.place, text: c.text, checked: checked, prog: prog, model: model,
		refs: c.refs(), gives: e.types.kindOf(checked.OutputType()),
	}, nil
}

func plan(env *cel.Env, checked *cel.Ast, model *costs) (cel.Program, error) {
	return env.Program(
		checked,
		cel.EvalOptions(cel.OptOptimize),
		cel.OptimizeRegex(interpreter.MatchesRegexOptimization),
		cel.CostTracking(model),
		cel.CostLimit(MaxCost),
	)
}

// wholeLimit is the largest integer a double holds exactly.
const wholeLimit = 1 << 53

// prepare makes numbers of the integer literals, because the language has one
// number type and the checker knows no `double == int`, and refuses the
// constructs of CEL that the language leaves out.
func (c *checker) prepare() {
	f := ast.NewExprFactory()
	ast.PostOrderVisit(c.ast.Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		switch e.Kind() {
		case ast.LiteralKind:
			switch v := e.AsLiteral().(type) {
			case types.Int:
				if v > wholeLimit || v < -wholeLimit {
					c.add(e.ID(), "The number %d is too large to be exact.", int64(v))
				}
				e.SetKindCase(f.NewLiteral(e.ID(), types.Double(v)))
			case types.Uint:
				c.add(e.ID(), "Write the number without u.")
				e.SetKindCase(f.NewLiteral(e.ID(), types.Double(v)))
			case types.Bytes:
				c.add(e.ID(), "Write the text without b before it.")
				e.SetKindCase(f.NewLiteral(e.ID(), types.String(v)))
			case types.String:
				c.checkText(e.ID(), string(v))
			}
		case ast.MapKind:
			c.add(e.ID(), "A rule cannot make an object with {}.")
		case ast.StructKind:
			c.add(e.ID(), "A rule cannot make an object with {}; for money use money(amount, currency).")
		case ast.CallKind:
			if fn := e.AsCall().FunctionName(); fn == "_[_]" {
				c.add(e.ID(), "An entry of a list cannot be picked by its number; use exists, all, filter or sum.")
			}
		}
	}))
}

// checkText refuses the one character PostgreSQL cannot hold.
func (c *checker) checkText(id int64, s string) {
	for _, r := range s {
		if r == 0 {
			c.add(id, "A text cannot contain the character U+0000.")
			return
		}
	}
}
