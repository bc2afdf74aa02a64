package rule

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// checker collects what is wrong with one rule beyond CEL's own type check.
type checker struct {
	env      *Env
	place    Place
	text     string
	ast      *ast.AST
	problems fault.Problems
	read     map[string]bool
	patterns map[string]int // regular expressions and the size of their programs
}

func (c *checker) add(id int64, format string, args ...any) {
	at := c.ast.SourceInfo().GetStartLocation(id)
	c.addAt(at.Line(), at.Column()+1, fmt.Sprintf(format, args...))
}

// addAt keeps the first problem at each position: the later ones follow from it.
func (c *checker) addAt(line, column int, message string) {
	line, column = max(line, 1), max(column, 1)
	if !slices.ContainsFunc(c.problems, func(p fault.Problem) bool { return p.Line == line && p.Column == column }) {
		c.problems = append(c.problems, fault.Problem{Message: message, Line: line, Column: column})
	}
}

func (c *checker) sorted() fault.Problems {
	slices.SortStableFunc(c.problems, func(a, b fault.Problem) int {
		return (a.Line-b.Line)<<16 + a.Column - b.Column
	})
	return c.problems
}

// inspect walks the checked rule: whole objects are only taken apart, literals
// are sound, columns exist, and the result is what the place needs.
func (c *checker) inspect(result *types.Type) {
	c.read, c.patterns = map[string]bool{}, map[string]int{}
	c.walk(c.ast.Expr(), true)
	c.checkResult(result)
}

// walk visits an expression. whole says that an object may stand here as it is.
func (c *checker) walk(e ast.Expr, whole bool) {
	if k := c.env.types.kindOf(c.ast.GetType(e.ID())); !whole && e.Kind() != ast.ComprehensionKind {
		c.refuseWhole(e, k)
	}
	switch e.Kind() {
	case ast.IdentKind:
		c.note(e.AsIdent())
	case ast.SelectKind:
		sel := e.AsSelect()
		if op := sel.Operand(); op.Kind() == ast.IdentKind {
			c.note(op.AsIdent() + "." + sel.FieldName())
			return
		}
		c.walk(sel.Operand(), true)
	case ast.CallKind:
		c.call(e)
	case ast.ListKind:
		for _, x := range e.AsList().Elements() {
			c.walk(x, false)
		}
	case ast.ComprehensionKind:
		c.comprehension(e)
	}
}

// note records a variable that is read; the names of macros are none.
func (c *checker) note(path string) {
	root, _, dotted := strings.Cut(path, ".")
	_, object := c.env.objects[root]
	_, alone := loose[root]
	if dotted && object || !dotted && alone {
		c.read[path] = true
	}
}

