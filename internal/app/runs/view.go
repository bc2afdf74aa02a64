package runs

import (
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/facts"
)

// WorkflowRef names the workflow of a run.
type WorkflowRef struct {
	ID    uuid.UUID `json:"id"`
	Key   string    `json:"key"`
	Name  string    `json:"name"`
	Icon  string    `json:"icon,omitempty"`
	Group string    `json:"group,omitempty"`
}

// Run is a run as one reader sees it: what is hidden from him is absent.
type Run struct {
	ID          uuid.UUID      `json:"id"`
	Number      string         `json:"number" doc:"What people call it: LEAVE-42. Empty while a draft."`
	Title       string         `json:"title"`
	Workflow    WorkflowRef    `json:"workflow"`
	Version     int            `json:"version"`
	Status      string         `json:"status" enum:"draft,queued,running,held,completed,failed,cancelled"`
	Outcome     string         `json:"outcome,omitempty" doc:"Of the end step reached: approved, rejected …"`
	OutcomeName string         `json:"outcome_name,omitempty"`
	Reason      string         `json:"reason,omitempty" doc:"Why a run was cancelled: operator, withdrawn, parent."`
	Initiator   facts.Person   `json:"initiator"`
	StartedAt   *time.Time     `json:"started_at,omitempty"`
	EndedAt     *time.Time     `json:"ended_at,omitempty"`
	Revision    int64          `json:"revision" doc:"Number of the last event."`
	Round       int            `json:"round"`
	Path        []Visit        `json:"path" doc:"Steps visited, in order."`
	Steps       []StepRef      `json:"steps" doc:"Every step of the definition, with the ways from one to the other."`
	Tasks       []OpenTask     `json:"tasks" doc:"What is still to be done, and by whom."`
	Later       []OpenTask     `json:"later" doc:"Who is asked after somebody else of the same step."`
	Votes       []Vote         `json:"votes" doc:"How the decisions stand that several people make."`
	Next        []NextStep     `json:"next" doc:"What may come next when nobody rejects or sends back, with the people where they can be told."`
	Subs        []RelatedRun   `json:"subs" doc:"Requests that this one started, in the order of the path."`
	Parent      *RelatedRun    `json:"parent,omitempty" doc:"The request that started this one."`
	Usual       *Usual         `json:"usual,omitempty" doc:"When it may end, from the latest runs that stood where it stands. Absent where too few did."`
	Form        form.View      `json:"form"`
	Values      map[string]any `json:"values"`
	People      []facts.Person `json:"people" doc:"Who is named in the values and their changes: fields hold their ids."`
	RuleContext RuleContext    `json:"rule_context"`
	Task        *Task          `json:"task,omitempty" doc:"The reader's own open task, with everything needed to act."`

	Changes      map[string]Change `json:"changes,omitempty" doc:"How fields differ from what the reader last knew, by name. Of what he may not see there is nothing."`
	ChangesSince string            `json:"changes_since,omitempty" enum:"decision,round,start" doc:"From when on changes are counted: the reader's own last act, else the beginning of this round or the start."`

	UndoUntil    *time.Time `json:"undo_until,omitempty" doc:"Answers a decision: until then its maker may take it back by tasks.undo, while nobody acts."`
	NudgeAgainAt *time.Time `json:"nudge_again_at,omitempty" doc:"Its holders were reminded by hand; from then on they can be again."`

	Stakeholders []Stakeholder  `json:"stakeholders" doc:"Who was let see it by hand."`
	Watchers     []facts.Person `json:"watchers" doc:"Who watches it, of those who may see it."`
	Watching     bool           `json:"watching" doc:"The reader watches it."`

	Can access.RunAbilities `json:"can"`
}

// Stakeholder is somebody whom another one let see a run.
type Stakeholder struct {
	Person  facts.Person `json:"person"`
	AddedBy facts.Person `json:"added_by"`
	Remove  bool         `json:"remove" doc:"The reader may take that back."`
}

