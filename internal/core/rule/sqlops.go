package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

func (t *translator) call(c ast.CallExpr, positive bool) term {
	fn, args := c.FunctionName(), c.Args()
	if c.IsMemberFunction() {
		args = append([]ast.Expr{c.Target()}, args...)
	}
	switch fn {
	case "_&&_", "_||_":
		a, b := t.expr(args[0], positive), t.expr(args[1], positive)
		return yes("(" + a.condition() + map[string]string{"_&&_": " AND ", "_||_": " OR "}[fn] + b.condition() + ")")
	case "!_":
		return yes("(NOT " + t.expr(args[0], false).condition() + ")")
	case "@in":
		return t.in(args[0], args[1], positive)
	}
	x := make([]term, len(args))
	for i, a := range args {
		x[i] = t.expr(a, false)
	}
	switch fn {
	case "_==_":
		return t.equal(x[0], x[1], positive)
	case "_!=_":
		return yes("(NOT " + t.equal(x[0], x[1], false).condition() + ")")
	case "_?_:_":
		return t.choice(x[0], x[1], x[2])
	case "or_else":
		return t.orElse(x[0], x[1])
	}
	return t.strict(fn, x)
}

// yes is a computed condition.
func yes(sql string) term { return term{nature: computed, kind: Bool, sql: sql} }

var known = map[bool]term{
	true:  {nature: constant, kind: Bool, value: types.True},
	false: {nature: constant, kind: Bool, value: types.False},
}

// fence evaluates each expression once, whatever f repeats: without it a nested
// rule would grow without bound, in our text and in the planner (OFFSET 0 keeps
// it from pulling the subquery up).
func (t *translator) fence(f string, args ...term) string {
	names := []string{"a", "b"}
	parts := make([]string, len(args))
	for i, x := range args {
		parts[i] = t.render(x) + " AS " + names[i]
	}
	return "(SELECT " + f + " FROM (SELECT " + strings.Join(parts, ", ") + " OFFSET 0) v)"
}

// equal is ==, which knows null: two empty values are equal.
func (t *translator) equal(a, b term, positive bool) term {
	if a.kind == List || b.kind == List || a.kind == Rows || b.kind == Rows {
		return t.refuse("lists cannot be compared in a rule that searches people; use in")
	}
	if a.nature > b.nature { // constants first, choices last
		a, b = b, a
	}
	switch {
	case b.nature == mixed:
		return t.distribute(b, a, func(x, y term) term { return t.equal(x, y, false) })
	case a.nature == failure || b.nature == failure:
		return term{nature: failure, kind: Bool}
	case b.nature == constant:
		return known[types.Equal(a.value, b.value) == types.True]
	case b.nature == empty:
		return known[a.nature == empty]
	case a.nature == empty && b.nature == column:
		return yes("(" + b.sql + " IS NULL)")
	case a.nature == empty:
		return yes("(CASE WHEN " + b.sql + " IS NOT NULL THEN false END)")
	case a.nature == column && b.nature == computed:
		return yes(t.fence("CASE WHEN v.b IS NOT NULL THEN v.a IS NOT DISTINCT FROM v.b END", a, b))
	case b.nature == computed:
		return yes("(" + t.render(a) + " = " + b.sql + ")")
	case a.nature == column:
		return yes("(" + a.sql + " IS NOT DISTINCT FROM " + b.sql + ")")
	}
	return t.equalColumn(b, a, positive)
}

// distribute applies a condition f(x, y) to both sides of the choice x. A
// calculated y is evaluated once, under the name v.b.
func (t *translator) distribute(x, y term, f func(x, y term) term) term {
	if y.nature != computed {
		return t.pick(x.when, f(x.then[0], y), f(x.then[1], y))
	}
	once := term{nature: computed, kind: y.kind, sql: "v.b"}
	picked := t.pick(x.when, f(x.then[0], once), f(x.then[1], once))
	return yes("(SELECT " + picked.condition() + " FROM (SELECT " + y.sql + " AS b OFFSET 0) v)")
}

// equalColumn compares a column with a constant. Where false may be NULL it is a
// plain =, which an index helps.
func (t *translator) equalColumn(col, value term, positive bool) term {
	if !positive {
		return yes("(" + col.sql + " IS NOT DISTINCT FROM " + t.render(value) + ")")
	}
	if col.uuid != "" {
		s, _ := value.value.(types.String)
		if !canonicalUUID.MatchString(string(s)) {
			return known[false]
		}
		return yes("(" + col.uuid + " = " + t.arg(string(s), "uuid") + ")")
	}
	return yes("(" + col.sql + " = " + t.render(value) + ")")
}

