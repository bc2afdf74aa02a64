// Code generated from docs/openapi.json by client/internal/generate. DO NOT EDIT.
package client

import (
	"context"
	"time"
)

// Absence is part of the API.
type Absence struct {
	From time.Time `json:"from"`
	ID   string    `json:"id"`
	Note string    `json:"note,omitzero"`
	// It has begun.
	Now      bool           `json:"now"`
	Revision int            `json:"revision"`
	StandIns []NamedStandIn `json:"stand_ins"`
	// The first moment he is back.
	Until time.Time `json:"until"`
}

// AbsenceList is part of the API.
type AbsenceList struct {
	Items []Absence `json:"items"`
}

// AbsencesDeleteRequest is part of the API.
type AbsencesDeleteRequest struct {
	AbsenceID string `json:"absence_id"`
}

// AbsencesListRequest is part of the API.
type AbsencesListRequest struct {
	// Whose; the caller's when absent. Those of others need the right to manage people.
	UserID string `json:"user_id,omitzero"`
}

// AbsencesSaveRequest is part of the API.
type AbsencesSaveRequest struct {
	// The one to change; absent: a new one.
	AbsenceID string `json:"absence_id,omitzero"`
	// From when on he is away.
	From time.Time `json:"from"`
	Note string    `json:"note,omitzero"`
	// Of the absence that is changed.
	Revision int `json:"revision,omitzero"`
	// Who stands in: the first whom a request fits. Nobody: his tasks wait, with a warning.
	StandIns []StandIn `json:"stand_ins,omitzero"`
	// The first moment he is back.
	Until time.Time `json:"until"`
	// Whose; the caller's when absent.
	UserID string `json:"user_id,omitzero"`
}

// Again is part of the API.
type Again struct {
	// Who changed what had been shown.
	By Person `json:"by"`
	// What was changed, as far as the reader sees it.
	Fields []FieldRef `json:"fields"`
	// Whose decision does not count any more.
	Of Person `json:"of"`
}

// Attribute is part of the API.
type Attribute struct {
	// Stands in rules as user.<key>.
	Key   string `json:"key"`
	Kind  string `json:"kind"`
	Label string `json:"label"`
}

// AttributeList is part of the API.
type AttributeList struct {
	Items []Attribute `json:"items"`
}

// AttributesDefineRequest is part of the API.
type AttributesDefineRequest struct {
	// Stands in rules as user.<key> and never changes.
	Key string `json:"key"`
	// What it holds.
	Kind string `json:"kind"`
	// As people call it.
	Label string `json:"label"`
}

// AuthLoginReply is part of the API.
type AuthLoginReply struct {
	// Sent as Authorization: Bearer …
	AccessToken string `json:"access_token"`
	// Seconds the access token is good for.
	ExpiresIn int `json:"expires_in"`
}

// AuthLoginRequest is part of the API.
type AuthLoginRequest struct {
	// Upper and lower case are the same.
	Email string `json:"email"`
	// The organization's short name or name; not needed on its own subdomain.
	Org string `json:"org,omitzero"`
	// Never repeated in an answer or a log.
	Password string `json:"password"`
}

// Away is part of the API.
type Away struct {
	From  string `json:"from"`
	Until string `json:"until"`
}

// BackTarget is part of the API.
type BackTarget struct {
	Comment     string   `json:"comment"`
	Correctable []string `json:"correctable"`
	Name        string   `json:"name"`
	StepName    string   `json:"step_name"`
	To          string   `json:"to"`
	// It can come straight back to who sends it.
	ToMe bool `json:"to_me"`
}

// Bound is part of the API.
type Bound struct {
	Field  string   `json:"field"`
	People []Person `json:"people"`
}

// Candidate is part of the API.
type Candidate struct {
	// Absent now; the first moment of being back. Who stands in gets the task.
	AwayUntil time.Time `json:"away_until,omitzero"`
	// The department's name.
	Department    string `json:"department,omitzero"`
	DepartmentKey string `json:"department_key,omitzero"`
	Designation   string `json:"designation,omitzero"`
	Email         string `json:"email"`
	ID            string `json:"id"`
	Level         string `json:"level,omitzero"`
	Location      string `json:"location,omitzero"`
	Name          string `json:"name"`
	// Why he may be chosen, where that is known.
	Reason string `json:"reason,omitzero"`
	Status string `json:"status"`
}

// CandidateList is part of the API.
type CandidateList struct {
	Items []Candidate `json:"items"`
	// There are more: narrow the query.
	More bool `json:"more"`
}

// ChangeHint is part of the API.
type ChangeHint struct {
	// Number of the run's last event.
	Revision int `json:"revision,omitzero"`
	// The run that changed. Absent: hints were lost, everything may have changed.
	RunID string `json:"run_id,omitzero"`
}

// Choice is part of the API.
type Choice struct {
	// The first of them, by name.
	Candidates []Candidate `json:"candidates"`
	Many       bool        `json:"many"`
	// There are more: ask tasks.candidates or runs.candidates.
	More     bool   `json:"more"`
	StepID   string `json:"step_id"`
	StepName string `json:"step_name"`
}

// Comment is part of the API.
type Comment struct {
	At     time.Time `json:"at"`
	Author Person    `json:"author"`
	ID     string    `json:"id"`
	// The initiator's note, a remark, or the reason of an act.
	Kind     string `json:"kind"`
	StepName string `json:"step_name,omitzero"`
	Text     string `json:"text"`
}

// CommentList is part of the API.
type CommentList struct {
	Items      []Comment `json:"items"`
	NextCursor string    `json:"next_cursor,omitzero"`
}

// CommentsAddRequest is part of the API.
type CommentsAddRequest struct {
	// The run.
	RunID string `json:"run_id"`
	// What to say to everybody who sees the run.
	Text string `json:"text"`
}

// CommentsListRequest is part of the API.
type CommentsListRequest struct {
	// next_cursor of the page before.
	Cursor string `json:"cursor,omitzero"`
	// How many items; 50 when absent.
	Limit int `json:"limit,omitzero"`
	// The run.
	RunID string `json:"run_id"`
}

// Counts is part of the API.
type Counts struct {
	// Tasks offered to several, which he may claim; 1000 at most are counted.
	Claimable int `json:"claimable"`
	Drafts    int `json:"drafts"`
	OpenTasks int `json:"open_tasks"`
	// How many active people report to him.
	Reports int `json:"reports"`
}

// Decided is part of the API.
type Decided struct {
	// Why it was not decided, as the code of a problem.
	Code string `json:"code,omitzero"`
	Done bool   `json:"done"`
	// Of the request, where it was decided.
	Number string `json:"number,omitzero"`
	// The same as a sentence.
	Reason string `json:"reason,omitzero"`
	TaskID string `json:"task_id"`
	// Until then it may be taken back by tasks.undo, while nobody acts.
	UndoUntil time.Time `json:"undo_until,omitzero"`
}

// DecidedMany is part of the API.
type DecidedMany struct {
	Done    int       `json:"done"`
	Items   []Decided `json:"items"`
	Skipped int       `json:"skipped"`
}

// DefinitionProblem is part of the API.
type DefinitionProblem struct {
	Column  int    `json:"column,omitzero"`
	Line    int    `json:"line,omitzero"`
	Message string `json:"message"`
	Path    string `json:"path"`
}

// Department is part of the API.
type Department struct {
	Can  DepartmentAbilities `json:"can"`
	Head *Person             `json:"head,omitzero"`
	ID   string              `json:"id"`
	// Stands in rules and never changes.
	Key string `json:"key"`
	// Active people in it.
	Members  int    `json:"members"`
	Name     string `json:"name"`
	Revision int    `json:"revision"`
}

// DepartmentAbilities is part of the API.
type DepartmentAbilities struct {
	Update bool `json:"update"`
}

// DepartmentList is part of the API.
type DepartmentList struct {
	Items []Department `json:"items"`
}

// DepartmentsCreateRequest is part of the API.
type DepartmentsCreateRequest struct {
	// Who leads it.
	HeadID string `json:"head_id,omitzero"`
	// Stands in rules and never changes.
	Key string `json:"key"`
	// As people call it.
	Name string `json:"name"`
}

// DepartmentsUpdateRequest is part of the API.
type DepartmentsUpdateRequest struct {
	// The department.
	DepartmentID string `json:"department_id"`
	// Who leads it; null: nobody.
	HeadID Change[string] `json:"head_id,omitzero"`
	// As people call it.
	Name Change[string] `json:"name,omitzero"`
	// The one that was seen, so that nobody's change is lost.
	Revision int `json:"revision"`
}

// DisabledUser is part of the API.
type DisabledUser struct {
	// Tasks he still holds. Within seconds they go to whom their workflows would ask in his place.
	OpenTasks int  `json:"open_tasks"`
	User      User `json:"user"`
}

// DraftOf is part of the API.
type DraftOf struct {
	Comment string    `json:"comment"`
	RunID   string    `json:"run_id"`
	SavedAt time.Time `json:"saved_at"`
}

// DraftSaved is part of the API.
type DraftSaved struct {
	// What keeps it from being published.
	Problems []DefinitionProblem `json:"problems"`
	// Send it back with the next drafts.save.
	Revision int `json:"revision"`
}

// DraftsGetRequest is part of the API.
type DraftsGetRequest struct {
	// Its id or key.
	Workflow string `json:"workflow"`
}

// DraftsSaveRequest is part of the API.
type DraftsSaveRequest struct {
	// The definition as an object.
	Document any `json:"document,omitzero"`
	// The one that was opened, so that nobody's change is lost.
	Revision int `json:"revision"`
	// Its id or key.
	Workflow string `json:"workflow"`
	// Or as YAML text.
	YAML string `json:"yaml,omitzero"`
}

// Duration is part of the API.
type Duration struct {
	// How many were measured.
	Count         int     `json:"count"`
	MedianSeconds float64 `json:"median_seconds"`
	P90Seconds    float64 `json:"p90_seconds"`
}

// EventsStreamRequest is part of the API.
type EventsStreamRequest struct {
	// How long to stay; 600 when not said. The caller opens the next stream himself.
	Seconds int `json:"seconds,omitzero"`
}

// Facet is part of the API.
type Facet struct {
	Count int    `json:"count"`
	Name  string `json:"name"`
	// What the filter takes.
	Value string `json:"value"`
}

// Facets is part of the API.
type Facets struct {
	// By id.
	Initiators []Facet `json:"initiators"`
	// By id; only of the workflow that was asked for.
	Steps []Facet `json:"steps"`
	// By key.
	Workflows []Facet `json:"workflows"`
}

// FieldChange is part of the API.
type FieldChange struct {
	At time.Time `json:"at"`
	// Who changed it last. Absent when it followed by itself.
	By *Person `json:"by,omitzero"`
	// What stood there before. Absent when the field was empty.
	From any `json:"from,omitzero"`
}

// FieldError is part of the API.
type FieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// FieldOption is part of the API.
type FieldOption struct {
	Label string `json:"label,omitzero"`
	Value string `json:"value"`
}

// FieldRef is part of the API.
type FieldRef struct {
	Label string `json:"label"`
	Name  string `json:"name"`
}

// FieldView is part of the API.
type FieldView struct {
	Calculate   string        `json:"calculate,omitzero"`
	Columns     []FieldView   `json:"columns,omitzero"`
	Currencies  []string      `json:"currencies,omitzero"`
	Decimals    int           `json:"decimals,omitzero"`
	Default     any           `json:"default,omitzero"`
	Display     string        `json:"display,omitzero"`
	Help        string        `json:"help,omitzero"`
	Label       string        `json:"label"`
	Max         float64       `json:"max,omitzero"`
	MaxLength   int           `json:"max_length,omitzero"`
	MaxRows     int           `json:"max_rows,omitzero"`
	Min         float64       `json:"min,omitzero"`
	MinLength   int           `json:"min_length,omitzero"`
	MinRows     int           `json:"min_rows,omitzero"`
	Mode        string        `json:"mode"`
	Name        string        `json:"name"`
	Options     []FieldOption `json:"options,omitzero"`
	Pattern     string        `json:"pattern,omitzero"`
	Placeholder string        `json:"placeholder,omitzero"`
	Required    bool          `json:"required,omitzero"`
	Rules       []RuleView    `json:"rules,omitzero"`
	Type        string        `json:"type"`
	Unit        string        `json:"unit,omitzero"`
	VisibleWhen string        `json:"visible_when,omitzero"`
}

// FormView is part of the API.
type FormView struct {
	Fields []FieldView  `json:"fields"`
	Layout []LayoutItem `json:"layout"`
}

// GrantView is part of the API.
type GrantView struct {
	Department  *Named `json:"department,omitzero"`
	Designation string `json:"designation,omitzero"`
	// Active people who have the role by this grant.
	Members int     `json:"members"`
	User    *Person `json:"user,omitzero"`
}

// GrantedRole is part of the API.
type GrantedRole struct {
	Can         RoleAbilities `json:"can"`
	Description string        `json:"description"`
	// How many grants there are.
	Given int `json:"given"`
	// To departments, then job titles, then people by name; the first 200.
	Grants []GrantView `json:"grants"`
	ID     string      `json:"id"`
	// Stands in rules and never changes.
	Key string `json:"key"`
	// People who have it, by whatever it was granted to.
	Members     int      `json:"members"`
	Name        string   `json:"name"`
	Permissions []string `json:"permissions"`
	Revision    int      `json:"revision"`
	// Made with the organization.
	System bool `json:"system"`
}

// History is part of the API.
type History struct {
	Items      []HistoryEntry `json:"items"`
	NextCursor string         `json:"next_cursor,omitzero"`
}

