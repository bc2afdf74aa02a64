package httpapi

import (
	"context"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
)

type commentAdd struct {
	keyed
	OfRun
	Text string `json:"text" minLength:"1" maxLength:"10000" doc:"What to say to everybody who sees the run."`
}

type commentList struct {
	Page
	OfRun
}

func commentOperations(r *registry, s *runs.Service) {
	op(r, "comments.add", access.Member, change, "Comment a request",
		"Adds a remark to a run, under way or ended.",
		func(ctx context.Context, a access.Actor, in commentAdd) (runs.Comment, error) {
			return s.AddComment(ctx, a, in.RunID, in.Text, in.runsKey())
		})
	op(r, "comments.list", access.Member, read, "Read the comments",
		"The comments on a run, oldest first: the initiator's note, remarks, and the reasons given with acts.",
		func(ctx context.Context, a access.Actor, in commentList) (runs.CommentList, error) {
			return s.ListComments(ctx, a, in.RunID, in.Cursor, in.Limit)
		})
}
