package form

import (
	"slices"

	"github.com/handstamp/handstamp/internal/core/rule"
)

// setting is one optional member of a field that only some types understand.
type setting string

const (
	setRequired   setting = "required"
	setDefault    setting = "default"
	setRules      setting = "rules"
	setMin        setting = "min"
	setMax        setting = "max"
	setDecimals   setting = "decimals"
	setLength     setting = "min_length and max_length"
	setPattern    setting = "pattern"
	setRows       setting = "min_rows and max_rows"
	setCurrencies setting = "currencies"
	setOptions    setting = "options"
	setDisplay    setting = "display"
	setUnit       setting = "unit"
	setColumns    setting = "columns"
	setPeople     setting = "people"
)

// kind is what the product knows of one field type.
type kind struct {
	// rule is how rules see the value; "" for a field that holds none.
	rule rule.Kind
	// parse brings a value, as JSON gave it, into its canonical shape. Its error
	// is a predicate about the field: "must be a number".
	parse func(f *field, v any) (any, error)
	// check holds the canonical value against the field's settings; nil when the
	// type has no settings of its own.
	check func(f *field, v any) error
	// uses are the settings that mean something for the type.
	uses []setting
}

func (k kind) holdsValue() bool { return k.rule != "" }

// plain are the settings of every field that holds a value.
var plain = []setting{setRequired, setDefault, setRules}

func with(more ...setting) []setting { return append(slices.Clone(plain), more...) }

// registry is the one list of field types. A further type is one entry here.
var registry = map[FieldType]kind{
	Text:     {rule.Text, parseText, checkText, with(setLength, setPattern)},
	LongText: {rule.Text, parseLongText, checkText, with(setLength, setPattern)},
	Number:   {rule.Number, parseNumber, checkNumber, with(setMin, setMax, setDecimals, setUnit)},
	Money:    {rule.Money, parseMoney, checkMoney, with(setMin, setMax, setCurrencies)},
	Date:     {rule.Date, parseDate, nil, plain},
	DateTime: {rule.Timestamp, parseDateTime, nil, plain},
	Time:     {rule.Text, parseTime, nil, plain},
	Range:    {rule.Range, parseRange, nil, plain},
	Duration: {rule.Text, parseDuration, nil, plain},
	YesNo:    {rule.Bool, parseYesNo, nil, plain},
	Choice:   {rule.Text, parseChoice, nil, with(setOptions, setDisplay)},
	Choices:  {rule.List, parseChoices, nil, with(setOptions, setDisplay)},
	User:     {rule.Text, parseUser, nil, with(setPeople)},
	Dept:     {rule.Text, parseDept, nil, plain},
	Email:    {rule.Text, parseEmail, nil, plain},
	Phone:    {rule.Text, parsePhone, nil, plain},
	URL:      {rule.Text, parseURL, nil, plain},
	Rating:   {rule.Number, parseRating, nil, with(setMax)},
	Table:    {rule.Rows, nil, nil, with(setRows, setColumns)}, // rows.go: its problems lie in the cells
	Note:     {},
}

// Types lists the field types, sorted.
func Types() []FieldType {
	out := make([]FieldType, 0, len(registry))
	for t := range registry {
		out = append(out, t)
	}
	slices.Sort(out)
	return out
}

// settingsOf lists what the field sets beyond what every field may.
func settingsOf(f Field) []setting {
	var out []setting
	add := func(set bool, s setting) {
		if set {
			out = append(out, s)
		}
	}
	add(f.Required, setRequired)
	add(f.Default != nil || !f.DefaultRule.IsZero(), setDefault)
	add(len(f.Rules) > 0, setRules)
	add(f.Min != nil, setMin)
	add(f.Max != nil, setMax)
	add(f.Decimals != nil, setDecimals)
	add(f.MinLength != 0 || f.MaxLength != 0, setLength)
	add(f.Pattern != "", setPattern)
	add(f.MinRows != 0 || f.MaxRows != 0, setRows)
	add(len(f.Currencies) > 0, setCurrencies)
	add(len(f.Options) > 0, setOptions)
	add(f.Display != "", setDisplay)
	add(f.Unit != "", setUnit)
	add(len(f.Columns) > 0, setColumns)
	add(!f.People.IsZero(), setPeople)
	return out
}

// SchemaOf tells the rules which fields there are and of what kind. It is for
// rule.Scope.Form; fields of an unknown type or with a name rules cannot use are
// left out, Compile reports them.
func SchemaOf(f Form) rule.Schema {
	return schemaOf(f.Fields, true)
}

func schemaOf(fields []Field, tables bool) rule.Schema {
	s := rule.Schema{}
	for _, f := range fields {
		k := registry[f.Type]
		if !k.holdsValue() || !rule.ValidName(f.Name) || f.Type == Table && !tables {
			continue
		}
		t := rule.Type{Kind: k.rule}
		if f.Type == Table {
			t.Columns = schemaOf(f.Columns, false)
		}
		s[f.Name] = t
	}
	return s
}
