package rule

import (
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"
)

// requestRoots are the variables that have a value only where there is a request,
// or a workflow whose parameters are filled in.
var requestRoots = []string{"assignee", "context", "form", "initiator", "params", "prev", "run", "step"}

// OfRequest names, sorted, what a rule reads that only a given request can tell:
// "form.days", "initiator.department", "step". It needs no scope and judges
// nothing: of a rule that cannot be read it names nothing, Compile says what is
// wrong with it.
func (s Source) OfRequest() []string {
	var names []string
	if s.Rows != nil {
		names = s.Rows.names()
	} else {
		names = textNames(s.Text)
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		root, _, _ := strings.Cut(name, ".")
		return !slices.Contains(requestRoots, root)
	})
	slices.Sort(names)
	return slices.Compact(names)
}

// names are the variables that the rows of a group look at and compare with.
func (g *Group) names() []string {
	var out []string
	for _, item := range g.Rules {
		switch {
		case item.Group != nil:
			out = append(out, item.Group.names()...)
		case item.Row != nil:
			out = append(out, item.Row.Field)
			if item.Row.ValueSource == "field" {
				for _, v := range listOf(item.Row.Value) {
					if name, ok := v.(string); ok {
						out = append(out, name)
					}
				}
			}
		}
	}
	return out
}

// textNames parses a rule and lists what it names, with the part after the first dot.
func textNames(text string) (names []string) {
	defer func() { // the parser is generated code, as in compile
		if recover() != nil {
			names = nil
		}
	}()
	env, err := baseEnv()
	if err != nil {
		return nil
	}
	parsed, iss := env.Parse(text)
	if iss.Err() != nil {
		return nil
	}
	parted := map[int64]bool{}
	ast.PreOrderVisit(parsed.NativeRep().Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		switch {
		case e.Kind() == ast.SelectKind && e.AsSelect().Operand().Kind() == ast.IdentKind:
			of := e.AsSelect().Operand()
			parted[of.ID()] = true
			names = append(names, of.AsIdent()+"."+e.AsSelect().FieldName())
		case e.Kind() == ast.IdentKind && !parted[e.ID()]:
			names = append(names, e.AsIdent())
		}
	}))
	return names
}
