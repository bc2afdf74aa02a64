package workflow

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
)

// Org is what a definition may refer to in the organization it is published in.
type Org struct {
	// User are the custom attributes of people.
	User rule.Schema
	// Roles, Departments and Workflows (those that can be started) are keys; nil leaves
	// references to them unchecked.
	Roles, Departments, Workflows []string
	// Users tells whether an email or id is an active person; nil leaves
	// references unchecked.
	Users func(emailOrID string) bool
}

// The limits of one definition.
const (
	maxSteps       = 200
	maxTransitions = 50
	maxParams      = 50
	maxName        = 100
	maxGroup       = 40
	maxDescription = 2_000
	maxLevels      = 10
)

var (
	keyText  = regexp.MustCompile(`^[A-Z][A-Z0-9_]{0,19}$`)
	idText   = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	iconText = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// builder collects the problems of one document on the way to a version.
type builder struct {
	doc    Document
	org    Org
	v      *Version
	ps     fault.Problems
	steps  []string // ids
	paths  []string // of the steps, in order: "steps.manager"
	fields map[string]form.Field
}

// Compile validates a document and prepares it to run. It returns every problem
// it finds, with the path of each; the version is nil when there is one.
func Compile(d Document, o Org) (*Version, fault.Problems) {
	b := &builder{doc: d, org: o, v: &Version{Document: d, byID: map[string]*Node{}}, fields: map[string]form.Field{}}
	// References to fields are checked even while the form has problems.
	for _, f := range d.Form.Fields {
		b.fields[f.Name] = f
	}
	b.head()
	b.nodes()
	b.params()
	b.environment()
	b.form()
	b.wholeRules()
	for i, n := range b.v.nodes {
		b.arrows(b.paths[i], i, n)
	}
	for i, n := range b.v.nodes {
		b.step(b.paths[i], n)
	}
	b.sla("sla", d.SLA, nil)
	b.notify("notify", d.Notify)
	b.duties()
	b.absence()
	b.audiences()
	b.graph()
	if len(b.ps) > 0 {
		return nil, b.ps
	}
	return b.v, nil
}

func (b *builder) add(path, format string, args ...any) { b.ps.Add(path, format, args...) }

// head checks what names the workflow.
func (b *builder) head() {
	d := b.doc
	if !keyText.MatchString(d.Key) {
		b.add("key", "%q cannot be a key. Use capital letters, digits and underscores, beginning with a letter, at most 20.", d.Key)
	}
	if d.Prefix != "" && !keyText.MatchString(d.Prefix) {
		b.add("prefix", "%q cannot be a prefix. Use capital letters, digits and underscores, beginning with a letter, at most 20.", d.Prefix)
	}
	if d.Icon != "" && (!iconText.MatchString(d.Icon) || len(d.Icon) > maxGroup) {
		b.add("icon", "%q is not the name of an icon. Names are like beach or receipt-2.", d.Icon)
	}
	b.words("name", d.Name, maxName, true)
	b.words("group", d.Group, maxGroup, true)
	b.words("description", d.Description, maxDescription, false)
}

// words checks the length of a text that people read.
func (b *builder) words(path, s string, most int, needed bool) {
	n := utf8.RuneCountInString(s)
	switch {
	case needed && strings.TrimSpace(s) == "":
		b.add(path, "Give it a %s.", path[strings.LastIndex(path, ".")+1:])
	case s != strings.TrimSpace(s):
		b.add(path, "Remove the spaces around it.")
	case n > most:
		b.add(path, "It has %d characters; at most %d fit.", n, most)
	}
}

// environment declares the variables of all rules.
func (b *builder) environment() {
	params := rule.Schema{}
	for _, p := range b.doc.Params {
		if s := form.SchemaOf(form.Form{Fields: []form.Field{{Name: p.Name, Type: p.Type}}}); len(s) == 1 {
			params[p.Name] = s[p.Name]
		}
	}
	env, err := rule.NewEnv(rule.Scope{Form: form.SchemaOf(b.doc.Form), User: b.org.User, Params: params})
	if err != nil {
		b.add("form", "The rules cannot be checked: %v.", err)
		return
	}
	b.v.Env = env
}

func (b *builder) form() {
	steps := append([]string{}, b.steps...)
	compiled, ps := form.Compile(b.doc.Form, b.v.Env, steps)
	b.ps = append(b.ps, ps...)
	b.v.Form = compiled
}

func (b *builder) wholeRules() {
	b.v.Title = b.rule("title", b.doc.Title, rule.Place{Gives: rule.Text})
	b.v.VisibleTo = b.rule("visible_to", b.doc.VisibleTo, people)
	if b.v.VisibleTo == nil {
		return
	}
	for _, name := range b.v.VisibleTo.Refs() {
		root, _, _ := strings.Cut(name, ".")
		if !slices.Contains([]string{"user", "org", "params", "now", "today"}, root) {
			b.add("visible_to", "%s is not known before a request is started, so nobody would see the workflow. Use user, org, params, now and today.", name)
		}
	}
}

var people = rule.Place{Gives: rule.Bool, About: rule.People}

// rule compiles one rule where there is one.
func (b *builder) rule(path string, src rule.Source, p rule.Place) *rule.Rule {
	if src.IsZero() || b.v.Env == nil {
		return nil
	}
	r, ps := b.v.Env.Compile(src, p)
	for _, x := range ps {
		x.Path = path
		b.ps = append(b.ps, x)
	}
	if len(ps) > 0 {
		return nil
	}
	if p.About == rule.People {
		if err := r.CheckSQL(); err != nil {
			b.add(path, "This rule cannot search people: %v.", err)
		}
	}
	for _, id := range form.UnknownSteps(r, b.steps) {
		b.add(path, "The rule compares with a step %q that does not exist.", id)
	}
	return r
}

// paramTypes are the field types a parameter may have: those whose value one
// cell can hold.
var paramTypes = []form.FieldType{
	form.Text, form.LongText, form.Number, form.Money, form.Date, form.DateTime, form.Time, form.Range, form.Duration,
	form.YesNo, form.User, form.Dept, form.Email, form.Phone, form.URL,
}

// params checks the parameters and takes their values.
func (b *builder) params() {
	if len(b.doc.Params) > maxParams {
		b.add("params", "A workflow has at most %d parameters; this one has %d.", maxParams, len(b.doc.Params))
	}
	b.v.Params = map[string]any{}
	seen := map[string]bool{}
	for i, p := range b.doc.Params {
		at := fmt.Sprintf("params.%d", i)
		switch {
		case !idText.MatchString(p.Name) || !rule.ValidName(p.Name):
			b.add(at+".name", "%q cannot be a name. Use lower case letters, digits and underscores, beginning with a letter, at most 40.", p.Name)
		case seen[p.Name]:
			b.add(at+".name", "The name %q is used by another parameter already. Choose another one.", p.Name)
		}
		seen[p.Name] = true
		b.words(at+".label", p.Label, maxName, false)
		if !slices.Contains(paramTypes, p.Type) {
			b.add(at+".type", "A parameter cannot be of type %q.", p.Type)
			continue
		}
		b.param(at, p)
	}
}

func (b *builder) param(at string, p Param) {
	if p.Value == nil {
		b.add(at+".value", "Fill in %s before publishing.", paramLabel(p))
		return
	}
	v, err := form.Normalize(form.Field{Name: p.Name, Label: paramLabel(p), Type: p.Type}, p.Value)
	if err != nil {
		b.add(at+".value", "%s", err.Message)
		return
	}
	b.v.Params[p.Name] = v
}

func paramLabel(p Param) string {
	if p.Label != "" {
		return p.Label
	}
	return readable(p.Name)
}
