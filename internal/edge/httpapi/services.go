package httpapi

import (
	"context"
	"sync"

	"github.com/handstamp/handstamp/internal/app/catalog"
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
	Catalog   *catalog.Service
	Runs      *runs.Service
}

// New builds the server. It fails when an operation names no known permission
// or is otherwise incomplete.
func New(cfg Config, s Services) (*Server, error) {
	operations := s.operations()
	operations.live = cfg.Live
	cache := newSessions(s.Directory.CheckSession)
	server, err := newServer(cfg, operations, func(ctx context.Context, token string) (access.Actor, error) {
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
	server.slug = s.slug()
	return server, nil
}

// slug looks up what an organization is called in a subdomain, once: slugs
// never change.
func (s Services) slug() func(context.Context, access.Actor) (string, error) {
	var known sync.Map
	return func(ctx context.Context, a access.Actor) (string, error) {
		if slug, ok := known.Load(a.Org); ok {
			return slug.(string), nil
		}
		me, err := s.Directory.GetMe(ctx, a)
		if err == nil {
			known.Store(a.Org, me.Org.Slug)
		}
		return me.Org.Slug, err
	}
}

// operations is the table of contents of the API.
func (s Services) operations() *registry {
	r := newRegistry()
	authOperations(r, s.Directory, s.Runs)
	userOperations(r, s.Directory)
	departmentOperations(r, s.Directory)
	roleOperations(r, s.Directory)
	attributeOperations(r, s.Directory)
	absenceOperations(r, s.Directory)
	workflowOperations(r, s.Catalog)
	ruleOperations(r, s.Catalog)
	simulateOperations(r, s.Runs)
	designOperations(r, s.Catalog)
	runOperations(r, s.Runs)
	taskOperations(r, s.Runs)
	viewOperations(r, s.Runs)
	commentOperations(r, s.Runs)
	watcherOperations(r, s.Runs)
	liveOperations(r)
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
