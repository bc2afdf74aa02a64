package engine

import "github.com/google/uuid"

// Command is what a person asks of a run. Who asks and when stands in Facts.
type Command interface{ command() }

// Start sends a request on its way.
type Start struct {
	ID        uuid.UUID
	Number    string
	Initiator uuid.UUID
	Values    map[string]any
	Comment   string // the initiator's note
	Assignees Choices
}

// Choices are the people an actor picked, by step.
type Choices struct {
	ByStep map[string][]uuid.UUID
	// Only is shorthand when exactly one choice is open; Nil: none.
	Only uuid.UUID
}

// Complete leaves a task by one of its transitions.
type Complete struct {
	Task       uuid.UUID
	Transition string // an arrow's id, or Reject or Submit where those are built in
	Values     map[string]any
	Comment    string
	Assignees  Choices
}

// Names of the built-in transitions.
const (
	RejectID = "reject" // ends the run as rejected
	SubmitID = "submit" // of a request that was sent back
)

// SendBack returns the run to an earlier step.
type SendBack struct {
	Task    uuid.UUID
	To      string // ToPrevious, ToInitiator or the id of a step already visited
	Comment string
}

// Where a send back may lead beside the steps visited.
const (
	ToPrevious  = "previous"
	ToInitiator = "initiator"
)

// Claim takes a task that is offered to a pool.
type Claim struct{ Task uuid.UUID }

// Release gives a claimed task back to its pool.
type Release struct{ Task uuid.UUID }

// Reassign hands a task to a colleague in the same step.
type Reassign struct {
	Task    uuid.UUID
	To      uuid.UUID
	Comment string
}

// Cancel ends a run that is under way.
type Cancel struct {
	Reason  string // operator
	Comment string
}

// Retry lets a step that became an incident try again, or asks the requester to
// correct what it stumbled over: then Comment says what.
type Retry struct {
	ToRequester bool
	Comment     string
}

// Comment adds a remark.
type Comment struct{ Text string }

func (Start) command()    {}
func (Complete) command() {}
func (SendBack) command() {}
func (Claim) command()    {}
func (Release) command()  {}
func (Reassign) command() {}
func (Cancel) command()   {}
func (Retry) command()    {}
func (Comment) command()  {}
