//go:build linux || darwin

package localpg

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// patience is how long a server may take to answer: after a crash it first replays what it had not written.
const patience = 5 * time.Minute

// Server is a running private PostgreSQL.
type Server struct {
	at       postmaster
	folder   folder
	inst     installation
	database string
	password string
	child    *process // nil: another process owns the server
	owner    *os.File // the lock that says so
	stop     func() error
}

// Available is the version that Start would use for a new data folder, or the sentence that says that there is none.
func Available(ctx context.Context, cfg Config) (string, error) {
	all := find(ctx, cfg.ExtraBins)
	for _, inst := range all {
		if inst.major >= cfg.oldest() {
			return inst.full, nil
		}
	}
	return "", noPostgres(all, cfg.oldest())
}

// Start brings the private server up, or shares the one that another living process runs on the same data folder. It
// returns when the server answers and Config.Database exists. The error is a sentence for the person at the keyboard;
// whatever it says, existing data stays as it was.
func Start(ctx context.Context, cfg Config) (*Server, error) {
	f, err := openFolder(cfg.DataDir)
	if err != nil {
		return nil, err
	}
	inst, err := choose(find(ctx, cfg.ExtraBins), f.cluster, cfg.oldest())
	if err != nil {
		return nil, err
	}
	if err := f.reachable(inst.dir, "install PostgreSQL where every account can run it, or start as a normal user"); err != nil {
		return nil, err
	}
	// One starter at a time; the next one finds the server running.
	starting, _, err := f.lock(ctx, "pg.lock", true)
	if err != nil {
		return nil, err
	}
	defer func() { _ = starting.Close() }()

	s := &Server{folder: f, inst: inst, database: cfg.Database}
	s.stop = sync.OnceValue(s.end)
	if s.database == "" {
		s.database = "postgres"
	}
	if err := s.bring(ctx, cfg); err != nil {
		_ = s.Stop() // the first error says what went wrong
		return nil, err
	}
	return s, nil
}

// bring makes the cluster when there is none and waits until its server is of use.
func (s *Server) bring(ctx context.Context, cfg Config) error {
	if err := s.folder.initialize(ctx, s.inst, cfg.Settings["fsync"] != "off"); err != nil {
		return err
	}
	var err error
	if s.password, err = s.folder.password(); err != nil {
		return err
	}
	if err := s.waitReady(ctx, cfg); err != nil {
		return err
	}
	if cfg.Log != nil {
		verb := "started"
		if !s.Owned() {
			verb = "shared with the process that started it"
		}
		fmt.Fprintf(cfg.Log, "PostgreSQL %s %s, data in %s\n", s.inst.full, verb, s.folder.cluster)
	}
	return s.ensureDatabase(ctx)
}

// permanentError is one that waiting does not cure.
type permanentError struct{ error }

