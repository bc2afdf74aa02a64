package engine

import (
	"maps"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
)

// Evolve returns the state after the events. It never fails: events are facts. Where
// a decision is taken back among them, the events of the decision have to be there, too.
func Evolve(s State, events ...event.Event) State {
	kept := goneBackTo(events)
	s = s.Clone()
	for _, e := range events {
		if _, wanted := kept[s.Run.Seq+1]; wanted {
			kept[s.Run.Seq+1] = s.Clone()
		}
		if e.Type == event.TaskUndone {
			s.goBack(kept[e.Since])
		}
		s.apply(e)
	}
	return s
}

// goneBackTo names the events before which a state has to be kept, because a later one
// goes back there; nil where none does, as nearly always.
func goneBackTo(events []event.Event) map[int64]State {
	var kept map[int64]State
	for _, e := range events {
		if e.Type != event.TaskUndone {
			continue
		}
		if kept == nil {
			kept = map[int64]State{}
		}
		kept[e.Since] = State{}
	}
	return kept
}

// goBack makes the state what it was before a decision. What happened keeps its
// number, whose turn it is keeps its turn, and what steps wrote by themselves stays.
func (s *State) goBack(before State) {
	now := *s
	*s = before.Clone()
	s.Run.Seq, s.Turns, s.Context = now.Run.Seq, now.Turns, now.Context
}

// apply changes the state in place.
func (s *State) apply(e event.Event) {
	s.Run.Seq++
	if e.Title != "" {
		s.Run.Title = e.Title
	}
	switch e.Type {
	case event.RunStarted, event.RunCompleted, event.RunCancelled, event.RunHeld, event.RunResumed, event.RunNudged, event.RunMigrated:
		s.applyRun(e)
	case event.StepEntered, event.StepLeft, event.StepSkipped, event.StepCancelled, event.StepReopened, event.StepRetried, event.StepWaits, event.RunIncident:
		s.applyStep(e)
	case event.TaskCreated, event.TaskClaimed, event.TaskReleased, event.TaskReassigned, event.TaskDelegated,
		event.TaskQueued, event.TaskOpened, event.TaskCompleted, event.TaskSentBack, event.TaskVoided, event.TaskCancelled:
		s.applyTask(e)
	case event.SubRequested, event.SubFailed, event.SubEnded, event.SubStopped:
		s.applySub(e)
	case event.StakeholderAdded, event.StakeholderRemoved:
		s.applyStakeholder(e)
	case event.FieldsChanged:
		if s.Values == nil {
			s.Values = map[string]any{}
		}
		s.applyTook(e)
		s.followRows(e.Values)
		maps.Copy(s.Values, e.Values)
	}
}

func (s *State) applyRun(e event.Event) {
	switch e.Type {
	case event.RunStarted:
		s.Run.Status, s.Run.Round = Running, 1
		s.Run.StartedAt = e.At
		s.Run.Parent, s.Run.Depth, s.Run.Above = deref(e.Parent), e.Depth, e.Above
		if e.Actor != nil {
			s.Run.Initiator = *e.Actor
		} else if e.Owner != nil { // started by another run, in his name
			s.Run.Initiator = *e.Owner
		}
	case event.RunCompleted:
		s.Run.Status, s.Run.Outcome, s.Run.EndedAt = Completed, e.Outcome, e.At
		s.cancelSteps(e.At)
	case event.RunCancelled:
		s.Run.Status, s.Run.Reason, s.Run.EndedAt = RunCancelled, e.Reason, e.At
		s.cancelSteps(e.At)
	case event.RunHeld:
		s.Run.Status = RunHeld
	case event.RunResumed:
		s.Run.Status = Running
	case event.RunNudged:
		s.Run.NudgedAt = e.At
	case event.RunMigrated:
		s.migrate(e.Version)
	}
}

// cancelSteps closes the visits that the end of the run overtook.
func (s *State) cancelSteps(at time.Time) {
	for i := range s.Steps {
		if s.Steps[i].Status.Active() {
			s.Steps[i].close(StepCancelled, at)
		}
	}
}

