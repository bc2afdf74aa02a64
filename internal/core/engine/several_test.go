package engine_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/engine/enginetest"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// twoSteps is a workflow whose manager approves or ends the request.
const twoSteps = `
form: {fields: []}
steps:
  - {id: submit, type: start}
  - {id: manager, type: task, assignee: {strategy: manager}, transitions: [{id: ok, to: finance}, {id: stop, to: done}]}
  - {id: finance, type: task, assignee: {strategy: manager}, transitions: [{id: ok, to: done}]}
  - {id: done, type: end}
`

// started returns a stage on which Asha's request waits for Ravi, her manager.
func started(t *testing.T) *stage {
	t.Helper()
	s := newStage()
	for _, c := range [][2]string{
		{"people", "asha: {manager: ravi}\nravi: {}\nfay: {}\nolga: {}"}, {"workflow owner=olga", twoSteps}, {"start by asha", ""},
	} {
		if _, err := s.command(t, c[0], c[1]); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// alongside opens a further task for somebody, in a visit that is there or in a new one.
func (s *stage) alongside(step string, seq int, who string) uuid.UUID {
	st := &s.run.State
	if seq > len(st.Steps) {
		st.Steps = append(st.Steps, engine.StepRun{Seq: seq, Step: step, Status: engine.StepWaiting, Round: 1, Cause: 1, EnteredAt: s.now})
		st.Run.Visits++
	}
	id := uuid.UUID{0: 0xaa, 15: byte(len(st.Tasks))}
	st.Tasks = append(st.Tasks, engine.Task{
		ID: id, StepSeq: seq, Step: step, Kind: engine.DecideTask, Slot: 1, Status: engine.TaskOpen, Assignee: s.ids[who],
		AssignedAt: s.now, CreatedAt: s.now,
	})
	return id
}

// do carries a command out as somebody.
func (s *stage) do(t *testing.T, who string, c engine.Command) error {
	t.Helper()
	before := s.run.State.Clone()
	d, err := s.run.Do(s.ids[who], s.now.Add(time.Hour), c)
	if problem := checkDecision(s.run, before, c, d, err); problem != nil {
		t.Fatal(problem)
	}
	return err
}

// Ensure that a visit with several tasks leaves none of them open when it is left.
func TestLeavingAVisitWithdrawsItsOtherTasks(t *testing.T) {
	for name, c := range map[string]func(task uuid.UUID) engine.Command{
		"complete": func(task uuid.UUID) engine.Command { return engine.Complete{Task: task, Transition: "ok"} },
		"reject": func(task uuid.UUID) engine.Command {
			return engine.Complete{Task: task, Transition: "reject", Comment: "no"}
		},
		"send back": func(task uuid.UUID) engine.Command {
			return engine.SendBack{Task: task, To: "initiator", Comment: "why"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := started(t)
			other := s.alongside("manager", 2, "fay")
			asked := s.run.State.Task(other)
			asked.Kind, asked.AddedBy = engine.ConsultTask, s.ids["ravi"]
			if err := s.do(t, "ravi", c(s.task1())); err != nil {
				t.Fatal(err)
			}
			if got := s.run.State.Task(other).Status; got != engine.TaskCancelled {
				t.Errorf("the other task is %s", got)
			}
		})
	}
}

// task1 is the first task of the run.
func (s *stage) task1() uuid.UUID { return s.run.State.Tasks[0].ID }

// Ensure that with several active visits one is left without touching the
// others, and that the end of the run overtakes all of them.
func TestSeveralActiveVisits(t *testing.T) {
	s := started(t)
	other := s.alongside("finance", 3, "fay")
	if err := s.do(t, "ravi", engine.Complete{Task: s.task1(), Transition: "ok"}); err != nil {
		t.Fatal(err)
	}
	if got := s.run.State.Task(other).Status; got != engine.TaskOpen {
		t.Errorf("the task of the other visit is %s", got)
	}
	if got := len(s.run.State.OpenTasks()); got != 2 {
		t.Fatalf("%d tasks are open", got)
	}
	if err := s.do(t, "fay", engine.Complete{Task: other, Transition: "ok"}); err != nil {
		t.Fatal(err)
	}
	if st := s.run.State; st.Run.Status != engine.Completed || st.Step(4).Status != engine.StepCancelled || len(st.OpenTasks()) > 0 {
		t.Errorf("the run is %s, the other visit %s, %d tasks are open", st.Run.Status, st.Step(4).Status, len(st.OpenTasks()))
	}
}

// Ensure that of several incidents none is tried again after the end of the run.
func TestRetryStopsAtTheEnd(t *testing.T) {
	s := started(t)
	st := &s.run.State
	st.Tasks[0].Status, st.Tasks[0].DoneAt = engine.TaskCancelled, s.now
	st.Steps[1] = engine.StepRun{Seq: 2, Step: "done", Status: engine.StepIncident, Detail: "x", Round: 1, Cause: 1, EnteredAt: s.now}
	st.Steps = append(st.Steps, engine.StepRun{Seq: 3, Step: "manager", Status: engine.StepIncident, Detail: "x", Round: 1, Cause: 1, EnteredAt: s.now})
	st.Run.Visits++
	if err := s.do(t, "ravi", engine.Retry{}); err != nil {
		t.Fatal(err)
	}
	if st := s.run.State; st.Run.Status != engine.Completed || st.Step(3).Status != engine.StepCancelled || len(st.Steps) != 4 {
		t.Errorf("the run is %s, the other incident %s, after %d visits", st.Run.Status, st.Step(3).Status, len(st.Steps))
	}
}

// Ensure that nothing is done to a run that is not under way, and that people read why.
func TestNotUnderWay(t *testing.T) {
	for status, say := range map[engine.RunStatus]string{
		engine.Draft: "was not sent yet", engine.RunHeld: "is on hold", engine.Failed: "ended at 2026", engine.RunCancelled: "was cancelled at 2026",
	} {
		for _, c := range []engine.Command{
			engine.Complete{Transition: "ok"},
			engine.SendBack{To: "initiator", Comment: "why"},
			engine.Claim{},
			engine.Release{},
			engine.Reassign{},
			engine.Cancel{Comment: "why"},
			engine.Retry{},
		} {
			if _, ends := c.(engine.Cancel); ends && status == engine.RunHeld {
				continue // what is on hold can still be cancelled
			}
			s := started(t)
			s.run.State.Run.Status, s.run.State.Run.EndedAt = status, s.now
			before := s.run.State.Clone()
			d, err := s.run.Do(s.ids["ravi"], s.now, aimed(c, s.task1(), s.ids["fay"]))
			if problem := checkDecision(s.run, before, c, d, err); problem != nil {
				t.Fatal(problem)
			}
			if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), say) {
				t.Errorf("%T of a run that is %s: %v", c, status, err)
			}
		}
	}
}