// HistoryEntry is part of the API.
type HistoryEntry struct {
	// Absent when it followed by itself.
	Actor *Person `json:"actor,omitzero"`
	// Of a task: the first decision does not count any more.
	Again bool `json:"again,omitzero"`
	// Of a task that was added by hand.
	AskedBy  *Person   `json:"asked_by,omitzero"`
	Assignee *Person   `json:"assignee,omitzero"`
	At       time.Time `json:"at"`
	// Of an absence that followed: its first and last day.
	Away    *Away  `json:"away,omitzero"`
	Comment string `json:"comment,omitzero"`
	// The only fields that may be changed, those the reader may see.
	Correct []FieldRef `json:"correct,omitzero"`
	Detail  string     `json:"detail,omitzero"`
	// Fields that changed, those the reader may see.
	Fields []FieldRef `json:"fields,omitzero"`
	Former *Person    `json:"former,omitzero"`
	// Of a move to another version of the workflow.
	FromVersion int `json:"from_version,omitzero"`
	// Of a vote with groups.
	Group string `json:"group,omitzero"`
	Kind  string `json:"kind,omitzero"`
	// Of the request that was started, once it has ended.
	Number     string  `json:"number,omitzero"`
	OnBehalfOf *Person `json:"on_behalf_of,omitzero"`
	Outcome    string  `json:"outcome,omitzero"`
	// Of the start: the request that started this one, for OnBehalfOf.
	ParentRunID string `json:"parent_run_id,omitzero"`
	// Who was let see the request, or is not any more.
	Person *Person `json:"person,omitzero"`
	Reason string  `json:"reason,omitzero"`
	Round  int     `json:"round,omitzero"`
	Seq    int     `json:"seq"`
	// Who decides meanwhile.
	StandIn  *Person `json:"stand_in,omitzero"`
	StepID   string  `json:"step_id,omitzero"`
	StepName string  `json:"step_name,omitzero"`
	// The request that was started.
	SubRunID string `json:"sub_run_id,omitzero"`
	// Of a task: decide, fix, consult, prepare.
	TaskKind string `json:"task_kind,omitzero"`
	// Sent back to come straight back.
	ToMe           bool   `json:"to_me,omitzero"`
	ToStepName     string `json:"to_step_name,omitzero"`
	ToVersion      int    `json:"to_version,omitzero"`
	TransitionName string `json:"transition_name,omitzero"`
	Type           string `json:"type"`
	Warning        string `json:"warning,omitzero"`
	// Of an added approver: before, beside or after who asked him.
	Where string `json:"where,omitzero"`
	// Of the request that is started.
	WorkflowKey  string `json:"workflow_key,omitzero"`
	WorkflowName string `json:"workflow_name,omitzero"`
}

// HolderCount is part of the API.
type HolderCount struct {
	// Since when the first of them waits.
	Oldest time.Time `json:"oldest"`
	// Absent for what is offered to several.
	Person *Person `json:"person,omitzero"`
	Tasks  int     `json:"tasks"`
}

// Impact is part of the API.
type Impact struct {
	// Departments he heads.
	Departments []Named `json:"departments"`
	// Nobody else can manage roles, so that he cannot be disabled.
	Irreplaceable bool `json:"irreplaceable"`
	// Requests he sent that are under way. They go on.
	OpenRequests int `json:"open_requests"`
	// Tasks he holds. They go to whom their workflows would ask in his place.
	OpenTasks int `json:"open_tasks"`
	// Active people who report to him directly.
	Reports int `json:"reports"`
	// The first of them by name, five at most.
	SomeReports []Person `json:"some_reports"`
	// Workflows he owns: he is asked when nobody else can be found.
	Workflows []Named `json:"workflows"`
}

// ImportError is part of the API.
type ImportError struct {
	Field string `json:"field"`
	// Counted from 1, the row of column names.
	Line    int    `json:"line"`
	Message string `json:"message"`
}

// ImportRow is part of the API.
type ImportRow struct {
	Action string `json:"action"`
	// Of an update: the columns that change.
	Changes []string `json:"changes"`
	// Its name.
	Department  string `json:"department,omitzero"`
	Designation string `json:"designation,omitzero"`
	Email       string `json:"email"`
	Line        int    `json:"line"`
	// His name.
	Manager string `json:"manager,omitzero"`
	Name    string `json:"name"`
}

// Imported is part of the API.
type Imported struct {
	Created   int           `json:"created"`
	Errors    []ImportError `json:"errors"`
	Rows      []ImportRow   `json:"rows"`
	Unchanged int           `json:"unchanged"`
	Updated   int           `json:"updated"`
}

// InUse is part of the API.
type InUse struct {
	// Steps where such requests are and that the version does not have, or has as something else.
	Missing []MissingStep `json:"missing"`
	// The steps of the version, to take their place.
	Steps []StepChoice `json:"steps"`
	// The version that is asked about: the published one unless another was named.
	ToVersion int `json:"to_version"`
	// The other versions by which requests are under way, the oldest first.
	Versions []VersionInUse `json:"versions"`
}

// LayoutItem is part of the API.
type LayoutItem struct {
	Columns []LayoutItem `json:"columns,omitzero"`
	Divider bool         `json:"divider,omitzero"`
	Field   string       `json:"field,omitzero"`
	Grid    []LayoutItem `json:"grid,omitzero"`
	Items   []LayoutItem `json:"items,omitzero"`
	Rows    []LayoutItem `json:"rows,omitzero"`
	Section string       `json:"section,omitzero"`
	Tabs    []LayoutTab  `json:"tabs,omitzero"`
}

// LayoutTab is part of the API.
type LayoutTab struct {
	Items []LayoutItem `json:"items"`
	Label string       `json:"label"`
}

// LibraryEntry is part of the API.
type LibraryEntry struct {
	Description string `json:"description,omitzero"`
	Group       string `json:"group"`
	Icon        string `json:"icon,omitzero"`
	// The organization has a workflow that was made from it.
	Installed bool   `json:"installed"`
	Key       string `json:"key"`
	Name      string `json:"name"`
	Slug      string `json:"slug"`
	Steps     int    `json:"steps"`
}

// LibraryPage is part of the API.
type LibraryPage struct {
	Items []LibraryEntry `json:"items"`
}

// Matches is part of the API.
type Matches struct {
	// How many active people match.
	Count int `json:"count"`
	// Who matches can only be told for a given request; nobody was looked for.
	Depends bool `json:"depends,omitzero"`
	// There are more than were counted.
	More bool `json:"more,omitzero"`
	// What of the request it depends on.
	On []string `json:"on,omitzero"`
	// The first of them by name, ten at most.
	People []Person `json:"people"`
}

// Me is part of the API.
type Me struct {
	Counts      Counts   `json:"counts"`
	Org         MyOrg    `json:"org"`
	Permissions []string `json:"permissions"`
	User        MyUser   `json:"user"`
}

// Migrated is part of the API.
type Migrated struct {
	// Why not, as the code of a problem.
	Code string `json:"code,omitzero"`
	// It was moved; in a preview: it would be.
	Done        bool   `json:"done"`
	FromVersion int    `json:"from_version"`
	Number      string `json:"number"`
	// The same as a sentence.
	Reason string `json:"reason,omitzero"`
	RunID  string `json:"run_id"`
	// Where it stands.
	StepNames []string `json:"step_names"`
	Title     string   `json:"title"`
	// What became of it, or would, as a sentence.
	What string `json:"what,omitzero"`
}

// MigratedMany is part of the API.
type MigratedMany struct {
	Done  int        `json:"done"`
	Items []Migrated `json:"items"`
	// There are more than 200: go on with next_cursor.
	More       bool   `json:"more"`
	NextCursor string `json:"next_cursor,omitzero"`
	Skipped    int    `json:"skipped"`
	ToVersion  int    `json:"to_version"`
}

// MissingStep is part of the API.
type MissingStep struct {
	Name string `json:"name"`
	// How many requests are there.
	Runs   int    `json:"runs"`
	StepID string `json:"step_id"`
	Type   string `json:"type"`
}

// Moved is part of the API.
type Moved struct {
	// Why not, as the code of a problem.
	Code string `json:"code,omitzero"`
	// It was moved; in a preview: it would be.
	Done   bool   `json:"done"`
	Number string `json:"number"`
	// The same as a sentence.
	Reason   string `json:"reason,omitzero"`
	StepName string `json:"step_name"`
	TaskID   string `json:"task_id"`
	Title    string `json:"title"`
}

// MovedMany is part of the API.
type MovedMany struct {
	Done  int     `json:"done"`
	Items []Moved `json:"items"`
	// There are more than 200: ask again.
	More    bool `json:"more"`
	Skipped int  `json:"skipped"`
}

// MyOrg is part of the API.
type MyOrg struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Slug string `json:"slug"`
	// IANA name of its time zone.
	Zone string `json:"zone"`
}

// MyUser is part of the API.
type MyUser struct {
	Attributes map[string]any `json:"attributes"`
	// The department's name.
	Department    string   `json:"department,omitzero"`
	DepartmentKey string   `json:"department_key,omitzero"`
	Designation   string   `json:"designation,omitzero"`
	Email         string   `json:"email"`
	ID            string   `json:"id"`
	Level         string   `json:"level,omitzero"`
	Location      string   `json:"location,omitzero"`
	Manager       *Person  `json:"manager,omitzero"`
	Name          string   `json:"name"`
	Roles         []string `json:"roles"`
	Status        string   `json:"status"`
}

// Named is part of the API.
type Named struct {
	ID   string `json:"id"`
	Key  string `json:"key"`
	Name string `json:"name"`
}

// NamedStandIn is part of the API.
type NamedStandIn struct {
	// Only requests whose amount is smaller: of the first money field, or a number field called amount. 0 or absent: any.
	Below float64 `json:"below,omitzero"`
	// Only requests of workflows in these groups; absent: of all.
	Groups []string `json:"groups,omitzero"`
	Person Person   `json:"person"`
	// Who decides in the absent person's place.
	To string `json:"to"`
	// Only requests of these workflows, by key; absent: of all.
	Workflows []string `json:"workflows,omitzero"`
}

// NextStep is part of the API.
type NextStep struct {
	Name string `json:"name"`
	// Where they can be known, five at most.
	People []Person `json:"people,omitzero"`
	StepID string   `json:"step_id"`
	// task; workflow where another request is waited for; end where nobody is asked any more.
	Type string `json:"type"`
	// In words: the manager, whom you choose …
	Who string `json:"who"`
}

// OpenTask is part of the API.
type OpenTask struct {
	// Who is asked first.
	After *Person `json:"after,omitzero"`
	// Its first decision does not count any more: what was shown then was changed.
	Again bool `json:"again,omitzero"`
	// Who asked this person beside those whom the workflow asks.
	AskedBy    *Person   `json:"asked_by,omitzero"`
	AssignedAt time.Time `json:"assigned_at"`
	// Absent while the task is offered to several.
	Assignee *Person `json:"assignee,omitzero"`
	// To whom it is offered, in words.
	CandidatesHint string `json:"candidates_hint,omitzero"`
	Claimable      bool   `json:"claimable"`
	// Of a vote with groups.
	Group string `json:"group,omitzero"`
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Mine  bool   `json:"mine"`
	// Whose decision it is.
	OnBehalfOf *Person `json:"on_behalf_of,omitzero"`
	// The reader may withdraw it.
	Remove   bool   `json:"remove"`
	Status   string `json:"status"`
	StepID   string `json:"step_id"`
	StepName string `json:"step_name"`
	// The reader may decide it in its holder's place.
	TakeOver bool   `json:"take_over"`
	Warning  string `json:"warning,omitzero"`
}

// OutcomeRow is part of the API.
type OutcomeRow struct {
	// Of the end that was reached.
	Outcome string `json:"outcome,omitzero"`
	Runs    int    `json:"runs"`
	Status  string `json:"status"`
}

// PeopleSearchRequest is part of the API.
type PeopleSearchRequest struct {
	// How many; 10 when absent.
	Limit int `json:"limit,omitzero"`
	// Beginning of a name, last name or address.
	Query string `json:"query,omitzero"`
}

// Person is part of the API.
type Person struct {
	// The department's name.
	Department    string `json:"department,omitzero"`
	DepartmentKey string `json:"department_key,omitzero"`
	Designation   string `json:"designation,omitzero"`
	Email         string `json:"email"`
	ID            string `json:"id"`
	Level         string `json:"level,omitzero"`
	Location      string `json:"location,omitzero"`
	Name          string `json:"name"`
	Status        string `json:"status"`
}

// PersonList is part of the API.
type PersonList struct {
	Items []Person `json:"items"`
}

// Prepared is part of the API.
type Prepared struct {
	Choices     []Choice `json:"choices"`
	Description string   `json:"description,omitzero"`
	// The latest unsent draft of the actor, its values already filled in.
	Draft     *DraftOf   `json:"draft,omitzero"`
	Form      FormView   `json:"form"`
	Initiator Person     `json:"initiator"`
	Next      []NextStep `json:"next"`
	// Who is named in the values: fields hold their ids.
	People      []Person       `json:"people"`
	RuleContext RuleContext    `json:"rule_context"`
	Values      map[string]any `json:"values"`
	Version     int            `json:"version"`
	Workflow    WorkflowRef    `json:"workflow"`
}

// ProblemDocument is part of the API.
type ProblemDocument struct {
	// A stable, machine-readable reason.
	Code string `json:"code"`
	// What happened and what to do, for people.
	Detail string `json:"detail"`
	// The fields that are wrong.
	Errors []FieldError `json:"errors,omitzero"`
	// Names this request in the server's log.
	RequestID string `json:"request_id"`
	// The HTTP status, repeated.
	Status int `json:"status"`
	// What kind of problem this is.
	Title string `json:"title"`
	// Where the code is explained.
	Type string `json:"type"`
}

