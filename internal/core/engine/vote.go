package engine

import (
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// MaxVoices is how many people one step may ask at once.
const MaxVoices = 200

// Tally is how the decision of a visit stands.
type Tally struct {
	Groups []GroupTally // of the vote; one without an id where there are none
	// Added are those whom holders of the step's tasks asked beside them: each has to be for it.
	Added GroupTally
	// Verdict is the transition by which the visit is left, "" while it is not fixed.
	Verdict string
}

// GroupTally counts the voices of one group.
type GroupTally struct {
	ID, Label             string
	Asked, Need           int
	For, Against, Unheard int
	// Fixed tells that nobody of the group who is still unheard could change its decision.
	Fixed bool
}

// Count tells how the decision of a visit stands. A step where one person
// decides is a vote with one voice.
func Count(n *workflow.Node, s *State, seq int) Tally {
	ballot := n.Ballot
	if ballot == nil {
		ballot = &workflow.Ballot{Groups: []workflow.Group{{}}}
	}
	t := Tally{Groups: make([]GroupTally, len(ballot.Groups))}
	for i, g := range ballot.Groups {
		t.Groups[i].ID, t.Groups[i].Label = g.ID, g.Label
	}
	for _, x := range s.Tasks {
		if x.StepSeq != seq || x.Kind != DecideTask || x.Void() || x.Status == TaskCancelled && !s.unheardOf(x) {
			continue
		}
		g := &t.Added
		if x.AddedBy == uuid.Nil {
			if i := slices.IndexFunc(t.Groups, func(g GroupTally) bool { return g.ID == x.Group }); i >= 0 {
				g = &t.Groups[i]
			}
		}
		g.hear(x)
	}
	t.decide(n, ballot, s, seq)
	return t
}

// hear counts one task.
func (g *GroupTally) hear(t Task) {
	g.Asked++
	switch {
	case t.Status != TaskCompleted || t.Decision == SentBack:
		g.Unheard++
	case t.Decision == string(workflow.Reject):
		g.Against++
	default:
		g.For++
	}
}

// The two ways in which a group can be fixed.
const (
	open = iota
	carried
	lost
)

// stands tells whether a group's decision is fixed.
func (g *GroupTally) stands(need workflow.Need, veto bool) int {
	g.Need = need.Of(g.Asked)
	result := g.result(need, veto)
	g.Fixed = result == lost || result == carried && (!veto || g.Unheard == 0)
	return result
}

func (g *GroupTally) result(need workflow.Need, veto bool) int {
	switch {
	case need.Any && g.For+g.Against > 0:
		if g.Against > 0 && g.For == 0 {
			return lost
		}
		return carried
	case veto && g.Against > 0, g.For+g.Unheard < g.Need:
		return lost
	case g.For >= g.Need:
		return carried
	}
	return open
}

// decide fixes the verdict once nothing that is still unheard could change it.
func (t *Tally) decide(n *workflow.Node, b *workflow.Ballot, s *State, seq int) {
	added := t.Added.stands(workflow.Need{}, true)
	if t.Added.Asked == 0 {
		added = carried
	}
	all, against := added == carried, added == lost
	for i := range t.Groups {
		g := t.Groups[i].stands(b.Groups[i].Need, b.Veto)
		all, against = all && g == carried, against || g == lost
	}
	switch {
	case against:
		t.Verdict = favourite(n, s, seq, true, anyArrow)
	case all:
		t.Verdict = favourite(n, s, seq, false, anyArrow)
	}
}

func anyArrow(*workflow.Arrow) bool { return true }

// favourite is the transition that most of the winning side chose, among equals
// the one drawn first; "" when possible leaves none of them. Voices that were added
// only confirm.
func favourite(n *workflow.Node, s *State, seq int, against bool, possible func(*workflow.Arrow) bool) string {
	votes := map[string]int{}
	for _, added := range []bool{false, true} {
		for _, t := range s.Tasks {
			mine := t.StepSeq == seq && t.Kind == DecideTask && t.Status == TaskCompleted && t.Decision != SentBack && !t.Void()
			if mine && (t.Decision == string(workflow.Reject)) == against && (t.AddedBy != uuid.Nil) == added {
				votes[t.Transition]++
			}
		}
		if len(votes) > 0 {
			break
		}
	}
	best := ""
	for _, a := range n.Transitions {
		if votes[a.ID] > votes[best] && possible(a) {
			best = a.ID
		}
	}
	if n.Arrow(RejectID) == nil && votes[RejectID] > votes[best] { // the one that is built in needs no arrow
		best = RejectID
	}
	return best
}

// spare withdraws the tasks of those whose group is decided while others are not.
func (d *decider) spare(n *workflow.Node, seq int) {
	if n.Ballot == nil {
		return
	}
	for _, g := range Count(n, &d.s, seq).Groups {
		for _, t := range slices.Clone(d.s.Tasks) {
			unheard := t.StepSeq == seq && t.Kind == DecideTask && t.AddedBy == uuid.Nil && t.Group == g.ID && (t.Status == TaskOpen || t.Status == TaskQueued)
			if g.Fixed && unheard && len(d.s.behind(t.ID)) == 0 {
				d.note(event.Event{Type: event.TaskCancelled, Task: ref(t.ID), StepSeq: seq, Step: n.ID, Assignee: ref(t.Assignee)})
			}
		}
	}
}

// ballot asks everybody whose voice a step needs.
func (d *decider) ballot(v visit) error {
	taken := map[uuid.UUID]bool{}
	found := make([][]assignment, len(v.node.Ballot.Groups))
	var lacking error
	for i, g := range v.node.Ballot.Groups {
		people, err := d.voices(groupNode(v.node, g.ID), v.way)
		if err != nil {
			lacking = err // what the other groups lack is asked for in the same breath
			continue
		}
		found[i] = people
	}
	if lacking != nil {
		return lacking
	}
	// Who belongs to several groups has one voice: in the group that has the fewest others.
	order := make([]int, len(found))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(found[a]) - len(found[b]) })
	for _, i := range order {
		found[i] = slices.DeleteFunc(found[i], func(a assignment) bool {
			had := taken[a.assignee]
			taken[a.assignee] = true
			return had
		})
		if err := enough(v.node, v.node.Ballot.Groups[i], found[i]); err != nil {
			return err
		}
	}
	return d.askVoices(v, found)
}

