// Command bench measures, in one run on one machine, what PostgreSQL can do at
// all, what the verbs do, and what the HTTP API does, and prints ratios. Start it
// with `make bench`: it wants a server of default durability.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"runtime/pprof"
	"strings"
	"time"
)

// options are the settings of one run.
type options struct {
	clients  int
	pool     int
	seconds  int
	history  int
	rounds   int
	most     int    // decisions a second that are prepared for
	starters int    // people who start the requests
	database string // the server's
	name     string // of the database to make
	only     string
}

func main() {
	o := options{database: os.Getenv("HANDSTAMP_TEST_DATABASE_URL"), name: "handstamp_bench", most: 2500, starters: 100}
	flag.IntVar(&o.clients, "clients", 8, "people who act at the same time")
	flag.IntVar(&o.pool, "pool", 0, "connections to the database; 0: as many as the server takes by itself")
	flag.IntVar(&o.seconds, "seconds", 8, "how long each measurement runs")
	flag.IntVar(&o.rounds, "rounds", 2, "measurements of each kind, taken in turns")
	flag.IntVar(&o.history, "history", 1_000_000, "finished runs to put into the tables before the second part; 0 leaves it out")
	flag.StringVar(&o.only, "only", "", "measure only what has this in its name, such as `verbs decide`; pgbench always is")
	profile := flag.String("profile", "", "write a CPU profile of the whole run to this file")
	flag.Parse()
	debug.SetGCPercent(300) // as the server does
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := profiled(*profile, func() error { return run(ctx, o) })
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// profiled runs f under the CPU profiler when a file is named.
func profiled(path string, f func() error) error {
	if path == "" {
		return f()
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return errors.Join(err, file.Close())
	}
	err = f()
	pprof.StopCPUProfile()
	return errors.Join(err, file.Close())
}

// run measures an empty database, then the same with history.
func run(ctx context.Context, o options) error {
	w, err := build(ctx, o)
	if err != nil {
		return err
	}
	defer w.close()
	if err := w.settle(ctx); err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	fmt.Printf("%d clients, %d s a measurement, %s\n\n", o.clients, o.seconds, w.version)
	if err := w.measure(ctx, "Little history"); err != nil {
		return err
	}
	if o.history == 0 {
		return nil
	}
	began := time.Now()
	if err := w.fill(ctx, o.history); err != nil {
		return err
	}
	fmt.Printf("\n%d finished runs written in %s\n\n", o.history, time.Since(began).Round(time.Second))
	return w.measure(ctx, fmt.Sprintf("%d finished runs", o.history))
}

// measure runs every kind of work in turns, so that a slow minute of the
// machine hits all of them, and prints the best of each with its ratio.
func (w *world) measure(ctx context.Context, title string) error {
	t := newTable(title)
	for range w.o.rounds {
		raw, err := w.raw(ctx)
		if err != nil {
			return err
		}
		t.add(raw)
		for _, at := range []surface{w.verbs(), w.api()} {
			for _, work := range []work{starts, decisions, inboxes, pages} {
				if !strings.Contains(at.name()+" "+string(work), w.o.only) {
					continue
				}
				r, err := w.load(ctx, at, work)
				if err != nil {
					return fmt.Errorf("%s through %s: %w", work, at.name(), err)
				}
				t.add(r)
			}
		}
	}
	t.print(os.Stdout)
	return nil
}