// Reached is part of the API.
type Reached struct {
	// Ids of the steps.
	Steps []string `json:"steps"`
	// step.transition
	Transitions []string `json:"transitions"`
}

// Reason is part of the API.
type Reason struct {
	At   time.Time `json:"at"`
	By   Person    `json:"by"`
	Text string    `json:"text"`
}

// Refused is part of the API.
type Refused struct {
	// Of the acts, counted from 0; -1: the start.
	Act    int          `json:"act"`
	Code   string       `json:"code"`
	Detail string       `json:"detail"`
	Errors []FieldError `json:"errors,omitzero"`
}

// RelatedRun is part of the API.
type RelatedRun struct {
	// The request goes on when it has ended, or enough like it.
	Awaited bool `json:"awaited"`
	CanView bool `json:"can_view"`
	// Why it could not be started.
	Detail  string    `json:"detail,omitzero"`
	EndedAt time.Time `json:"ended_at,omitzero"`
	// For those who see the field that says so, or the request.
	Initiator *Person `json:"initiator,omitzero"`
	// Empty while it was not started yet.
	Number      string    `json:"number"`
	Outcome     string    `json:"outcome,omitzero"`
	OutcomeName string    `json:"outcome_name,omitzero"`
	RunID       string    `json:"run_id"`
	StartedAt   time.Time `json:"started_at,omitzero"`
	// wanted: about to be started. failed: it could not be.
	Status   string `json:"status"`
	StepName string `json:"step_name,omitzero"`
	// The visit that started it.
	StepSeq int `json:"step_seq,omitzero"`
	// For those who may see it.
	Title        string `json:"title,omitzero"`
	WorkflowKey  string `json:"workflow_key"`
	WorkflowName string `json:"workflow_name,omitzero"`
}

// Right is part of the API.
type Right struct {
	Meaning    string `json:"meaning"`
	Permission string `json:"permission"`
}

// Role is part of the API.
type Role struct {
	Can         RoleAbilities `json:"can"`
	Description string        `json:"description"`
	ID          string        `json:"id"`
	// Stands in rules and never changes.
	Key string `json:"key"`
	// People who have it, by whatever it was granted to.
	Members     int      `json:"members"`
	Name        string   `json:"name"`
	Permissions []string `json:"permissions"`
	Revision    int      `json:"revision"`
	// Made with the organization.
	System bool `json:"system"`
}

// RoleAbilities is part of the API.
type RoleAbilities struct {
	// Give it to a person by users.create and users.update.
	Assign bool `json:"assign"`
	// Give it to people, departments and job titles, and take it away.
	Grant bool `json:"grant"`
	// Change which rights it gives. The administrators' role keeps all.
	Permissions bool `json:"permissions"`
	Update      bool `json:"update"`
}

// RoleList is part of the API.
type RoleList struct {
	Items  []Role  `json:"items"`
	Rights []Right `json:"rights"`
}

// RolesCreateRequest is part of the API.
type RolesCreateRequest struct {
	// What it is for.
	Description string `json:"description,omitzero"`
	// Stands in rules and never changes.
	Key string `json:"key"`
	// As people call it.
	Name string `json:"name"`
	// Rights it gives; roles.list names them all.
	Permissions []string `json:"permissions,omitzero"`
}

// RolesGetRequest is part of the API.
type RolesGetRequest struct {
	// The role.
	RoleID string `json:"role_id"`
}

// RolesGrantRequest is part of the API.
type RolesGrantRequest struct {
	// Or for everybody of this department.
	DepartmentID string `json:"department_id,omitzero"`
	// Or for everybody with this job title.
	Designation string `json:"designation,omitzero"`
	// The role.
	RoleID string `json:"role_id"`
	// For this person.
	UserID string `json:"user_id,omitzero"`
}

// RolesUpdateRequest is part of the API.
type RolesUpdateRequest struct {
	// What it is for.
	Description Change[string] `json:"description,omitzero"`
	// As people call it.
	Name Change[string] `json:"name,omitzero"`
	// Rights it gives; absent: as they are.
	Permissions []string `json:"permissions,omitzero"`
	// The one that was seen, so that nobody's change is lost.
	Revision int `json:"revision"`
	// The role.
	RoleID string `json:"role_id"`
}

// RowAbilities is part of the API.
type RowAbilities struct {
	Claim    bool `json:"claim"`
	Complete bool `json:"complete"`
	Reassign bool `json:"reassign"`
	Release  bool `json:"release"`
}

// RuleContext is part of the API.
type RuleContext struct {
	Initiator map[string]any `json:"initiator"`
	Now       time.Time      `json:"now"`
	Org       map[string]any `json:"org"`
	Params    map[string]any `json:"params"`
	Step      string         `json:"step"`
	// Civil date in the organization's zone.
	Today string `json:"today"`
}

// RuleView is part of the API.
type RuleView struct {
	Check   string `json:"check"`
	Message string `json:"message"`
}

// RulesPeopleRequest is part of the API.
type RulesPeopleRequest struct {
	// A rule over user: as text, or as rows: {"rows": {"combinator": "and", "rules": [...]}}.
	Rule any `json:"rule"`
}

// Run is part of the API.
type Run struct {
	Can RunAbilities `json:"can"`
	// How fields differ from what the reader last knew, by name. Of what he may not see there is nothing.
	Changes map[string]FieldChange `json:"changes,omitzero"`
	// From when on changes are counted: the reader's own last act, else the beginning of this round or the start.
	ChangesSince string    `json:"changes_since,omitzero"`
	EndedAt      time.Time `json:"ended_at,omitzero"`
	Form         FormView  `json:"form"`
	ID           string    `json:"id"`
	Initiator    Person    `json:"initiator"`
	// Who is asked after somebody else of the same step.
	Later []OpenTask `json:"later"`
	// What may come next when nobody rejects or sends back, with the people where they can be told.
	Next []NextStep `json:"next"`
	// Its holders were reminded by hand; from then on they can be again.
	NudgeAgainAt time.Time `json:"nudge_again_at,omitzero"`
	// What people call it: LEAVE-42. Empty while a draft.
	Number string `json:"number"`
	// Of the end step reached: approved, rejected …
	Outcome     string `json:"outcome,omitzero"`
	OutcomeName string `json:"outcome_name,omitzero"`
	// The request that started this one.
	Parent *RelatedRun `json:"parent,omitzero"`
	// Steps visited, in order.
	Path []Visit `json:"path"`
	// Who is named in the values and their changes: fields hold their ids.
	People []Person `json:"people"`
	// Why a run was cancelled: operator, withdrawn, parent.
	Reason string `json:"reason,omitzero"`
	// Number of the last event.
	Revision    int         `json:"revision"`
	Round       int         `json:"round"`
	RuleContext RuleContext `json:"rule_context"`
	// Who was let see it by hand.
	Stakeholders []Stakeholder `json:"stakeholders"`
	StartedAt    time.Time     `json:"started_at,omitzero"`
	Status       string        `json:"status"`
	// Every step of the definition, with the ways from one to the other.
	Steps []StepRef `json:"steps"`
	// Requests that this one started, in the order of the path.
	Subs []RelatedRun `json:"subs"`
	// The reader's own open task, with everything needed to act.
	Task *Task `json:"task,omitzero"`
	// What is still to be done, and by whom.
	Tasks []OpenTask `json:"tasks"`
	Title string     `json:"title"`
	// Answers a decision: until then its maker may take it back by tasks.undo, while nobody acts.
	UndoUntil time.Time `json:"undo_until,omitzero"`
	// When it may end, from the latest runs that stood where it stands. Absent where too few did.
	Usual   *Usual         `json:"usual,omitzero"`
	Values  map[string]any `json:"values"`
	Version int            `json:"version"`
	// How the decisions stand that several people make.
	Votes []Vote `json:"votes"`
	// Who watches it, of those who may see it.
	Watchers []Person `json:"watchers"`
	// The reader watches it.
	Watching bool        `json:"watching"`
	Workflow WorkflowRef `json:"workflow"`
}

// RunAbilities is part of the API.
type RunAbilities struct {
	AddStakeholder bool `json:"add_stakeholder"`
	Cancel         bool `json:"cancel"`
	Comment        bool `json:"comment"`
	Hold           bool `json:"hold"`
	Nudge          bool `json:"nudge"`
	Recall         bool `json:"recall"`
	Restart        bool `json:"restart"`
	Resume         bool `json:"resume"`
	Retry          bool `json:"retry"`
	View           bool `json:"view"`
	Watch          bool `json:"watch"`
	Withdraw       bool `json:"withdraw"`
}

// RunFilter is part of the API.
type RunFilter struct {
	// Started at or after.
	From time.Time `json:"from,omitzero"`
	// Only from this person.
	InitiatorID string `json:"initiator_id,omitzero"`
	// Only with this outcome.
	Outcome string `json:"outcome,omitzero"`
	// Part of a title, number or requester.
	Query string `json:"query,omitzero"`
	// Only in one of these states.
	Status []string `json:"status,omitzero"`
	// Only what is at this step now.
	StepID string `json:"step_id,omitzero"`
	// Started before.
	To time.Time `json:"to,omitzero"`
	// Those I started, those I have a part in, those I watch, all I may see, or my unsent drafts; mine when absent.
	View string `json:"view,omitzero"`
	// Only of this workflow: its id or key.
	Workflow string `json:"workflow,omitzero"`
}

// RunList is part of the API.
type RunList struct {
	Items      []RunRow `json:"items"`
	NextCursor string   `json:"next_cursor,omitzero"`
}

// RunRow is part of the API.
type RunRow struct {
	EndedAt time.Time `json:"ended_at,omitzero"`
	// Who has it now, each once; nobody while it is offered to several.
	Holders    []Person  `json:"holders"`
	ID         string    `json:"id"`
	Initiator  Person    `json:"initiator"`
	ModifiedAt time.Time `json:"modified_at"`
	Number     string    `json:"number"`
	Outcome    string    `json:"outcome,omitzero"`
	// Why it was cancelled: operator, withdrawn, parent.
	Reason    string    `json:"reason,omitzero"`
	Round     int       `json:"round"`
	StartedAt time.Time `json:"started_at,omitzero"`
	Status    string    `json:"status"`
	// Where it is now: several steps in the branches of a fork.
	StepNames []string    `json:"step_names"`
	Title     string      `json:"title"`
	Workflow  WorkflowRef `json:"workflow"`
}

// RunsCancelRequest is part of the API.
type RunsCancelRequest struct {
	// Why.
	Comment string `json:"comment"`
	// The run.
	RunID string `json:"run_id"`
}

// RunsCandidatesRequest is part of the API.
type RunsCandidatesRequest struct {
	// How many; 50 when absent.
	Limit int `json:"limit,omitzero"`
	// Beginning of a name or email.
	Query string `json:"query,omitzero"`
	// The step whose assignee the starter chooses.
	StepID string `json:"step_id"`
	// The fields being entered, by name: whom a rule names may depend on them. They are not validated.
	Values map[string]any `json:"values,omitzero"`
	// The workflow's id or key.
	Workflow string `json:"workflow"`
}

// RunsDeleteDraftRequest is part of the API.
type RunsDeleteDraftRequest struct {
	// The run.
	RunID string `json:"run_id"`
}

// RunsGetRequest is part of the API.
type RunsGetRequest struct {
	// Its id or number.
	Run string `json:"run"`
}

// RunsHistoryRequest is part of the API.
type RunsHistoryRequest struct {
	// next_cursor of the page before.
	Cursor string `json:"cursor,omitzero"`
	// How many items; 50 when absent.
	Limit int `json:"limit,omitzero"`
	// The run.
	RunID string `json:"run_id"`
}

// RunsHoldRequest is part of the API.
type RunsHoldRequest struct {
	// Why.
	Comment string `json:"comment"`
	// The run.
	RunID string `json:"run_id"`
}

// RunsListRequest is part of the API.
type RunsListRequest struct {
	// next_cursor of the page before.
	Cursor string `json:"cursor,omitzero"`
	// What to show.
	Filter *RunFilter `json:"filter,omitzero"`
	// How many items; 50 when absent.
	Limit int `json:"limit,omitzero"`
}

// RunsMigrateRequest is part of the API.
type RunsMigrateRequest struct {
	// Ask anew in steps that ask other people now, or in another way. Otherwise such requests stay.
	AskAnew bool `json:"ask_anew,omitzero"`
	// Why: stands in the history of each request. Only a preview does without.
	Comment string `json:"comment,omitzero"`
	// next_cursor of the call before.
	Cursor string `json:"cursor,omitzero"`
	// Only requests on these versions.
	FromVersions []int `json:"from_versions,omitzero"`
	// Change nothing and tell what would become of each.
	Preview bool `json:"preview,omitzero"`
	// Only these requests.
	RunIDs []string `json:"run_ids,omitzero"`
	// Which step of the version takes the place of one. A step that is not named is the one with the same id.
	Steps []StepPlace `json:"steps,omitzero"`
	// Another version than the published one.
	ToVersion int `json:"to_version,omitzero"`
	// A workflow's id or key.
	Workflow string `json:"workflow"`
}

// RunsPrepareRequest is part of the API.
type RunsPrepareRequest struct {
	// Id or number of an earlier request whose values are copied.
	FromRun string `json:"from_run,omitzero"`
	// The saved draft to go on with.
	RunID string `json:"run_id,omitzero"`
	// The fields being entered, by name: who is asked next may depend on them. They are not validated, and no draft is looked for.
	Values map[string]any `json:"values,omitzero"`
	// The workflow's id or key.
	Workflow string `json:"workflow"`
}

// RunsRecallRequest is part of the API.
type RunsRecallRequest struct {
	// Why.
	Comment string `json:"comment,omitzero"`
	// The run.
	RunID string `json:"run_id"`
}

