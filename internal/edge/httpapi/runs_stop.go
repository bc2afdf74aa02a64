package httpapi

import (
	"context"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
)

type runNote struct {
	keyed
	OfRun
	Comment string `json:"comment,omitempty" maxLength:"10000" doc:"Why."`
}

type runHold struct {
	keyed
	OfRun
	Comment string `json:"comment" minLength:"1" maxLength:"10000" doc:"Why."`
}

type runPlain struct {
	keyed
	OfRun
}

// runStopOperations declares what stops a run, brings it back or reminds of it.
func runStopOperations(r *registry, s *runs.Service) {
	op(r, "runs.recall", access.Member, change, "Recall a request",
		"Brings one's own request back to be changed and sent again, as long as nobody has acted on it.",
		func(ctx context.Context, a access.Actor, in runNote) (runs.Run, error) {
			return s.Recall(ctx, a, runs.Recall{Run: in.RunID, Comment: in.Comment, Key: in.runsKey()})
		})
	op(r, "runs.withdraw", access.Member, change, "Withdraw a request",
		"Ends one's own request. Once somebody has acted on it a reason is needed.",
		func(ctx context.Context, a access.Actor, in runNote) (runs.Run, error) {
			return s.Withdraw(ctx, a, runs.Withdraw{Run: in.RunID, Comment: in.Comment, Key: in.runsKey()})
		})
	op(r, "runs.restart", access.RunStart, change, "Start a finished request again",
		"Keeps a draft with the values of a finished request of the caller.",
		func(ctx context.Context, a access.Actor, in runPlain) (runs.SavedDraft, error) {
			return s.Restart(ctx, a, runs.Restart{Run: in.RunID, Key: in.runsKey()})
		})
	op(r, "runs.nudge", access.Member, change, "Remind whoever holds a request",
		"Reminds the holders by hand, not more often than every four hours.",
		func(ctx context.Context, a access.Actor, in runPlain) (runs.Run, error) {
			return s.Nudge(ctx, a, runs.Nudge{Run: in.RunID, Key: in.runsKey()})
		})
	op(r, "runs.hold", access.RunOperate, change, "Put a request on hold",
		"Nobody can act on it until it is resumed.",
		func(ctx context.Context, a access.Actor, in runHold) (runs.Run, error) {
			return s.Hold(ctx, a, runs.Hold{Run: in.RunID, Comment: in.Comment, Key: in.runsKey()})
		})
	op(r, "runs.resume", access.RunOperate, change, "Resume a request",
		"Lets a request go on that is on hold.",
		func(ctx context.Context, a access.Actor, in runNote) (runs.Run, error) {
			return s.Resume(ctx, a, runs.Resume{Run: in.RunID, Comment: in.Comment, Key: in.runsKey()})
		})
}
