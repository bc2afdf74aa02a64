package runs

import (
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
)

// Ensure a remembered task is found by its own organization only, and that
// memory has an end.
func TestPlaces(t *testing.T) {
	t.Parallel()
	p := newPlaces()
	org, other := access.OrgID(uuid.New()), access.OrgID(uuid.New())
	open, done, run := uuid.New(), uuid.New(), uuid.New()
	p.learn(org, engine.State{Run: engine.Run{ID: run}, Tasks: []engine.Task{
		{ID: open, Status: engine.TaskOpen}, {ID: done, Status: engine.TaskCompleted},
	}})
	if got := p.find(org, open); got != run {
		t.Errorf("the open task is in %s, want %s", got, run)
	}
	if p.find(other, open) != uuid.Nil || p.find(org, done) != uuid.Nil {
		t.Error("found a task of another organization, or one that nobody comes for")
	}
	for range mostPlaces {
		p.keep(place{org, uuid.New()}, run)
	}
	if len(p.runs) > mostPlaces {
		t.Errorf("%d tasks are remembered", len(p.runs))
	}
}