// RunsRestartRequest is part of the API.
type RunsRestartRequest struct {
	// The run.
	RunID string `json:"run_id"`
}

// RunsRetryRequest is part of the API.
type RunsRetryRequest struct {
	// What he has to correct; required with to_requester.
	Comment string `json:"comment,omitzero"`
	// The run.
	RunID string `json:"run_id"`
	// Instead of trying again: the requester corrects the request, which opens a new round.
	ToRequester bool `json:"to_requester,omitzero"`
}

// RunsSaveDraftRequest is part of the API.
type RunsSaveDraftRequest struct {
	// A note to whoever reads it first.
	Comment string `json:"comment,omitzero"`
	// An earlier draft to replace.
	RunID string `json:"run_id,omitzero"`
	// The form's fields by name, as far as they are filled in. They are not validated yet.
	Values map[string]any `json:"values,omitzero"`
	// The workflow's id or key; not needed with run_id.
	Workflow string `json:"workflow,omitzero"`
}

// RunsStartRequest is part of the API.
type RunsStartRequest struct {
	// Short for assignees when exactly one choice is open.
	AssigneeID string `json:"assignee_id,omitzero"`
	// Who was chosen, by step id.
	Assignees map[string][]string `json:"assignees,omitzero"`
	// A note to whoever reads it first.
	Comment string `json:"comment,omitzero"`
	// A saved draft to send.
	RunID string `json:"run_id,omitzero"`
	// The form's fields by name.
	Values map[string]any `json:"values,omitzero"`
	// The workflow's id or key; not needed with run_id.
	Workflow string `json:"workflow,omitzero"`
}

// RunsVersionsRequest is part of the API.
type RunsVersionsRequest struct {
	// Another version than the published one.
	ToVersion int `json:"to_version,omitzero"`
	// A workflow's id or key.
	Workflow string `json:"workflow"`
}

// SavedDraft is part of the API.
type SavedDraft struct {
	RunID   string    `json:"run_id"`
	SavedAt time.Time `json:"saved_at"`
}

// Session is part of the API.
type Session struct {
	CreatedAt time.Time `json:"created_at"`
	// Whether it is the session of this request.
	Current bool   `json:"current"`
	ID      string `json:"id"`
	IP      string `json:"ip"`
	// To within the life of an access token.
	LastSeenAt time.Time `json:"last_seen_at"`
	UserAgent  string    `json:"user_agent"`
}

// SessionList is part of the API.
type SessionList struct {
	Items []Session `json:"items"`
}

// SessionsRevokeRequest is part of the API.
type SessionsRevokeRequest struct {
	// One of the caller's own sessions.
	SessionID string `json:"session_id"`
}

// SimulatedAct is part of the API.
type SimulatedAct struct {
	// Short for assignees when exactly one choice is open.
	AssigneeID string `json:"assignee_id,omitzero"`
	// Who was chosen, by step id.
	Assignees map[string][]string `json:"assignees,omitzero"`
	// Who does it.
	ByID    string `json:"by_id"`
	Comment string `json:"comment,omitzero"`
	// Instead: previous, initiator or a step.
	SendBackTo string `json:"send_back_to,omitzero"`
	// The step of his task. One that is offered to him is taken first.
	StepID string `json:"step_id"`
	// By which the task is left.
	Transition string `json:"transition,omitzero"`
	// The fields he changes, by name.
	Values map[string]any `json:"values,omitzero"`
}

// SimulatedAsked is part of the API.
type SimulatedAsked struct {
	CandidatesHint string `json:"candidates_hint,omitzero"`
	// Any of them may take it.
	Offered bool `json:"offered"`
	// Fifty at most.
	People   []Person `json:"people"`
	StepID   string   `json:"step_id"`
	StepName string   `json:"step_name"`
}

// Simulation is part of the API.
type Simulation struct {
	// Through whose eyes the request is shown.
	As Person `json:"as"`
	// Who has to act now.
	Asked   []SimulatedAsked `json:"asked"`
	History []HistoryEntry   `json:"history"`
	// The form to be sent, while it is not.
	Prepared *Prepared `json:"prepared,omitzero"`
	Reached  Reached   `json:"reached"`
	// What the product would have refused. What came before is shown.
	Refused *Refused `json:"refused,omitzero"`
	// The request as that person sees it. Absent before it is sent, and where he may not see it.
	Run *Run `json:"run,omitzero"`
}

// Stakeholder is part of the API.
type Stakeholder struct {
	AddedBy Person `json:"added_by"`
	Person  Person `json:"person"`
	// The reader may take that back.
	Remove bool `json:"remove"`
}

// StakeholdersAddRequest is part of the API.
type StakeholdersAddRequest struct {
	// What for; everybody who sees the request reads it.
	Comment string `json:"comment,omitzero"`
	// The run.
	RunID string `json:"run_id"`
	// Who may see it from now on.
	UserID string `json:"user_id"`
}

// StakeholdersRemoveRequest is part of the API.
type StakeholdersRemoveRequest struct {
	// The run.
	RunID string `json:"run_id"`
	// Who was added.
	UserID string `json:"user_id"`
}

// StandIn is part of the API.
type StandIn struct {
	// Only requests whose amount is smaller: of the first money field, or a number field called amount. 0 or absent: any.
	Below float64 `json:"below,omitzero"`
	// Only requests of workflows in these groups; absent: of all.
	Groups []string `json:"groups,omitzero"`
	// Who decides in the absent person's place.
	To string `json:"to"`
	// Only requests of these workflows, by key; absent: of all.
	Workflows []string `json:"workflows,omitzero"`
}

// StepChoice is part of the API.
type StepChoice struct {
	Name   string `json:"name"`
	StepID string `json:"step_id"`
	Type   string `json:"type"`
}

// StepMeasure is part of the API.
type StepMeasure struct {
	// Of the visits that are over.
	Duration *Duration `json:"duration,omitzero"`
	Name     string    `json:"name"`
	// Since when the first of them waits.
	Oldest time.Time `json:"oldest,omitzero"`
	StepID string    `json:"step_id"`
	// Absent for a step that the present version no longer has.
	Type string `json:"type,omitzero"`
	// How often the counted requests came here.
	Visits int `json:"visits"`
	// How many requests are here now, whenever they were started.
	Waiting int `json:"waiting"`
}

// StepPlace is part of the API.
type StepPlace struct {
	// Of the version that requests are on.
	StepID string `json:"step_id"`
	// Of the version they move to.
	ToStepID string `json:"to_step_id"`
}

// StepRef is part of the API.
type StepRef struct {
	Name   string `json:"name"`
	StepID string `json:"step_id"`
	Type   string `json:"type"`
	Ways   []Way  `json:"ways"`
	// Who decides there, in words.
	Who string `json:"who,omitzero"`
}

// Task is part of the API.
type Task struct {
	// Why it is asked again.
	Again *Again `json:"again,omitzero"`
	// Who asks for help or for one more approval.
	AskedBy    *Person   `json:"asked_by,omitzero"`
	AssignedAt time.Time `json:"assigned_at"`
	Assignee   *Person   `json:"assignee,omitzero"`
	// Fields that can be changed here and that others decided on: they are asked again then.
	Bound []Bound       `json:"bound"`
	Can   TaskAbilities `json:"can"`
	// The only fields that may be changed here.
	Correct     []string `json:"correct,omitzero"`
	Description string   `json:"description,omitzero"`
	ID          string   `json:"id"`
	Kind        string   `json:"kind"`
	// Whose decision it is.
	OnBehalfOf *Person `json:"on_behalf_of,omitzero"`
	// What was said when it was asked for, handed to its holder or sent back.
	Reason *Reason `json:"reason,omitzero"`
	// The step to which it comes straight back.
	ReturnsToStepName string       `json:"returns_to_step_name,omitzero"`
	RunID             string       `json:"run_id"`
	SendBack          []BackTarget `json:"send_back"`
	Status            string       `json:"status"`
	StepID            string       `json:"step_id"`
	StepName          string       `json:"step_name"`
	Transitions       []Transition `json:"transitions"`
}

// TaskAbilities is part of the API.
type TaskAbilities struct {
	AddApprover bool `json:"add_approver"`
	Claim       bool `json:"claim"`
	Complete    bool `json:"complete"`
	Consult     bool `json:"consult"`
	Delegate    bool `json:"delegate"`
	Reassign    bool `json:"reassign"`
	Reject      bool `json:"reject"`
	Release     bool `json:"release"`
	SendBack    bool `json:"send_back"`
	TakeOver    bool `json:"take_over"`
}

// TaskFilter is part of the API.
type TaskFilter struct {
	// Only of requests of this person.
	InitiatorID string `json:"initiator_id,omitzero"`
	// Only what has waited longer than so many days.
	OlderDays int `json:"older_days,omitzero"`
	// Part of a title, number or requester.
	Query string `json:"query,omitzero"`
	// Only at this step.
	StepID string `json:"step_id,omitzero"`
	// My open tasks, those I may take, or those of the people who report to me in requests I may see; mine when absent.
	View string `json:"view,omitzero"`
	// Only of this workflow: its id or key.
	Workflow string `json:"workflow,omitzero"`
}

// TaskList is part of the API.
type TaskList struct {
	Items      []TaskRow `json:"items"`
	NextCursor string    `json:"next_cursor,omitzero"`
}

// TaskPage is part of the API.
type TaskPage struct {
	// Why it is asked again.
	Again *Again `json:"again,omitzero"`
	// Who asks for help or for one more approval.
	AskedBy    *Person   `json:"asked_by,omitzero"`
	AssignedAt time.Time `json:"assigned_at"`
	Assignee   *Person   `json:"assignee,omitzero"`
	// Fields that can be changed here and that others decided on: they are asked again then.
	Bound []Bound       `json:"bound"`
	Can   TaskAbilities `json:"can"`
	// The only fields that may be changed here.
	Correct     []string `json:"correct,omitzero"`
	Description string   `json:"description,omitzero"`
	ID          string   `json:"id"`
	Kind        string   `json:"kind"`
	// Whose decision it is.
	OnBehalfOf *Person `json:"on_behalf_of,omitzero"`
	// What was said when it was asked for, handed to its holder or sent back.
	Reason *Reason `json:"reason,omitzero"`
	// The step to which it comes straight back.
	ReturnsToStepName string       `json:"returns_to_step_name,omitzero"`
	Run               Run          `json:"run"`
	RunID             string       `json:"run_id"`
	SendBack          []BackTarget `json:"send_back"`
	Status            string       `json:"status"`
	StepID            string       `json:"step_id"`
	StepName          string       `json:"step_name"`
	Transitions       []Transition `json:"transitions"`
}

// TaskRow is part of the API.
type TaskRow struct {
	// It is asked again: what was decided on was changed.
	Again bool `json:"again,omitzero"`
	// Who asks for help or for one more approval.
	AskedBy    *Person      `json:"asked_by,omitzero"`
	AssignedAt time.Time    `json:"assigned_at"`
	Assignee   *Person      `json:"assignee,omitzero"`
	Can        RowAbilities `json:"can"`
	ID         string       `json:"id"`
	Initiator  Person       `json:"initiator"`
	Kind       string       `json:"kind"`
	// When the requester reminded of it by hand, since it came to its holder.
	NudgedAt time.Time `json:"nudged_at,omitzero"`
	Number   string    `json:"number"`
	// Whose decision it is.
	OnBehalfOf *Person   `json:"on_behalf_of,omitzero"`
	Round      int       `json:"round"`
	RunID      string    `json:"run_id"`
	StartedAt  time.Time `json:"started_at,omitzero"`
	StepID     string    `json:"step_id"`
	StepName   string    `json:"step_name"`
	Title      string    `json:"title"`
	// Its holder has not opened it since it came to him.
	Unread   bool        `json:"unread"`
	Warning  string      `json:"warning,omitzero"`
	Workflow WorkflowRef `json:"workflow"`
}

// TasksAddApproverRequest is part of the API.
type TasksAddApproverRequest struct {
	// Whom to ask.
	AssigneeID string `json:"assignee_id"`
	Comment    string `json:"comment,omitzero"`
	// The task.
	TaskID string `json:"task_id"`
	// Whether he is asked before, beside or after the caller.
	Where string `json:"where"`
}

// TasksCandidatesRequest is part of the API.
type TasksCandidatesRequest struct {
	// Instead of handing it on: whom to ask for one more approval, for an opinion, or to do the task.
	For string `json:"for,omitzero"`
	// How many; 50 when absent.
	Limit int `json:"limit,omitzero"`
	// Beginning of a name or email.
	Query string `json:"query,omitzero"`
	// Whom may be chosen for this step.
	StepID string `json:"step_id,omitzero"`
	// The task.
	TaskID string `json:"task_id"`
	// Whom may be chosen behind this transition; without it and step_id: to whom the task may be handed on.
	Transition string `json:"transition,omitzero"`
	// The fields being entered, by name: whom a rule names may depend on them. They are not validated.
	Values map[string]any `json:"values,omitzero"`
}

// TasksClaimRequest is part of the API.
type TasksClaimRequest struct {
	// The task.
	TaskID string `json:"task_id"`
}

// TasksCompleteManyRequest is part of the API.
type TasksCompleteManyRequest struct {
	// The same for all; a rejection usually needs one.
	Comment string `json:"comment,omitzero"`
	// What to do with them.
	Kind string `json:"kind"`
	// The tasks.
	TaskIDs []string `json:"task_ids"`
}