var canonicalUUID = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// in is x in list. The list is a constant, an attribute, or written out.
func (t *translator) in(item, list ast.Expr, positive bool) term {
	x := t.expr(item, false)
	if _, folded := t.rule.constants[list.ID()]; !folded && list.Kind() == ast.ListKind {
		return t.inWritten(x, list.AsList().Elements())
	}
	l := t.expr(list, false)
	switch {
	case l.nature != constant && l.nature != failure && l.nature != column:
		return t.refuse("a chosen list cannot be searched in a rule that searches people")
	}
	return t.inList(x, l, positive)
}

func (t *translator) inList(x, l term, positive bool) term {
	switch {
	case x.nature == mixed:
		return t.distribute(x, l, func(x, l term) term { return t.inList(x, l, false) })
	case x.nature == failure || l.nature == failure:
		return term{nature: failure, kind: Bool}
	case l.nature == column:
		return t.inColumn(x, l)
	}
	return t.inConstant(x, l, positive)
}

// inWritten compares with each entry of a list that mentions attributes.
func (t *translator) inWritten(x term, list []ast.Expr) term {
	parts := make([]string, len(list))
	failed := x.nature == failure
	for i, e := range list {
		y := t.expr(e, false)
		if y.nature >= computed || x.nature >= computed {
			return t.refuse("a list with attributes of user cannot hold or be searched for calculated values in a rule that searches people")
		}
		failed = failed || y.nature == failure
		parts[i] = t.equal(x, y, false).condition()
	}
	if failed {
		return term{nature: failure, kind: Bool}
	}
	return yes("(" + strings.Join(parts, " OR ") + ")")
}

// inColumn looks in a list attribute; an empty list holds nothing.
func (t *translator) inColumn(x, l term) term {
	switch x.nature {
	case empty:
		return known[false]
	case computed:
		return yes(t.fence("CASE WHEN v.a IS NOT NULL THEN coalesce(v.a = ANY (v.b), false) END", x, l))
	}
	return yes("coalesce(" + t.render(x) + " = ANY (" + l.sql + "), false)")
}

func (t *translator) inConstant(x, l term, positive bool) term {
	values, null := entries(l.value)
	switch {
	case x.nature == empty:
		return known[null]
	case x.nature == computed && len(values) == 0:
		return yes("(CASE WHEN " + x.sql + " IS NOT NULL THEN false END)")
	case x.nature == computed:
		return yes("(" + x.sql + " = ANY (" + t.array(values, x.kind) + "))")
	case x.nature == constant:
		return known[slices.ContainsFunc(values, func(v ref.Val) bool { return types.Equal(x.value, v) == types.True })]
	}
	cond := t.anyOf(x, values, positive)
	if null {
		cond = "(" + cond + " OR " + x.sql + " IS NULL)"
	}
	return yes(cond)
}

func (t *translator) anyOf(x term, values []ref.Val, positive bool) string {
	if positive && x.uuid != "" {
		values = slices.DeleteFunc(values, func(v ref.Val) bool {
			s, _ := v.(types.String)
			return !canonicalUUID.MatchString(string(s))
		})
		return "(" + x.uuid + " = ANY (" + t.arg(collect(values, func(v types.String) string { return string(v) }), "uuid[]") + "))"
	}
	cond := "(" + x.sql + " = ANY (" + t.array(values, x.kind) + "))"
	if positive {
		return cond
	}
	return "coalesce(" + cond + ", false)"
}

// choice is c ? x : y.
func (t *translator) choice(c, x, y term) term {
	if x.kind == List || y.kind == List {
		return t.refuse("a list cannot be chosen with ? : in a rule that searches people")
	}
	kind := x.kind
	if kind == nullKind || kind == "" {
		kind = y.kind
	}
	x.kind, y.kind = kind, kind
	switch {
	case c.nature == failure || c.nature == empty:
		return term{nature: failure, kind: kind}
	case c.nature != constant || t.dry:
		return t.pick(c.condition(), x, y)
	case c.value == types.True:
		return x
	}
	return y
}

// pick chooses between two terms of one kind.
func (t *translator) pick(when string, x, y term) term {
	out := term{nature: computed, kind: x.kind, when: when, then: []term{x, y}}
	for _, side := range out.then {
		if side.nature == empty || side.nature == column || side.nature == mixed {
			out.nature = mixed
		}
	}
	out.sql = "(CASE " + when + " WHEN true THEN " + t.render(x) + " WHEN false THEN " + t.render(y) + " END)"
	return out
}

