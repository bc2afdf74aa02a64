// Package event names what happened to a run. The list is the history people
// read, and the only thing that messages, search and webhooks react to.
package event

import (
	"time"

	"github.com/google/uuid"
)

// Type names a fact. Types are part of the API and never change their meaning.
type Type string

// The facts of a run.
const (
	RunStarted     Type = "run.started"
	RunCompleted   Type = "run.completed" // an end step was reached, or Reject was chosen: Outcome says which
	RunCancelled   Type = "run.cancelled" // Reason: operator, withdrawn, parent
	RunIncident    Type = "run.incident"  // a rule failed or a loop never ends: Detail says what to mend
	RunRecalled    Type = "run.recalled"  // the requester took it back to change it, before anybody had acted
	RunHeld        Type = "run.held"      // nothing can be done to it until it is resumed
	RunResumed     Type = "run.resumed"
	RunNudged      Type = "run.nudged"   // whoever holds it was reminded by hand
	RunMigrated    Type = "run.migrated" // it goes on by another version of its workflow: Version says from which to which
	StepEntered    Type = "step.entered" // with Scope in a branch; with ReturnTo when it comes straight back
	StepLeft       Type = "step.left"
	StepSkipped    Type = "step.skipped"   // Assignee approved an earlier step already
	StepCancelled  Type = "step.cancelled" // the other branches went on without it, or the request was sent back past it
	StepReopened   Type = "step.reopened"  // who decided in it is asked again
	StepRetried    Type = "step.retried"   // an incident of it was mended: it goes on with what it had started
	StepWaits      Type = "step.waits"     // it is decided, and waits for those who are asked again
	TaskCreated    Type = "task.created"   // assigned, or offered to candidates when Assignee is nil
	TaskClaimed    Type = "task.claimed"
	TaskReleased   Type = "task.released"
	TaskReassigned Type = "task.reassigned"
	TaskDelegated  Type = "task.delegated" // Assignee decides on behalf of Owner
	TaskQueued     Type = "task.queued"    // it waits for the task Waits
	TaskOpened     Type = "task.opened"    // what it waited for is done
	TaskCompleted  Type = "task.completed"
	TaskCancelled  Type = "task.cancelled"
	TaskSentBack   Type = "task.sent_back"  // without Task: an operator sent an incident back to the requester
	TaskVoided     Type = "task.voided"     // Actor changed Fields, which Former had been shown when he decided
	TaskUndone     Type = "task.undone"     // its maker took the decision back: everything is as it was before the event Since
	AbsencePlanned Type = "absence.planned" // Assignee is Away, as the run was to bring about; Reason overlap: something else was planned
	SubRequested   Type = "sub.requested"   // Sub is to be started: a request of Workflow, made by Owner
	SubFailed      Type = "sub.failed"      // it could not be started: Detail says why
	SubEnded       Type = "sub.ended"       // with Number and Outcome
	SubStopped     Type = "sub.stopped"     // it is not needed any more
	FieldsChanged  Type = "fields.changed"  // names and salted hashes; the values live in run_revisions
	Commented      Type = "comment.added"

	StakeholderAdded   Type = "stakeholder.added"   // Actor lets Person see the run
	StakeholderRemoved Type = "stakeholder.removed" // Person sees it no more because of that
)

