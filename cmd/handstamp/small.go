package main

import (
	"context"
	"fmt"
	"os"

	"github.com/handstamp/handstamp/internal/edge/httpapi"
)

// migrateCommand brings a database up to date without serving.
type migrateCommand struct{ storage }

// Run implements the command.
func (c *migrateCommand) Run(ctx context.Context) error {
	o := &opened{}
	_, err := c.prepare(ctx, o, os.Stderr)
	if err = closing(err, o); err != nil {
		return err
	}
	fmt.Println("The database is up to date.")
	return nil
}

// openapiCommand prints the description of the API.
type openapiCommand struct{}

// Run implements the command.
func (openapiCommand) Run() error {
	doc, err := httpapi.Document()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(doc)
	return err
}

// versionCommand prints the version.
type versionCommand struct{}

// Run implements the command.
func (versionCommand) Run() error {
	fmt.Println("handstamp " + version)
	return nil
}
