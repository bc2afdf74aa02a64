package httpapi

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
)

type viewSave struct {
	keyed
	Name   string `json:"name" minLength:"1" maxLength:"60" doc:"What to call it; another view of that name gives way." example:"Old leave"`
	Search string `json:"search" maxLength:"500" doc:"What stands in the address of the inbox behind the question mark." example:"workflow=LEAVE&older=7"`
}

type viewDelete struct {
	keyed
	ViewID uuid.UUID `json:"view_id" doc:"The view."`
}

func viewOperations(r *registry, s *runs.Service) {
	op(r, "views.list", access.Member, read, "List saved views",
		"The lists of the inbox that the caller keeps under a name.",
		func(ctx context.Context, a access.Actor, _ nothing) (runs.ViewList, error) {
			return s.ListViews(ctx, a)
		})
	op(r, "views.save", access.Member, change, "Save a view",
		"Keeps what the inbox shows under a name, for the caller alone.",
		func(ctx context.Context, a access.Actor, in viewSave) (runs.View, error) {
			return s.SaveView(ctx, a, runs.SaveView{Name: in.Name, Search: in.Search, Key: in.runsKey()})
		})
	op(r, "views.delete", access.Member, change, "Remove a saved view",
		"Forgets a view of the caller.",
		func(ctx context.Context, a access.Actor, in viewDelete) (nothing, error) {
			return nothing{}, s.DeleteView(ctx, a, in.ViewID, in.runsKey())
		})
}
