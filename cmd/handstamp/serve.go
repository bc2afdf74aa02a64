package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/demo"
	"github.com/handstamp/handstamp/internal/edge/httpapi"
	"github.com/handstamp/handstamp/internal/edge/jobs"
	"github.com/handstamp/handstamp/internal/edge/live"
	"github.com/handstamp/handstamp/web"
)

// grace is how long running requests get after Ctrl-C; closing the database
// fits into the 30 s that process supervisors usually wait.
const grace = 20 * time.Second

// serveCommand serves until it is told to stop.
type serveCommand struct {
	storage
	logging
	Host           string        `help:"The address to listen on; 0.0.0.0 for all." env:"HOST" default:"localhost"`
	Port           int           `help:"The port to listen on." env:"PORT" default:"8080"`
	PublicURL      string        `name:"public-url" help:"What people type. With https, cookies are for TLS only; acme.<its host> is the organization acme." env:"PUBLIC_URL" placeholder:"URL"`
	Demo           string        `help:"Whether an empty database gets the demo organizations: yes, no, or auto (only the private one)." env:"DEMO" enum:"auto,yes,no" default:"auto"`
	TrustedProxies []string      `help:"Networks whose X-Forwarded-For is believed." env:"TRUSTED_PROXIES" placeholder:"CIDR"`
	RateUser       float64       `help:"Requests per second of one person; a burst of four times that. 0: no limit." env:"RATE_USER" default:"50"`
	RateOrg        float64       `help:"Requests per second of one organization; a burst of twice that. 0: no limit." env:"RATE_ORG" default:"2000"`
	RateAddress    float64       `help:"Sign-ins and refreshes per second of one address; a burst of ten times that. 0: no limit." env:"RATE_ADDRESS" default:"10"`
	AccessLife     time.Duration `help:"How long an access token is good." env:"ACCESS_TOKEN_LIFE" default:"10m"`
	RefreshIdle    time.Duration `help:"After how long without use a session ends." env:"REFRESH_IDLE" default:"24h"`
	RefreshLife    time.Duration `help:"After how long every session ends." env:"REFRESH_LIFE" default:"168h"`
	Deadline       time.Duration `help:"How long one request may take." env:"DEADLINE" default:"10s"`
	AccessLog      bool          `help:"Log every request." env:"ACCESS_LOG"`
}

// Run implements the command.
func (c *serveCommand) Run(ctx context.Context) error {
	log := c.logging.open()
	if os.Getenv("GOGC") == "" {
		// What lives long is small and what a request leaves is much: collecting less often saves a tenth of the work
		// and costs some tens of megabytes.
		debug.SetGCPercent(300)
	}
	listeners, err := listen(ctx, c.Host, c.Port)
	if err != nil {
		return err
	}
	public, err := c.public(listeners[0])
	if err == nil {
		err = c.serve(ctx, listeners, public, log)
	}
	for _, l := range listeners {
		_ = l.Close() // closed already when serving came to its end
	}
	return err
}

// serve opens the database, announces the address and answers until ctx ends.
func (c *serveCommand) serve(ctx context.Context, listeners []net.Listener, public *url.URL, log *slog.Logger) (err error) {
	o, err := c.storage.open(ctx, os.Stderr)
	if err != nil {
		return stopped(ctx, err)
	}
	defer func() { err = errors.Join(err, o.close()) }()
	services, err := newServices(ctx, o.DB, c.sessions())
	if err != nil {
		return stopped(ctx, err)
	}
	c.fill(ctx, services, log)
	config, err := c.config(public, o, log)
	if err != nil {
		return err
	}
	hub := live.NewHub()
	others := live.NewOthers(hub, log, o.Notify, o.Listen)
	services.Runs.Changed, config.Live = others.Publish, hub.Listen
	told, relay := jobs.Relay(o.DB, services.Runs.Relay, log)
	services.Runs.Told = told
	server, err := httpapi.New(config, services)
	if err != nil {
		return err
	}
	defer besides(ctx, o, services, others, relay, log)()
	if c.exposed() {
		log.WarnContext(ctx, exposure, "host", c.Host)
	}
	c.announce(os.Stdout, public, o)
	return answer(ctx, server.Listening(), listeners, o.ended())
}

// besides does what nobody asks for while the server runs. The function it
// returns stops that and waits: the database is closed afterwards.
func besides(ctx context.Context, o *opened, services httpapi.Services, others *live.Others, relay func(context.Context), log *slog.Logger) func() {
	ctx, cancel := context.WithCancel(ctx)
	var work sync.WaitGroup
	work.Go(func() { jobs.Run(ctx, o.DB, log) })
	work.Go(func() { jobs.Follow(ctx, o.DB, services.Runs.Follow, log) })
	work.Go(func() { relay(ctx) })
	work.Go(func() { others.Run(ctx) })
	return func() { cancel(); work.Wait() }
}

