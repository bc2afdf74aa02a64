// Package mapping reads the file that says what the events of a log mean for a
// workflow: which act each activity is, who does it, and where cases end.
package mapping

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/handstamp/handstamp/internal/core/workflow"
)

// Mapping is one mapping file.
type Mapping struct {
	// Name is the heading of the report; the workflow's name when empty.
	Name string
	// Workflow is the definition that is replayed on; nil with Model.
	Workflow *workflow.Document
	// Model asks for a definition made from the log itself; nil with Workflow.
	Model *Model
	Case  Case
	Event Event
	// Roles gives roles of the log another key: text in the log → key.
	Roles map[string]string
	// People says how many there are of a role, by key; "*" stands for the others.
	People map[string]People
	// Lifecycle says what the lifecycle transitions mean, by name in small letters; "*" stands for the others.
	Lifecycle map[string]Lifecycle
	// Activities are in the order of the file; see Activity.
	Activities []Activity
	// Ends are in the order of the file; see End.
	Ends []End
	// Exceptions are cases that are not replayed, by id, each with its reason.
	Exceptions map[string]string
}

// Model says how a definition is made from the log.
type Model struct {
	Key, Name, Group string
	// Requester is the role of those who start requests and correct them.
	Requester string
	// Desk is what makes a step: role (all that one role does, the default), activity, or the key of an event attribute.
	Desk string
	// Assign is how a desk finds its people: chosen (by who acts before, the default), claim, round_robin or
	// least_loaded; by role key, "*" stands for the others.
	Assign map[string]string
	// OwnDecisions is the reason why requesters may decide their own requests; empty: they may not.
	OwnDecisions string
	Line         int
}

// Case says where the facts about a case are.
type Case struct {
	ID string // trace attribute
	// ByTime sorts the events of a case by time; else the order of the log counts.
	ByTime bool
	// Values fill in the form of the request.
	Values []Value
}

// Event says where the facts about an event are.
type Event struct {
	Activity, Lifecycle, Time string
	// Role are tried in turn; the first that finds a text tells the role.
	Role []RoleSource
	// Person is the attribute that names who acted; empty: the log does not say, and people are made up.
	Person string
}

// RoleSource finds the role of an event: the value of an attribute, or the part
// of it that the first group of Match finds.
type RoleSource struct {
	Key   string
	Match *regexp.Regexp
}

// Value is where the value of a form field comes from.
type Value struct {
	Field string
	From  string // attribute of the event, else of the case
	Const any    // when From is empty
	Next  bool   // the id of the step that the case goes to next
	// Someone is a role of which a person is named; only definitions made from the log need it.
	Someone string
	// Default is used where the log has no such attribute.
	Default any
	// Type, Label and Currency make the field, in a definition made from the log.
	Type, Label, Currency string
	Line                  int
}

// People are those who act in one role.
type People struct {
	Count int
	// Also are further roles of each of them.
	Also []string
	// Rights are what the role allows beside starting requests: run.view_all, run.operate …
	Rights []string
	// Manager is the role of those to whom they report; empty: they report to nobody.
	Manager string
	// Department is the key of theirs; empty: they have none.
	Department string
}

// Act is what an event is in the product.
type Act string

// The acts.
const (
	Start    Act = "start"     // sends the request; later in a case it completes the task of Step
	Draft    Act = "draft"     // saves the request without sending it
	Complete Act = "complete"  // leaves a task by a transition
	Reject   Act = "reject"    // by the built-in Reject
	SendBack Act = "send_back" // by the built-in Send back
	Claim    Act = "claim"     // takes a task that is offered to several
	Comment  Act = "comment"   // adds a remark and moves nothing
	Cancel   Act = "cancel"    // ends the run by hand
	Except   Act = "exception" // is not replayed, for a reason
)

// Activity says what events of one name mean.
type Activity struct {
	// Name may hold *, which stands for any text. The exact name counts first, then the first pattern that matches.
	Name string
	Act  Act
	// Steps are where the task may be that the event completes, claims or sends back.
	Steps []string
	// Transitions are patterns of ids; empty: every transition of Kind.
	Transitions []string
	Kind        workflow.Kind
	Role        string // instead of what the log says
	To          string // of a send back
	Values      []Value
	Comment     *Value // the reason; made up where one is required and none is given
	// Sent is the reason why a draft counts as sent when no start follows.
	Sent string
	// Exception is the reason why the event is not replayed.
	Exception string
	// Desk and Label name step and transition in a definition made from the log.
	Desk, Label string
	Line        int
}

