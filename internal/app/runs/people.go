package runs

import (
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/facts"
)

// unknownPeople are those the page names and nobody has looked up yet.
func (l *loaded) unknownPeople(v seen) []engine.Need {
	ids := map[uuid.UUID]bool{l.state.Run.Initiator: true}
	for _, t := range l.state.Tasks {
		ids[t.Assignee], ids[t.AddedBy], ids[t.OnBehalfOf], ids[t.VoidBy] = true, true, true, true
	}
	for _, x := range l.state.Stakeholders {
		ids[x.Person], ids[x.AddedBy] = true, true
	}
	for _, p := range v.watchers {
		ids[p] = true
	}
	for _, p := range append(l.named(v.values), l.named(v.marks.from())...) {
		ids[p] = true
	}
	for _, p := range v.marks.by {
		ids[p] = true
	}
	delete(ids, uuid.Nil)
	var needs []engine.Need
	for id := range ids {
		if n := engine.PersonNeed(id); !l.facts.Knows(n) {
			needs = append(needs, n)
		}
	}
	return needs
}

// named lists the people whom values name.
func (l *loaded) named(values map[string]any) []uuid.UUID {
	var ids []uuid.UUID
	for _, p := range l.version.Form.People(values) {
		if id, err := uuid.Parse(p.ID); err == nil && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// peopleIn shows the people whom the visible values name, each once.
func (l *loaded) peopleIn(values ...map[string]any) []facts.Person {
	out := []facts.Person{}
	known := map[uuid.UUID]bool{}
	for _, v := range values {
		for _, id := range l.named(v) {
			if !known[id] {
				out = append(out, l.personView(id))
			}
			known[id] = true
		}
	}
	return out
}

// personRef is a person as pages name him, nil for nobody.
func (l *loaded) personRef(id uuid.UUID) *facts.Person {
	if id == uuid.Nil {
		return nil
	}
	p := l.personView(id)
	return &p
}

// personView is a person as pages name him.
func (l *loaded) personView(id uuid.UUID) facts.Person { return facts.PersonOf(l.person(id)) }
