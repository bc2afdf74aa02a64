package httpapi

import (
	"context"
	"encoding/json"
	"time"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
)

// OfWorkflow names a workflow.
type OfWorkflow struct {
	Workflow string `json:"workflow" minLength:"1" maxLength:"64" doc:"Its id or key." example:"LEAVE"`
}

type workflowAtHand struct {
	keyed
	OfWorkflow
}

type workflowNotAtHand struct {
	keyed
	OfWorkflow
}

// Definition is a workflow's definition as the caller gives it.
type Definition struct {
	Document json.RawMessage `json:"document,omitempty" doc:"The definition as an object."`
	YAML     string          `json:"yaml,omitempty" maxLength:"500000" doc:"Or as YAML text."`
}

func (d Definition) source() catalog.Source {
	return catalog.Source{Document: d.Document, YAML: d.YAML}
}

func (k keyed) catalogKey() catalog.Key { return catalog.Key{Key: k.key, Hash: k.hash} }

type workflowList struct {
	Page
	Group string `json:"group,omitempty" maxLength:"64" doc:"Only of this group." example:"HR"`
	Query string `json:"query,omitempty" maxLength:"200" doc:"Words of the name, key, description or group."`
}

type workflowGet struct {
	OfWorkflow
	Version int `json:"version,omitempty" minimum:"1" maximum:"2000000000" doc:"Another version than the present one, for designers."`
}

type workflowCreate struct {
	keyed
	Key         string `json:"key,omitempty" maxLength:"32" doc:"Short, in capitals; optional with from_library." example:"LEAVE"`
	Name        string `json:"name,omitempty" maxLength:"200" doc:"As people call it; optional with from_library." example:"Leave application"`
	Group       string `json:"group,omitempty" maxLength:"64" doc:"Where it is listed; the caller's department when absent." example:"HR"`
	FromLibrary string `json:"from_library,omitempty" maxLength:"100" doc:"The slug of a workflow of the library to begin with."`
}

type workflowClone struct {
	keyed
	Workflow string `json:"workflow" minLength:"1" maxLength:"100" doc:"Id or key, or a slug of the library."`
	Key      string `json:"key" minLength:"1" maxLength:"32" doc:"Of the copy: short, in capitals." example:"LEAVE_DE"`
	Name     string `json:"name" minLength:"1" maxLength:"200" doc:"Of the copy."`
}

type workflowValidate struct {
	Definition
	Workflow string `json:"workflow,omitempty" maxLength:"64" doc:"Id or key: check its draft, or the definition as its next one."`
	Give     string `json:"give,omitempty" enum:"document,yaml" doc:"Answer the definition as it was read, in this language."`
}

type workflowImport struct {
	keyed
	Definition
	Publish bool   `json:"publish,omitempty" doc:"Publish it at once; refused as a whole when that is not possible."`
	Note    string `json:"note,omitempty" maxLength:"2000" doc:"What changed, for the list of versions."`
}

type workflowExport struct {
	OfWorkflow
	Version int    `json:"version,omitempty" minimum:"1" maximum:"2000000000" doc:"Another version than the present one."`
	Format  string `json:"format,omitempty" enum:"yaml,json" doc:"yaml when absent."`
}

type workflowPublish struct {
	keyed
	OfWorkflow
	Note     string `json:"note,omitempty" maxLength:"2000" doc:"What changed, for the list of versions."`
	Revision int    `json:"revision,omitempty" minimum:"1" doc:"Of the draft that was looked at: refused when somebody has saved another one since."`
}

type workflowChange struct {
	keyed
	OfWorkflow
}

type workflowStatistics struct {
	OfWorkflow
	From *time.Time `json:"from,omitempty" doc:"Requests started from this moment on."`
	To   *time.Time `json:"to,omitempty" doc:"Requests started before this moment."`
}