// enough refuses a vote that can never be carried.
func enough(n *workflow.Node, g workflow.Group, people []assignment) error {
	in := fmt.Sprintf("step %q", n.Label)
	if g.ID != "" {
		in = fmt.Sprintf("group %q of step %q", g.Label, n.Label)
	}
	need := g.Need.Of(len(people))
	switch {
	case len(people) > MaxVoices:
		return &incidentError{fmt.Sprintf("%d people match for %s; at most %d can be asked at once.", len(people), in, MaxVoices)}
	case len(people) < need && g.Strategy == workflow.Chosen:
		return fault.At("assignees."+n.ID, "Choose at least %d people for step %q.", need, n.Label)
	case len(people) < need:
		return &incidentError{fmt.Sprintf("%d voices are needed for %s and only %d people can be asked.", need, in, len(people))}
	}
	return nil
}

// askVoices opens the tasks of a vote, in a sequence each behind the one before.
func (d *decider) askVoices(v visit, found [][]assignment) error {
	d.taken = map[uuid.UUID]bool{}
	defer func() { d.taken = nil }()
	for _, group := range found {
		for _, a := range group {
			d.taken[a.assignee] = true
		}
	}
	slot, before := 0, uuid.Nil
	for i, g := range v.node.Ballot.Groups {
		for _, a := range found[i] {
			a, err := d.standFor(a, groupNode(v.node, g.ID))
			if err != nil {
				return err
			}
			d.taken[a.assignee] = true
			id := d.f.NewID()
			d.note(event.Event{
				Type: event.TaskCreated, Task: ref(id), TaskKind: string(DecideTask), StepSeq: v.seq, Step: v.node.ID,
				Slot: slot, Group: g.ID, Assignee: ref(a.assignee), Owner: ref(a.owner), Pick: a.pick, Warning: a.warning, Waits: ref(before),
			})
			slot++
			if v.node.Ballot.Sequence {
				before = id
			}
		}
	}
	return nil
}

// groupNode is a step as one group of its vote sees it: with the group's own
// people. For a task of no group it is the step itself.
func groupNode(n *workflow.Node, group string) *workflow.Node {
	if n.Ballot == nil || group == "" {
		return n
	}
	for _, g := range n.Ballot.Groups {
		if g.ID == group {
			x := *n
			x.Assign = g.Assign
			return &x
		}
	}
	return n
}

