// Package dbtest gives tests a real, migrated PostgreSQL with the rights the
// server has in production, and organizations to play in.
//
// One database serves a whole test binary; each test makes an organization of
// its own, so tests run in parallel and row level security is part of each.
package dbtest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/handstamp/handstamp/internal/db"
)

// Variable names the environment variable with the address of a server on which
// the tests may create and drop databases and roles.
const Variable = "HANDSTAMP_TEST_DATABASE_URL"

// Env is a migrated database.
type Env struct {
	// DB is the pool of the server's role.
	DB *db.DB
	// OwnerURL is the address for the owner, whom row level security binds only
	// where it is forced.
	OwnerURL string
	// AppURL is the address for the server's role.
	AppURL string

	own bool
	// keeper holds the lock that says the database is in use; unreferenced, its
	// connection would be closed by the garbage collector.
	keeper *pgx.Conn
}

var shared struct {
	sync.Mutex
	env *Env
}

// New returns the database that all tests of this binary share.
func New(t testing.TB) *Env {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.env == nil {
		env, err := clone(context.Background(), server(t))
		if err != nil {
			t.Fatalf("dbtest: %v", err)
		}
		shared.env = env
	}
	return shared.env
}

// Own returns a database for this test alone, for what concerns the whole of it:
// its clock, its tables, its roles.
func Own(t testing.TB) *Env {
	t.Helper()
	env, err := clone(context.Background(), server(t))
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	env.own = true
	t.Cleanup(func() {
		env.DB.Close()
		// Until here the keeper is referenced, so that nobody drops the database meanwhile.
		_ = env.keeper.Close(context.Background())
	})
	return env
}

func server(t testing.TB) string {
	t.Helper()
	address := os.Getenv(Variable)
	if address == "" {
		t.Fatal("start the tests through `make test` or `go run ./internal/tools/withpg -- go test ./...`")
	}
	return address
}

// SetClock moves app_now() by offset. It needs a database of its own (Own).
func (e *Env) SetClock(t testing.TB, offset time.Duration) {
	t.Helper()
	if !e.own {
		t.Fatal("dbtest: the clock of a shared database stays as it is; use dbtest.Own")
	}
	e.AsOwner(t, fmt.Sprintf("SELECT set_clock('%d microseconds')", offset.Microseconds()))
}

// AsOwner runs one statement as the owner of the database.
func (e *Env) AsOwner(t testing.TB, sql string, args ...any) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, e.OwnerURL)
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, sql, args...); err != nil {
		t.Fatalf("dbtest: %v", err)
	}
}
