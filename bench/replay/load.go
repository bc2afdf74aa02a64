package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/handstamp/handstamp/bench/replay/cases"
	"github.com/handstamp/handstamp/bench/replay/derive"
	"github.com/handstamp/handstamp/bench/replay/mapping"
	"github.com/handstamp/handstamp/bench/replay/plan"
	"github.com/handstamp/handstamp/bench/replay/report"
	"github.com/handstamp/handstamp/bench/replay/stage"
	"github.com/handstamp/handstamp/bench/replay/xes"
)

// loaded is a log that is ready to be played.
type loaded struct {
	mapping *mapping.Mapping
	cases   []cases.Case
	sum     xes.Summary
	planner *plan.Planner
}

// load reads the log as the mapping explains it, and makes the workflow where the
// mapping asks for that.
func load(o options, m *mapping.Mapping) (*loaded, error) {
	l := &loaded{mapping: m}
	keys := m.Keys()
	r := xes.Reader{Keep: func(key string) bool { return keys[key] }, MaxEvents: o.events}
	explain := cases.Reader{Mapping: m}
	var err error
	l.sum, err = r.Open(o.log, func(c xes.Case) error {
		l.cases = append(l.cases, explain.Read(c))
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(l.cases) == 0 {
		return nil, fmt.Errorf("%s holds no case", o.log)
	}
	doc := m.Workflow
	if m.Model != nil {
		d, err := derive.Document(m, l.cases)
		if err != nil {
			return nil, err
		}
		doc = &d
	}
	if l.planner, err = plan.New(*doc, m, l.cases); err != nil {
		return nil, fmt.Errorf("%s:\n%w", o.mapping, err)
	}
	return l, nil
}

// title heads the report.
func (l *loaded) title(o options) string {
	d := l.planner.Version.Document
	arrows := 0
	for _, s := range d.Steps {
		arrows += len(s.Transitions)
	}
	name := l.mapping.Name
	if name == "" {
		name = d.Name
	}
	return fmt.Sprintf("%s: %s on workflow %s (%d steps, %d transitions)", name, filepath.Base(o.log), d.Key, len(d.Steps), arrows)
}

// wanted are the roles and people whom the cases need.
func (l *loaded) wanted() stage.Wanted {
	w := stage.Wanted{Named: map[string][]string{}}
	have := map[string]bool{}
	add := func(role string) {
		if have[role] {
			return
		}
		have[role] = true
		p := l.mapping.PeopleOf(role)
		w.Roles = append(w.Roles, stage.Role{Key: role, Count: p.Count, Also: p.Also, Rights: p.Rights, Manager: p.Manager, Department: p.Department})
	}
	for i := range l.cases {
		for _, e := range l.cases[i].Events {
			if e.Act == mapping.Except {
				continue
			}
			add(e.Role)
			if e.Person != "" && !slices.Contains(w.Named[e.Person], e.Role) {
				w.Named[e.Person] = append(w.Named[e.Person], e.Role)
			}
		}
		if c := &l.cases[i]; c.End != nil {
			for _, step := range c.End.Open {
				for _, role := range l.planner.Roles(step) {
					add(role)
				}
			}
		}
	}
	if m := l.mapping.Model; m != nil && m.Requester != "" {
		add(m.Requester)
	}
	for i := 0; i < len(w.Roles); i++ { // grows while it runs
		for _, role := range w.Roles[i].Also {
			add(role)
		}
		if boss := w.Roles[i].Manager; boss != "" {
			add(boss)
		}
	}
	if l.mapping.Event.Person != "" {
		l.onlyNamed(&w)
	}
	return w
}

// onlyNamed makes up nobody for roles in which every event names who acted.
func (l *loaded) onlyNamed(w *stage.Wanted) {
	bare := map[string]bool{}
	for i := range l.cases {
		for _, e := range l.cases[i].Events {
			if e.Person == "" {
				bare[e.Role] = true
			}
		}
	}
	for i := range w.Roles {
		if r := &w.Roles[i]; !bare[r.Key] && r.Key != l.requester() {
			if _, said := l.mapping.People[r.Key]; !said {
				r.Count = 0
			}
		}
	}
}

func (l *loaded) requester() string {
	if l.mapping.Model == nil {
		return ""
	}
	return l.mapping.Model.Requester
}

// begin makes the report and notes what the mapping leaves out.
func (l *loaded) begin(o options) *report.Report {
	r := &report.Report{Title: l.title(o), Events: l.sum.Events, Stray: l.sum.Stray, Cases: len(l.cases), Clients: o.clients, Began: time.Now()}
	r.Events += r.Stray
	return r
}
