package engine

import (
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// start sends a request: values are checked against the start step, and the
// path is followed to the first people.
func (d *decider) start(c Start) error {
	n := d.v.Start()
	d.chosen = c.Assignees
	d.s.Run.Status = Running // a rule of the start step sees the run under way
	in := d.input(n.ID, 0)
	before := d.v.Form.Defaults(in)
	after, err := d.fill(n, before, c.Values, 0)
	if err != nil {
		return err
	}
	e := event.Event{Type: event.RunStarted, Round: 1}
	if text := strings.TrimSpace(c.Comment); text != "" {
		e.Comment, e.Text = ref(d.f.NewID()), text
	}
	values := d.s.Values
	d.s.Values = after
	e.Title = d.title()
	d.s.Values = values
	d.emit(e)
	d.change(after, true)
	seq := d.enter(n, way{})
	return d.submit(n, seq)
}

// submit leaves the start step, now or after a correction.
func (d *decider) submit(n *workflow.Node, seq int) error {
	a, err := d.pick(n, d.input(n.ID, seq))
	if err != nil {
		return err
	}
	d.leave(seq, n.ID, a.ID)
	if err := d.follow(a.Target, way{cause: seq}); err != nil {
		return err
	}
	return d.allChosen()
}

// fill checks the values a person entered in a step and returns the form after them.
func (d *decider) fill(n *workflow.Node, before, changes form.Values, cause int) (form.Values, error) {
	in := d.input(n.ID, cause)
	in.Form = before
	modes, err := d.v.Form.Modes(n.Fields, n.Type == workflow.Start, in)
	if err != nil {
		return nil, fault.New(fault.Invalid, "A rule of this form cannot be evaluated: %v.", err)
	}
	after, err := d.v.Form.Apply(modes, before, changes, in)
	if err != nil {
		return nil, err
	}
	return after, d.peopleExist(before, after)
}

// peopleExist refuses user fields that name nobody active in the organization.
// Who stood there before may have left since.
func (d *decider) peopleExist(before, after form.Values) error {
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
		a, err := d.ask(PersonNeed(id))
		missing = missing || err != nil
		if err == nil && (len(a.People) == 0 || !a.People[0].Active) {
			bad = bad.With(p.Path, "Choose an active person of your organization.")
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

// title names the run in lists.
func (d *decider) title() string { return d.v.RunTitle(d.input(d.v.Start().ID, 0)) }

// allChosen refuses a choice of assignee that no step asked for: the caller
// meant something that did not happen.
func (d *decider) allChosen() error {
	if len(d.needs) > 0 || d.chosen.Only == uuid.Nil || d.usedOnly {
		return nil
	}
	return fault.At("assignee_id", "No step on this way lets you choose its assignee: leave this empty.")
}
