package workflow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
)

// later are the step types that have their name already and do not run yet.
var later = []StepType{
	"delay", "http", "email", "noop", "context", "artifact", "upload", "event", "wait", "sql", "llm",
	"ocr", "pdf", "chain", "worker",
}

// known are the step types that run.
var known = []StepType{Start, TaskStep, Condition, Fork, Join, SubWorkflow, End}

// reservedIDs mean something else where a step is named.
var reservedIDs = []string{ToPrevious, ToInitiator, "others"}

// nodes makes a node of every step and checks ids, types and names.
func (b *builder) nodes() {
	if n := len(b.doc.Steps); n > maxSteps {
		b.add("steps", "A workflow has at most %d steps; this one has %d.", maxSteps, n)
		b.doc.Steps = b.doc.Steps[:maxSteps]
	}
	names := map[string]string{}
	for i, s := range b.doc.Steps {
		at := b.nodeID(i, s)
		n := &Node{Step: s, Label: s.Name}
		if n.Label == "" {
			n.Label = readable(s.ID)
		}
		b.v.nodes, b.paths = append(b.v.nodes, n), append(b.paths, at)
		b.nodeType(at, n)
		b.words(at+".name", s.Name, maxName, false)
		b.words(at+".description", s.Description, maxDescription, false)
		fold := strings.ToLower(n.Label)
		if other, taken := names[fold]; taken && fold != "" {
			b.add(at+".name", "The name %q is used by %s already. People choose steps by name: give each its own.", n.Label, other)
		}
		names[fold] = at
	}
	if b.v.start == nil {
		b.add("steps", "There is no start step. Add one.")
	}
	if !slices.ContainsFunc(b.v.nodes, func(n *Node) bool { return n.Type == End }) {
		b.add("steps", "There is no end step. Add one.")
	}
}

// nodeID checks a step's id and returns its path.
func (b *builder) nodeID(i int, s Step) string {
	at := fmt.Sprintf("steps.%d", i)
	switch {
	case !idText.MatchString(s.ID):
		b.add(at+".id", "%q cannot be an id. Use lower case letters, digits and underscores, beginning with a letter, at most 40.", s.ID)
	case slices.Contains(reservedIDs, s.ID):
		b.add(at+".id", "%q means something else where steps are named. Choose another id.", s.ID)
	case slices.Contains(b.steps, s.ID):
		b.add(at+".id", "The id %q is used by another step already. Choose another one.", s.ID)
	default:
		b.steps = append(b.steps, s.ID)
		return "steps." + s.ID
	}
	return at
}

func (b *builder) nodeType(at string, n *Node) {
	switch {
	case n.Type == Start && b.v.start != nil:
		b.add(at+".type", "There is a start step already, %s. A workflow has exactly one.", b.v.start.ID)
	case n.Type == Start:
		b.v.start = n
	case n.Type == End && n.Outcome == "":
		n.Outcome = n.ID
	case slices.Contains(known, n.Type):
	case slices.Contains(later, n.Type):
		b.add(at+".type", "A step of type %s is not available yet.", n.Type)
	default:
		b.add(at+".type", "There is no step type %q. Use start, task, condition, fork, join, workflow or end.", n.Type)
	}
	if b.v.byID[n.ID] == nil {
		b.v.byID[n.ID] = n
	}
}

// arrows makes the arrows of a node.
func (b *builder) arrows(at string, i int, n *Node) {
	given := n.Step.Transitions
	if n.Type == Start && len(given) == 0 {
		b.implied(at, i, n)
		return
	}
	if len(given) > maxTransitions {
		b.add(at+".transitions", "A step has at most %d transitions; this one has %d.", maxTransitions, len(given))
		given = given[:maxTransitions]
	}
	labels := map[string]bool{}
	for k, t := range given {
		a := b.arrow(fmt.Sprintf("%s.transitions.%d", at, k), n, t)
		if fold := strings.ToLower(a.Label); n.Type == TaskStep && labels[fold] {
			b.add(fmt.Sprintf("%s.transitions.%d.name", at, k), "Another transition of this step is called %q too. People choose by it: give each its own name.", a.Label)
		} else {
			labels[fold] = true
		}
		n.Transitions = append(n.Transitions, a)
	}
}

