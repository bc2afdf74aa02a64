package workflow

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
)

type parseCase struct {
	text         string
	path         string
	line, column int
	message      string
}

func (c parseCase) check(t *testing.T, parse func([]byte) (Document, fault.Problems)) {
	t.Helper()
	d, ps := parse([]byte(c.text))
	if len(ps) == 0 || !reflect.DeepEqual(d, Document{}) {
		t.Fatalf("%q is read as %+v, %v", c.text, d, ps)
	}
	for _, p := range ps {
		if p.Path == c.path && strings.Contains(p.Message, c.message) && p.Line == c.line && p.Column == c.column {
			return
		}
	}
	t.Errorf("%q gives %+v, want %+v", c.text, ps, c)
}

func TestParseYAMLProblems(t *testing.T) {
	for name, c := range map[string]parseCase{
		"empty":              {"", "", 0, 0, "the document is empty"},
		"a comment":          {"# nothing\n", "", 0, 0, "the document is empty"},
		"no yaml":            {"key: [", "", 1, 0, "This is not YAML: did not find expected node content"},
		"a list":             {"- a", "", 1, 1, "A document is an object with key, name, form and steps"},
		"a text":             {"hello", "", 1, 1, "A document is an object"},
		"two documents":      {"key: A\n---\nkey: B\n", "", 2, 0, "a second document begins here"},
		"unknown member":     {"key: A\ncolour: red\n", "colour", 2, 1, `There is no member "colour" here. Use: key, name`},
		"misspelt":           {"steps:\n  - {id: a, trasitions: []}\n", "steps.a.trasitions", 2, 13, `Did you mean "transitions"?`},
		"other case":         {"Key: A\n", "Key", 1, 1, `There is no member "Key" here. Did you mean "key"?`},
		"twice":              {"key: A\nname: B\nkey: C\n", "key", 3, 1, `The member "key" stands here twice`},
		"twice, deep":        {"steps:\n  - id: manager\n    fields: {a: edit, b: read, a: hidden}\n", "steps.manager.fields.a", 3, 32, "twice"},
		"twice in a value":   {"params: [{name: a, value: {x: 1, x: 2}}]\n", "params.0.value.x", 1, 34, "twice"},
		"anchor":             {"key: &a A\nname: *a\n", "", 1, 6, "Anchors (&) and aliases (*) are not allowed"},
		"alias":              {"key: &a A\nname: *a\n", "", 2, 7, "Anchors (&) and aliases (*) are not allowed"},
		"merge":              {"sla:\n  <<: {limit: 1d}\n", "", 2, 3, "Merging with << is not allowed"},
		"tag":                {"key: !!binary QQ==\n", "", 1, 6, "Tags (!) are not allowed"},
		"own tag":            {"key: !secret A\n", "", 1, 6, "Tags (!) are not allowed"},
		"odd key":            {"? [a, b]\n: c\n", "", 1, 3, "must be plain text"},
		"control":            {"name: \"a\\0b\"\n", "name", 1, 7, "control character U+0000"},
		"control in a key":   {"canvas: {\"a\\ab\": [1, 2]}\n", "canvas.a\ab", 1, 10, "control character U+0007"},
		"infinite":           {"canvas: {a: [.inf, 1]}\n", "", 1, 14, `".inf" is not a number`},
		"text for a list":    {"steps: none\n", "steps", 1, 8, "This must be a list"},
		"list for text":      {"key: [A]\n", "key", 1, 6, "This must be text"},
		"list for an object": {"sla: []\n", "sla", 1, 6, "This must be an object with: limit, soft"},
		"list for a map":     {"canvas: []\n", "canvas", 1, 9, "This must be an object"},
		"text for yes":       {"duties: {initiator_decides: maybe}\n", "duties.initiator_decides", 1, 29, "This must be true or false"},
		"text for a number":  {"form: {fields: [{name: a, type: text, min: low}]}\n", "form.fields.0.min", 1, 44, "This must be a number"},
		"half a row":         {"form: {fields: [{name: a, type: table, min_rows: 1.5}]}\n", "form.fields.0.min_rows", 1, 50, "This must be a whole number"},
		"pair of three":      {"duties: {apart: [[a, b, c]]}\n", "duties.apart.0", 1, 18, "This must be a list of 2"},
		"empty entry":        {"steps:\n  -\n  - {id: a}\n", "steps.0", 2, 4, "The entry is empty"},
		"empty mode":         {"steps: [{id: a, fields: {x: }}]\n", "steps.a.fields.x", 1, 29, "The entry is empty"},
		"rule of a number":   {"title: 7\n", "title", 1, 8, "A rule is a text"},
		"rows of nothing":    {"title: {row: []}\n", "title", 1, 8, "A rule is a text"},
		"too deep":           {"params: [{value: " + strings.Repeat("[", 70) + strings.Repeat("]", 70) + "}]", "", 1, 80, "nested deeper than 64 levels"},
		"too large":          {"name: " + strings.Repeat("x", maxBytes), "", 0, 0, "at most 262144 fit"},
		"not UTF-8":          {"name: \xff\n", "", 0, 0, "This is not YAML"},
	} {
		t.Run(name, func(t *testing.T) { c.check(t, ParseYAML) })
	}
}