// waitReady tries to sign in until it succeeds, the server ends, or patience does.
func (s *Server) waitReady(ctx context.Context, cfg Config) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		err := s.locate(ctx, cfg)
		if err == nil {
			err = s.ping(ctx)
		}
		if err == nil {
			return nil
		}
		if final, ok := errors.AsType[permanentError](err); ok {
			return final.error
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the PostgreSQL in %s does not answer (%w): %w", s.folder.cluster, err, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// locate finds out whose server there is: our own, that of another living process, or none, and then starts one. The
// other process may end while we wait for its server, which makes the next call find none.
func (s *Server) locate(ctx context.Context, cfg Config) error {
	if s.child != nil {
		return s.stillStarting()
	}
	owner, free, err := s.folder.lock(ctx, "pg.owner", false)
	if err != nil {
		return permanentError{err}
	}
	if free {
		s.owner = owner
		if err := s.startOwn(ctx, cfg); err != nil {
			return permanentError{err}
		}
		return nil
	}
	pm, up := s.folder.running()
	if !up || pm.socket == "" {
		return errors.New("the process that owns it has not started it yet")
	}
	s.at = pm
	return nil
}

// startOwn starts a server of our own, after clearing away what a dead owner left: a stale pid file, or a server that
// is going down or, where the kernel does not tell it of its owner's death, running on. Sharing such a server would
// tie us to one that may end at any moment.
func (s *Server) startOwn(ctx context.Context, cfg Config) error {
	if pm, up := s.folder.running(); up {
		if err := s.folder.shutDown(ctx, pm.pid); err != nil {
			return err
		}
	}
	if err := s.folder.removeStale(); err != nil {
		return err
	}
	if err := portFree(ctx, cfg.TCPPort); err != nil {
		return err
	}
	socket, err := s.folder.socketDir()
	if err != nil {
		return err
	}
	s.at = postmaster{port: 5432, socket: socket}
	if cfg.TCPPort != 0 {
		s.at.port = cfg.TCPPort
	}
	if s.child, err = spawn(s.inst, s.folder, s.arguments(cfg)); err != nil {
		return err
	}
	s.at.pid = s.child.cmd.Process.Pid
	return nil
}

// arguments is the server's command line.
func (s *Server) arguments(cfg Config) []string {
	listen := ""
	if cfg.TCPPort != 0 {
		listen = "127.0.0.1"
	}
	args := []string{"-D", s.folder.cluster, "-p", strconv.Itoa(s.at.port)}
	set := func(name, value string) { args = append(args, "-c", name+"="+value) }
	set("listen_addresses", listen)
	set("unix_socket_directories", pgx.Identifier{s.at.socket}.Sanitize()) // a list of quoted names
	set("unix_socket_permissions", "0700")
	set("logging_collector", "off")
	set("log_min_messages", "warning")
	set("log_timezone", "UTC")
	set("timezone", "UTC")
	names := make([]string, 0, len(cfg.Settings))
	for name := range cfg.Settings {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		set(name, cfg.Settings[name])
	}
	return args
}

// portFree reports a taken port before PostgreSQL does so in its log.
func portFree(ctx context.Context, port int) error {
	if port == 0 {
		return nil
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return fmt.Errorf("port %d on 127.0.0.1, meant for the private PostgreSQL, is taken: choose another port or none (%w)", port, err)
	}
	return l.Close()
}

// stillStarting fails when the server we started has ended.
func (s *Server) stillStarting() error {
	select {
	case <-s.child.done:
		return permanentError{fmt.Errorf("PostgreSQL ended while it started (%w), its log %s ends with:\n%s",
			s.child.err, s.folder.logFile(), lastLines(s.folder.logFile()))}
	default:
		return nil
	}
}

// ping signs in once. A server that answers with anything but "not now" will not change its mind.
func (s *Server) ping(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err == nil {
		return conn.Close(ctx)
	}
	const cannotConnectNow = "57P03" // starting, recovering or shutting down
	if answer, ok := errors.AsType[*pgconn.PgError](err); ok && answer.Code != cannotConnectNow {
		return permanentError{fmt.Errorf("the PostgreSQL in %s refuses its owner: %w", s.folder.cluster, answer)}
	}
	return err
}

// ensureDatabase creates the configured database when it is missing.
func (s *Server) ensureDatabase(ctx context.Context) error {
	if s.database == "postgres" {
		return nil
	}
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return fmt.Errorf("the PostgreSQL in %s cannot be reached: %w", s.folder.cluster, err)
	}
	defer func() { _ = conn.Close(ctx) }()
	var exists bool
	if err := conn.QueryRow(ctx, "select exists (select from pg_database where datname = $1)", s.database).Scan(&exists); err != nil || exists {
		return err
	}
	if _, err := conn.Exec(ctx, "create database "+pgx.Identifier{s.database}.Sanitize()); err != nil {
		return fmt.Errorf("the database %s cannot be created: %w", s.database, err)
	}
	return nil
}

// URL is how Owner signs in to the given database through the unix socket; "" names Config.Database. It holds the
// password: use url.URL.Redacted to show it. psql and pgbench take it too (libpq knows %20, but not + for a space).
func (s *Server) URL(database string) string {
	if database == "" {
		database = s.database
	}
	u := url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(Owner, s.password),
		Path:     "/" + database,
		RawQuery: "host=" + strings.ReplaceAll(url.QueryEscape(s.at.socket), "+", "%20") + "&port=" + strconv.Itoa(s.at.port),
	}
	return u.String()
}

// Stop shuts the server down and waits for its end; later calls return the same answer. A server that another process
// owns is left running.
func (s *Server) Stop() error { return s.stop() }

func (s *Server) end() error {
	if s.owner == nil {
		return nil
	}
	var err error
	if s.child != nil {
		err = s.child.stop()
	}
	if s.at.socket != "" && s.at.socket != s.folder.cluster {
		_ = os.Remove(s.at.socket) // made for this server; empty when it ended in order
	}
	return errors.Join(err, s.owner.Close())
}

// Done is closed when a server that this process owns has ended, by Stop or by itself. It is nil, and blocks for ever,
// for a server of another process.
func (s *Server) Done() <-chan struct{} {
	if s.child == nil {
		return nil
	}
	return s.child.done
}

// PID is the server's process id.
func (s *Server) PID() int { return s.at.pid }

// Owned reports whether this process started the server, and so ends it.
func (s *Server) Owned() bool { return s.child != nil }

// Version is the server's own text for it, such as "15.18 (Debian 15.18-0+deb12u1)".
func (s *Server) Version() string { return s.inst.full }
