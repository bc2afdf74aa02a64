package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Restart makes a new request of a finished one.
type Restart struct {
	Run uuid.UUID
	Key Key
}

// Restart keeps a draft with the values of a finished request of the actor, as far
// as the workflow's present version lets him enter them. The old request stays as
// it is. It returns conflict while the old one is under way.
func (s *Service) Restart(ctx context.Context, a access.Actor, in Restart) (SavedDraft, error) {
	old, err := s.Get(ctx, a, in.Run.String())
	if err != nil {
		return SavedDraft{}, err
	}
	if old.Initiator.ID != a.User {
		return SavedDraft{}, fault.New(fault.Forbidden, "Only who made the request can start it again.")
	}
	if !old.Can.Restart {
		return SavedDraft{}, fault.New(fault.Conflict, "This request is not over yet: recall or withdraw it instead.")
	}
	st, _, err := s.prepare(ctx, a, Prepare{Workflow: old.Workflow.ID.String()})
	if err != nil {
		return SavedDraft{}, err
	}
	return s.SaveDraft(ctx, a, SaveDraft{Workflow: old.Workflow.ID.String(), Values: st.writable(a, old.Values), Key: in.Key})
}
