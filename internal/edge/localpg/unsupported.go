//go:build !linux && !darwin

package localpg

import (
	"context"
	"errors"
)

// Server is a running private PostgreSQL; on this system there is never one.
type Server struct{}

// errUnsupported: the private server needs process groups, file locks and unix sockets as Linux and macOS have them.
var errUnsupported = errors.New("the private PostgreSQL runs on Linux and macOS only: set DATABASE_URL to a PostgreSQL server that you run")

// Start refuses.
func Start(context.Context, Config) (*Server, error) { return nil, errUnsupported }

// Available refuses, as Start does.
func Available(context.Context, Config) (string, error) { return "", errUnsupported }

// URL is empty, as there is no server.
func (*Server) URL(string) string { return "" }

// Stop has nothing to stop.
func (*Server) Stop() error { return nil }

// Done never fires.
func (*Server) Done() <-chan struct{} { return nil }

// PID is 0, as there is no server.
func (*Server) PID() int { return 0 }

// Owned is always false.
func (*Server) Owned() bool { return false }

// Version is empty, as there is no server.
func (*Server) Version() string { return "" }
