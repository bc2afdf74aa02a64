// Command handstamp is the whole product: the API, the web application and the
// private PostgreSQL of the default set-up, in one program.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// version is set when a release is built.
var version = "dev"

type commands struct {
	Config kong.ConfigFlag `help:"A YAML file with settings, named as the flags. The environment beats the file." env:"HANDSTAMP_CONFIG" placeholder:"FILE"`

	Serve   serveCommand   `cmd:"" default:"withargs" help:"Serve the API and the web application (the default)."`
	Migrate migrateCommand `cmd:"" help:"Bring the tables of a database up to date and make the server's role."`
	Demo    demoCommand    `cmd:"" help:"Fill two organizations with people, workflows and requests."`
	OpenAPI openapiCommand `cmd:"" name:"openapi" help:"Print the OpenAPI 3.1 description of the API."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "handstamp: "+sentence(err))
		os.Exit(1) //nolint:gocritic // nothing is left to stop
	}
}

// run parses the arguments and runs the command they name.
func run(ctx context.Context, args []string) error {
	var c commands
	parser, err := kong.New(&c,
		kong.Name("handstamp"),
		kong.Description("Requests that go from person to person until the last one signed."),
		kong.Configuration(readSettings),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return err
	}
	return parsed.Run()
}