// Event is one fact. Members that do not apply are zero and absent in JSON.
type Event struct {
	ID   uuid.UUID `json:"-"`
	Type Type      `json:"-"`
	At   time.Time `json:"-"`
	// Actor did it; nil for the system itself.
	Actor *uuid.UUID `json:"-"`
	// OnBehalfOf is the absent person an actor stood in for.
	OnBehalfOf *uuid.UUID `json:"-"`

	// StepSeq is the visit the fact belongs to, Step the id of its step in the definition.
	StepSeq    int        `json:"step_seq,omitempty"`
	Step       string     `json:"step,omitempty"`
	Task       *uuid.UUID `json:"task,omitempty"`
	TaskKind   string     `json:"task_kind,omitempty"`
	Slot       int        `json:"slot,omitempty"`
	Group      string     `json:"group,omitempty"` // of a vote
	Waits      *uuid.UUID `json:"waits,omitempty"` // the task that has to be done first
	AddedBy    *uuid.UUID `json:"added_by,omitempty"`
	Owner      *uuid.UUID `json:"owner,omitempty"` // on whose behalf the assignee holds the task
	Assignee   *uuid.UUID `json:"assignee,omitempty"`
	Former     *uuid.UUID `json:"former,omitempty"` // who held the task before
	Pool       *Pool      `json:"pool,omitempty"`
	Transition string     `json:"transition,omitempty"`
	Kind       string     `json:"kind,omitempty"` // approve, reject, forward
	To         string     `json:"to,omitempty"`   // target step
	Round      int        `json:"round,omitempty"`
	From       int        `json:"from,omitempty"`      // the visit that led to this one
	BackFrom   int        `json:"back_from,omitempty"` // the visit that sent back to this one
	ReturnTo   int        `json:"return_to,omitempty"` // the visit it comes straight back to
	Scope      int        `json:"scope,omitempty"`     // the visit of the fork whose branch this is
	// Correct lists the only fields that may be changed where it was sent back to.
	Correct []string `json:"correct,omitempty"`
	// Shown names the fields a decision is bound to. Seen is everything its maker was
	// shown, on the way to its hash, and never stored with the event.
	Shown    []string       `json:"shown,omitempty"`
	Seen     map[string]any `json:"-"`
	SeenHash string         `json:"seen_hash,omitempty"`
	// Sub is a request that this one started, for row Slot of Table, by the workflow
	// with the key Workflow. Input is what is put into it, and never stored with the event.
	Sub      *uuid.UUID     `json:"sub,omitempty"`
	Table    string         `json:"table,omitempty"`
	Workflow string         `json:"workflow,omitempty"`
	Number   string         `json:"number,omitempty"`
	Input    map[string]any `json:"-"`
	// Took names the fields, or columns of its row, that came back from Sub.
	Took []string `json:"took,omitempty"`
	// Parent is the request that started this one, which is Depth requests below the
	// first; Above are the requesters of all of those.
	Parent *uuid.UUID  `json:"parent,omitempty"`
	Depth  int         `json:"depth,omitempty"`
	Above  []uuid.UUID `json:"above,omitempty"`
	// Away is when Assignee is absent, StandIn who decides for him meanwhile.
	Away    *Away      `json:"away,omitempty"`
	StandIn *uuid.UUID `json:"stand_in,omitempty"`
	// Person became a stakeholder, or is none any more.
	Person *uuid.UUID `json:"person,omitempty"`
	// Since is the number of the first event that was taken back.
	Since int64 `json:"since,omitempty"`
	// Again is the task whose decision became void, for which a new one is.
	Again *uuid.UUID `json:"again,omitempty"`
	// Chosen is whom a decision that waits chose for the next steps.
	Chosen  map[string][]uuid.UUID `json:"chosen,omitempty"`
	Title   string                 `json:"title,omitempty"` // the run's title, when it was set
	Pick    string                 `json:"pick,omitempty"`  // how the assignee was picked: round_robin, least_loaded
	Outcome string                 `json:"outcome,omitempty"`
	Reason  string                 `json:"reason,omitempty"`
	Detail  string                 `json:"detail,omitempty"`
	Warning string                 `json:"warning,omitempty"`
	// Fields lists the names of the fields that changed; Values carries them to
	// Evolve and to run_revisions and is never stored with the event itself.
	Fields []string       `json:"fields,omitempty"`
	Values map[string]any `json:"-"`
	// Hashes are salted hashes of the changed values, by field.
	Hashes map[string]string `json:"hashes,omitempty"`
	// Version tells from which version to which a run was moved, and what that meant for it.
	Version *Migration `json:"version,omitempty"`
	// Comment is the id of the comment that gives the reason; Text its text on
	// the way to the comments table, never stored with the event.
	Comment *uuid.UUID `json:"comment,omitempty"`
	Text    string     `json:"-"`
}

// Away is a time in which somebody is absent: civil days, both included.
type Away struct {
	From  string `json:"from"`
	Until string `json:"until"`
}

// In returns the first moment of an absence in a zone and the first after it; false
// when these are no days in their order.
func (a Away) In(zone *time.Location) (start, end time.Time, ok bool) {
	start, err1 := time.ParseInLocation(time.DateOnly, a.From, zone)
	last, err2 := time.ParseInLocation(time.DateOnly, a.Until, zone)
	return start, last.AddDate(0, 0, 1), err1 == nil && err2 == nil && !last.Before(start)
}

// Migration is what a move to another version means for a run.
type Migration struct {
	From Version `json:"from"`
	To   Version `json:"to"`
	// Steps are the steps that have another id now, by the one they had.
	Steps map[string]string `json:"steps,omitempty"`
	// Names are what steps were called that the request has been in and that have another
	// id now or are not there any more.
	Names map[string]string `json:"names,omitempty"`
	// Former are the visits whose step is not there any more, or is another one now, by number.
	Former map[int]string `json:"former,omitempty"`
	// Unbound are the visits in which nobody can be asked again any more.
	Unbound []int `json:"unbound,omitempty"`
}

// Version names one version of a workflow.
type Version struct {
	ID uuid.UUID `json:"id"`
	No int       `json:"no"`
}

// Pool is the set of people a task is offered to. Members travel to the pool's
// own table and are not stored with the event.
type Pool struct {
	ID      uuid.UUID   `json:"id"`
	Hash    string      `json:"-"`
	Members []uuid.UUID `json:"-"`
}
