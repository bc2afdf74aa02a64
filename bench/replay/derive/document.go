package derive

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/handstamp/handstamp/bench/replay/cases"
	"github.com/handstamp/handstamp/bench/replay/mapping"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// Fields of a derived form beside those of the mapping.
const (
	firstField     = "first_desk" // where a new request goes
	nextField      = "next_desk"  // where it goes from a desk with too many ways to draw
	requesterField = "on_behalf_of"
)

// document writes the definition.
func (b *builder) document(all []cases.Case) workflow.Document {
	d := workflow.Document{
		Key: cmp.Or(b.model.Key, "REPLAY"), Name: cmp.Or(b.model.Name, b.m.Name, "Replay"), Group: cmp.Or(b.model.Group, "Replay"),
		Description: "Made from an event log: a desk for each role, a transition for each activity and what directly followed it.",
	}
	for _, v := range b.m.Case.Values {
		d.Form.Fields = append(d.Form.Fields, field(v, all))
	}
	d.Steps = append(d.Steps, b.start(&d.Form)...)
	for _, key := range b.order {
		d.Steps = append(d.Steps, b.task(b.desks[key], &d.Form))
		d.Steps = append(d.Steps, b.passages(b.desks[key])...)
	}
	for _, key := range b.outcomes {
		e := b.ends[key]
		d.Steps = append(d.Steps, workflow.Step{ID: e.id, Type: workflow.End, Name: e.name, Outcome: e.outcome})
	}
	if b.model.OwnDecisions != "" {
		d.Duties = &workflow.Duties{InitiatorDecides: true}
	}
	if len(d.Form.Fields) == 0 { // a form has at least one field
		d.Form.Fields = []form.Field{{Name: "note", Type: form.Text, Label: "Note"}}
	}
	return d
}

// start draws the start step. Where cases go to different desks first, the
// requester says so in a field, because a start is left by rules.
func (b *builder) start(f *form.Form) []workflow.Step {
	s := workflow.Step{ID: "start", Type: workflow.Start, Name: b.named("Start")}
	targets := slices.SortedFunc(maps.Keys(b.firsts), func(x, y string) int {
		return cmp.Or(b.firsts[y]-b.firsts[x], cmp.Compare(b.step(x), b.step(y)))
	})
	if b.foreign {
		f.Fields = append(f.Fields, form.Field{Name: requesterField, Type: form.User, Label: "Requester", Required: true})
	}
	if len(targets) > 1 {
		f.Fields = append(f.Fields, b.choice(firstField, "Goes first to", targets))
	}
	ids := make([]string, len(targets))
	for i, t := range targets {
		ids[i] = b.step(t)
	}
	return b.branch(s, firstField, ids)
}

// branch gives a step an arrow to each target, chosen by a field. What does not fit
// into one step goes on in conditions behind it.
func (b *builder) branch(s workflow.Step, field string, targets []string) []workflow.Step {
	out := []workflow.Step{s}
	for i, to := range targets {
		last := &out[len(out)-1]
		a := workflow.Transition{ID: fmt.Sprintf("to_%d", i+1), To: to}
		switch {
		case i == len(targets)-1:
		case len(last.Transitions) == maxTransitions-1:
			more := workflow.Step{ID: b.unique(s.ID+"_more", s.ID), Type: workflow.Condition, Name: b.named("More behind " + s.ID)}
			last.Transitions = append(last.Transitions, workflow.Transition{ID: "more", To: more.ID})
			out = append(out, more)
			last = &out[len(out)-1]
			fallthrough
		default:
			a.When = rule.CEL(fmt.Sprintf("form.%s == %q", field, to))
		}
		last.Transitions = append(last.Transitions, a)
	}
	return out
}

// choice is a field for the step that comes next.
func (b *builder) choice(name, label string, targets []string) form.Field {
	f := form.Field{Name: name, Type: form.Choice, Label: label, Required: true}
	for _, t := range targets {
		f.Options = append(f.Options, form.Option{Value: b.step(t), Label: b.title(t)})
	}
	return f
}

// step is the id of a desk or an end.
func (b *builder) step(key string) string {
	if e := b.ends[key]; e != nil {
		return e.id
	}
	return b.desks[key].id
}

// title is the name of a desk or an end.
func (b *builder) title(key string) string {
	if e := b.ends[key]; e != nil {
		return e.name
	}
	return b.desks[key].name
}

// task draws a desk.
func (b *builder) task(d *desk, f *form.Form) workflow.Step {
	s := workflow.Step{
		ID: d.id, Type: workflow.TaskStep, Name: d.name, Assignee: b.assignee(d),
		// Every way the log takes is drawn; the built-in ones would only stand beside them.
		Reject: &workflow.Builtin{Off: true}, SendBack: &workflow.Builtin{Off: true},
		// A log tells who decided and where it went, not what he was shown: its form only holds the ways.
		Unbound: []string{workflow.AnyField},
	}
	if d.routed {
		b.route(d, &s, f)
		return s
	}
	names := map[string]bool{}
	for i, l := range d.sorted(b) {
		d.ways[l] = fmt.Sprintf("t%d", i+1)
		s.Transitions = append(s.Transitions, workflow.Transition{
			ID: d.ways[l], To: b.target(d, l), Kind: kindOf(b.m, l.activity),
			Name: another(names, l.label, " → "+b.title(l.target)), Comment: "optional",
		})
	}
	return s
}

// sorted lists the ways out of a desk, the most frequent first.
func (d *desk) sorted(b *builder) []leave {
	return slices.SortedFunc(maps.Keys(d.leaves), func(x, y leave) int {
		return cmp.Or(d.leaves[y]-d.leaves[x], cmp.Compare(x.activity, y.activity), cmp.Compare(x.label, y.label), cmp.Compare(b.step(x.target), b.step(y.target)))
	})
}

