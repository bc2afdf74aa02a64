package runs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// firstCandidates is how many people a choice offers at once.
const firstCandidates = 20

// input is what rules see at a step, for pages; cause is the visit before.
func (l *loaded) input(step string, seq int) rule.Input {
	cause := 0
	if v := l.state.Step(seq); v != nil {
		cause = v.Cause
	}
	in := engine.Input(l.version, &l.state, l.facts, step, cause)
	in.Initiator = l.person(l.state.Run.Initiator).Attributes
	in.Assignee = l.person(l.facts.Actor).Attributes
	return in
}

// taskView is a task with everything the reader may do with it.
func (l *loaded) taskView(a access.Actor, t engine.Task) Task {
	v := Task{
		ID: t.ID, RunID: l.state.Run.ID, StepID: t.Step, StepName: t.Step, Kind: string(t.Kind), Status: string(t.Status),
		AssignedAt: t.AssignedAt, Transitions: []Transition{}, SendBack: []BackTarget{}, Bound: []Bound{}, Can: access.ForTask(a, l.task(a, t.ID)),
	}
	if t.Assignee != uuid.Nil {
		p := l.personView(t.Assignee)
		v.Assignee = &p
	}
	n := l.version.Node(t.Step)
	if n == nil {
		return v
	}
	v.StepName, v.Description = n.Label, n.Description
	v.Can.Reject = v.Can.Reject && n.CanReject()
	v.Can.Reassign = v.Can.Reassign && (n.Offers(workflow.ActReassign) || a.Has(access.TaskReassignAny))
	v.Can.AddApprover = v.Can.AddApprover && n.Offers(workflow.ActAddApprover)
	v.Can.Consult, v.Can.Delegate = v.Can.Consult && n.Offers(workflow.ActConsult), v.Can.Delegate && n.Offers(workflow.ActDelegate)
	v.AskedBy, v.OnBehalfOf = l.personRef(t.AddedBy), l.personRef(t.OnBehalfOf)
	if visit := l.state.Step(t.StepSeq); visit != nil {
		v.Correct = l.seenBy(a, visit.Correct)
	}
	v.Again, v.Bound = l.again(a, t), l.bound(a, n, t)
	if sender := l.sender(t); sender != nil {
		v.ReturnsTo = sender.Label
	}
	switch {
	case t.Kind == engine.FixTask:
		v.Transitions = append(v.Transitions, l.submitAgain(n, t))
		return v
	case t.Kind.Opinion():
		v.Transitions = append(v.Transitions, Transition{
			ID: engine.AnswerID, Name: "Answer", Kind: string(workflow.Forward), Comment: wanted(t.Kind == engine.ConsultTask), Builtin: true, Choices: []Choice{},
		})
		return v
	}
	v.Transitions = append(v.Transitions, l.transitions(n, t)...)
	for _, b := range engine.BackTargets(l.version, &l.state, t) {
		to := l.version.Node(b.Visit.Step)
		v.SendBack = append(v.SendBack, BackTarget{
			To: b.To, Name: n.SendBackLabel(), StepName: to.Label, Comment: wanted(n.SendBackCommentRequired()),
			ToMe: t.AddedBy == uuid.Nil && b.Visit.Scope == l.state.Step(t.StepSeq).Scope, Correctable: l.correctable(to, b.Visit),
		})
	}
	v.Can.SendBack = v.Can.SendBack && len(v.SendBack) > 0
	return v
}

// transitions lists the arrows that may be taken now, and the built-in Reject.
func (l *loaded) transitions(n *workflow.Node, t engine.Task) []Transition {
	in := l.input(n.ID, t.StepSeq)
	var out []Transition
	for _, a := range n.Transitions {
		if a.When != nil {
			if ok, err := a.When.Bool(in); err != nil || !ok {
				continue
			}
		}
		x := Transition{ID: a.ID, Name: a.Label, Kind: string(a.Kind), Comment: wanted(a.CommentRequired), Choices: []Choice{}}
		switch to, straight := l.leads(t, a); {
		case to == nil: // others have to be heard first
			x.Waits = true
		case straight:
			x.ToStepID, x.ToStepName = to.ID, to.Label
		default:
			x.ToStepID, x.ToStepName, x.Choices = to.ID, to.Label, l.choices(to, behind(in, n, a), t.StepSeq)
		}
		out = append(out, x)
	}
	if n.CanReject() {
		out = append(out, Transition{
			ID: engine.RejectID, Name: n.RejectLabel(), Kind: string(workflow.Reject), Comment: wanted(n.RejectCommentRequired()),
			Builtin: true, Choices: []Choice{},
		})
	}
	return out
}