// End says where cases end whose last act has this name.
type End struct {
	Name string // may hold *
	// Outcome of the end step; empty when the case stays open.
	Outcome string
	// Open are the steps of which one holds the task that is still open.
	Open []string
	Line int
}

// Lifecycle says what a lifecycle transition of events means.
type Lifecycle struct {
	// Act is Complete: what the activity says; or Claim; or Except, for Reason.
	Act    Act
	Reason string
}

// RoleKey returns the key of a role as the log or the mapping names it.
func (m *Mapping) RoleKey(text string) string {
	if k, ok := m.Roles[text]; ok {
		return k
	}
	return Slug(text, maxKey)
}

// maxKey is the longest key of a role.
const maxKey = 60

// Activity finds what an activity means; nil when the mapping does not say.
func (m *Mapping) Activity(name string) *Activity {
	for i := range m.Activities {
		if m.Activities[i].Name == name {
			return &m.Activities[i]
		}
	}
	for i := range m.Activities {
		if Matches(m.Activities[i].Name, name) {
			return &m.Activities[i]
		}
	}
	return nil
}

// End finds how cases end whose last act is the activity; nil when the mapping does not say.
func (m *Mapping) End(name string) *End {
	for i := range m.Ends {
		if m.Ends[i].Name == name {
			return &m.Ends[i]
		}
	}
	for i := range m.Ends {
		if Matches(m.Ends[i].Name, name) {
			return &m.Ends[i]
		}
	}
	return nil
}

// PeopleOf says who there is of a role.
func (m *Mapping) PeopleOf(role string) People {
	if p, ok := m.People[role]; ok {
		return p
	}
	if p, ok := m.People["*"]; ok {
		return p
	}
	return People{Count: defaultPeople}
}

// defaultPeople lets a role have a choice even where one of them is the requester.
const defaultPeople = 3

// Keys are the attributes that the mapping reads.
func (m *Mapping) Keys() map[string]bool {
	keys := map[string]bool{m.Case.ID: true, m.Event.Activity: true, m.Event.Lifecycle: true, m.Event.Time: true, m.Event.Person: true}
	for _, r := range m.Event.Role {
		keys[r.Key] = true
	}
	values := m.Case.Values
	for _, a := range m.Activities {
		values = append(values, a.Values...)
		if a.Comment != nil {
			values = append(values, *a.Comment)
		}
	}
	for _, v := range values {
		keys[v.From] = true
	}
	if m.Model != nil {
		keys[m.Model.Desk] = true
	}
	return keys
}

// Matches reports whether a name fits a pattern in which * stands for any text.
func Matches(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == name
	}
	first, last := parts[0], parts[len(parts)-1]
	rest, ok := strings.CutPrefix(name, first)
	if !ok || len(rest) < len(last) || !strings.HasSuffix(rest, last) {
		return false
	}
	rest = rest[:len(rest)-len(last)]
	for _, p := range parts[1 : len(parts)-1] {
		i := strings.Index(rest, p)
		if i < 0 {
			return false
		}
		rest = rest[i+len(p):]
	}
	return true
}

// Slug makes a key of a text: small letters, digits and underscores, beginning
// with a letter, at most so many characters. Texts that differ in letters of other
// alphabets get different keys.
func Slug(text string, most int) string {
	var b strings.Builder
	gap, lost := false, false
	for _, r := range norm.NFD.String(strings.ToLower(text)) {
		if unicode.Is(unicode.Mn, r) { // the accent of the letter before
			continue
		}
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			gap, lost = b.Len() > 0, lost || unicode.IsLetter(r) || unicode.IsDigit(r)
			continue
		}
		if b.Len() == 0 && r <= '9' {
			b.WriteString("n")
		}
		if gap {
			b.WriteByte('_')
			gap = false
		}
		b.WriteRune(r)
	}
	s := b.String()
	if s == "" {
		s = "other"
	}
	if lost {
		h := fnv.New32a()
		_, _ = h.Write([]byte(text))
		tail := fmt.Sprintf("_%06x", h.Sum32()&0xffffff)
		return s[:min(len(s), most-len(tail))] + tail
	}
	return strings.TrimRight(s[:min(len(s), most)], "_")
}