// RuleContext is what the browser needs to evaluate the form's rules at once.
// The server evaluates them again and decides.
type RuleContext struct {
	Initiator map[string]any `json:"initiator"`
	Params    map[string]any `json:"params"`
	Org       map[string]any `json:"org"`
	Step      string         `json:"step"`
	Today     string         `json:"today" doc:"Civil date in the organization's zone."`
	Now       time.Time      `json:"now"`
}

// Visit is one visit to a step.
type Visit struct {
	Seq        int            `json:"seq"`
	StepID     string         `json:"step_id"`
	Name       string         `json:"name"`
	Type       string         `json:"type"`
	Status     string         `json:"status"`
	Round      int            `json:"round"`
	EnteredAt  time.Time      `json:"entered_at"`
	LeftAt     *time.Time     `json:"left_at,omitempty"`
	DecidedBy  []facts.Person `json:"decided_by,omitempty"`
	Transition string         `json:"transition_name,omitempty"`
	// By which transition it was left, and the visit before, to draw the way.
	TransitionID string `json:"transition_id,omitempty"`
	Cause        int    `json:"cause,omitempty" doc:"The visit that led here."`
	Detail       string `json:"detail,omitempty" doc:"Of an incident: what went wrong."`
	Again        bool   `json:"again,omitempty" doc:"Left once, and open again: what its deciders were shown was changed."`
	Waits        bool   `json:"waits,omitempty" doc:"Decided, and waiting for those who are asked again."`
}