// leads is where a transition leads to, and whether straight back to who sent the
// request there, or to where it waits for who is asked again.
func (l *loaded) leads(t engine.Task, a *workflow.Arrow) (to *workflow.Node, straight bool) {
	to, straight = engine.Leads(l.version, &l.state, t, a.ID, a.Kind)
	v := l.state.Step(t.StepSeq)
	if to == nil || v == nil || !v.Again || v.Transition != a.ID {
		return to, straight
	}
	for _, x := range l.state.Steps {
		if n := l.version.Node(x.Step); x.Waits && n != nil {
			return n, true
		}
	}
	return to, true
}

// bound tells whom a change would ask again, for the fields that the task lets change:
// nobody but who may change them, for others may not even see them.
func (l *loaded) bound(a access.Actor, n *workflow.Node, t engine.Task) []Bound {
	out := []Bound{}
	may := t.Assignee == a.User || slices.Contains(l.offered, t.ID)
	by := engine.Bound(l.version, &l.state, a.User)
	if len(by) == 0 || !may || t.Status != engine.TaskOpen || t.Kind == engine.ConsultTask {
		return out
	}
	modes, _ := l.version.Form.Modes(n.Fields, n.Type == workflow.Start, l.input(n.ID, t.StepSeq))
	engine.OnlyCorrect(modes, l.state.Step(t.StepSeq).Correct)
	for _, f := range l.version.Form.Fields() {
		if m := modes[f.Name]; m != form.Edit && m != form.Required || len(by[f.Name]) == 0 {
			continue
		}
		x := Bound{Field: f.Name}
		for _, id := range by[f.Name] {
			x.People = append(x.People, l.personView(id))
		}
		out = append(out, x)
	}
	return out
}

// again says why a decision is asked for again, nil where it is the first time.
func (l *loaded) again(a access.Actor, t engine.Task) *Again {
	first := l.state.Task(t.Again)
	if first == nil || !first.Void() {
		return nil
	}
	modes, _ := l.modes(a, l.ownTask(a))
	return &Again{By: l.personView(first.VoidBy), Of: l.personView(first.Assignee), Fields: l.voidRefs(modes, first.VoidFields)}
}

// voidRefs names the fields that made a decision void. Who sees only what is
// calculated from them reads that.
func (l *loaded) voidRefs(modes map[string]form.Mode, names []string) []FieldRef {
	if out := l.fieldRefs(modes, names); len(out) > 0 {
		return out
	}
	return l.fieldRefs(modes, l.version.Form.Derived(names))
}

// seenBy leaves out the fields that are hidden from the reader.
func (l *loaded) seenBy(a access.Actor, names []string) []string {
	modes, _ := l.modes(a, l.ownTask(a))
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return modes[name] == "" || modes[name] == form.Hidden })
}

// fieldRefs names fields, those the reader may see.
func (l *loaded) fieldRefs(modes map[string]form.Mode, names []string) []FieldRef {
	out := []FieldRef{}
	for _, name := range names {
		if f, ok := l.version.Form.Field(name); ok && modes[name] != "" && modes[name] != form.Hidden {
			out = append(out, FieldRef{Name: name, Label: f.Label})
		}
	}
	return out
}

func (l *loaded) submitAgain(n *workflow.Node, t engine.Task) Transition {
	x := Transition{
		ID: engine.SubmitID, Name: "Submit again", Kind: string(workflow.Forward), Comment: wanted(false), Builtin: true, Choices: []Choice{},
	}
	if sender := l.sender(t); sender != nil {
		x.ToStepID, x.ToStepName = sender.ID, sender.Label
		return x
	}
	in := l.input(n.ID, t.StepSeq)
	if a, err := engine.Pick(n, in); err == nil {
		x.ToStepID, x.ToStepName, x.Choices = a.To, a.Target.Label, l.choices(a.Target, behind(in, n, a), t.StepSeq)
	}
	return x
}

// sender is the step to which a request that was sent back comes straight back,
// nil where it runs along the path again.
func (l *loaded) sender(t engine.Task) *workflow.Node {
	visit := l.state.Step(t.StepSeq)
	if visit == nil {
		return nil
	}
	return l.state.Returns(l.version, *visit)
}

// correctable lists the fields that may be changed in a step the request is sent
// back to, as far as the reader sees them.
func (l *loaded) correctable(n *workflow.Node, visit engine.StepRun) []string {
	there, _ := l.version.Form.Modes(n.Fields, n.Type == workflow.Start, l.input(n.ID, visit.Seq))
	here, _ := l.modes(access.Actor{User: l.facts.Actor}, l.ownTask(access.Actor{User: l.facts.Actor}))
	out := []string{}
	for _, f := range l.version.Form.Fields() {
		if m := there[f.Name]; (m == form.Edit || m == form.Required) && here[f.Name] != form.Hidden && here[f.Name] != "" {
			out = append(out, f.Name)
		}
	}
	return out
}

// wanted says whether an act needs a comment.
func wanted(required bool) string {
	if required {
		return "required"
	}
	return "optional"
}