func (s *State) applyStep(e event.Event) {
	if e.Type == event.StepEntered {
		s.Run.Visits++
		s.Run.Round = max(s.Run.Round, e.Round)
		s.Steps = append(s.Steps, StepRun{
			Seq: e.StepSeq, Step: e.Step, Status: StepRunning, Round: e.Round,
			Cause: e.From, BackFrom: e.BackFrom, ReturnTo: e.ReturnTo, Scope: e.Scope, Correct: e.Correct, EnteredAt: e.At,
		})
		return
	}
	v := s.Step(e.StepSeq)
	if v == nil {
		return
	}
	switch e.Type {
	case event.RunIncident:
		v.Status, v.Detail, v.Waits, v.Chosen = StepIncident, e.Detail, false, nil
		v.leaveUntaken(e.Sub)
	case event.StepCancelled:
		v.close(StepCancelled, e.At)
	case event.StepSkipped:
		v.Transition = e.Transition
		v.close(StepSkipped, e.At)
	case event.StepReopened:
		v.Status, v.Again, v.Detail, v.LeftAt = StepWaiting, true, "", time.Time{}
	case event.StepRetried:
		v.Status, v.Detail = StepWaiting, ""
		v.takeAgain()
	case event.StepWaits:
		v.Waits, v.Chosen, v.Again = true, e.Chosen, false
	default:
		v.Transition, v.Detail = e.Transition, ""
		v.close(StepSucceeded, e.At)
	}
}

// close ends a visit.
func (v *StepRun) close(as StepStatus, at time.Time) {
	v.Status, v.LeftAt, v.Again, v.Waits, v.Chosen = as, at, false, false, nil
	if as == StepCancelled || v.Transition == SentBack {
		v.stopSubs()
	}
}

func (s *State) applyTask(e event.Event) {
	if e.Type == event.TaskCreated {
		s.createTask(e)
		return
	}
	if e.Task == nil {
		return
	}
	t := s.Task(*e.Task)
	if t == nil {
		return
	}
	switch e.Type {
	case event.TaskClaimed:
		t.Assignee, t.AssignedAt, t.Warning = deref(e.Assignee), e.At, ""
	case event.TaskReassigned, event.TaskDelegated:
		t.Assignee, t.OnBehalfOf, t.AssignedAt, t.Warning = deref(e.Assignee), deref(e.Owner), e.At, e.Warning
		t.ForAbsent, t.ByHand = e.Pick == PickAbsence, e.Actor != nil
		if e.Pool != nil {
			t.Pool = &Pool{ID: e.Pool.ID, Hash: e.Pool.Hash, Members: e.Pool.Members}
		}
	case event.TaskQueued:
		t.Status, t.Waits = TaskQueued, deref(e.Waits)
	case event.TaskOpened:
		t.Status, t.Waits, t.AssignedAt = TaskOpen, uuid.Nil, e.At
	case event.TaskReleased:
		t.Assignee, t.AssignedAt, t.OnBehalfOf, t.ForAbsent, t.ByHand = uuid.Nil, e.At, uuid.Nil, false, false
	case event.TaskCompleted:
		t.Status, t.Transition, t.Decision, t.DoneAt, t.Shown = TaskCompleted, e.Transition, e.Kind, e.At, e.Shown
	case event.TaskVoided:
		t.VoidBy, t.VoidFields = deref(e.Actor), e.Fields
	case event.TaskSentBack:
		t.Status, t.Decision, t.DoneAt = TaskCompleted, SentBack, e.At
	case event.TaskCancelled:
		t.Status, t.DoneAt = TaskCancelled, e.At
	}
}

func (s *State) createTask(e event.Event) {
	t := Task{
		ID: deref(e.Task), StepSeq: e.StepSeq, Step: e.Step, Kind: TaskKind(e.TaskKind), Slot: e.Slot, Group: e.Group,
		Status: TaskOpen, Assignee: deref(e.Assignee), OnBehalfOf: deref(e.Owner), ForAbsent: e.Pick == PickAbsence, AddedBy: deref(e.AddedBy), Waits: deref(e.Waits),
		Warning: e.Warning, Again: deref(e.Again), AssignedAt: e.At, CreatedAt: e.At,
	}
	if t.Waits != uuid.Nil {
		t.Status = TaskQueued
	}
	if e.Pool != nil {
		t.Pool = &Pool{ID: e.Pool.ID, Hash: e.Pool.Hash, Members: e.Pool.Members}
	}
	s.Tasks = append(s.Tasks, t)
	if v := s.Step(e.StepSeq); v != nil {
		v.Status, v.Waits, v.Chosen = StepWaiting, false, nil
	}
	if e.Pick == PickRoundRobin {
		if s.Turns == nil {
			s.Turns = map[string]uuid.UUID{}
		}
		s.Turns[e.Step] = t.Assignee
	}
}

func deref(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

func ref(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
