// Command replay plays an event log through the public API: the process is a
// Handstamp workflow, each event an act of a person with the right role, and each
// case must end where the log says. Start it with `make replay LOG=… MAP=…`.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/handstamp/handstamp/bench/replay/mapping"
)

// options are the settings of one replay.
type options struct {
	log, mapping string
	clients      int
	events       int
	propose      bool
	document     bool
	plan         bool
}

// errMismatch says that the replay ended and the table tells what is wrong.
var errMismatch = errors.New("the replay did not end where the log says")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return
	case !errors.Is(err, errMismatch):
		fmt.Fprintln(os.Stderr, "replay:", err)
		stop()
		os.Exit(2)
	}
	stop()
	os.Exit(1)
}

// run does what the command line says.
func run(ctx context.Context, args []string, out io.Writer) error {
	var o options
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	flags.StringVar(&o.log, "log", "", "the event log, XES, plain or gzipped")
	flags.StringVar(&o.mapping, "map", "", "the mapping; see docs/replay.md")
	flags.IntVar(&o.clients, "clients", 8, "cases that are played at once")
	flags.IntVar(&o.events, "max-events", 5_000_000, "the largest log that is read, in events")
	flags.BoolVar(&o.propose, "propose", false, "do not replay: print a mapping to begin with")
	flags.BoolVar(&o.plan, "plan", false, "do not replay: say only which cases the workflow can express")
	flags.BoolVar(&o.document, "workflow", false, "do not replay: print the workflow, as it is or as it is made from the log")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return fmt.Errorf("%q is one argument too many", flags.Arg(0))
	case o.log == "" || o.mapping == "" && !o.propose:
		return errors.New("usage: replay -log LOG -map MAPPING, or replay -log LOG -propose")
	case o.clients < 1 || o.clients > 256:
		return errors.New("-clients must be from 1 to 256")
	}
	if o.propose {
		return propose(o, out)
	}
	m, err := mapping.Load(o.mapping)
	if err != nil {
		return err
	}
	l, err := load(o, m)
	if err != nil {
		return err
	}
	if o.document {
		text, err := l.planner.Version.Document.YAML()
		if err == nil {
			_, err = out.Write(text)
		}
		return err
	}
	if o.plan {
		return explain(o, l, out)
	}
	return replay(ctx, o, l, out)
}
