package runs

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/facts"
)

// mostNext is how many steps are named as what may come next.
const mostNext = 4

// outlook is a step that may come next, and who decides before it.
type outlook struct {
	node   *workflow.Node
	holder uuid.UUID
}

// outlook lists what may come after the steps at which people are asked now: the
// ways forward, not what rejecting or sending back would do. A rule about what
// the reader does not see is not followed: all its ways are named then, so that
// what comes next tells nothing of what is hidden.
func (l *loaded) outlook(modes map[string]form.Mode) []outlook {
	out := l.behindSubs(modes)
	for _, t := range l.state.OpenTasks() {
		n := l.version.Node(t.Step)
		if n == nil || t.Kind.Opinion() {
			continue
		}
		if sender := l.sender(t); sender != nil {
			out = append(out, outlook{sender, t.Assignee})
			continue
		}
		in := l.input(n.ID, t.StepSeq)
		arrows := l.forward(n, in, modes)
		if v := l.state.Step(t.StepSeq); v != nil && v.Again {
			arrows = l.waiting()
		}
		for _, a := range arrows {
			for _, next := range l.reach(a.Target, behind(in, n, a), modes, 0) {
				known := func(o outlook) bool { return o.node == next }
				if !slices.ContainsFunc(out, known) && len(out) < mostNext {
					out = append(out, outlook{next, t.Assignee})
				}
			}
		}
	}
	return out
}

// behindSubs lists what may come when the requests have ended that this one waits for.
func (l *loaded) behindSubs(modes map[string]form.Mode) []outlook {
	var out []outlook
	for _, v := range l.state.Steps {
		n := l.version.Node(v.Step)
		if n == nil || n.Sub == nil || v.Status != engine.StepWaiting {
			continue
		}
		for _, a := range n.Transitions {
			for _, next := range l.reach(a.Target, l.input(n.ID, v.Seq), modes, 0) {
				known := func(o outlook) bool { return o.node == next }
				if !slices.ContainsFunc(out, known) && len(out) < mostNext {
					out = append(out, outlook{node: next})
				}
			}
		}
	}
	return out
}

// waiting are the ways on from where the request waits for who is asked again.
func (l *loaded) waiting() []*workflow.Arrow {
	var out []*workflow.Arrow
	for _, v := range l.state.Steps {
		n := l.version.Node(v.Step)
		if n == nil || !v.Waits {
			continue
		}
		if a := n.Arrow(engine.Count(n, &l.state, v.Seq).Verdict); a != nil {
			out = append(out, a)
		}
	}
	return out
}

// forward are the transitions by which a step is left when all goes well.
func (l *loaded) forward(n *workflow.Node, in rule.Input, modes map[string]form.Mode) []*workflow.Arrow {
	var out []*workflow.Arrow
	for _, a := range n.Transitions {
		if a.Kind == workflow.Reject {
			continue
		}
		if a.When != nil && l.open(a.When, modes) {
			if ok, err := a.When.Bool(in); err != nil || !ok {
				continue
			}
		}
		out = append(out, a)
	}
	return out
}

// reach walks from a node to the steps at which people are asked, or the ends.
func (l *loaded) reach(n *workflow.Node, in rule.Input, modes map[string]form.Mode, depth int) []*workflow.Node {
	if n == nil || depth > engine.MaxVisits {
		return nil
	}
	if n.Type == workflow.TaskStep || n.Type == workflow.End || n.Type == workflow.Start {
		return []*workflow.Node{n}
	}
	in.Step = n.ID
	ways := n.Transitions
	if n.Type == workflow.Fork {
		ways = slices.DeleteFunc(slices.Clone(ways), func(a *workflow.Arrow) bool {
			if a.When == nil || !l.open(a.When, modes) {
				return false
			}
			ok, err := a.When.Bool(in)
			return err == nil && !ok
		})
	}
	if n.Type == workflow.SubWorkflow && n.Sub.Waits { // how that ends nobody knows
		return []*workflow.Node{n}
	}
	if n.Type == workflow.Condition && !slices.ContainsFunc(ways, func(a *workflow.Arrow) bool { return a.When != nil && !l.open(a.When, modes) }) {
		// What cannot be told yet goes every way.
		if a, err := engine.Pick(n, in); err == nil {
			ways = []*workflow.Arrow{a}
		}
	}
	var out []*workflow.Node
	for _, a := range ways {
		for _, next := range l.reach(a.Target, in, modes, depth+1) {
			if !slices.Contains(out, next) && len(out) < mostNext {
				out = append(out, next)
			}
		}
	}
	return out
}