func workflowOperations(r *registry, s *catalog.Service) {
	op(r, "workflows.list", access.Member, read, "List workflows",
		"The workflows the caller may see, those of his own department first, and the groups they are in.",
		func(ctx context.Context, a access.Actor, in workflowList) (catalog.WorkflowList, error) {
			return s.List(ctx, a, catalog.List{Group: in.Group, Query: in.Query, Cursor: in.Cursor, Limit: in.Limit})
		})
	op(r, "workflows.get", access.Member, read, "Read a workflow",
		"A workflow with its definition.",
		func(ctx context.Context, a access.Actor, in workflowGet) (catalog.Workflow, error) {
			return s.Get(ctx, a, in.Workflow, in.Version)
		})
	op(r, "workflows.create", access.WorkflowDesign, change, "Begin a workflow",
		"Makes a draft: blank, or one of the library made one's own.",
		func(ctx context.Context, a access.Actor, in workflowCreate) (catalog.WorkflowSummary, error) {
			return s.Create(ctx, a, catalog.Create{
				WorkflowKey: in.Key, Name: in.Name, Group: in.Group, FromLibrary: in.FromLibrary, Key: in.catalogKey(),
			})
		})
	op(r, "workflows.clone", access.WorkflowDesign, change, "Copy a workflow",
		"Makes a draft from another workflow. Parameters that ask for it come blank.",
		func(ctx context.Context, a access.Actor, in workflowClone) (catalog.WorkflowSummary, error) {
			return s.Clone(ctx, a, catalog.Clone{Workflow: in.Workflow, WorkflowKey: in.Key, Name: in.Name, Key: in.catalogKey()})
		})
	op(r, "workflows.validate", access.Member, read, "Check a definition",
		"Every problem of a definition, or of a workflow's draft, with its place.",
		func(ctx context.Context, a access.Actor, in workflowValidate) (catalog.Validation, error) {
			return s.Validate(ctx, a, catalog.Validate{Source: in.source(), Workflow: in.Workflow, Give: in.Give})
		})
	op(r, "workflows.import", access.WorkflowDesign, change, "Import a definition",
		"Makes the definition the draft of the workflow with its key, or of a new one, and publishes it if asked.",
		func(ctx context.Context, a access.Actor, in workflowImport) (catalog.WorkflowSummary, error) {
			return s.Import(ctx, a, catalog.Import{Source: in.source(), Publish: in.Publish, Note: in.Note, Key: in.catalogKey()})
		})
	op(r, "workflows.export", access.Member, read, "Export a definition",
		"The definition as one readable file; importing it gives the same definition again.",
		func(ctx context.Context, a access.Actor, in workflowExport) (catalog.File, error) {
			return s.Export(ctx, a, catalog.Export{Workflow: in.Workflow, Version: in.Version, Format: in.Format})
		})
	op(r, "workflows.publish", access.WorkflowPublish, change, "Publish a workflow",
		"Makes the draft what people start from now on. Requests under way keep their version.",
		func(ctx context.Context, a access.Actor, in workflowPublish) (catalog.WorkflowSummary, error) {
			return s.Publish(ctx, a, catalog.Publish{Workflow: in.Workflow, Revision: in.Revision, Note: in.Note, Key: in.catalogKey()})
		})
	op(r, "workflows.unpublish", access.WorkflowPublish, change, "Unpublish a workflow",
		"Takes it out of what people can start. Requests under way go on.",
		func(ctx context.Context, a access.Actor, in workflowChange) (catalog.WorkflowSummary, error) {
			return s.Unpublish(ctx, a, in.Workflow, in.catalogKey())
		})
	op(r, "workflows.delete", access.WorkflowDelete, change, "Delete a workflow",
		"Removes it from every list. Its requests finish and stay readable.",
		func(ctx context.Context, a access.Actor, in workflowChange) (nothing, error) {
			return nothing{}, s.Delete(ctx, a, in.Workflow, in.catalogKey())
		})
	workflowReaderOperations(r, s)
}

// workflowReaderOperations are what readers keep and learn about workflows
// beside their definition.
func workflowReaderOperations(r *registry, s *catalog.Service) {
	op(r, "workflows.favourite", access.Member, change, "Keep a workflow at hand",
		"Lists it among the caller's favourites.",
		func(ctx context.Context, a access.Actor, in workflowAtHand) (catalog.WorkflowSummary, error) {
			return s.Favourite(ctx, a, in.Workflow, in.catalogKey())
		})
	op(r, "workflows.unfavourite", access.Member, change, "Keep a workflow at hand no longer",
		"Takes it from the caller's favourites.",
		func(ctx context.Context, a access.Actor, in workflowNotAtHand) (catalog.WorkflowSummary, error) {
			return s.Unfavourite(ctx, a, in.Workflow, in.catalogKey())
		})
	op(r, "workflows.statistics", access.Member, read, "Measure a workflow",
		"How its requests of a period ended, how long its steps took, and where requests wait now. For those who may see every request, for designers and for the workflow's owner.",
		func(ctx context.Context, a access.Actor, in workflowStatistics) (catalog.WorkflowStatistics, error) {
			return s.Statistics(ctx, a, catalog.Statistics{Workflow: in.Workflow, From: in.From, To: in.To})
		})
}
