package mapping

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/core/workflow"
)

const flow = `
key: FLOW
name: Flow
group: Test
form: {fields: [{name: amount, type: money, label: Amount}]}
steps:
  - {id: start, type: start}
  - {id: desk, type: task, assignee: {strategy: initiator}, transitions: [{id: ok, to: done}]}
  - {id: done, type: end}
`

// files is a folder in memory.
func files(name string) ([]byte, error) {
	switch name {
	case "flow.yaml":
		return []byte(flow), nil
	case "broken.yaml":
		return []byte("key: FLOW\ncolour: red\n"), nil
	}
	return nil, errors.New("no such file")
}

const whole = `
name: Everything
workflow: flow.yaml
case:
  id: number
  order: time
  values: {amount: {from: total, default: 0}, kind: {const: log}, desk: {next: true}}
event:
  activity: Activity
  lifecycle: state
  time: when
  role: [org:role, {from: Activity, match: ' by (.+)$'}]
  person: org:resource
roles: {UNDEFINED: system}
people: {Clerk: 5, SUPERVISOR: {count: 2, also: [Clerk], rights: [run.operate], manager: Board, department: FIN}, "*": 4}
lifecycle: {complete: act, START: claim, "*": {exception: not work}}
activities:
  Send: start
  "Approve *": {step: [desk, other], transition: ok*, comment: {from: why}}
  Approve finally: {step: desk, kind: approve, role: Clerk}
  Scan: {exception: a machine}
  Return: {act: send_back, step: desk, to: initiator, comment: look again}
ends: {"Approve *": done, Return: {open: [start, desk]}}
exceptions: [{case: "7", reason: lost}]
`

// Ensure every member is read, and names come out as keys.
func TestParse(t *testing.T) {
	m, err := Parse([]byte(whole), files)
	if err != nil {
		t.Fatal(err)
	}
	if m.Workflow == nil || m.Workflow.Key != "FLOW" || !m.Case.ByTime || m.Case.ID != "number" || m.Event.Person != "org:resource" {
		t.Errorf("read %+v", m)
	}
	if len(m.Event.Role) != 2 || m.Event.Role[1].Match.FindStringSubmatch("Sent by me")[1] != "me" {
		t.Errorf("roles from %+v", m.Event.Role)
	}
	if m.RoleKey("UNDEFINED") != "system" || m.RoleKey("BUDGET OWNER") != "budget_owner" {
		t.Error("role keys")
	}
	want := People{Count: 2, Also: []string{"clerk"}, Rights: []string{"run.operate"}, Manager: "board", Department: "FIN"}
	if !reflect.DeepEqual(m.PeopleOf("supervisor"), want) || m.PeopleOf("clerk").Count != 5 || m.PeopleOf("anybody").Count != 4 {
		t.Errorf("people %+v", m.People)
	}
	if m.Lifecycle["start"].Act != Claim || m.Lifecycle["*"].Reason != "not work" || m.Lifecycle["complete"].Act != Complete {
		t.Errorf("lifecycle %+v", m.Lifecycle)
	}
	if m.Exceptions["7"] != "lost" {
		t.Errorf("exceptions %+v", m.Exceptions)
	}
	keys := m.Keys()
	for _, k := range []string{"number", "total", "Activity", "state", "when", "org:role", "org:resource", "why"} {
		if !keys[k] {
			t.Errorf("the attribute %s would not be kept", k)
		}
	}
}

// Ensure the exact name counts before patterns, and patterns in the order of the file.
func TestLookup(t *testing.T) {
	m, err := Parse([]byte(whole), files)
	if err != nil {
		t.Fatal(err)
	}
	a := m.Activity("Approve finally")
	if a == nil || a.Kind != workflow.Approve || a.Role != "clerk" {
		t.Errorf("found %+v", a)
	}
	if a := m.Activity("Approve order"); a == nil || len(a.Steps) != 2 || a.Comment.From != "why" {
		t.Errorf("found %+v", a)
	}
	if m.Activity("Deny") != nil || m.End("Send") != nil || m.End("Approve it").Outcome != "done" {
		t.Error("found what is not there, or missed what is")
	}
}

// Ensure * stands for any text, any number of times.
func TestMatches(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"a", "a", true},
		{"a", "b", false},
		{"*", "", true},
		{"* by *", "Sent by me", true},
		{"* by *", "Sent to me", false},
		{"Sent*", "Sent", true},
		{"a*a", "a", false},
		{"a*b*c", "axbybzc", true},
		{"a*b*c", "acb", false},
		{"*x", "xx", true},
	} {
		if Matches(c.pattern, c.name) != c.want {
			t.Errorf("Matches(%q, %q) is %v", c.pattern, c.name, !c.want)
		}
	}
}

// Ensure keys are keys, and different texts in other alphabets have different ones.
func TestSlug(t *testing.T) {
	for text, want := range map[string]string{
		"BUDGET OWNER": "budget_owner", "Pre-Approver (2)": "pre_approver_2", "Büro": "buro", "3rd level": "n3rd_level", "": "other", "--": "other",
	} {
		if got := Slug(text, 40); got != want {
			t.Errorf("Slug(%q) is %q", text, got)
		}
	}
	if Slug("经理", 40) == Slug("财务", 40) || len(Slug(strings.Repeat("ж", 90)+"a", 40)) > 40 {
		t.Error("other alphabets")
	}
}