func (c *checker) refs() []string {
	out := make([]string, 0, len(c.read))
	for r := range c.read {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}

// refuseWhole refuses an object where a value is needed.
func (c *checker) refuseWhole(e ast.Expr, k Kind) {
	switch {
	case k == Money:
		c.add(e.ID(), "A money cannot be used as one value here; use its .amount or .currency.")
	case k == Range:
		c.add(e.ID(), "A range of dates cannot be used as one value here; use its .from or .to.")
	case c.ast.GetType(e.ID()).Kind() == types.StructKind:
		c.add(e.ID(), "%s cannot be used as one value here; name one of its variables, such as %s.",
			describe(e), c.example(e))
	}
}

func describe(e ast.Expr) string {
	if e.Kind() == ast.IdentKind {
		return e.AsIdent()
	}
	return "A row"
}

func (c *checker) example(e ast.Expr) string {
	if o := c.env.types.objects[c.ast.GetType(e.ID()).TypeName()]; o != nil && len(o.schema) > 0 {
		return describe(e) + "." + o.schema.Names()[0]
	}
	return describe(e) + ".name"
}

func (c *checker) call(e ast.Expr) {
	call := e.AsCall()
	args := call.Args()
	if call.IsMemberFunction() {
		c.walk(call.Target(), false)
	}
	switch call.FunctionName() {
	case operators.Conditional:
		c.walk(args[0], false)
		c.walk(args[1], true)
		c.walk(args[2], true)
		return
	case operators.Add:
		if c.collects(e, args) {
			return
		}
	case operators.In:
		if args[1].Kind() == ast.ListKind && args[1].AsList().Size() == 0 {
			c.add(args[1].ID(), "Nothing is in an empty list.")
		}
	case "sum":
		c.column(args)
	case "date":
		c.literalDate(args[0])
	case "matches":
		c.pattern(args[0])
	}
	for _, a := range args {
		c.walk(a, false)
	}
}

// collects refuses list + list, except where a macro collects its result; there
// a row may be collected whole.
func (c *checker) collects(e ast.Expr, args []ast.Expr) bool {
	if c.ast.GetType(e.ID()).Kind() != types.ListKind {
		return false
	}
	if first := args[0]; first.Kind() == ast.IdentKind && accumulators[first.AsIdent()] && args[1].Kind() == ast.ListKind {
		for _, x := range args[1].AsList().Elements() {
			c.walk(x, true)
		}
		return true
	}
	c.add(e.ID(), "Lists cannot be joined with +.")
	return false
}

// accumulators are the names the macros of cel-go collect their results in;
// nobody can write them.
var accumulators = map[string]bool{"@result": true, "__result__": true}

func (c *checker) comprehension(e ast.Expr) {
	x := e.AsComprehension()
	if _, taken := c.env.objects[x.IterVar()]; taken || loose[x.IterVar()] != "" {
		c.add(e.ID(), "Choose another name than %s for the entries, it is a variable already.", x.IterVar())
	}
	c.walk(x.IterRange(), false)
	c.walk(x.AccuInit(), true)
	c.walk(x.LoopCondition(), true)
	c.walk(x.LoopStep(), true)
	c.walk(x.Result(), true)
}

// column checks sum(form.items, "cost") while the rule is written.
func (c *checker) column(args []ast.Expr) {
	list := c.ast.GetType(args[0].ID())
	row := c.env.types.objects[list.Parameters()[0].TypeName()]
	if list.Parameters()[0].Kind() != types.StructKind || row == nil {
		c.add(args[0].ID(), "sum() takes the rows of a table and the name of a column.")
		return
	}
	name, ok := literalText(args[1])
	if !ok {
		c.add(args[1].ID(), "Write the name of the column as a text, such as sum(form.items, \"cost\").")
		return
	}
	switch t, known := row.schema[name]; {
	case !known:
		c.add(args[1].ID(), "The table has no column %q; it has %s.", name, strings.Join(row.schema.Names(), ", "))
	case t.Kind != Number && t.Kind != Money:
		c.add(args[1].ID(), "The column %q holds %s; only numbers and money can be summed.", name, articles[t.Kind])
	}
}

func literalText(e ast.Expr) (string, bool) {
	if e.Kind() != ast.LiteralKind {
		return "", false
	}
	s, ok := e.AsLiteral().(types.String)
	return string(s), ok
}

func (c *checker) literalDate(e ast.Expr) {
	if s, ok := literalText(e); ok {
		if _, valid := parseDate(s); !valid {
			c.add(e.ID(), "%q is not a date; write it as \"2026-01-31\".", clip(s))
		}
	}
}

func (c *checker) pattern(e ast.Expr) {
	s, ok := literalText(e)
	if !ok {
		c.add(e.ID(), "Write the pattern of matches() as a text; it cannot come from a variable.")
		return
	}
	size, err := checkPattern(s)
	if err != nil {
		c.add(e.ID(), "The pattern %s.", err)
	}
	c.patterns[s] = size
}

// checkResult compares what the rule gives with what the place needs.
func (c *checker) checkResult(t *types.Type) {
	want, got := c.place.Gives, c.env.types.kindOf(t)
	id := c.ast.Expr().ID()
	switch {
	case got == "" && t.Kind() == types.ListKind:
		if want != "" {
			c.add(id, "The rule gives a list, it has to give %s.", articles[want])
		}
	case got == "":
		c.refuseWhole(c.ast.Expr(), got)
	case want == "" || want == got:
	case got == nullKind && want != Bool:
	case want == Bool:
		c.add(id, "The rule gives %s, it has to be true or false.", articles[got])
	default:
		c.add(id, "The rule gives %s, it has to give %s.", articles[got], articles[want])
	}
}

func clip(s string) string {
	if utf8.RuneCountInString(s) <= 40 {
		return s
	}
	return string([]rune(s)[:40]) + "…"
}
