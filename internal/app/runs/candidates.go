package runs

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/facts"
)

// Candidates asks who may get a task next.
type Candidates struct {
	Task uuid.UUID
	// Transition, or Step behind it: whom the actor may choose there. Both empty:
	// to whom this task may be handed on.
	Transition string
	Step       string
	// For is whom this task may be given or shown to instead: ForApprover, ForOpinion
	// or ForDelegate. Anybody active fits, but for separation of duties.
	For string
	// Workflow instead of Task: whom the starter of a request may choose for Step.
	Workflow string
	// Values are those being entered, which the rule may speak of. What cannot be
	// used yet counts as not entered.
	Values map[string]any
	Query  string
	Limit  int
}

// What somebody is looked for beside handing a task on.
const (
	ForApprover = "add_approver"
	ForOpinion  = "consult"
	ForDelegate = "delegate"
)

// Candidate is somebody who may be chosen, and why.
type Candidate struct {
	facts.Person
	Reason    string     `json:"reason,omitempty" doc:"Why he may be chosen, where that is known."`
	AwayUntil *time.Time `json:"away_until,omitempty" doc:"Absent now; the first moment of being back. Who stands in gets the task."`
}

// candidate is somebody who may be chosen, with whether he is away.
func (l *loaded) candidate(p engine.Person, reason string) Candidate {
	c := Candidate{Person: facts.PersonOf(p), Reason: reason}
	for _, x := range l.facts.Answers[engine.Need{Kind: engine.NeedAbsences}.Key()].Away {
		if x.User == p.ID && !x.From.After(l.facts.Now) && x.Until.After(l.facts.Now) {
			c.AwayUntil = &x.Until
		}
	}
	return c
}

// CandidateList is a page of candidates.
type CandidateList struct {
	Items []Candidate `json:"items"`
	More  bool        `json:"more" doc:"There are more: narrow the query."`
}

// Candidates lists people by name whom the actor may choose, leaving out those
// whom separation of duties keeps from the step.
func (s *Service) Candidates(ctx context.Context, a access.Actor, in Candidates) (CandidateList, error) {
	l, n, cause, err := s.choosing(ctx, a, in)
	if err != nil {
		return CandidateList{}, err
	}
	if err := s.meet(ctx, a, l, []uuid.UUID{l.state.LastActor(cause)}); err != nil {
		return CandidateList{}, err
	}
	if in.For != "" {
		return s.search(ctx, a, l, n, engine.Need{Kind: facts.NeedAnybody}, in)
	}
	out, err := s.search(ctx, a, l, n, l.wantedPeople(n, cause), in)
	if err == nil && len(out.Items) == 0 && in.Query == "" && in.Step == "" && in.Transition == "" {
		// Nobody fits: then the engine lets a task be handed to anybody.
		return s.search(ctx, a, l, n, engine.Need{Kind: facts.NeedAnybody}, in)
	}
	return out, err
}

// search lists the people who meet a need and may hold a task of the step.
func (s *Service) search(ctx context.Context, a access.Actor, l *loaded, n *workflow.Node, need engine.Need, in Candidates) (CandidateList, error) {
	b := db.NewBatch()
	var people []engine.Person
	if err := facts.Search(b, need, in.Query, limit(in.Limit)+1, &people); err != nil {
		return CandidateList{}, err
	}
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return CandidateList{}, err
	}
	out := CandidateList{Items: []Candidate{}, More: len(people) > limit(in.Limit)}
	for _, p := range people[:min(len(people), limit(in.Limit))] {
		if (in.For == ForOpinion || engine.Barred(l.version, &l.state, p.ID, n) == "" && !l.hasVoice(in, p.ID)) && p.ID != l.holder(in) {
			out.Items = append(out.Items, l.candidate(p, reason(n, need)))
		}
	}
	return out, nil
}

// hasVoice reports whether somebody is asked already in the step of the task that
// is given to others.
func (l *loaded) hasVoice(in Candidates, id uuid.UUID) bool {
	t := l.state.Task(in.Task)
	return t != nil && in.Step == "" && in.Transition == "" && slices.ContainsFunc(l.state.Tasks, func(x engine.Task) bool {
		return x.StepSeq == t.StepSeq && x.Kind == engine.DecideTask && x.Status != engine.TaskCancelled && x.Assignee == id
	})
}

