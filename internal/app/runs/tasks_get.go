package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// TaskPage is a task with the run it belongs to.
type TaskPage struct {
	Task
	Run Run `json:"run"`
}

// Task returns one task with its run, open or done, to whoever may see the run.
func (s *Service) Task(ctx context.Context, a access.Actor, id uuid.UUID) (TaskPage, error) {
	l, err := s.read(ctx, a, target{task: id}, nil)
	if err != nil {
		return TaskPage{}, err
	}
	t := l.state.Task(id)
	if t == nil {
		return TaskPage{}, fault.New(fault.NotFound, "There is no such task.")
	}
	r, err := s.view(ctx, a, l, nil)
	if err != nil {
		return TaskPage{}, err
	}
	return TaskPage{Task: l.taskView(a, *t), Run: r}, nil
}
