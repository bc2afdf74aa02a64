package mapping

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/handstamp/handstamp/internal/core/workflow"
)

func (p *parser) roles(n *yaml.Node) {
	p.entries(n, "roles", func(name string, k, v *yaml.Node) {
		var key string
		p.text("roles."+name, &key)(v)
		if key != "" && Slug(key, maxKey) != key {
			p.ps.Add(k.Line, "%q cannot be the key of a role; %q could.", key, Slug(key, maxKey))
		}
		p.m.Roles[name] = key
	})
}

// maxPeople bounds the people of one role.
const maxPeople = 5000

func (p *parser) people(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode {
		x := People{}
		p.count("people", maxPeople, &x.Count)(n)
		p.m.People["*"] = x
		return
	}
	p.entries(n, "people", func(role string, _, v *yaml.Node) {
		x := People{Count: defaultPeople}
		if v.Kind == yaml.ScalarNode {
			p.count("people."+role, maxPeople, &x.Count)(v)
		} else {
			p.object(v, "people."+role, members{
				"count": p.count("count", maxPeople, &x.Count), "also": p.texts("also", &x.Also), "rights": p.texts("rights", &x.Rights),
				"manager": p.text("manager", &x.Manager), "department": p.text("department", &x.Department),
			})
		}
		p.m.People[role] = x
	})
}

func (p *parser) lifecycle(n *yaml.Node) {
	p.entries(n, "lifecycle", func(name string, _, v *yaml.Node) {
		var l Lifecycle
		if v.Kind == yaml.ScalarNode {
			var word string
			oneOf(&p.reader, "lifecycle."+name, &word, "act", "claim")(v)
			l.Act = map[string]Act{"act": Complete, "claim": Claim}[word]
		} else {
			l.Act = Except
			p.object(v, "lifecycle."+name, members{"exception": p.text("exception", &l.Reason)})
		}
		p.m.Lifecycle[strings.ToLower(name)] = l
	})
}

var acts = []Act{Start, Draft, Complete, Reject, SendBack, Claim, Comment, Cancel}

func (p *parser) activities(n *yaml.Node) {
	p.entries(n, "activities", func(name string, k, v *yaml.Node) {
		a := Activity{Name: name, Line: k.Line}
		if v.Kind == yaml.ScalarNode {
			oneOf(&p.reader, "activities."+name, &a.Act, acts...)(v)
		} else {
			p.activity(v, &a)
		}
		p.m.Activities = append(p.m.Activities, a)
	})
}

func (p *parser) activity(n *yaml.Node, a *Activity) {
	p.object(n, "activities."+a.Name, members{
		"act":        oneOf(&p.reader, "act", &a.Act, acts...),
		"step":       p.texts("step", &a.Steps),
		"transition": p.texts("transition", &a.Transitions),
		"kind":       oneOf(&p.reader, "kind", &a.Kind, workflow.Approve, workflow.Reject, workflow.Forward),
		"role":       p.text("role", &a.Role),
		"to":         p.text("to", &a.To),
		"values":     p.values(&a.Values),
		"sent":       p.text("sent", &a.Sent),
		"exception":  p.text("exception", &a.Exception),
		"desk":       p.text("desk", &a.Desk),
		"label":      p.text("label", &a.Label),
		"comment": func(n *yaml.Node) {
			v := Value{Line: n.Line}
			if n.Kind == yaml.ScalarNode {
				p.anything("comment", &v.Const)(n)
			} else {
				v = p.value(n, "comment")
			}
			a.Comment = &v
		},
	})
	p.consistent(a)
}

// consistent checks that the members of an activity fit its act.
func (p *parser) consistent(a *Activity) {
	if a.Exception != "" {
		if a.Act != "" {
			p.ps.Add(a.Line, "%q is either replayed as an act or excepted, not both.", a.Name)
		}
		a.Act = Except
	}
	if a.Act == "" {
		a.Act = Complete
	}
	if (a.Act == SendBack) != (a.To != "") {
		p.ps.Add(a.Line, "%q: `act: send_back` and `to` (initiator, previous or a step) belong together.", a.Name)
	}
	if a.Sent != "" && a.Act != Draft {
		p.ps.Add(a.Line, "%q: `sent` belongs to `act: draft`.", a.Name)
	}
	if len(a.Transitions)+len(a.Kind) > 0 && a.Act != Complete && a.Act != Start {
		p.ps.Add(a.Line, "%q: transition and kind belong to `act: complete` or `start`.", a.Name)
	}
}

func (p *parser) ends(n *yaml.Node) {
	p.entries(n, "ends", func(name string, k, v *yaml.Node) {
		e := End{Name: name, Line: k.Line}
		if v.Kind == yaml.ScalarNode {
			p.text("ends."+name, &e.Outcome)(v)
		} else {
			p.object(v, "ends."+name, members{"outcome": p.text("outcome", &e.Outcome), "open": p.texts("open", &e.Open)})
			if (e.Outcome == "") == (len(e.Open) == 0) && v.Kind == yaml.MappingNode {
				p.ps.Add(k.Line, "ends.%s needs an outcome, or the step at which it is still open.", name)
			}
		}
		p.m.Ends = append(p.m.Ends, e)
	})
}

func (p *parser) exceptions(n *yaml.Node) {
	if n.Kind != yaml.SequenceNode {
		p.ps.Add(n.Line, "exceptions must be a list of {case: …, reason: …}.")
		return
	}
	for _, x := range n.Content {
		var id, reason string
		p.object(x, "An exception", members{"case": p.text("case", &id), "reason": p.text("reason", &reason)})
		if id == "" || reason == "" {
			p.ps.Add(x.Line, "An exception names a case and the reason why it is not replayed.")
			continue
		}
		p.m.Exceptions[id] = reason
	}
}
