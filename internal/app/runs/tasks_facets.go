package runs

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/facts"
)

// mostSorted bounds how many tasks are looked at for what they can be narrowed by.
const mostSorted = 1000

// Facet is something a list of tasks can be narrowed by.
type Facet struct {
	Value string `json:"value" doc:"What the filter takes."`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Facets are what the tasks of a view are about.
type Facets struct {
	Workflows  []Facet `json:"workflows" doc:"By key."`
	Steps      []Facet `json:"steps" doc:"By id; only of the workflow that was asked for."`
	Initiators []Facet `json:"initiators" doc:"By id."`
}

// ListFacets says by which workflows, steps and requesters the tasks of a view can
// be narrowed, as far as its first thousand tasks tell.
func (s *Service) ListFacets(ctx context.Context, a access.Actor, in ListTasks) (Facets, error) {
	rows, err := s.inboxRows(ctx, a, ListTasks{View: in.View}, nil, mostSorted)
	if err != nil {
		return Facets{}, err
	}
	workflows, steps, initiators := tally{}, tally{}, tally{}
	for _, r := range rows {
		workflows.add(r.Key, r.WorkflowName)
		person := facts.Person{ID: r.InitiatorID, Name: r.Name}
		initiators.add(person.ID.String(), person.Name)
		if in.Workflow == "" || in.Workflow != r.Key && in.Workflow != r.WorkflowID.String() {
			continue
		}
		name, err := s.stepName(ctx, a, r.VersionID, r.Step)
		if err != nil {
			return Facets{}, err
		}
		steps.add(r.Step, name)
	}
	return Facets{Workflows: workflows.sorted(), Steps: steps.sorted(), Initiators: initiators.sorted()}, nil
}

func (s *Service) stepName(ctx context.Context, a access.Actor, version uuid.UUID, step string) (string, error) {
	n, err := s.node(ctx, a, version, step)
	if err != nil || n == nil {
		return step, err
	}
	return n.Label, nil
}

// tally counts by value.
type tally map[string]Facet

func (t tally) add(value, name string) {
	t[value] = Facet{Value: value, Name: name, Count: t[value].Count + 1}
}

func (t tally) sorted() []Facet {
	out := make([]Facet, 0, len(t))
	for _, f := range t {
		out = append(out, f)
	}
	slices.SortFunc(out, func(x, y Facet) int {
		return cmp.Or(strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), strings.Compare(x.Value, y.Value))
	})
	return out
}
