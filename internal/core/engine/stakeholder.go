package engine

import (
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// maxStakeholders bounds how many people are let see one run by hand.
const maxStakeholders = 100

// Stakeholder is somebody whom another one let see the run.
type Stakeholder struct {
	Person  uuid.UUID
	AddedBy uuid.UUID
}

// Stakeholder returns what is known of a stakeholder, or nil.
func (s *State) Stakeholder(person uuid.UUID) *Stakeholder {
	for i := range s.Stakeholders {
		if s.Stakeholders[i].Person == person {
			return &s.Stakeholders[i]
		}
	}
	return nil
}

// TakesPart reports whether somebody made the request, holds a task of it or decided
// one, or was let see it.
func (s *State) TakesPart(person uuid.UUID) bool {
	return person == s.Run.Initiator || s.Stakeholder(person) != nil ||
		slices.ContainsFunc(s.Tasks, func(t Task) bool { return t.Assignee == person || t.OnBehalfOf == person })
}

// addStakeholder lets somebody see the run, whether it is under way or has ended.
func (d *decider) addStakeholder(c AddStakeholder) error {
	p, err := d.person(c.Person)
	if err != nil {
		return err
	}
	if !p.Active {
		return fault.At("user_id", "This is no active person of your organization: choose one.")
	}
	if d.s.TakesPart(c.Person) {
		return fault.At("user_id", "%s takes part in this request already.", p.Name)
	}
	if len(d.s.Stakeholders) >= maxStakeholders {
		return fault.New(fault.Conflict, "%d people were added to this request: no more can be.", maxStakeholders)
	}
	e := event.Event{Type: event.StakeholderAdded, Person: ref(c.Person)}
	d.reason(&e, c.Comment)
	d.emit(e)
	return nil
}

// removeStakeholder takes back that somebody was let see the run: whoever let him, or
// an administrator. What else he is in the run he stays.
func (d *decider) removeStakeholder(c RemoveStakeholder) error {
	x := d.s.Stakeholder(c.Person)
	if x == nil {
		return fault.New(fault.Conflict, "This person was not added to the request, or is not on it any more.")
	}
	if x.AddedBy != d.f.Actor && !c.Any {
		p, err := d.person(x.AddedBy)
		if err != nil {
			return err
		}
		return fault.New(fault.Forbidden, "%s added this person: only %[1]s or a run administrator can take that back.", p.Name)
	}
	d.emit(event.Event{Type: event.StakeholderRemoved, Person: ref(c.Person)})
	return nil
}

func (s *State) applyStakeholder(e event.Event) {
	person := deref(e.Person)
	at, found := slices.BinarySearchFunc(s.Stakeholders, person, func(x Stakeholder, id uuid.UUID) int {
		return slices.Compare(x.Person[:], id[:])
	})
	switch {
	case e.Type == event.StakeholderAdded && !found:
		s.Stakeholders = slices.Insert(s.Stakeholders, at, Stakeholder{Person: person, AddedBy: deref(e.Actor)})
	case e.Type == event.StakeholderRemoved && found:
		s.Stakeholders = slices.Delete(s.Stakeholders, at, at+1)
		if len(s.Stakeholders) == 0 {
			s.Stakeholders = nil // as it was before anybody was added
		}
	}
}