// target is the step a way leads to: the desk's passage when it leads back to the
// desk itself, because a transition cannot.
func (b *builder) target(d *desk, l leave) string {
	if l.target == b.keyOf(d) {
		return d.passage
	}
	return b.step(l.target)
}

// another makes a name of two parts that no other transition of the step has.
func another(names map[string]bool, text, tail string) string {
	tail = cut(tail, maxName/2)
	name := cut(text, maxName-len(tail)-6) + tail
	for n, base := 2, name; names[strings.ToLower(name)]; n++ {
		name = base + " (" + strconv.Itoa(n) + ")"
	}
	names[strings.ToLower(name)] = true
	return name
}

// route draws a desk with more ways than a step can have: a transition for each
// activity, and a field that says where the request goes.
func (b *builder) route(d *desk, s *workflow.Step, f *form.Form) {
	names, done := map[string]bool{}, map[string]string{}
	for _, l := range d.sorted(b) {
		if done[l.activity] == "" {
			done[l.activity] = fmt.Sprintf("t%d", len(done)+1)
			s.Transitions = append(s.Transitions, workflow.Transition{
				ID: done[l.activity], To: d.passage, Kind: kindOf(b.m, l.activity), Name: another(names, l.label, ""), Comment: "optional",
			})
		}
		d.ways[l] = done[l.activity]
	}
	if !slices.ContainsFunc(f.Fields, func(x form.Field) bool { return x.Name == nextField }) {
		next := b.choice(nextField, "Goes next to", append(slices.Clone(b.order), b.outcomes...))
		next.Required = false
		f.Fields = append(f.Fields, next)
	}
	s.Fields = map[string]form.Mode{nextField: form.Required}
}

// passages are the conditions behind a desk: the one that leads a request back to
// the desk it comes from, or the one that reads where it goes.
func (b *builder) passages(d *desk) []workflow.Step {
	s := workflow.Step{ID: d.passage, Type: workflow.Condition, Name: "Behind " + d.name}
	switch {
	case d.routed:
		var targets []string
		for _, l := range d.sorted(b) {
			if t := b.step(l.target); !slices.Contains(targets, t) {
				targets = append(targets, t)
			}
		}
		return b.branch(s, nextField, targets)
	case d.again:
		s.Transitions = []workflow.Transition{{ID: "again", To: d.id}}
	default:
		return nil
	}
	return []workflow.Step{s}
}

// assignee is how a desk finds its people.
func (b *builder) assignee(d *desk) *workflow.Assignee {
	if d.own && b.foreign {
		return &workflow.Assignee{Strategy: workflow.ByField, Field: requesterField}
	}
	if d.own {
		return &workflow.Assignee{Strategy: workflow.Initiator}
	}
	var any []string
	how := "chosen"
	if d.claimed {
		how = "claim"
	}
	for _, r := range d.roles {
		any = append(any, fmt.Sprintf("%q in user.roles", r))
		how = cmp.Or(b.model.Assign[r], b.model.Assign["*"], how)
	}
	a := &workflow.Assignee{Candidates: rule.CEL(strings.Join(any, " || "))}
	switch how {
	case "chosen":
		a.Strategy = workflow.Chosen
	case "claim":
		a.Strategy = workflow.Claim
	default:
		a.Strategy, a.Pick = workflow.ByRule, how
	}
	return a
}

// Words by which the kind of an activity is told where the mapping does not say.
var (
	refusals  = []string{"reject", "declin", "den", "refus", "cancel", "withdraw", "return"}
	approvals = []string{"approv", "accept", "grant", "authori", "sign", "confirm"}
)

// kindOf is the kind of a transition. It decides how the button looks, nothing else.
func kindOf(m *mapping.Mapping, activity string) workflow.Kind {
	if a := m.Activity(activity); a != nil && a.Kind != "" {
		return a.Kind
	}
	for _, word := range strings.Fields(strings.ToLower(strings.ReplaceAll(activity, "_", " "))) {
		switch {
		case slices.ContainsFunc(refusals, func(p string) bool { return strings.HasPrefix(word, p) }):
			return workflow.Reject
		case slices.ContainsFunc(approvals, func(p string) bool { return strings.HasPrefix(word, p) }):
			return workflow.Approve
		}
	}
	return workflow.Forward
}

// tell writes into every event where and how it is done.
func (b *builder) tell(all []cases.Case) {
	if len(b.firsts) > 1 {
		b.m.Case.Values = append(b.m.Case.Values, mapping.Value{Field: firstField, Next: true})
	}
	if b.foreign {
		b.m.Case.Values = append(b.m.Case.Values, mapping.Value{Field: requesterField, Someone: b.requester})
	}
	for i := range all {
		c := &all[i]
		first := starter(c)
		for k := range c.Events {
			b.tellEvent(&c.Events[k], first)
		}
	}
}

func (b *builder) tellEvent(e, first *cases.Event) {
	switch {
	case e == first && e.Act != mapping.Draft:
		e.Act = mapping.Start
		return
	case !e.Moves() && e.Act != mapping.Claim:
		return
	}
	d := b.desks[b.deskKey(e)]
	if d == nil { // only a case with a problem goes there
		return
	}
	if e.Act == mapping.Start {
		e.Act = mapping.Complete
	}
	e.Steps, e.Kind = []string{d.id}, ""
	e.Transitions = nil
	for l, id := range d.ways {
		if l.activity == e.Activity && l.label == labelOf(e) && !slices.Contains(e.Transitions, id) {
			e.Transitions = append(e.Transitions, id)
		}
	}
	slices.Sort(e.Transitions)
	if d.routed {
		e.Values = []mapping.Value{{Field: nextField, Next: true}}
	}
}
