package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/edge/localpg"
)

// storage says where the data is.
type storage struct {
	DataDir          string `help:"The data folder of the private PostgreSQL." env:"DATA_DIR" placeholder:"DIR"`
	DatabaseURL      string `name:"database-url" help:"A PostgreSQL server to use instead of the private one." env:"DATABASE_URL" placeholder:"URL"`
	OwnerDatabaseURL string `name:"owner-database-url" help:"The same database for the owner of the tables, when DATABASE_URL is the server's own role. Only migrations use it." env:"OWNER_DATABASE_URL" placeholder:"URL"`
	MaxConns         int32  `name:"max-conns" help:"Connections to the database that this process opens." env:"MAX_CONNS" default:"16"`
}

// opened is a database ready for use, and how to let go of it.
type opened struct {
	*db.DB
	server *localpg.Server // nil for a server that somebody else runs
	dir    string
}

// private reports whether the database belongs to this program alone.
func (s storage) private() bool { return s.DatabaseURL == "" && s.OwnerDatabaseURL == "" }

// open starts the private server when no other is named, migrates, and connects
// as the role that row level security binds.
func (s storage) open(ctx context.Context, tell io.Writer) (*opened, error) {
	o := &opened{}
	appURL, err := s.prepare(ctx, o, tell)
	if err == nil {
		o.DB, err = db.Open(ctx, appURL, db.Options{MaxConns: s.MaxConns})
	}
	if err != nil {
		return nil, closing(err, o)
	}
	return o, nil
}

// closing closes o and returns err with what went wrong in that.
func closing(err error, o *opened) error { return errors.Join(err, o.close()) }

// prepare returns the address for the server's role, after migrating.
func (s storage) prepare(ctx context.Context, o *opened, tell io.Writer) (string, error) {
	owner := s.OwnerDatabaseURL
	switch {
	case s.private():
		var err error
		if o.dir, err = s.dir(); err != nil {
			return "", err
		}
		o.server, err = localpg.Start(ctx, localpg.Config{DataDir: o.dir, Database: "handstamp", Log: tell})
		if err != nil {
			return "", err
		}
		owner = o.server.URL("")
	case owner == "":
		owner = s.DatabaseURL
	}
	if err := db.Migrate(ctx, owner); err != nil {
		return "", err
	}
	if s.OwnerDatabaseURL != "" && s.DatabaseURL != "" {
		return s.DatabaseURL, nil
	}
	return db.AppURL(ctx, owner)
}

func (s storage) dir() (string, error) {
	dir := s.DataDir
	if dir == "" {
		dir = localpg.DefaultDir(os.Geteuid() == 0)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("the data folder %s cannot be found: %w", dir, err)
	}
	return dir, nil
}

// ended is closed when the private server stopped by itself; for any other
// server it blocks for ever.
func (o *opened) ended() <-chan struct{} {
	if o.server == nil {
		return nil
	}
	return o.server.Done()
}

// close gives back every connection and stops the private server.
func (o *opened) close() error {
	if o.DB != nil {
		o.DB.Close()
	}
	if o.server == nil {
		return nil
	}
	return o.server.Stop()
}
