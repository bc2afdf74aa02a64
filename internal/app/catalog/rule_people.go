package catalog

import (
	"context"
	"encoding/json"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/facts"
)

const (
	// firstPeople is how many of those who match are named.
	firstPeople = 10
	// mostMatches bounds the work for an organization of any size.
	mostMatches = 10_000
	// maxRule is the longest rule that is tried, in bytes of JSON. What a hundred rows
	// with their values take stays below.
	maxRule = 64 << 10
)

// Matches is whom a rule over people names at this moment.
type Matches struct {
	Count   int            `json:"count" doc:"How many active people match."`
	More    bool           `json:"more,omitempty" doc:"There are more than were counted."`
	People  []facts.Person `json:"people" doc:"The first of them by name, ten at most."`
	Depends bool           `json:"depends,omitempty" doc:"Who matches can only be told for a given request; nobody was looked for."`
	On      []string       `json:"on,omitempty" doc:"What of the request it depends on." example:"initiator.department"`
}

// RulePeople tells a designer whom a rule over user would find now, by the same
// search that finds candidates. It takes two round trips: the attributes that rules
// may name, then the people.
func (s *Service) RulePeople(ctx context.Context, a access.Actor, text json.RawMessage) (Matches, error) {
	if err := access.CheckCreateWorkflow(a); err != nil {
		return Matches{}, err
	}
	src, err := ruleSource(text)
	if err != nil {
		return Matches{}, err
	}
	if on := src.OfRequest(); len(on) > 0 {
		return Matches{People: []facts.Person{}, Depends: true, On: on}, nil
	}
	send := s.reader(ctx, a)
	scope := rule.Scope{User: rule.Schema{}}
	var x facts.Viewer // for today, and what the organization is called
	b := db.NewBatch()
	facts.UserSchema(b, scope.User)
	facts.QueueViewer(b, a.User, &x)
	if err := send(b); err != nil {
		return Matches{}, err
	}
	r, err := searching(src, scope)
	if err != nil {
		return Matches{}, err
	}
	return whoMatches(send, engine.Need{
		Kind: engine.NeedCandidates, Rule: r, Input: rule.Input{Org: x.Org, Now: x.Now, Today: x.Today},
	})
}

// ruleSource reads a rule as it was sent.
func ruleSource(text json.RawMessage) (src rule.Source, err error) {
	if len(text) > maxRule {
		return src, fault.At("rule", "The rule is too long.")
	}
	if err := json.Unmarshal(text, &src); err != nil {
		return src, fault.At("rule", "This cannot be read as a rule: %v.", err)
	}
	if src.IsZero() {
		return src, fault.At("rule", "Give a rule.")
	}
	return src, nil
}

// searching compiles a rule that the database can search people with.
func searching(src rule.Source, scope rule.Scope) (*rule.Rule, error) {
	env, err := rule.NewEnv(scope)
	if err != nil {
		return nil, err
	}
	r, ps := env.Compile(src, rule.Place{Gives: rule.Bool, About: rule.People})
	if len(ps) > 0 {
		for i := range ps {
			ps[i].Path = "rule"
		}
		return nil, refuse(ps, "%s", ps[0].Message)
	}
	if err := r.CheckSQL(); err != nil {
		return nil, fault.At("rule", "%v", err)
	}
	return r, nil
}

// whoMatches counts who meets the need and names the first of them.
func whoMatches(send func(*db.Batch) error, need engine.Need) (Matches, error) {
	out := Matches{People: []facts.Person{}}
	var people []engine.Person
	b := db.NewBatch()
	if err := facts.Search(b, need, "", firstPeople, &people); err != nil {
		return out, err
	}
	if err := facts.Count(b, need, mostMatches+1, &out.Count); err != nil {
		return out, err
	}
	if err := send(b); err != nil {
		return out, err
	}
	if out.Count > mostMatches {
		out.Count, out.More = mostMatches, true
	}
	for _, p := range people {
		out.People = append(out.People, facts.PersonOf(p))
	}
	return out, nil
}
