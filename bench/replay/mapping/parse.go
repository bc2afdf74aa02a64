package mapping

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/handstamp/handstamp/internal/core/workflow"
)

// maxFile is the largest mapping or workflow file that is read.
const maxFile = 1 << 20

// Load reads a mapping file, and the workflow's file beside it when the mapping
// names one. The error lists every problem with its line.
func Load(path string) (*Mapping, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	beside := func(name string) ([]byte, error) {
		if !filepath.IsAbs(name) {
			name = filepath.Join(filepath.Dir(path), name)
		}
		return readFile(name)
	}
	m, err := Parse(data, beside)
	if err != nil {
		return nil, fmt.Errorf("%s:\n%w", path, err)
	}
	return m, nil
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = fmt.Errorf("%s has more than %d bytes", path, maxFile)
	}
	return data, err
}

// Parse reads a mapping. read returns the content of a file that it names.
func Parse(data []byte, read func(name string) ([]byte, error)) (*Mapping, error) {
	var doc, more yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, errors.New("the mapping is empty")
		}
		return nil, fmt.Errorf("this is not YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, errors.New("the file holds more than one document")
	}
	p := &parser{m: &Mapping{
		Case:  Case{ID: "concept:name"},
		Event: Event{Activity: "concept:name", Lifecycle: "lifecycle:transition", Time: "time:timestamp"},
		Roles: map[string]string{}, People: map[string]People{}, Exceptions: map[string]string{},
		Lifecycle: map[string]Lifecycle{"complete": {Act: Complete}},
	}, read: read}
	p.root(doc.Content[0])
	p.settle()
	return p.m, p.ps.Err()
}

// parser fills a mapping in.
type parser struct {
	reader
	m    *Mapping
	read func(string) ([]byte, error)
}

// root reads the whole mapping.
func (p *parser) root(n *yaml.Node) {
	p.object(n, "The mapping", members{
		"name":       p.text("name", &p.m.Name),
		"workflow":   p.workflow,
		"model":      p.model,
		"case":       p.caseOf,
		"event":      p.event,
		"roles":      p.roles,
		"people":     p.people,
		"lifecycle":  p.lifecycle,
		"activities": p.activities,
		"ends":       p.ends,
		"exceptions": p.exceptions,
	})
	if p.m.Workflow == nil && p.m.Model == nil && len(p.ps) == 0 {
		p.ps.Add(0, "The mapping names no workflow: give `workflow: file.yaml`, or `model: derive` to make one from the log.")
	}
	if p.m.Workflow != nil && p.m.Model != nil {
		p.ps.Add(p.m.Model.Line, "Give either workflow or model, not both.")
	}
	if len(p.m.Event.Role) == 0 {
		p.m.Event.Role = []RoleSource{{Key: "org:role"}}
	}
}

// workflow reads a definition, or the name of the file that holds it.
func (p *parser) workflow(n *yaml.Node) {
	var text []byte
	from := "workflow"
	var err error
	if n.Kind == yaml.ScalarNode {
		from = n.Value
		text, err = p.read(n.Value)
	} else {
		text, err = yaml.Marshal(n)
	}
	if err != nil {
		p.ps.Add(n.Line, "The workflow cannot be read: %v", err)
		return
	}
	d, problems := workflow.ParseYAML(text)
	for _, x := range problems {
		if n.Kind == yaml.ScalarNode {
			p.ps.Add(n.Line, "%s line %d: %s", from, x.Line, x)
		} else {
			p.ps.Add(n.Line, "%s: %s", from, x)
		}
	}
	p.m.Workflow = &d
}

// model reads `derive` or the settings of a definition made from the log.
func (p *parser) model(n *yaml.Node) {
	m := &Model{Desk: "role", Assign: map[string]string{}, Line: n.Line}
	p.m.Model = m
	if n.Kind == yaml.ScalarNode {
		if n.Value != "derive" {
			p.ps.Add(n.Line, "model is `derive`, or an object with settings for that.")
		}
		return
	}
	p.object(n, "model", members{
		"key": p.text("key", &m.Key), "name": p.text("name", &m.Name), "group": p.text("group", &m.Group),
		"requester": p.text("requester", &m.Requester), "desk": p.text("desk", &m.Desk),
		"own_decisions": p.text("own_decisions", &m.OwnDecisions),
		"assign": func(n *yaml.Node) {
			if n.Kind == yaml.ScalarNode {
				p.assign("*", n)
				return
			}
			p.entries(n, "assign", func(key string, _, v *yaml.Node) { p.assign(key, v) })
		},
	})
}

func (p *parser) assign(role string, n *yaml.Node) {
	var how string
	oneOf(&p.reader, "assign", &how, "chosen", "claim", "round_robin", "least_loaded")(n)
	p.m.Model.Assign[role] = how
}

func (p *parser) caseOf(n *yaml.Node) {
	order := "log"
	p.object(n, "case", members{
		"id":     p.text("id", &p.m.Case.ID),
		"order":  oneOf(&p.reader, "order", &order, "log", "time"),
		"values": p.values(&p.m.Case.Values),
	})
	p.m.Case.ByTime = order == "time"
}