// answer serves on every listener until ctx ends or something breaks, then lets
// running requests finish.
func answer(ctx context.Context, server *http.Server, listeners []net.Listener, databaseEnded <-chan struct{}) error {
	failed := make(chan error, len(listeners))
	for _, l := range listeners {
		go func() { failed <- server.Serve(l) }()
	}
	var err error
	select {
	case <-ctx.Done():
	case <-databaseEnded:
		err = errors.New("the private PostgreSQL has stopped; its log is pg.log in the data folder")
	case err = <-failed:
		err = fmt.Errorf("the server stopped: %w", err)
	}
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if late := server.Shutdown(finish); late != nil {
		err = errors.Join(err, server.Close())
	}
	return err
}

// stopped hides what broke only because the person stopped the program.
func stopped(ctx context.Context, err error) error {
	select {
	case <-ctx.Done():
		return nil
	default:
		return err
	}
}

// public is the address people type: the setting, or where the server listens.
func (c *serveCommand) public(l net.Listener) (*url.URL, error) {
	if c.PublicURL == "" {
		host := c.Host
		if ip, err := netip.ParseAddr(host); host == "" || (err == nil && ip.IsUnspecified()) {
			host = "localhost"
		}
		port := l.Addr().(*net.TCPAddr).Port
		return &url.URL{Scheme: "http", Host: net.JoinHostPort(host, fmt.Sprint(port))}, nil
	}
	u, err := url.Parse(c.PublicURL)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("PUBLIC_URL must look like https://handstamp.example.com, without a path")
	}
	u.Path = ""
	return u, nil
}

// sessions are the settings of signing in.
func (c *serveCommand) sessions() directory.Settings {
	s := directory.DefaultSettings()
	s.AccessLife, s.RefreshIdle, s.RefreshLife = c.AccessLife, c.RefreshIdle, c.RefreshLife
	return s
}

func (c *serveCommand) config(public *url.URL, o *opened, log *slog.Logger) (httpapi.Config, error) {
	config := httpapi.Config{
		Public: public, Deadline: c.Deadline, Assets: web.Files(), Ready: o.Ping, Log: log, AccessLog: c.AccessLog,
		Limits: httpapi.Limits{
			User:    httpapi.Limit{Rate: c.RateUser, Burst: 4 * c.RateUser},
			Org:     httpapi.Limit{Rate: c.RateOrg, Burst: 2 * c.RateOrg},
			Address: httpapi.Limit{Rate: c.RateAddress, Burst: 10 * c.RateAddress},
			Forged:  httpapi.DefaultLimits().Forged,
		},
	}
	for _, text := range c.TrustedProxies {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return config, fmt.Errorf("TRUSTED_PROXIES: %q is not a network such as 10.0.0.0/8", text)
		}
		config.Proxies = append(config.Proxies, network)
	}
	return config, nil
}

// demo reports whether this database gets the demo organizations.
func (c *serveCommand) demo() bool { return c.Demo == "yes" || (c.Demo == "auto" && c.private()) }

// exposure is what is wrong with the demo on an address that others reach.
const exposure = "the demo organizations have passwords that everybody knows, and this server listens beyond this machine. " +
	"Set DEMO=no for an installation of your own, or HOST=localhost to try it out."

// exposed reports whether the demo was made by itself where others can sign in
// to it. Who says DEMO=yes means it.
func (c *serveCommand) exposed() bool { return c.demo() && c.Demo == "auto" && !loopback(c.Host) }

// loopback reports whether only this machine reaches a host.
func loopback(host string) bool {
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && ip.Unmap().IsLoopback()
}

// fill makes the demo organizations at the first start. A demo that cannot be
// made is no reason not to serve.
func (c *serveCommand) fill(ctx context.Context, s httpapi.Services, log *slog.Logger) {
	if !c.demo() {
		return
	}
	// Not interrupted in the middle: it takes a few seconds, once.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	if _, err := demo.Make(ctx, demo.Services(s)); err != nil {
		log.WarnContext(ctx, "the demo organizations are not complete; handstamp demo completes them", "error", err.Error())
	}
}

// announce prints where to go and, with the demo, whom to sign in as.
func (c *serveCommand) announce(w io.Writer, public *url.URL, o *opened) {
	var b strings.Builder
	fmt.Fprintf(&b, "\n  Handstamp is ready at  %s\n\n", public)
	if c.demo() {
		b.WriteString(demoSignIns())
	}
	if c.exposed() {
		b.WriteString("  WARNING: " + exposure + "\n\n")
	}
	fmt.Fprintf(&b, "  The API is described at  %s/api/docs\n", public)
	if o.dir != "" {
		fmt.Fprintf(&b, "  The data is kept in  %s\n", o.dir)
	}
	b.WriteString("  Ctrl-C stops everything.\n\n")
	_, _ = io.WriteString(w, b.String()) // whoever closed the output does not want to read it
}
