package workflow

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
)

// Version is a valid definition, ready to run. It is immutable and safe for
// concurrent use.
type Version struct {
	Document Document
	Form     *form.Compiled
	// Title names a run in lists, VisibleTo tells who sees the workflow; nil when
	// the document says nothing.
	Title, VisibleTo *rule.Rule
	// Params are the parameters' values, for rule.Input.Params.
	Params map[string]any
	// Env compiles further rules over the same variables.
	Env *rule.Env

	nodes []*Node
	byID  map[string]*Node
	start *Node
}

// Node is a step of a version.
type Node struct {
	Step
	// Label is the step's name, or the id made readable.
	Label string
	// Transitions are the arrows that leave the step, in the order of the document.
	// A start step without any has the one to the next listed step.
	Transitions []*Arrow
	Assign      Assign
	// Ballot is how several people decide a task step, nil where one does.
	Ballot *Ballot
	// Join is the join in which the branches of a fork meet, Fork the fork of a join.
	Join, Fork *Node
	// Within is the fork between which and its join the step lies, the innermost of
	// several; nil outside of all. A join lies within its own fork.
	Within *Node
	// Quorum is how many branches a join waits for, 0 for all that were taken; Until
	// lets it go on earlier, nil when there is no such rule.
	Quorum int
	Until  *rule.Rule
	// Sub is what a workflow step starts.
	Sub *Sub
}

// Arrow is a transition of a version. Its Kind is always set.
type Arrow struct {
	Transition
	// Label is what people choose: the transition's name, or its target's.
	Label  string
	Target *Node
	// When is nil for a transition that is always offered, or for the default.
	When *rule.Rule
	// CommentRequired asks whoever chooses it for a reason. True for an arrow of
	// kind reject unless the document says optional.
	CommentRequired bool
}

// Assign is how a task step finds its assignee, with defaults filled in: Of,
// Levels and Pick are set where the strategy uses them.
type Assign struct {
	Assignee
	// Candidates is nil when everybody is a candidate.
	Candidates *rule.Rule
}

// Start is the step every run begins at.
func (v *Version) Start() *Node { return v.start }

// Node returns the step of that id, nil when there is none.
func (v *Version) Node(id string) *Node { return v.byID[id] }

// Nodes lists all steps in the order of the document.
func (v *Version) Nodes() []*Node { return slices.Clone(v.nodes) }

// Prefix is what the numbers of runs begin with.
func (v *Version) Prefix() string {
	if v.Document.Prefix != "" {
		return v.Document.Prefix
	}
	return v.Document.Key
}

// maxTitle is the longest title of a run, in characters.
const maxTitle = 200

// RunTitle names a run: the result of the title rule on one line, or the
// workflow's name when there is no rule, or it has no result.
func (v *Version) RunTitle(in rule.Input) string {
	if v.Title == nil {
		return v.Document.Name
	}
	out, err := v.Title.Value(in)
	s, _ := out.(string)
	if s = strings.Join(strings.Fields(s), " "); err != nil || s == "" {
		return v.Document.Name
	}
	if utf8.RuneCountInString(s) > maxTitle {
		s = string([]rune(s)[:maxTitle-1]) + "…"
	}
	return s
}

// Audience is the column of the matrix for readers without a task, for
// form.AudienceModes.
func (v *Version) Audience(a form.Audience) map[string]form.Mode { return v.Document.Audiences[a] }

// MayDecideOwn reports whether the initiator may decide his own request.
func (v *Version) MayDecideOwn() bool {
	return v.Document.Duties != nil && v.Document.Duties.InitiatorDecides
}

// Apart lists the steps that nobody who decided step may decide too.
func (v *Version) Apart(step string) []string {
	if v.Document.Duties == nil {
		return nil
	}
	var out []string
	for _, pair := range v.Document.Duties.Apart {
		switch step {
		case pair[0]:
			out = append(out, pair[1])
		case pair[1]:
			out = append(out, pair[0])
		}
	}
	return out
}

// RejectedEnd is the end step that the built-in Reject leads to: the first whose
// outcome is "rejected". Nil when there is none, then the run just ends with that
// outcome.
func (v *Version) RejectedEnd() *Node {
	for _, n := range v.nodes {
		if n.Type == End && n.Outcome == OutcomeRejected {
			return n
		}
	}
	return nil
}

// OutcomeRejected is the outcome of a run that the built-in Reject ended.
const OutcomeRejected = "rejected"

// Arrow returns the transition of that id, nil when the step has none.
func (n *Node) Arrow(id string) *Arrow {
	for _, a := range n.Transitions {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// Default is the arrow without a rule of a start or condition step.
func (n *Node) Default() *Arrow {
	for _, a := range n.Transitions {
		if a.When == nil {
			return a
		}
	}
	return nil
}

// CanReject reports whether the built-in Reject is offered: on task steps, unless
// it is switched off or the step draws an arrow of kind reject of its own without
// also setting the built-in one.
func (n *Node) CanReject() bool {
	if n.Type != TaskStep {
		return false
	}
	if n.Reject != nil {
		return !n.Reject.Off
	}
	return !slices.ContainsFunc(n.Transitions, func(a *Arrow) bool { return a.Kind == Reject })
}

// RejectLabel is what the built-in Reject is called.
func (n *Node) RejectLabel() string { return n.Step.Reject.label("Reject") }

// RejectCommentRequired reports whether the built-in Reject asks for a reason.
func (n *Node) RejectCommentRequired() bool { return n.Step.Reject.commentRequired() }

// Where the built-in Send back leads beside the id of a step.
const (
	ToPrevious  = "previous"
	ToInitiator = "initiator"
)

// CanSendBack reports whether the built-in Send back may lead to: ToPrevious,
// ToInitiator or the id of a step.
func (n *Node) CanSendBack(to string) bool {
	if n.Type != TaskStep || n.SendBack != nil && n.SendBack.Off {
		return false
	}
	return n.SendBack == nil || len(n.SendBack.To) == 0 || slices.Contains(n.SendBack.To, to)
}

// SendBackLabel is what the built-in Send back is called.
func (n *Node) SendBackLabel() string { return n.SendBack.label("Send back") }

// SendBackCommentRequired reports whether the built-in Send back asks for a reason.
func (n *Node) SendBackCommentRequired() bool { return n.SendBack.commentRequired() }

func (b *Builtin) label(otherwise string) string {
	if b == nil || b.Name == "" {
		return otherwise
	}
	return b.Name
}

func (b *Builtin) commentRequired() bool { return b == nil || b.Comment != commentOptional }

// What Comment of a transition or a built-in act may say.
const (
	commentRequired = "required"
	commentOptional = "optional"
)

// readable makes "budget_owner" "Budget owner".
func readable(id string) string {
	s := strings.ReplaceAll(id, "_", " ")
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