// aimed points a command at a task and a person.
func aimed(c engine.Command, task, who uuid.UUID) engine.Command {
	switch c := c.(type) {
	case engine.Complete:
		c.Task = task
		return c
	case engine.SendBack:
		c.Task = task
		return c
	case engine.Claim:
		return engine.Claim{Task: task}
	case engine.Release:
		return engine.Release{Task: task}
	case engine.Reassign:
		return engine.Reassign{Task: task, To: who}
	}
	return c
}

// Ensure that a task does not help who holds it by some mistake and may not decide it.
func TestHolderWhoMayNotDecide(t *testing.T) {
	s := started(t)
	own := s.alongside("manager", 2, "asha")
	for _, c := range []engine.Command{
		engine.Complete{Task: own, Transition: "ok"},
		engine.Complete{Task: own, Transition: "reject", Comment: "no"},
		engine.SendBack{Task: own, To: "initiator", Comment: "why"},
	} {
		d, err := s.run.Do(s.ids["asha"], s.now, c)
		if !fault.Is(err, fault.Forbidden) || !strings.Contains(err.Error(), "Nobody decides his own request") || len(d.Events) > 0 {
			t.Errorf("%T: %v", c, err)
		}
	}
}

// Ensure that the engine says what it lacks, once each, and then needs no more.
func TestNeeds(t *testing.T) {
	s := started(t)
	f := engine.Facts{Now: s.now, Actor: s.ids["ravi"], Owner: s.owner, NewID: enginetest.IDs(0)}
	asked := map[string]bool{}
	for {
		d, err := engine.Decide(s.version, s.run.State, engine.Complete{Task: s.task1(), Transition: "ok"}, f)
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Needs) == 0 {
			break
		}
		if len(d.Events) > 0 {
			t.Fatal("events before the facts are there")
		}
		for _, n := range d.Needs {
			if asked[n.Key()] || f.Knows(n) {
				t.Fatalf("%s is asked twice", n.Key())
			}
			asked[n.Key()] = true
			f.Learn(n, s.org.Answer("TEST", n))
		}
	}
	if len(asked) != 4 { // the initiator, the actor, who is away, the initiator's managers
		t.Errorf("%d facts were needed", len(asked))
	}
}
