// Package form knows what a run carries: field types, layout, the mode of each
// field per step, validation and calculated values. Server and screen follow the
// same document, so that what is hidden is neither sent nor accepted.
package form

import "github.com/handstamp/handstamp/internal/core/rule"

// Values are the data of a form by field name, as they come from JSON.
type Values = map[string]any

// Form is the form of a workflow as it stands in the definition document.
type Form struct {
	Fields []Field `json:"fields" yaml:"fields"`
	Layout []Item  `json:"layout,omitempty" yaml:"layout,omitempty"`
}

// FieldType names the kind of value a field holds and how it is entered.
type FieldType string

// The field types of this release. A further one is one entry in the registry
// of this package and one plug-in in the browser.
const (
	Text     FieldType = "text"
	LongText FieldType = "long_text"
	Number   FieldType = "number"
	Money    FieldType = "money" // {"amount": "12.50", "currency": "EUR"}
	Date     FieldType = "date"  // "2026-01-31", a civil date without zone
	DateTime FieldType = "datetime"
	Time     FieldType = "time"       // "14:30"
	Range    FieldType = "date_range" // {"from": "2026-01-31", "to": "2026-02-02"}
	Duration FieldType = "duration"   // "2d", "3h30m"
	YesNo    FieldType = "yes_no"
	Choice   FieldType = "choice"  // one of Options; Display says dropdown or radio
	Choices  FieldType = "choices" // any of Options; a list
	User     FieldType = "user"    // the id of a person of the organization
	Dept     FieldType = "department"
	Email    FieldType = "email"
	Phone    FieldType = "phone"
	URL      FieldType = "url"
	Rating   FieldType = "rating" // 1…Max, 5 when not said
	Table    FieldType = "table"  // rows of Columns; a list of maps
	Note     FieldType = "note"   // static text: Label is the heading, Help the text; holds no value
)

// Field is one field of a form. What is empty is not set.
type Field struct {
	// Name is unique in the form and stable: lower case letters, digits, underscores.
	Name        string    `json:"name" yaml:"name"`
	Type        FieldType `json:"type" yaml:"type"`
	Label       string    `json:"label,omitempty" yaml:"label,omitempty"`
	Help        string    `json:"help,omitempty" yaml:"help,omitempty"`
	Placeholder string    `json:"placeholder,omitempty" yaml:"placeholder,omitempty"`
	// Required asks for a value wherever the field may be edited.
	Required bool `json:"required,omitempty" yaml:"required,omitempty"`
	// Default is a literal; DefaultRule a rule evaluated when a request is begun.
	Default     any         `json:"default,omitempty" yaml:"default,omitempty"`
	DefaultRule rule.Source `json:"default_rule,omitzero" yaml:"default_rule,omitempty"`
	// Calculate makes the field read-only: the server computes it from the rule
	// whenever values change and when a step is entered.
	Calculate rule.Source `json:"calculate,omitzero" yaml:"calculate,omitempty"`
	// VisibleWhen hides the field while it does not hold. It may mention other fields and the step.
	VisibleWhen rule.Source `json:"visible_when,omitzero" yaml:"visible_when,omitempty"`
	Rules       []Check     `json:"rules,omitempty" yaml:"rules,omitempty"`

	Min       *float64 `json:"min,omitempty" yaml:"min,omitempty"`               // number, money, rating
	Max       *float64 `json:"max,omitempty" yaml:"max,omitempty"`               // number, money, rating
	Decimals  *int     `json:"decimals,omitempty" yaml:"decimals,omitempty"`     // number
	MinLength int      `json:"min_length,omitempty" yaml:"min_length,omitempty"` // text, in characters
	MaxLength int      `json:"max_length,omitempty" yaml:"max_length,omitempty"` // text; 4000 when not said, 20000 for long_text
	Pattern   string   `json:"pattern,omitempty" yaml:"pattern,omitempty"`       // RE2, the whole text must match
	MinRows   int      `json:"min_rows,omitempty" yaml:"min_rows,omitempty"`     // table
	MaxRows   int      `json:"max_rows,omitempty" yaml:"max_rows,omitempty"`     // table; 200 at most
	// Currencies a money field accepts; the first is offered. Empty: any ISO 4217 code.
	Currencies []string `json:"currencies,omitempty" yaml:"currencies,omitempty"`
	Options    []Option `json:"options,omitempty" yaml:"options,omitempty"`
	Display    string   `json:"display,omitempty" yaml:"display,omitempty"` // choice: dropdown | radio
	Unit       string   `json:"unit,omitempty" yaml:"unit,omitempty"`       // shown behind a number: "days"
	Columns    []Field  `json:"columns,omitempty" yaml:"columns,omitempty"` // table
	// People narrows a user field: a rule over `user`.
	People rule.Source `json:"people,omitzero" yaml:"people,omitempty"`
}

// Check is a validation rule with its own message.
type Check struct {
	Check   rule.Source `json:"check" yaml:"check"`
	Message string      `json:"message" yaml:"message"`
}

// Option is one choice of a choice field.
type Option struct {
	Value string `json:"value" yaml:"value"`
	Label string `json:"label,omitempty" yaml:"label,omitempty"`
}

// Item is one node of the layout grammar: exactly one of its members is set. In
// the document a plain string is a field name.
type Item struct {
	Field   string `json:"field,omitempty"`
	Section string `json:"section,omitempty"` // heading; Items follow
	Items   []Item `json:"items,omitzero"`    // of a section or of one tab
	Columns []Item `json:"columns,omitzero"`  // side by side, stacked on a narrow screen
	Rows    []Item `json:"rows,omitzero"`     // one below the other, inside columns
	Grid    []Item `json:"grid,omitzero"`     // wrapped cells
	Tabs    []Tab  `json:"tabs,omitzero"`
	Divider bool   `json:"divider,omitempty"`
}

// Tab is one page of a tabbed layout.
type Tab struct {
	Label string `json:"label" yaml:"label"`
	Items []Item `json:"items" yaml:"items"`
}

// Mode says what a person may do with a field in a step.
type Mode string

// The modes. Where nothing is said a field is edited in the start step and read later.
const (
	Hidden   Mode = "hidden"
	Read     Mode = "read"
	Edit     Mode = "edit"
	Required Mode = "required"
)

// Audience is a column of the fields × steps matrix beside the steps themselves.
type Audience string

// The audiences that are not a step.
const (
	ToInitiator Audience = "initiator" // the requester, while the request is under way and after
	ToOthers    Audience = "others"    // everybody else who may see the run
)
