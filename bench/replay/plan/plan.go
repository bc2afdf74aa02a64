// Package plan turns a case of a log into the acts that people do in a workflow:
// at which step, by which transition, with which values, and where it must end.
package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/handstamp/handstamp/bench/replay/cases"
	"github.com/handstamp/handstamp/bench/replay/mapping"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// Plan is one case as it is to be played.
type Plan struct {
	Case *cases.Case
	Acts []Act
	End  End
	// Sent is the reason why the draft counts as sent, where the log has no start.
	Sent string
}

// Act is one thing that somebody does.
type Act struct {
	Event int // of the case, from 0
	Do    mapping.Act
	// Role and Person do it; Person is empty where the log names nobody.
	Role, Person string
	// Step is where the task is; empty for start, draft, comment and cancel.
	Step string
	// Transition leaves the step, Label is what people read; of a start too, where rules take it.
	Transition, Label string
	To                string // of a send back
	// Next is the step that must be reached, Then who acts there. Ways are all to which
	// the rules of the workflow may lead; with Anywhere each of them will do, because
	// the log does not tell.
	Next     string
	Then     Holder
	Ways     []string
	Anywhere bool
	// Values are entered with the act.
	Values  map[string]any
	Comment string
}

// Holder is who must hold the next task.
type Holder struct{ Role, Person string }

// End is where a case must end.
type End struct {
	Status  string   // completed, running, draft or cancelled
	Outcome string   // of completed
	Open    []string // of running: the steps of which one holds the open task
}

// String names the end for the report.
func (e End) String() string {
	switch e.Status {
	case Completed:
		return "ended as " + e.Outcome
	case Running:
		return "still open at " + strings.Join(e.Open, " or ")
	case Draft:
		return "still a draft"
	}
	return e.Status
}

// Where a run can stand when its case is over.
const (
	Completed = "completed"
	Running   = "running"
	Draft     = "draft"
	Cancelled = "cancelled"
)

// Planner plans cases on one workflow. It is safe for concurrent use.
type Planner struct {
	Version *workflow.Version
	mapping *mapping.Mapping
	roles   map[string][]string // who acts at a step, in the order of the log
}

// New compiles the definition and checks that the mapping fits it. The error
// lists every problem.
func New(doc workflow.Document, m *mapping.Mapping, all []cases.Case) (*Planner, error) {
	v, problems := workflow.Compile(doc, workflow.Org{})
	if len(problems) > 0 {
		lines := []string{"the workflow is not valid:"}
		for _, x := range problems {
			lines = append(lines, x.String())
		}
		return nil, fmt.Errorf("%s", strings.Join(lines, "\n"))
	}
	p := &Planner{Version: v, mapping: m, roles: map[string][]string{}}
	if err := p.check(); err != nil {
		return nil, err
	}
	for _, c := range all {
		for _, e := range c.Events {
			for _, s := range e.Steps {
				if !slices.Contains(p.roles[s], e.Role) {
					p.roles[s] = append(p.roles[s], e.Role)
				}
			}
		}
	}
	return p, nil
}

// Roles are those in which somebody acts at the step, in the order of the log.
func (p *Planner) Roles(step string) []string { return p.roles[step] }

// HolderOf is who may hold a task of the step, as far as the log tells.
func (p *Planner) HolderOf(step string) Holder {
	if len(p.roles[step]) > 0 {
		return Holder{Role: p.roles[step][0]}
	}
	return Holder{Role: cases.Staff}
}

// Case plans one case. A case that the workflow cannot express has no plan: the
// error says why, in words that are the same for equal reasons.
func (p *Planner) Case(c *cases.Case) (Plan, error) {
	if c.Problem != "" {
		return Plan{}, impossible(c.Problem)
	}
	out := Plan{Case: c}
	s := &search{Planner: p, c: c, dead: map[place]bool{}}
	for i, e := range c.Events {
		if e.Moves() || e.Act == mapping.Claim {
			s.events = append(s.events, i)
		}
	}
	if len(s.events) == 0 {
		return p.draftOnly(out)
	}
	if err := s.run(); err != nil {
		return Plan{}, err
	}
	out.End = s.end
	return p.assemble(out, s.acts)
}

