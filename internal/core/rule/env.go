package rule

import (
	"fmt"
	"sync"

	"cel.dev/cel-go/cel"
)

// Scope is what rules at one place may mention: the fields of the form, the
// org's custom attributes of people, and the parameters and context of the
// workflow.
type Scope struct {
	Form, User, Params, Context Schema
}

// Place says what a rule may use and must give.
type Place struct {
	// Gives is the kind of the result; "" accepts any.
	Gives Kind
	// About is People where somebody is being considered and `user` is visible,
	// else "".
	About string
}

// People is Place.About for candidates and visibility.
const People = "people"

// Env compiles the rules of one scope. It is safe for concurrent use.
type Env struct {
	types   *provider
	objects map[string]*objectType // by variable: form, user, run, ...
	plain   *cel.Env               // without `user`
	people  *cel.Env               // with `user`

	mu    sync.RWMutex
	cache map[cacheKey]*Rule
}

type cacheKey struct {
	text  string
	place Place
}

// cacheLimit bounds the compiled rules one Env remembers; an Env that lives long
// may be asked about whatever people type.
const cacheLimit = 1000

var runSchema = Schema{
	"number": {Kind: Text}, "status": {Kind: Text}, "round": {Kind: Number}, "started_at": {Kind: Timestamp},
	"at": {Kind: List}, // the steps it stands at
}

// outcome, outcomes and number are those of the requests a workflow step started.
var prevSchema = Schema{
	"step": {Kind: Text}, "transition": {Kind: Text}, "kind": {Kind: Text},
	"outcome": {Kind: Text}, "outcomes": {Kind: List}, "number": {Kind: Text},
}

var orgSchema = Schema{"name": {Kind: Text}, "slug": {Kind: Text}, "zone": {Kind: Text}}

// loose are the variables that stand alone.
var loose = map[string]Kind{"step": Text, "now": Timestamp, "today": Date}

var baseEnv = sync.OnceValues(func() (*cel.Env, error) { return cel.NewCustomEnv(language()...) })

// NewEnv declares the variables of a scope. It fails when a name or a kind
// cannot be used in rules.
func NewEnv(s Scope) (*Env, error) {
	user, err := userSchema(s.User)
	if err != nil {
		return nil, err
	}
	for name, schema := range map[string]Schema{"form": s.Form, "params": s.Params, "context": s.Context} {
		if err := schema.check(name, kinds); err != nil {
			return nil, err
		}
	}
	base, err := baseEnv()
	if err != nil {
		return nil, err
	}
	e := &Env{types: newProvider(base.CELTypeProvider()), objects: map[string]*objectType{}, cache: map[cacheKey]*Rule{}}
	person := e.types.declare("user", user)
	for name, schema := range map[string]Schema{
		"form": s.Form, "params": s.Params, "context": s.Context, "run": runSchema, "prev": prevSchema, "org": orgSchema,
	} {
		e.objects[name] = e.types.declare(name, schema)
	}
	for _, name := range []string{"user", "initiator", "assignee"} {
		e.objects[name] = person
	}
	return e, e.extend(base)
}

func userSchema(custom Schema) (Schema, error) {
	if err := custom.check("user", attributeKinds); err != nil {
		return nil, err
	}
	out := BuiltinUser()
	for n, t := range custom {
		if _, taken := out[n]; taken {
			return nil, fmt.Errorf("user.%s: every person has this attribute already, choose another name", n)
		}
		out[n] = t
	}
	return out, nil
}

func (e *Env) extend(base *cel.Env) (err error) {
	opts := []cel.EnvOption{cel.CustomTypeProvider(e.types)}
	for name, k := range loose {
		opts = append(opts, cel.Variable(name, celType(k)))
	}
	for name, o := range e.objects {
		if name != "user" {
			opts = append(opts, cel.Variable(name, o.cel))
		}
	}
	if e.plain, err = base.Extend(opts...); err != nil {
		return err
	}
	e.people, err = e.plain.Extend(cel.Variable("user", e.objects["user"].cel))
	return err
}

func (e *Env) at(p Place) *cel.Env {
	if p.About == People {
		return e.people
	}
	return e.plain
}
