package httpapi

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

const introduction = `Every operation is a POST of a JSON object to /api/v1/<noun>.<verb>; the answer is a JSON object.

Sign in with auth.login and send the access token as "Authorization: Bearer …". The token decides the organization; nothing in a request can name another one.

Each operation says in x-permission which right it needs: "public" needs no sign-in, "member" any sign-in. Every operation that changes something (x-changes) takes an Idempotency-Key header: it repeats the first outcome for the same key and body, and changes nothing again. Keys are kept for 48 hours. Signing in, refreshing and signing out take none: a repeat of them is a new one, or does nothing.

A problem is an RFC 9457 document with a stable code, a sentence for people and the fields it concerns. Lists answer {items, next_cursor}; send next_cursor as cursor for the next page. Times are RFC 3339 in UTC. RateLimit headers say how much may still be asked.`

// document renders the OpenAPI 3.1 description of all operations.
func (r *registry) document() ([]byte, error) {
	problem := r.schemas.Schema(reflect.TypeFor[Problem](), true, "")
	d := &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title: "Handstamp", Version: apiVersion, Description: introduction,
			License: &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"},
		},
		Servers: []*huma.Server{{URL: "/", Description: "This server"}},
		Components: &huma.Components{
			Schemas:         r.schemas,
			Responses:       problemResponses(problem),
			Parameters:      map[string]*huma.Param{"IdempotencyKey": idempotencyParameter()},
			SecuritySchemes: map[string]*huma.SecurityScheme{"bearer": {Type: "http", Scheme: "bearer", BearerFormat: "JWT"}},
		},
		Tags: r.tags(),
	}
	for _, o := range r.ops {
		d.AddOperation(o.describe())
	}
	r.openReplies()
	raw, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = json.Indent(&b, raw, "", "  ")
	b.WriteByte('\n')
	return b.Bytes(), err
}

func (o *operation) describe() *huma.Operation {
	d := &huma.Operation{
		Method: http.MethodPost, Path: o.path(), OperationID: o.name, Tags: []string{o.noun()},
		Summary: o.summary, Description: o.doc,
		Extensions: map[string]any{"x-permission": string(o.permission), "x-changes": bool(o.effect)},
		RequestBody: &huma.RequestBody{
			Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: o.input}},
		},
		Responses: map[string]*huma.Response{"200": {
			Description: "Done.", Content: map[string]*huma.MediaType{"application/json": {Schema: o.output}},
		}},
	}
	if o.permission != access.Public {
		d.Security = []map[string][]string{{"bearer": {}}}
	}
	if o.keyed {
		d.Parameters = []*huma.Param{{Ref: "#/components/parameters/IdempotencyKey"}}
	}
	for _, code := range o.codes() {
		d.Responses[strconv.Itoa(kindOf(code).status)] = &huma.Response{Ref: "#/components/responses/" + camel(string(code))}
	}
	return d
}

// codes lists the problems an operation may answer with.
func (o *operation) codes() []fault.Code {
	codes := []fault.Code{
		fault.Malformed, fault.Unauthenticated, fault.Forbidden, fault.TooLarge, fault.Unsupported, fault.Invalid,
		fault.Throttled, fault.Internal, fault.Unavailable,
	}
	if o.permission != access.Public {
		codes = append(codes, fault.NotFound)
	}
	if o.effect == change {
		codes = append(codes, fault.Conflict)
	}
	return codes
}

func problemResponses(problem *huma.Schema) map[string]*huma.Response {
	out := map[string]*huma.Response{}
	for _, k := range kinds {
		out[camel(string(k.code))] = &huma.Response{
			Description: k.title + ".",
			Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: problem}},
		}
	}
	return out
}

func idempotencyParameter() *huma.Param {
	one, most := 1, 255
	return &huma.Param{
		Name: "Idempotency-Key", In: "header",
		Description: "The same key with the same body repeats the first outcome and changes nothing again.",
		Schema:      &huma.Schema{Type: huma.TypeString, MinLength: &one, MaxLength: &most},
		Example:     "0b9c8f2e-leave-2026-03",
	}
}

// tags lists the nouns in the order of their first operation.
func (r *registry) tags() []*huma.Tag {
	var tags []*huma.Tag
	for _, o := range r.ops {
		if !slices.ContainsFunc(tags, func(t *huma.Tag) bool { return t.Name == o.noun() }) {
			tags = append(tags, &huma.Tag{Name: o.noun()})
		}
	}
	return tags
}

// openReplies lets the schemas that only replies use grow: a client must accept
// members it does not know yet. Requests stay closed.
func (r *registry) openReplies() {
	closed := map[string]bool{}
	for _, o := range r.ops {
		r.reach(o.input, closed)
	}
	for name, s := range r.schemas.Map() {
		if more, ok := s.AdditionalProperties.(bool); ok && !more && !closed[name] {
			s.AdditionalProperties = nil
		}
	}
}

func (r *registry) reach(s *huma.Schema, seen map[string]bool) {
	if s == nil {
		return
	}
	if s.Ref != "" {
		name := s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
		if seen[name] {
			return
		}
		seen[name] = true
		s = r.schemas.Map()[name]
	}
	r.reach(s.Items, seen)
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		r.reach(s.Properties[name], seen)
	}
	if more, ok := s.AdditionalProperties.(*huma.Schema); ok {
		r.reach(more, seen)
	}
}

// serveDocument answers GET /api/openapi.json.
func (s *Server) serveDocument(w http.ResponseWriter, r *http.Request) {
	sum := sha256.Sum256(s.document)
	h := w.Header()
	h.Set("Content-Type", "application/openapi+json")
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:12])+`"`)
	if r.Header.Get("If-None-Match") == h.Get("ETag") {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = w.Write(s.document)
}