// TasksCompleteRequest is part of the API.
type TasksCompleteRequest struct {
	// Short for assignees when exactly one choice is open.
	AssigneeID string `json:"assignee_id,omitzero"`
	// Who was chosen, by step id.
	Assignees map[string][]string `json:"assignees,omitzero"`
	// The reason; some transitions require it.
	Comment string `json:"comment,omitzero"`
	// Of the request as it was when the form was read. What came back into it since from requests that it had started stays, or the answer names the field. Without it what is sent as it was before stays as it came back.
	Revision int `json:"revision,omitzero"`
	// The task.
	TaskID string `json:"task_id"`
	// The id of one of the task's transitions; reject where that is built in.
	Transition string `json:"transition"`
	// Changed fields by name; null empties one. Fields that may not be changed here are refused.
	Values map[string]any `json:"values,omitzero"`
}

// TasksConsultRequest is part of the API.
type TasksConsultRequest struct {
	// Whom to ask; the requester can be asked, too.
	AssigneeID string `json:"assignee_id"`
	// The question.
	Comment string `json:"comment"`
	// The task.
	TaskID string `json:"task_id"`
	// The task waits for the answer.
	Wait bool `json:"wait,omitzero"`
}

// TasksDelegateRequest is part of the API.
type TasksDelegateRequest struct {
	AssigneeID string `json:"assignee_id"`
	Comment    string `json:"comment,omitzero"`
	// decide: in the caller's place; prepare: the caller decides afterwards.
	Mode string `json:"mode"`
	// The task.
	TaskID string `json:"task_id"`
}

// TasksFacetsRequest is part of the API.
type TasksFacetsRequest struct {
	// As in the filter of tasks.list.
	View string `json:"view,omitzero"`
	// Also tell its steps: its id or key.
	Workflow string `json:"workflow,omitzero"`
}

// TasksGetRequest is part of the API.
type TasksGetRequest struct {
	// The task.
	TaskID string `json:"task_id"`
}

// TasksListRequest is part of the API.
type TasksListRequest struct {
	// next_cursor of the page before.
	Cursor string `json:"cursor,omitzero"`
	// What to show.
	Filter *TaskFilter `json:"filter,omitzero"`
	// How many items; 50 when absent.
	Limit int `json:"limit,omitzero"`
	// Which come first, the newest when absent; by words, of those alike the oldest.
	Sort string `json:"sort,omitzero"`
}

// TasksMarkReadRequest is part of the API.
type TasksMarkReadRequest struct {
	// The task.
	TaskID string `json:"task_id"`
}

// TasksMoveRequest is part of the API.
type TasksMoveRequest struct {
	// Why.
	Comment string `json:"comment,omitzero"`
	// Who holds the tasks.
	FromUserID string `json:"from_user_id"`
	// Change nothing and tell what would become of each.
	Preview bool `json:"preview,omitzero"`
	// Who gets them.
	ToUserID string `json:"to_user_id"`
}

// TasksReassignRequest is part of the API.
type TasksReassignRequest struct {
	// Who does it from now on.
	AssigneeID string `json:"assignee_id"`
	// Why.
	Comment string `json:"comment,omitzero"`
	// The task.
	TaskID string `json:"task_id"`
}

// TasksSendBackRequest is part of the API.
type TasksSendBackRequest struct {
	// What has to be corrected.
	Comment string `json:"comment,omitzero"`
	// The only fields that may be changed there; without it all that the step lets change.
	Correct []string `json:"correct,omitzero"`
	// How it goes on once it is corrected: along the path again, which is the default, or straight back to the caller.
	Return string `json:"return,omitzero"`
	// The task.
	TaskID string `json:"task_id"`
	// previous, initiator, or the id of a step already visited.
	To string `json:"to"`
}

// TasksTakeOverRequest is part of the API.
type TasksTakeOverRequest struct {
	// Why.
	Comment string `json:"comment"`
	// The task.
	TaskID string `json:"task_id"`
}

// TasksUndoRequest is part of the API.
type TasksUndoRequest struct {
	// The task.
	TaskID string `json:"task_id"`
}

// Transition is part of the API.
type Transition struct {
	Builtin bool `json:"builtin,omitzero"`
	// Steps behind it whose assignee the actor has to choose, as far as it can be told now.
	Choices    []Choice `json:"choices"`
	Comment    string   `json:"comment"`
	ID         string   `json:"id"`
	Kind       string   `json:"kind"`
	Name       string   `json:"name"`
	ToStepID   string   `json:"to_step_id,omitzero"`
	ToStepName string   `json:"to_step_name,omitzero"`
	// Others have to decide before the request goes on.
	Waits bool `json:"waits,omitzero"`
}

// Tree is part of the API.
type Tree struct {
	// By name. Who is disabled is there only while somebody active reports to him.
	Items []TreePerson `json:"items"`
	// There are more people than can be sent at once.
	More bool `json:"more"`
}

// TreePerson is part of the API.
type TreePerson struct {
	// The department's name.
	Department  string `json:"department,omitzero"`
	Designation string `json:"designation,omitzero"`
	ID          string `json:"id"`
	// Whom he reports to; absent at the top.
	ManagerID string `json:"manager_id,omitzero"`
	Name      string `json:"name"`
	Status    string `json:"status"`
}

// User is part of the API.
type User struct {
	Attributes map[string]any `json:"attributes"`
	Can        UserAbilities  `json:"can"`
	City       string         `json:"city,omitzero"`
	Country    string         `json:"country,omitzero"`
	CreatedAt  time.Time      `json:"created_at"`
	// The department's name.
	Department    string  `json:"department,omitzero"`
	DepartmentKey string  `json:"department_key,omitzero"`
	Designation   string  `json:"designation,omitzero"`
	Email         string  `json:"email"`
	ID            string  `json:"id"`
	Level         string  `json:"level,omitzero"`
	LevelRank     float64 `json:"level_rank,omitzero"`
	Location      string  `json:"location,omitzero"`
	Manager       *Person `json:"manager,omitzero"`
	Name          string  `json:"name"`
	// Keys of the roles given to the person himself: those that users.update replaces.
	OwnRoles []string `json:"own_roles"`
	// Goes back with users.update, so that nobody's change is lost.
	Revision int `json:"revision"`
	// Keys of all roles, his own and those of his department and designation.
	Roles  []string `json:"roles"`
	State  string   `json:"state,omitzero"`
	Status string   `json:"status"`
}

// UserAbilities is part of the API.
type UserAbilities struct {
	Disable bool `json:"disable"`
	Enable  bool `json:"enable"`
	// Change the address and password he signs in with.
	SignIn bool `json:"sign_in"`
	Update bool `json:"update"`
}

// UserList is part of the API.
type UserList struct {
	Items      []User `json:"items"`
	NextCursor string `json:"next_cursor,omitzero"`
}

// UsersCreateRequest is part of the API.
type UsersCreateRequest struct {
	// The organization's own attributes by key; null removes one.
	Attributes map[string]any `json:"attributes,omitzero"`
	// Where he works.
	City Change[string] `json:"city,omitzero"`
	// Where he works.
	Country Change[string] `json:"country,omitzero"`
	// Its key, name or id.
	Department Change[string] `json:"department,omitzero"`
	// Job title.
	Designation Change[string] `json:"designation,omitzero"`
	// He signs in with it.
	Email string `json:"email"`
	// Grade.
	Level Change[string] `json:"level,omitzero"`
	// Where the level stands: rules compare it, so that M5 and above can be said.
	LevelRank Change[float64] `json:"level_rank,omitzero"`
	// Office or site.
	Location Change[string] `json:"location,omitzero"`
	// Address or id of whom he reports to.
	Manager Change[string] `json:"manager,omitzero"`
	// As colleagues know him.
	Name string `json:"name"`
	// 8 to 128 characters. Without one he cannot sign in.
	Password Change[string] `json:"password,omitzero"`
	// Keys of the roles given to the person himself; absent: as they are.
	Roles []string `json:"roles,omitzero"`
	// Where he works.
	State Change[string] `json:"state,omitzero"`
}

// UsersDisableRequest is part of the API.
type UsersDisableRequest struct {
	// The one that was seen; without it he is taken as he is.
	Revision int `json:"revision,omitzero"`
	// The person.
	UserID string `json:"user_id"`
}

// UsersEnableRequest is part of the API.
type UsersEnableRequest struct {
	// The person.
	UserID string `json:"user_id"`
}

// UsersGetRequest is part of the API.
type UsersGetRequest struct {
	// The person.
	UserID string `json:"user_id"`
}

// UsersImportRequest is part of the API.
type UsersImportRequest struct {
	// RFC 4180. The first line names the columns: email and name, and any of manager, department, designation, level, level_rank, city, state, country, location, roles and the organization's own attributes.
	CSV string `json:"csv"`
	// Tell what would happen and change nothing.
	DryRun bool `json:"dry_run"`
}

// UsersListRequest is part of the API.
type UsersListRequest struct {
	// next_cursor of the page before.
	Cursor string `json:"cursor,omitzero"`
	// Its key or id.
	Department string `json:"department,omitzero"`
	// How many items; 50 when absent.
	Limit int `json:"limit,omitzero"`
	// Beginning of a name, last name or address.
	Query string `json:"query,omitzero"`
	// Its key or id.
	Role string `json:"role,omitzero"`
	// Only these.
	Status string `json:"status,omitzero"`
}

// UsersUpdateRequest is part of the API.
type UsersUpdateRequest struct {
	// The organization's own attributes by key; null removes one.
	Attributes map[string]any `json:"attributes,omitzero"`
	// Where he works.
	City Change[string] `json:"city,omitzero"`
	// Where he works.
	Country Change[string] `json:"country,omitzero"`
	// Its key, name or id.
	Department Change[string] `json:"department,omitzero"`
	// Job title.
	Designation Change[string] `json:"designation,omitzero"`
	// He signs in with it.
	Email Change[string] `json:"email,omitzero"`
	// Grade.
	Level Change[string] `json:"level,omitzero"`
	// Where the level stands: rules compare it, so that M5 and above can be said.
	LevelRank Change[float64] `json:"level_rank,omitzero"`
	// Office or site.
	Location Change[string] `json:"location,omitzero"`
	// Address or id of whom he reports to.
	Manager Change[string] `json:"manager,omitzero"`
	// As colleagues know him.
	Name Change[string] `json:"name,omitzero"`
	// 8 to 128 characters. Without one he cannot sign in.
	Password Change[string] `json:"password,omitzero"`
	// The one that was seen, so that nobody's change is lost.
	Revision int `json:"revision"`
	// Keys of the roles given to the person himself; absent: as they are.
	Roles []string `json:"roles,omitzero"`
	// Where he works.
	State Change[string] `json:"state,omitzero"`
	// The person.
	UserID string `json:"user_id"`
}

// Usual is part of the API.
type Usual struct {
	// Half of them had ended by then.
	Half time.Time `json:"half"`
	// Nine of ten had ended by then.
	Most time.Time `json:"most"`
	// So many of the latest runs are counted.
	Of int `json:"of"`
}

// Validation is part of the API.
type Validation struct {
	// The definition as it was read, when that was asked for and possible.
	Document any `json:"document,omitzero"`
	// Everything that keeps the definition from being published.
	Problems []DefinitionProblem `json:"problems"`
	Valid    bool                `json:"valid"`
	// The same as YAML text.
	YAML string `json:"yaml,omitzero"`
}

// VersionInUse is part of the API.
type VersionInUse struct {
	No   int `json:"no"`
	Runs int `json:"runs"`
}

// VersionList is part of the API.
type VersionList struct {
	Items []VersionRow `json:"items"`
}

// VersionRow is part of the API.
type VersionRow struct {
	No          int       `json:"no"`
	Note        string    `json:"note,omitzero"`
	PublishedAt time.Time `json:"published_at"`
	PublishedBy *Person   `json:"published_by,omitzero"`
}

// VersionsGetRequest is part of the API.
type VersionsGetRequest struct {
	// The version's number.
	No int `json:"no"`
	// Its id or key.
	Workflow string `json:"workflow"`
}

// View is part of the API.
type View struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// What stands in the address of the inbox behind the question mark.
	Search string `json:"search"`
}

// ViewList is part of the API.
type ViewList struct {
	Items []View `json:"items"`
}

// ViewsDeleteRequest is part of the API.
type ViewsDeleteRequest struct {
	// The view.
	ViewID string `json:"view_id"`
}

// ViewsSaveRequest is part of the API.
type ViewsSaveRequest struct {
	// What to call it; another view of that name gives way.
	Name string `json:"name"`
	// What stands in the address of the inbox behind the question mark.
	Search string `json:"search"`
}

// Visit is part of the API.
type Visit struct {
	// Left once, and open again: what its deciders were shown was changed.
	Again bool `json:"again,omitzero"`
	// The visit that led here.
	Cause     int      `json:"cause,omitzero"`
	DecidedBy []Person `json:"decided_by,omitzero"`
	// Of an incident: what went wrong.
	Detail         string    `json:"detail,omitzero"`
	EnteredAt      time.Time `json:"entered_at"`
	LeftAt         time.Time `json:"left_at,omitzero"`
	Name           string    `json:"name"`
	Round          int       `json:"round"`
	Seq            int       `json:"seq"`
	Status         string    `json:"status"`
	StepID         string    `json:"step_id"`
	TransitionID   string    `json:"transition_id,omitzero"`
	TransitionName string    `json:"transition_name,omitzero"`
	Type           string    `json:"type"`
	// Decided, and waiting for those who are asked again.
	Waits bool `json:"waits,omitzero"`
}

// Voice is part of the API.
type Voice struct {
	AskedBy    *Person   `json:"asked_by,omitzero"`
	At         time.Time `json:"at,omitzero"`
	Decision   string    `json:"decision,omitzero"`
	Group      string    `json:"group,omitzero"`
	OnBehalfOf *Person   `json:"on_behalf_of,omitzero"`
	Person     Person    `json:"person"`
	Status     string    `json:"status"`
	// What was chosen, in words.
	Transition string `json:"transition,omitzero"`
}

