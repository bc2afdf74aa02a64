package httpapi

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
)

type simulatedAct struct {
	ByID       uuid.UUID      `json:"by_id" doc:"Who does it."`
	StepID     string         `json:"step_id" minLength:"1" maxLength:"100" doc:"The step of his task. One that is offered to him is taken first."`
	Transition string         `json:"transition,omitempty" maxLength:"100" doc:"By which the task is left."`
	SendBackTo string         `json:"send_back_to,omitempty" maxLength:"100" doc:"Instead: previous, initiator or a step."`
	Values     map[string]any `json:"values,omitempty" doc:"The fields he changes, by name."`
	Comment    string         `json:"comment,omitempty" maxLength:"10000"`
	Chosen
}

type workflowSimulate struct {
	Document  json.RawMessage `json:"document" doc:"The definition as an object."`
	StarterID uuid.UUID       `json:"starter_id" doc:"Who starts it."`
	Sent      bool            `json:"sent,omitempty" doc:"The request is sent; else it is only being entered."`
	Values    map[string]any  `json:"values,omitempty" doc:"The form's fields by name."`
	Comment   string          `json:"comment,omitempty" maxLength:"10000" doc:"A note to whoever reads it first."`
	Acts      []simulatedAct  `json:"acts,omitempty" maxItems:"100" doc:"What people do then, in this order."`
	AsID      uuid.UUID       `json:"as_id,omitzero" doc:"Through whose eyes the result is shown: whoever has something to do when absent."`
	Chosen
}

func simulateOperations(r *registry, s *runs.Service) {
	op(r, "workflows.simulate", access.Member, read, "Try a definition out",
		"Plays a definition as any people of the organization, by the rules that real requests follow, and keeps nothing of it. What the product would refuse is part of the answer. Requests that a step would start are not started.",
		func(ctx context.Context, a access.Actor, in workflowSimulate) (runs.Simulation, error) {
			x := runs.Simulate{
				Document: in.Document, Starter: in.StarterID, Started: in.Sent, Values: in.Values, Comment: in.Comment,
				Assignees: in.choices(), As: in.AsID,
			}
			for _, act := range in.Acts {
				x.Acts = append(x.Acts, runs.SimulatedAct{
					By: act.ByID, Step: act.StepID, Transition: act.Transition, SendBackTo: act.SendBackTo, Values: act.Values,
					Comment: act.Comment, Assignees: act.choices(),
				})
			}
			return s.Simulate(ctx, a, x)
		})
}
