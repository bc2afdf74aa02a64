// Package workflow is the definition document: the forgiving Document that a
// designer edits, the strict immutable Version that a run follows, and Compile,
// which tells every problem between the two.
package workflow

import (
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
)

// Document is one definition as designers, the library and the API exchange it.
// YAML and JSON carry the same members.
type Document struct {
	Key         string `json:"key" yaml:"key"`   // LEAVE: upper case letters, digits, underscore; prefix of run numbers unless Prefix is set
	Name        string `json:"name" yaml:"name"` // unique among the org's workflows is not asked
	Description string `json:"description,omitempty" yaml:"description,omitempty"`
	Group       string `json:"group" yaml:"group"`
	Icon        string `json:"icon,omitempty" yaml:"icon,omitempty"`     // a Tabler icon name
	Prefix      string `json:"prefix,omitempty" yaml:"prefix,omitempty"` // of run numbers; Key when empty
	// Title names a run in lists, for instance `initiator.name + ": " + form.reason`. Text rule; the workflow's name when empty.
	Title rule.Source `json:"title,omitzero" yaml:"title,omitempty"`
	// VisibleTo says who sees and starts the workflow: a rule over `user`. Empty: everybody.
	VisibleTo rule.Source `json:"visible_to,omitzero" yaml:"visible_to,omitempty"`
	// Params must be filled in by whoever clones the workflow; rules read them as params.name.
	Params []Param   `json:"params,omitempty" yaml:"params,omitempty"`
	Form   form.Form `json:"form" yaml:"form"`
	Steps  []Step    `json:"steps" yaml:"steps"`

	SLA    *SLA    `json:"sla,omitempty" yaml:"sla,omitempty"`
	Notify *Notify `json:"notify,omitempty" yaml:"notify,omitempty"`
	// Duties is the separation of duties. Nil: the initiator never decides his own request.
	Duties *Duties `json:"duties,omitempty" yaml:"duties,omitempty"`
	// Absence makes the initiator absent when the run ends as it says: for leave.
	Absence *Absence `json:"absence,omitempty" yaml:"absence,omitempty"`
	// Audiences are the columns of the fields × steps matrix for readers without a
	// task: what the initiator and what others may see. Modes are hidden and read;
	// read where nothing is said.
	Audiences map[form.Audience]map[string]form.Mode `json:"audiences,omitempty" yaml:"audiences,omitempty"`
	// Canvas belongs to the drawing library: step id → x, y. The engine never reads it.
	Canvas map[string][2]float64 `json:"canvas,omitempty" yaml:"canvas,omitempty"`
}

// Param is a parameter of the workflow.
type Param struct {
	Name  string         `json:"name" yaml:"name"`
	Label string         `json:"label,omitempty" yaml:"label,omitempty"`
	Type  form.FieldType `json:"type" yaml:"type"`
	Value any            `json:"value,omitempty" yaml:"value,omitempty"`
	// Ask blanks the value in a clone; publishing is refused until it is filled.
	Ask bool `json:"ask,omitempty" yaml:"ask,omitempty"`
}

// StepType is what a step does.
type StepType string

// The step types. Delay and other automated steps come with later releases; a document
// that uses them is refused by Compile, not silently ignored.
const (
	Start     StepType = "start"
	TaskStep  StepType = "task"
	Condition StepType = "condition"
	Fork      StepType = "fork" // every branch whose rule holds, at the same time
	Join      StepType = "join" // where the branches of a fork meet
	// SubWorkflow starts other requests, and goes on when they have ended.
	SubWorkflow StepType = "workflow"
	End         StepType = "end"
)

// Step is a node of the definition.
type Step struct {
	// ID is stable and unique: rules, history and canvas refer to it.
	ID   string   `json:"id" yaml:"id"`
	Type StepType `json:"type" yaml:"type"`
	// Name is unique; people choose the next step by it. The id with a capital letter when empty.
	Name        string       `json:"name,omitempty" yaml:"name,omitempty"`
	Description string       `json:"description,omitempty" yaml:"description,omitempty"`
	Assignee    *Assignee    `json:"assignee,omitempty" yaml:"assignee,omitempty"` // task steps
	Transitions []Transition `json:"transitions,omitempty" yaml:"transitions,omitempty"`
	// Fields is this step's column of the matrix: field name → mode.
	Fields map[string]form.Mode `json:"fields,omitempty" yaml:"fields,omitempty"`
	// Reject restricts or relabels the built-in Reject of a task step.
	Reject *Builtin `json:"reject,omitempty" yaml:"reject,omitempty"`
	// SendBack restricts or relabels the built-in Send back of a task step.
	SendBack *Builtin `json:"send_back,omitempty" yaml:"send_back,omitempty"`
	// Vote asks several people in a task step. Nil: one person decides.
	Vote *Vote `json:"vote,omitempty" yaml:"vote,omitempty"`
	// Unbound names fields that may be changed later without asking those again who
	// decided in this step and were shown them: a single "*" stands for all.
	Unbound []string `json:"unbound,omitempty" yaml:"unbound,omitempty"`
	// Without lists what holders of this step's tasks may not do though the product
	// offers it: reassign, delegate, add_approver, consult.
	Without []Act `json:"without,omitempty" yaml:"without,omitempty"`
	// Wait says when a join step goes on before all its branches arrived.
	Wait *Wait `json:"wait,omitempty" yaml:"wait,omitempty"`
	// Starts says what a workflow step starts.
	Starts *Starts `json:"starts,omitempty" yaml:"starts,omitempty"`
	// Outcome is the run's outcome when this end step is reached; the id when empty.
	Outcome string  `json:"outcome,omitempty" yaml:"outcome,omitempty"`
	SLA     *SLA    `json:"sla,omitempty" yaml:"sla,omitempty"`
	Notify  *Notify `json:"notify,omitempty" yaml:"notify,omitempty"`
}

