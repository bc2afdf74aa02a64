package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/handstamp/handstamp/bench/replay/xes"
)

// survey is what a log shows before anybody has explained it.
type survey struct {
	events, cases int
	keys          map[string]int            // attribute of events → in how many it stands
	caseKeys      map[string]int            // attribute of cases
	values        map[string]map[string]int // attribute of events → its texts, while there are few
	firsts, lasts map[string]int            // activities
	starters      map[string]int            // roles
	activity      string
	role          string
}

// fewValues is how many different texts of an attribute are counted.
const fewValues = 500

// Attributes where logs keep activity and role, the most usual first.
var (
	activityKeys = []string{"concept:name", "Activity", "activity"}
	roleKeys     = []string{"org:role", "role", "Role", "org:group", "group", "department", "Department"}
)

// propose prints a mapping that a person can begin with: the workflow is made
// from the log, and what was seen in it stands beside as comments.
func propose(o options, out io.Writer) error {
	s := &survey{
		keys: map[string]int{}, caseKeys: map[string]int{}, values: map[string]map[string]int{},
		firsts: map[string]int{}, lasts: map[string]int{}, starters: map[string]int{},
	}
	read := xes.Reader{MaxEvents: o.events}
	if _, err := read.Open(o.log, func(c xes.Case) error { s.count(c); return nil }); err != nil {
		return err
	}
	if s.events == 0 {
		return fmt.Errorf("%s holds no event of any case", o.log)
	}
	s.activity = s.likely(activityKeys)
	s.role = s.likely(roleKeys)
	read.Keep = func(key string) bool { return key == s.activity || key == s.role }
	if _, err := read.Open(o.log, func(c xes.Case) error { s.follow(c); return nil }); err != nil {
		return err
	}
	return s.write(out, filepath.Base(o.log))
}

// count notes which attributes there are.
func (s *survey) count(c xes.Case) {
	s.cases++
	for _, a := range c.Attributes {
		s.caseKeys[a.Key]++
	}
	for _, e := range c.Events {
		s.events++
		for _, a := range e {
			s.keys[a.Key]++
			texts := s.values[a.Key]
			if texts == nil {
				texts = map[string]int{}
				s.values[a.Key] = texts
			}
			if _, known := texts[a.Value]; known || len(texts) < fewValues {
				texts[a.Value]++
			}
		}
	}
}

// likely is the first of some attributes that most events have; empty: none.
func (s *survey) likely(keys []string) string {
	for _, k := range keys {
		if s.keys[k]*2 > s.events && len(s.values[k]) < fewValues {
			return k
		}
	}
	return ""
}

// follow notes where cases begin and end.
func (s *survey) follow(c xes.Case) {
	if len(c.Events) == 0 {
		return
	}
	first, _ := c.Events[0].Get(s.activity)
	last, _ := c.Events[len(c.Events)-1].Get(s.activity)
	role, _ := c.Events[0].Get(s.role)
	s.firsts[first]++
	s.lasts[last]++
	s.starters[role]++
}

// write prints the mapping.
func (s *survey) write(out io.Writer, name string) error {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# A mapping to begin with for %s: %d cases, %d events. See docs/replay.md.", name, s.cases, s.events)
	line("name: %s", strconv.Quote(name))
	s.model(line)
	line("event:")
	line("  activity: %s", strconv.Quote(cmp.Or(s.activity, "concept:name")))
	if s.role != "" {
		line("  role: %s # %s", strconv.Quote(s.role), list(s.values[s.role]))
	} else if s.inName() {
		line("  role: {from: %s, match: ' by (.+)$'} # no attribute looks like a role, but the names of the activities tell it", strconv.Quote(s.activity))
	} else {
		line("  # No attribute looks like a role. Name one with `role`, or give the activities below a `role` each.")
	}
	if n := len(s.values["org:resource"]); n > 0 {
		line("  # person: org:resource # %s different; without this, people are made up", atMost(n))
	}
	s.lifecycle(line)
	line("people: 3 # of each role; {ROLE: 10, \"*\": 3} says it for each")
	line("# Attributes that could fill in the form, of cases: %s; of events: %s", list(s.caseKeys), list(s.keys))
	line("# case: {values: {amount: {from: KEY, type: money, currency: EUR, label: Amount}}}")
	line("activities: # only where the log needs explaining; the others are acts of the role that did them")
	for _, a := range byCount(s.values[s.activity]) {
		line("  # %s: {} # %d times, begins %d cases, ends %d", strconv.Quote(a), s.values[s.activity][a], s.firsts[a], s.lasts[a])
	}
	line("ends: # an outcome each; {open: ROLE} where the case is not over yet")
	for _, a := range byCount(s.lasts) {
		line("  # %s: {open: ROLE} # %d cases", strconv.Quote(a), s.lasts[a])
	}
	_, err := io.WriteString(out, strings.NewReplacer("activities: #", "# activities: #", "ends: #", "# ends: #").Replace(b.String()))
	return err
}

// inName reports whether most activities say by whom they are done.
func (s *survey) inName() bool {
	said := 0
	for a, n := range s.values[s.activity] {
		if strings.Contains(a, " by ") {
			said += n
		}
	}
	return said*2 > s.events
}

// model proposes who starts requests.
func (s *survey) model(line func(string, ...any)) {
	starters := byCount(s.starters)
	if s.role == "" || starters[0] == "" {
		line("model: derive")
		return
	}
	line("model:")
	line("  requester: %s # starts %d of %d cases", strconv.Quote(starters[0]), s.starters[starters[0]], s.cases)
}

// lifecycle proposes to replay what was completed.
func (s *survey) lifecycle(line func(string, ...any)) {
	texts := s.values["lifecycle:transition"]
	plain := len(texts) == 0
	for t := range texts {
		plain = plain || strings.EqualFold(t, "complete") && len(texts) == 1
	}
	if plain {
		return
	}
	line("lifecycle: # %s", list(texts))
	line("  complete: act")
	for _, t := range byCount(texts) {
		if !strings.EqualFold(t, "complete") {
			line("  %s: {exception: only what was completed is replayed} # or: claim", strconv.Quote(strings.ToLower(t)))
		}
	}
}

func byCount(m map[string]int) []string {
	return slices.SortedFunc(maps.Keys(m), func(a, b string) int { return cmp.Or(m[b]-m[a], cmp.Compare(a, b)) })
}

// list names the most frequent of some texts.
func list(m map[string]int) string {
	all := byCount(m)
	const most = 12
	text := strings.Join(all[:min(len(all), most)], ", ")
	if len(all) > most {
		text += fmt.Sprintf(" and %s more", atMost(len(all)-most))
	}
	return strings.ReplaceAll(text, "\n", " ")
}

// atMost writes a count that stopped at a bound.
func atMost(n int) string {
	if n >= fewValues-12 {
		return "many"
	}
	return strconv.Itoa(n)
}