// implied draws the arrow from a start step to the next listed step.
func (b *builder) implied(at string, i int, n *Node) {
	if i+1 >= len(b.v.nodes) {
		b.add(at, "The start leads nowhere: list the first step after it, or give it a transition.")
		return
	}
	next := b.v.nodes[i+1]
	n.Transitions = []*Arrow{{
		Transition: Transition{ID: "next", To: next.ID, Kind: Forward}, Label: next.Label, Target: next,
	}}
}

func (b *builder) arrow(at string, n *Node, t Transition) *Arrow {
	a := &Arrow{Transition: t, Label: t.Name, Target: b.v.byID[t.To]}
	b.arrowID(at, n, t)
	b.target(at, n, a)
	if a.Label == "" && a.Target != nil {
		a.Label = a.Target.Label
	}
	b.words(at+".name", t.Name, maxName, false)
	switch {
	case t.Kind == "":
		a.Kind = Forward
	case !slices.Contains([]Kind{Approve, Reject, Forward}, t.Kind):
		b.add(at+".kind", "There is no kind %q. Use approve, reject or forward.", t.Kind)
	}
	b.comment(at+".comment", t.Comment)
	if t.Comment != "" && n.Type != TaskStep {
		b.add(at+".comment", "Nobody chooses this transition, so nobody can give a reason. Remove it.")
	}
	a.CommentRequired = t.Comment == commentRequired || a.Kind == Reject && t.Comment != commentOptional
	a.When = b.rule(at+".when", t.When, rule.Place{Gives: rule.Bool})
	return a
}

func (b *builder) arrowID(at string, n *Node, t Transition) {
	switch {
	case !idText.MatchString(t.ID):
		b.add(at+".id", "%q cannot be an id. Use lower case letters, digits and underscores, beginning with a letter, at most 40.", t.ID)
	case n.Arrow(t.ID) != nil:
		b.add(at+".id", "The id %q is used by another transition of this step already. Choose another one.", t.ID)
	case t.ID == string(Reject) && (t.Kind != Reject || n.Step.Reject != nil && !n.Step.Reject.Off):
		b.add(at+".id", "reject is the id of the built-in Reject. Choose another one, or switch the built-in one off.")
	}
}

func (b *builder) target(at string, n *Node, a *Arrow) {
	switch {
	case a.To == "":
		b.add(at+".to", "Say which step the transition leads to.")
	case a.Target == nil:
		b.add(at+".to", "There is no step %q.", a.To)
	case a.Target == n:
		b.add(at+".to", "A transition cannot lead from a step to itself.")
	case a.Target.Type == Start:
		b.add(at+".to", "A transition cannot lead to the start. Use Send back, or a task step for the initiator.")
	}
}

func (b *builder) comment(path, s string) {
	if s != "" && s != commentRequired && s != commentOptional {
		b.add(path, "%q is neither required nor optional.", s)
	}
}

// step checks what belongs to the type of the step.
func (b *builder) step(at string, n *Node) {
	switch n.Type {
	case TaskStep:
		b.voting(at, n)
		if len(n.Transitions) == 0 {
			b.add(at+".transitions", "A task step needs at least one transition: nobody could complete it.")
		}
		b.builtins(at, n)
	case Start:
		if len(n.Transitions) > 1 || len(n.Step.Transitions) == 1 && !n.Step.Transitions[0].When.IsZero() {
			b.branches(at, n)
		}
	case Condition:
		b.branches(at, n)
	case Fork:
		if len(n.Transitions) < 2 {
			b.add(at+".transitions", "A fork needs at least two transitions: one for each branch.")
		}
	case Join:
		b.joining(at, n)
	case SubWorkflow:
		b.branches(at, n)
		b.starts(at+".starts", n)
	case End:
		if len(n.Transitions) > 0 {
			b.add(at+".transitions", "An end step has no transitions.")
		}
		b.words(at+".outcome", n.Outcome, maxGroup, false)
	}
	b.misplaced(at, n)
	b.matrix(at+".fields", n)
	b.sla(at+".sla", n.Step.SLA, n)
	b.notify(at+".notify", n.Step.Notify)
}

