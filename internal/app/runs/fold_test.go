package runs_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure, whatever people do in whatever order, the tables hold exactly what the
// history says: load(rows) = fold(events).
func TestRowsAreTheFoldOfEvents(t *testing.T) {
	w := newWorld(t)
	everybody := []actor{w.asha, w.ravi, w.meera, w.hana, w.ivan, w.ines, w.admin}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 7))
	done := 0
	for i := 0; done < 60 && i < 200; i++ {
		r := w.start()
		if i%3 == 0 {
			r = must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "ACCESS", Values: map[string]any{"what": "VPN"}}))
		}
		for range 14 {
			who := everybody[rnd.IntN(len(everybody))]
			if rnd.IntN(3) > 0 && len(r.Tasks) > 0 && r.Tasks[0].Assignee != nil {
				who.User = r.Tasks[0].Assignee.ID // else hardly anything would be allowed
			}
			next, err := w.random(rnd, who, everybody, r)
			switch {
			case err == nil && next.ID == r.ID:
				r = next
				done++
			case err != nil && fault.CodeOf(err) == fault.Internal:
				t.Fatal(err)
			}
			w.compare(r.ID)
		}
	}
	if done < 60 {
		t.Errorf("only %d acts were allowed: the test proves little", done)
	}
}

// random does something to a run that may or may not be allowed.
func (w *world) random(rnd *rand.Rand, who actor, everybody []actor, r runs.Run) (runs.Run, error) {
	task := uuid.Nil
	if len(r.Tasks) > 0 {
		task = r.Tasks[0].ID
	}
	other := everybody[rnd.IntN(len(everybody))].User
	if len(r.Tasks) > 0 && rnd.IntN(2) == 0 { // something sensible, so that runs get on
		switch r.Tasks[0].StepID {
		case "manager":
			return w.runs.Complete(w.ctx, who, runs.Complete{Task: task, Transition: "hr", Assignees: engine.Choices{Only: w.hana.User}})
		case "submit":
			return w.runs.Complete(w.ctx, who, runs.Complete{Task: task, Transition: "submit", Values: map[string]any{"reason": "again"}})
		case "it":
			return w.runs.Claim(w.ctx, w.ivan, task, runs.Key{})
		}
	}
	switch rnd.IntN(10) {
	case 0:
		return w.runs.SendBack(w.ctx, who, runs.SendBack{Task: task, To: "previous", Comment: "again"})
	case 1:
		return w.runs.Reassign(w.ctx, who, runs.Reassign{Task: task, To: other})
	case 2:
		return w.runs.Claim(w.ctx, who, task, runs.Key{})
	case 3:
		return w.runs.Release(w.ctx, who, task, runs.Key{})
	case 4:
		_, err := w.runs.AddComment(w.ctx, who, r.ID, "hm", runs.Key{})
		return runs.Run{}, err
	case 5:
		return w.runs.Complete(w.ctx, who, runs.Complete{Task: task, Transition: "submit", Values: map[string]any{"reason": "again"}})
	case 6:
		return w.runs.Complete(w.ctx, who, runs.Complete{Task: task, Transition: "ok", Values: map[string]any{"hr_note": "fine"}})
	case 7:
		return w.runs.Complete(w.ctx, who, runs.Complete{Task: task, Transition: "done"})
	}
	return w.runs.Complete(w.ctx, who, runs.Complete{Task: task, Transition: "hr", Assignees: engine.Choices{Only: other}})
}

// compare checks the two ways to a run's state against each other.
func (w *world) compare(run uuid.UUID) {
	w.t.Helper()
	rows, _, err := w.runs.StateFromRows(w.ctx, w.admin, run)
	if err != nil {
		w.t.Fatal(err)
	}
	events, err := w.runs.StateFromEvents(w.ctx, w.admin, run)
	if err != nil {
		w.t.Fatal(err)
	}
	if x, y := comparable(rows), comparable(events); x != y {
		w.t.Fatalf("the rows say\n%s\nthe history says\n%s", x, y)
	}
}

// comparable leaves out what only one of them knows: the id and number, which
// stand outside the history, and who was in a pool, which stands in its own table.
func comparable(s engine.State) string {
	s.Run.ID, s.Run.Number, s.Turns = uuid.Nil, "", nil
	if s.Context == nil {
		s.Context = map[string]any{}
	}
	for i := range s.Tasks {
		if s.Tasks[i].Pool != nil {
			s.Tasks[i].Pool = &engine.Pool{ID: s.Tasks[i].Pool.ID}
		}
	}
	b, err := json.Marshal(s)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
