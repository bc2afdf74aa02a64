package rule

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// CheckSQL reports whether the rule can search people in the database, that is
// whether Where can translate it. The error is a sentence that names the part
// which cannot be translated.
func (r *Rule) CheckSQL() error {
	if err := r.prepareSearch(); err != nil {
		return err
	}
	t := &translator{rule: r, dry: true}
	if cond := t.expr(r.checked.NativeRep().Expr(), true).condition(); t.err == nil && len(cond) > maxSQL/2 {
		return errors.New("this rule is too complicated to search people")
	}
	return t.err
}

// maxSQL bounds the condition; only comparing one choice (? :) with another
// grows faster than the rule. CheckSQL leaves room for what values add.
const maxSQL = 1 << 18

// Where translates a rule about people to a condition of SQL over alias u of the
// people relation, with parameters from $first on. Everything that does not
// mention `user` is evaluated here and becomes a parameter, so no text of a rule
// reaches the statement. The condition holds for exactly those people for whom
// Bool is true; where Bool fails it is NULL or false. The error says which part
// cannot be translated, as CheckSQL.
//
// Columns of u: id uuid, manager_id uuid, roles text[], attributes jsonb, and the
// other built-in attributes under their names.
func (r *Rule) Where(in Input, first int) (cond string, args []any, err error) {
	if err := r.prepareSearch(); err != nil {
		return "", nil, err
	}
	t := &translator{rule: r, input: &in}
	cond = t.expr(r.checked.NativeRep().Expr(), true).condition()
	if t.err != nil {
		return "", nil, t.err
	}
	if len(cond) > maxSQL {
		return "", nil, errors.New("this rule is too complicated to search people")
	}
	cond, args = t.number(cond, first)
	return cond, args, nil
}

// prepareSearch plans, once, the parts of the rule that do not mention `user`.
func (r *Rule) prepareSearch() error {
	r.search.Do(func() {
		r.constants = map[int64]cel.Program{}
		r.searchable = r.planConstants(r.checked.NativeRep().Expr())
	})
	return r.searchable
}

func (r *Rule) planConstants(e ast.Expr) error {
	if mentionsUser(e) {
		var errs []error
		for _, x := range operands(e) {
			errs = append(errs, r.planConstants(x))
		}
		return errors.Join(errs...)
	}
	native := r.checked.NativeRep()
	proto, err := ast.ToProto(ast.NewCheckedAST(ast.NewAST(e, native.SourceInfo()), native.TypeMap(), native.ReferenceMap()))
	if err != nil {
		return err
	}
	r.constants[e.ID()], err = plan(r.env.at(r.place), cel.CheckedExprToAst(proto), r.model)
	return err
}

func mentionsUser(e ast.Expr) bool {
	found := false
	ast.PreOrderVisit(e, ast.NewExprVisitor(func(x ast.Expr) {
		found = found || x.Kind() == ast.IdentKind && x.AsIdent() == "user"
	}))
	return found
}

// operands are the parts of an expression that are translated on their own.
func operands(e ast.Expr) []ast.Expr {
	switch e.Kind() {
	case ast.CallKind:
		if c := e.AsCall(); c.IsMemberFunction() {
			return append([]ast.Expr{c.Target()}, c.Args()...)
		}
		return e.AsCall().Args()
	case ast.ListKind:
		return e.AsList().Elements()
	}
	return nil
}

// nature says what NULL means in a translated expression. CEL's error-absorbing
// && and || are SQL's three-valued logic as long as an error is NULL; so an
// expression whose NULL is an empty value has to be told from one whose NULL is
// an error.
type nature int

const (
	constant nature = iota // a value known now; never NULL
	empty                  // null, known now
	failure                // an error, known now
	column                 // NULL is an empty value
	computed               // NULL is an error
	mixed                  // NULL may be either
)

// term is a translated expression.
type term struct {
	nature nature
	kind   Kind
	sql    string
	uuid   string  // the bare uuid column behind sql, for an index
	value  ref.Val // of a constant

	when string // of a mixed choice: its condition
	then []term // and what it chooses
}

// translator turns one rule into SQL. A refusal is kept in err and the rest is
// translated for nothing, which keeps the code straight.
type translator struct {
	rule  *Rule
	input *Input
	dry   bool  // only find out whether it can be done
	args  []any // by mark; parts that fall away leave some unused
	err   error
}

func (t *translator) refuse(format string, args ...any) term {
	if t.err == nil {
		t.err = fmt.Errorf(format, args...)
	}
	return term{nature: failure}
}

// expr translates an expression. positive says that only "true or not" matters
// here, so that false may be NULL.
func (t *translator) expr(e ast.Expr, positive bool) term {
	if p, ok := t.rule.constants[e.ID()]; ok {
		return t.constant(e, p)
	}
	switch e.Kind() {
	case ast.SelectKind:
		return t.column(e.AsSelect().FieldName())
	case ast.CallKind:
		return t.call(e.AsCall(), positive)
	case ast.ComprehensionKind:
		return t.refuse("exists, all, map and filter cannot go over people's attributes in a rule that searches people; write \"x\" in user.roles")
	case ast.ListKind:
		return t.refuse("a list with attributes of user can only stand after in, in a rule that searches people")
	}
	return t.refuse("this rule cannot search people")
}