// Ensure everything that is wrong is told, each with its line.
func TestProblems(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"empty":               {"", "empty"},
		"not YAML":            {"a: [", "not YAML"},
		"two documents":       {"model: derive\n---\nmodel: derive\n", "more than one document"},
		"no workflow":         {"name: x\n", "names no workflow"},
		"both":                {"workflow: flow.yaml\nmodel: derive\n", "line 2: Give either workflow or model"},
		"unknown":             {"model: derive\ncolour: red\n", `line 2: The mapping has no member "colour"; it may have activities`},
		"twice":               {"model: derive\nname: a\nname: b\n", `line 3: "name" stands in line 2 already`},
		"alias":               {"model: derive\nname: &a x\n", "line 2: Anchors"},
		"star without quotes": {"model: derive\nactivities:\n  *: start\n", "line 3"},
		"missing file":        {"workflow: none.yaml\n", "line 1: The workflow cannot be read: no such file"},
		"broken workflow":     {"workflow: broken.yaml\n", "line 1: broken.yaml line 2"},
		"broken inline":       {"workflow: {key: FLOW, colour: red}\n", "line 1: workflow: colour"},
		"model":               {"model: guess\n", "line 1: model is `derive`"},
		"unknown act":         {"model: derive\nactivities:\n  A: fly\n", `line 3: activities.A cannot be "fly"; use start, draft`},
		"act and exception":   {"model: derive\nactivities:\n  A: {act: start, exception: no}\n", "line 3: \"A\" is either replayed"},
		"send back":           {"workflow: flow.yaml\nactivities:\n  A: {act: send_back, step: desk}\n", "line 3: \"A\": `act: send_back` and `to`"},
		"sent":                {"model: derive\nactivities:\n  A: {sent: so}\n", "line 3: \"A\": `sent` belongs to `act: draft`"},
		"no step":             {"workflow: flow.yaml\nactivities:\n  A: {kind: approve}\n", "line 3: \"A\": say at which step"},
		"step in a model":     {"model: derive\nactivities:\n  A: {step: desk}\n", "line 3: \"A\": step and transition are for a workflow of your own"},
		"desk in a workflow":  {"workflow: flow.yaml\nactivities:\n  A: {step: desk, desk: x}\n", "line 3: \"A\": desk and label are for `model: derive`"},
		"two sources":         {"model: derive\ncase: {values: {a: {from: x, const: 1}}}\n", "line 2: The value of a needs exactly one of"},
		"type in a workflow":  {"workflow: flow.yaml\ncase: {values: {amount: {from: x, type: text}}}\n", "line 2: amount: type, label and currency"},
		"nobody":              {"model: derive\npeople: 0\n", "line 2: people must be a whole number from 1"},
		"no group":            {"model: derive\nevent: {role: {from: a, match: x}}\n", "line 2: match: put the part that names the role into ( )"},
		"no expression":       {"model: derive\nevent: {role: {from: a, match: '('}}\n", "line 2: match: \"(\" is no regular expression"},
		"lifecycle":           {"model: derive\nlifecycle: {start: begin}\n", `line 2: lifecycle.start cannot be "begin"; use act, claim`},
		"end":                 {"model: derive\nends: {A: {}}\n", "line 2: ends.A needs an outcome"},
		"exception":           {"model: derive\nexceptions: [{case: a}]\n", "line 2: An exception names a case and the reason"},
		"exceptions":          {"model: derive\nexceptions: a\n", "line 2: exceptions must be a list"},
		"role key":            {"model: derive\nroles: {A: Big Boss}\n", `line 2: "Big Boss" cannot be the key of a role; "big_boss" could`},
		"null":                {"model: derive\nname:\n", "line 2: name must be a text"},
		"a list as object":    {"model: derive\ncase: [a]\n", "line 2: case must be an object"},
	} {
		_, err := Parse([]byte(c.in), files)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// Ensure one reading tells several problems, in the order of their lines.
func TestAllProblems(t *testing.T) {
	_, err := Parse([]byte("colour: red\nmodel: derive\nsize: 3\n"), files)
	if err == nil || strings.Count(err.Error(), "\n") != 1 || strings.Index(err.Error(), "line 1") > strings.Index(err.Error(), "line 3") {
		t.Errorf("told %v", err)
	}
}

// Ensure files are found beside the mapping, and the mapping's name heads its problems.
func TestLoad(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("flow.yaml", flow)
	if m, err := Load(write("a.yaml", "workflow: flow.yaml\n")); err != nil || m.Workflow.Name != "Flow" {
		t.Errorf("%+v, %v", m, err)
	}
	path := write("b.yaml", "colour: red\n")
	if _, err := Load(path); err == nil || !strings.HasPrefix(err.Error(), path+":\nline 1") {
		t.Errorf("%v", err)
	}
	if _, err := Load(write("c.yaml", strings.Repeat(" ", maxFile)+"x")); err == nil || !strings.Contains(err.Error(), "more than") {
		t.Errorf("a gigantic file: %v", err)
	}
}

// FuzzParse looks for a mapping that makes the reader panic.
func FuzzParse(f *testing.F) {
	f.Add(whole)
	f.Add("model: derive\n")
	f.Fuzz(func(_ *testing.T, in string) { _, _ = Parse([]byte(in), files) })
}
