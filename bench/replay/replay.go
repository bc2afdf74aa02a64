package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/handstamp/handstamp/bench/replay/cases"
	"github.com/handstamp/handstamp/bench/replay/mapping"
	"github.com/handstamp/handstamp/bench/replay/plan"
	"github.com/handstamp/handstamp/bench/replay/play"
	"github.com/handstamp/handstamp/bench/replay/report"
	"github.com/handstamp/handstamp/bench/replay/stage"
)

// replay plays the whole log and prints the table.
func replay(ctx context.Context, o options, l *loaded, out io.Writer) error {
	r := l.begin(o)
	plans := l.plans(r)
	s, err := open(ctx, o)
	if err != nil {
		return err
	}
	defer s.Close()
	if len(plans) > 0 {
		err = perform(ctx, o, l, s, plans, r)
	}
	r.Finish()
	r.Print(out)
	switch {
	case ctx.Err() != nil:
		return errors.New("stopped before the end")
	case err != nil:
		return err
	case !r.OK():
		return errMismatch
	}
	return nil
}

// explain prints what of the log the workflow can express, without playing it.
func explain(o options, l *loaded, out io.Writer) error {
	r := l.begin(o)
	for _, p := range l.plans(r) {
		r.Planned(p.End.String())
	}
	r.PrintPlan(out)
	if !r.OK() {
		return errMismatch
	}
	return nil
}

// open finds the server: the one that HANDSTAMP_URL names, else one of its own.
func open(ctx context.Context, o options) (*stage.Stage, error) {
	account, given, err := stage.FromEnvironment()
	if err != nil {
		return nil, err
	}
	if given {
		return stage.On(ctx, account, o.clients)
	}
	database := os.Getenv("HANDSTAMP_TEST_DATABASE_URL")
	if database == "" {
		return nil, errors.New("neither HANDSTAMP_URL nor HANDSTAMP_TEST_DATABASE_URL is set: start me through `make replay`")
	}
	return stage.New(ctx, database, o.clients)
}

// plans works out every case, and reports those that have no plan.
func (l *loaded) plans(r *report.Report) []plan.Plan {
	var out []plan.Plan
	for i := range l.cases {
		c := &l.cases[i]
		if c.Exception != "" {
			r.Left(c.ID, c.Exception, len(c.Events))
			continue
		}
		p, err := l.planner.Case(c)
		if err == nil && len(p.Acts) == 0 {
			err = errors.New("the case has nothing that could be replayed")
		}
		if err != nil {
			r.Bad(c.ID, err.Error(), len(c.Events), play.Tally{})
			continue
		}
		for _, e := range c.Events {
			if e.Act == mapping.Except {
				r.Excepted(c.ID, fmt.Sprintf("%q: %s", e.Activity, e.Reason), 1)
			}
		}
		if p.Sent != "" {
			r.Read(c.ID, "a draft counts as sent: "+p.Sent)
		}
		out = append(out, p)
	}
	return out
}

// outcome is what came of one case.
type outcome struct {
	plan  plan.Plan
	tally play.Tally
	err   error
}

// perform publishes the workflow, hires the people and plays the cases.
func perform(ctx context.Context, o options, l *loaded, s *stage.Stage, plans []plan.Plan, r *report.Report) (err error) {
	people, err := s.Hire(ctx, l.wanted())
	if err != nil {
		return err
	}
	defer func() {
		later, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer cancel()
		err = errors.Join(err, s.Dismiss(later, people))
	}()
	text, err := l.planner.Version.Document.YAML()
	if err != nil {
		return err
	}
	if err := s.Publish(ctx, text); err != nil {
		return fmt.Errorf("the workflow cannot be published: %w", err)
	}
	r.People = people.Count()
	r.Began = time.Now()
	player := &play.Player{Planner: l.planner, People: people}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	results := make(chan outcome)
	go crowd(ctx, o.clients, player, plans, results)
	progress := report.NewProgress(os.Stderr)
	defer progress.Close()
	for x := range results {
		settle(r, x, stop)
		progress.Show(r)
	}
	return context.Cause(ctx)
}

// crowd plays the cases in parallel, each one by itself.
func crowd(ctx context.Context, clients int, player *play.Player, plans []plan.Plan, results chan<- outcome) {
	work := make(chan int)
	var group sync.WaitGroup
	for range clients {
		group.Go(func() {
			for i := range work {
				t, err := player.Case(ctx, plans[i], i)
				results <- outcome{plans[i], t, err}
			}
		})
	}
	for i := range plans {
		if ctx.Err() != nil {
			break
		}
		work <- i
	}
	close(work)
	group.Wait()
	close(results)
}

// settle notes what came of one case. What is no answer of the server ends the replay.
func settle(r *report.Report, x outcome, stop context.CancelCauseFunc) {
	c := x.plan.Case
	m, wrong := errors.AsType[*play.Mismatch](x.err)
	switch {
	case x.err == nil:
		r.Good(x.plan.End.String(), x.tally)
	case wrong:
		x.tally.Events = played(x.plan, m.Event)
		r.Bad(c.ID, m.Reason, len(c.Events)-x.tally.Events-excepted(c), x.tally)
	default:
		stop(fmt.Errorf("case %s: %w", c.ID, x.err))
	}
}

// played is how many events were done before one at which the case went wrong.
func played(p plan.Plan, at int) int {
	seen := map[int]bool{}
	for _, a := range p.Acts {
		if at < 0 || a.Event < at {
			seen[a.Event] = true
		}
	}
	return len(seen)
}

func excepted(c *cases.Case) int {
	n := 0
	for _, e := range c.Events {
		if e.Act == mapping.Except {
			n++
		}
	}
	return n
}
