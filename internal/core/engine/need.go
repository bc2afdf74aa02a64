package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/rule"
)

// NeedKind names a kind of fact that lies outside the run.
type NeedKind string

// The kinds of facts.
const (
	NeedPerson     NeedKind = "person"     // User: that person
	NeedNamed      NeedKind = "named"      // Ref: the person with this email or id
	NeedManagers   NeedKind = "managers"   // User: his managers, nearest first
	NeedHead       NeedKind = "head"       // Ref: head of the department with this key; or of User's department
	NeedRole       NeedKind = "role"       // Ref: people who hold the role
	NeedCandidates NeedKind = "candidates" // Rule: people it matches
	NeedMember     NeedKind = "member"     // Rule, User: that person when the rule matches him
	NeedHolder     NeedKind = "holder"     // Ref, User: that person when he holds the role
	NeedOperators  NeedKind = "operators"  // people who may operate runs
	NeedDepartment NeedKind = "department" // Ref: whether there is a department with this key
	NeedAbsences   NeedKind = "absences"   // who is away, now or later
	NeedResult     NeedKind = "result"     // Ref: the form of the request with this id
)

// Need is one fact that Decide has to know before it can go on.
type Need struct {
	Kind NeedKind
	User uuid.UUID
	Ref  string
	Step string // for Turn: the step whose turn it is
	// Rule is a rule over people with the values it is evaluated with.
	Rule  *rule.Rule
	Input rule.Input
	// Load asks for each person's number of open tasks.
	Load bool
	// Limit bounds how many people are wanted; 0: all there are. Of all of them only
	// id, name and load are known, of few everything.
	Limit int
	// Turn asks who was picked last in this step, and locks that answer until commit.
	Turn bool
}

// Key names the need: equal needs have equal keys.
func (n Need) Key() string {
	k := string(n.Kind) + "|" + n.Ref + "|" + n.Step + "|" + strconv.FormatBool(n.Load) + strconv.FormatBool(n.Turn) + strconv.Itoa(n.Limit)
	if n.User != uuid.Nil {
		k += "|" + n.User.String()
	}
	if n.Rule != nil {
		k += "|" + n.ruleHash()
	}
	return k
}

// ruleHash binds a rule to the values it reads of the run. The moment is left
// out: one command is one moment.
func (n Need) ruleHash() string {
	in := n.Input
	read := map[string]map[string]any{
		"form": in.Form, "initiator": in.Initiator, "assignee": in.Assignee, "run": in.Run,
		"prev": in.Prev, "context": in.Context, "params": in.Params, "org": in.Org,
	}
	values := []any{n.Rule.Source()}
	for _, ref := range n.Rule.Refs() {
		object, member, _ := strings.Cut(ref, ".")
		if object == "step" {
			values = append(values, in.Step)
		} else if m, ok := read[object]; ok {
			member, _, _ = strings.Cut(member, ".")
			values = append(values, ref, m[member])
		}
	}
	b, err := json.Marshal(values)
	if err != nil { // values of a form are JSON; this cannot be reached with a real one
		b = []byte(n.Rule.Source())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// Person is what the engine knows of somebody.
type Person struct {
	ID     uuid.UUID
	Name   string
	Active bool
	// Attributes are the members of `user` in rules.
	Attributes map[string]any
	// Load is the number of open tasks, when it was asked for.
	Load int
}

// Answer is what a need came to. People are in a stable order: by name, then id.
type Answer struct {
	People []Person
	// Exists answers needs that are not about people.
	Exists bool
	// Turn is who was picked last, for needs with Turn.
	Turn uuid.UUID
	// Away are the absences that are not over.
	Away []Absence
	// Values are those of the form of another request.
	Values map[string]any
}

// Facts is what Decide knows beside run and command.
type Facts struct {
	Now   time.Time
	Today string // civil date in the org's zone, "2026-01-31"
	Actor uuid.UUID
	Owner uuid.UUID      // of the workflow; gets what nobody else can take
	Org   map[string]any // name, slug, zone
	// NewID makes ids; the caller supplies it so that decisions stay repeatable.
	NewID func() uuid.UUID
	// Answers to needs, by Need.Key.
	Answers map[string]Answer
}

// Learn records the answer to a need.
func (f *Facts) Learn(n Need, a Answer) {
	if f.Answers == nil {
		f.Answers = map[string]Answer{}
	}
	f.Answers[n.Key()] = a
}

// Knows reports whether the need was answered.
func (f *Facts) Knows(n Need) bool {
	_, ok := f.Answers[n.Key()]
	return ok
}

// PersonNeed asks for one person.
func PersonNeed(id uuid.UUID) Need { return Need{Kind: NeedPerson, User: id} }