// open tells whether the reader sees everything a rule goes by.
func (l *loaded) open(r *rule.Rule, modes map[string]form.Mode) bool {
	for _, ref := range r.Refs() {
		object, member, _ := strings.Cut(ref, ".")
		name, _, _ := strings.Cut(member, ".")
		switch object {
		case "form":
			if m := modes[name]; m == "" || m == form.Hidden {
				return false
			}
		case "initiator":
			if l.state.Run.Initiator != l.facts.Actor {
				return false
			}
		case "run", "step", "prev", "today", "now", "org", "params":
		default:
			return false
		}
	}
	return true
}

// nextNeeds are the facts that name the people who may come next.
func (l *loaded) nextNeeds(ahead []outlook, seen map[string]any) []engine.Need {
	var needs []engine.Need
	for _, o := range ahead {
		if o.node.Type != workflow.TaskStep {
			continue
		}
		if need, ok := l.nearest(o.node, o.holder, seen); ok && !l.facts.Knows(need) {
			needs = append(needs, need)
		}
	}
	return needs
}

// next names what nextNeeds found.
func (l *loaded) next(ahead []outlook, seen map[string]any) []NextStep {
	out := []NextStep{}
	for _, o := range ahead {
		if o.node.Type != workflow.TaskStep {
			x := NextStep{StepID: o.node.ID, Name: o.node.Label, Type: string(o.node.Type)}
			if o.node.Sub != nil {
				x.Who = "another request is started, and waited for"
			}
			out = append(out, x)
			continue
		}
		x := l.nextStep(o.node, o.holder, seen)
		if o.node.Assign.Strategy == workflow.Chosen && o.holder != l.facts.Actor {
			x.Who = "whom the one before chooses"
		}
		out = append(out, x)
	}
	return out
}

// nearest is the fact that names who does a step, where one fact does. The holder
// is who decides before it, Nil when nobody holds that task yet; values are those
// the reader sees.
func (l *loaded) nearest(n *workflow.Node, holder uuid.UUID, values map[string]any) (engine.Need, bool) {
	a, whose := n.Assign, l.state.Run.Initiator
	if a.Of == workflow.OfLast {
		whose = holder
	}
	switch a.Strategy {
	case workflow.Initiator:
		return engine.PersonNeed(l.state.Run.Initiator), true
	case workflow.Manager:
		return engine.Need{Kind: engine.NeedManagers, User: whose}, whose != uuid.Nil
	case workflow.Previous:
		id := l.state.Decider(a.Step)
		return engine.PersonNeed(id), id != uuid.Nil
	case workflow.NamedUser:
		if a.User == "" {
			return engine.Need{}, false
		}
		return engine.Need{Kind: engine.NeedNamed, Ref: a.User}, true
	case workflow.ByField:
		text, _ := values[a.Field].(string)
		id, err := uuid.Parse(text)
		return engine.PersonNeed(id), err == nil
	case workflow.DeptHead:
		if a.Dept != "" {
			return engine.Need{Kind: engine.NeedHead, Ref: a.Dept}, true
		}
		return engine.Need{Kind: engine.NeedHead, User: whose}, whose != uuid.Nil
	case workflow.ByRole:
		return engine.Need{Kind: engine.NeedRole, Ref: a.Role, Limit: 5}, true
	}
	return engine.Need{}, false
}

// nextStep names who is asked next, five people at most.
func (l *loaded) nextStep(n *workflow.Node, holder uuid.UUID, values map[string]any) NextStep {
	x := NextStep{StepID: n.ID, Name: n.Label, Type: string(n.Type), Who: who(n)}
	need, ok := l.nearest(n, holder, values)
	if !ok {
		return x
	}
	people := l.facts.Answers[need.Key()].People
	if n.Ballot != nil && n.Assign.Strategy == workflow.Manager {
		people = people[:min(max(n.Assign.Levels, 1), len(people))]
	} else if n.Assign.Strategy == workflow.Manager {
		people = people[min(max(n.Assign.Levels, 1)-1, len(people)):]
	}
	for _, p := range people {
		if len(x.People) == 5 || n.Ballot == nil && n.Assign.Strategy == workflow.Manager && len(x.People) == 1 {
			break
		}
		if p.Active && engine.Barred(l.version, &l.state, p.ID, n) == "" {
			x.People = append(x.People, facts.PersonOf(p))
		}
	}
	return x
}
