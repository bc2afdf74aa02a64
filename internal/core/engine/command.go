package engine

import (
	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

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
	// Parent is the run that starts this one, nil where its initiator does.
	Parent *Parent
}

// Parent is a run that starts another one.
type Parent struct {
	Run   uuid.UUID
	Depth int         // of the one it starts
	Above []uuid.UUID // the initiators of it and of all above it
}

// Choices are the people an actor picked, by step.
type Choices struct {
	ByStep map[string][]uuid.UUID
	// Only is shorthand when exactly one choice is open; Nil: none.
	Only uuid.UUID
}

// People are all who are chosen.
func (c Choices) People() []uuid.UUID {
	var ids []uuid.UUID
	if c.Only != uuid.Nil {
		ids = append(ids, c.Only)
	}
	for _, chosen := range c.ByStep {
		ids = append(ids, chosen...)
	}
	return ids
}

// Complete leaves a task by one of its transitions.
type Complete struct {
	Task       uuid.UUID
	Transition string // an arrow's id, or Reject or Submit where those are built in
	Values     map[string]any
	Comment    string
	Assignees  Choices
	// Seen is the number of the last event of the run as its maker saw it (Run.Seq), so
	// that nothing is lost that came back from other requests since; 0: not told.
	Seen int64
}

// Names of the built-in transitions.
const (
	RejectID = "reject" // ends the run as rejected
	SubmitID = "submit" // of a request that was sent back
	AnswerID = "answer" // of a task that asks for an opinion or prepares a decision
)

// SendBack returns the run to an earlier step.
type SendBack struct {
	Task    uuid.UUID
	To      string // ToPrevious, ToInitiator or the id of a step already visited
	Comment string
	// Return is ReturnAgain (when empty) or ReturnToMe.
	Return string
	// Correct names the only fields that may be changed there; empty: all it lets edit.
	Correct []string
}

// How a run that was sent back goes on once it was corrected.
const (
	ReturnAgain = "again" // along the path, through every step once more
	ReturnToMe  = "to_me" // straight to who sent it back
)

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
	// Any lets an administrator hand on what a step does not let its holders hand on.
	Any bool
}

// AddApprover asks one more person, whose voice the step then needs.
type AddApprover struct {
	Task    uuid.UUID // of whoever asks
	To      uuid.UUID
	Where   string // Before, Beside or After the task of whoever asks
	Comment string
}

// Where an approver is added.
const (
	Before = "before"
	Beside = "beside"
	After  = "after"
)

// RemoveApprover withdraws what AddApprover, Consult or a delegation to prepare
// asked for.
type RemoveApprover struct {
	Task uuid.UUID // of the person who was asked
	// Any lets an administrator withdraw what others asked for.
	Any bool
}

// Consult asks somebody for an opinion. The decision stays with whoever asks.
type Consult struct {
	Task    uuid.UUID
	To      uuid.UUID
	Comment string // the question
	// Wait holds the task until the answer is there.
	Wait bool
}

// Delegate lets somebody else do a task: DelegateDecide gives the decision away,
// DelegatePrepare only the work.
type Delegate struct {
	Task    uuid.UUID
	To      uuid.UUID
	Mode    string
	Comment string
}

// The modes of a delegation.
const (
	DelegateDecide  = "decide"
	DelegatePrepare = "prepare"
)

// TakeOver takes a task from the colleague who holds it, to decide it for him.
type TakeOver struct {
	Task    uuid.UUID
	Comment string
}

// Undo takes back what its maker decided in a task a moment ago.
type Undo struct {
	Task uuid.UUID
	// Events are all of the run, with the values of its fields.
	Events []event.Event
}

// Recall brings a run back to its initiator before anybody has acted on it.
type Recall struct{ Comment string }

// Hold stops everything about a run until Resume.
type Hold struct{ Comment string }

// Resume lets a held run go on.
type Resume struct{ Comment string }

// Migrate lets a run go on by another version of its workflow.
type Migrate struct {
	From, To event.Version
	// Version is the one to go on by.
	Version *workflow.Version
	// Steps says which step of it takes the place of one of the run's own; one that is
	// not named is the step with the same id.
	Steps map[string]string
	// Reask asks anew in steps that ask other people now, or in another way.
	Reask   bool
	Comment string
}

// Nudge reminds whoever holds the run.
type Nudge struct{}

// Cancel ends a run that is under way.
type Cancel struct {
	Reason  string // CancelOperator or CancelWithdrawn
	Comment string
}

// Why a run was cancelled.
const (
	CancelOperator  = "operator"
	CancelWithdrawn = "withdrawn" // by its initiator
	CancelParent    = "parent"    // the run that started it does not need it any more
)

// Retry lets a step that became an incident try again, or asks the requester to
// correct what it stumbled over: then Comment says what.
type Retry struct {
	ToRequester bool
	Comment     string
}

// Reassess lets open tasks follow the organization. Nobody stands behind it: it
// follows from a change of people.
type Reassess struct{}

// SubEnded tells a run that one ended which it had started. Nobody stands behind it.
type SubEnded struct {
	Sub     uuid.UUID
	Number  string
	Outcome string
	Values  map[string]any // of its form
}

// SubFailed tells a run that one could not be started which it wanted.
type SubFailed struct {
	Sub    uuid.UUID
	Detail string // why, for people
}

// AddStakeholder lets somebody see the run who has no part in it.
type AddStakeholder struct {
	Person  uuid.UUID
	Comment string // what for
}

// RemoveStakeholder takes that back.
type RemoveStakeholder struct {
	Person uuid.UUID
	// Any lets an administrator take back what others did.
	Any bool
}

// Comment adds a remark.
type Comment struct{ Text string }

func (Start) command()             {}
func (Complete) command()          {}
func (SendBack) command()          {}
func (Claim) command()             {}
func (Release) command()           {}
func (Reassign) command()          {}
func (AddApprover) command()       {}
func (RemoveApprover) command()    {}
func (Consult) command()           {}
func (Delegate) command()          {}
func (TakeOver) command()          {}
func (Undo) command()              {}
func (Recall) command()            {}
func (Hold) command()              {}
func (Resume) command()            {}
func (Migrate) command()           {}
func (Nudge) command()             {}
func (Cancel) command()            {}
func (Retry) command()             {}
func (Reassess) command()          {}
func (SubEnded) command()          {}
func (SubFailed) command()         {}
func (AddStakeholder) command()    {}
func (RemoveStakeholder) command() {}
func (Comment) command()           {}