// Vote is part of the API.
type Vote struct {
	Groups []VoteGroup `json:"groups"`
	// The visit.
	Seq      int     `json:"seq"`
	StepID   string  `json:"step_id"`
	StepName string  `json:"step_name"`
	Voices   []Voice `json:"voices"`
}

// VoteGroup is part of the API.
type VoteGroup struct {
	Against int    `json:"against"`
	Asked   int    `json:"asked"`
	For     int    `json:"for"`
	Name    string `json:"name,omitzero"`
	// How many have to be for it.
	Need int `json:"need"`
}

// Way is part of the API.
type Way struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	ToStepID string `json:"to_step_id"`
}

// WeekCount is part of the API.
type WeekCount struct {
	Ended   int `json:"ended"`
	Started int `json:"started"`
	// Its Monday, midnight UTC.
	Week time.Time `json:"week"`
}

// Workflow is part of the API.
type Workflow struct {
	Can         WorkflowAbilities `json:"can"`
	Description string            `json:"description,omitzero"`
	// The definition.
	Document any `json:"document"`
	// There is a draft that is not published yet. Only designers are told.
	Draft bool `json:"draft,omitzero"`
	// The caller keeps it at hand.
	Favourite  bool      `json:"favourite,omitzero"`
	Group      string    `json:"group"`
	Icon       string    `json:"icon,omitzero"`
	ID         string    `json:"id"`
	Key        string    `json:"key"`
	ModifiedAt time.Time `json:"modified_at"`
	Name       string    `json:"name"`
	Owner      Person    `json:"owner"`
	// What keeps a draft from being published.
	Problems []DefinitionProblem `json:"problems,omitzero"`
	// When the caller last started one, as far as his latest requests tell.
	StartedAt time.Time `json:"started_at,omitzero"`
	// What the workflows are called that its steps start, by their keys.
	Starts map[string]string `json:"starts,omitzero"`
	Status string            `json:"status"`
	// The number of the version published last.
	Version int `json:"version,omitzero"`
	// The newest first. Who only starts requests is told of the published one.
	Versions []VersionRow `json:"versions"`
}

// WorkflowAbilities is part of the API.
type WorkflowAbilities struct {
	Clone      bool `json:"clone"`
	Delete     bool `json:"delete"`
	Edit       bool `json:"edit"`
	Export     bool `json:"export"`
	Publish    bool `json:"publish"`
	Runs       bool `json:"runs"`
	Start      bool `json:"start"`
	Statistics bool `json:"statistics"`
	Unpublish  bool `json:"unpublish"`
	View       bool `json:"view"`
}

// WorkflowDraft is part of the API.
type WorkflowDraft struct {
	// The draft; while there is none, the version published last.
	Document   any       `json:"document"`
	ModifiedAt time.Time `json:"modified_at"`
	ModifiedBy *Person   `json:"modified_by,omitzero"`
	// What keeps it from being published.
	Problems []DefinitionProblem `json:"problems"`
	// Send it back with drafts.save.
	Revision int `json:"revision"`
}

// WorkflowFile is part of the API.
type WorkflowFile struct {
	Content  string `json:"content"`
	Filename string `json:"filename"`
}

// WorkflowGroup is part of the API.
type WorkflowGroup struct {
	// How many of its workflows the caller sees and the query matches.
	Count int    `json:"count"`
	Key   string `json:"key"`
	// The name of the department with this key, else the key.
	Name string `json:"name"`
}

// WorkflowList is part of the API.
type WorkflowList struct {
	// The caller's favourites by name, then what he started lately, whatever group and query are. At most 12, on the first page alone.
	AtHand []WorkflowSummary `json:"at_hand"`
	// The group of the caller's department first.
	Groups     []WorkflowGroup   `json:"groups"`
	Items      []WorkflowSummary `json:"items"`
	NextCursor string            `json:"next_cursor,omitzero"`
}

// WorkflowRef is part of the API.
type WorkflowRef struct {
	Group string `json:"group,omitzero"`
	Icon  string `json:"icon,omitzero"`
	ID    string `json:"id"`
	Key   string `json:"key"`
	Name  string `json:"name"`
}

// WorkflowStatistics is part of the API.
type WorkflowStatistics struct {
	// Of those that ended, from start to end.
	Duration *Duration `json:"duration,omitzero"`
	// Who holds how many of those under way, whenever they were started, the most first; only for those who may see every request.
	Holders []HolderCount `json:"holders,omitzero"`
	// The most frequent first.
	Outcomes []OutcomeRow `json:"outcomes"`
	// How many requests of the period were counted.
	Runs int `json:"runs"`
	// There are more: only the latest were counted.
	Sampled bool `json:"sampled,omitzero"`
	// In the order of the definition; steps of earlier versions last.
	Steps []StepMeasure `json:"steps"`
	// How many of the counted requests were started and ended in each week, the first week first; weeks without any are absent.
	Weeks []WeekCount `json:"weeks"`
}

// WorkflowSummary is part of the API.
type WorkflowSummary struct {
	Can         WorkflowAbilities `json:"can"`
	Description string            `json:"description,omitzero"`
	// There is a draft that is not published yet. Only designers are told.
	Draft bool `json:"draft,omitzero"`
	// The caller keeps it at hand.
	Favourite  bool      `json:"favourite,omitzero"`
	Group      string    `json:"group"`
	Icon       string    `json:"icon,omitzero"`
	ID         string    `json:"id"`
	Key        string    `json:"key"`
	ModifiedAt time.Time `json:"modified_at"`
	Name       string    `json:"name"`
	Owner      Person    `json:"owner"`
	// When the caller last started one, as far as his latest requests tell.
	StartedAt time.Time `json:"started_at,omitzero"`
	Status    string    `json:"status"`
	// The number of the version published last.
	Version int `json:"version,omitzero"`
}

// WorkflowVersion is part of the API.
type WorkflowVersion struct {
	// The definition.
	Document    any       `json:"document"`
	No          int       `json:"no"`
	Note        string    `json:"note,omitzero"`
	PublishedAt time.Time `json:"published_at"`
	PublishedBy *Person   `json:"published_by,omitzero"`
}

// WorkflowsCloneRequest is part of the API.
type WorkflowsCloneRequest struct {
	// Of the copy: short, in capitals.
	Key string `json:"key"`
	// Of the copy.
	Name string `json:"name"`
	// Id or key, or a slug of the library.
	Workflow string `json:"workflow"`
}

// WorkflowsCreateRequest is part of the API.
type WorkflowsCreateRequest struct {
	// The slug of a workflow of the library to begin with.
	FromLibrary string `json:"from_library,omitzero"`
	// Where it is listed; the caller's department when absent.
	Group string `json:"group,omitzero"`
	// Short, in capitals; optional with from_library.
	Key string `json:"key,omitzero"`
	// As people call it; optional with from_library.
	Name string `json:"name,omitzero"`
}

// WorkflowsExportRequest is part of the API.
type WorkflowsExportRequest struct {
	// yaml when absent.
	Format string `json:"format,omitzero"`
	// Another version than the present one.
	Version int `json:"version,omitzero"`
	// Its id or key.
	Workflow string `json:"workflow"`
}

// WorkflowsFavouriteRequest is part of the API.
type WorkflowsFavouriteRequest struct {
	// Its id or key.
	Workflow string `json:"workflow"`
}

// WorkflowsGetRequest is part of the API.
type WorkflowsGetRequest struct {
	// Another version than the present one, for designers.
	Version int `json:"version,omitzero"`
	// Its id or key.
	Workflow string `json:"workflow"`
}

// WorkflowsImportRequest is part of the API.
type WorkflowsImportRequest struct {
	// The definition as an object.
	Document any `json:"document,omitzero"`
	// What changed, for the list of versions.
	Note string `json:"note,omitzero"`
	// Publish it at once; refused as a whole when that is not possible.
	Publish bool `json:"publish,omitzero"`
	// Or as YAML text.
	YAML string `json:"yaml,omitzero"`
}

// WorkflowsListRequest is part of the API.
type WorkflowsListRequest struct {
	// next_cursor of the page before.
	Cursor string `json:"cursor,omitzero"`
	// Only of this group.
	Group string `json:"group,omitzero"`
	// How many items; 50 when absent.
	Limit int `json:"limit,omitzero"`
	// Words of the name, key, description or group.
	Query string `json:"query,omitzero"`
}

// WorkflowsPublishRequest is part of the API.
type WorkflowsPublishRequest struct {
	// What changed, for the list of versions.
	Note string `json:"note,omitzero"`
	// Of the draft that was looked at: refused when somebody has saved another one since.
	Revision int `json:"revision,omitzero"`
	// Its id or key.
	Workflow string `json:"workflow"`
}

// WorkflowsSimulateRequest is part of the API.
type WorkflowsSimulateRequest struct {
	// What people do then, in this order.
	Acts []SimulatedAct `json:"acts,omitzero"`
	// Through whose eyes the result is shown: whoever has something to do when absent.
	AsID string `json:"as_id,omitzero"`
	// Short for assignees when exactly one choice is open.
	AssigneeID string `json:"assignee_id,omitzero"`
	// Who was chosen, by step id.
	Assignees map[string][]string `json:"assignees,omitzero"`
	// A note to whoever reads it first.
	Comment string `json:"comment,omitzero"`
	// The definition as an object.
	Document any `json:"document"`
	// The request is sent; else it is only being entered.
	Sent bool `json:"sent,omitzero"`
	// Who starts it.
	StarterID string `json:"starter_id"`
	// The form's fields by name.
	Values map[string]any `json:"values,omitzero"`
}

// WorkflowsStatisticsRequest is part of the API.
type WorkflowsStatisticsRequest struct {
	// Requests started from this moment on.
	From time.Time `json:"from,omitzero"`
	// Requests started before this moment.
	To time.Time `json:"to,omitzero"`
	// Its id or key.
	Workflow string `json:"workflow"`
}

// WorkflowsUnfavouriteRequest is part of the API.
type WorkflowsUnfavouriteRequest struct {
	// Its id or key.
	Workflow string `json:"workflow"`
}

// WorkflowsUnpublishRequest is part of the API.
type WorkflowsUnpublishRequest struct {
	// Its id or key.
	Workflow string `json:"workflow"`
}

// WorkflowsValidateRequest is part of the API.
type WorkflowsValidateRequest struct {
	// The definition as an object.
	Document any `json:"document,omitzero"`
	// Answer the definition as it was read, in this language.
	Give string `json:"give,omitzero"`
	// Id or key: check its draft, or the definition as its next one.
	Workflow string `json:"workflow,omitzero"`
	// Or as YAML text.
	YAML string `json:"yaml,omitzero"`
}

// AbsencesDelete calls absences.delete: End an absence. Ends it at once, or takes it back before it begins.
func (c *Client) AbsencesDelete(ctx context.Context, in AbsencesDeleteRequest, options ...Option) error {
	return c.do(ctx, call{name: "absences.delete", public: false, changes: true, keyed: true}, in, &struct{}{}, options)
}

