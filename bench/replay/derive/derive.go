// Package derive makes a workflow of a log: desks of the roles that act,
// transitions of what directly follows what, ends of where cases end.
package derive

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/handstamp/handstamp/bench/replay/cases"
	"github.com/handstamp/handstamp/bench/replay/mapping"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// The limits of a definition that matter here.
const (
	maxID          = 40
	maxName        = 100
	maxTransitions = 50
	maxSteps       = 200
)

// Document makes the definition and tells every event in all at which desk and by
// which transitions it is done. Cases with a problem or an exception add nothing.
// It fails when the log needs more than a definition can hold.
func Document(m *mapping.Mapping, all []cases.Case) (workflow.Document, error) {
	b := &builder{m: m, model: *m.Model, places: map[string]map[string]int{}, desks: map[string]*desk{}, ids: map[string]string{}, names: map[string]bool{}, firsts: map[string]int{}, ends: map[string]*end{}}
	b.requester = b.whoStarts(all)
	b.number(all)
	for i := range all {
		if all[i].Problem == "" && all[i].Exception == "" {
			b.learn(&all[i])
		}
	}
	if err := b.place(all); err != nil {
		return workflow.Document{}, err
	}
	doc := b.document(all)
	if n := len(doc.Steps); n > maxSteps {
		return doc, fmt.Errorf("the log needs %d steps, a workflow has %d at most: put activities together with `desk`, ends with `ends`", n, maxSteps)
	}
	b.tell(all)
	return doc, nil
}

// desk is a step where one kind of people acts.
type desk struct {
	id, name string
	passage  string // id of the condition behind it
	roles    []string
	own      bool // of the requester himself
	claimed  bool // the log says when work was begun
	// leaves counts, by activity and target, how the desk is left.
	leaves map[leave]int
	ways   map[leave]string // ids of transitions
	routed bool             // the target is chosen in a field, there are too many to draw
	again  bool             // the desk follows itself
}

// leave is an activity and where the request goes behind it: a desk's key or an end's.
type leave struct{ activity, label, target string }

// end is an end step.
type end struct{ id, name, outcome string }

// builder collects what the log shows.
type builder struct {
	m         *mapping.Mapping
	model     mapping.Model
	requester string
	foreign   bool                      // somebody else than the requester starts cases
	places    map[string]map[string]int // desk's key without a part → activity → its number there
	desks     map[string]*desk          // by key
	order     []string                  // keys of desks, as they appear
	ids       map[string]string         // step id → what it is for
	names     map[string]bool
	firsts    map[string]int  // where cases go first
	ends      map[string]*end // by key
	outcomes  []string        // keys of ends, as they appear
}

// whoStarts is the role that starts requests and corrects them: as the mapping
// says, else the one that starts every case, else none.
func (b *builder) whoStarts(all []cases.Case) string {
	starters := map[string]bool{}
	for i := range all {
		if e := starter(&all[i]); e != nil {
			starters[e.Role] = true
		}
	}
	if b.model.Requester != "" {
		delete(starters, b.model.Requester)
		b.foreign = len(starters) > 0
		return b.model.Requester
	}
	if len(starters) != 1 {
		return ""
	}
	return slices.Collect(maps.Keys(starters))[0]
}

// starter is the event that sends the request, nil when none does.
func starter(c *cases.Case) *cases.Event {
	var draft *cases.Event
	for i := range c.Events {
		switch e := &c.Events[i]; {
		case e.Act == mapping.Draft:
			draft = e
		case e.Moves() && draft != nil && e.Act != mapping.Start:
			return draft
		case e.Moves():
			return e
		}
	}
	return nil
}

// learn walks through one case.
func (b *builder) learn(c *cases.Case) {
	first := starter(c)
	if first == nil {
		return
	}
	var last *desk
	var by leave
	follow := func(target string) {
		if last == nil {
			b.firsts[target]++
			return
		}
		by.target = target
		last.leaves[by]++
		last.again = last.again || target == b.keyOf(last)
	}
	for i := range c.Events {
		e := &c.Events[i]
		switch {
		case e == first || !e.Moves() && e.Act != mapping.Claim:
			continue
		case e.Act == mapping.Claim:
			b.desk(e).claimed = true
			continue
		case e.Act == mapping.Cancel:
			return
		}
		d := b.desk(e)
		follow(b.keyOf(d))
		last, by = d, leave{activity: e.Activity, label: labelOf(e)}
	}
	follow(b.end(c, first))
}

func labelOf(e *cases.Event) string {
	if e.Rule != nil && e.Rule.Label != "" {
		return e.Rule.Label
	}
	return e.Activity
}

// keyOf finds a desk's key again.
func (b *builder) keyOf(d *desk) string { return b.ids[d.id] }

// desk is where an event is done.
func (b *builder) desk(e *cases.Event) *desk {
	key := b.deskKey(e)
	d := b.desks[key]
	if d == nil {
		d = &desk{leaves: map[leave]int{}, ways: map[leave]string{}}
		d.id, d.name = b.unique(key, key), b.named(readable(key))
		d.passage = b.unique(d.id+"_x", d.id)
		b.desks[key] = d
		b.order = append(b.order, key)
	}
	if !slices.Contains(d.roles, e.Role) {
		d.roles = append(d.roles, e.Role)
	}
	return d
}

// number counts the activities of each desk. A step has so many transitions at
// most: a desk with more activities becomes several steps.
func (b *builder) number(all []cases.Case) {
	for i := range all {
		for k := range all[i].Events {
			e := &all[i].Events[k]
			if !e.Moves() {
				continue
			}
			key := b.wholeDesk(e)
			if b.places[key] == nil {
				b.places[key] = map[string]int{}
			}
			if _, known := b.places[key][e.Activity]; !known {
				b.places[key][e.Activity] = len(b.places[key])
			}
		}
	}
}