// constant evaluates a part that does not mention `user`.
func (t *translator) constant(e ast.Expr, p cel.Program) term {
	kind := t.rule.env.types.kindOf(t.rule.checked.NativeRep().GetType(e.ID()))
	if t.dry {
		if kind == nullKind {
			return term{nature: empty}
		}
		return term{nature: constant, kind: kind, value: sample(kind)}
	}
	v, _, err := p.Eval(activation{t.rule.env, t.input})
	switch {
	case err != nil:
		return term{nature: failure, kind: kind}
	case v == types.NullValue:
		return term{nature: empty, kind: kind}
	}
	if s, ok := v.(types.String); ok && !storable(string(s)) {
		return term{nature: failure, kind: kind}
	}
	return term{nature: constant, kind: kind, value: v}
}

// sample stands for a constant while only the shape of the rule matters.
func sample(k Kind) ref.Val {
	switch k {
	case Number:
		return types.Double(0)
	case Text:
		return types.String("")
	case Bool:
		return types.True
	case Date:
		return civil(0)
	case Timestamp:
		return types.Timestamp{Time: time.Unix(0, 0)}
	}
	return types.NewRefValList(types.DefaultTypeAdapter, nil)
}

// storable texts can be sent to PostgreSQL; no column holds any other.
func storable(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// render writes a term as an expression; constants become parameters.
func (t *translator) render(x term) string {
	switch x.nature {
	case constant:
		return t.param(x.value)
	case empty, failure:
		return "NULL::" + sqlType[x.kind]
	}
	return x.sql
}

var sqlType = map[Kind]string{
	Text: "text", Number: "float8", Bool: "bool", Date: "date", Timestamp: "timestamptz", List: "text[]", "": "text", nullKind: "text",
}

func (t *translator) param(v ref.Val) string {
	switch x := v.(type) {
	case types.Bool:
		return strconv.FormatBool(bool(x))
	case types.Double:
		return t.arg(float64(x), "float8")
	case types.String:
		return t.arg(string(x), "text")
	case civil:
		return t.arg(x.time(), "date")
	case types.Timestamp:
		return t.arg(x.Time, "timestamptz")
	}
	t.refuse("a value of this kind cannot be used in a rule that searches people")
	return "NULL"
}

// arg marks the place of a parameter; number gives it its number.
func (t *translator) arg(v any, typ string) string {
	t.args = append(t.args, v)
	return fmt.Sprintf("\x00%d\x00::%s", len(t.args)-1, typ)
}

// number replaces the marks by $first, $first+1 ... and returns the parameters
// that are used, because PostgreSQL accepts no others.
func (t *translator) number(cond string, first int) (string, []any) {
	var b strings.Builder
	var used []any
	given := map[string]int{}
	for i, part := range strings.Split(cond, "\x00") {
		if i%2 == 0 {
			b.WriteString(part)
			continue
		}
		n, seen := given[part]
		if !seen {
			index, _ := strconv.Atoi(part)
			used = append(used, t.args[index])
			n = first + len(used) - 1
			given[part] = n
		}
		b.WriteString("$" + strconv.Itoa(n))
	}
	return b.String(), used
}

// array makes one parameter of the values of a list; null entries are left out.
func (t *translator) array(values []ref.Val, k Kind) string {
	switch k {
	case Number:
		return t.arg(collect(values, func(v types.Double) float64 { return float64(v) }), "float8[]")
	case Bool:
		return t.arg(collect(values, func(v types.Bool) bool { return bool(v) }), "bool[]")
	case Date:
		return t.arg(collect(values, civil.time), "date[]")
	}
	return t.arg(collect(values, func(v types.String) string { return string(v) }), "text[]")
}

func collect[V ref.Val, T any](values []ref.Val, f func(V) T) []T {
	out := []T{}
	for _, v := range values {
		if x, ok := v.(V); ok {
			out = append(out, f(x))
		}
	}
	return out
}

// entries are the values of a constant list.
func entries(v ref.Val) (values []ref.Val, null bool) {
	l, ok := v.(traits.Lister)
	if !ok {
		return nil, false
	}
	for it := l.Iterator(); it.HasNext() == types.True; {
		x := it.Next()
		if s, ok := x.(types.String); ok && !storable(string(s)) {
			continue // equal to nothing the database can hold
		}
		if x == types.NullValue {
			null = true
			continue
		}
		values = append(values, x)
	}
	return values, null
}

// condition writes a term where SQL wants a condition.
func (x term) condition() string {
	switch x.nature {
	case constant:
		return strconv.FormatBool(x.value == types.True)
	case empty, failure:
		return "NULL::bool"
	}
	return x.sql
}
