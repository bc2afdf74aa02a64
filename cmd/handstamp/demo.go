package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/demo"
	"github.com/handstamp/handstamp/internal/edge/httpapi"
	"github.com/handstamp/handstamp/internal/facts"
)

// newServices wires the verbs to a database.
func newServices(ctx context.Context, d *db.DB, settings directory.Settings) (httpapi.Services, error) {
	dir, err := directory.New(ctx, d, settings)
	if err != nil {
		return httpapi.Services{}, err
	}
	versions := facts.NewVersions()
	return httpapi.Services{Directory: dir, Catalog: catalog.New(d, versions), Runs: runs.New(d, versions)}, nil
}

// demoCommand fills the demo organizations of any database, on purpose.
type demoCommand struct{ storage }

// Run implements the command.
func (c *demoCommand) Run(ctx context.Context) (err error) {
	o, err := c.open(ctx, os.Stderr)
	if err != nil {
		return err
	}
	defer func() { err = closing(err, o) }()
	services, err := newServices(ctx, o.DB, directory.DefaultSettings())
	if err != nil {
		return err
	}
	if _, err := demo.Fill(ctx, demo.Services(services)); err != nil {
		return err
	}
	fmt.Print("\n" + demoSignIns())
	return nil
}

// demoSignIns is whom to try the product as.
func demoSignIns() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  Sign in with the password  %s\n", demo.Password)
	for _, o := range demo.Orgs() {
		fmt.Fprintf(&b, "\n    %s (organization: %s)\n", o.Name, o.Slug)
		for _, s := range o.SignIns {
			fmt.Fprintf(&b, "      %-28s  %s\n", s.Email, s.As)
		}
	}
	b.WriteString("\n")
	return b.String()
}
