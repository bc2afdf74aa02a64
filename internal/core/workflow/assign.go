package workflow

import (
	"cmp"
	"maps"
	"slices"

	"github.com/handstamp/handstamp/internal/core/form"
)

// strategy says which members of an assignee a strategy needs and which it may have.
type strategy struct{ need, may []string }

var strategies = map[Strategy]strategy{
	Chosen:    {may: []string{"candidates"}},
	ByRule:    {need: []string{"candidates"}, may: []string{"pick"}},
	Initiator: {},
	Manager:   {may: []string{"of", "levels"}},
	Previous:  {need: []string{"step"}},
	Claim:     {need: []string{"candidates"}},
	NamedUser: {may: []string{"user", "users"}},
	ByRole:    {need: []string{"role"}, may: []string{"pick"}},
	ByField:   {need: []string{"field"}},
	DeptHead:  {may: []string{"of", "department"}},
}

// What Of and Pick of an assignee may say.
const (
	OfInitiator = "initiator"
	OfLast      = "last"

	PickOnly        = "only"
	PickRoundRobin  = "round_robin"
	PickLeastLoaded = "least_loaded"
	PickRandom      = "random"
	PickClaim       = "claim"
)

// members lists what an assignee sets.
func (a Assignee) members() []string {
	var out []string
	for _, x := range []struct {
		name string
		set  bool
	}{
		{"candidates", !a.Candidates.IsZero()},
		{"pick", a.Pick != ""},
		{"of", a.Of != ""},
		{"levels", a.Levels != 0},
		{"step", a.Step != ""},
		{"user", a.User != ""},
		{"users", len(a.Users) > 0},
		{"role", a.Role != ""},
		{"field", a.Field != ""},
		{"department", a.Dept != ""},
	} {
		if x.set {
			out = append(out, x.name)
		}
	}
	return out
}

// assign checks how a task step, or a group of its vote, finds its people.
func (b *builder) assign(at string, n *Node, given *Assignee) Assign {
	if given == nil {
		b.add(at, "A task step needs an assignee: say who gets the task.")
		return Assign{}
	}
	a := *given
	s, known := strategies[a.Strategy]
	if !known {
		b.add(at+".strategy", "There is no strategy %q. Use chosen, rule, initiator, manager, previous, claim, user, role, field or department.", a.Strategy)
		return Assign{}
	}
	set := a.members()
	for _, m := range s.need {
		if !slices.Contains(set, m) {
			b.add(at+"."+m, "The strategy %s needs %s.", a.Strategy, m)
		}
	}
	for _, m := range set {
		if !slices.Contains(s.need, m) && !slices.Contains(s.may, m) {
			b.add(at+"."+m, "The strategy %s has no use for %s. Remove it.", a.Strategy, m)
		}
	}
	b.references(at, n, a)
	return Assign{Assignee: withDefaults(a), Candidates: b.rule(at+".candidates", a.Candidates, people)}
}

// withDefaults fills in what the document leaves open.
func withDefaults(a Assignee) Assignee {
	switch a.Strategy {
	case Manager:
		a.Levels, a.Of = cmp.Or(a.Levels, 1), cmp.Or(a.Of, OfInitiator)
	case DeptHead:
		if a.Dept == "" {
			a.Of = cmp.Or(a.Of, OfInitiator)
		}
	case ByRule:
		a.Pick = cmp.Or(a.Pick, PickOnly)
	case ByRole:
		a.Pick = cmp.Or(a.Pick, PickClaim)
	}
	return a
}

// references checks that what an assignee names exists.
func (b *builder) references(at string, n *Node, a Assignee) {
	if a.Pick != "" && !slices.Contains([]string{PickOnly, PickRoundRobin, PickLeastLoaded, PickRandom, PickClaim}, a.Pick) {
		b.add(at+".pick", "%q is no way to pick. Use only, round_robin, least_loaded, random or claim.", a.Pick)
	}
	if a.Of != "" && a.Of != OfInitiator && a.Of != OfLast {
		b.add(at+".of", "%q is neither initiator nor last.", a.Of)
	}
	if a.Levels < 0 || a.Levels > maxLevels {
		b.add(at+".levels", "Use 1 to %d levels.", maxLevels)
	}
	if a.Of != "" && a.Dept != "" {
		b.add(at+".of", "Name either a department or whose department it is, not both.")
	}
	if t := b.v.byID[a.Step]; a.Step != "" && (t == nil || t.Type != TaskStep || t == n) {
		b.add(at+".step", "%q is not the id of another task step.", a.Step)
	}
	if f, ok := b.fields[a.Field]; a.Field != "" && (!ok || f.Type != form.User) {
		b.add(at+".field", "%q is not a field of type user.", a.Field)
	}
	if a.Role != "" && b.org.Roles != nil && !slices.Contains(b.org.Roles, a.Role) {
		b.add(at+".role", "There is no role %q in this organization.", a.Role)
	}
	if a.Dept != "" && b.org.Departments != nil && !slices.Contains(b.org.Departments, a.Dept) {
		b.add(at+".department", "There is no department %q in this organization.", a.Dept)
	}
	b.person(at+".user", a.User)
	for i, u := range a.Users {
		b.person(join(at+".users", i), u)
	}
	switch {
	case a.Strategy != NamedUser:
	case a.User == "" && len(a.Users) == 0:
		b.add(at+".user", "The strategy user needs user.")
	case a.User != "" && len(a.Users) > 0:
		b.add(at+".users", "Name either one user or several, not both.")
	case len(a.Users) > 0 && n.Step.Vote == nil:
		b.add(at+".users", "One person does this step. Name him as user, or add a vote.")
	}
}

// person checks that a named person exists.
func (b *builder) person(at, emailOrID string) {
	if emailOrID != "" && b.org.Users != nil && !b.org.Users(emailOrID) {
		b.add(at, "There is no active person %q in this organization.", emailOrID)
	}
}

// duties checks the separation of duties.
func (b *builder) duties() {
	if b.doc.Duties == nil {
		return
	}
	for i, pair := range b.doc.Duties.Apart {
		at := join("duties.apart", i)
		if pair[0] == pair[1] {
			b.add(at, "A pair names two different steps.")
		}
		for k, id := range pair {
			if n := b.v.byID[id]; n == nil || n.Type != TaskStep {
				b.add(join(at, k), "%q is not the id of a task step.", id)
			}
		}
	}
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
