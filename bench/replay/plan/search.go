package plan

import (
	"slices"

	"github.com/handstamp/handstamp/bench/replay/cases"
	"github.com/handstamp/handstamp/bench/replay/mapping"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// search finds the way of one case through the workflow. An activity may be done
// at several steps and a transition may lead to several, so that only the events
// that follow tell which it was: ways are tried in the order of the document, and
// a place from which the rest cannot be done is not tried twice.
type search struct {
	*Planner
	c      *cases.Case
	events []int // those that move the request or claim a task
	acts   []Act
	end    End
	dead   map[place]bool
	// far is how many events could be done at most, reason what stopped there.
	far    int
	reason error
}

// place is an event and the step at which the run stands before it.
type place struct {
	event int
	step  string
}

// Ends that are no step of the definition.
const (
	endRejected  = "!rejected" // of the built-in Reject, where no end step has that outcome
	endCancelled = "!cancelled"
)

// run finds a way or says how far it got.
func (s *search) run() error {
	i := s.events[0]
	e := &s.c.Events[i]
	sent := s.draftBefore(i)
	act := Act{Event: i, Do: mapping.Start, Role: e.Role, Person: e.Person}
	rest := 1
	if e.Act != mapping.Start {
		if sent < 0 {
			return cannot("The case begins with %q, which does not start a request.", e.Activity)
		}
		first := &s.c.Events[sent]
		rest = 0
		act.Event, act.Role, act.Person = sent, first.Role, first.Person
		if first.Rule.Sent == "" {
			return cannot("%q follows a draft that was never sent: say with `sent: why` that such drafts count as sent.", e.Activity)
		}
	}
	s.stop(0, cannot("The start of the workflow has no way to a step where %q is done.", s.nameOf(rest)))
	for _, m := range s.starts() {
		if s.try(act, m, rest) {
			return nil
		}
	}
	return s.reason
}

// draftBefore is the last draft that was saved before an event, -1 without one.
func (s *search) draftBefore(i int) int {
	for k := i - 1; k >= 0; k-- {
		if s.c.Events[k].Act == mapping.Draft {
			return k
		}
	}
	return -1
}

// nameOf is the activity of the k-th event of the way, or its end.
func (s *search) nameOf(k int) string {
	if k < len(s.events) {
		return s.c.Events[s.events[k]].Activity
	}
	return "the end"
}

// stop remembers why the way that got farthest ended.
func (s *search) stop(done int, reason error) {
	if s.reason == nil || done > s.far {
		s.far, s.reason = done, reason
	}
}

// try does an act and then the rest; it takes the act back when that fails.
func (s *search) try(a Act, m move, rest int) bool {
	for _, target := range m.targets {
		a.Transition, a.Label, a.Next, a.Ways = m.id, m.label, target, m.targets
		s.acts = append(s.acts, a)
		if s.from(rest, target) {
			return true
		}
		s.acts = s.acts[:len(s.acts)-1]
	}
	return false
}

// from does the k-th event and all behind it, with the run at a step.
func (s *search) from(k int, at string) bool {
	if s.dead[place{k, at}] {
		return false
	}
	var ok bool
	if k == len(s.events) {
		ok = s.ends(at)
	} else {
		ok = s.event(k, at)
	}
	if !ok {
		s.dead[place{k, at}] = true
	}
	return ok
}

// event does the k-th event at a step.
func (s *search) event(k int, at string) bool {
	e := &s.c.Events[s.events[k]]
	if e.Act == mapping.Start && len(e.Steps) == 0 {
		s.stop(k, cannot("%q starts the request a second time: say with `step` where it is submitted again.", e.Activity))
		return false
	}
	if e.Act != mapping.Cancel && !slices.Contains(e.Steps, at) {
		before := "the start"
		if k > 0 {
			before = s.nameOf(k - 1)
		}
		s.stop(k, cannot("After %q the workflow has no way to a step where %q is done.", before, e.Activity))
		return false
	}
	a := Act{Event: s.events[k], Do: e.Act, Role: e.Role, Person: e.Person, Step: at, To: e.To}
	s.promise(Holder{e.Role, e.Person}, false)
	switch e.Act {
	case mapping.Cancel:
		a.Step = ""
		s.promise(s.HolderOf(at), true)
	case mapping.Claim:
		a.Next = at
		return s.try(a, move{targets: []string{at}}, k+1)
	case mapping.Start:
		a.Do = mapping.Complete
	}
	moves := s.moves(at, e)
	if len(moves) == 0 {
		s.stop(k, cannot("Step %q has no transition by which %q could leave it.", at, e.Activity))
	}
	for _, m := range moves {
		if s.try(a, m, k+1) {
			return true
		}
	}
	return false
}

// promise tells the act before who acts next, and whether it matters where.
func (s *search) promise(h Holder, anywhere bool) {
	if n := len(s.acts); n > 0 {
		s.acts[n-1].Then, s.acts[n-1].Anywhere = h, anywhere
	}
}

// ends reports whether a case may be over at a place.
func (s *search) ends(at string) bool {
	last := s.c.Last()
	if at == endCancelled {
		s.end = End{Status: Cancelled}
		return true
	}
	if last == nil || s.c.End == nil {
		s.stop(len(s.events), cannot("Nothing in `ends` says where cases end whose last act is %q.", s.nameOf(len(s.events)-1)))
		return false
	}
	n := s.Version.Node(at)
	outcome := workflow.OutcomeRejected
	if n != nil && n.Type == workflow.End {
		outcome = n.Outcome
	}
	switch open := n != nil && n.Type != workflow.End; {
	case open && slices.Contains(s.c.End.Open, at):
		s.end = End{Status: Running, Open: s.c.End.Open}
		s.promise(s.HolderOf(at), len(s.c.End.Open) > 1)
		return true
	case !open && s.c.End.Outcome == outcome:
		s.end = End{Status: Completed, Outcome: outcome}
		return true
	}
	s.stop(len(s.events), cannot("After %q, the last act, the workflow has no way to where the case must end: %s.", last.Activity, describe(*s.c.End)))
	return false
}

func describe(e mapping.End) string {
	if e.Outcome != "" {
		return "the outcome " + e.Outcome
	}
	return "open at " + quoted(e.Open)
}