// deskKey names the desk of an event.
func (b *builder) deskKey(e *cases.Event) string {
	key := b.wholeDesk(e)
	if part := b.places[key][e.Activity] / maxTransitions; part > 0 {
		return fmt.Sprintf("%s_part_%d", key, part+1)
	}
	return key
}

// wholeDesk names the desk of an event, however many activities are done there.
func (b *builder) wholeDesk(e *cases.Event) string {
	if e.Rule != nil && e.Rule.Desk != "" {
		return mapping.Slug(e.Rule.Desk, maxID)
	}
	switch b.model.Desk {
	case "role":
		return mapping.Slug(e.Role, maxID)
	case "activity":
		return mapping.Slug(e.Activity, maxID)
	}
	text, _ := e.Attributes.Get(b.model.Desk)
	return mapping.Slug(cmp.Or(text, e.Role), maxID)
}

// end is where a case ends: a key that no desk has, or that of a desk where it stays open.
func (b *builder) end(c *cases.Case, first *cases.Event) string {
	activity := first.Activity
	if last := c.Last(); last != nil {
		activity = last.Activity
	}
	if c.End == nil {
		c.End = &mapping.End{Name: activity, Outcome: mapping.Slug(activity, maxID)}
	}
	e := *c.End
	c.End = &e
	if len(e.Open) == 0 {
		e.Outcome = cut(e.Outcome, maxID)
		return b.outcome(e.Outcome)
	}
	key := mapping.Slug(b.m.RoleKey(e.Open[0]), maxID)
	if b.desks[key] == nil { // nobody ever acted there: it belongs to the role of that name
		b.desk(&cases.Event{Role: key, Rule: &mapping.Activity{Desk: key}})
	}
	e.Open = []string{b.desks[key].id}
	return key
}

// outcome is the key of the end step with an outcome.
func (b *builder) outcome(text string) string {
	key := "\x00" + text
	if b.ends[key] == nil {
		b.ends[key] = &end{id: b.unique("end_"+mapping.Slug(text, maxID-10), key), name: b.named("Ended: " + readable(text)), outcome: text}
		b.outcomes = append(b.outcomes, key)
	}
	return key
}

// unique makes a step id that no other step has.
func (b *builder) unique(wanted, key string) string {
	id := cut(wanted, maxID-4)
	for n := 2; b.ids[id] != "" || slices.Contains([]string{"start", "previous", "initiator", "others"}, id); n++ {
		id = fmt.Sprintf("%s_%d", cut(wanted, maxID-4), n)
	}
	b.ids[id] = key
	return id
}

// named makes a step name that no other step has.
func (b *builder) named(wanted string) string {
	wanted = cut(wanted, maxName-6)
	name := wanted
	for n := 2; b.names[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s (%d)", wanted, n)
	}
	b.names[strings.ToLower(name)] = true
	return name
}

// place checks that open ends are desks, numbers the transitions, and sees to it
// that every desk has a way to an end.
func (b *builder) place(all []cases.Case) error {
	if len(b.firsts) == 0 {
		return fmt.Errorf("no case of the log could be understood, so no workflow can be made of it: %s", firstProblem(all))
	}
	for _, key := range b.order {
		d := b.desks[key]
		d.own = len(d.roles) == 1 && d.roles[0] == b.requester
		d.routed = len(d.leaves) > maxTransitions
	}
	b.reachEnds()
	return nil
}

func firstProblem(all []cases.Case) string {
	for _, c := range all {
		if c.Problem != "" {
			return c.Problem
		}
	}
	return "it has no case whose events move a request"
}

// reachEnds gives a desk from which no case of the log ever ended a way to close
// the request: a definition in which a request can be caught is not valid.
func (b *builder) reachEnds() {
	ending := map[string]bool{}
	for grew := true; grew; {
		grew = false
		for _, key := range b.order {
			for l := range b.desks[key].leaves {
				if !ending[key] && (b.ends[l.target] != nil || ending[l.target]) {
					ending[key], grew = true, true
				}
			}
		}
	}
	for _, key := range b.order {
		if !ending[key] {
			b.desks[key].leaves[leave{activity: "\x00close", label: "Close", target: b.outcome("closed")}]++
		}
	}
}

// field builds the form field of a value. What can be chosen in a choice field is
// what the log holds.
func field(v mapping.Value, all []cases.Case) form.Field {
	f := form.Field{Name: v.Field, Type: form.FieldType(cmp.Or(v.Type, "text")), Label: v.Label}
	if v.Currency != "" {
		f.Currencies = []string{v.Currency}
	}
	if f.Type != form.Choice {
		return f
	}
	seen := map[string]bool{}
	for i := range all {
		first := starter(&all[i])
		if first == nil {
			continue
		}
		text, ok := first.Attributes.Get(v.From)
		if !ok {
			text, ok = all[i].Attributes.Get(v.From)
		}
		if text = strings.TrimSpace(text); ok && text != "" && !seen[text] {
			seen[text] = true
			f.Options = append(f.Options, form.Option{Value: text})
		}
	}
	return f
}

// readable makes "budget_owner" "Budget owner".
func readable(key string) string {
	s := strings.TrimSpace(strings.ReplaceAll(key, "_", " "))
	if s == "" {
		return "Other"
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// cut shortens a text to so many bytes, never inside a character.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return strings.TrimRight(s[:most], "_ ")
}
