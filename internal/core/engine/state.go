// Package engine is the state machine of a run. It is pure: no context, no
// clock, no database. Decide turns a command into the events it causes, or into
// the facts it needs to know first; Evolve applies one event. Evolve alone
// changes state, so that stored rows, a simulation and a replay of the history
// can never disagree.
package engine

import (
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
)

// RunStatus is where a run stands.
type RunStatus string

// The statuses of a run.
const (
	Draft        RunStatus = "draft"
	Running      RunStatus = "running"
	RunHeld      RunStatus = "held"
	Completed    RunStatus = "completed"
	Failed       RunStatus = "failed"
	RunCancelled RunStatus = "cancelled"
)

// Over reports whether nothing can happen to the run any more.
func (s RunStatus) Over() bool { return s == Completed || s == Failed || s == RunCancelled }

// StepStatus is where a visit to a step stands.
type StepStatus string

// The statuses of a visit.
const (
	StepRunning   StepStatus = "running"
	StepWaiting   StepStatus = "waiting" // for people
	StepSucceeded StepStatus = "succeeded"
	StepSkipped   StepStatus = "skipped" // its assignee had approved before
	StepCancelled StepStatus = "cancelled"
	StepIncident  StepStatus = "incident" // waits for a run administrator
)

// Active reports whether the visit is a token of the run: its end is still to come.
func (s StepStatus) Active() bool {
	return s == StepRunning || s == StepWaiting || s == StepIncident
}

// TaskStatus is where one person's piece of work stands.
type TaskStatus string

// The statuses of a task.
const (
	TaskQueued    TaskStatus = "queued" // its turn comes after another task
	TaskOpen      TaskStatus = "open"
	TaskCompleted TaskStatus = "completed"
	TaskCancelled TaskStatus = "cancelled"
)

// TaskKind says what a task asks for.
type TaskKind string

// The kinds of tasks.
const (
	DecideTask  TaskKind = "decide"  // choose a transition
	FixTask     TaskKind = "fix"     // correct what was sent back, and submit again
	ConsultTask TaskKind = "consult" // say what one thinks; somebody else decides
	PrepareTask TaskKind = "prepare" // do the work of the step; somebody else decides
)

// Opinion reports whether tasks of the kind decide nothing themselves.
func (k TaskKind) Opinion() bool { return k == ConsultTask || k == PrepareTask }

// State is everything about one run that a decision depends on.
type State struct {
	Run     Run
	Values  map[string]any // of the form
	Context map[string]any // written by automated steps
	Steps   []StepRun      // visits, in order of Seq
	Tasks   []Task         // in order of creation
	// Stakeholders are those whom somebody let see the run, in order of their ids.
	Stakeholders []Stakeholder
	// Turns holds, per step, who was picked last by round robin in this change.
	Turns map[string]uuid.UUID
}

// Run is the head of the state.
type Run struct {
	ID        uuid.UUID
	Number    string // LEAVE-42
	Title     string
	Status    RunStatus
	Outcome   string
	Reason    string // of cancelled
	Initiator uuid.UUID
	Round     int // 1, and one more with every send back
	Visits    int
	Seq       int64 // of the last event
	StartedAt time.Time
	EndedAt   time.Time // zero while under way
	NudgedAt  time.Time // zero when nobody was reminded by hand
	// Parent is the run that started this one, Nil where a person did; Depth how many are
	// above it, Above their initiators: none of them decides here.
	Parent uuid.UUID
	Depth  int
	Above  []uuid.UUID
}

// StepRun is one visit to a step.
type StepRun struct {
	Seq        int // from 1, within the run
	Step       string
	Status     StepStatus
	Round      int
	Scope      int // the visit of the fork whose branch this is; 0: none
	Cause      int // the visit that led here; 0: the start
	BackFrom   int // the visit that sent back to here; 0: none
	ReturnTo   int // the visit to come straight back to; 0: run the path again
	Transition string
	Detail     string // of an incident
	// Correct lists the only fields that may be changed here; empty: as the definition says.
	Correct []string
	// Again: it was left, by Transition, and somebody is asked anew who had decided in it.
	Again bool
	// Waits: its decision is fixed, and waits for those who are asked anew; Chosen is
	// whom its maker chose for what comes next.
	Waits  bool
	Chosen map[string][]uuid.UUID
	// Former is what the step was called when the run was here, where the version that
	// the run was moved to since has no such step. Nothing leads back to it.
	Former    string
	EnteredAt time.Time
	LeftAt    time.Time
	// Subs are the requests that a workflow step started, in order.
	Subs []Sub
}

