package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// parcel is a request type with one of everything.
type parcel struct {
	keyed
	calling
	ID     uuid.UUID            `json:"id,omitzero" doc:"Which one."`
	Role   string               `json:"role" maxLength:"10" minLength:"1" doc:"A short text."`
	Size   string               `json:"size,omitempty" enum:"small,large" doc:"One of two."`
	Count  int                  `json:"count,omitempty" minimum:"1" maximum:"9" doc:"A whole number."`
	Sure   bool                 `json:"sure,omitempty" doc:"Yes or no."`
	Day    string               `json:"day,omitempty" format:"date" doc:"A day."`
	Tags   []string             `json:"tags,omitempty" maxItems:"2" maxLength:"5" doc:"Few words."`
	Values map[string]any       `json:"values,omitempty" doc:"Free data."`
	Secret string               `json:"secret,omitempty" maxLength:"20" writeOnly:"true" doc:"A secret."`
	Named  map[string]uuid.UUID `json:"named,omitempty" doc:"Ids by name."`
}

// echo is what the verb of the tests answers.
type echo struct {
	Org   string `json:"org"`
	Role  string `json:"role"`
	Key   string `json:"key"`
	Hash  string `json:"hash"`
	Agent string `json:"agent"`
}

var (
	userA = access.Actor{Org: access.OrgID(uuid.New()), User: uuid.New(), Permissions: []access.Permission{access.RunStart}}
	userB = access.Actor{Org: access.OrgID(uuid.New()), User: uuid.New()}
)

// knownTokens stands where the directory verifies tokens.
func knownTokens(_ context.Context, token string) (access.Actor, error) {
	switch token {
	case "a":
		return userA, nil
	case "b":
		return userB, nil
	}
	return access.Actor{}, fault.New(fault.Unauthenticated, "Your sign-in is over.")
}

// testOperations is a list with every kind of ending.
func testOperations() *registry {
	r := newRegistry()
	op(r, "parcels.send", access.RunStart, change, "Send", "Sends.", sendParcel)
	op(r, "parcels.look", access.Member, read, "Look", "Looks.", sendParcel)
	op(r, "doors.open", access.Public, read, "Open", "Opens.", sendParcel)
	return r
}

func sendParcel(ctx context.Context, a access.Actor, in parcel) (echo, error) {
	switch in.Role {
	case "fault":
		return echo{}, fault.At("values.leave_to", "The last day is before the first.")
	case "secret":
		return echo{}, errors.New(`pq: duplicate key value violates "users_pkey" SELECT secret`)
	case "panic":
		panic("the stamp is dry")
	case "lost":
		return echo{}, context.DeadlineExceeded
	case "slow":
		<-ctx.Done()
		return echo{}, ctx.Err()
	case "deadlock":
		return echo{}, sqlError("40P01")
	}
	return echo{a.Org.String(), in.Role, in.key, string(in.hash[:4]), in.client.agent}, nil
}

type sqlError string

func (e sqlError) Error() string    { return "ERROR: something (SQLSTATE " + string(e) + ")" }
func (e sqlError) SQLState() string { return string(e) }

func testServer(t *testing.T, cfg Config) (*Server, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	cfg.Log = slog.New(LogHandler(slog.NewJSONHandler(&log, nil)))
	s, err := newServer(cfg, testOperations(), knownTokens)
	if err != nil {
		t.Fatal(err)
	}
	s.slug = func(_ context.Context, a access.Actor) (string, error) {
		return map[access.OrgID]string{userA.Org: "acme", userB.Org: "globex"}[a.Org], nil
	}
	return s, &log
}

// exchange is one request and the answer to it.
type exchange struct {
	method, path, token, body, kind string
	headers                         map[string]string
	host                            string
}

func (x exchange) do(h http.Handler) *httptest.ResponseRecorder {
	if x.method == "" {
		x.method = http.MethodPost
	}
	if x.kind == "" && x.method == http.MethodPost {
		x.kind = "application/json"
	}
	r := httptest.NewRequest(x.method, x.path, strings.NewReader(x.body))
	if x.host != "" {
		r.Host = x.host
	}
	if x.kind != "" && x.kind != "none" {
		r.Header.Set("Content-Type", x.kind)
	}
	if x.token != "" {
		r.Header.Set("Authorization", "Bearer "+x.token)
	}
	for k, v := range x.headers {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func problemOf(t *testing.T, w *httptest.ResponseRecorder) Problem {
	t.Helper()
	if ct := w.Header().Get("Content-Type"); ct != "application/problem+json" {
		t.Fatalf("content type %q of %s", ct, w.Body)
	}
	var p Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if p.Status != w.Code || p.RequestID == "" || p.Detail == "" || p.Title == "" || p.Type == "" {
		t.Fatalf("incomplete problem %+v for status %d", p, w.Code)
	}
	return p
}
