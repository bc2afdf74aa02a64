package rule

import (
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// Input carries the values of variables as they come from JSON. What is absent
// is null; a value that is not of its declared kind makes the rule that reads it
// fail.
type Input struct {
	Form, User, Initiator, Assignee, Run, Prev, Context, Params, Org map[string]any

	// Step is the id of the step.
	Step string
	// Now is the time of the command.
	Now time.Time
	// Today is the civil date in the org's zone, "2026-01-31".
	Today string
}

// activation reads an Input for the evaluator.
type activation struct {
	env *Env
	in  *Input
}

// Parent is none: there is one level of variables.
func (a activation) Parent() cel.Activation { return nil }

// ResolveName finds a variable.
func (a activation) ResolveName(name string) (any, bool) {
	switch name {
	case "step":
		return textOrNull(a.in.Step), true
	case "now":
		if a.in.Now.IsZero() {
			return types.NullValue, true
		}
		return types.Timestamp{Time: a.in.Now.UTC().Truncate(time.Millisecond)}, true
	case "today":
		return a.today(), true
	}
	t, ok := a.env.objects[name]
	if !ok {
		return nil, false
	}
	return &object{typ: t, path: name, raw: a.raw(name)}, true
}

func (a activation) today() ref.Val {
	if a.in.Today == "" {
		return types.NullValue
	}
	d, ok := parseDate(a.in.Today)
	if !ok {
		return types.NewErr("today is not a date")
	}
	return d
}

func textOrNull(s string) ref.Val {
	if s == "" {
		return types.NullValue
	}
	return types.String(s)
}

func (a activation) raw(name string) map[string]any {
	switch name {
	case "form":
		return a.in.Form
	case "user":
		return a.in.User
	case "initiator":
		return a.in.Initiator
	case "assignee":
		return a.in.Assignee
	case "run":
		return a.in.Run
	case "prev":
		return a.in.Prev
	case "context":
		return a.in.Context
	case "params":
		return a.in.Params
	}
	return a.in.Org
}