// Builtin adjusts a built-in act of a task step.
type Builtin struct {
	Off  bool   `json:"off,omitempty" yaml:"off,omitempty"`
	Name string `json:"name,omitempty" yaml:"name,omitempty"` // label of the button
	// To lists where send back may lead: "previous", "initiator" or step ids. Empty: all of them.
	To []string `json:"to,omitempty" yaml:"to,omitempty"`
	// Comment: "required" (the default) or "optional".
	Comment string `json:"comment,omitempty" yaml:"comment,omitempty"`
}

// Act is something the holder of a task may do beside deciding it.
type Act string

// The acts that a step can do without.
const (
	ActReassign    Act = "reassign"
	ActDelegate    Act = "delegate"
	ActAddApprover Act = "add_approver"
	ActConsult     Act = "consult"
)

// Vote says how the voices of several people make the decision of one step. Each
// of them chooses a transition; its kind counts: reject is against, everything
// else is for.
type Vote struct {
	// Need is how many have to be for it: any (the first voice decides, either way),
	// all (when empty), a number, or a share of those asked such as 60%, rounded up.
	Need string `json:"need,omitempty" yaml:"need,omitempty"`
	// Sequence asks one after another, in the order they were found or chosen.
	Sequence bool `json:"sequence,omitempty" yaml:"sequence,omitempty"`
	// Veto lets a single voice against decide.
	Veto bool `json:"veto,omitempty" yaml:"veto,omitempty"`
	// Groups each need their own number; all groups have to be for it. A step with
	// groups has no assignee of its own.
	Groups []VoteGroup `json:"groups,omitempty" yaml:"groups,omitempty"`
}

// VoteGroup is one group of a vote, for instance finance beside legal. A person
// has one voice in a step, also when he belongs to several of its groups.
type VoteGroup struct {
	ID       string    `json:"id" yaml:"id"`
	Name     string    `json:"name,omitempty" yaml:"name,omitempty"` // the id made readable when empty
	Assignee *Assignee `json:"assignee" yaml:"assignee"`
	Need     string    `json:"need,omitempty" yaml:"need,omitempty"` // as in Vote
}

// Wait says what a join waits for. Nil: for every branch that was taken.
type Wait struct {
	// For is how many branches have to arrive: all (when empty) or a number. The
	// others are then stopped.
	For string `json:"for,omitempty" yaml:"for,omitempty"`
	// Until goes on as soon as it holds when a branch arrives.
	Until rule.Source `json:"until,omitzero" yaml:"until,omitempty"`
}

// Starts says which requests a workflow step starts, with what in them, and what it
// waits for. Whoever is their requester has to be allowed to start that workflow.
type Starts struct {
	Workflow string `json:"workflow" yaml:"workflow"` // the key of the other one; its own: the request repeats itself
	// By is whose requests they are: initiator (when empty), last (the last assignee), or the
	// name of a user field, with Each also of a user column.
	By string `json:"by,omitempty" yaml:"by,omitempty"`
	// Each names a table: one request for each of its rows. Empty: one request.
	Each string `json:"each,omitempty" yaml:"each,omitempty"`
	// Values are the other form's fields, each with a rule over this request.
	Values map[string]rule.Source `json:"values,omitempty" yaml:"values,omitempty"`
	// Copy takes the other form's fields from columns of the row, with Each.
	Copy map[string]string `json:"copy,omitempty" yaml:"copy,omitempty"`
	// Take brings back what came of it: a field of this form, with Each a column, and
	// what is put there: number, outcome, or form.name of the other request.
	Take map[string]string `json:"take,omitempty" yaml:"take,omitempty"`
	// Wait is for how many to wait: all (when empty), none, or a number.
	Wait string `json:"wait,omitempty" yaml:"wait,omitempty"`
	// Rest is what becomes of those not waited for any more: stop (when empty) or finish.
	Rest string `json:"rest,omitempty" yaml:"rest,omitempty"`
}

// Strategy is how a task step finds its assignee.
type Strategy string

