package httpapi

import (
	"context"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
)

type draftSave struct {
	keyed
	OfWorkflow
	Definition
	Revision int `json:"revision" minimum:"0" maximum:"2000000000" doc:"The one that was opened, so that nobody's change is lost."`
}

type versionGet struct {
	OfWorkflow
	No int `json:"no" minimum:"1" maximum:"2000000000" doc:"The version's number."`
}

// designOperations are what only people who design workflows need.
func designOperations(r *registry, s *catalog.Service) {
	op(r, "drafts.get", access.Member, read, "Open a draft",
		"The definition as designers have it, with everything that keeps it from being published.",
		func(ctx context.Context, a access.Actor, in OfWorkflow) (catalog.Draft, error) {
			return s.GetDraft(ctx, a, in.Workflow)
		})
	op(r, "drafts.save", access.WorkflowDesign, change, "Save a draft",
		"Keeps a draft, finished or not. When somebody saved meanwhile it is refused and nothing is overwritten.",
		func(ctx context.Context, a access.Actor, in draftSave) (catalog.DraftSaved, error) {
			return s.SaveDraft(ctx, a, catalog.SaveDraft{
				Source: in.source(), Workflow: in.Workflow, Revision: in.Revision, Key: in.catalogKey(),
			})
		})
	op(r, "versions.list", access.Member, read, "List versions",
		"Who published what and when, the newest first.",
		func(ctx context.Context, a access.Actor, in OfWorkflow) (catalog.VersionList, error) {
			return s.ListVersions(ctx, a, in.Workflow)
		})
	op(r, "versions.get", access.Member, read, "Read a version",
		"One version as it was published.",
		func(ctx context.Context, a access.Actor, in versionGet) (catalog.WorkflowVersion, error) {
			return s.GetVersion(ctx, a, in.Workflow, in.No)
		})
	op(r, "library.list", access.Member, read, "List the library",
		"Workflows that come with Handstamp and can be made one's own.",
		func(ctx context.Context, a access.Actor, _ nothing) (catalog.LibraryPage, error) {
			return s.LibraryList(ctx, a)
		})
}
