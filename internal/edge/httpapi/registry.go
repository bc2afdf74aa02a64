package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
)

// effect says whether an operation changes anything.
type effect bool

const (
	read   effect = false
	change effect = true
)

// operation is one verb of the API as the edge knows it.
type operation struct {
	name       string
	permission access.Permission
	effect     effect
	keyed      bool // repeats its outcome for the same Idempotency-Key
	summary    string
	doc        string
	secrets    []string // members of the request that are passwords
	input      *huma.Schema
	output     *huma.Schema
	// run decodes a checked body into the request type and calls the verb.
	run func(ctx context.Context, a access.Actor, q request) (any, error)
}

// path is where the operation is reached: POST /api/v1/<noun>.<verb>.
func (o *operation) path() string { return "/api/v1/" + o.name }

// noun is the part before the dot.
func (o *operation) noun() string { return o.name[:strings.IndexByte(o.name, '.')] }

// registry is the list of operations. Whatever is wrong with it is collected
// in errs, and a registry with errors does not start the server.
type registry struct {
	schemas huma.Registry
	names   map[reflect.Type]string // schema names given by op
	taken   map[string]reflect.Type
	ops     []*operation
	errs    []error
}

// Once, before anything runs: it is a global of the library, and lists in replies
// are never null.
func init() { huma.DefaultArrayNullable = false }

func newRegistry() *registry {
	r := &registry{names: map[reflect.Type]string{}, taken: map[string]reflect.Type{}}
	for t, name := range publicNames {
		r.names[t], r.taken[name] = name, t
	}
	r.schemas = huma.NewMapRegistry("#/components/schemas/", r.schemaName)
	r.schemas.RegisterTypeAlias(reflect.TypeFor[uuid.UUID](), reflect.TypeFor[uuidText]())
	r.schemas.RegisterTypeAlias(reflect.TypeFor[directory.Change[string]](), reflect.TypeFor[nullableText]())
	r.schemas.RegisterTypeAlias(reflect.TypeFor[directory.Change[float64]](), reflect.TypeFor[nullableNumber]())
	r.schemas.RegisterTypeAlias(reflect.TypeFor[directory.Change[uuid.UUID]](), reflect.TypeFor[nullableID]())
	return r
}

// publicNames are those of types whose own name says too little outside its package.
var publicNames = map[reflect.Type]string{
	reflect.TypeFor[nothing]():       "Empty",
	reflect.TypeFor[me]():            "Me",
	reflect.TypeFor[Problem]():       "Problem", // an answer; what is wrong with a definition is another thing
	reflect.TypeFor[fault.Problem](): "DefinitionProblem",
	reflect.TypeFor[fault.Field]():   "FieldError",
	reflect.TypeFor[form.View]():     "FormView",
	reflect.TypeFor[form.Item]():     "LayoutItem",
	reflect.TypeFor[form.Tab]():      "LayoutTab",
	reflect.TypeFor[form.Option]():   "FieldOption",
	reflect.TypeFor[catalog.File]():  "WorkflowFile",
	reflect.TypeFor[catalog.Draft](): "WorkflowDraft",
	reflect.TypeFor[runs.Entry]():    "HistoryEntry",
	reflect.TypeFor[runs.Entries]():  "History",
}

// uuidText gives ids the format that huma drops.
type uuidText string

// Schema implements huma.SchemaProvider.
func (uuidText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "uuid"}
}

// schemaName names a type in the document: the name op gave it, else its own,
// with the package in front when another type was first.
func (r *registry) schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if name, ok := r.names[t]; ok {
		return name
	}
	name := huma.DefaultSchemaNamer(t, hint)
	if first, ok := r.taken[name]; ok && first != t && t.Kind() == reflect.Struct {
		pkg := t.PkgPath()[strings.LastIndexByte(t.PkgPath(), '/')+1:]
		name = strings.ToUpper(pkg[:1]) + pkg[1:] + name
	}
	r.taken[name] = t
	r.names[t] = name
	return name
}

// op registers an operation; there is no other way to add one. fn is the verb:
// it gets who calls as an argument, and what it returns is the answer.
func op[I, O any](r *registry, name string, perm access.Permission, eff effect, summary, doc string,
	fn func(context.Context, access.Actor, I) (O, error),
) {
	o := &operation{name: name, permission: perm, effect: eff, summary: summary, doc: doc}
	_, o.keyed = any(new(I)).(interface{ setIdempotency(string, [32]byte) })
	o.input = r.schema(reflect.TypeFor[I](), name, "Request")
	o.output = r.schema(reflect.TypeFor[O](), name, "Reply")
	var lists [][]int
	if t := reflect.TypeFor[O](); t.Kind() == reflect.Struct {
		lists = containers(t)
	}
	o.run = func(ctx context.Context, a access.Actor, q request) (any, error) {
		if err := check(r.schemas, o.input, q.tree); err != nil {
			return nil, err
		}
		var in I
		if err := json.Unmarshal(q.raw, &in); err != nil {
			return nil, undecodable(err)
		}
		q.equip(&in, o.secrets)
		out, err := fn(ctx, a, in)
		fillContainers(reflect.ValueOf(&out).Elem(), lists)
		return out, err
	}
	r.add(o)
}

