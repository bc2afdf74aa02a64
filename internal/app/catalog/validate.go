package catalog

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// Validate names what is to be checked: a definition, a workflow's draft, or a
// definition as the next one of a workflow.
type Validate struct {
	Source
	Workflow string // id or key
	Give     string // GiveDocument or GiveYAML: the definition as it was read, in this language; "": without it
}

// The languages a checked definition can be given back in.
const (
	GiveDocument = "document"
	GiveYAML     = "yaml"
)

// Validation is what a check found.
type Validation struct {
	Valid    bool            `json:"valid"`
	Problems []fault.Problem `json:"problems" doc:"Everything that keeps the definition from being published."`
	Document json.RawMessage `json:"document,omitempty" doc:"The definition as it was read, when that was asked for and possible."`
	YAML     string          `json:"yaml,omitempty" doc:"The same as YAML text."`
}

// Validate returns every problem of a definition in this organization. One that
// cannot be read is not valid either; only a request without any is refused.
func (s *Service) Validate(ctx context.Context, a access.Actor, in Validate) (Validation, error) {
	if err := access.CheckCreateWorkflow(a); err != nil {
		return Validation{}, err
	}
	if in.IsZero() && in.Workflow == "" {
		return Validation{}, fault.At("document", "Give a definition as document or as yaml, or name the workflow whose draft to check.")
	}
	var doc workflow.Document
	me := self{id: uuid.Nil}
	if in.Workflow != "" {
		d, _, err := s.load(ctx, a, in.Workflow, access.CheckDesignWorkflow)
		if err != nil {
			return Validation{}, err
		}
		if doc, err = d.document(); err != nil {
			return Validation{}, err
		}
		me = d.self()
	}
	if !in.IsZero() {
		var ps fault.Problems
		var err error
		if doc, ps, err = in.parse(); err != nil {
			return Validation{}, err
		}
		if len(ps) > 0 {
			return Validation{Problems: bounded(ps)}, nil
		}
	}
	j, err := s.judge(s.reader(ctx, a), doc, me)
	if err != nil {
		return Validation{}, err
	}
	v := Validation{Valid: len(j.problems) == 0, Problems: bounded(j.problems)}
	switch in.Give {
	case GiveDocument:
		v.Document, err = doc.JSON()
	case GiveYAML:
		var text []byte
		text, err = doc.YAML()
		v.YAML = string(text)
	}
	return v, err
}
