// Command generate writes the typed part of the Go client from the OpenAPI
// document: one struct per schema, one method per operation. It knows the forms
// that our document uses and stops at any other, so that nothing is left out in
// silence. General generators read OpenAPI 3.1 only in part.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"maps"
	"os"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: generate openapi.json generated.go")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(in, out string) error {
	raw, err := os.ReadFile(in) //nolint:gosec // the person at the keyboard names it
	if err != nil {
		return err
	}
	code, err := Generate(raw)
	if err != nil {
		return err
	}
	return os.WriteFile(out, code, 0o644) //nolint:gosec // source code, for everybody
}

// document is the part of OpenAPI that the generator reads.
type document struct {
	Paths      map[string]struct{ Post operation }
	Components struct{ Schemas map[string]schema }
}

type operation struct {
	OperationID string `json:"operationId"`
	Summary     string
	Description string
	Permission  string `json:"x-permission"`
	Changes     bool   `json:"x-changes"`
	Parameters  []struct {
		Ref string `json:"$ref"`
	}
	RequestBody struct{ Content map[string]media }
	Responses   map[string]struct{ Content map[string]media }
}

// keyed reports whether the operation takes an idempotency key.
func (o operation) keyed() bool {
	for _, p := range o.Parameters {
		if strings.HasSuffix(p.Ref, "/IdempotencyKey") {
			return true
		}
	}
	return false
}

type media struct{ Schema schema }

type schema struct {
	Ref                  string `json:"$ref"`
	Type                 any
	Format               string
	Description          string
	Properties           map[string]schema
	Required             []string
	Items                *schema
	AdditionalProperties json.RawMessage
	Enum                 []any
}

// Generate returns the source of package client for an OpenAPI document.
func Generate(raw []byte) ([]byte, error) {
	var d document
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, err
	}
	g := &generator{doc: d}
	g.line("// Code generated from docs/openapi.json by client/internal/generate. DO NOT EDIT.")
	g.line("package client")
	g.line("import (\"context\"; \"time\")")
	for _, name := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
		if name != "Empty" {
			g.structure(name, d.Components.Schemas[name])
		}
	}
	for _, path := range slices.Sorted(maps.Keys(d.Paths)) {
		g.method(d.Paths[path].Post)
	}
	if g.err != nil {
		return nil, g.err
	}
	source := g.b.Bytes()
	if !bytes.Contains(source, []byte("time.Time")) {
		source = bytes.Replace(source, []byte(`; "time"`), nil, 1)
	}
	return format.Source(source)
}

type generator struct {
	doc document
	b   bytes.Buffer
	err error
}

func (g *generator) line(format string, args ...any) { fmt.Fprintf(&g.b, format+"\n", args...) }

func (g *generator) fail(format string, args ...any) {
	if g.err == nil {
		g.err = fmt.Errorf(format, args...)
	}
}

// comment writes text as a comment that begins with a name.
func (g *generator) comment(text string) {
	for part := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		g.line("// %s", part)
	}
}

// structure writes one schema. The problem document gets another name: Problem
// is the error that carries it.
func (g *generator) structure(name string, s schema) {
	name = typeName(name)
	if kind, _ := typeOf(s); kind != "object" || s.Properties == nil {
		if elem := g.goType(s, false); elem != "" {
			g.comment(name + " is a value of the API. " + s.Description)
			g.line("type %s = %s\n", name, elem)
		}
		return
	}
	about := s.Description
	if about == "" {
		about = "is part of the API."
	}
	g.comment(name + " " + about)
	g.line("type %s struct {", name)
	for _, member := range slices.Sorted(maps.Keys(s.Properties)) {
		prop := s.Properties[member]
		if prop.Description != "" {
			g.comment(prop.Description)
		}
		optional := !slices.Contains(s.Required, member)
		tag := member
		if optional {
			tag += ",omitzero"
		}
		g.line("%s %s `json:%q`", goName(member), g.goType(prop, optional), tag)
	}
	g.line("}\n")
}

