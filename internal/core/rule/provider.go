package rule

import (
	"fmt"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// objectType is the declared shape of a group of variables.
type objectType struct {
	name   string // in the checker's messages, and the key in the provider
	words  string // in ours
	cel    *types.Type
	schema Schema
	fields map[string]*types.FieldType
}

// provider tells the checker which parts the objects have, and gives the
// evaluator a reader for each. Everything else comes from the standard registry.
type provider struct {
	types.Provider
	objects map[string]*objectType
	rows    map[string]*objectType // by path, "form.items"
}

func newProvider(base types.Provider) *provider {
	return &provider{
		Provider: base, rows: map[string]*objectType{},
		objects: map[string]*objectType{moneyObject.name: moneyObject, rangeObject.name: rangeObject},
	}
}

// The names of types begin with a character no rule can write, so that they are
// never taken for variables.
var (
	moneyObject = partsOf("#money", "money", Schema{"amount": {Kind: Number}, "currency": {Kind: Text}})
	rangeObject = partsOf("#range", "range of dates", Schema{"from": {Kind: Date}, "to": {Kind: Date}})
)

// partsOf makes the type of a value with simple parts. The amount of a money is
// a decimal text and read as a number.
func partsOf(name, words string, s Schema) *objectType {
	o := newObjectType(name, words, s)
	for n, t := range s {
		o.fields[n] = field(celType(t.Kind), func(target any) (any, error) {
			in, ok := target.(*object)
			switch {
			case !ok:
				return nil, fmt.Errorf("the %s is empty", words)
			case n == "amount":
				return amountOf(in)
			}
			return convertScalar(in.path+"."+n, t.Kind, in.raw[n])
		})
	}
	return o
}

func newObjectType(name, words string, s Schema) *objectType {
	return &objectType{name: name, words: words, cel: cel.ObjectType(name), schema: s, fields: map[string]*types.FieldType{}}
}

// declare makes the type of a group of variables, and of the rows of the tables in it.
func (p *provider) declare(name string, s Schema) *objectType {
	o := newObjectType("#"+name, name, s)
	for n, t := range s {
		o.fields[n] = field(p.typeOf(name+"."+n, t), func(target any) (any, error) {
			in, ok := target.(*object)
			if !ok {
				return nil, fmt.Errorf("%s is empty", name)
			}
			v, err := p.convert(in.path+"."+n, t, in.raw[n])
			if err != nil && o.name == personType {
				return p.convert(in.path+"."+n, t, nil)
			}
			return v, err
		})
	}
	p.objects[o.name] = o
	return o
}

// personType is the type of user, initiator and assignee. An attribute that does
// not fit its kind counts as empty there: a search over all people must not fail
// for one old record, and SQL has to give the same answer.
const personType = "#user"

func field(t *types.Type, get func(any) (any, error)) *types.FieldType {
	return &types.FieldType{Type: t, IsSet: func(any) bool { return true }, GetFrom: get}
}

// typeOf is the checker's type of a variable at a path.
func (p *provider) typeOf(path string, t Type) *types.Type {
	switch t.Kind {
	case Money:
		return moneyObject.cel
	case Range:
		return rangeObject.cel
	case Rows:
		row := p.declare(path+"[]", t.Columns)
		p.rows[path] = row
		return cel.ListType(row.cel)
	}
	return celType(t.Kind)
}

// celType is the checker's type of a variable that may be empty.
func celType(k Kind) *types.Type {
	switch k {
	case Number:
		return cel.NullableType(cel.DoubleType)
	case Bool:
		return cel.NullableType(cel.BoolType)
	case Date:
		return dateType
	case Timestamp:
		return cel.TimestampType
	case List:
		return cel.ListType(cel.StringType)
	}
	return cel.NullableType(cel.StringType)
}

// kindOf is the Kind of a checked type, "" when it has none. A null literal
// fits everything and answers "null".
func (p *provider) kindOf(t *types.Type) Kind {
	switch {
	case t.IsExactType(dateType):
		return Date
	case t.IsExactType(moneyObject.cel):
		return Money
	case t.IsExactType(rangeObject.cel):
		return Range
	}
	switch t.Kind() {
	case types.DoubleKind:
		return Number
	case types.StringKind:
		return Text
	case types.BoolKind:
		return Bool
	case types.TimestampKind:
		return Timestamp
	case types.NullTypeKind, types.DynKind: // c ? null : null has no type
		return nullKind
	case types.ListKind:
		return p.listKind(t.Parameters()[0])
	}
	return ""
}

const nullKind Kind = "null"

// listKind tells a list of texts from the rows of a table.
func (p *provider) listKind(elem *types.Type) Kind {
	if elem.Kind() == types.StringKind || elem.Kind() == types.TypeParamKind {
		return List
	}
	if elem.Kind() == types.StructKind {
		return Rows
	}
	return ""
}

// FindStructType finds a declared object type.
func (p *provider) FindStructType(n string) (*types.Type, bool) {
	if o, ok := p.objects[n]; ok {
		return types.NewTypeTypeWithParam(o.cel), true
	}
	return p.Provider.FindStructType(n)
}

// FindStructFieldNames lists the parts of a declared object type.
func (p *provider) FindStructFieldNames(n string) ([]string, bool) {
	if o, ok := p.objects[n]; ok {
		return o.schema.Names(), true
	}
	return p.Provider.FindStructFieldNames(n)
}

// FindStructFieldType finds one part of a declared object type.
func (p *provider) FindStructFieldType(n, f string) (*types.FieldType, bool) {
	if o, ok := p.objects[n]; ok {
		ft, ok := o.fields[f]
		return ft, ok
	}
	return p.Provider.FindStructFieldType(n, f)
}

// NewValue refuses: objects come from outside, rules do not make them.
func (p *provider) NewValue(n string, _ map[string]ref.Val) ref.Val {
	return types.NewErr("a rule cannot make a %s", n)
}
