package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
)

// work is a kind of thing people do.
type work string

// The kinds of work that are measured.
const (
	starts    work = "start a request"
	decisions work = "decide a task"
	inboxes   work = "read the inbox"
	pages     work = "open a request"
)

// surface is where work is asked for: the verbs in this process, or the API.
type surface interface {
	name() string
	// start sends a request of a person and returns its id and its open task.
	start(ctx context.Context, a access.Actor) (run, task uuid.UUID, err error)
	// decide approves a task and returns the next one, Nil at the end.
	decide(ctx context.Context, a access.Actor, task uuid.UUID) (uuid.UUID, error)
	inbox(ctx context.Context, a access.Actor) error
	page(ctx context.Context, a access.Actor, run uuid.UUID) error
}

// result is one measurement.
type result struct {
	where     string
	work      string
	durable   bool
	perSecond float64
	p50, p99  time.Duration
	// each is the effort for one act; zero: not known.
	each effort
}

// load does one kind of work with all clients for the set time.
func (w *world) load(ctx context.Context, at surface, what work) (result, error) {
	jobs, err := w.jobs(ctx, at, what)
	if err != nil {
		return result{}, err
	}
	if err := w.refreshAll(ctx); err != nil {
		return result{}, fmt.Errorf("new tokens: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, time.Duration(w.o.seconds)*time.Second)
	defer cancel()
	var mu sync.Mutex
	var times []time.Duration
	var failed error
	var next atomic.Int64
	spent := w.processor(ctx)
	began := time.Now()
	var wg sync.WaitGroup
	for range w.o.clients {
		wg.Go(func() {
			mine, err := drain(ctx, jobs, &next)
			mu.Lock()
			defer mu.Unlock()
			times = append(times, mine...)
			if err != nil && ctx.Err() == nil {
				failed = err
			}
		})
	}
	wg.Wait()
	took := time.Since(began)
	if failed != nil {
		return result{}, failed
	}
	r := summary(at.name(), string(what), what == starts || what == decisions, times, took)
	r.each = w.processor(context.WithoutCancel(ctx)).since(spent, len(times))
	return r, nil
}

// job is one act; it returns false when there is nothing left to do.
type job func(ctx context.Context, i int64) (bool, error)

func drain(ctx context.Context, do job, next *atomic.Int64) ([]time.Duration, error) {
	var times []time.Duration
	for ctx.Err() == nil {
		i := next.Add(1) - 1
		began := time.Now()
		more, err := do(ctx, i)
		if err != nil || !more {
			return times, err
		}
		times = append(times, time.Since(began))
	}
	return times, nil
}

// jobs prepares what a kind of work needs and returns the act itself.
func (w *world) jobs(ctx context.Context, at surface, what work) (job, error) {
	switch what {
	case starts:
		return func(ctx context.Context, i int64) (bool, error) {
			_, _, err := at.start(ctx, w.starter(int(i)))
			return true, err
		}, nil
	case decisions:
		return w.decide(ctx, at)
	case inboxes:
		return func(ctx context.Context, i int64) (bool, error) {
			return true, at.inbox(ctx, w.bossOf(int(i)))
		}, nil
	case pages:
		ids, err := w.someRuns(ctx)
		if err == nil && len(ids) == 0 { // measured alone: nothing has been asked for yet
			if _, err = w.waiting(ctx, 1000); err == nil {
				ids, err = w.someRuns(ctx)
			}
		}
		return func(ctx context.Context, i int64) (bool, error) {
			return true, at.page(ctx, w.top, ids[int(i)%len(ids)])
		}, err
	}
	return nil, fmt.Errorf("unknown work %q", what)
}

// decide measures both approvals of requests that were started beforehand, as
// many as a fast machine can decide in the set time: half of them wait for the
// first approval, half for the second.
func (w *world) decide(ctx context.Context, at surface) (job, error) {
	n := w.o.most * w.o.seconds
	tasks, err := w.waiting(ctx, n)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, i int64) (bool, error) {
		if i >= int64(n) {
			return false, nil
		}
		who := w.bossOf(int(i))
		if i%2 == 1 {
			who = w.top
		}
		_, err := at.decide(ctx, who, tasks[i])
		return true, err
	}, nil
}

// waiting starts requests; every second one gets its first approval as well.
func (w *world) waiting(ctx context.Context, n int) ([]uuid.UUID, error) {
	verbs := w.verbs()
	tasks := make([]uuid.UUID, n)
	var failed atomic.Value
	var wg sync.WaitGroup
	for c := range w.o.clients {
		wg.Go(func() {
			for i := c; i < n; i += w.o.clients {
				_, task, err := verbs.start(ctx, w.starter(i))
				if err == nil && i%2 == 1 {
					task, err = verbs.decide(ctx, w.bossOf(i), task)
				}
				if err != nil {
					failed.Store(err)
					return
				}
				tasks[i] = task
			}
		})
	}
	wg.Wait()
	if err, ok := failed.Load().(error); ok {
		return nil, err
	}
	return tasks, nil
}

// someRuns are requests that the top manager has a part in.
func (w *world) someRuns(ctx context.Context) ([]uuid.UUID, error) {
	rows, err := w.owner.Query(ctx, `SELECT run_id FROM participants WHERE user_id = $1 ORDER BY run_id DESC LIMIT 1000`, w.top.User)
	if err != nil {
		return nil, err
	}
	var ids []uuid.UUID
	var id uuid.UUID
	for rows.Next() {
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func summary(where, what string, durable bool, times []time.Duration, took time.Duration) result {
	r := result{where: where, work: what, durable: durable}
	if len(times) == 0 {
		return r
	}
	slices.Sort(times)
	r.perSecond = float64(len(times)) / took.Seconds()
	r.p50, r.p99 = times[len(times)/2], times[len(times)*99/100]
	return r
}
