package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// table collects the measurements of one part and keeps the best of each kind.
type table struct {
	title string
	order []string
	best  map[string]result
}

func newTable(title string) *table { return &table{title: title, best: map[string]result{}} }

func (t *table) add(r result) {
	key := r.where + "|" + r.work
	old, seen := t.best[key]
	if !seen {
		t.order = append(t.order, key)
	}
	if !seen || r.perSecond > old.perSecond {
		t.best[key] = r
	}
}

// print writes the table; the ratio compares durable work with pgbench, whose
// transaction is one request with three commits.
func (t *table) print(w io.Writer) {
	var limit float64
	var least time.Duration
	for _, k := range t.order {
		if r := t.best[k]; r.where == "pgbench" {
			limit, least = 3*r.perSecond, r.each.all()
		}
	}
	fmt.Fprintln(w, t.title)
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(tw, "where\twork\tper second\tp50\tp99\tof the limit\tCPU each\tof the limit's\tthe server's part")
	for _, k := range t.order {
		r := t.best[k]
		ratio, speed := "", r.perSecond
		if r.where == "pgbench" {
			speed = limit
		}
		if r.durable && limit > 0 {
			ratio = fmt.Sprintf("%.2f", speed/limit)
		}
		fmt.Fprintf(tw, "%s\t%s\t%.0f\t%s\t%s\t%s\t%s\t%s\t%s\n", r.where, r.work, speed, short(r.p50), short(r.p99), ratio, spent(r.each.all()), share(r, least), spent(r.each.server))
	}
	_ = tw.Flush()
}

func short(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }

// spent shows the processors' time for one act.
func spent(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000)
}

// share tells how far the processors' time of a durable act is from that of the limit.
func share(r result, least time.Duration) string {
	if !r.durable || r.each.all() <= 0 || least <= 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", float64(least)/float64(r.each.all()))
}
