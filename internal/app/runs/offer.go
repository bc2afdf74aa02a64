package runs

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/facts"
)

// A pool holds the people whom a rule matched when a task was offered. Whether
// it still matches the reader is asked again wherever that decides something:
// who has lost the role behind an offer has lost the offer.

// recheck keeps of the tasks that were offered to the reader those whose rule
// still matches him.
func (l *loaded) recheck(a access.Actor, offered []uuid.UUID, send func(*db.Batch) error) error {
	if err := l.meetLastActors(offered, send); err != nil {
		return err
	}
	for _, id := range offered {
		if t := l.state.Task(id); t != nil && l.fits(a, *t) {
			l.offered = append(l.offered, id)
		}
	}
	l.standing.Offered = len(l.offered) > 0
	return nil
}

// meetLastActors reads about the people whom the rules call assignee, where one
// mentions them. Everybody else in a rule is known from the load.
func (l *loaded) meetLastActors(tasks []uuid.UUID, send func(*db.Batch) error) error {
	var needs []engine.Need
	for _, id := range tasks {
		t := l.state.Task(id)
		if t == nil || !mentions(offerRule(l.version.Node(t.Step)), "assignee") {
			continue
		}
		if need := engine.PersonNeed(l.state.LastActor(l.cause(*t))); !l.facts.Knows(need) {
			needs = append(needs, need)
		}
	}
	if len(needs) == 0 {
		return nil
	}
	b := db.NewBatch()
	learn, err := facts.Answer(b, needs, uuid.Nil, &l.facts)
	if err != nil {
		return err
	}
	if err := send(b); err != nil {
		return err
	}
	learn()
	return nil
}

// fits reports whether the rule that offers a task matches the reader. A rule
// that fails matches nobody.
func (l *loaded) fits(a access.Actor, t engine.Task) bool {
	cause := l.cause(t)
	in := engine.Input(l.version, &l.state, l.facts, t.Step, cause)
	in.Initiator = l.person(l.state.Run.Initiator).Attributes
	in.Assignee = l.person(l.state.LastActor(cause)).Attributes
	return matches(l.version.Node(t.Step), l.person(a.User).Attributes, in)
}

// matches reports whether somebody with these attributes belongs to those a step
// is offered to.
func matches(n *workflow.Node, reader map[string]any, in rule.Input) bool {
	if n == nil {
		return false
	}
	if r := offerRule(n); r != nil {
		in.User = reader
		ok, err := r.Bool(in)
		return ok && err == nil
	}
	if n.Assign.Strategy == workflow.ByRole {
		roles, _ := reader["roles"].([]any)
		return slices.Contains(roles, any(n.Assign.Role))
	}
	return true
}

func offerRule(n *workflow.Node) *rule.Rule {
	if n == nil {
		return nil
	}
	return n.Assign.Candidates
}

// mentions reports whether a rule reads one of these variables.
func mentions(r *rule.Rule, variables ...string) bool {
	return r != nil && slices.ContainsFunc(r.Refs(), func(ref string) bool {
		object, _, _ := strings.Cut(ref, ".")
		return slices.Contains(variables, object)
	})
}

// cause is the visit that led to a task's.
func (l *loaded) cause(t engine.Task) int {
	if v := l.state.Step(t.StepSeq); v != nil {
		return v.Cause
	}
	return 0
}

// ofTheRun are the variables of a rule that differ between two runs of a version.
var ofTheRun = []string{"form", "initiator", "assignee", "run", "prev", "context"}

// readerInput is what rules see that speak of the reader alone.
func readerInput(v *workflow.Version, step string, w facts.Viewer) rule.Input {
	return rule.Input{Params: v.Params, Org: w.Org, Step: step, Now: w.Now, Today: w.Today}
}