// voices finds everybody who is asked in a vote, or in one group of it.
func (d *decider) voices(n *workflow.Node, w way) ([]assignment, error) {
	if n.Assign.Strategy == workflow.Chosen {
		return d.chosenVoices(n, w)
	}
	people, err := d.electorate(n, w)
	if err != nil {
		return nil, err
	}
	var out []assignment
	for _, p := range people {
		if d.eligible(p, n) && !slices.ContainsFunc(out, func(a assignment) bool { return a.assignee == p.ID }) {
			out = append(out, assignment{assignee: p.ID})
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	a, err := d.resolveOne(n, w, people)
	return []assignment{a}, err
}

// electorate asks who belongs to a group, whether he may vote or not.
func (d *decider) electorate(n *workflow.Node, w way) ([]Person, error) {
	switch n.Assign.Strategy {
	case workflow.ByRole, workflow.ByRule:
		a, _, err := d.candidates(n, w.cause, false, false)
		return a.People, err
	case workflow.Manager: // every level up to the one named
		a, err := d.ask(Need{Kind: NeedManagers, User: d.whose(n, w)})
		return a.People[:min(len(a.People), max(n.Assign.Levels, 1))], err
	case workflow.NamedUser:
		return d.namedPeople(n)
	}
	return nil, nil
}

func (d *decider) namedPeople(n *workflow.Node) ([]Person, error) {
	var out []Person
	var lacking error
	names := n.Assign.Users
	if n.Assign.User != "" {
		names = []string{n.Assign.User}
	}
	for _, name := range names {
		a, err := d.ask(Need{Kind: NeedNamed, Ref: name})
		if err != nil {
			lacking = err
		}
		out = append(out, a.People...)
	}
	return out, lacking
}

// resolveOne is the way of a step that one person does: for strategies that
// name one, and where nobody of several may vote.
func (d *decider) resolveOne(n *workflow.Node, w way, people []Person) (assignment, error) {
	switch n.Assign.Strategy {
	case workflow.ByRole, workflow.ByRule, workflow.Manager, workflow.NamedUser:
		why := "nobody matches"
		if len(people) > 0 {
			why = "nobody who matches may decide it"
		}
		return d.fallback(n, why)
	}
	w.prefer = nil
	return d.resolve(n, w)
}

// chosenVoices takes those whom the actor chose, or asks the same people again.
func (d *decider) chosenVoices(n *workflow.Node, w way) ([]assignment, error) {
	ids, given := d.chosen.ByStep[n.ID]
	if !given {
		if id, _, ok := d.chosenFor(n); ok {
			ids, given = []uuid.UUID{id}, true
		}
	}
	if !given {
		return d.sameVoices(n, w)
	}
	var out []assignment
	for i, id := range ids {
		at := fmt.Sprintf("assignees.%s.%d", n.ID, i)
		p, found, err := d.candidate(n, w.cause, id)
		if err != nil {
			return nil, err
		}
		switch why := d.unfit(p.ID, n); {
		case !found:
			return nil, fault.At(at, "This person is not among the candidates for step %q: choose one of those.", n.Label)
		case why != "":
			return nil, fault.At(at, "%s: choose somebody else for step %q.", why, n.Label)
		case slices.ContainsFunc(out, func(a assignment) bool { return a.assignee == id }):
			return nil, fault.At(at, "This person is chosen twice for step %q: each has one voice.", n.Label)
		}
		out = append(out, assignment{assignee: id})
	}
	if len(out) == 0 {
		return nil, fault.At("assignees."+n.ID, "Choose who is asked in step %q.", n.Label)
	}
	return out, nil
}

// sameVoices asks those who were asked before; where nobody was, the actor has
// to choose.
func (d *decider) sameVoices(n *workflow.Node, w way) ([]assignment, error) {
	var out []assignment
	for _, id := range w.prefer {
		p, err := d.person(id)
		if err != nil {
			return nil, err
		}
		if d.eligible(p, n) {
			out = append(out, assignment{assignee: p.ID})
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	a, err := d.unchosen(n, w)
	return []assignment{a}, err
}
