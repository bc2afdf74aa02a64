package workflow

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Ballot is the vote of a task step with everything filled in.
type Ballot struct {
	Sequence, Veto bool
	// Groups are never none: a vote without groups is one group without an id.
	Groups []Group
}

// Group is a group of people whose voices are counted together.
type Group struct {
	ID    string
	Label string
	Need  Need
	Assign
}

// Need is how many of a group have to be for something. Exactly one member is
// set; none means all of them.
type Need struct {
	Any     bool // the first voice decides, either way
	Count   int
	Percent int
}

// Of returns how many of m people have to be for it: at least one.
func (n Need) Of(m int) int {
	switch {
	case n.Any:
		return 1
	case n.Count > 0:
		return n.Count
	case n.Percent > 0:
		return max(1, (m*n.Percent+99)/100)
	}
	return max(1, m)
}

const (
	needAny   = "any"
	needAll   = "all"
	maxGroups = 20
)

// voting checks who decides a task step: one person, or several in a vote.
func (b *builder) voting(at string, n *Node) {
	b.without(at+".without", n)
	b.unbound(at+".unbound", n)
	v := n.Step.Vote
	if v == nil {
		n.Assign = b.assign(at+".assignee", n, n.Assignee)
		return
	}
	n.Ballot = &Ballot{Sequence: v.Sequence, Veto: v.Veto}
	if len(v.Groups) == 0 {
		n.Assign = b.assign(at+".assignee", n, n.Assignee)
		b.several(at+".assignee", n.Assign)
		n.Ballot.Groups = []Group{{Need: b.need(at+".vote.need", v.Need), Assign: n.Assign}}
		return
	}
	if n.Assignee != nil {
		b.add(at+".assignee", "The groups of the vote say who is asked. Remove the assignee of the step.")
	}
	if v.Need != "" {
		b.add(at+".vote.need", "Every group of the vote says what it needs. Remove this.")
	}
	if len(v.Groups) > maxGroups {
		b.add(at+".vote.groups", "A vote has at most %d groups; this one has %d.", maxGroups, len(v.Groups))
		return
	}
	for i, g := range v.Groups {
		b.group(join(at+".vote.groups", i), n, g)
	}
}

func (b *builder) group(at string, n *Node, g VoteGroup) {
	switch {
	case !idText.MatchString(g.ID):
		b.add(at+".id", "%q cannot be an id. Use lower case letters, digits and underscores, beginning with a letter, at most 40.", g.ID)
	case slices.ContainsFunc(n.Ballot.Groups, func(x Group) bool { return x.ID == g.ID }):
		b.add(at+".id", "The id %q is used by another group already. Choose another one.", g.ID)
	}
	b.words(at+".name", g.Name, maxName, false)
	a := b.assign(at+".assignee", n, g.Assignee)
	b.several(at+".assignee", a)
	if a.Strategy == Chosen {
		b.add(at+".assignee.strategy", "The people of a group cannot be chosen by hand. Use a rule, a role or another strategy.")
	}
	n.Ballot.Groups = append(n.Ballot.Groups, Group{
		ID: g.ID, Label: cmp.Or(g.Name, readable(g.ID)), Need: b.need(at+".need", g.Need), Assign: a,
	})
}

// several refuses what contradicts asking several people.
func (b *builder) several(at string, a Assign) {
	if a.Pick != "" && a.Pick != PickOnly && a.Strategy == ByRule || a.Strategy == ByRole && a.Pick != PickClaim {
		b.add(at+".pick", "A vote asks everybody who matches, so nobody is picked. Remove pick.")
	}
	if a.Strategy == Claim {
		b.add(at+".strategy", "A task that one person claims is not a vote. Use rule, which asks everybody who matches.")
	}
}

// need reads any, all, a number or a percentage.
func (b *builder) need(at, s string) Need {
	text, percent := strings.CutSuffix(s, "%")
	n, err := strconv.Atoi(text)
	switch {
	case s == "" || s == needAll:
		return Need{}
	case s == needAny:
		return Need{Any: true}
	case err != nil || n < 1 || percent && n > 100 || n > maxNeed:
		b.add(at, "%q is no number of voices. Use any, all, a number such as 2, or a share such as 60%%.", s)
		return Need{}
	case percent:
		return Need{Percent: n}
	}
	return Need{Count: n}
}

const maxNeed = 1_000

// unbound checks the names of fields that bind nobody.
func (b *builder) unbound(at string, n *Node) {
	for i, name := range n.Step.Unbound {
		if _, known := b.fields[name]; !known && (name != AnyField || len(n.Step.Unbound) > 1) {
			b.add(join(at, i), "There is no field %q. Name fields of the form, or a single %q for all.", name, AnyField)
		}
	}
}

// AnyField stands for all fields in Step.Unbound.
const AnyField = "*"

// Binds reports whether who decides in the step is asked again when the field, which
// he was shown, is changed later.
func (n *Node) Binds(field string) bool {
	return !slices.Contains(n.Step.Unbound, field) && !slices.Contains(n.Step.Unbound, AnyField)
}

// without checks what holders may not do in a step.
func (b *builder) without(at string, n *Node) {
	for i, a := range n.Step.Without {
		if !slices.Contains([]Act{ActReassign, ActDelegate, ActAddApprover, ActConsult}, a) {
			b.add(join(at, i), "%q is nothing a step can do without. Use reassign, delegate, add_approver or consult.", a)
		}
	}
}

// Offers reports whether holders of the step's tasks may do this.
func (n *Node) Offers(a Act) bool { return !slices.Contains(n.Step.Without, a) }

// SkipsRepeated reports whether a step is passed over when its assignee approved
// an earlier one.
func (v *Version) SkipsRepeated() bool {
	return v.Document.Duties != nil && v.Document.Duties.SkipRepeated
}
