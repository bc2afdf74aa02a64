package form

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/rule"
)

// The limits of one form.
const (
	maxFields   = 200
	maxColumns  = 30
	maxOptions  = 500
	maxPattern  = 500
	maxDecimals = 8
	bestRating  = 10
	maxLabel    = 200
	maxHelp     = 2_000
)

var fieldName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)

// compiler collects the problems of one form.
type compiler struct {
	env   *rule.Env
	steps []string // nil: mentions of steps are not checked
	ps    fault.Problems
}

// Compile checks a form and prepares it for use. steps are the ids of the
// workflow's steps, which rules may compare with; nil leaves that unchecked. It
// returns every problem, with paths such as "form.fields.3.rules.0.check"; the
// compiled form is nil when there is one.
func Compile(f Form, env *rule.Env, steps []string) (*Compiled, fault.Problems) {
	b := &compiler{env: env, steps: steps}
	c := &Compiled{form: f, byName: map[string]*field{}}
	if len(f.Fields) > maxFields {
		b.ps.Add("form.fields", "A form has at most %d fields; this one has %d.", maxFields, len(f.Fields))
		return nil, b.ps
	}
	for i, def := range f.Fields {
		at := fmt.Sprintf("form.fields.%d", i)
		fl := b.field(at, def)
		if c.byName[def.Name] != nil {
			b.ps.Add(at+".name", "The name %q is used by another field already. Choose another one.", def.Name)
		} else {
			c.byName[def.Name] = fl
		}
		c.fields = append(c.fields, fl)
	}
	b.order(c)
	b.layout(c)
	if len(b.ps) > 0 {
		return nil, b.ps
	}
	return c, nil
}

// field checks everything about one field of the form.
func (b *compiler) field(at string, def Field) *field {
	f := b.common(at, def)
	if f.Type == Table {
		b.columns(at, f)
	}
	b.computed(at, f)
	b.rules(at, f)
	return f
}

// common checks what fields and columns share.
func (b *compiler) common(at string, def Field) *field {
	f := &field{Field: def}
	b.name(at, def.Name)
	b.lengths(at, def)
	k, known := registry[def.Type]
	if !known {
		b.ps.Add(at+".type", "There is no field type %q. Use one of: %s.", def.Type, typeList())
		return f
	}
	f.kind = k
	for _, s := range settingsOf(def) {
		if !slices.Contains(k.uses, s) {
			b.ps.Add(at+"."+firstWord(s), "A field of type %s has no %s. Remove it.", def.Type, s)
		}
	}
	b.numbers(at, f)
	b.texts(at, f)
	b.choices(at, f)
	b.literal(at, f)
	f.people = b.compile(at+".people", f.People, rule.Place{Gives: rule.Bool, About: rule.People})
	return f
}

func typeList() string {
	words := []string{}
	for _, t := range Types() {
		words = append(words, string(t))
	}
	return strings.Join(words, ", ")
}

// firstWord is the member a setting is reported at.
func firstWord(s setting) string {
	w, _, _ := strings.Cut(string(s), " ")
	return w
}

func (b *compiler) name(at, name string) {
	switch {
	case name == "":
		b.ps.Add(at+".name", "The field needs a name, such as leave_from.")
	case !fieldName.MatchString(name):
		b.ps.Add(at+".name", "%q cannot be a name. Use lower case letters, digits and underscores, beginning with a letter, at most 63.", name)
	case !rule.ValidName(name):
		b.ps.Add(at+".name", "%q is a reserved word of rules. Choose another name.", name)
	}
}

func (b *compiler) lengths(at string, f Field) {
	for _, x := range []struct {
		member, text string
		most         int
	}{
		{"label", f.Label, maxLabel},
		{"help", f.Help, maxHelp},
		{"placeholder", f.Placeholder, maxLabel},
		{"unit", f.Unit, maxLabel},
	} {
		if n := utf8.RuneCountInString(x.text); n > x.most {
			b.ps.Add(at+"."+x.member, "The %s has %d characters; at most %d fit.", x.member, n, x.most)
		}
	}
}

func (b *compiler) numbers(at string, f *field) {
	if f.Min != nil && f.Max != nil && *f.Min > *f.Max {
		b.ps.Add(at+".min", "The smallest value %s is above the largest, %s.", plainNumber(*f.Min), plainNumber(*f.Max))
	}
	if f.Decimals != nil && (*f.Decimals < 0 || *f.Decimals > maxDecimals) {
		b.ps.Add(at+".decimals", "A number has 0 to %d decimals.", maxDecimals)
	}
	if f.Type == Rating && f.Max != nil && (*f.Max < 2 || *f.Max > bestRating || decimals(*f.Max) > 0) {
		b.ps.Add(at+".max", "The best rating is a whole number from 2 to %d.", bestRating)
	}
	b.span(at, "rows", f.MinRows, f.MaxRows, maxRows)
	for i, code := range f.Currencies {
		if _, ok := minorUnits(code); !ok {
			b.ps.Add(fmt.Sprintf("%s.currencies.%d", at, i), "%q is not a currency. Use the three letters of ISO 4217, such as EUR.", code)
		} else if slices.Contains(f.Currencies[:i], code) {
			b.ps.Add(fmt.Sprintf("%s.currencies.%d", at, i), "%s is listed twice.", code)
		}
	}
}