// behind is what rules see behind a transition: the step it leaves is the
// previous one then.
func behind(in rule.Input, n *workflow.Node, a *workflow.Arrow) rule.Input {
	in.Prev = map[string]any{"step": n.ID, "transition": a.ID, "kind": string(a.Kind)}
	return in
}

// chosenAhead are the steps behind a node whose assignees the actor has to choose:
// one in each branch at most. seq is the visit that leads there, 0 at the start.
func (l *loaded) chosenAhead(n *workflow.Node, in rule.Input, seq int) []*workflow.Node {
	var passes func(*workflow.Node) bool
	if seq != 0 {
		passes = l.state.Passes(seq)
	}
	return slices.DeleteFunc(engine.Ahead(n, in, passes), func(n *workflow.Node) bool {
		return n.Type != workflow.TaskStep || n.Assign.Strategy != workflow.Chosen
	})
}

// candidateNeed asks for the first candidates of a chosen step.
func candidateNeed(n *workflow.Node, in rule.Input) engine.Need {
	in.Step = n.ID
	return engine.Need{Kind: engine.NeedCandidates, Rule: n.Assign.Candidates, Input: in, Limit: firstCandidates + 1}
}

// choiceNeeds are the candidates a task's transitions will ask the actor for.
func (l *loaded) choiceNeeds(t engine.Task) []engine.Need {
	n := l.version.Node(t.Step)
	if n == nil {
		return nil
	}
	in := l.input(n.ID, t.StepSeq)
	var needs []engine.Need
	for _, a := range n.Transitions {
		after := behind(in, n, a)
		for _, next := range l.chosenAhead(a.Target, after, t.StepSeq) {
			if need := candidateNeed(next, after); next.Assign.Candidates != nil && !l.facts.Knows(need) {
				needs = append(needs, need)
			}
		}
	}
	return needs
}

// choices shows what choiceNeeds found.
func (l *loaded) choices(n *workflow.Node, in rule.Input, seq int) []Choice {
	out := []Choice{}
	for _, next := range l.chosenAhead(n, in, seq) {
		out = append(out, l.choiceFor(next, in))
	}
	return out
}

func (l *loaded) choiceFor(next *workflow.Node, in rule.Input) Choice {
	c := Choice{StepID: next.ID, StepName: next.Label, Many: next.Ballot != nil, Candidates: []Candidate{}, More: true}
	if next.Assign.Candidates == nil {
		return c
	}
	people := l.facts.Answers[candidateNeed(next, in).Key()].People
	c.More = len(people) > firstCandidates
	for _, p := range people {
		if len(c.Candidates) == firstCandidates {
			break
		}
		if engine.Barred(l.version, &l.state, p.ID, next) == "" {
			c.Candidates = append(c.Candidates, l.candidate(p, ""))
		}
	}
	return c
}

// who says in words who does a step.
func who(n *workflow.Node) string {
	if n.Ballot == nil {
		return whoOf(n.Assign)
	}
	parts := make([]string, 0, len(n.Ballot.Groups))
	for _, g := range n.Ballot.Groups {
		parts = append(parts, needed(g.Need)+" of "+everybody(g.Assign))
	}
	text := strings.Join(parts, ", and ")
	if n.Ballot.Sequence {
		text += ", one after another"
	}
	return text
}

// needed says in words how many have to be for it.
func needed(n workflow.Need) string {
	switch {
	case n.Any:
		return "the first"
	case n.Count > 0:
		return strconv.Itoa(n.Count)
	case n.Percent > 0:
		return strconv.Itoa(n.Percent) + " %"
	}
	return "all"
}

// everybody says in words whom a group of a vote asks.
func everybody(a workflow.Assign) string {
	switch a.Strategy {
	case workflow.Chosen:
		return "those whom you choose"
	case workflow.ByRole:
		return "those with the role " + a.Role
	case workflow.Manager:
		return fmt.Sprintf("%d managers above", a.Levels)
	case workflow.ByRule:
		return "those who match"
	case workflow.NamedUser:
		if len(a.Users) > 0 {
			return strings.Join(a.Users, ", ")
		}
	}
	return whoOf(a)
}

func whoOf(a workflow.Assign) string {
	switch a.Strategy {
	case workflow.Initiator:
		return "the requester"
	case workflow.Manager:
		of := "the requester"
		if a.Of == "last" {
			of = "the last approver"
		}
		if a.Levels > 1 {
			return fmt.Sprintf("the manager %d levels above %s", a.Levels, of)
		}
		return "the manager of " + of
	case workflow.Previous:
		return "who decided the step before"
	case workflow.Chosen:
		return "whom you choose"
	case workflow.NamedUser:
		return a.User
	case workflow.ByField:
		return "the person named in the form"
	case workflow.DeptHead:
		if a.Dept != "" {
			return "the head of " + a.Dept
		}
		return "the head of the department"
	case workflow.ByRole:
		return "whoever has the role " + a.Role
	case workflow.Claim:
		return "whoever takes it first"
	}
	return "by rule"
}
