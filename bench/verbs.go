package main

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
)

// values are those of every measured request.
func values() map[string]any {
	return map[string]any{"leave_from": "2026-01-05", "leave_to": "2026-01-09", "reason": "Holiday"}
}

// inProcess calls the verbs directly.
type inProcess struct{ s *runs.Service }

func (w *world) verbs() surface { return inProcess{w.service} }

func (inProcess) name() string { return "verbs" }

func (p inProcess) start(ctx context.Context, a access.Actor) (run, task uuid.UUID, err error) {
	r, err := p.s.Start(ctx, a, runs.Start{Workflow: "LEAVE", Values: values(), Key: runs.Key{Key: uuid.NewString()}})
	if err != nil {
		return uuid.Nil, uuid.Nil, err
	}
	return r.ID, r.Tasks[0].ID, nil
}

func (p inProcess) decide(ctx context.Context, a access.Actor, task uuid.UUID) (uuid.UUID, error) {
	r, err := p.s.Complete(ctx, a, runs.Complete{Task: task, Transition: "ok", Key: runs.Key{Key: uuid.NewString()}})
	if err != nil || len(r.Tasks) == 0 {
		return uuid.Nil, err
	}
	return r.Tasks[0].ID, nil
}

func (p inProcess) inbox(ctx context.Context, a access.Actor) error {
	_, err := p.s.ListTasks(ctx, a, runs.ListTasks{})
	return err
}

func (p inProcess) page(ctx context.Context, a access.Actor, run uuid.UUID) error {
	_, err := p.s.Get(ctx, a, run.String())
	return err
}
