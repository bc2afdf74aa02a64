package engine

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// How one of several candidates is picked.
const (
	PickOnly        = "only"
	PickRoundRobin  = "round_robin"
	PickLeastLoaded = "least_loaded"
	PickRandom      = "random"
	PickClaim       = "claim"
)

// assignment is who gets a task: one person, or a pool who may claim it.
type assignment struct {
	assignee uuid.UUID
	owner    uuid.UUID // for whom the assignee stands in
	pool     *event.Pool
	warning  string
	pick     string
}

// resolve finds who does a task step. It never returns nobody: who cannot be
// found is replaced by the workflow's owner, with a visible warning.
func (d *decider) resolve(n *workflow.Node, w way) (assignment, error) {
	if len(w.prefer) > 0 {
		p, err := d.person(w.prefer[0])
		if err != nil {
			return assignment{}, err
		}
		if d.eligible(p, n) {
			return assignment{assignee: p.ID}, nil
		}
	}
	switch n.Assign.Strategy {
	case workflow.Initiator:
		return d.take([]Person{d.initiator}, n, "the requester")
	case workflow.Manager:
		return d.manager(n, w)
	case workflow.Previous:
		return d.previousAssignee(n)
	case workflow.NamedUser:
		return d.one(Need{Kind: NeedNamed, Ref: n.Assign.User}, n, n.Assign.User)
	case workflow.ByField:
		return d.byField(n)
	case workflow.DeptHead:
		return d.head(n, w)
	case workflow.Chosen:
		return d.choice(n, w)
	case workflow.ByRole, workflow.ByRule, workflow.Claim:
		return d.among(n, w)
	}
	return assignment{}, &incidentError{fmt.Sprintf("Step %q has no way to find its assignee.", n.Label)}
}

// one asks for a single person.
func (d *decider) one(need Need, n *workflow.Node, who string) (assignment, error) {
	a, err := d.ask(need)
	if err != nil {
		return assignment{}, err
	}
	return d.take(a.People, n, who)
}

// take returns the first eligible person, else the owner.
func (d *decider) take(people []Person, n *workflow.Node, who string) (assignment, error) {
	for _, p := range people {
		if d.eligible(p, n) {
			return assignment{assignee: p.ID}, nil
		}
	}
	return d.fallback(n, who+" cannot take it")
}

// manager climbs from the initiator or the last assignee. Whoever left or may
// not decide is passed over, upwards.
func (d *decider) manager(n *workflow.Node, w way) (assignment, error) {
	a, err := d.ask(Need{Kind: NeedManagers, User: d.whose(n, w)})
	if err != nil {
		return assignment{}, err
	}
	levels := max(n.Assign.Levels, 1)
	switch {
	case len(a.People) == 0:
		return d.fallback(n, "there is no manager")
	case len(a.People) < levels:
		return d.fallback(n, fmt.Sprintf("there is no manager %d levels up", levels))
	}
	return d.take(a.People[levels-1:], n, "the manager")
}

func (d *decider) previousAssignee(n *workflow.Node) (assignment, error) {
	id := d.s.Decider(n.Assign.Step)
	if id == uuid.Nil {
		return d.fallback(n, fmt.Sprintf("nobody has decided step %q yet", n.Assign.Step))
	}
	return d.one(PersonNeed(id), n, "who decided before")
}

func (d *decider) byField(n *workflow.Node) (assignment, error) {
	text, _ := d.s.Values[n.Assign.Field].(string)
	id, err := uuid.Parse(text)
	if err != nil {
		return d.fallback(n, fmt.Sprintf("field %q names nobody", n.Assign.Field))
	}
	return d.one(PersonNeed(id), n, "the person named in the form")
}

func (d *decider) head(n *workflow.Node, w way) (assignment, error) {
	need := Need{Kind: NeedHead, Ref: n.Assign.Dept}
	if need.Ref == "" {
		need.User = d.whose(n, w)
	}
	return d.one(need, n, "the head of the department")
}

