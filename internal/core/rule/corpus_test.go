package rule_test

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/handstamp/handstamp/internal/core/rule"
)

// corpusCase is one line of testdata/corpus.json, which the browser's evaluator
// reads as well. want is the value, or the text "error".
type corpusCase struct {
	Name  string `json:"name"`
	Rule  string `json:"rule"`
	About string `json:"about"`
	Scope struct {
		Form    rule.Schema `json:"form"`
		User    rule.Schema `json:"user"`
		Params  rule.Schema `json:"params"`
		Context rule.Schema `json:"context"`
	} `json:"scope"`
	Input struct {
		Form      map[string]any `json:"form"`
		User      map[string]any `json:"user"`
		Initiator map[string]any `json:"initiator"`
		Assignee  map[string]any `json:"assignee"`
		Run       map[string]any `json:"run"`
		Prev      map[string]any `json:"prev"`
		Context   map[string]any `json:"context"`
		Params    map[string]any `json:"params"`
		Org       map[string]any `json:"org"`
		Step      string         `json:"step"`
		Now       time.Time      `json:"now"`
		Today     string         `json:"today"`
	} `json:"input"`
	Want any `json:"want"`
}

func readCorpus(t testing.TB) []corpusCase {
	t.Helper()
	b, err := os.ReadFile("testdata/corpus.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []corpusCase
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

func (c corpusCase) input() rule.Input {
	in := c.Input
	return rule.Input{
		Form: in.Form, User: in.User, Initiator: in.Initiator, Assignee: in.Assignee, Run: in.Run, Prev: in.Prev,
		Context: in.Context, Params: in.Params, Org: in.Org, Step: in.Step, Now: in.Now, Today: in.Today,
	}
}

func (c corpusCase) compile(t testing.TB) *rule.Rule {
	t.Helper()
	env, err := rule.NewEnv(rule.Scope{Form: c.Scope.Form, User: c.Scope.User, Params: c.Scope.Params, Context: c.Scope.Context})
	if err != nil {
		t.Fatal(err)
	}
	r, problems := env.Compile(rule.CEL(c.Rule), rule.Place{About: c.About})
	if problems != nil {
		t.Fatalf("%s: %v", c.Rule, problems)
	}
	return r
}

// Ensure every case of the shared corpus gives what it says.
func TestCorpus(t *testing.T) {
	cases := readCorpus(t)
	if len(cases) < 200 {
		t.Fatalf("only %d cases", len(cases))
	}
	seen := map[string]bool{}
	for _, c := range cases {
		if seen[c.Name] {
			t.Errorf("two cases are called %q", c.Name)
		}
		seen[c.Name] = true
		t.Run(c.Name, func(t *testing.T) {
			got, err := c.compile(t).Value(c.input())
			if err != nil {
				if c.Want != "error" {
					t.Errorf("%s: %v, want %v", c.Rule, err, c.Want)
				}
				return
			}
			if !reflect.DeepEqual(got, c.Want) {
				t.Errorf("%s = %#v, want %#v", c.Rule, got, c.Want)
			}
		})
	}
}
