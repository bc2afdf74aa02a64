package directory

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Change is a member of a request that may be absent (the value stays), null
// (it is cleared) or given.
type Change[T any] struct {
	Given bool
	Value *T // nil: cleared
}

// To is a change to a value.
func To[T any](v T) Change[T] { return Change[T]{Given: true, Value: &v} }

// UnmarshalJSON notes that the member is there.
func (c *Change[T]) UnmarshalJSON(b []byte) error {
	c.Given = true
	return json.Unmarshal(b, &c.Value)
}

// Profile is what can be said about a person. What is not given stays as it is,
// or empty for somebody new.
type Profile struct {
	Email, Name, Password Change[string]
	// Manager is an address or id, Department a key, name or id.
	Manager, Department                                Change[string]
	Designation, Level, City, State, Country, Location Change[string]
	LevelRank                                          Change[float64]
	// Attributes are merged by key; null removes one.
	Attributes map[string]any
	// Roles are the keys of the roles given to the person himself; nil: as they are.
	Roles []string

	// Once makes the request repeatable.
	Once Key
}

// person is a profile as it is stored.
type person struct {
	dbq.LoadProfileRow
	attributes map[string]any
	manager    string // whom to look up, when it changed
}

// known is what a profile may refer to.
type known struct {
	departments []dbq.ListDepartmentKeysRow
	roles       []dbq.ListRoleKeysRow
	attributes  []dbq.ListAttributeTypesRow
}

func (k known) department(ref string) (uuid.UUID, bool) {
	for _, d := range k.departments {
		if d.Key == ref || d.ID.String() == ref {
			return d.ID, true
		}
	}
	for _, d := range k.departments {
		if strings.EqualFold(d.Name, ref) {
			return d.ID, true
		}
	}
	return uuid.Nil, false
}

func (k known) role(key string) (uuid.UUID, bool) {
	for _, r := range k.roles {
		if r.Key == key {
			return r.ID, true
		}
	}
	return uuid.Nil, false
}

// apply changes p and reports everything that is wrong. The manager is left to
// the caller, who knows the others.
func (k known) apply(p *person, in Profile) (problems fault.Problems) {
	k.applyIdentity(p, in, &problems)
	for _, f := range []struct {
		name   string
		change Change[string]
		to     **string
	}{
		{"designation", in.Designation, &p.Designation},
		{"level", in.Level, &p.Level},
		{"city", in.City, &p.City},
		{"state", in.State, &p.State},
		{"country", in.Country, &p.Country},
		{"location", in.Location, &p.Location},
	} {
		if f.change.Given {
			*f.to = optional(f.name, f.change.Value, &problems)
		}
	}
	if in.LevelRank.Given {
		p.LevelRank = in.LevelRank.Value
	}
	k.applyDepartment(p, in.Department, &problems)
	k.applyAttributes(p, in.Attributes, &problems)
	for _, key := range in.Roles {
		if _, ok := k.role(key); !ok {
			problems.Add("roles", "There is no role %q.", key)
		}
	}
	return problems
}

func (k known) applyIdentity(p *person, in Profile, problems *fault.Problems) {
	if in.Email.Given {
		p.Email = ""
		if in.Email.Value != nil {
			p.Email = cleanEmail(*in.Email.Value)
		}
	}
	if !emailPattern.MatchString(p.Email) || len(p.Email) > 254 {
		problems.Add("email", "Give an email address such as asha@example.com.")
	}
	if in.Name.Given {
		p.Name = ""
		if name := optional("name", in.Name.Value, problems); name != nil {
			p.Name = *name
		}
	}
	if p.Name == "" && !slices.ContainsFunc(*problems, func(q fault.Problem) bool { return q.Path == "name" }) {
		problems.Add("name", "Give the person's name.")
	}
	if in.Manager.Given {
		p.manager, p.ManagerID = "", nil
		if in.Manager.Value != nil {
			p.manager = strings.TrimSpace(*in.Manager.Value)
		}
	}
}

func (k known) applyDepartment(p *person, c Change[string], problems *fault.Problems) {
	if !c.Given {
		return
	}
	p.DepartmentID = nil
	if c.Value == nil || strings.TrimSpace(*c.Value) == "" {
		return
	}
	id, ok := k.department(strings.TrimSpace(*c.Value))
	if !ok {
		problems.Add("department", "There is no department %q.", *c.Value)
		return
	}
	p.DepartmentID = &id
}

func (k known) applyAttributes(p *person, given map[string]any, problems *fault.Problems) {
	for _, key := range slices.Sorted(maps.Keys(given)) {
		at := slices.IndexFunc(k.attributes, func(t dbq.ListAttributeTypesRow) bool { return t.Key == key })
		if at < 0 {
			problems.Add("attributes."+key, "People have no attribute %q here.", key)
			continue
		}
		value := given[key]
		if value == nil || value == "" {
			delete(p.attributes, key)
			continue
		}
		if message := misfit(k.attributes[at].Kind, value); message != "" {
			problems.Add("attributes."+key, "%s", message)
			continue
		}
		p.attributes[key] = value
	}
}

// misfit says what is wrong with an attribute's value, or nothing.
func misfit(kind string, value any) string {
	text, isString := value.(string)
	switch kind {
	case "number":
		if _, ok := value.(float64); !ok {
			return "Give a number."
		}
	case "bool":
		if _, ok := value.(bool); !ok {
			return "Give true or false."
		}
	case "date":
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			return "Give a date such as 2026-01-31."
		}
	default:
		if !isString || !isText(text) || utf8.RuneCountInString(text) > longestText {
			return "Give a text of at most 200 characters."
		}
		if isFormula(text) {
			return formulaMessage
		}
	}
	return ""
}

const longestText = 200

var emailPattern = regexp.MustCompile("^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$")

const formulaMessage = "A text that begins like a spreadsheet formula is not accepted: put something else than =, +, - or @ in front."

// optional cleans a text; nil when there is none.
func optional(path string, value *string, problems *fault.Problems) *string {
	if value == nil {
		return nil
	}
	text := strings.TrimSpace(*value)
	switch {
	case text == "":
		return nil
	case !isText(text):
		problems.Add(path, "Control characters and line breaks are not accepted here.")
	case utf8.RuneCountInString(text) > longestText:
		problems.Add(path, "Use at most %d characters.", longestText)
	case isFormula(text):
		problems.Add(path, formulaMessage)
	default:
		return &text
	}
	return nil
}

// isText reports whether s is valid and without control characters.
func isText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

var plainNumber = regexp.MustCompile(`^[+-][0-9 ().,/-]*$`)

// isFormula reports whether a spreadsheet would calculate with the text when it
// is exported again. Numbers and telephone numbers are harmless.
func isFormula(s string) bool {
	if s == "" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return false
	}
	return !plainNumber.MatchString(s)
}
