package engine_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/engine/enginetest"
	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// checkDecision tells what is wrong with a decision, whatever the scenario is
// about: err is how it ended, before the run's state when it was asked.
func checkDecision(r *enginetest.Run, before engine.State, c engine.Command, d enginetest.Decided, err error) error {
	if again := repeat(r, before, c, d); again != nil {
		return again
	}
	if err != nil {
		if _, ok := errors.AsType[*fault.Error](err); !ok {
			return fmt.Errorf("the error is not for people: %w", err)
		}
		if len(d.Events) > 0 || !reflect.DeepEqual(before, r.State) {
			return errors.New("a refused command changed something")
		}
		return nil
	}
	if m, ok := c.(engine.Migrate); ok {
		if err := checkMigrated(before, m, d); err != nil {
			return err
		}
	}
	return errors.Join(checkReplay(r, before, c, d), checkState(r), checkDecisions(r, before, d), checkTaken(before, c, d))
}

// repeat asks once more with the same facts: the answer must be the same, and
// the state that is passed in must stay as it was.
func repeat(r *enginetest.Run, before engine.State, c engine.Command, d enginetest.Decided) error {
	kept := before.Clone()
	d.Facts.NewID = enginetest.IDs(d.First)
	again, err := engine.Decide(d.Version, before, c, d.Facts)
	switch {
	case !reflect.DeepEqual(kept, before):
		return errors.New("Decide changed the state it was given")
	case err == nil && !reflect.DeepEqual(again, d.Decision):
		return errors.New("Decide answers differently the second time")
	}
	return nil
}

// checkMigrated: nothing is lost by a move to another version. Every token stands where
// it stood, unless it is asked anew; every decision that was made is there, and every
// value that somebody entered.
func checkMigrated(before engine.State, m engine.Migrate, d enginetest.Decided) error {
	after := d.State
	moved := d.Events[0]
	if moved.Type != event.RunMigrated {
		return fmt.Errorf("the first event of a move is %s", moved.Type)
	}
	for _, v := range before.Steps {
		now := after.Step(v.Seq)
		to := v.Step
		if id, renamed := moved.Version.Steps[v.Step]; renamed && now.Former == "" {
			to = id
		}
		if now.Step != to || v.Former != "" && now.Former != v.Former {
			return fmt.Errorf("visit %d to %s is one to %s (%s) now", v.Seq, v.Step, now.Step, now.Former)
		}
		if n := m.Version.Node(now.Step); now.Former == "" && (n == nil || n.Type != d.Version.Node(v.Step).Type) {
			return fmt.Errorf("visit %d to %s has lost its step", v.Seq, v.Step)
		}
		if v.Status.Active() && !now.Status.Active() && !m.Reask && !after.Run.Status.Over() && now.Status != engine.StepSucceeded && !joined(d, v) {
			return fmt.Errorf("visit %d to %s was lost: %s", v.Seq, v.Step, now.Status)
		}
	}
	for i, t := range before.Tasks {
		if now := after.Tasks[i]; t.Status == engine.TaskCompleted && (now.Status != t.Status || now.Transition != t.Transition || now.Assignee != t.Assignee) {
			return fmt.Errorf("the decision in %s was lost", t.Step)
		}
	}
	for name, v := range before.Values {
		f, known := m.Version.Form.Field(name)
		if old, _ := d.Version.Form.Field(name); known && (!f.Calculate.IsZero() || f.Type != old.Type) {
			continue
		}
		if !reflect.DeepEqual(after.Values[name], v) {
			return fmt.Errorf("%s was %v and is %v", name, v, after.Values[name])
		}
	}
	return nil
}

// joined reports whether a decision led on from a join of the branches in which a visit is.
func joined(d enginetest.Decided, v engine.StepRun) bool {
	return slices.ContainsFunc(d.Events, func(e event.Event) bool {
		scope := d.State.Step(max(e.StepSeq, 1)).Scope
		for inner := v.Scope; inner != 0; inner = d.State.Step(inner).Scope {
			if e.Type == event.StepLeft && scope == inner {
				return true
			}
		}
		return false
	})
}

