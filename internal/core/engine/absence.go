package engine

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// Absence is a time in which somebody is away and others stand in for him.
type Absence struct {
	User        uuid.UUID
	From, Until time.Time // Until is the first moment he is back
	StandIns    []StandIn // the first that fits
}

// StandIn is who decides for an absent person, and what.
type StandIn struct {
	To        uuid.UUID
	Workflows []string // keys; none: every workflow
	Groups    []string // of workflows; none: every group
	// Below bounds the amount: the first money field of the form, else a number field
	// called amount; one that is not entered yet is below no bound, a form without one
	// below every. 0: any.
	Below float64
}

// maxHops is how often who stands in may himself be away.
const maxHops = 5

// PickAbsence tells in an event that somebody stands in because of an absence.
const PickAbsence = "absence"

// standFor gives an assignment to who stands in for its assignee while he is away.
// Nobody stands in who could not hold the task himself, made the request or has
// decided about it. Where stand-ins are away in a circle, the manager of the first
// is asked.
func (d *decider) standFor(a assignment, n *workflow.Node) (assignment, error) {
	if a.assignee == uuid.Nil {
		return a, nil
	}
	away, err := d.ask(Need{Kind: NeedAbsences})
	if err != nil {
		return a, err
	}
	if err := d.meetStandIns(away.Away, a.assignee); err != nil {
		return a, err
	}
	first, who := a.assignee, a.assignee
	his := d.absence(away.Away, first)
	seen := map[uuid.UUID]bool{who: true}
	for range maxHops {
		x := d.absence(away.Away, who)
		if x == nil {
			break
		}
		next, circle, err := d.nextStandIn(*x, n, seen)
		if err != nil {
			return a, err
		}
		if circle {
			next, err = d.managerInstead(first, n, away.Away)
		}
		if err != nil || next == uuid.Nil {
			return a.unattended(*his, d.name(first)), err
		}
		if who = next; circle {
			break
		}
		seen[who] = true
	}
	if d.absence(away.Away, who) != nil { // the chain is too long
		return a, nil
	}
	if who != first {
		a.assignee, a.owner, a.pick = who, first, PickAbsence
	}
	return a, nil
}

// meetStandIns learns about everybody who may come to stand in for somebody, all of
// them at once.
func (d *decider) meetStandIns(away []Absence, who uuid.UUID) error {
	var lacking error
	line := []uuid.UUID{who}
	for i := 0; i < len(line); i++ {
		x := d.absence(away, line[i])
		if x == nil {
			continue
		}
		if _, err := d.person(line[i]); err != nil {
			lacking = err
		}
		for _, s := range x.StandIns {
			if slices.Contains(line, s.To) {
				continue
			}
			line = append(line, s.To)
			if _, err := d.person(s.To); err != nil {
				lacking = err
			}
		}
	}
	return lacking
}

// unattended notes on a task that its holder is away and nobody stands in.
func (a assignment) unattended(x Absence, name string) assignment {
	if a.warning == "" {
		a.warning = fmt.Sprintf("%s is away until %s, and nobody could stand in.", name, x.Until.UTC().Format(time.DateOnly))
	}
	return a
}

// name is how a person is called whom a need has told of already.
func (d *decider) name(id uuid.UUID) string {
	return first(d.f.Answers[PersonNeed(id).Key()], id).Name
}

// absence returns somebody's absence at this moment, or nil.
func (d *decider) absence(all []Absence, id uuid.UUID) *Absence {
	for i, x := range all {
		if x.User == id && !d.f.Now.Before(x.From) && d.f.Now.Before(x.Until) {
			return &all[i]
		}
	}
	return nil
}

// nextStandIn is the first stand-in of an absence who fits. circle tells that he
// is somebody who is away himself and was passed on the way.
func (d *decider) nextStandIn(x Absence, n *workflow.Node, seen map[uuid.UUID]bool) (id uuid.UUID, circle bool, err error) {
	for _, s := range x.StandIns {
		if !d.covers(s) {
			continue
		}
		if seen[s.To] {
			circle = true
			continue
		}
		p, err := d.person(s.To)
		if err != nil {
			return uuid.Nil, false, err
		}
		if d.mayStandIn(p, n) {
			return p.ID, false, nil
		}
	}
	return uuid.Nil, circle, nil
}

// managerInstead is the nearest manager of somebody who is there and may do it.
func (d *decider) managerInstead(of uuid.UUID, n *workflow.Node, away []Absence) (uuid.UUID, error) {
	a, err := d.ask(Need{Kind: NeedManagers, User: of})
	for _, p := range a.People {
		if d.mayStandIn(p, n) && d.absence(away, p.ID) == nil {
			return p.ID, err
		}
	}
	return uuid.Nil, err
}

// mayStandIn keeps a delegation from ending with the requester, with somebody
// barred, or with who has decided about this request already.
func (d *decider) mayStandIn(p Person, n *workflow.Node) bool {
	acted := func(t Task) bool {
		return t.Assignee == p.ID && t.Status == TaskCompleted && !t.Kind.Opinion() && !t.Void()
	}
	return d.eligible(p, n) && p.ID != d.s.Run.Initiator && !slices.ContainsFunc(d.s.Tasks, acted)
}

// covers reports whether a stand-in is for a request like this.
func (d *decider) covers(s StandIn) bool {
	doc := d.v.Document
	if len(s.Workflows) > 0 && !slices.Contains(s.Workflows, doc.Key) || len(s.Groups) > 0 && !slices.Contains(s.Groups, doc.Group) {
		return false
	}
	if s.Below == 0 {
		return true
	}
	amount, ok := d.v.Form.Amount(d.s.Values)
	return !ok || amount < s.Below
}

// followAbsence lets a task go to who stands in for its holder, or back to him.
// Help that was asked of somebody waits for him.
func (d *decider) followAbsence(t Task, n *workflow.Node) (passed bool, err error) {
	holder := t.Assignee
	if t.ForAbsent {
		holder = t.OnBehalfOf
	} else if t.OnBehalfOf != uuid.Nil || t.Kind != DecideTask {
		return false, nil
	}
	p, err := d.person(holder)
	if err != nil || !p.Active {
		return false, err
	}
	defer d.beside(t)()
	a, err := d.standFor(assignment{assignee: holder}, n)
	if err != nil || a.assignee == t.Assignee || d.taken[a.assignee] {
		return false, err
	}
	d.note(event.Event{
		Type: event.TaskDelegated, Task: ref(t.ID), StepSeq: t.StepSeq, Step: t.Step, Assignee: ref(a.assignee), Former: ref(t.Assignee),
		Owner: ref(a.owner), Pick: a.pick,
	})
	return true, nil
}
