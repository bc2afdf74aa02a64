package httpapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// strictDocument is our document with every reply closed: what it does not
// describe must not be sent.
func strictDocument(t *testing.T) *openapi3.T {
	t.Helper()
	raw, err := Document()
	if err != nil {
		t.Fatal(err)
	}
	var d map[string]any
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	for _, s := range d["components"].(map[string]any)["schemas"].(map[string]any) {
		if s := s.(map[string]any); s["properties"] != nil {
			s["additionalProperties"] = false
			// Makes the library use its validator for JSON Schema 2020-12, the
			// dialect of OpenAPI 3.1; with the other one {} would refuse null.
			s["$defs"] = map[string]any{"anything": map[string]any{}}
		}
	}
	if raw, err = json.Marshal(d); err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context(), openapi3.IsOpenAPI31OrLater()); err != nil {
		t.Fatal(err)
	}
	return doc
}

// The data of the first event stands for the stream.
func init() {
	openapi3filter.RegisterBodyDecoder("text/event-stream", func(body io.Reader, _ http.Header, _ *openapi3.SchemaRef, _ openapi3filter.EncodingFn) (any, error) {
		raw, err := io.ReadAll(body)
		if err != nil {
			return nil, err
		}
		_, data, _ := strings.Cut(string(raw), "data: ")
		line, _, _ := strings.Cut(data, "\n")
		var v any
		err = json.Unmarshal([]byte(line), &v)
		return v, err
	})
}

// conforms checks one answer: a described status, the described body, never 5xx.
func conforms(doc *openapi3.T, o *operation, w *httptest.ResponseRecorder) error {
	if w.Code >= 500 {
		return fmt.Errorf("%d %s", w.Code, w.Body)
	}
	item := doc.Paths.Value(o.path())
	r := httptest.NewRequest(http.MethodPost, o.path(), nil)
	return openapi3filter.ValidateResponse(r.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{
			Request: r, Route: &routers.Route{Spec: doc, Path: o.path(), PathItem: item, Method: http.MethodPost, Operation: item.Post},
		},
		Status: w.Code, Header: w.Header(), Body: io.NopCloser(bytes.NewReader(w.Body.Bytes())),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	})
}

// Ensure the check below can fail: on a missing, an unknown and a mistyped
// member, and on a status that is not described.
func TestConformanceCheck(t *testing.T) {
	doc := strictDocument(t)
	var o *operation
	for _, each := range (Services{}).operations().ops {
		if each.name == "runs.save_draft" {
			o = each
		}
	}
	for body, status := range map[string]int{
		`{"run_id":"01890000-0000-7000-8000-000000000000"}`:                                                  200,
		`{"run_id":"01890000-0000-7000-8000-000000000000","saved_at":"2026-03-31T09:00:00Z","x":1}`:          200,
		`{"run_id":7,"saved_at":"2026-03-31T09:00:00Z"}`:                                                     200,
		`{"run_id":"01890000-0000-7000-8000-000000000000","saved_at":"2026-03-31T09:00:00Z"}`:                201,
		`{"type":"x","title":"x","status":500,"code":"internal","detail":"x","request_id":"x","run_id":"x"}`: 500,
	} {
		w := httptest.NewRecorder()
		writeJSON(w, status, "application/json", json.RawMessage(body))
		if conforms(doc, o, w) == nil {
			t.Errorf("%d %s passes", status, body)
		}
	}
}

// Ensure the answers to fitting requests are as described, for everybody.
func TestFittingRepliesConform(t *testing.T) {
	t.Parallel()
	doc, p := strictDocument(t), readPivot(t)
	c := newWorld(t, Config{}).company(t)
	for _, who := range []string{"admin", "asha", "boss", ""} {
		scene := c.scene()
		scene["$session"] = c.session("asha")
		for _, o := range c.registry.ops {
			for _, body := range append(p.Operations[o.name].Also, p.Operations[o.name].Body) {
				raw, err := json.Marshal(fillBody(body, scene))
				if err != nil {
					t.Fatal(err)
				}
				w := exchange{path: o.path(), token: c.token[who], body: string(raw)}.do(c.Server)
				if err := conforms(doc, o, w); err != nil {
					t.Errorf("%s as %s %s: %v", o.name, who, raw, err)
				}
			}
		}
	}
}

