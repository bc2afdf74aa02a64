// Package httpapi translates between HTTP and the verbs: it lets only known
// callers through, reads requests strictly, and answers in one form.
package httpapi

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Config is what the operator decides about the edge.
type Config struct {
	// Public is the address people type. With https the refresh cookie is
	// Secure and HSTS is sent; acme.<host> signs in to the organization acme.
	Public *url.URL
	// Limits bounds how often one caller may ask; the zero value bounds nothing.
	Limits Limits
	// Deadline ends a request that takes too long with 503; 10 s when zero.
	Deadline time.Duration
	// Proxies are the networks whose X-Forwarded-For is believed.
	Proxies []netip.Prefix
	// Assets is the built web application; it may be empty.
	Assets fs.FS
	// Ready answers /readyz; nil means always ready.
	Ready func(context.Context) error
	// Log takes failures, and with AccessLog one line per request.
	Log       *slog.Logger
	AccessLog bool
	// Live tells people of changes while they look; nil: they are not told.
	Live Live
}

// authenticate verifies an access token and that its session still stands.
type authenticate func(ctx context.Context, token string) (access.Actor, error)

// Server answers the API, its description, the health checks and the web application.
type Server struct {
	cfg          Config
	log          *slog.Logger
	registry     *registry
	authenticate authenticate
	// slug names an actor's organization, as it stands in a subdomain.
	slug   func(ctx context.Context, a access.Actor) (string, error)
	limits *limits
	// closing ends the streams when the server shuts down: it would wait for them.
	closing  context.Context
	close    context.CancelFunc
	headers  http.Header // of every answer
	document []byte
	handler  http.Handler
}

// newServer builds the server for a list of operations. It fails when an
// operation names no known permission or is otherwise incomplete.
func newServer(cfg Config, r *registry, auth authenticate) (*Server, error) {
	if err := r.err(); err != nil {
		return nil, err
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Deadline == 0 {
		cfg.Deadline = 10 * time.Second
	}
	if cfg.Public == nil {
		cfg.Public = &url.URL{Scheme: "http", Host: "localhost"}
	}
	doc, err := r.document()
	if err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, log: cfg.Log, registry: r, authenticate: auth, limits: newLimits(cfg.Limits), document: doc}
	s.closing, s.close = context.WithCancel(context.Background()) //nolint:gosec // Listening has it called at the shutdown
	s.headers = securityHeaders(s.secure())
	s.handler, err = s.routes()
	return s, err
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Listening returns an http.Server around s with the time and size limits that
// keep slow and oversized requests from tying it up.
func (s *Server) Listening() *http.Server {
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       20 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	server.RegisterOnShutdown(s.close)
	return server
}

// secure reports whether people reach the server over TLS.
func (s *Server) secure() bool { return s.cfg.Public.Scheme == "https" }

// routes is the table of everything the server answers.
func (s *Server) routes() (http.Handler, error) {
	web, err := newAssets(s.cfg.Assets)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for _, o := range s.registry.ops {
		if o.stream != nil {
			mux.HandleFunc("POST "+o.path(), s.serveStream(o))
			continue
		}
		mux.HandleFunc("POST "+o.path(), s.serve(o))
	}
	mux.HandleFunc("GET /api/openapi.json", s.serveDocument)
	mux.HandleFunc("GET /api/docs", serveDocs)
	mux.HandleFunc("GET /api/docs/", serveDocs)
	mux.HandleFunc("/api/", s.noOperation)
	mux.HandleFunc("GET /healthz", s.healthy)
	mux.HandleFunc("GET /readyz", s.ready)
	mux.HandleFunc("/", s.serveAssets(web))

	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(s.crossOrigin))
	return s.entry(origin.Handler(mux)), nil
}

// noOperation answers for a path below /api/ that is no operation, or is one
// that was asked with another method than POST.
func (s *Server) noOperation(w http.ResponseWriter, r *http.Request) {
	for _, o := range s.registry.ops {
		if r.URL.Path == o.path() {
			s.wrongMethod(w, r, http.MethodPost)
			return
		}
	}
	s.fail(w, r, failure{err: fault.New(fault.NotFound, "There is no such operation. /api/docs lists them all.")})
}

func (s *Server) wrongMethod(w http.ResponseWriter, r *http.Request, allowed string) {
	w.Header().Set("Allow", allowed)
	s.fail(w, r, failure{err: &statusError{
		http.StatusMethodNotAllowed, fault.New(fault.Malformed, "This address answers %s only.", allowed),
	}})
}

func (s *Server) crossOrigin(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, failure{err: fault.New(fault.Forbidden, "The request comes from a page of another site, which may not act here.")})
}

// healthy says that the process runs.
func (s *Server) healthy(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, "application/json", map[string]string{"status": "ok"})
}

// ready says that the process can do its work: the database answers and has
// the tables of this version.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	if s.cfg.Ready == nil {
		s.healthy(w, r)
		return
	}
	err := s.cfg.Ready(ctx)
	if err == nil {
		s.healthy(w, r)
		return
	}
	if errors.Is(err, context.DeadlineExceeded) {
		err = fault.New(fault.Unavailable, "The database does not answer.")
	} else if _, ok := errors.AsType[*fault.Error](err); !ok {
		s.log.WarnContext(ctx, "not ready", "error", err.Error())
		err = fault.New(fault.Unavailable, "The database is not ready.")
	}
	s.fail(w, r, failure{err: err})
}