// StepRef is one step of the definition.
type StepRef struct {
	StepID string `json:"step_id"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	Who    string `json:"who,omitempty" doc:"Who decides there, in words."`
	Ways   []Way  `json:"ways"`
}

// Way is an arrow of the definition.
type Way struct {
	ID       string `json:"id"`
	ToStepID string `json:"to_step_id"`
	Name     string `json:"name"`
	Kind     string `json:"kind"`
}

// OpenTask is somebody's open piece of work.
type OpenTask struct {
	ID         uuid.UUID     `json:"id"`
	StepID     string        `json:"step_id"`
	StepName   string        `json:"step_name"`
	Kind       string        `json:"kind" enum:"decide,consult,confirm,fix"`
	Assignee   *facts.Person `json:"assignee,omitempty" doc:"Absent while the task is offered to several."`
	Hint       string        `json:"candidates_hint,omitempty" doc:"To whom it is offered, in words."`
	AssignedAt time.Time     `json:"assigned_at"`
	Status     string        `json:"status"`
	Mine       bool          `json:"mine"`
	Claimable  bool          `json:"claimable"`
	Warning    string        `json:"warning,omitempty"`
	Group      string        `json:"group,omitempty" doc:"Of a vote with groups."`
	AskedBy    *facts.Person `json:"asked_by,omitempty" doc:"Who asked this person beside those whom the workflow asks."`
	OnBehalfOf *facts.Person `json:"on_behalf_of,omitempty" doc:"Whose decision it is."`
	After      *facts.Person `json:"after,omitempty" doc:"Who is asked first."`
	Again      bool          `json:"again,omitempty" doc:"Its first decision does not count any more: what was shown then was changed."`
	Remove     bool          `json:"remove" doc:"The reader may withdraw it."`
	TakeOver   bool          `json:"take_over" doc:"The reader may decide it in its holder's place."`
}

// Vote is how a decision stands that several people make.
type Vote struct {
	Seq      int         `json:"seq" doc:"The visit."`
	StepID   string      `json:"step_id"`
	StepName string      `json:"step_name"`
	Groups   []VoteGroup `json:"groups"`
	Voices   []Voice     `json:"voices"`
}

// VoteGroup counts the voices of one group.
type VoteGroup struct {
	Name    string `json:"name,omitempty"`
	Asked   int    `json:"asked"`
	Need    int    `json:"need" doc:"How many have to be for it."`
	For     int    `json:"for"`
	Against int    `json:"against"`
}

// Voice is one of those whose voice counts.
type Voice struct {
	Person     facts.Person  `json:"person"`
	Group      string        `json:"group,omitempty"`
	Status     string        `json:"status" enum:"queued,open,completed"`
	Decision   string        `json:"decision,omitempty"`
	Transition string        `json:"transition,omitempty" doc:"What was chosen, in words."`
	AskedBy    *facts.Person `json:"asked_by,omitempty"`
	OnBehalfOf *facts.Person `json:"on_behalf_of,omitempty"`
	At         *time.Time    `json:"at,omitempty"`
}

// Task is one task with everything its reader needs to act.
type Task struct {
	ID          uuid.UUID     `json:"id"`
	RunID       uuid.UUID     `json:"run_id"`
	StepID      string        `json:"step_id"`
	StepName    string        `json:"step_name"`
	Description string        `json:"description,omitempty"`
	Kind        string        `json:"kind"`
	Status      string        `json:"status"`
	Assignee    *facts.Person `json:"assignee,omitempty"`
	AssignedAt  time.Time     `json:"assigned_at"`
	Transitions []Transition  `json:"transitions"`
	SendBack    []BackTarget  `json:"send_back"`
	AskedBy     *facts.Person `json:"asked_by,omitempty" doc:"Who asks for help or for one more approval."`
	OnBehalfOf  *facts.Person `json:"on_behalf_of,omitempty" doc:"Whose decision it is."`
	Correct     []string      `json:"correct,omitempty" doc:"The only fields that may be changed here."`
	ReturnsTo   string        `json:"returns_to_step_name,omitempty" doc:"The step to which it comes straight back."`
	Again       *Again        `json:"again,omitempty" doc:"Why it is asked again."`
	Bound       []Bound       `json:"bound" doc:"Fields that can be changed here and that others decided on: they are asked again then."`
	Reason      *Reason       `json:"reason,omitempty" doc:"What was said when it was asked for, handed to its holder or sent back."`

	Can access.TaskAbilities `json:"can"`
}

// Bound is a field that others have decided on.
type Bound struct {
	Field  string         `json:"field"`
	People []facts.Person `json:"people"`
}

// Again says why a decision is asked for again.
type Again struct {
	By     facts.Person `json:"by" doc:"Who changed what had been shown."`
	Of     facts.Person `json:"of" doc:"Whose decision does not count any more."`
	Fields []FieldRef   `json:"fields" doc:"What was changed, as far as the reader sees it."`
}

// Reason is what somebody said when he gave a task to somebody.
type Reason struct {
	By   facts.Person `json:"by"`
	Text string       `json:"text"`
	At   time.Time    `json:"at"`
}

// Transition is one way to leave a task.
type Transition struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Kind       string   `json:"kind" enum:"approve,reject,forward"`
	ToStepID   string   `json:"to_step_id,omitempty"`
	ToStepName string   `json:"to_step_name,omitempty"`
	Comment    string   `json:"comment" enum:"required,optional"`
	Builtin    bool     `json:"builtin,omitempty"`
	Waits      bool     `json:"waits,omitempty" doc:"Others have to decide before the request goes on."`
	Choices    []Choice `json:"choices" doc:"Steps behind it whose assignee the actor has to choose, as far as it can be told now."`
}

// BackTarget is a place the request can be sent back to.
type BackTarget struct {
	To       string `json:"to"`
	Name     string `json:"name"`
	StepName string `json:"step_name"`
	Comment  string `json:"comment" enum:"required,optional"`
	ToMe     bool   `json:"to_me" doc:"It can come straight back to who sends it."`
	// Correctable are the fields to which the correction can be limited.
	Correctable []string `json:"correctable"`
}

// Choice asks the actor for the assignee of a step.
type Choice struct {
	StepID     string      `json:"step_id"`
	StepName   string      `json:"step_name"`
	Many       bool        `json:"many"`
	Candidates []Candidate `json:"candidates" doc:"The first of them, by name."`
	More       bool        `json:"more" doc:"There are more: ask tasks.candidates or runs.candidates."`
}

// NextStep tells who is asked next.
type NextStep struct {
	StepID string         `json:"step_id"`
	Name   string         `json:"name"`
	Type   string         `json:"type" doc:"task; workflow where another request is waited for; end where nobody is asked any more."`
	Who    string         `json:"who" doc:"In words: the manager, whom you choose …"`
	People []facts.Person `json:"people,omitempty" doc:"Where they can be known, five at most."`
}