func (b *compiler) texts(at string, f *field) {
	most := maxText
	if f.Type == LongText {
		most = maxLongText
	}
	b.span(at, "length", f.MinLength, f.MaxLength, most)
	if f.Pattern == "" {
		return
	}
	if len(f.Pattern) > maxPattern {
		b.ps.Add(at+".pattern", "The pattern has more than %d characters.", maxPattern)
		return
	}
	if _, err := regexp.Compile(f.Pattern); err != nil {
		b.ps.Add(at+".pattern", "This is not a regular expression (RE2): %v.", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
		return
	}
	f.pattern = regexp.MustCompile(`^(?:` + f.Pattern + `)$`)
}

// span checks a pair such as min_rows and max_rows; 0 means not said.
func (b *compiler) span(at, what string, low, high, most int) {
	switch {
	case low < 0 || low > most:
		b.ps.Add(at+".min_"+what, "Use a whole number from 0 to %d.", most)
	case high < 0 || high > most:
		b.ps.Add(at+".max_"+what, "Use a whole number from 1 to %d.", most)
	case high > 0 && low > high:
		b.ps.Add(at+".min_"+what, "The smallest %s %d is above the largest, %d.", what, low, high)
	}
}

var displays = map[FieldType][]string{
	Choice:  {"dropdown", "radio"},
	Choices: {"dropdown", "checkboxes"},
}

func (b *compiler) choices(at string, f *field) {
	if d := displays[f.Type]; f.Display != "" && d != nil && !slices.Contains(d, f.Display) {
		b.ps.Add(at+".display", "A field of type %s is shown as %s, not as %q.", f.Type, orList(d), f.Display)
	}
	if !slices.Contains(f.kind.uses, setOptions) {
		return
	}
	if n := len(f.Options); n == 0 || n > maxOptions {
		b.ps.Add(at+".options", "A field of type %s needs 1 to %d options; it has %d.", f.Type, maxOptions, n)
	}
	seen := map[string]bool{}
	for i, o := range f.Options {
		switch v := o.Value; {
		case v == "" || v != strings.TrimSpace(v) || utf8.RuneCountInString(v) > maxLabel:
			b.ps.Add(fmt.Sprintf("%s.options.%d.value", at, i), "An option needs a value of 1 to %d characters, without spaces around it.", maxLabel)
		case seen[v]:
			b.ps.Add(fmt.Sprintf("%s.options.%d.value", at, i), "The value %q is listed twice.", v)
		}
		seen[o.Value] = true
	}
}

// literal checks that a default is a value the field would accept.
func (b *compiler) literal(at string, f *field) {
	if f.Default == nil || !f.kind.holdsValue() || !slices.Contains(f.kind.uses, setDefault) {
		return
	}
	if f.Type == Table {
		b.ps.Add(at+".default", "A table has no literal default. Give its columns defaults.")
		return
	}
	var bad faults
	if v := f.parse(at+".default", f.Default, &bad); len(bad.list) == 0 {
		f.check(at+".default", v, &bad)
	}
	for _, x := range bad.list {
		b.ps.Add(x.Path, "The default is refused: %s", x.Message)
	}
}

func (b *compiler) columns(at string, f *field) {
	if n := len(f.Columns); n == 0 || n > maxColumns {
		b.ps.Add(at+".columns", "A table needs 1 to %d columns; it has %d.", maxColumns, n)
		return
	}
	for i, def := range f.Columns {
		path := fmt.Sprintf("%s.columns.%d", at, i)
		col := b.common(path, def)
		if f.column(def.Name) != nil {
			b.ps.Add(path+".name", "The name %q is used by another column already. Choose another one.", def.Name)
		}
		b.plainColumn(path, def)
		f.columns = append(f.columns, col)
	}
}

// plainColumn refuses what only a field of the form can have: a cell has no
// rules of its own, the table's rules go over its rows.
func (b *compiler) plainColumn(at string, def Field) {
	if def.Type == Table || def.Type == Note {
		b.ps.Add(at+".type", "A column cannot be of type %s.", def.Type)
	}
	for _, x := range []struct {
		member string
		set    bool
	}{
		{"calculate", !def.Calculate.IsZero()},
		{"visible_when", !def.VisibleWhen.IsZero()},
		{"default_rule", !def.DefaultRule.IsZero()},
		{"rules", len(def.Rules) > 0},
	} {
		if x.set {
			b.ps.Add(at+"."+x.member, "A column cannot have %s. Put the rule on the table or on a field.", x.member)
		}
	}
}
