package httpapi

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
)

type stakeholderAdd struct {
	keyed
	OfRun
	UserID  uuid.UUID `json:"user_id" doc:"Who may see it from now on."`
	Comment string    `json:"comment,omitempty" maxLength:"10000" doc:"What for; everybody who sees the request reads it."`
}

type stakeholderRemove struct {
	keyed
	OfRun
	UserID uuid.UUID `json:"user_id" doc:"Who was added."`
}

// watcherOperations declares who follows a request, and who is let see it.
func watcherOperations(r *registry, s *runs.Service) {
	op(r, "watchers.add", access.WatcherSelf, change, "Watch a request",
		"The caller follows a request that he may see: it stands in his view watching. The history does not tell, and it shows him nothing that he would not see without it.",
		func(ctx context.Context, a access.Actor, in runPlain) (runs.Run, error) {
			return s.Watch(ctx, a, runs.Watch{Run: in.RunID, Key: in.runsKey()})
		})
	op(r, "watchers.remove", access.Member, change, "Stop watching a request",
		"The caller follows a request no more.",
		func(ctx context.Context, a access.Actor, in runPlain) (runs.Run, error) {
			return s.Unwatch(ctx, a, runs.Watch{Run: in.RunID, Key: in.runsKey()})
		})
	op(r, "stakeholders.add", access.StakeholderAdd, change, "Let somebody see a request",
		"Somebody who takes part in a request, or a run administrator, lets another person see it, under way or ended.",
		func(ctx context.Context, a access.Actor, in stakeholderAdd) (runs.Run, error) {
			return s.AddStakeholder(ctx, a, runs.AddStakeholder{Run: in.RunID, Person: in.UserID, Comment: in.Comment, Key: in.runsKey()})
		})
	op(r, "stakeholders.remove", access.Member, change, "Take back that somebody may see a request",
		"For whoever let him see it, and for run administrators. What else he is in the request he stays.",
		func(ctx context.Context, a access.Actor, in stakeholderRemove) (runs.Run, error) {
			return s.RemoveStakeholder(ctx, a, runs.RemoveStakeholder{Run: in.RunID, Person: in.UserID, Key: in.runsKey()})
		})
}
