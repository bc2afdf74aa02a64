package httpapi

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/core/access"
)

func mustURL(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil {
		panic(err)
	}
	return u
}

func verb[I any](context.Context, access.Actor, I) (nothing, error) { return nothing{}, nil }

// Ensure an operation that is not fully declared keeps the server from starting.
func TestIncompleteOperationsDoNotBoot(t *testing.T) {
	type boundless struct {
		Name string `json:"name"`
	}
	type endless struct {
		Names []string `json:"names" maxLength:"5"`
	}
	type hidden struct {
		In struct {
			Deep map[string]string `json:"deep"`
		} `json:"in"`
	}
	type careless struct {
		keyed
		Password string `json:"password" maxLength:"9"`
	}
	for want, register := range map[string]func(*registry){
		"permission": func(r *registry) { op(r, "a.b", "", read, "s", "d", verb[nothing]) },
		`"run.fly"`:  func(r *registry) { op(r, "a.b", "run.fly", read, "s", "d", verb[nothing]) },
		"noun.verb":  func(r *registry) { op(r, "ab", access.Member, read, "s", "d", verb[nothing]) },
		"described":  func(r *registry) { op(r, "a.b", access.Member, read, "s", "", verb[nothing]) },
		"text name":  func(r *registry) { op(r, "a.b", access.Member, read, "s", "d", verb[boundless]) },
		"list names": func(r *registry) { op(r, "a.b", access.Member, read, "s", "d", verb[endless]) },
		"in.deep.*":  func(r *registry) { op(r, "a.b", access.Member, read, "s", "d", verb[hidden]) },
		"keyed":      func(r *registry) { op(r, "a.b", access.Member, change, "s", "d", verb[nothing]) },
		"writeOnly":  func(r *registry) { op(r, "a.b", access.Member, change, "s", "d", verb[careless]) },
		"struct":     func(r *registry) { op(r, "a.b", access.Member, read, "s", "d", verb[string]) },
		"twice": func(r *registry) {
			op(r, "a.b", access.Member, read, "s", "d", verb[nothing])
			op(r, "a.b", access.Member, read, "s", "d", verb[nothing])
		},
	} {
		r := newRegistry()
		register(r)
		_, err := newServer(Config{}, r, knownTokens)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want a refusal with %q, got %v", want, err)
		}
	}
}

// Ensure the document says what the registry knows: permission, limits, formats, problems.
func TestDocument(t *testing.T) {
	r := testOperations()
	raw, err := r.document()
	if err != nil {
		t.Fatal(err)
	}
	var d map[string]any
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]any{
		"openapi":      "3.1.0",
		"info.version": apiVersion,
		"paths./api/v1/parcels~send.post.x-permission":                                       "run.start",
		"paths./api/v1/parcels~send.post.x-changes":                                          true,
		"paths./api/v1/parcels~send.post.parameters.0.$ref":                                  "#/components/parameters/IdempotencyKey",
		"paths./api/v1/doors~open.post.x-permission":                                         "public",
		"paths./api/v1/parcels~send.post.responses.409.$ref":                                 "#/components/responses/Conflict",
		"components.responses.Invalid.content.application/problem+json.schema.$ref":          "#/components/schemas/Problem",
		"components.schemas.ParcelsSendRequest.properties.id.format":                         "uuid",
		"components.schemas.ParcelsSendRequest.properties.role.maxLength":                    float64(10),
		"components.schemas.ParcelsSendRequest.properties.tags.type":                         "array",
		"components.schemas.ParcelsSendRequest.additionalProperties":                         false,
		"components.schemas.ParcelsSendReply.additionalProperties":                           nil,
		"components.schemas.ParcelsSendReply.required.0":                                     "org",
		"paths./api/v1/parcels~look.post.requestBody.content.application/json.schema.$ref":   "#/components/schemas/ParcelsSendRequest",
		"paths./api/v1/parcels~look.post.responses.200.content.application/json.schema.$ref": "#/components/schemas/ParcelsSendReply",
		"components.securitySchemes.bearer.scheme":                                           "bearer",
		"paths./api/v1/parcels~look.post.security.0.bearer":                                  []any{},
	} {
		got := dig(d, path)
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(want)
		if string(a) != string(b) {
			t.Errorf("%s is %s, want %s", path, a, b)
		}
	}
}

// dig follows a dotted path; ~ stands for a dot inside a key.
func dig(v any, path string) any {
	for key := range strings.SplitSeq(path, ".") {
		key = strings.ReplaceAll(key, "~", ".")
		switch x := v.(type) {
		case map[string]any:
			v = x[key]
		case []any:
			if len(x) == 0 {
				return nil
			}
			v = x[0]
		default:
			return nil
		}
	}
	return v
}
