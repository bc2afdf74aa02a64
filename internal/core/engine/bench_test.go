package engine_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/engine/enginetest"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/library"
)

// leave returns a stage with the leave application of the library.
func leave(b *testing.B) *stage {
	b.Helper()
	s := newStage()
	if _, err := s.people("asha: {manager: ravi, leave_balance: 20}\nravi: {department: ENG, leave_balance: 20}\nmeena: {department: HR, leave_balance: 20}\nolga: {}"); err != nil {
		b.Fatal(err)
	}
	e, _ := library.Get("leave-application")
	v, ps := workflow.Compile(e.Document, workflow.Org{User: s.schema()})
	if len(ps) > 0 {
		b.Fatal(ps)
	}
	s.version, s.owner = v, s.ids["olga"]
	s.run = s.org.NewRun(v, s.owner)
	return s
}

func leaveValues() map[string]any {
	return map[string]any{"leave_from": "2026-02-02", "leave_to": "2026-02-04", "reason": "A wedding", "leave_type": "annual"}
}

func (s *stage) startLeave() engine.Start {
	return engine.Start{ID: uuid.UUID{1}, Number: "LEAVE-1", Initiator: s.ids["asha"], Values: leaveValues(), Comment: "Please"}
}

// decideAgain measures Decide alone: the facts are there already.
func decideAgain(b *testing.B, s *stage, actor uuid.UUID, c engine.Command) {
	b.Helper()
	d, err := s.run.Decide(actor, s.now, c)
	if err != nil {
		b.Fatal(err)
	}
	d.Facts.NewID = enginetest.IDs(0)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := engine.Decide(s.version, s.run.State, c, d.Facts); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecideStart(b *testing.B) {
	s := leave(b)
	decideAgain(b, s, s.ids["asha"], s.startLeave())
}

func BenchmarkDecideComplete(b *testing.B) {
	s := leave(b)
	if _, err := s.run.Do(s.ids["asha"], s.now, s.startLeave()); err != nil {
		b.Fatal(err)
	}
	decideAgain(b, s, s.ids["ravi"], engine.Complete{
		Task: s.task1(), Transition: "approve", Values: map[string]any{"project_critical": false}, Comment: "Enjoy it",
		Assignees: engine.Choices{Only: s.ids["meena"]},
	})
}

func BenchmarkEvolve(b *testing.B) {
	s := leave(b)
	d, err := s.run.Do(s.ids["asha"], s.now.Add(time.Minute), s.startLeave())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		engine.Evolve(engine.State{}, d.Events...)
	}
}
