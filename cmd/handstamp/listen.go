package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// listen takes the port before anything else is touched. The name localhost
// means both loopback addresses: with only one of them taken by another
// program, browsers would reach that one.
func listen(ctx context.Context, host string, port int) ([]net.Listener, error) {
	addresses := []string{host}
	if host == "localhost" {
		addresses = []string{"127.0.0.1", "::1"}
	}
	var open []net.Listener
	var err error
	for _, address := range addresses {
		var l net.Listener
		l, err = new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(address, strconv.Itoa(port)))
		if address == "::1" && (errors.Is(err, syscall.EADDRNOTAVAIL) || errors.Is(err, syscall.EAFNOSUPPORT)) {
			err = nil // a machine without IPv6
			continue
		}
		if err != nil {
			break
		}
		if port == 0 { // a free port, the same on both addresses
			port = l.Addr().(*net.TCPAddr).Port
		}
		open = append(open, l)
	}
	if err == nil {
		return open, nil
	}
	for _, l := range open {
		_ = l.Close()
	}
	return nil, whyNot(err, host, port)
}

func whyNot(err error, host string, port int) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("port %d is taken by another program: stop it, or choose another one with PORT=%d", port, port+1)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("port %d needs more rights than this account has: choose one above 1023 with PORT=8080", port)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("this machine has no address %s: set HOST to one of its own", host)
	}
	return fmt.Errorf("cannot listen on %s: %w", net.JoinHostPort(host, strconv.Itoa(port)), err)
}