func TestParseJSONProblems(t *testing.T) {
	for name, c := range map[string]parseCase{
		"empty":             {"", "", 1, 1, "unexpected end of JSON input"},
		"no json":           {`{"key": A}`, "", 1, 9, "This is not JSON: invalid character 'A'"},
		"cut":               {`{"key": "A", "steps": [`, "", 1, 24, "unexpected end of JSON input"},
		"more behind":       {`{} {}`, "", 1, 4, "after top-level value"},
		"a list":            {`[]`, "", 1, 1, "A document is an object"},
		"null":              {`null`, "", 1, 1, "A document is an object"},
		"unknown member":    {"{\n  \"colour\": 1\n}", "colour", 2, 3, `There is no member "colour" here`},
		"other case":        {`{"key": "A", "NAME": "B"}`, "NAME", 1, 14, `Did you mean "name"?`},
		"twice":             {"{\"key\": \"A\",\n \"key\": \"B\"}", "key", 2, 2, "twice"},
		"twice, escaped":    {`{"key": "A", "k\u0065y": "B"}`, "key", 1, 14, "twice"},
		"twice in rows":     {`{"title": {"rows": {"combinator": "and", "rules": [], "rules": []}}}`, "title.rows.rules", 1, 55, "twice"},
		"number for text":   {`{"key": 7}`, "key", 1, 9, "This must be text"},
		"yes for text":      {`{"key": true}`, "key", 1, 9, "This must be text"},
		"text for a number": {`{"canvas": {"a": ["1", 2]}}`, "canvas.a.0", 1, 19, "This must be a number"},
		"huge number":       {`{"canvas": {"a": [1e999, 2]}}`, "", 1, 24, "This is not JSON"},
		"NUL":               {`{"name": "a\u0000b"}`, "name", 1, 10, "control character U+0000"},
		"too deep":          {`{"params": ` + strings.Repeat("[", 70) + strings.Repeat("]", 70) + `}`, "", 1, 76, "nested deeper than 64 levels"},
		"too large":         {`{"name": "` + strings.Repeat("x", maxBytes) + `"}`, "", 0, 0, "at most 262144 fit"},
		"not UTF-8":         {"{\"name\": \"\xff\"}", "", 0, 0, "not valid UTF-8"},
	} {
		t.Run(name, func(t *testing.T) { c.check(t, ParseJSON) })
	}
}

// Ensure all problems come at once.
func TestParseTellsAll(t *testing.T) {
	_, ps := ParseYAML([]byte("Key: A\nname: [x]\nsteps: [{id: a, typ: task}]\n"))
	if len(ps) != 3 {
		t.Errorf("got %v", ps)
	}
}

// Ensure YAML's own ideas of values do not change what people wrote.
func TestParseYAMLText(t *testing.T) {
	d, ps := ParseYAML([]byte("key: 007\nname: 2026-01-31\ndescription: True\ngroup: No\nicon: 1_000\nprefix:\n" +
		"params: [{name: a, type: text, value: 2026-01-31}, {name: b, type: yes_no, value: false}, {name: c, type: text, value: off}, {name: d, type: number, value: 0x10}]\n" +
		"notify: {events: none}\nduties: {initiator_decides: true}\nform: {fields: [{name: a, options: [{value: 1}, {value: yes}]}]}\n"))
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	want := Document{
		Key: "007", Name: "2026-01-31", Description: "True", Group: "No", Icon: "1_000",
		Params: []Param{
			{Name: "a", Type: "text", Value: "2026-01-31"},
			{Name: "b", Type: "yes_no", Value: false},
			{Name: "c", Type: "text", Value: "off"},
			{Name: "d", Type: "number", Value: 16.0},
		},
		Notify: &Notify{Events: "none"}, Duties: &Duties{InitiatorDecides: true},
		Form: form.Form{Fields: []form.Field{{Name: "a", Options: []form.Option{{Value: "1"}, {Value: "yes"}}}}},
	}
	if !reflect.DeepEqual(d, want) {
		t.Errorf("got %+v, want %+v", d, want)
	}
}