// AbsencesList calls absences.list: List absences. When somebody is away, now and later, and who stands in.
func (c *Client) AbsencesList(ctx context.Context, in AbsencesListRequest, options ...Option) (AbsenceList, error) {
	var out AbsenceList
	err := c.do(ctx, call{name: "absences.list", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// AbsencesSave calls absences.save: Be out of office. Notes an absence. While it lasts, tasks go to the stand-ins, who decide on behalf of the absent person; open ones come back when it ends.
func (c *Client) AbsencesSave(ctx context.Context, in AbsencesSaveRequest, options ...Option) (AbsenceList, error) {
	var out AbsenceList
	err := c.do(ctx, call{name: "absences.save", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// AttributesDefine calls attributes.define: Define an attribute of people. Adds an attribute, or changes its label. Its kind can change while nobody and no workflow uses it.
//
// It needs the right org.settings.
func (c *Client) AttributesDefine(ctx context.Context, in AttributesDefineRequest, options ...Option) (AttributeList, error) {
	var out AttributeList
	err := c.do(ctx, call{name: "attributes.define", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// AttributesList calls attributes.list: List attributes of people. What the organization knows about its people beyond what everybody has.
func (c *Client) AttributesList(ctx context.Context, options ...Option) (AttributeList, error) {
	var out AttributeList
	err := c.do(ctx, call{name: "attributes.list", public: false, changes: false, keyed: false}, struct{}{}, &out, options)
	return out, err
}

// AuthLogin calls auth.login: Sign in. Answers an access token and sets the refresh cookie. Whatever is wrong, the answer is the same.
func (c *Client) AuthLogin(ctx context.Context, in AuthLoginRequest, options ...Option) (AuthLoginReply, error) {
	var out AuthLoginReply
	err := c.do(ctx, call{name: "auth.login", public: true, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// AuthLogout calls auth.logout: Sign out. Ends the session of the refresh cookie and deletes the cookie.
func (c *Client) AuthLogout(ctx context.Context, options ...Option) error {
	return c.do(ctx, call{name: "auth.logout", public: true, changes: false, keyed: false}, struct{}{}, &struct{}{}, options)
}

// AuthRefresh calls auth.refresh: Stay signed in. Exchanges the refresh cookie for a new one and a new access token. A copy of an old cookie ends the session.
func (c *Client) AuthRefresh(ctx context.Context, options ...Option) (AuthLoginReply, error) {
	var out AuthLoginReply
	err := c.do(ctx, call{name: "auth.refresh", public: true, changes: false, keyed: false}, struct{}{}, &out, options)
	return out, err
}

// CommentsAdd calls comments.add: Comment a request. Adds a remark to a run, under way or ended.
func (c *Client) CommentsAdd(ctx context.Context, in CommentsAddRequest, options ...Option) (Comment, error) {
	var out Comment
	err := c.do(ctx, call{name: "comments.add", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// CommentsList calls comments.list: Read the comments. The comments on a run, oldest first: the initiator's note, remarks, and the reasons given with acts.
func (c *Client) CommentsList(ctx context.Context, in CommentsListRequest, options ...Option) (CommentList, error) {
	var out CommentList
	err := c.do(ctx, call{name: "comments.list", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// DepartmentsCreate calls departments.create: Add a department. Adds a department under a key that rules name.
//
// It needs the right department.manage.
func (c *Client) DepartmentsCreate(ctx context.Context, in DepartmentsCreateRequest, options ...Option) (Department, error) {
	var out Department
	err := c.do(ctx, call{name: "departments.create", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// DepartmentsList calls departments.list: List departments. Every department, by name.
func (c *Client) DepartmentsList(ctx context.Context, options ...Option) (DepartmentList, error) {
	var out DepartmentList
	err := c.do(ctx, call{name: "departments.list", public: false, changes: false, keyed: false}, struct{}{}, &out, options)
	return out, err
}

// DepartmentsUpdate calls departments.update: Change a department. Changes its name or head.
//
// It needs the right department.manage.
func (c *Client) DepartmentsUpdate(ctx context.Context, in DepartmentsUpdateRequest, options ...Option) (Department, error) {
	var out Department
	err := c.do(ctx, call{name: "departments.update", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// DraftsGet calls drafts.get: Open a draft. The definition as designers have it, with everything that keeps it from being published.
func (c *Client) DraftsGet(ctx context.Context, in DraftsGetRequest, options ...Option) (WorkflowDraft, error) {
	var out WorkflowDraft
	err := c.do(ctx, call{name: "drafts.get", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// DraftsSave calls drafts.save: Save a draft. Keeps a draft, finished or not. When somebody saved meanwhile it is refused and nothing is overwritten.
//
// It needs the right workflow.design.
func (c *Client) DraftsSave(ctx context.Context, in DraftsSaveRequest, options ...Option) (DraftSaved, error) {
	var out DraftSaved
	err := c.do(ctx, call{name: "drafts.save", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// LibraryList calls library.list: List the library. Workflows that come with Handstamp and can be made one's own.
func (c *Client) LibraryList(ctx context.Context, options ...Option) (LibraryPage, error) {
	var out LibraryPage
	err := c.do(ctx, call{name: "library.list", public: false, changes: false, keyed: false}, struct{}{}, &out, options)
	return out, err
}

// MeGet calls me.get: Read who I am. The caller, his organization and rights, and how much waits for him.
func (c *Client) MeGet(ctx context.Context, options ...Option) (Me, error) {
	var out Me
	err := c.do(ctx, call{name: "me.get", public: false, changes: false, keyed: false}, struct{}{}, &out, options)
	return out, err
}

// PeopleSearch calls people.search: Find colleagues. Active people of the organization, for choosing one.
func (c *Client) PeopleSearch(ctx context.Context, in PeopleSearchRequest, options ...Option) (PersonList, error) {
	var out PersonList
	err := c.do(ctx, call{name: "people.search", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// PeopleTree calls people.tree: Who reports to whom. Everybody, with whom he reports to: what the picture of the reporting lines is drawn from.
func (c *Client) PeopleTree(ctx context.Context, options ...Option) (Tree, error) {
	var out Tree
	err := c.do(ctx, call{name: "people.tree", public: false, changes: false, keyed: false}, struct{}{}, &out, options)
	return out, err
}

// RolesCreate calls roles.create: Add a role. Adds a role under a key that rules and workflows name.
//
// It needs the right role.manage.
func (c *Client) RolesCreate(ctx context.Context, in RolesCreateRequest, options ...Option) (Role, error) {
	var out Role
	err := c.do(ctx, call{name: "roles.create", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// RolesGet calls roles.get: Read a role. One role, and whom it was given to.
//
// It needs the right role.manage.
func (c *Client) RolesGet(ctx context.Context, in RolesGetRequest, options ...Option) (GrantedRole, error) {
	var out GrantedRole
	err := c.do(ctx, call{name: "roles.get", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// RolesGrant calls roles.grant: Give a role. Gives a role to a person, a department or a job title.
//
// It needs the right role.manage.
func (c *Client) RolesGrant(ctx context.Context, in RolesGrantRequest, options ...Option) (Role, error) {
	var out Role
	err := c.do(ctx, call{name: "roles.grant", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// RolesList calls roles.list: List roles. Every role, and every right that roles can give.
func (c *Client) RolesList(ctx context.Context, options ...Option) (RoleList, error) {
	var out RoleList
	err := c.do(ctx, call{name: "roles.list", public: false, changes: false, keyed: false}, struct{}{}, &out, options)
	return out, err
}

// RolesRevoke calls roles.revoke: Take a role away. Takes a role from whom it was given to.
//
// It needs the right role.manage.
func (c *Client) RolesRevoke(ctx context.Context, in RolesGrantRequest, options ...Option) (Role, error) {
	var out Role
	err := c.do(ctx, call{name: "roles.revoke", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// RolesUpdate calls roles.update: Change a role. Changes what a role is called and gives. Somebody who can manage roles always remains.
//
// It needs the right role.manage.
func (c *Client) RolesUpdate(ctx context.Context, in RolesUpdateRequest, options ...Option) (Role, error) {
	var out Role
	err := c.do(ctx, call{name: "roles.update", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// RulesPeople calls rules.people: Try a rule over people. Whom a rule names at this moment: how many, and the first of them. For designers, while they write it.
func (c *Client) RulesPeople(ctx context.Context, in RulesPeopleRequest, options ...Option) (Matches, error) {
	var out Matches
	err := c.do(ctx, call{name: "rules.people", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// RunsCancel calls runs.cancel: Cancel a request. A run administrator ends a run without outcome.
func (c *Client) RunsCancel(ctx context.Context, in RunsCancelRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "runs.cancel", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// RunsCandidates calls runs.candidates: List whom a starter may choose. People who may be chosen for a step when the request is sent.
//
// It needs the right run.start.
func (c *Client) RunsCandidates(ctx context.Context, in RunsCandidatesRequest, options ...Option) (CandidateList, error) {
	var out CandidateList
	err := c.do(ctx, call{name: "runs.candidates", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// RunsDeleteDraft calls runs.delete_draft: Throw a draft away. Deletes a request of the actor that was never sent.
func (c *Client) RunsDeleteDraft(ctx context.Context, in RunsDeleteDraftRequest, options ...Option) error {
	return c.do(ctx, call{name: "runs.delete_draft", public: false, changes: true, keyed: true}, in, &struct{}{}, options)
}

// RunsGet calls runs.get: Read a request. A run as its reader may see it, with his own open task if he has one.
func (c *Client) RunsGet(ctx context.Context, in RunsGetRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "runs.get", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// RunsHistory calls runs.history: Read what happened. The history of a run, oldest first.
func (c *Client) RunsHistory(ctx context.Context, in RunsHistoryRequest, options ...Option) (History, error) {
	var out History
	err := c.do(ctx, call{name: "runs.history", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// RunsHold calls runs.hold: Put a request on hold. Nobody can act on it until it is resumed.
//
// It needs the right run.operate.
func (c *Client) RunsHold(ctx context.Context, in RunsHoldRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "runs.hold", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// RunsList calls runs.list: List requests. Requests the caller may see, newest first. The view all needs the right to see every request.
func (c *Client) RunsList(ctx context.Context, in RunsListRequest, options ...Option) (RunList, error) {
	var out RunList
	err := c.do(ctx, call{name: "runs.list", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// RunsMigrate calls runs.migrate: Move requests to another version. Moves requests under way to another version of their workflow, each by itself, and answers what became of each: a request that would lose a step it is at, a decision or a value stays where it is.
//
// It needs the right run.migrate.
func (c *Client) RunsMigrate(ctx context.Context, in RunsMigrateRequest, options ...Option) (MigratedMany, error) {
	var out MigratedMany
	err := c.do(ctx, call{name: "runs.migrate", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// RunsNudge calls runs.nudge: Remind whoever holds a request. Reminds the holders by hand, not more often than every four hours.
func (c *Client) RunsNudge(ctx context.Context, in RunsRestartRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "runs.nudge", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// RunsPrepare calls runs.prepare: Begin a request. Everything the page of a new request needs: the form, its first values, who is asked next, and the latest unsent draft.
//
// It needs the right run.start.
func (c *Client) RunsPrepare(ctx context.Context, in RunsPrepareRequest, options ...Option) (Prepared, error) {
	var out Prepared
	err := c.do(ctx, call{name: "runs.prepare", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// RunsRecall calls runs.recall: Recall a request. Brings one's own request back to be changed and sent again, as long as nobody has acted on it.
func (c *Client) RunsRecall(ctx context.Context, in RunsRecallRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "runs.recall", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// RunsRestart calls runs.restart: Start a finished request again. Keeps a draft with the values of a finished request of the caller.
//
// It needs the right run.start.
func (c *Client) RunsRestart(ctx context.Context, in RunsRestartRequest, options ...Option) (SavedDraft, error) {
	var out SavedDraft
	err := c.do(ctx, call{name: "runs.restart", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// RunsResume calls runs.resume: Resume a request. Lets a request go on that is on hold.
//
// It needs the right run.operate.
func (c *Client) RunsResume(ctx context.Context, in RunsRecallRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "runs.resume", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// RunsRetry calls runs.retry: Try an incident again. Evaluates the step at which a run is held by an incident once more, or sends the request back to the requester from there.
//
// It needs the right run.operate.
func (c *Client) RunsRetry(ctx context.Context, in RunsRetryRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "runs.retry", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// RunsSaveDraft calls runs.save_draft: Save a request for later. Keeps a request that is not sent yet. Only its author sees it.
//
// It needs the right run.start.
func (c *Client) RunsSaveDraft(ctx context.Context, in RunsSaveDraftRequest, options ...Option) (SavedDraft, error) {
	var out SavedDraft
	err := c.do(ctx, call{name: "runs.save_draft", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// RunsStart calls runs.start: Send a request. Starts a run of a published workflow, or sends a saved draft.
//
// It needs the right run.start.
func (c *Client) RunsStart(ctx context.Context, in RunsStartRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "runs.start", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// RunsVersions calls runs.versions: List versions in use. Tells by which versions of a workflow requests are under way, and which of the steps where they are another version lacks.
//
// It needs the right run.migrate.
func (c *Client) RunsVersions(ctx context.Context, in RunsVersionsRequest, options ...Option) (InUse, error) {
	var out InUse
	err := c.do(ctx, call{name: "runs.versions", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// RunsWithdraw calls runs.withdraw: Withdraw a request. Ends one's own request. Once somebody has acted on it a reason is needed.
func (c *Client) RunsWithdraw(ctx context.Context, in RunsRecallRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "runs.withdraw", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// SessionsList calls sessions.list: List my sessions. Where the caller is signed in, the one used last first.
func (c *Client) SessionsList(ctx context.Context, options ...Option) (SessionList, error) {
	var out SessionList
	err := c.do(ctx, call{name: "sessions.list", public: false, changes: false, keyed: false}, struct{}{}, &out, options)
	return out, err
}

// SessionsRevoke calls sessions.revoke: End one of my sessions. Signs the caller out elsewhere, within five seconds.
func (c *Client) SessionsRevoke(ctx context.Context, in SessionsRevokeRequest, options ...Option) error {
	return c.do(ctx, call{name: "sessions.revoke", public: false, changes: true, keyed: true}, in, &struct{}{}, options)
}

// StakeholdersAdd calls stakeholders.add: Let somebody see a request. Somebody who takes part in a request, or a run administrator, lets another person see it, under way or ended.
//
// It needs the right stakeholder.add.
func (c *Client) StakeholdersAdd(ctx context.Context, in StakeholdersAddRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "stakeholders.add", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// StakeholdersRemove calls stakeholders.remove: Take back that somebody may see a request. For whoever let him see it, and for run administrators. What else he is in the request he stays.
func (c *Client) StakeholdersRemove(ctx context.Context, in StakeholdersRemoveRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "stakeholders.remove", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// TasksAddApprover calls tasks.add_approver: Ask one more approver. Asks somebody before, beside or after the caller. The step needs his voice then, and a reject by him rejects.
func (c *Client) TasksAddApprover(ctx context.Context, in TasksAddApproverRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "tasks.add_approver", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// TasksCandidates calls tasks.candidates: List whom may be chosen. People who may be chosen behind a transition, to whom the task may be handed on, or who may be asked for help.
func (c *Client) TasksCandidates(ctx context.Context, in TasksCandidatesRequest, options ...Option) (CandidateList, error) {
	var out CandidateList
	err := c.do(ctx, call{name: "tasks.candidates", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// TasksClaim calls tasks.claim: Take a task. Takes a task that is offered to several people.
func (c *Client) TasksClaim(ctx context.Context, in TasksClaimRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "tasks.claim", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// TasksComplete calls tasks.complete: Decide a task. Leaves the task by one of its transitions and answers the run as the actor now sees it. One of two people who act at once gets a conflict.
func (c *Client) TasksComplete(ctx context.Context, in TasksCompleteRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "tasks.complete", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// TasksCompleteMany calls tasks.complete_many: Decide several tasks. Approves or rejects tasks of the caller with one comment, each by itself, and answers what became of each. What needs a field or a choice is skipped and says so.
func (c *Client) TasksCompleteMany(ctx context.Context, in TasksCompleteManyRequest, options ...Option) (DecidedMany, error) {
	var out DecidedMany
	err := c.do(ctx, call{name: "tasks.complete_many", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// TasksConsult calls tasks.consult: Ask for an opinion. Asks a colleague or the requester a question. The decision stays with the caller, and no new round begins.
func (c *Client) TasksConsult(ctx context.Context, in TasksConsultRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "tasks.consult", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// TasksDelegate calls tasks.delegate: Let a colleague do a task. Gives the decision to a colleague, who decides on the caller's behalf, or only the work before it.
func (c *Client) TasksDelegate(ctx context.Context, in TasksDelegateRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "tasks.delegate", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// TasksFacets calls tasks.facets: List what the inbox can be narrowed by. Workflows, steps and requesters of the tasks of a view, counted over its first thousand.
func (c *Client) TasksFacets(ctx context.Context, in TasksFacetsRequest, options ...Option) (Facets, error) {
	var out Facets
	err := c.do(ctx, call{name: "tasks.facets", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// TasksGet calls tasks.get: Read a task. One task with everything its reader needs to act, and its run.
func (c *Client) TasksGet(ctx context.Context, in TasksGetRequest, options ...Option) (TaskPage, error) {
	var out TaskPage
	err := c.do(ctx, call{name: "tasks.get", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// TasksList calls tasks.list: List the inbox. The open tasks of the caller, those he may take, or those of the people who report to him, newest first.
func (c *Client) TasksList(ctx context.Context, in TasksListRequest, options ...Option) (TaskList, error) {
	var out TaskList
	err := c.do(ctx, call{name: "tasks.list", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// TasksMarkRead calls tasks.mark_read: Mark a task as read. Notes that its holder has opened it; the history does not tell.
func (c *Client) TasksMarkRead(ctx context.Context, in TasksMarkReadRequest, options ...Option) error {
	return c.do(ctx, call{name: "tasks.mark_read", public: false, changes: true, keyed: true}, in, &struct{}{}, options)
}

// TasksMove calls tasks.move: Hand everything somebody holds to a colleague. Moves the open tasks of a person to another, each by itself, and answers what became of each: who is no candidate of a step or is barred from it does not get it.
//
// It needs the right task.reassign_any.
func (c *Client) TasksMove(ctx context.Context, in TasksMoveRequest, options ...Option) (MovedMany, error) {
	var out MovedMany
	err := c.do(ctx, call{name: "tasks.move", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// TasksReassign calls tasks.reassign: Hand a task on. Gives a task to a colleague within the same step.
func (c *Client) TasksReassign(ctx context.Context, in TasksReassignRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "tasks.reassign", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// TasksRelease calls tasks.release: Give a task back. Offers a task that was taken to its candidates again.
func (c *Client) TasksRelease(ctx context.Context, in TasksClaimRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "tasks.release", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// TasksRemoveApprover calls tasks.remove_approver: Withdraw what was asked of somebody. Withdraws an approver, a question or a piece of work that the caller asked for. The step may be decided by that.
func (c *Client) TasksRemoveApprover(ctx context.Context, in TasksClaimRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "tasks.remove_approver", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// TasksSendBack calls tasks.send_back: Send a request back. Returns the request to an earlier step, which opens a new round.
func (c *Client) TasksSendBack(ctx context.Context, in TasksSendBackRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "tasks.send_back", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// TasksTakeOver calls tasks.take_over: Take over a colleague's task. Takes a task from whoever holds it, to decide it on his behalf.
//
// It needs the right task.takeover.
func (c *Client) TasksTakeOver(ctx context.Context, in TasksTakeOverRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "tasks.take_over", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// TasksUndo calls tasks.undo: Take a decision back. Makes the request what it was before the caller's decision in a task: within 60 seconds of it, while nobody has done anything since. Whom it had asked sees it no more; the history keeps both.
func (c *Client) TasksUndo(ctx context.Context, in TasksUndoRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "tasks.undo", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// UsersCreate calls users.create: Add a person. Adds a person to the organization. The roles may not give more than the caller has.
//
// It needs the right user.manage.
func (c *Client) UsersCreate(ctx context.Context, in UsersCreateRequest, options ...Option) (User, error) {
	var out User
	err := c.do(ctx, call{name: "users.create", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// UsersDisable calls users.disable: Disable a person. Ends his sessions and keeps him from signing in. What he did stays; the tasks he holds go to whom their workflows would ask in his place.
//
// It needs the right user.manage.
func (c *Client) UsersDisable(ctx context.Context, in UsersDisableRequest, options ...Option) (DisabledUser, error) {
	var out DisabledUser
	err := c.do(ctx, call{name: "users.disable", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// UsersEnable calls users.enable: Enable a person. Lets a disabled person sign in again.
//
// It needs the right user.manage.
func (c *Client) UsersEnable(ctx context.Context, in UsersEnableRequest, options ...Option) (User, error) {
	var out User
	err := c.do(ctx, call{name: "users.enable", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// UsersGet calls users.get: Read a person. One person, for those who manage people and for himself.
func (c *Client) UsersGet(ctx context.Context, in UsersGetRequest, options ...Option) (User, error) {
	var out User
	err := c.do(ctx, call{name: "users.get", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// UsersImpact calls users.impact: What disabling a person would leave behind. The open tasks he holds, who reports to him, and what he heads and owns. Changes nothing.
//
// It needs the right user.manage.
func (c *Client) UsersImpact(ctx context.Context, in UsersGetRequest, options ...Option) (Impact, error) {
	var out Impact
	err := c.do(ctx, call{name: "users.impact", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// UsersImport calls users.import: Import people. Adds and changes people from a table. With a single error nothing is changed. A repeat under the same key tells what the table would change by then.
//
// It needs the right user.manage.
func (c *Client) UsersImport(ctx context.Context, in UsersImportRequest, options ...Option) (Imported, error) {
	var out Imported
	err := c.do(ctx, call{name: "users.import", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// UsersList calls users.list: List people. People by name, with everything an administrator sees.
//
// It needs the right user.manage.
func (c *Client) UsersList(ctx context.Context, in UsersListRequest, options ...Option) (UserList, error) {
	var out UserList
	err := c.do(ctx, call{name: "users.list", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// UsersUpdate calls users.update: Change a person. Changes what is given; null clears. A new password or address ends his sessions.
//
// It needs the right user.manage.
func (c *Client) UsersUpdate(ctx context.Context, in UsersUpdateRequest, options ...Option) (User, error) {
	var out User
	err := c.do(ctx, call{name: "users.update", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// VersionsGet calls versions.get: Read a version. One version as it was published.
func (c *Client) VersionsGet(ctx context.Context, in VersionsGetRequest, options ...Option) (WorkflowVersion, error) {
	var out WorkflowVersion
	err := c.do(ctx, call{name: "versions.get", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// VersionsList calls versions.list: List versions. Who published what and when, the newest first.
func (c *Client) VersionsList(ctx context.Context, in DraftsGetRequest, options ...Option) (VersionList, error) {
	var out VersionList
	err := c.do(ctx, call{name: "versions.list", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// ViewsDelete calls views.delete: Remove a saved view. Forgets a view of the caller.
func (c *Client) ViewsDelete(ctx context.Context, in ViewsDeleteRequest, options ...Option) error {
	return c.do(ctx, call{name: "views.delete", public: false, changes: true, keyed: true}, in, &struct{}{}, options)
}

// ViewsList calls views.list: List saved views. The lists of the inbox that the caller keeps under a name.
func (c *Client) ViewsList(ctx context.Context, options ...Option) (ViewList, error) {
	var out ViewList
	err := c.do(ctx, call{name: "views.list", public: false, changes: false, keyed: false}, struct{}{}, &out, options)
	return out, err
}

// ViewsSave calls views.save: Save a view. Keeps what the inbox shows under a name, for the caller alone.
func (c *Client) ViewsSave(ctx context.Context, in ViewsSaveRequest, options ...Option) (View, error) {
	var out View
	err := c.do(ctx, call{name: "views.save", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// WatchersAdd calls watchers.add: Watch a request. The caller follows a request that he may see: it stands in his view watching. The history does not tell, and it shows him nothing that he would not see without it.
//
// It needs the right watcher.self.
func (c *Client) WatchersAdd(ctx context.Context, in RunsRestartRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "watchers.add", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// WatchersRemove calls watchers.remove: Stop watching a request. The caller follows a request no more.
func (c *Client) WatchersRemove(ctx context.Context, in RunsRestartRequest, options ...Option) (Run, error) {
	var out Run
	err := c.do(ctx, call{name: "watchers.remove", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// WorkflowsClone calls workflows.clone: Copy a workflow. Makes a draft from another workflow. Parameters that ask for it come blank.
//
// It needs the right workflow.design.
func (c *Client) WorkflowsClone(ctx context.Context, in WorkflowsCloneRequest, options ...Option) (WorkflowSummary, error) {
	var out WorkflowSummary
	err := c.do(ctx, call{name: "workflows.clone", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// WorkflowsCreate calls workflows.create: Begin a workflow. Makes a draft: blank, or one of the library made one's own.
//
// It needs the right workflow.design.
func (c *Client) WorkflowsCreate(ctx context.Context, in WorkflowsCreateRequest, options ...Option) (WorkflowSummary, error) {
	var out WorkflowSummary
	err := c.do(ctx, call{name: "workflows.create", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// WorkflowsDelete calls workflows.delete: Delete a workflow. Removes it from every list. Its requests finish and stay readable.
//
// It needs the right workflow.delete.
func (c *Client) WorkflowsDelete(ctx context.Context, in WorkflowsUnpublishRequest, options ...Option) error {
	return c.do(ctx, call{name: "workflows.delete", public: false, changes: true, keyed: true}, in, &struct{}{}, options)
}

// WorkflowsExport calls workflows.export: Export a definition. The definition as one readable file; importing it gives the same definition again.
func (c *Client) WorkflowsExport(ctx context.Context, in WorkflowsExportRequest, options ...Option) (WorkflowFile, error) {
	var out WorkflowFile
	err := c.do(ctx, call{name: "workflows.export", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// WorkflowsFavourite calls workflows.favourite: Keep a workflow at hand. Lists it among the caller's favourites.
func (c *Client) WorkflowsFavourite(ctx context.Context, in WorkflowsFavouriteRequest, options ...Option) (WorkflowSummary, error) {
	var out WorkflowSummary
	err := c.do(ctx, call{name: "workflows.favourite", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// WorkflowsGet calls workflows.get: Read a workflow. A workflow with its definition.
func (c *Client) WorkflowsGet(ctx context.Context, in WorkflowsGetRequest, options ...Option) (Workflow, error) {
	var out Workflow
	err := c.do(ctx, call{name: "workflows.get", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// WorkflowsImport calls workflows.import: Import a definition. Makes the definition the draft of the workflow with its key, or of a new one, and publishes it if asked.
//
// It needs the right workflow.design.
func (c *Client) WorkflowsImport(ctx context.Context, in WorkflowsImportRequest, options ...Option) (WorkflowSummary, error) {
	var out WorkflowSummary
	err := c.do(ctx, call{name: "workflows.import", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// WorkflowsList calls workflows.list: List workflows. The workflows the caller may see, those of his own department first, and the groups they are in.
func (c *Client) WorkflowsList(ctx context.Context, in WorkflowsListRequest, options ...Option) (WorkflowList, error) {
	var out WorkflowList
	err := c.do(ctx, call{name: "workflows.list", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// WorkflowsPublish calls workflows.publish: Publish a workflow. Makes the draft what people start from now on. Requests under way keep their version.
//
// It needs the right workflow.publish.
func (c *Client) WorkflowsPublish(ctx context.Context, in WorkflowsPublishRequest, options ...Option) (WorkflowSummary, error) {
	var out WorkflowSummary
	err := c.do(ctx, call{name: "workflows.publish", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// WorkflowsSimulate calls workflows.simulate: Try a definition out. Plays a definition as any people of the organization, by the rules that real requests follow, and keeps nothing of it. What the product would refuse is part of the answer. Requests that a step would start are not started.
func (c *Client) WorkflowsSimulate(ctx context.Context, in WorkflowsSimulateRequest, options ...Option) (Simulation, error) {
	var out Simulation
	err := c.do(ctx, call{name: "workflows.simulate", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// WorkflowsStatistics calls workflows.statistics: Measure a workflow. How its requests of a period ended, how long its steps took, and where requests wait now. For those who may see every request, for designers and for the workflow's owner.
func (c *Client) WorkflowsStatistics(ctx context.Context, in WorkflowsStatisticsRequest, options ...Option) (WorkflowStatistics, error) {
	var out WorkflowStatistics
	err := c.do(ctx, call{name: "workflows.statistics", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}

// WorkflowsUnfavourite calls workflows.unfavourite: Keep a workflow at hand no longer. Takes it from the caller's favourites.
func (c *Client) WorkflowsUnfavourite(ctx context.Context, in WorkflowsUnfavouriteRequest, options ...Option) (WorkflowSummary, error) {
	var out WorkflowSummary
	err := c.do(ctx, call{name: "workflows.unfavourite", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// WorkflowsUnpublish calls workflows.unpublish: Unpublish a workflow. Takes it out of what people can start. Requests under way go on.
//
// It needs the right workflow.publish.
func (c *Client) WorkflowsUnpublish(ctx context.Context, in WorkflowsUnpublishRequest, options ...Option) (WorkflowSummary, error) {
	var out WorkflowSummary
	err := c.do(ctx, call{name: "workflows.unpublish", public: false, changes: true, keyed: true}, in, &out, options)
	return out, err
}

// WorkflowsValidate calls workflows.validate: Check a definition. Every problem of a definition, or of a workflow's draft, with its place.
func (c *Client) WorkflowsValidate(ctx context.Context, in WorkflowsValidateRequest, options ...Option) (Validation, error) {
	var out Validation
	err := c.do(ctx, call{name: "workflows.validate", public: false, changes: false, keyed: false}, in, &out, options)
	return out, err
}
