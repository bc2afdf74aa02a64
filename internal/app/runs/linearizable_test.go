package runs_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
	"github.com/handstamp/handstamp/internal/facts"
)

// deed is what a client did to a task, and held what the task is by the book.
type deed struct {
	task   int
	what   string
	by, to uuid.UUID
}

type held struct {
	holder, owner uuid.UUID
	over          bool
}

// book is the sequential specification: how a task offered to a pool behaves when
// one act follows the other. A history of acts at the same time is right when it
// can be put into an order that follows it (Herlihy and Wing, 1990).
var book = porcupine.Model{
	Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
		byTask := map[int][]porcupine.Operation{}
		for _, o := range history {
			task := o.Input.(deed).task
			byTask[task] = append(byTask[task], o)
		}
		out := [][]porcupine.Operation{}
		for _, ops := range byTask {
			out = append(out, ops)
		}
		return out
	},
	Init: func() any { return held{} },
	Step: func(state, input, output any) (bool, any) {
		after, allowed := state.(held).does(input.(deed))
		if done := output.(bool); !done {
			return !allowed, state
		}
		return allowed, after
	},
}

// does is what a deed makes of a task, when it is allowed.
func (s held) does(d deed) (held, bool) {
	mine := !s.over && s.holder == d.by
	switch d.what {
	case "claim":
		return held{holder: d.by}, !s.over && s.holder == uuid.Nil
	case "release":
		return held{}, mine
	case "reassign", "delegate":
		owner := s.owner
		if d.what == "delegate" && owner == uuid.Nil {
			owner = d.by
		}
		if owner == d.to {
			owner = uuid.Nil
		}
		return held{holder: d.to, owner: owner}, mine && d.to != d.by
	case "complete":
		return held{over: true}, mine
	}
	return held{over: true}, !s.over // recall
}

// stuck finds runs that nobody can ever bring to an end: under way, with no task
// anybody could do, no incident an administrator could mend and no request it waits for.
const stuck = `SELECT count(*) FROM runs r WHERE r.status IN ('running', 'held')
	AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.run_id = r.id AND t.status = 'open')
	AND NOT EXISTS (SELECT 1 FROM step_runs s WHERE s.run_id = r.id AND s.status = 'incident')
	AND NOT EXISTS (SELECT 1 FROM subruns s WHERE s.parent_id = r.id AND s.state <> 'done')`

// Ensure, when twenty clients of two servers claim, release, hand on, delegate,
// recall and decide the same tasks at once, that what each was answered fits one
// order of events, that rows and history agree, and that no run is stuck (R40).
func TestActsAreLinearizable(t *testing.T) {
	w := newWorld(t)
	second, err := db.Open(t.Context(), w.env.AppURL, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(second.Close)
	servers := []*runs.Service{w.runs, runs.New(second, facts.NewVersions())}
	staff := []actor{w.ivan, w.ines, w.org.User(t, "Igor Novak", dbtest.InDepartment("IT")), w.org.User(t, "Inga Berg", dbtest.InDepartment("IT"))}
	const tasks, clients, deeds = 5, 20, 18
	ids, of := make([]uuid.UUID, tasks), make([]uuid.UUID, tasks)
	for i := range tasks {
		r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "ACCESS", Values: map[string]any{"what": "VPN"}}))
		ids[i], of[i] = r.Tasks[0].ID, r.ID
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	history := make([][]porcupine.Operation, clients)
	begin := time.Now()
	var all sync.WaitGroup
	for c := range clients {
		all.Go(func() {
			rnd := rand.New(rand.NewPCG(seed, uint64(c)))
			s := servers[c%len(servers)]
			for range deeds {
				d := anyDeed(rnd, staff, w.asha, tasks)
				called := time.Since(begin).Nanoseconds()
				err := w.try(s, d, staff, ids[d.task], of[d.task])
				if err != nil && fault.CodeOf(err) == fault.Internal {
					t.Errorf("%+v: %v", d, err)
				}
				history[c] = append(history[c], porcupine.Operation{
					ClientId: c, Input: d, Call: called, Output: err == nil, Return: time.Since(begin).Nanoseconds(),
				})
			}
		})
	}
	all.Wait()
	var flat []porcupine.Operation
	done := map[string]int{}
	for _, h := range history {
		for _, o := range h {
			flat = append(flat, o)
			done[fmt.Sprint(o.Input.(deed).what, " ", o.Output)]++
		}
	}
	t.Log(done)
	if result := porcupine.CheckOperationsTimeout(book, flat, time.Minute); result != porcupine.Ok {
		t.Errorf("the answers fit no order of events: %s", result)
	}
	for _, run := range of {
		w.compare(run)
	}
	var lost int
	b := db.NewBatch()
	db.One(b, &lost, stuck)
	if err := w.env.DB.Read(w.ctx, w.asha.Org, b); err != nil {
		t.Fatal(err)
	}
	if lost != 0 || done["claim true"] == 0 || done["complete true"] == 0 || done["claim false"] == 0 {
		t.Errorf("%d runs are stuck; %v", lost, done)
	}
}

func anyDeed(rnd *rand.Rand, staff []actor, initiator actor, tasks int) deed {
	d := deed{task: rnd.IntN(tasks), by: staff[rnd.IntN(len(staff))].User, to: staff[rnd.IntN(len(staff))].User}
	d.what = []string{"claim", "claim", "claim", "release", "reassign", "delegate", "complete", "complete"}[rnd.IntN(8)]
	if rnd.IntN(40) == 0 {
		d.what, d.by = "recall", initiator.User
	}
	return d
}

// try lets somebody do a deed on one of the servers.
func (w *world) try(s *runs.Service, d deed, staff []actor, task, run uuid.UUID) error {
	who := w.asha
	for _, x := range staff {
		if x.User == d.by {
			who = x
		}
	}
	var err error
	switch d.what {
	case "claim":
		_, err = s.Claim(w.ctx, who, task, runs.Key{})
	case "release":
		_, err = s.Release(w.ctx, who, task, runs.Key{})
	case "reassign":
		_, err = s.Reassign(w.ctx, who, runs.Reassign{Task: task, To: d.to})
	case "delegate":
		_, err = s.Delegate(w.ctx, who, runs.Delegate{Task: task, To: d.to, Mode: engine.DelegateDecide})
	case "complete":
		_, err = s.Complete(w.ctx, who, runs.Complete{Task: task, Transition: "done"})
	default:
		_, err = s.Recall(w.ctx, who, runs.Recall{Run: run})
	}
	return err
}
