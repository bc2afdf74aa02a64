package form

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/handstamp/handstamp/internal/core/rule"
)

// compile compiles one rule where there is one and reports its problems at the path.
func (b *compiler) compile(at string, src rule.Source, p rule.Place) *rule.Rule {
	if src.IsZero() || b.env == nil {
		return nil
	}
	r, ps := b.env.Compile(src, p)
	for _, x := range ps {
		x.Path = at
		b.ps = append(b.ps, x)
	}
	if len(ps) > 0 {
		return nil
	}
	if p.About == rule.People {
		if err := r.CheckSQL(); err != nil {
			b.ps.Add(at, "This rule cannot search people: %v.", err)
		}
	}
	b.mentions(at, r)
	return r
}

// Comparisons of a step with a literal: step == "hr", prev.step in ["hr", "it"].
var (
	stepCompared = regexp.MustCompile(`\bstep\s*(?:==|!=)\s*(?:"([^"\\]*)"|'([^'\\]*)')`)
	stepIn       = regexp.MustCompile(`\bstep\s+in\s*\[([^\]]*)\]`)
	quoted       = regexp.MustCompile(`"([^"\\]*)"|'([^'\\]*)'`)
)

// mentions reports steps that a rule compares with and that do not exist: such a
// rule type-checks and never holds.
func (b *compiler) mentions(at string, r *rule.Rule) {
	if b.steps == nil {
		return
	}
	for _, id := range UnknownSteps(r, b.steps) {
		b.ps.Add(at, "The rule compares with a step %q that does not exist.", id)
	}
}

// UnknownSteps lists the literals that a rule compares the step with and that
// are not among steps.
func UnknownSteps(r *rule.Rule, steps []string) []string {
	if !slices.Contains(r.Refs(), "step") && !slices.Contains(r.Refs(), "prev.step") {
		return nil
	}
	text := r.Source()
	found := stepCompared.FindAllStringSubmatch(text, -1)
	for _, list := range stepIn.FindAllStringSubmatch(text, -1) {
		found = append(found, quoted.FindAllStringSubmatch(list[1], -1)...)
	}
	var out []string
	for _, m := range found {
		if id := m[1] + m[2]; !slices.Contains(steps, id) {
			out = append(out, id)
		}
	}
	return out
}

// computed compiles the rules that give the field its value.
func (b *compiler) computed(at string, f *field) {
	gives := rule.Place{Gives: f.kind.rule}
	if !f.Calculate.IsZero() {
		b.calculation(at, f)
		f.calculate = b.compile(at+".calculate", f.Calculate, gives)
	}
	if f.Default != nil && !f.DefaultRule.IsZero() {
		b.ps.Add(at+".default_rule", "A field has either a default or a rule for it, not both.")
	}
	if !f.DefaultRule.IsZero() && f.kind.holdsValue() {
		if f.Type == Table || f.Type == Range {
			b.ps.Add(at+".default_rule", "A field of type %s cannot have a rule for its default.", f.Type)
			return
		}
		f.defaultRule = b.compile(at+".default_rule", f.DefaultRule, gives)
	}
}

func (b *compiler) calculation(at string, f *field) {
	if !f.kind.holdsValue() || f.Type == Table || f.Type == Range {
		b.ps.Add(at+".calculate", "A field of type %s cannot be calculated.", f.Type)
	}
	if f.Required {
		b.ps.Add(at+".required", "A calculated field cannot be required: nobody enters it.")
	}
	if f.Default != nil || !f.DefaultRule.IsZero() {
		b.ps.Add(at+".default", "A calculated field cannot have a default.")
	}
}

// rules compiles visibility and validation.
func (b *compiler) rules(at string, f *field) {
	f.visible = b.compile(at+".visible_when", f.VisibleWhen, rule.Place{Gives: rule.Bool})
	for i, c := range f.Rules {
		path := fmt.Sprintf("%s.rules.%d", at, i)
		if c.Check.IsZero() {
			b.ps.Add(path+".check", "The rule is empty.")
		}
		if strings.TrimSpace(c.Message) == "" {
			b.ps.Add(path+".message", "Say what is wrong and what to do when the rule does not hold.")
		}
		if r := b.compile(path+".check", c.Check, rule.Place{Gives: rule.Bool}); r != nil {
			f.checks = append(f.checks, check{r, c.Message, formReads(r)})
		}
	}
	f.calcReads = formReads(f.calculate)
	f.visibleReads = formReads(f.visible)
	f.steady = dependsOnly(f.visible, "form.", "initiator.", "params.", "org.")
}

// formReads lists the fields a rule mentions.
func formReads(r *rule.Rule) []string {
	if r == nil {
		return nil
	}
	var out []string
	for _, ref := range r.Refs() {
		if name, ok := strings.CutPrefix(ref, "form."); ok {
			out = append(out, name)
		}
	}
	return out
}

func dependsOnly(r *rule.Rule, roots ...string) bool {
	if r == nil {
		return false
	}
	for _, ref := range r.Refs() {
		if !slices.ContainsFunc(roots, func(root string) bool { return strings.HasPrefix(ref, root) }) {
			return false
		}
	}
	return true
}

// order puts every field after those its calculation and its visibility read,
// and reports circles.
func (b *compiler) order(c *Compiled) {
	const visiting, done = 1, 2
	state := map[string]int{}
	var trail []string
	var visit func(f *field)
	visit = func(f *field) {
		switch state[f.Name] {
		case done:
			return
		case visiting:
			b.circle(c, f, trail)
			return
		}
		state[f.Name] = visiting
		trail = append(trail, f.Name)
		for _, name := range slices.Concat(f.calcReads, f.visibleReads) {
			if next := c.byName[name]; next != nil {
				visit(next)
			}
		}
		trail = trail[:len(trail)-1]
		state[f.Name] = done
		c.order = append(c.order, f)
	}
	for _, f := range c.fields {
		if c.byName[f.Name] == f {
			visit(f)
		}
	}
}

func (b *compiler) circle(c *Compiled, f *field, trail []string) {
	round := append(slices.Clone(trail[slices.Index(trail, f.Name):]), f.Name)
	member := "calculate"
	if len(round) > 1 && !slices.Contains(f.calcReads, round[1]) {
		member = "visible_when"
	}
	at := fmt.Sprintf("form.fields.%d.%s", slices.Index(c.fields, f), member)
	b.ps.Add(at, "The rules go in a circle: %s. A field cannot depend on itself.", strings.Join(round, " → "))
}