// orElse is or_else(x, other). CEL evaluates both, so other must not fail.
func (t *translator) orElse(x, other term) term {
	switch {
	case other.nature >= computed || x.kind == List:
		return t.refuse("or_else takes an attribute and a plain value in a rule that searches people")
	case x.nature == mixed:
		return t.pick(x.when, t.orElse(x.then[0], other), t.orElse(x.then[1], other))
	case x.nature == failure || other.nature == failure:
		return term{nature: failure, kind: x.kind}
	case x.nature == empty, t.dry && x.nature == constant && other.nature == column: // the constant may be empty
		return other
	case x.nature != column, other.nature == empty:
		return x
	}
	out := term{nature: other.nature, kind: x.kind, sql: "coalesce(" + x.sql + ", " + t.render(other) + ")"}
	if other.nature == constant {
		out.nature = computed
	}
	return out
}

// inDomainSQL is inDomain: the operands for which arithmetic cannot fail.
const inDomainSQL = "(%[1]s = 0 OR abs(%[1]s) BETWEEN '1e-150'::float8 AND '1e150'::float8)"

// strict translates an operator or function that fails on an empty operand, as
// SQL's answer to NULL is NULL.
func (t *translator) strict(fn string, x []term) term {
	kind, sql := t.strictSQL(fn, x)
	if sql == "" {
		return t.refuse("%s() cannot be used on attributes of user in a rule that searches people", strings.Trim(fn, "_@"))
	}
	for _, a := range x {
		if a.nature == failure || a.nature == empty {
			return term{nature: failure, kind: kind}
		}
	}
	return term{nature: computed, kind: kind, sql: sql}
}

func (t *translator) strictSQL(fn string, x []term) (Kind, string) {
	switch fn {
	case "_<_", "_<=_", "_>_", "_>=_":
		return Bool, t.compare(strings.Trim(fn, "_"), x[0], x[1])
	case "_+_":
		if x[0].kind == Text {
			return Text, "(" + t.render(x[0]) + " || " + t.render(x[1]) + ")"
		}
		return Number, t.calculate("+", x)
	case "_-_", "_*_", "_/_":
		return Number, t.calculate(strings.Trim(fn, "_"), x)
	case "-_":
		return Number, "(0 - " + t.render(x[0]) + ")"
	case "startsWith":
		return Bool, "starts_with(" + t.render(x[0]) + ", " + t.render(x[1]) + ")"
	case "contains":
		return Bool, "(strpos(" + t.render(x[0]) + ", " + t.render(x[1]) + ") > 0)"
	case "endsWith":
		return Bool, t.fence("right(v.a, char_length(v.b)) = v.b", x...)
	case "size":
		if x[0].kind == List {
			return Number, "coalesce(cardinality(" + t.render(x[0]) + "), 0)::float8"
		}
		return Number, "char_length(" + t.render(x[0]) + ")::float8"
	case "lower":
		return Text, "translate(lower(translate(" + t.render(x[0]) + ", 'Σİ', 'σ' || chr(57344)) COLLATE \"und-x-icu\"), chr(57344), 'İ')"
	case "trim":
		return Text, "btrim(" + t.render(x[0]) + ", " + t.arg(blanks, "text") + ")"
	}
	return t.dateSQL(fn, x)
}

func (t *translator) dateSQL(fn string, x []term) (Kind, string) {
	switch fn {
	case "days":
		return Number, t.fence("CASE WHEN v.b >= v.a THEN (v.b - v.a + 1)::float8 WHEN v.b < v.a THEN 0 END", x...)
	case "year", "month", "day":
		return Number, "extract(" + fn + " FROM " + t.render(x[0]) + ")::float8"
	case "weekday":
		return Number, "extract(isodow FROM " + t.render(x[0]) + ")::float8"
	}
	return "", ""
}

// compare orders texts by code point, whatever the collation of the database.
func (t *translator) compare(op string, a, b term) string {
	x, y := t.render(a), t.render(b)
	if a.kind == Text {
		x, y = x+` COLLATE "C"`, y+` COLLATE "C"`
	}
	return "(" + x + " " + op + " " + y + ")"
}

func (t *translator) calculate(op string, x []term) string {
	ok := fmt.Sprintf(inDomainSQL, "v.a::float8") + " AND " + fmt.Sprintf(inDomainSQL, "v.b::float8")
	if op == "/" {
		ok += " AND v.b <> 0"
	}
	return t.fence("CASE WHEN "+ok+" THEN v.a::float8 "+op+" v.b::float8 END", x...)
}
