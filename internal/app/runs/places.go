package runs

import (
	"sync"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// mostPlaces bounds the tasks in memory. One takes about a hundred bytes; beyond
// the bound all are dropped, which costs one small question each.
const mostPlaces = 100_000

// places remembers which run a task belongs to. That never changes, so what is
// remembered is right for ever; whether the run may be seen is asked each time.
type places struct {
	mu   sync.RWMutex
	runs map[place]uuid.UUID
}

type place struct {
	org  access.OrgID
	task uuid.UUID
}

func newPlaces() *places { return &places{runs: map[place]uuid.UUID{}} }

// find returns the run of a task, Nil where it is not remembered.
func (p *places) find(org access.OrgID, task uuid.UUID) uuid.UUID {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.runs[place{org, task}]
}

// learn takes in the open tasks of a run: those somebody may come for.
func (p *places) learn(org access.OrgID, st engine.State) {
	for _, t := range st.Tasks {
		if t.Status == engine.TaskOpen && p.find(org, t.ID) == uuid.Nil {
			p.keep(place{org, t.ID}, st.Run.ID)
		}
	}
}

func (p *places) keep(at place, run uuid.UUID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.runs) >= mostPlaces {
		clear(p.runs)
	}
	p.runs[at] = run
}

// runOf is the run that is meant. It asks the database only about a task that
// this process has never come across.
func (s *Service) runOf(a access.Actor, at target, send func(*db.Batch) error) (uuid.UUID, error) {
	run := at.run
	if run == uuid.Nil {
		run = s.places.find(a.Org, at.task)
	}
	if run != uuid.Nil {
		return run, nil
	}
	b := db.NewBatch()
	found := db.One(b, &run, dbq.RunOfTask, at.task)
	if err := send(b); err != nil {
		return run, err
	}
	if !found.OK {
		return run, noRun()
	}
	return run, nil
}