// checkReplay folds the events of a decision: they must lead to its state.
func checkReplay(r *enginetest.Run, before engine.State, c engine.Command, d enginetest.Decided) error {
	if st, ok := c.(engine.Start); ok {
		before = engine.State{Run: engine.Run{ID: st.ID, Number: st.Number, Initiator: st.Initiator, Round: 1}}
	}
	before.Turns = nil
	after := engine.Evolve(before, d.Events...)
	if _, ok := c.(engine.Undo); ok { // it goes back to what stands in the events before
		after = again(r)
	}
	if !reflect.DeepEqual(after, d.State) {
		return fmt.Errorf("the events lead to another state:\n%+v\nand not to:\n%+v", after, d.State)
	}
	if got := d.State.Run.Seq - before.Run.Seq; got != int64(len(d.Events)) {
		return fmt.Errorf("%d events moved the number of the run by %d", len(d.Events), got)
	}
	return nil
}

// again is the state all events of a run lead to.
func again(r *enginetest.Run) engine.State {
	s := r.State.Run
	after := engine.Evolve(engine.State{Run: engine.Run{ID: s.ID, Number: s.Number, Initiator: s.Initiator, Round: 1}}, r.Events...)
	after.Turns = nil
	return after
}

// checkState tells where a run contradicts itself, or is lost.
func checkState(r *enginetest.Run) error {
	s := r.State
	open := s.OpenTasks()
	incident, below := false, false
	for i, v := range s.Steps {
		if v.Seq != i+1 || v.Cause >= v.Seq || v.BackFrom >= v.Seq {
			return fmt.Errorf("visit %d stands at place %d, after %d, back from %d", v.Seq, i+1, v.Cause, v.BackFrom)
		}
		incident = incident || v.Status == engine.StepIncident
		if v.Status.Active() == !v.LeftAt.IsZero() {
			return fmt.Errorf("visit %d is %s and was left at %v", v.Seq, v.Status, v.LeftAt)
		}
		if v.Status == engine.StepRunning && r.Version.Node(v.Step).Type != workflow.Join {
			return fmt.Errorf("visit %d to %s neither waits for people nor was left", v.Seq, v.Step)
		}
		has := slices.ContainsFunc(open, func(t engine.Task) bool { return t.StepSeq == v.Seq })
		if waits := runsBelow(v); v.Status.Active() && r.Version.Node(v.Step).Type == workflow.SubWorkflow {
			if v.Status == engine.StepWaiting && !waits && s.Run.Status == engine.Running && !askedAnew(s) {
				return fmt.Errorf("visit %d waits for requests that have ended", v.Seq)
			}
			below = below || waits && v.Status == engine.StepWaiting || s.Run.Status == engine.RunHeld
			continue
		}
		if has != (v.Status == engine.StepWaiting && !v.Waits) {
			return fmt.Errorf("visit %d is %s, with an open task: %v", v.Seq, v.Status, has)
		}
	}
	if err := checkBound(s); err != nil {
		return err
	}
	if s.Run.Visits != len(s.Steps) {
		return fmt.Errorf("%d visits are counted, %d are there", s.Run.Visits, len(s.Steps))
	}
	if s.Run.Status.Over() {
		return errors.Join(checkOver(s), checkCounts(r))
	}
	if s.Run.Status != engine.Running && s.Run.Status != engine.RunHeld || !s.Run.EndedAt.IsZero() {
		return fmt.Errorf("the run is %s, ended %v", s.Run.Status, s.Run.EndedAt)
	}
	if len(open) == 0 && !incident && !below {
		return errors.New("the run is lost: nobody is asked and there is no incident")
	}
	for _, t := range open {
		if err := checkHeld(r, t); err != nil {
			return err
		}
	}
	return errors.Join(checkQueues(s), checkVoices(s))
}

// runsBelow reports whether a visit waits for requests it started.
func runsBelow(v engine.StepRun) bool {
	return slices.ContainsFunc(v.Subs, func(x engine.Sub) bool { return x.Status == engine.SubRunning })
}

// askedAnew reports whether somebody is asked again.
func askedAnew(s engine.State) bool {
	return slices.ContainsFunc(s.Steps, func(v engine.StepRun) bool { return v.Again })
}