// goType names the Go type of a schema.
func (g *generator) goType(s schema, optional bool) string {
	if s.Ref != "" {
		name := typeName(s.Ref[strings.LastIndexByte(s.Ref, '/')+1:])
		if optional {
			return "*" + name
		}
		return name
	}
	kind, nullable := typeOf(s)
	t := g.plainType(kind, s)
	switch {
	case nullable && optional:
		return "Change[" + t + "]"
	case nullable:
		return "*" + t
	}
	return t
}

func (g *generator) plainType(kind string, s schema) string {
	switch kind {
	case "string":
		if s.Format == "date-time" {
			return "time.Time"
		}
		return "string"
	case "integer":
		return "int"
	case "number":
		return "float64"
	case "boolean":
		return "bool"
	case "array":
		if s.Items == nil {
			g.fail("a list without items")
			return ""
		}
		return "[]" + g.goType(*s.Items, false)
	case "object":
		return "map[string]" + g.mapValue(s)
	case "":
		return "any"
	}
	g.fail("the type %q is not known to the generator", kind)
	return ""
}

func (g *generator) mapValue(s schema) string {
	var value schema
	if s.Properties != nil {
		g.fail("an object with members stands inside another schema; give its type a name")
	}
	if len(s.AdditionalProperties) == 0 || s.AdditionalProperties[0] != '{' {
		return "any"
	}
	if err := json.Unmarshal(s.AdditionalProperties, &value); err != nil {
		g.fail("additionalProperties: %w", err)
	}
	return g.goType(value, false)
}

// typeOf splits ["string", "null"].
func typeOf(s schema) (kind string, nullable bool) {
	switch t := s.Type.(type) {
	case string:
		return t, false
	case []any:
		for _, part := range t {
			if part == "null" {
				nullable = true
			} else {
				kind, _ = part.(string)
			}
		}
	}
	return kind, nullable
}

func (g *generator) method(o operation) {
	if _, stream := o.Responses["200"].Content["text/event-stream"]; stream {
		return // written by hand: Follow
	}
	in := g.goType(o.RequestBody.Content["application/json"].Schema, false)
	out := g.goType(o.Responses["200"].Content["application/json"].Schema, false)
	name := goName(strings.ReplaceAll(o.OperationID, ".", "_"))
	g.comment(fmt.Sprintf("%s calls %s: %s. %s", name, o.OperationID, strings.TrimSuffix(o.Summary, "."), o.Description))
	if o.Permission != "public" && o.Permission != "member" {
		g.line("//\n// It needs the right %s.", o.Permission)
	}
	parameters, argument := "in "+in+", ", "in"
	if in == "Empty" {
		parameters, argument = "", "struct{}{}"
	}
	what := fmt.Sprintf("call{name: %q, public: %t, changes: %t, keyed: %t}", o.OperationID, o.Permission == "public", o.Changes, o.keyed())
	if out == "Empty" {
		g.line("func (c *Client) %s(ctx context.Context, %soptions ...Option) error {", name, parameters)
		g.line("return c.do(ctx, %s, %s, &struct{}{}, options)\n}\n", what, argument)
		return
	}
	g.line("func (c *Client) %s(ctx context.Context, %soptions ...Option) (%s, error) {", name, parameters, out)
	g.line("var out %s\nerr := c.do(ctx, %s, %s, &out, options)\nreturn out, err\n}\n", out, what, argument)
}

func typeName(schemaName string) string {
	if schemaName == "Problem" {
		return "ProblemDocument"
	}
	return schemaName
}

// initials are written in capitals in Go names.
var initials = map[string]string{"id": "ID", "ids": "IDs", "url": "URL", "csv": "CSV", "yaml": "YAML", "ip": "IP", "cel": "CEL"}

// goName makes FromLibrary of from_library and TaskID of task_id.
func goName(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		if word == "" {
			continue
		}
		if caps, ok := initials[word]; ok {
			b.WriteString(caps)
			continue
		}
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}