// whose manager or department is meant: the requester's or the last assignee's.
func (d *decider) whose(n *workflow.Node, w way) uuid.UUID {
	if n.Assign.Of == workflow.OfLast {
		return d.s.LastActor(w.cause)
	}
	return d.s.Run.Initiator
}

// candidates asks who may do the step.
func (d *decider) candidates(n *workflow.Node, cause int, load, turn bool) (Answer, []Person, error) {
	need := Need{Kind: NeedRole, Ref: n.Assign.Role, Load: load, Turn: turn}
	if n.Assign.Candidates != nil {
		in, err := d.inputAfter(n, cause)
		if err != nil {
			return Answer{}, nil, err
		}
		need = Need{Kind: NeedCandidates, Rule: n.Assign.Candidates, Input: in, Load: load, Turn: turn}
	}
	if turn {
		need.Step = n.ID
	}
	a, err := d.ask(need)
	if err != nil {
		return Answer{}, nil, err
	}
	var fit []Person
	for _, p := range a.People {
		if d.eligible(p, n) {
			fit = append(fit, p)
		}
	}
	return a, fit, nil
}

// among picks one of several, or offers the task to all of them.
func (d *decider) among(n *workflow.Node, w way) (assignment, error) {
	how := n.Assign.Pick
	switch {
	case n.Assign.Strategy == workflow.Claim, how == "" && n.Assign.Strategy == workflow.ByRole:
		how = PickClaim
	case how == "":
		how = PickOnly
	}
	a, fit, err := d.candidates(n, w.cause, how == PickLeastLoaded, how == PickRoundRobin)
	if err != nil {
		return assignment{}, err
	}
	if len(fit) == 0 {
		return d.fallback(n, "nobody matches")
	}
	switch how {
	case PickClaim:
		return assignment{pool: poolOf(fit)}, nil
	case PickRoundRobin:
		return assignment{assignee: nextAfter(fit, a.Turn), pick: how}, nil
	case PickLeastLoaded:
		least := slices.MinFunc(fit, func(x, y Person) int { return x.Load - y.Load })
		return assignment{assignee: least.ID, pick: how}, nil
	case PickRandom:
		return assignment{assignee: d.byLot(n, fit), pick: how}, nil
	}
	if len(fit) > 1 {
		return d.fallback(n, fmt.Sprintf("%d people match where exactly one should", len(fit)))
	}
	return assignment{assignee: fit[0].ID}, nil
}

// byLot draws one of several: who has the greatest hash of request, step, visit and
// person. Each is as likely, nobody knows it before the request has its id, which is
// random itself, and whoever checks the draw comes to the same.
func (d *decider) byLot(n *workflow.Node, people []Person) uuid.UUID {
	var drawn uuid.UUID
	var greatest [sha256.Size]byte
	for _, p := range people {
		lot := sha256.Sum256(fmt.Appendf(d.s.Run.ID[:], "%s %d %s", n.ID, len(d.s.Steps), p.ID))
		if bytes.Compare(lot[:], greatest[:]) > 0 {
			drawn, greatest = p.ID, lot
		}
	}
	return drawn
}

