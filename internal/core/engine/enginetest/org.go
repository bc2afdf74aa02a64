// Package enginetest is an organization in memory: it answers what the engine
// needs to know about people, as the database does for real runs, so that
// definitions can be tried without one.
package enginetest

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/engine"
)

// maxLevels bounds the reporting line; no organization has as many levels.
const maxLevels = 50

// Person is somebody of the organization.
type Person struct {
	ID         uuid.UUID
	Name       string
	Email      string
	Manager    uuid.UUID // Nil: none
	Department string    // key
	Roles      []string
	Disabled   bool
	// Operator may operate runs: the last to whom a task is given.
	Operator bool
	// Load is the number of open tasks beside those of the runs of this Org.
	Load int
	// Attributes are further members of `user` in rules.
	Attributes map[string]any
}

// Org is an organization and the runs tried in it. It is not safe for
// concurrent use.
type Org struct {
	People []*Person
	// Heads are the heads of departments, by the department's key.
	Heads map[string]uuid.UUID
	// Info is `org` in rules: name, slug, zone.
	Info map[string]any

	// Away are the absences of people.
	Away []engine.Absence

	runs  []*Run
	turns map[turn]uuid.UUID
	ids   uint64
}

// turn names whose turn it is: of round robin in one step of one workflow.
type turn struct{ workflow, step string }

// Person returns the person with the id, or nil.
func (o *Org) Person(id uuid.UUID) *Person {
	for _, p := range o.People {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// Answer answers one need. workflow is the run's, for round-robin turns.
func (o *Org) Answer(workflow string, n engine.Need) engine.Answer {
	a := engine.Answer{}
	if n.Turn {
		a.Turn = o.turns[turn{workflow, n.Step}]
	}
	if n.Kind == engine.NeedAbsences {
		a.Away = o.Away
		return a
	}
	if n.Kind == engine.NeedResult {
		if id, err := uuid.Parse(n.Ref); err == nil {
			if r := o.run(id); r != nil {
				a.Values = r.State.Values
			}
		}
		return a
	}
	if n.Kind == engine.NeedDepartment {
		_, a.Exists = o.Heads[n.Ref]
		a.Exists = a.Exists || slices.ContainsFunc(o.People, func(p *Person) bool { return p.Department == n.Ref })
		return a
	}
	for _, p := range o.find(n) {
		a.People = append(a.People, o.known(p, n.Load))
	}
	return a
}

// find returns the people a need is about, in the order the engine expects.
func (o *Org) find(n engine.Need) []*Person {
	switch n.Kind {
	case engine.NeedPerson:
		return o.one(n.User)
	case engine.NeedNamed:
		return o.named(n.Ref)
	case engine.NeedManagers:
		return o.managers(n.User)
	case engine.NeedHead:
		return o.head(n)
	}
	fit := slices.Collect(func(yield func(*Person) bool) {
		for _, p := range o.sorted() {
			if !p.Disabled && o.fits(p, n) && !yield(p) {
				return
			}
		}
	})
	if n.Limit > 0 {
		return fit[:min(len(fit), n.Limit)]
	}
	return fit
}

// fits reports whether an active person belongs to those whom a need asks for.
// A rule that fails about somebody does not match him.
func (o *Org) fits(p *Person, n engine.Need) bool {
	switch n.Kind {
	case engine.NeedRole:
		return slices.Contains(p.Roles, n.Ref)
	case engine.NeedHolder:
		return p.ID == n.User && slices.Contains(p.Roles, n.Ref)
	case engine.NeedOperators:
		return p.Operator
	case engine.NeedCandidates, engine.NeedMember:
		in := n.Input
		in.User = o.attributes(p)
		ok, err := n.Rule.Bool(in)
		return ok && err == nil && (n.Kind == engine.NeedCandidates || p.ID == n.User)
	}
	return false
}

func (o *Org) one(id uuid.UUID) []*Person {
	if p := o.Person(id); p != nil {
		return []*Person{p}
	}
	return nil
}

func (o *Org) named(emailOrID string) []*Person {
	if id, err := uuid.Parse(emailOrID); err == nil {
		return o.one(id)
	}
	for _, p := range o.People {
		if p.Email == strings.ToLower(emailOrID) {
			return []*Person{p}
		}
	}
	return nil
}

// managers walks up the reporting line, and ends where a circle would close.
func (o *Org) managers(id uuid.UUID) []*Person {
	var line []*Person
	seen := map[uuid.UUID]bool{id: true}
	for p := o.Person(id); p != nil && len(line) < maxLevels; {
		if p = o.Person(p.Manager); p == nil || seen[p.ID] {
			break
		}
		seen[p.ID] = true
		line = append(line, p)
	}
	return line
}

func (o *Org) head(n engine.Need) []*Person {
	dept := n.Ref
	if dept == "" {
		if p := o.Person(n.User); p != nil {
			dept = p.Department
		}
	}
	return o.one(o.Heads[dept])
}

// sorted lists everybody by name, then id.
func (o *Org) sorted() []*Person {
	return slices.SortedFunc(slices.Values(o.People), func(a, b *Person) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), bytes.Compare(a.ID[:], b.ID[:]))
	})
}

// known is what the engine learns of a person.
func (o *Org) known(p *Person, load bool) engine.Person {
	out := engine.Person{ID: p.ID, Name: p.Name, Active: !p.Disabled, Attributes: o.attributes(p)}
	if load {
		out.Load = p.Load
		for _, r := range o.runs {
			for _, t := range r.State.OpenTasks() {
				if t.Assignee == p.ID {
					out.Load++
				}
			}
		}
	}
	return out
}

// attributes are the members of `user`. What is not known is null.
func (o *Org) attributes(p *Person) map[string]any {
	m := map[string]any{}
	maps.Copy(m, p.Attributes)
	m["id"], m["name"], m["email"], m["status"] = p.ID.String(), p.Name, p.Email, "active"
	if p.Disabled {
		m["status"] = "disabled"
	}
	m["manager"], m["department"] = nil, nil
	if p.Manager != uuid.Nil {
		m["manager"] = p.Manager.String()
	}
	if p.Department != "" {
		m["department"] = p.Department
	}
	roles := make([]any, len(p.Roles))
	for i, r := range p.Roles {
		roles[i] = r
	}
	m["roles"] = roles
	return m
}