func TestYAMLIsReadable(t *testing.T) {
	y, err := leave(t).YAML()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\n    - {name: leave_from, type: date, label: Leave from, required: true}\n",
		"\n  - {id: submit, type: start}\n",
		"\n    assignee: {strategy: manager, of: initiator}\n",
		"\n      - {id: short, to: hr}\n",
		"\n    sla: {limit: 2d, remind: [1d], escalate: manager}\n",
		"\nvisible_to: user.status == \"active\"\n",
		"\n  manager: [320, 80]\n",
	} {
		if !strings.Contains(strings.Replace(string(y), "canvas: {manager", "canvas:\n  manager", 1), strings.TrimSuffix(want, "\n")) {
			t.Errorf("the YAML lacks %q:\n%s", want, y)
		}
	}
	order := []string{"key:", "\nname:", "\ngroup:", "\nform:", "\nsteps:", "\nsla:", "\ncanvas:"}
	last := -1
	for _, k := range order {
		at := strings.Index(string(y), k)
		if at <= last {
			t.Errorf("%q does not stand in its place", k)
		}
		last = at
	}
}

func TestYAMLWritesFieldNamesPlainly(t *testing.T) {
	d := leave(t)
	d.Form.Layout = []form.Item{{Section: "When", Items: []form.Item{{Columns: []form.Item{{Field: "leave_from"}, {Field: "leave_to"}}}, {Field: "days"}}}}
	y, err := d.YAML()
	if err != nil || !strings.Contains(string(y), "{columns: [leave_from, leave_to]}") || strings.Contains(string(y), "field: days") {
		t.Errorf("%v\n%s", err, y)
	}
	same(t, d)
}

func TestHash(t *testing.T) {
	a, b := leave(t), leave(t)
	if a.Hash() != b.Hash() || len(a.Hash()) != 64 {
		t.Error("the same document has two hashes")
	}
	b.Steps[0].Name = "x"
	if a.Hash() == b.Hash() {
		t.Error("two documents have one hash")
	}
	a.Notify.Events = func() {}
	if a.Hash() != "" {
		t.Error("what is no document has a hash")
	}
	if _, err := a.YAML(); err == nil {
		t.Error("what is no document has YAML")
	}
}

func TestJSONIsCanonical(t *testing.T) {
	j, err := Document{Name: "a < b"}.JSON()
	if err != nil || string(j) != `{"key":"","name":"a < b","group":"","form":{"fields":[]},"steps":[]}` {
		t.Errorf("got %s, %v", j, err)
	}
	// What rows keep besides is compact and in one form, too.
	d, ps := ParseJSON([]byte(`{"title": {"rows": {"combinator": "and", "rules": [{"field": "form.days", "operator": ">", "value": 1.50, "id" : {"b": 1.0, "a": 2}}]}}}`))
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	same(t, d)
}

func TestClone(t *testing.T) {
	d := leave(t)
	d.Prefix = "LV"
	d.Params = append(d.Params, Param{Name: "office", Type: form.Text, Value: "Pune", Ask: true})
	c := d.Clone("LEAVE2", "Our leave")
	if c.Key != "LEAVE2" || c.Name != "Our leave" || c.Prefix != "" || c.Params[0].Value != 10.0 || c.Params[1].Value != nil || c.Canvas["manager"] != [2]float64{320, 80} {
		t.Errorf("got %+v", c)
	}
	c.Steps[1].Fields["cover"], c.Params[0].Value = form.Hidden, 1.0
	if d.Steps[1].Fields["cover"] != form.Edit || d.Params[0].Value != 10.0 || d.Params[1].Value != "Pune" {
		t.Error("the clone shares memory with its original")
	}
	if _, ps := Compile(c, testOrg); len(ps) != 1 || ps[0].Path != "params.1.value" {
		t.Errorf("a blank parameter gives %v", ps)
	}
}

// Ensure texts that are hard on YAML parsers are answered at once.
func TestParseIsBounded(t *testing.T) {
	for name, text := range map[string]string{
		"brackets":       strings.Repeat("[", maxBytes),
		"open braces":    strings.Repeat("{a: ", maxBytes/4),
		"dashes":         strings.Repeat("- ", maxBytes/2),
		"keys":           strings.Repeat("a:\n", maxBytes/3),
		"question marks": strings.Repeat("? ", maxBytes/2),
		"quotes":         strings.Repeat(`"`, maxBytes),
		"aliases":        "a: &a [x]\n" + strings.Repeat("b: [*a, *a]\n", 10000),
		"spaces":         strings.Repeat(" ", maxBytes),
		"anchors":        strings.Repeat("&a ", maxBytes/3),
		"comments":       strings.Repeat("#\n", maxBytes/2),
	} {
		for lang, parse := range map[string]func([]byte) (Document, fault.Problems){"YAML": ParseYAML, "JSON": ParseJSON} {
			began := time.Now()
			_, ps := parse([]byte(text))
			if took := time.Since(began); took > time.Minute || len(ps) == 0 || len(ps) > maxProblems+1 {
				t.Errorf("%s as %s takes %v and gives %v", name, lang, took, ps)
			}
		}
	}
}
