package httpapi

import (
	"context"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// apiVersion changes when an existing client would stop working.
const apiVersion = "1"

// Services are the verbs that the API offers.
type Services struct {
	Directory *directory.Service
	Runs      *runs.Service
}

// New builds the server. It fails when an operation names no known permission
// or is otherwise incomplete.
func New(cfg Config, s Services) (*Server, error) {
	cache := newSessions(s.Directory.CheckSession)
	server, err := newServer(cfg, s.operations(), func(ctx context.Context, token string) (access.Actor, error) {
		c, err := s.Directory.Authenticate(ctx, token)
		if err != nil {
			return access.Actor{}, err
		}
		a, err := cache.actor(ctx, sessionKey{c.Org, c.Session})
		if err == nil && a.User != c.User {
			return access.Actor{}, fault.New(fault.Unauthenticated, "Sign in first: the access token does not fit its session.")
		}
		return a, err
	})
	if err != nil {
		return nil, err
	}
	return server, nil
}

// operations is the table of contents of the API.
func (s Services) operations() *registry {
	r := newRegistry()
	authOperations(r, s.Directory)
	userOperations(r, s.Directory)
	runOperations(r, s.Runs)
	taskOperations(r, s.Runs)
	commentOperations(r, s.Runs)
	return r
}

// Document returns the OpenAPI 3.1 description of the API, as it is committed in
// docs/openapi.json.
func Document() ([]byte, error) {
	r := Services{}.operations()
	if err := r.err(); err != nil {
		return nil, err
	}
	return r.document()
}