// undecodable reports what the schema let through and the Go type did not. It
// is rare: a number that does not fit, a text with a form of its own.
func undecodable(err error) error {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && e.Field != "" {
		return fault.At(e.Field, "Has a value that cannot be used here.")
	}
	if e, ok := errors.AsType[*fault.Error](err); ok {
		return e
	}
	return fault.New(fault.Invalid, "A value in the request has a form that cannot be used.")
}

// schema makes the schema of a request or reply type. A type of this package is
// named after its operation, unless another operation already shares it.
func (r *registry) schema(t reflect.Type, op, role string) *huma.Schema {
	if t.Kind() != reflect.Struct {
		r.refuse(op, "its %s is not a struct", strings.ToLower(role))
		return &huma.Schema{Type: huma.TypeObject}
	}
	if memberless(t) {
		t = reflect.TypeFor[nothing]()
	} else if _, named := r.names[t]; !named && t.PkgPath() == reflect.TypeFor[operation]().PkgPath() {
		r.names[t] = camel(op) + role
		r.taken[r.names[t]] = t
	}
	return r.schemas.Schema(t, true, "")
}

// memberless reports whether a struct is {} in JSON.
func memberless(t reflect.Type) bool {
	for _, f := range reflect.VisibleFields(t) {
		if f.IsExported() && !f.Anonymous && f.Tag.Get("json") != "-" {
			return false
		}
	}
	return true
}

// nothing is the body of a request or reply that has no members.
type nothing struct{}

// camel makes TasksSendBack of tasks.send_back.
func camel(name string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(name, func(c rune) bool { return c == '.' || c == '_' }) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

var wellNamed = regexp.MustCompile(`^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$`)

// add checks the operation and takes it in.
func (r *registry) add(o *operation) {
	if !wellNamed.MatchString(o.name) {
		r.refuse(o.name, "its name is not noun.verb")
		return
	}
	for _, other := range r.ops {
		if other.name == o.name {
			r.refuse(o.name, "it stands there twice")
		}
	}
	if !knownPermission(o.permission) {
		r.refuse(o.name, "it asks for the permission %q, which no role can grant", o.permission)
	}
	if o.summary == "" || o.doc == "" {
		r.refuse(o.name, "it is not described")
	}
	if o.effect == change && !o.keyed {
		r.refuse(o.name, "it changes something and takes no Idempotency-Key: embed keyed in its request")
	}
	r.bounded(o, "", o.input, map[string]bool{})
	r.ops = append(r.ops, o)
}

func knownPermission(p access.Permission) bool {
	if p == access.Public || p == access.Member {
		return true
	}
	for _, right := range access.Rights() {
		if right.Permission == p {
			return true
		}
	}
	return false
}

// bounded refuses a request type with a text or list of unlimited length.
func (r *registry) bounded(o *operation, path string, s *huma.Schema, seen map[string]bool) {
	if s.Ref != "" {
		if seen[s.Ref] {
			return
		}
		seen[s.Ref] = true
		s = r.schemas.SchemaFromRef(s.Ref)
	}
	switch {
	case s.Type == huma.TypeString && s.MaxLength == nil && len(s.Enum) == 0 && s.Format == "":
		r.refuse(o.name, "the text %s has no greatest length", path)
	case s.Type == huma.TypeArray:
		if s.MaxItems == nil {
			r.refuse(o.name, "the list %s has no greatest length", path)
		}
		r.bounded(o, path+"[]", s.Items, seen)
	}
	for name, prop := range s.Properties {
		r.guarded(o, path, name, prop)
		r.bounded(o, join(path, name), prop, seen)
	}
	if more, ok := s.AdditionalProperties.(*huma.Schema); ok {
		r.bounded(o, join(path, "*"), more, seen)
	}
}

// guarded notes a secret member of a request, and refuses one that is not
// declared as such: nothing of it may be kept with an idempotency key.
func (r *registry) guarded(o *operation, path, name string, prop *huma.Schema) {
	switch {
	case prop.WriteOnly && path == "":
		o.secrets = append(o.secrets, name)
	case prop.WriteOnly:
		r.refuse(o.name, "the secret %s does not stand at the top of the request", join(path, name))
	case strings.Contains(name, "password"):
		r.refuse(o.name, "the password %s is not declared writeOnly", join(path, name))
	}
}

func (r *registry) refuse(op, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("operation %q: %s", op, fmt.Sprintf(format, args...)))
}

// err returns everything that is wrong with the list of operations, or nil.
func (r *registry) err() error { return errors.Join(r.errs...) }