// choosing finds the step whose assignee is looked for.
func (s *Service) choosing(ctx context.Context, a access.Actor, in Candidates) (*loaded, *workflow.Node, int, error) {
	if in.Task == uuid.Nil {
		st, _, err := s.prepare(ctx, a, Prepare{Workflow: in.Workflow})
		if err != nil {
			return nil, nil, 0, err
		}
		st.state = engine.State{Run: engine.Run{Initiator: a.User, Status: engine.Draft, Round: 1}}
		st.state.Values = st.version.Form.Defaults(st.input(st.version.Start().ID, 0))
		st.enter(st.version.Start(), 0, in.Values)
		return stepAhead(&st.loaded, in.Step, 0)
	}
	l, err := s.read(ctx, a, target{task: in.Task}, nil)
	if err != nil {
		return nil, nil, 0, err
	}
	ts := l.task(a, in.Task)
	t := l.state.Task(in.Task)
	if in.Step == "" && in.Transition == "" {
		n := l.version.Node(t.Step)
		cause := 0
		if v := l.state.Step(t.StepSeq); v != nil {
			cause = v.Cause
		}
		return l, n, cause, access.CheckReassign(a, ts)
	}
	if err := access.CheckHold(a, ts); err != nil {
		return nil, nil, 0, err
	}
	n := l.version.Node(t.Step)
	if n == nil {
		return nil, nil, 0, fault.New(fault.Conflict, "The step %q does not exist in the workflow any more.", t.Step)
	}
	if t.Assignee == a.User {
		l.enter(n, t.StepSeq, in.Values)
	}
	if in.Step == "" {
		arrow := n.Arrow(in.Transition)
		if arrow == nil {
			return nil, nil, 0, fault.At("transition", "Step %q has no transition %q.", n.Label, in.Transition)
		}
		next := l.chosenAhead(arrow.Target, l.input(n.ID, t.StepSeq), t.StepSeq)
		switch len(next) {
		case 0:
			return nil, nil, 0, fault.At("transition", "Behind %q nobody has to be chosen.", arrow.Label)
		case 1:
			in.Step = next[0].ID
		default:
			return nil, nil, 0, fault.At("step_id", "Behind %q people are chosen for several steps: say for which.", arrow.Label)
		}
	}
	return stepAhead(l, in.Step, t.StepSeq)
}

// enter takes over the values that are being entered in a step, as far as they may
// be written there.
func (l *loaded) enter(n *workflow.Node, seq int, values map[string]any) {
	if len(values) == 0 {
		return
	}
	in := l.input(n.ID, seq)
	modes, _ := l.version.Form.Modes(n.Fields, n.Type == workflow.Start, in) // a rule that fails hides its field
	l.state.Values = l.version.Form.Preview(modes, l.state.Values, values, in)
}

func stepAhead(l *loaded, step string, cause int) (*loaded, *workflow.Node, int, error) {
	n := l.version.Node(step)
	if n == nil || n.Type != workflow.TaskStep || n.Assign.Strategy != workflow.Chosen {
		return nil, nil, 0, fault.At("step_id", "There is no step %q whose assignee is chosen.", step)
	}
	return l, n, cause, nil
}

// wantedPeople is the need behind a step's candidates.
func (l *loaded) wantedPeople(n *workflow.Node, cause int) engine.Need {
	rules := engine.Input(l.version, &l.state, l.facts, n.ID, cause)
	rules.Initiator = l.person(l.state.Run.Initiator).Attributes
	rules.Assignee = l.person(l.state.LastActor(cause)).Attributes
	if cause == 0 {
		rules.Assignee = l.person(l.facts.Actor).Attributes
	}
	switch {
	case n.Assign.Candidates != nil:
		return engine.Need{Kind: engine.NeedCandidates, Rule: n.Assign.Candidates, Input: rules}
	case n.Assign.Strategy == workflow.ByRole:
		return engine.Need{Kind: engine.NeedRole, Ref: n.Assign.Role}
	}
	return engine.Need{Kind: facts.NeedAnybody}
}

// holder is who holds the task that is handed on: no candidate for it.
func (l *loaded) holder(in Candidates) uuid.UUID {
	if in.Step != "" || in.Transition != "" || in.Task == uuid.Nil {
		return uuid.Nil
	}
	return l.state.Task(in.Task).Assignee
}

// reason says why somebody is a candidate.
func reason(n *workflow.Node, need engine.Need) string {
	switch need.Kind {
	case engine.NeedCandidates:
		return "matches " + strings.TrimSpace(n.Assign.Candidates.Source())
	case engine.NeedRole:
		return "has the role " + n.Assign.Role
	}
	return "active member"
}

// limit bounds a page: 50 when not said, 100 at most.
func limit(n int) int {
	if n <= 0 {
		return 50
	}
	return min(n, 100)
}