// branches checks a step whose way rules choose.
func (b *builder) branches(at string, n *Node) {
	without := 0
	for _, t := range n.Step.Transitions {
		if t.When.IsZero() {
			without++
		}
	}
	switch {
	case len(n.Transitions) == 0:
		b.add(at+".transitions", "The step leads nowhere: add transitions, one of them without a rule as the default.")
	case without == 0:
		b.add(at+".transitions", "One transition must have no rule: it is taken when no other holds.")
	case without > 1:
		b.add(at+".transitions", "%d transitions have no rule. Only one can be the default; give the others a rule.", without)
	}
}

// misplaced refuses settings that mean nothing on a step of this type.
func (b *builder) misplaced(at string, n *Node) {
	s, task := n.Step, n.Type == TaskStep
	for _, x := range []struct {
		member string
		wrong  bool
	}{
		{"assignee", s.Assignee != nil && !task},
		{"reject", s.Reject != nil && !task},
		{"send_back", s.SendBack != nil && !task},
		{"sla", s.SLA != nil && !task},
		{"fields", len(s.Fields) > 0 && !task && n.Type != Start},
		{"outcome", s.Outcome != "" && n.Type != End},
		{"vote", s.Vote != nil && !task},
		{"without", len(s.Without) > 0 && !task},
		{"unbound", len(s.Unbound) > 0 && !task},
		{"wait", s.Wait != nil && n.Type != Join},
		{"starts", s.Starts != nil && n.Type != SubWorkflow},
	} {
		if x.wrong && slices.Contains(known, n.Type) {
			b.add(at+"."+x.member, "A step of type %s has no %s. Remove it.", n.Type, x.member)
		}
	}
}

// builtins checks how Reject and Send back are adjusted.
func (b *builder) builtins(at string, n *Node) {
	if r := n.Step.Reject; r != nil {
		b.words(at+".reject.name", r.Name, maxName, false)
		b.comment(at+".reject.comment", r.Comment)
		if len(r.To) > 0 {
			b.add(at+".reject.to", "Reject ends the request; it leads nowhere else. Draw a transition instead.")
		}
	}
	s := n.Step.SendBack
	if s == nil {
		return
	}
	b.words(at+".send_back.name", s.Name, maxName, false)
	b.comment(at+".send_back.comment", s.Comment)
	for i, to := range s.To {
		if to == ToPrevious || to == ToInitiator {
			continue
		}
		if t := b.v.byID[to]; t == nil || t.Type != TaskStep || t == n {
			b.add(fmt.Sprintf("%s.send_back.to.%d", at, i), "%q is neither previous, initiator nor the id of another task step.", to)
		}
	}
}

// matrix checks a column of the fields × steps matrix.
func (b *builder) matrix(at string, n *Node) {
	for _, name := range sortedKeys(n.Fields) {
		b.mode(at+"."+name, name, n.Fields[name], form.Hidden, form.Read, form.Edit, form.Required)
	}
}

func (b *builder) mode(at, name string, m form.Mode, allowed ...form.Mode) {
	f, ok := b.fields[name]
	switch {
	case !ok:
		b.add(at, "There is no field %q.", name)
	case !slices.Contains(allowed, m):
		b.add(at, "%q is not a mode here. Use %s.", m, modeList(allowed))
	case (m == form.Edit || m == form.Required) && !f.Calculate.IsZero():
		b.add(at, "The field %q is calculated; nobody can edit it. Use read or hidden.", name)
	case (m == form.Edit || m == form.Required) && f.Type == form.Note:
		b.add(at, "The field %q is a note; there is nothing to edit. Use read or hidden.", name)
	}
}

func modeList(modes []form.Mode) string {
	words := make([]string, len(modes))
	for i, m := range modes {
		words[i] = string(m)
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// audiences checks the columns of readers without a task.
func (b *builder) audiences() {
	for _, a := range sortedKeys(b.doc.Audiences) {
		at := "audiences." + string(a)
		if a != form.ToInitiator && a != form.ToOthers {
			b.add(at, "There is no audience %q. Use initiator or others.", a)
			continue
		}
		column := b.doc.Audiences[a]
		for _, name := range sortedKeys(column) {
			b.mode(at+"."+name, name, column[name], form.Hidden, form.Read)
		}
	}
}
