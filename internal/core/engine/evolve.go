package engine

import (
	"maps"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
)

// Evolve returns the state after the events. It never fails: events are facts.
func Evolve(s State, events ...event.Event) State {
	s = s.Clone()
	for _, e := range events {
		s.apply(e)
	}
	return s
}

// apply changes the state in place.
func (s *State) apply(e event.Event) {
	s.Run.Seq++
	if e.Title != "" {
		s.Run.Title = e.Title
	}
	switch e.Type {
	case event.RunStarted, event.RunCompleted, event.RunCancelled:
		s.applyRun(e)
	case event.StepEntered, event.StepLeft, event.RunIncident:
		s.applyStep(e)
	case event.TaskCreated, event.TaskClaimed, event.TaskReleased, event.TaskReassigned,
		event.TaskCompleted, event.TaskSentBack, event.TaskCancelled:
		s.applyTask(e)
	case event.FieldsChanged:
		if s.Values == nil {
			s.Values = map[string]any{}
		}
		maps.Copy(s.Values, e.Values)
	}
}

func (s *State) applyRun(e event.Event) {
	switch e.Type {
	case event.RunStarted:
		s.Run.Status, s.Run.Round = Running, 1
		s.Run.StartedAt = e.At
		if e.Actor != nil {
			s.Run.Initiator = *e.Actor
		}
	case event.RunCompleted:
		s.Run.Status, s.Run.Outcome, s.Run.EndedAt = Completed, e.Outcome, e.At
		s.cancelSteps(e.At)
	case event.RunCancelled:
		s.Run.Status, s.Run.Reason, s.Run.EndedAt = RunCancelled, e.Reason, e.At
		s.cancelSteps(e.At)
	}
}

// cancelSteps closes the visits that the end of the run overtook.
func (s *State) cancelSteps(at time.Time) {
	for i := range s.Steps {
		if s.Steps[i].Status.Active() {
			s.Steps[i].Status, s.Steps[i].LeftAt = StepCancelled, at
		}
	}
}

func (s *State) applyStep(e event.Event) {
	if e.Type == event.StepEntered {
		s.Run.Visits++
		s.Run.Round = max(s.Run.Round, e.Round)
		s.Steps = append(s.Steps, StepRun{
			Seq: e.StepSeq, Step: e.Step, Status: StepRunning, Round: e.Round,
			Cause: e.From, BackFrom: e.BackFrom, EnteredAt: e.At,
		})
		return
	}
	v := s.Step(e.StepSeq)
	if v == nil {
		return
	}
	if e.Type == event.RunIncident {
		v.Status, v.Detail = StepIncident, e.Detail
		return
	}
	v.Status, v.Transition, v.LeftAt, v.Detail = StepSucceeded, e.Transition, e.At, ""
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
	case event.TaskClaimed, event.TaskReassigned:
		t.Assignee, t.AssignedAt, t.Warning = deref(e.Assignee), e.At, ""
	case event.TaskReleased:
		t.Assignee, t.AssignedAt = uuid.Nil, e.At
	case event.TaskCompleted:
		t.Status, t.Transition, t.Decision, t.DoneAt = TaskCompleted, e.Transition, e.Kind, e.At
	case event.TaskSentBack:
		t.Status, t.Decision, t.DoneAt = TaskCompleted, SentBack, e.At
	case event.TaskCancelled:
		t.Status, t.DoneAt = TaskCancelled, e.At
	}
}

func (s *State) createTask(e event.Event) {
	t := Task{
		ID: deref(e.Task), StepSeq: e.StepSeq, Step: e.Step, Kind: TaskKind(e.TaskKind), Slot: e.Slot,
		Status: TaskOpen, Assignee: deref(e.Assignee), Warning: e.Warning, AssignedAt: e.At, CreatedAt: e.At,
	}
	if e.Pool != nil {
		t.Pool = &Pool{ID: e.Pool.ID, Hash: e.Pool.Hash, Members: e.Pool.Members}
	}
	s.Tasks = append(s.Tasks, t)
	if v := s.Step(e.StepSeq); v != nil {
		v.Status = StepWaiting
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