// Task is one person's piece of work in a visit.
type Task struct {
	ID         uuid.UUID
	StepSeq    int
	Step       string
	Kind       TaskKind
	Slot       int    // of a vote, from 0
	Group      string // of a vote
	Status     TaskStatus
	Assignee   uuid.UUID // Nil: offered to the pool
	OnBehalfOf uuid.UUID // whose decision it is when the assignee stands in for somebody
	ForAbsent  bool      // and does so because he is away
	ByHand     bool      // somebody gave it to the assignee; it does not follow the organization
	AddedBy    uuid.UUID // who asked this person beside those whom the definition asks
	Waits      uuid.UUID // of a queued task: the one that has to be done first
	Pool       *Pool
	Warning    string
	Transition string
	Decision   string    // approve, reject, forward, sent_back, answer
	Shown      []string  // names the fields whose values its decision is bound to
	VoidBy     uuid.UUID // who changed VoidFields of them since, so that it does not count any more
	VoidFields []string
	Again      uuid.UUID // the task whose decision became void, for which this one is
	AssignedAt time.Time
	CreatedAt  time.Time
	DoneAt     time.Time
}

// Pool is the set of people a task was offered to. Its id follows from its
// members, so that equal pools are one.
type Pool struct {
	ID      uuid.UUID
	Hash    string
	Members []uuid.UUID // set when the pool is made, empty when loaded
}

// Clone returns a copy that shares nothing a decision could change.
func (s State) Clone() State {
	s.Values, s.Context = maps.Clone(s.Values), maps.Clone(s.Context)
	s.Steps, s.Tasks = slices.Clone(s.Steps), slices.Clone(s.Tasks)
	s.Stakeholders, s.Turns = slices.Clone(s.Stakeholders), maps.Clone(s.Turns)
	return s
}

// Task returns the task with the id, or nil.
func (s *State) Task(id uuid.UUID) *Task {
	for i := range s.Tasks {
		if s.Tasks[i].ID == id {
			return &s.Tasks[i]
		}
	}
	return nil
}

// Step returns the visit with the number, or nil.
func (s *State) Step(seq int) *StepRun {
	if seq >= 1 && seq <= len(s.Steps) && s.Steps[seq-1].Seq == seq {
		return &s.Steps[seq-1]
	}
	for i := range s.Steps {
		if s.Steps[i].Seq == seq {
			return &s.Steps[i]
		}
	}
	return nil
}

// OpenTasks returns the tasks somebody still has to do.
func (s *State) OpenTasks() []Task {
	var open []Task
	for _, t := range s.Tasks {
		if t.Status == TaskOpen {
			open = append(open, t)
		}
	}
	return open
}

// Decider returns whose the last decision in the step was, or Nil.
func (s *State) Decider(step string) uuid.UUID {
	return s.lastDecision(func(t Task) bool { return t.Step == step && t.Decision != SentBack }).Principal()
}

// lastDecision is the task that was completed last of those that decide something,
// a zero one when there is none.
func (s *State) lastDecision(of func(Task) bool) Task {
	var last Task
	for _, t := range s.Tasks {
		if t.Status == TaskCompleted && !t.Kind.Opinion() && of(t) && !t.DoneAt.Before(last.DoneAt) {
			last = t
		}
	}
	return last
}

// LastActor returns whose the last step was that people did on the way to a visit
// and its cause: the initiator when that was the start.
func (s *State) LastActor(cause int) uuid.UUID {
	for visit := s.Step(cause); visit != nil; visit = s.Step(visit.Cause) {
		if id := s.principalOf(visit.Seq); id != uuid.Nil {
			return id
		}
	}
	return s.Run.Initiator
}

// deciderOf returns who completed a visit, or Nil.
func (s *State) deciderOf(seq int) uuid.UUID {
	return s.lastDecision(func(t Task) bool { return t.StepSeq == seq }).Assignee
}

// principalOf returns whose decision a visit was, or Nil: who stood in for somebody
// decided, and the decision is the other's.
func (s *State) principalOf(seq int) uuid.UUID {
	return s.lastDecision(func(t Task) bool { return t.StepSeq == seq }).Principal()
}

// Void reports whether the decision of a task does not count any more, because
// something was changed that its maker had been shown.
func (t Task) Void() bool { return t.VoidBy != uuid.Nil }

// Principal is whose task it is: the holder's, or of whom he stands in for.
func (t Task) Principal() uuid.UUID {
	if t.OnBehalfOf != uuid.Nil {
		return t.OnBehalfOf
	}
	return t.Assignee
}

// people returns whom the definition asked in a visit, in order: to ask them again,
// whether they were heard or not.
func (s *State) people(seq int) []uuid.UUID {
	var out []uuid.UUID
	for _, t := range s.Tasks {
		asked := t.StepSeq == seq && t.Assignee != uuid.Nil && t.AddedBy == uuid.Nil && !t.Kind.Opinion() && !s.replaced(t)
		if asked && !slices.Contains(out, t.Principal()) {
			out = append(out, t.Principal())
		}
	}
	return out
}

// Decisions of tasks beside the kinds of transitions.
const (
	SentBack = "sent_back" // its holder sent the run back
	Answered = "answer"    // an opinion was given, or work prepared
)