// impossible is why a case cannot be planned.
type impossible string

// Error implements error.
func (i impossible) Error() string { return string(i) }

func cannot(format string, args ...any) error { return impossible(fmt.Sprintf(format, args...)) }

// draftOnly plans a case that was never sent.
func (p *Planner) draftOnly(out Plan) (Plan, error) {
	if !slices.ContainsFunc(out.Case.Events, func(e cases.Event) bool { return e.Act == mapping.Draft }) {
		return Plan{}, cannot("No event of the case starts the request.")
	}
	out.End = End{Status: Draft}
	return p.assemble(out, nil)
}

// assemble puts the acts that move the request and those that do not into the
// order of the log, and works out values and comments.
func (p *Planner) assemble(out Plan, moving []Act) (Plan, error) {
	c := out.Case
	started := false
	for i, e := range c.Events {
		act := Act{Event: i, Do: e.Act, Role: e.Role, Person: e.Person}
		switch {
		case e.Act == mapping.Except:
			continue
		case e.Act == mapping.Draft && started:
			return out, cannot("%q comes after the request was sent: half-filled tasks are not kept as drafts.", e.Activity)
		case e.Act == mapping.Comment && !started:
			return out, cannot("%q comes before the request was sent: a draft cannot be commented.", e.Activity)
		case len(moving) > 0 && moving[0].Event == i && e.Act != mapping.Draft:
			act, moving = moving[0], moving[1:]
		}
		if err := p.fill(&act, c); err != nil {
			return out, err
		}
		out.Acts = append(out.Acts, act)
		if len(moving) > 0 && moving[0].Event == i { // the draft that counts as sent
			act, moving = moving[0], moving[1:]
			if err := p.fill(&act, c); err != nil {
				return out, err
			}
			out.Acts, out.Sent = append(out.Acts, act), e.Rule.Sent
		}
		started = started || out.Acts[len(out.Acts)-1].Do == mapping.Start
	}
	return out, nil
}

// fill works out what is entered with an act.
func (p *Planner) fill(a *Act, c *cases.Case) error {
	e := &c.Events[a.Event]
	specs := e.Values
	if a.Do == mapping.Start || a.Do == mapping.Draft {
		specs = append(slices.Clone(p.mapping.Case.Values), e.Values...)
	}
	var err error
	if a.Values, err = p.values(specs, c, e, a); err != nil {
		return err
	}
	a.Comment, err = p.comment(a, c, e)
	return err
}

// comment is the reason given with an act: what the log says, or where one is
// required and the log has none, the event itself.
func (p *Planner) comment(a *Act, c *cases.Case, e *cases.Event) (string, error) {
	if e.Rule != nil && e.Rule.Comment != nil {
		v, err := find(*e.Rule.Comment, c, e)
		if text := strings.TrimSpace(fmt.Sprint(v)); err == nil && v != nil && text != "" {
			return text, nil
		}
	}
	if p.reasonRequired(a) {
		return strings.TrimSpace(cmp.Or(e.Activity, string(e.Act)) + " " + e.At), nil
	}
	return "", nil
}

func (p *Planner) reasonRequired(a *Act) bool {
	n := p.Version.Node(a.Step)
	switch a.Do {
	case mapping.Comment, mapping.Cancel:
		return true
	case mapping.Reject:
		return n != nil && n.RejectCommentRequired()
	case mapping.SendBack:
		return n != nil && n.SendBackCommentRequired()
	}
	if n == nil {
		return false
	}
	arrow := n.Arrow(a.Transition)
	return arrow != nil && arrow.CommentRequired
}
