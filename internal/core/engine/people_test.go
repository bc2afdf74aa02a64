package engine_test

import (
	"fmt"
	"strings"

	"github.com/google/uuid"
	"gopkg.in/yaml.v3"

	"github.com/handstamp/handstamp/internal/core/engine/enginetest"
)

// people reads who belongs to the organization, one line for each; turns are
// taken in this order:
//
//	asha: {manager: ravi, department: HR, roles: [payroll], level_rank: 3}
//
// head: names the department he heads, load: his other open tasks; operator: and
// disabled: are true or not said. Everything else is an attribute.
func (s *stage) people(input string) (string, error) {
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(input), &n); err != nil {
		return "", err
	}
	fields := n.Content[0].Content
	for i := 0; i+1 < len(fields); i += 2 {
		key := fields[i].Value
		p := &enginetest.Person{
			ID: personID(len(s.org.People) + 1), Name: strings.ToUpper(key[:1]) + key[1:], Email: key + "@acme.example",
			Attributes: map[string]any{},
		}
		if s.ids[key] != uuid.Nil {
			return "", fmt.Errorf("%s is there already", key)
		}
		s.ids[key] = p.ID
		s.org.People = append(s.org.People, p)
	}
	for i := 0; i+1 < len(fields); i += 2 {
		v, err := plain(fields[i+1])
		if err != nil {
			return "", err
		}
		about, _ := v.(map[string]any)
		if err := s.describe(s.org.Person(s.ids[fields[i].Value]), about); err != nil {
			return "", err
		}
	}
	return "", nil
}

// personID follows the order of the list, so that turns do as well.
func personID(n int) uuid.UUID {
	return uuid.UUID{0: 0x50, 6: 0x70, 8: 0x80, 14: byte(n >> 8), 15: byte(n)}
}

// change changes somebody: person ravi disabled=true manager=vik.
func (s *stage) change(l line) (string, error) {
	p := s.org.Person(s.ids[l.word(0)])
	if p == nil {
		return "", fmt.Errorf("there is nobody called %q", l.word(0))
	}
	about := map[string]any{}
	for name, text := range l.set {
		v, err := scalar(text)
		if err != nil {
			return "", err
		}
		about[name] = v
	}
	return "", s.describe(p, about)
}

func (s *stage) describe(p *enginetest.Person, about map[string]any) error {
	for name, v := range about {
		text, _ := v.(string)
		number, _ := v.(float64)
		yes, _ := v.(bool)
		switch name {
		case "name":
			p.Name = text
		case "manager":
			id, ok := s.ids[text]
			if !ok && text != "" {
				return fmt.Errorf("there is nobody called %q", text)
			}
			p.Manager = id
		case "department":
			p.Department = text
		case "head":
			s.org.Heads[text] = p.ID
		case "roles":
			p.Roles = nil
			for _, r := range v.([]any) {
				p.Roles = append(p.Roles, r.(string))
			}
		case "load":
			p.Load = int(number)
		case "disabled":
			p.Disabled = yes
		case "operator":
			p.Operator = yes
		default:
			p.Attributes[name] = v
		}
	}
	return nil
}