// The strategies.
const (
	Chosen    Strategy = "chosen"     // by the person who acts before, among the candidates
	ByRule    Strategy = "rule"       // candidates by rule, one picked as Pick says
	Initiator Strategy = "initiator"  // the person who started the run
	Manager   Strategy = "manager"    // Levels up from Of
	Previous  Strategy = "previous"   // who decided step Step last
	Claim     Strategy = "claim"      // offered to all candidates until one takes it
	NamedUser Strategy = "user"       // User: an email or id
	ByRole    Strategy = "role"       // everybody with role Role; offered as in claim, or Pick
	ByField   Strategy = "field"      // the user field Field of the form
	DeptHead  Strategy = "department" // the head of the department of Of, or of department Dept
)

// Assignee says who gets a task.
type Assignee struct {
	Strategy Strategy `json:"strategy" yaml:"strategy"`
	// Candidates is a rule over `user`, for chosen, rule and claim.
	Candidates rule.Source `json:"candidates,omitzero" yaml:"candidates,omitempty"`
	// Pick, for rule and role: only (exactly one must match), round_robin, least_loaded, random, claim.
	Pick string `json:"pick,omitempty" yaml:"pick,omitempty"`
	// Of, for manager and department: initiator or last (the last assignee).
	Of     string `json:"of,omitempty" yaml:"of,omitempty"`
	Levels int    `json:"levels,omitempty" yaml:"levels,omitempty"` // manager: 1 when not said
	Step   string `json:"step,omitempty" yaml:"step,omitempty"`     // previous
	User   string `json:"user,omitempty" yaml:"user,omitempty"`     // user
	// Users, for user in a step with a vote: several emails or ids.
	Users []string `json:"users,omitempty" yaml:"users,omitempty"`
	Role  string   `json:"role,omitempty" yaml:"role,omitempty"`   // role
	Field string   `json:"field,omitempty" yaml:"field,omitempty"` // field
	Dept  string   `json:"department,omitempty" yaml:"department,omitempty"`
}

// Kind says what choosing a transition means, for votes, bulk keys and mail buttons.
type Kind string

// The kinds.
const (
	Approve Kind = "approve"
	Reject  Kind = "reject"
	Forward Kind = "forward"
)

// Transition is a named arrow.
type Transition struct {
	// ID is stable and unique within its step.
	ID string `json:"id" yaml:"id"`
	// Name is what people choose; the target step's name when empty.
	Name string `json:"name,omitempty" yaml:"name,omitempty"`
	To   string `json:"to" yaml:"to"`
	Kind Kind   `json:"kind,omitempty" yaml:"kind,omitempty"` // forward when empty
	// When is a rule. On a condition step the first that holds is taken, one without When is the default.
	// On a task step a transition is offered only while it holds.
	When rule.Source `json:"when,omitzero" yaml:"when,omitempty"`
	// Comment is "required" or "optional" (the default).
	Comment string `json:"comment,omitempty" yaml:"comment,omitempty"`
}

// SLA is the time a step, or on the workflow the whole run, may take.
type SLA struct {
	Limit    string   `json:"limit,omitempty" yaml:"limit,omitempty"`       // 2h, 2d, 1w
	Soft     string   `json:"soft,omitempty" yaml:"soft,omitempty"`         // warns the owner
	Hard     string   `json:"hard,omitempty" yaml:"hard,omitempty"`         // fails the run
	Calendar string   `json:"calendar,omitempty" yaml:"calendar,omitempty"` // working | calendar
	Remind   []string `json:"remind,omitempty" yaml:"remind,omitempty"`
	Escalate string   `json:"escalate,omitempty" yaml:"escalate,omitempty"` // manager | none | a transition's id | a rule
}

// Notify says which events are told to whom.
type Notify struct {
	Events       any      `json:"events,omitempty" yaml:"events,omitempty"` // all | none | a list of event types
	Stakeholders []string `json:"stakeholders,omitempty" yaml:"stakeholders,omitempty"`
}

// Absence tells from when to when the initiator of a run is away once it has ended
// with an outcome, and who stands in: names of the fields that hold it.
type Absence struct {
	Outcome string `json:"outcome" yaml:"outcome"`                       // of an end step
	From    string `json:"from,omitempty" yaml:"from,omitempty"`         // a date: the first day
	Until   string `json:"until,omitempty" yaml:"until,omitempty"`       // a date: the last day
	Period  string `json:"period,omitempty" yaml:"period,omitempty"`     // a date range, instead of the two
	StandIn string `json:"stand_in,omitempty" yaml:"stand_in,omitempty"` // a user; nobody stands in when it is empty
}

// Duties is the separation of duties of a workflow.
type Duties struct {
	// InitiatorDecides allows the initiator to decide his own request. False is the default, and the advice.
	InitiatorDecides bool `json:"initiator_decides,omitempty" yaml:"initiator_decides,omitempty"`
	// Apart lists pairs of steps that the same person may not both decide.
	Apart [][2]string `json:"apart,omitempty" yaml:"apart,omitempty"`
	// SkipRepeated passes over a step whose only assignee approved an earlier step of
	// the same round, with a line in the history.
	SkipRepeated bool `json:"skip_repeated,omitempty" yaml:"skip_repeated,omitempty"`
}