// checkBound: a decision waits only while somebody is asked again, who is asked
// again decided before, and every void decision is asked for again.
func checkBound(s engine.State) error {
	waits, again := false, false
	for _, v := range s.Steps {
		if (v.Waits || v.Again) && !v.Status.Active() || v.Again && (v.Transition == "" || v.Waits) {
			return fmt.Errorf("visit %d is %s, waits: %v, asked again: %v", v.Seq, v.Status, v.Waits, v.Again)
		}
		waits, again = waits || v.Waits, again || v.Again
	}
	if waits && !again {
		return errors.New("a decision waits, and nobody is asked again")
	}
	for _, t := range s.Tasks {
		if t.Void() && t.Status != engine.TaskCompleted {
			return fmt.Errorf("a decision is void that is %s", t.Status)
		}
	}
	return nil
}

// checkCounts: no run ends on a void decision, unless it is rejected for good: every
// visit on its way was left by what those decided in it whose decisions count.
func checkCounts(r *enginetest.Run) error {
	s := r.State
	last := s.Steps[len(s.Steps)-1]
	from := s.Step(last.Cause)
	if s.Run.Status != engine.Completed || r.Version.Node(last.Step).Type != workflow.End || from == nil {
		return nil
	}
	if n := r.Version.Node(from.Step); from.Former == "" && n.Type == workflow.TaskStep && (n.Arrow(from.Transition) == nil || n.Arrow(from.Transition).Kind == workflow.Reject) {
		return nil
	}
	live := s.Live(r.Version)
	for _, t := range s.Tasks {
		v, n := s.Step(t.StepSeq), r.Version.Node(t.Step)
		if !t.Void() || !live[v.Seq] || v.Former != "" || n.Type != workflow.TaskStep {
			continue
		}
		verdict := engine.Count(n, &s, v.Seq).Verdict
		if a := n.Arrow(verdict); verdict != v.Transition && (a == nil || a.When == nil) {
			return fmt.Errorf("the run ended, and visit %d was left by %q on a decision that is void: it comes to %q", v.Seq, v.Transition, verdict)
		}
	}
	return nil
}

// checkQueues: what is queued waits for something that is still to be done, in
// the same visit, and nothing waits in a circle.
func checkQueues(s engine.State) error {
	for _, t := range s.Tasks {
		if (t.Status == engine.TaskQueued) != (t.Waits != uuid.Nil) && t.Status != engine.TaskCancelled {
			return fmt.Errorf("a task is %s and waits for %s", t.Status, t.Waits)
		}
		x := t
		for i := 0; x.Status == engine.TaskQueued; i++ {
			next := s.Task(x.Waits)
			if next == nil || next.StepSeq != x.StepSeq || i > len(s.Tasks) {
				return fmt.Errorf("task %s waits for what never comes", t.ID)
			}
			x = *next
		}
		if t.Status == engine.TaskQueued && x.Status != engine.TaskOpen {
			return fmt.Errorf("task %s waits for a task that is %s", t.ID, x.Status)
		}
	}
	return nil
}

// checkVoices: nobody has two voices in one visit.
func checkVoices(s engine.State) error {
	type voice struct {
		seq int
		who uuid.UUID
	}
	had := map[voice]bool{}
	for _, t := range s.Tasks {
		if t.Kind != engine.DecideTask || t.Status == engine.TaskCancelled || t.Void() {
			continue
		}
		for _, who := range []uuid.UUID{t.Assignee, t.OnBehalfOf} {
			v := voice{t.StepSeq, who}
			if who != uuid.Nil && had[v] {
				return fmt.Errorf("somebody has two voices in visit %d", t.StepSeq)
			}
			had[v] = true
		}
	}
	return nil
}

func checkOver(s engine.State) error {
	if len(s.OpenTasks()) > 0 || s.Run.EndedAt.IsZero() {
		return errors.New("the run has ended, and tasks are open or no time is noted")
	}
	for _, v := range s.Steps {
		if v.Status.Active() {
			return fmt.Errorf("the run has ended and visit %d is %s", v.Seq, v.Status)
		}
	}
	return nil
}