// hostile are texts that break what is careless with text.
var hostile = []string{
	"", " ", "x", "null", "0", "-1", "true", "Ünïcödé ñ 漢字 🖋️", "'; DROP TABLE users; --", `"`, `\`, "%", "_", "{{.}}", "${x}",
	"<script>alert(1)</script>", "=1+1", "../../etc/passwd", "a\nb\r\nc\td", "\u202egnp.exe", "\u200b", "TRIP", "boss", "approve", "LEAVE-1", "TRIP-1",
	"user.department == \"OPS\"", strings.Repeat("a", 300), strings.Repeat("ß", 5000), "1e400", "9999999999999999999999", "2026-02-30", "key: X",
}

// Ensure no request, however made, is answered with 5xx or with something that
// is not described. More cases: go test -run Generated -rapid.checks=1000.
func TestGeneratedRequestsConform(t *testing.T) {
	t.Parallel()
	doc := strictDocument(t)
	c := newWorld(t, Config{}).company(t)
	scene := c.scene()
	ids := slices.Sorted(maps.Values(scene))
	tokens := []string{c.token["admin"], c.token["asha"], c.token["boss"], c.token["designer"]}
	var ops []*operation
	for _, o := range c.registry.ops {
		if o.name != "auth.login" && o.stream == nil { // one costs 30 ms of hashing, the other lasts
			ops = append(ops, o)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		g := generator{t: rt, schemas: c.registry.schemas, ids: ids}
		for range 20 {
			o := rapid.SampledFrom(ops).Draw(rt, "operation")
			raw, err := json.Marshal(g.value(o.input, "", 0))
			if err != nil {
				rt.Fatal(err)
			}
			w := exchange{path: o.path(), token: rapid.SampledFrom(tokens).Draw(rt, "token"), body: string(raw)}.do(c.Server)
			if err := conforms(doc, o, w); err != nil {
				rt.Fatalf("%s %s: %v", o.name, raw, err)
			}
		}
	})
}

// generator makes requests from a schema, most of them fitting.
type generator struct {
	t       *rapid.T
	schemas huma.Registry
	ids     []string
}

func (g generator) often(label string) bool { return rapid.IntRange(0, 9).Draw(g.t, label) > 1 }

func (g generator) value(s *huma.Schema, name string, depth int) any {
	for s.Ref != "" {
		s = g.schemas.SchemaFromRef(s.Ref)
	}
	if s.Type == "" || !g.often("fitting "+name) {
		return g.anything(depth)
	}
	switch s.Type {
	case huma.TypeObject:
		return g.object(s, depth)
	case huma.TypeArray:
		out := make([]any, rapid.IntRange(0, 3).Draw(g.t, "length"))
		for i := range out {
			out[i] = g.value(s.Items, name, depth+1)
		}
		return out
	case huma.TypeString:
		return g.text(s)
	case huma.TypeBoolean:
		return rapid.Bool().Draw(g.t, name)
	}
	return rapid.IntRange(-1, 120).Draw(g.t, name)
}

func (g generator) object(s *huma.Schema, depth int) any {
	out := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if slices.Contains(s.Required, name) || rapid.Bool().Draw(g.t, "has "+name) {
			out[name] = g.value(s.Properties[name], name, depth+1)
		}
	}
	if more, ok := s.AdditionalProperties.(*huma.Schema); ok {
		for range rapid.IntRange(0, 3).Draw(g.t, "members") {
			out[rapid.SampledFrom([]string{"why", "days", "boss", "pool", "A", ""}).Draw(g.t, "member")] = g.value(more, "", depth+1)
		}
	}
	return out
}

func (g generator) text(s *huma.Schema) any {
	switch {
	case len(s.Enum) > 0:
		return rapid.SampledFrom(s.Enum).Draw(g.t, "choice")
	case s.Format == "uuid" && rapid.IntRange(0, 3).Draw(g.t, "unknown id") == 0:
		return uuid.NewString()
	case s.Format == "date-time":
		return "2026-03-31T09:00:00Z"
	case rapid.Bool().Draw(g.t, "known"):
		return rapid.SampledFrom(g.ids).Draw(g.t, "id")
	}
	return rapid.SampledFrom(hostile).Draw(g.t, "text")
}

// anything is a value of any type, nested a little.
func (g generator) anything(depth int) any {
	kind := rapid.IntRange(0, 7).Draw(g.t, "kind")
	if depth > 3 {
		kind %= 5
	}
	switch kind {
	case 0:
		return nil
	case 1:
		return rapid.Bool().Draw(g.t, "bool")
	case 2:
		return rapid.Float64Range(-1e300, 1e300).Draw(g.t, "number")
	case 3, 4:
		return rapid.SampledFrom(hostile).Draw(g.t, "text")
	case 5:
		return []any{g.anything(depth + 1), g.anything(depth + 1)}
	}
	return map[string]any{
		rapid.SampledFrom(hostile).Draw(g.t, "key"): g.anything(depth + 1), "key": g.anything(depth + 1), "steps": g.anything(depth + 1),
	}
}
