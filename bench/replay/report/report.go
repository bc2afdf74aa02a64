// Package report tells how a replay goes, and in the end what came of it.
package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/handstamp/handstamp/bench/replay/play"
)

// Report collects what came of every case. It belongs to one goroutine.
type Report struct {
	Title  string
	Events int // of the log
	Stray  int // events outside any case
	Cases  int
	People int
	// Clients is how many cases were played at once.
	Clients int
	Began   time.Time

	tally      play.Tally
	ended      map[string]int
	good, bad  int
	exceptions groups // declared by the mapping
	mismatches groups
	excepted   int // events
	lost       int // events of cases that were not acted out to the end
	bare       int // cases without any act, for a declared reason
	took       time.Duration
}

// groups count equal reasons and remember the first cases of each.
type groups map[string]*group

type group struct {
	reason   string
	count    int
	unit     string
	examples []string
}

// examples is how many cases are named for each reason.
const examples = 3

func (g *groups) add(reason, unit, example string, n int) {
	if *g == nil {
		*g = groups{}
	}
	x := (*g)[reason]
	if x == nil {
		x = &group{reason: reason, unit: unit}
		(*g)[reason] = x
	}
	x.count += n
	if len(x.examples) < examples && !slices.Contains(x.examples, example) {
		x.examples = append(x.examples, example)
	}
}

// Excepted notes events of a case that are not replayed, for a declared reason.
func (r *Report) Excepted(id, reason string, events int) {
	r.excepted += events
	r.exceptions.add(reason, "event", id, events)
}

// Left notes a case that is not replayed at all, for a declared reason.
func (r *Report) Left(id, reason string, events int) {
	r.bare++
	r.excepted += events
	r.exceptions.add(reason, "case", id, 1)
}

// Read reports something about a case that the log leaves unsaid, and the mapping explains.
func (r *Report) Read(id, reason string) { r.exceptions.add(reason, "case", id, 1) }

// Good notes a case that ended where the log says.
func (r *Report) Good(end string, t play.Tally) {
	if r.ended == nil {
		r.ended = map[string]int{}
	}
	r.good++
	r.ended[end]++
	r.tally.Add(t)
}

// Planned notes a case that could be played and was not.
func (r *Report) Planned(end string) { r.Good(end, play.Tally{}) }

// Bad notes a case that did not, with how many of its events were not acted out.
func (r *Report) Bad(id, reason string, lost int, t play.Tally) {
	r.bad++
	r.lost += lost
	r.tally.Add(t)
	r.mismatches.add(reason, "case", id, 1)
}

// Finish stops the clock.
func (r *Report) Finish() { r.took = time.Since(r.Began) }

// Done is how many cases are over.
func (r *Report) Done() int { return r.good + r.bad + r.bare }

// OK reports whether everything ended where the log says.
func (r *Report) OK() bool { return r.bad == 0 && r.Stray == 0 && r.good > 0 && r.Done() == r.Cases }

// Print writes the table.
func (r *Report) Print(w io.Writer) {
	fmt.Fprintf(w, "\n%s\n\n", r.Title)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(name string, n int) { fmt.Fprintf(t, "  %s\t%s\t\n", pad(name), number(n)) }
	row("cases in the log", r.Cases)
	row("events in the log", r.Events)
	row("  done as acts", r.tally.Events)
	row("  left out, for a declared reason", r.excepted)
	row("  not done", r.lost+r.Stray)
	row("acts", r.tally.Acts)
	for _, x := range []struct {
		name string
		n    int
	}{
		{"  drafts saved", r.tally.Drafts},
		{"  requests sent", r.tally.Starts},
		{"  tasks claimed", r.tally.Claims},
		{"  tasks decided", r.tally.Decisions},
		{"  tasks handed over", r.tally.HandOvers},
		{"  remarks", r.tally.Comments},
		{"  requests cancelled", r.tally.Cancels},
	} {
		if x.n > 0 {
			row(x.name, x.n)
		}
	}
	row("acts/s", int(float64(r.tally.Acts)/max(r.took.Seconds(), 1e-9)))
	if r.tally.Refusals > 0 {
		row("requesters who tried to decide their own request, all refused", r.tally.Refusals)
	}
	row("cases that ended where the log says", r.good)
	for _, end := range r.byCount() {
		row("  "+end, r.ended[end])
	}
	if r.bare > 0 {
		row("cases left out, for a declared reason", r.bare)
	}
	row("cases that did not end where the log says", r.bad)
	if n := r.Cases - r.Done(); n > 0 {
		row("cases not reached", n)
	}
	_ = t.Flush()
	r.reasons(w)
	fmt.Fprintf(w, "\n%d people, %d cases at once, %s\n", r.People, r.Clients, r.took.Round(100*time.Millisecond))
	fmt.Fprintf(w, "%d passed, %d failed\n", r.good, r.failures())
}

// PrintPlan writes the table of a replay that was only planned.
func (r *Report) PrintPlan(w io.Writer) {
	fmt.Fprintf(w, "\n%s\n\n", r.Title)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(name string, n int) { fmt.Fprintf(t, "  %s\t%s\t\n", pad(name), number(n)) }
	row("cases in the log", r.Cases)
	row("events in the log", r.Events)
	row("cases that the workflow can express", r.good)
	for _, end := range r.byCount() {
		row("  "+end, r.ended[end])
	}
	row("cases left out, for a declared reason", r.bare)
	row("cases that it cannot express", r.bad)
	_ = t.Flush()
	r.reasons(w)
	fmt.Fprintf(w, "\nNothing was played.\n")
}

// failures are cases that went wrong or were not reached, and events that belong to no case.
func (r *Report) failures() int { return r.bad + r.Cases - r.Done() + r.Stray }

// reasons explains what did not go as the log says, and what was left out.
func (r *Report) reasons(w io.Writer) {
	if r.Stray > 0 {
		fmt.Fprintf(w, "\n%s stand outside any case and could not be replayed.\n", plural(r.Stray, "event"))
	}
	for _, part := range []struct {
		title string
		groups
	}{{"Did not end where the log says:", r.mismatches}, {"Declared in the mapping:", r.exceptions}} {
		if len(part.groups) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s\n", part.title)
		for _, g := range part.sorted() {
			fmt.Fprintf(w, "  %s: %s\n    such as %s\n", plural(g.count, g.unit), g.reason, strings.Join(g.examples, ", "))
		}
	}
}

func (g groups) sorted() []*group {
	out := make([]*group, 0, len(g))
	for _, x := range g {
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b *group) int { return cmp.Or(b.count-a.count, cmp.Compare(a.reason, b.reason)) })
	return out
}

func (r *Report) byCount() []string {
	out := make([]string, 0, len(r.ended))
	for end := range r.ended {
		out = append(out, end)
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(r.ended[b]-r.ended[a], cmp.Compare(a, b)) })
	return out
}

// pad brings names to one width: the columns align right.
func pad(s string) string { return fmt.Sprintf("%-62s", s) }

func plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return number(n) + " " + unit + "s"
}

// number writes 12345 as 12,345.
func number(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
