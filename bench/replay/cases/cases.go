// Package cases holds a log as the mapping understands it: cases whose events
// know which act they are, who does it and where.
package cases

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/handstamp/handstamp/bench/replay/mapping"
	"github.com/handstamp/handstamp/bench/replay/xes"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// Case is one request of the log.
type Case struct {
	ID         string
	Attributes xes.Attributes
	Events     []Event
	// Exception is the reason why the case is not replayed; empty: it is.
	Exception string
	// End is where it must end; nil when nothing says.
	End *mapping.End
	// Problem says what of it the mapping does not explain; empty: everything is.
	Problem string
}

// Event is one event of a case.
type Event struct {
	Activity   string
	Attributes xes.Attributes
	At         string // as the log writes it
	Act        mapping.Act
	Reason     string // of an exception
	Role       string // key
	Person     string // as the log names him; empty: it does not
	Rule       *mapping.Activity
	// Steps, Transitions, Kind, To and Values say how the act is done; see mapping.Activity.
	Steps       []string
	Transitions []string
	Kind        workflow.Kind
	To          string
	Values      []mapping.Value
}

// Moves reports whether the act takes the request on its way. Drafts come before
// that, claims stay where they are.
func (e Event) Moves() bool {
	switch e.Act {
	case mapping.Start, mapping.Complete, mapping.Reject, mapping.SendBack, mapping.Cancel:
		return true
	}
	return false
}

// Staff is the role of people of whom the log tells none.
const Staff = "staff"

// Reader turns the traces of a log into cases.
type Reader struct {
	Mapping *mapping.Mapping
	seen    map[string]int
}

// Read explains one trace. Ids that the log repeats are numbered.
func (r *Reader) Read(t xes.Case) Case {
	if r.seen == nil {
		r.seen = map[string]int{}
	}
	m := r.Mapping
	id, ok := t.Attributes.Get(m.Case.ID)
	if !ok || strings.TrimSpace(id) == "" {
		id = "unnamed"
	}
	if r.seen[id]++; r.seen[id] > 1 {
		id = fmt.Sprintf("%s (%d)", id, r.seen[id])
	}
	c := Case{ID: id, Attributes: t.Attributes, Exception: m.Exceptions[id]}
	if m.Case.ByTime {
		c.Problem = sortByTime(t.Events, m.Event.Time)
	}
	for _, a := range t.Events {
		e, problem := r.event(a)
		c.Problem = cmp.Or(c.Problem, problem)
		c.Events = append(c.Events, e)
	}
	if len(c.Events) == 0 {
		c.Problem = cmp.Or(c.Problem, "The case has no event.")
	}
	if last := c.Last(); last != nil {
		c.End = m.End(last.Activity)
	}
	return c
}

// Last is the last event that moves the request, nil when none does.
func (c *Case) Last() *Event {
	for i := range slices.Backward(c.Events) {
		if c.Events[i].Moves() {
			return &c.Events[i]
		}
	}
	return nil
}

// event explains one event, and says what of it the mapping does not explain.
func (r *Reader) event(a xes.Attributes) (Event, string) {
	m := r.Mapping
	e := Event{Attributes: a}
	e.Activity, _ = a.Get(m.Event.Activity)
	e.At, _ = a.Get(m.Event.Time)
	e.Person, _ = a.Get(m.Event.Person)
	e.Role = r.role(a)
	if strings.TrimSpace(e.Activity) == "" {
		return e, fmt.Sprintf("An event has no %s: nobody can tell what was done.", m.Event.Activity)
	}
	e.Rule = m.Activity(e.Activity)
	switch {
	case e.Rule != nil:
		e.follow(*e.Rule)
	case m.Model != nil:
		e.Act = mapping.Complete
	default:
		return e, fmt.Sprintf("No line of `activities` says what %q means.", e.Activity)
	}
	return e, r.lifecycle(&e)
}

// follow takes over what the mapping says of the activity. {role} stands for the
// role of the event.
func (e *Event) follow(a mapping.Activity) {
	e.Role = cmp.Or(a.Role, e.Role)
	e.Act, e.Reason, e.Kind, e.Values = a.Act, a.Exception, a.Kind, a.Values
	e.To, e.Steps, e.Transitions = a.To, e.withRole(a.Steps), e.withRole(a.Transitions)
}

func (e *Event) withRole(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = strings.ReplaceAll(s, "{role}", e.Role)
	}
	return out
}

// lifecycle turns the event into what its lifecycle transition means. Without one it is complete.
func (r *Reader) lifecycle(e *Event) string {
	name, ok := e.Attributes.Get(r.Mapping.Event.Lifecycle)
	if !ok || e.Act == mapping.Except {
		return ""
	}
	l, ok := r.Mapping.Lifecycle[strings.ToLower(name)]
	if !ok {
		l, ok = r.Mapping.Lifecycle["*"]
	}
	switch {
	case !ok:
		return fmt.Sprintf("Nothing says what the lifecycle transition %q means: give `lifecycle: {%s: act}`, claim, or {exception: why}.", name, strings.ToLower(name))
	case l.Act == mapping.Except:
		e.Act, e.Reason = mapping.Except, l.Reason
	case l.Act == mapping.Claim:
		e.Act = mapping.Claim
	}
	return ""
}

// role finds in which role somebody acted.
func (r *Reader) role(a xes.Attributes) string {
	for _, s := range r.Mapping.Event.Role {
		text, ok := a.Get(s.Key)
		if ok && s.Match != nil {
			found := s.Match.FindStringSubmatch(text)
			if ok = found != nil; ok {
				text = found[1]
			}
		}
		if ok && strings.TrimSpace(text) != "" {
			return r.Mapping.RoleKey(text)
		}
	}
	return Staff
}

// layouts are how logs write times: RFC 3339, as XES demands, and what is met beside it.
var layouts = []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", time.DateTime, time.DateOnly}

// ParseTime reads a time of a log.
func ParseTime(text string) (time.Time, bool) {
	for _, l := range layouts {
		if t, err := time.Parse(l, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// sortByTime puts events into the order of their times, and says when one has
// none. Equal times keep the order of the log.
func sortByTime(events []xes.Attributes, key string) string {
	type timed struct {
		at time.Time
		xes.Attributes
	}
	list := make([]timed, len(events))
	for i, e := range events {
		text, _ := e.Get(key)
		t, ok := ParseTime(text)
		if !ok {
			return fmt.Sprintf("An event has no time by which it could be put in order: its %s is %q.", key, text)
		}
		list[i] = timed{t, e}
	}
	slices.SortStableFunc(list, func(a, b timed) int { return a.at.Compare(b.at) })
	for i, x := range list {
		events[i] = x.Attributes
	}
	return ""
}
