package form

import (
	"slices"

	"github.com/handstamp/handstamp/internal/core/rule"
)

// View is the form as a browser draws it for one person in one step.
type View struct {
	Fields []FieldView `json:"fields"`
	Layout []Item      `json:"layout"`
}

// FieldView is one field of a View. Rules are CEL text, whatever they were
// written as; those that mention fields the person does not see are left out,
// the server alone decides them.
type FieldView struct {
	Name        string      `json:"name"`
	Type        FieldType   `json:"type"`
	Label       string      `json:"label"`
	Help        string      `json:"help,omitempty"`
	Placeholder string      `json:"placeholder,omitempty"`
	Mode        Mode        `json:"mode"`
	Required    bool        `json:"required,omitempty"` // of a column: every row needs a value
	Options     []Option    `json:"options,omitempty"`
	Display     string      `json:"display,omitempty"`
	Min         *float64    `json:"min,omitempty"`
	Max         *float64    `json:"max,omitempty"`
	Decimals    *int        `json:"decimals,omitempty"`
	MinLength   int         `json:"min_length,omitempty"`
	MaxLength   int         `json:"max_length,omitempty"`
	Pattern     string      `json:"pattern,omitempty"`
	MinRows     int         `json:"min_rows,omitempty"`
	MaxRows     int         `json:"max_rows,omitempty"`
	Currencies  []string    `json:"currencies,omitempty"`
	Unit        string      `json:"unit,omitempty"`
	Calculate   string      `json:"calculate,omitempty"`
	VisibleWhen string      `json:"visible_when,omitempty"`
	Rules       []RuleView  `json:"rules,omitempty"`
	Columns     []FieldView `json:"columns,omitempty"`
	Default     any         `json:"default,omitempty"` // of a column: what a new row begins with
}

// RuleView is one validation rule of a FieldView.
type RuleView struct {
	Check   string `json:"check"`
	Message string `json:"message"`
}

// View describes the form to the browser with the modes that Modes or
// AudienceModes gave. Hidden fields are absent, and from the layout; a form
// without layout shows all fields in one section.
func (c *Compiled) View(modes map[string]Mode) View {
	shown := map[string]bool{}
	for _, f := range c.fields {
		m := modes[f.Name]
		shown[f.Name] = m != "" && m != Hidden
	}
	v := View{Fields: []FieldView{}}
	for _, f := range c.fields {
		if shown[f.Name] {
			v.Fields = append(v.Fields, f.view(modes[f.Name], shown))
		}
	}
	layout := c.form.Layout
	if len(layout) == 0 {
		layout = c.plainLayout()
	}
	if v.Layout = prune(layout, shown); v.Layout == nil {
		v.Layout = []Item{}
	}
	return v
}

func (c *Compiled) plainLayout() []Item {
	section := Item{Section: "Details"}
	for _, f := range c.fields {
		section.Items = append(section.Items, Item{Field: f.Name})
	}
	return []Item{section}
}

func (f *field) view(m Mode, shown map[string]bool) FieldView {
	v := f.plainView(m)
	v.Calculate = visibleText(f.calculate, f.calcReads, shown)
	v.VisibleWhen = visibleText(f.visible, f.visibleReads, shown)
	for _, k := range f.checks {
		if text := visibleText(k.rule, k.reads, shown); text != "" {
			v.Rules = append(v.Rules, RuleView{text, k.message})
		}
	}
	for _, col := range f.columns {
		cell := col.plainView(m)
		cell.Required, cell.Default = col.Required, col.Default
		v.Columns = append(v.Columns, cell)
	}
	return v
}

func (f *field) plainView(m Mode) FieldView {
	v := FieldView{
		Name: f.Name, Type: f.Type, Label: f.label(), Help: f.Help, Placeholder: f.Placeholder, Mode: m,
		Display: f.Display, Min: f.Min, Max: f.Max, Decimals: f.Decimals, MinLength: f.MinLength, MaxLength: f.MaxLength,
		Pattern: f.Pattern, MinRows: f.MinRows, MaxRows: f.MaxRows, Currencies: f.Currencies, Unit: f.Unit,
	}
	for _, o := range f.Options {
		if o.Label == "" {
			o.Label = o.Value
		}
		v.Options = append(v.Options, o)
	}
	return v
}

// visibleText is the CEL text of a rule, "" when it mentions a field that is not
// shown: the browser could not evaluate it, and its text would tell of the field.
func visibleText(r *rule.Rule, reads []string, shown map[string]bool) string {
	if r == nil || slices.ContainsFunc(reads, func(name string) bool { return !shown[name] }) {
		return ""
	}
	return r.Source()
}