func (p *parser) event(n *yaml.Node) {
	e := &p.m.Event
	p.object(n, "event", members{
		"activity": p.text("activity", &e.Activity), "lifecycle": p.text("lifecycle", &e.Lifecycle),
		"time": p.text("time", &e.Time), "person": p.text("person", &e.Person),
		"role": func(n *yaml.Node) {
			items := []*yaml.Node{n}
			if n.Kind == yaml.SequenceNode {
				items = n.Content
			}
			for _, x := range items {
				e.Role = append(e.Role, p.roleSource(x))
			}
		},
	})
}

// roleSource reads an attribute's key, or {from: key, match: expression}.
func (p *parser) roleSource(n *yaml.Node) (s RoleSource) {
	if n.Kind == yaml.ScalarNode {
		p.text("role", &s.Key)(n)
		return s
	}
	p.object(n, "role", members{"from": p.text("from", &s.Key), "match": p.pattern("match", &s.Match)})
	if s.Key == "" {
		p.ps.Add(n.Line, "role needs `from`, the key of an attribute.")
	}
	return s
}

// values reads where the values of form fields come from.
func (p *parser) values(into *[]Value) func(*yaml.Node) {
	return func(n *yaml.Node) {
		p.entries(n, "values", func(field string, k, v *yaml.Node) {
			x := p.value(v, "The value of "+field)
			x.Field, x.Line = field, k.Line
			*into = append(*into, x)
		})
	}
}

func (p *parser) value(n *yaml.Node, what string) Value {
	x := Value{Line: n.Line}
	p.object(n, what, members{
		"from": p.text("from", &x.From), "const": p.anything("const", &x.Const), "default": p.anything("default", &x.Default),
		"next": p.flag("next", &x.Next), "type": p.text("type", &x.Type), "label": p.text("label", &x.Label),
		"currency": p.text("currency", &x.Currency),
	})
	sources := 0
	for _, given := range []bool{x.From != "", x.Const != nil, x.Next} {
		if given {
			sources++
		}
	}
	if sources != 1 && n.Kind == yaml.MappingNode {
		p.ps.Add(n.Line, "%s needs exactly one of from, const and next.", what)
	}
	return x
}

// settle checks what only the whole mapping tells, and brings roles to their keys.
func (p *parser) settle() {
	m := p.m
	people := map[string]People{}
	for role, x := range m.People {
		for i, also := range x.Also {
			x.Also[i] = m.RoleKey(also)
		}
		if x.Manager != "" {
			x.Manager = m.RoleKey(x.Manager)
		}
		people[p.roleOr(role)] = x
	}
	m.People = people
	for i := range m.Activities {
		if a := &m.Activities[i]; a.Role != "" {
			a.Role = m.RoleKey(a.Role)
		}
	}
	if m.Model == nil {
		p.onlyDerived()
		return
	}
	if m.Model.Requester != "" {
		m.Model.Requester = m.RoleKey(m.Model.Requester)
	}
	assign := map[string]string{}
	for role, how := range m.Model.Assign {
		assign[p.roleOr(role)] = how
	}
	m.Model.Assign = assign
	p.onlyWritten()
}

func (p *parser) roleOr(text string) string {
	if text == "*" {
		return text
	}
	return p.m.RoleKey(text)
}

// onlyDerived refuses what has a meaning only for a definition made from the log.
func (p *parser) onlyDerived() {
	for _, a := range p.m.Activities {
		if a.Desk != "" || a.Label != "" {
			p.ps.Add(a.Line, "%q: desk and label are for `model: derive`; a workflow of your own has step and transition.", a.Name)
		}
		needs := []Act{Complete, Reject, SendBack, Claim}
		if slices.Contains(needs, a.Act) && len(a.Steps) == 0 && p.m.Workflow != nil {
			p.ps.Add(a.Line, "%q: say at which step this is done.", a.Name)
		}
	}
	for _, v := range p.m.Case.Values {
		if v.Type != "" || v.Label != "" || v.Currency != "" {
			p.ps.Add(v.Line, "%s: type, label and currency are for `model: derive`; the workflow's own form has them already.", v.Field)
		}
	}
}

// onlyWritten refuses what has no meaning for a definition made from the log.
func (p *parser) onlyWritten() {
	for _, a := range p.m.Activities {
		switch {
		case len(a.Steps) > 0 || len(a.Transitions) > 0:
			p.ps.Add(a.Line, "%q: step and transition are for a workflow of your own; with `model: derive` say desk and label.", a.Name)
		case a.Act == Reject || a.Act == SendBack:
			p.ps.Add(a.Line, "%q: a definition made from the log draws every way back; say `kind: reject` instead.", a.Name)
		case len(a.Values) > 0:
			p.ps.Add(a.Line, "%q: in a definition made from the log only the start fills in the form.", a.Name)
		}
	}
}