// nextAfter returns who comes after the last one, in the order of ids.
func nextAfter(people []Person, last uuid.UUID) uuid.UUID {
	ids := make([]uuid.UUID, 0, len(people))
	for _, p := range people {
		ids = append(ids, p.ID)
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	for _, id := range ids {
		if bytes.Compare(id[:], last[:]) > 0 {
			return id
		}
	}
	return ids[0]
}

// poolNamespace makes pool ids from their members.
var poolNamespace = uuid.MustParse("7b9f3a52-61c1-5f0e-9a63-0d1f5f4b6a11")

func poolOf(people []Person) *event.Pool {
	p := &event.Pool{}
	for _, x := range people {
		p.Members = append(p.Members, x.ID)
	}
	slices.SortFunc(p.Members, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	h := sha256.New()
	for _, id := range p.Members {
		h.Write(id[:])
	}
	sum := h.Sum(nil)
	p.Hash, p.ID = hex.EncodeToString(sum), uuid.NewSHA1(poolNamespace, sum)
	return p
}

// choice takes the person whom the actor chose.
func (d *decider) choice(n *workflow.Node, w way) (assignment, error) {
	id, path, ok := d.chosenFor(n)
	if !ok {
		return d.unchosen(n, w)
	}
	p, found, err := d.candidate(n, w.cause, id)
	if err != nil {
		return assignment{}, err
	}
	if !found {
		return assignment{}, fault.At(path, "This person is not among the candidates for step %q: choose one of those.", n.Label)
	}
	if why := d.unfit(p.ID, n); why != "" {
		return assignment{}, fault.At(path, "%s: choose somebody else for step %q.", why, n.Label)
	}
	return assignment{assignee: p.ID}, nil
}

// unchosen is a choice nobody made: the only candidate is taken; where there
// are several, the actor is asked.
func (d *decider) unchosen(n *workflow.Node, w way) (assignment, error) {
	if n.Assign.Candidates == nil && !d.automatic {
		return assignment{}, fault.At("assignees."+n.ID, "Choose who gets step %q.", n.Label)
	}
	var fit []Person
	if n.Assign.Candidates != nil {
		var err error
		if _, fit, err = d.candidates(n, w.cause, false, false); err != nil {
			return assignment{}, err
		}
	}
	switch {
	case len(fit) == 1:
		return assignment{assignee: fit[0].ID}, nil
	case len(fit) == 0 && n.Assign.Candidates != nil:
		return d.fallback(n, "nobody matches")
	case d.automatic:
		return d.fallback(n, "nobody was there to choose")
	}
	return assignment{}, fault.At("assignees."+n.ID, "Choose who gets step %q.", n.Label)
}

// chosenFor returns whom the actor chose for a step, and the request field that says so.
func (d *decider) chosenFor(n *workflow.Node) (id uuid.UUID, path string, ok bool) {
	if ids := d.chosen.ByStep[n.ID]; len(ids) > 0 {
		return ids[0], "assignees." + n.ID, true
	}
	if d.chosen.Only != uuid.Nil && !d.usedOnly {
		d.usedOnly, d.onlyFor = true, n.ID
		return d.chosen.Only, "assignee_id", true
	}
	return uuid.Nil, "", false
}

// candidate looks one active person up among those who may do a step.
func (d *decider) candidate(n *workflow.Node, cause int, id uuid.UUID) (Person, bool, error) {
	need := PersonNeed(id)
	switch {
	case n.Assign.Candidates != nil:
		in, err := d.inputAfter(n, cause)
		if err != nil {
			return Person{}, false, err
		}
		need = Need{Kind: NeedMember, User: id, Rule: n.Assign.Candidates, Input: in}
	case n.Assign.Strategy == workflow.ByRole:
		need = Need{Kind: NeedHolder, User: id, Ref: n.Assign.Role}
	}
	a, err := d.ask(need)
	if err != nil || len(a.People) == 0 {
		return Person{}, false, err
	}
	return a.People[0], a.People[0].Active, nil
}

// fallback gives the task to the workflow's owner, then to his managers, then
// to whoever may operate runs: never to the requester, never to nobody.
func (d *decider) fallback(n *workflow.Node, why string) (assignment, error) {
	owner, err := d.person(d.f.Owner)
	if err != nil {
		return assignment{}, err
	}
	warning := fmt.Sprintf("For step %q %s; it was given to the workflow's owner.", n.Label, why)
	if d.eligible(owner, n) {
		return assignment{assignee: owner.ID, warning: warning}, nil
	}
	warning = fmt.Sprintf("For step %q %s, and the workflow's owner cannot take it; please see that it gets to the right person.", n.Label, why)
	for _, need := range []Need{{Kind: NeedManagers, User: d.f.Owner}, {Kind: NeedOperators}} {
		a, err := d.ask(need)
		if err != nil {
			return assignment{}, err
		}
		for _, p := range a.People {
			if d.eligible(p, n) {
				return assignment{assignee: p.ID, warning: warning}, nil
			}
		}
	}
	return assignment{}, &incidentError{fmt.Sprintf("For step %q %s, and nobody else may decide it.", n.Label, why)}
}
