package engine

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// start sends a request: values are checked against the start step, and the
// path is followed to the first people.
func (d *decider) start(c Start) error {
	n := d.v.Start()
	if err := d.choose(c.Assignees); err != nil {
		return err
	}
	if c.Parent != nil && !d.initiator.Active {
		return fault.New(fault.Conflict, "Whose request it would be is not active any more.") // not who: a field may name him that not everybody sees
	}
	d.automatic = c.Parent != nil
	d.s.Run.Status = Running // a rule of the start step sees the run under way
	in := d.input(n.ID, 0)
	before := d.v.Form.Defaults(in)
	after, err := d.fill(n, before, c.Values, 0, nil)
	if err != nil {
		return err
	}
	e := event.Event{Type: event.RunStarted, Round: 1}
	if p := c.Parent; p != nil {
		e.Owner, e.Parent, e.Depth, e.Above = ref(c.Initiator), ref(p.Run), p.Depth, p.Above
	}
	if text := strings.TrimSpace(c.Comment); text != "" {
		e.Comment, e.Text = ref(d.f.NewID()), text
	}
	values := d.s.Values
	d.s.Values = after
	e.Title = d.title()
	d.s.Values = values
	d.emit(e)
	d.change(after, true)
	return d.submit(n, d.enter(n, way{}).seq)
}

// submit leaves the start step, now or after a correction.
func (d *decider) submit(n *workflow.Node, seq int) error {
	a, err := Pick(n, d.input(n.ID, 0))
	if err != nil {
		return err
	}
	d.leave(seq, n.ID, a.ID)
	if err := d.goOn(seq, a.Target); err != nil {
		return err
	}
	return d.allChosen()
}

// fill checks the values a person entered in a step and returns the form after them.
func (d *decider) fill(n *workflow.Node, before, changes form.Values, cause int, correct []string) (form.Values, error) {
	in, modes := d.modes(n, before, cause, correct)
	changes, err := d.keepTaken(changes, modes)
	if err != nil {
		return nil, err
	}
	after, err := d.v.Form.Apply(modes, before, changes, in)
	if err != nil {
		return nil, err
	}
	return after, d.peopleFit(before, after, in)
}

// modes says what the actor may do with each field of a step. A visibility rule
// that fails hides its field and stops nobody: who asks could not mend it.
// correct lists the only fields that were sent back to be changed, if any.
func (d *decider) modes(n *workflow.Node, before form.Values, cause int, correct []string) (rule.Input, map[string]form.Mode) {
	in := d.input(n.ID, cause)
	in.Form = before
	modes, _ := d.v.Form.Modes(n.Fields, n.Type == workflow.Start, in)
	OnlyCorrect(modes, correct)
	return in, modes
}

// OnlyCorrect locks every field but those that were sent back to be corrected.
// With none of them named, everything stays as it is.
func OnlyCorrect(modes map[string]form.Mode, correct []string) {
	for name, m := range modes {
		if len(correct) > 0 && (m == form.Edit || m == form.Required) && !slices.Contains(correct, name) {
			modes[name] = form.Read
		}
	}
}

// peopleFit refuses user fields that name nobody active in the organization, or
// somebody whom the field's own rule does not offer. Who stood there before may
// have left since.
func (d *decider) peopleFit(before, after form.Values, in rule.Input) error {
	in.Form = after
	known := map[form.PersonRef]bool{}
	for _, p := range d.v.Form.People(before) {
		known[p] = true
	}
	bad := fault.New(fault.Invalid, "Some values are not right: nothing was saved.")
	missing := false
	for _, p := range d.v.Form.People(after) {
		if known[p] {
			continue
		}
		id, err := uuid.Parse(p.ID)
		if err != nil {
			bad = bad.With(p.Path, "Choose a person.")
			continue
		}
		need, advice := PersonNeed(id), "Choose an active person of your organization."
		if r := d.v.Form.PeopleRule(fieldPath(p.Path)); r != nil {
			need, advice = Need{Kind: NeedMember, User: id, Rule: r, Input: in}, "This person cannot be named here: choose one of those the field offers."
		}
		a, err := d.ask(need)
		missing = missing || err != nil
		if err == nil && (len(a.People) == 0 || !a.People[0].Active) {
			bad = bad.With(p.Path, "%s", advice)
		}
	}
	named := map[form.DeptRef]bool{}
	for _, p := range d.v.Form.Departments(before) {
		named[p] = true
	}
	for _, p := range d.v.Form.Departments(after) {
		if named[p] {
			continue
		}
		a, err := d.ask(Need{Kind: NeedDepartment, Ref: p.Key})
		missing = missing || err != nil
		if err == nil && !a.Exists {
			bad = bad.With(p.Path, "Choose a department of your organization.")
		}
	}
	if missing {
		return errNeeds
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// fieldPath takes "values.items.2.owner" to the field or column "items.owner".
func fieldPath(path string) string {
	parts := strings.Split(strings.TrimPrefix(path, "values."), ".")
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool {
		_, err := strconv.Atoi(s)
		return err == nil
	}), ".")
}

// title names the run in lists.
func (d *decider) title() string { return d.v.RunTitle(d.input(d.v.Start().ID, 0)) }

// choose takes over whom the actor chose. A choice that can never mean anything
// is refused; one for a step that this way does not reach is not needed.
func (d *decider) choose(c Choices) error {
	d.chosen = c
	for _, step := range slices.Sorted(maps.Keys(c.ByStep)) {
		n := d.v.Node(step)
		switch {
		case n == nil:
			return fault.At("assignees."+step, "There is no step %q in this workflow.", step)
		case n.Type != workflow.TaskStep || n.Assign.Strategy != workflow.Chosen:
			return fault.At("assignees."+step, "The assignee of step %q is not chosen by hand: leave this empty.", n.Label)
		case len(c.ByStep[step]) > 1 && n.Ballot == nil:
			return fault.At("assignees."+step, "One person does step %q: choose one.", n.Label)
		}
	}
	return nil
}

// allChosen refuses a choice of assignee that no step asked for: the caller
// meant something that did not happen.
func (d *decider) allChosen() error {
	if len(d.needs) > 0 || d.chosen.Only == uuid.Nil || d.usedOnly {
		return nil
	}
	return fault.At("assignee_id", "No step on this way lets you choose its assignee: leave this empty.")
}