// checkHeld: an open task is with somebody who may decide it, or offered to such people.
func checkHeld(r *enginetest.Run, t engine.Task) error {
	n := r.Version.Node(t.Step)
	holders := []uuid.UUID{t.Assignee}
	if t.Assignee == uuid.Nil {
		if t.Pool == nil || len(t.Pool.Members) == 0 {
			return fmt.Errorf("nobody holds the task of %s and nobody may take it", t.Step)
		}
		// Who was offered it may have decided in another branch since; somebody must be left.
		holders = slices.DeleteFunc(slices.Clone(t.Pool.Members), func(id uuid.UUID) bool {
			return engine.Barred(r.Version, &r.State, id, n) != ""
		})
		if len(holders) == 0 {
			return fmt.Errorf("the task of %s is offered only to people who may not decide it", t.Step)
		}
	}
	for _, id := range holders {
		if r.Org.Person(id) == nil {
			return fmt.Errorf("the task of %s is with nobody of the organization", t.Step)
		}
		if why := engine.Barred(r.Version, &r.State, id, n); why != "" && !t.Kind.Opinion() {
			return fmt.Errorf("the task of %s is with somebody who may not decide it: %s", t.Step, why)
		}
	}
	return nil
}

// checkDecisions looks at who got and who decided what.
func checkDecisions(r *enginetest.Run, before engine.State, d enginetest.Decided) error {
	for _, e := range d.Events {
		if err := checkActive(r, e); err != nil {
			return err
		}
		switch e.Type {
		case event.TaskCompleted, event.TaskSentBack, event.TaskCancelled, event.TaskClaimed, event.TaskReleased, event.TaskReassigned:
			if e.Task == nil { // an operator sends back what nobody holds
				if v := before.Step(e.StepSeq); e.Type != event.TaskSentBack || v == nil || v.Status != engine.StepIncident {
					return fmt.Errorf("%s without a task at a visit that is no incident", e.Type)
				}
				continue
			}
			t := before.Task(*e.Task)
			if t == nil && e.Actor == nil && d.State.Task(*e.Task) != nil {
				continue // asked, and at once not needed or not right any more: another branch was faster
			}
			if t == nil || t.Status != engine.TaskOpen && (e.Type != event.TaskCancelled && e.Type != event.TaskReassigned || t.Status != engine.TaskQueued) {
				return fmt.Errorf("%s of a task that is not open", e.Type)
			}
			if e.Type == event.TaskCompleted && *e.Actor != t.Assignee {
				return errors.New("somebody decided a task he does not hold")
			}
		}
	}
	return nil
}

// checkActive: a task is never given or offered to somebody who left.
func checkActive(r *enginetest.Run, e event.Event) error {
	var ids []uuid.UUID
	if e.Assignee != nil && e.Type != event.TaskCancelled && e.Type != event.TaskQueued && e.Type != event.TaskOpened {
		ids = append(ids, *e.Assignee)
	}
	if e.Pool != nil {
		ids = append(ids, e.Pool.Members...)
	}
	for _, id := range ids {
		if p := r.Org.Person(id); p == nil || p.Disabled {
			return fmt.Errorf("%s gives the task of %s to somebody who is not active", e.Type, e.Step)
		}
	}
	return nil
}

// checkDuties: whoever decided was allowed to, seen from the whole history. What was
// decided before a move to another version went by the duties of that time.
func checkDuties(r *enginetest.Run) error {
	v := r.Version
	for _, t := range r.State.Tasks {
		n := v.Node(t.Step)
		if t.Status != engine.TaskCompleted || !t.DoneAt.After(r.Moved) || n.Type != workflow.TaskStep || t.Kind.Opinion() {
			continue
		}
		if t.Assignee == r.State.Run.Initiator && !v.MayDecideOwn() && n.Assign.Strategy != workflow.Initiator && n.Assign.Strategy != workflow.Previous {
			return fmt.Errorf("the requester decided %s", t.Step)
		}
		if t.Assignee != r.State.Run.Initiator && slices.Contains(r.State.Run.Above, t.Assignee) && !v.MayDecideOwn() {
			return fmt.Errorf("who made the request above decided %s", t.Step)
		}
		for _, other := range r.State.Tasks {
			apart := slices.Contains(v.Apart(t.Step), other.Step)
			same := other.Assignee == t.Assignee || other.OnBehalfOf == t.Assignee || t.OnBehalfOf == other.Assignee
			if apart && other.Status == engine.TaskCompleted && !other.Kind.Opinion() && same && other.Decision != engine.SentBack && t.Decision != engine.SentBack {
				return fmt.Errorf("the same person decided %s and %s", t.Step, other.Step)
			}
		}
	}
	return nil
}
