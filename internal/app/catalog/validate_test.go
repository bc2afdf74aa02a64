package catalog_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure definitions are judged as this organization would run them, and nothing
// is kept of them.
func TestValidate(t *testing.T) {
	w := newWorld(t)
	w.publish(yaml(minimal, "key: MINI", "key: MINI\nprefix: MN"))
	before := w.state()
	for name, tt := range map[string]struct {
		in   catalog.Validate
		want string // paths of the problems
	}{
		"right":                    {catalog.Validate{Source: yaml(leave)}, ""},
		"a published key":          {catalog.Validate{Source: yaml(minimal)}, ""},
		"the stored one":           {catalog.Validate{Workflow: "MINI"}, ""},
		"another's prefix":         {catalog.Validate{Source: yaml(minimal, "key: MINI", "key: OTHER\nprefix: MN")}, "prefix"},
		"as a published workflow":  {catalog.Validate{Source: yaml(minimal, "key: MINI", "key: OTHER"), Workflow: "MINI"}, "key"},
		"unknown role":             {catalog.Validate{Source: yaml(leave, "{strategy: manager}", "{strategy: role, role: wizard}")}, "steps.manager.assignee.role"},
		"unknown department":       {catalog.Validate{Source: yaml(leave, "{strategy: manager}", "{strategy: department, department: X}")}, "steps.manager.assignee.department"},
		"unknown attribute":        {catalog.Validate{Source: yaml(leave, "initiator.leave_balance", "initiator.leave_balence")}, "form.fields.1.calculate"},
		"seen by a form's value":   {catalog.Validate{Source: yaml(leave, "icon:", "visible_to: form.days > 3.0 && user.level_rank > 3.0\nicon:")}, "visible_to"},
		"a member nobody knows":    {catalog.Validate{Source: yaml(leave, "icon:", "icno:")}, "icno"},
		"a member twice":           {catalog.Validate{Source: catalog.Source{Document: json.RawMessage(`{"key": "A", "key": "B"}`)}}, "key"},
		"another letter case":      {catalog.Validate{Source: catalog.Source{Document: json.RawMessage(`{"KEY": "A"}`)}}, "KEY"},
		"not JSON":                 {catalog.Validate{Source: catalog.Source{Document: json.RawMessage(`{"key": `)}}, ""},
		"not an object":            {catalog.Validate{Source: catalog.Source{Document: json.RawMessage(`[]`)}}, ""},
		"huge":                     {catalog.Validate{Source: yaml(minimal, "Mini", strings.Repeat("x", 300_000))}, ""},
		"an anchor":                {catalog.Validate{Source: yaml(minimal, "Mini", "&a Mini")}, ""},
		"a step type of the later": {catalog.Validate{Source: yaml(leave, "type: end, outcome: rejected", "type: delay")}, "steps.rejected.type"},
	} {
		v, err := w.catalog.Validate(w.ctx, w.drew, tt.in)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var paths []string
		for _, p := range v.Problems {
			paths = append(paths, p.Path)
		}
		bad := strings.Contains("not JSON, not an object, huge, an anchor", name)
		if v.Valid != (tt.want == "" && !bad) || v.Problems == nil || !strings.Contains(strings.Join(paths, " "), tt.want) || bad && len(v.Problems) == 0 {
			t.Errorf("%s: %+v, want %q", name, v, tt.want)
		}
	}
	if w.state() != before {
		t.Error("something was kept")
	}
}

// Ensure problems in a text have the line and column.
func TestValidatePlace(t *testing.T) {
	w := newWorld(t)
	v := must[catalog.Validation](t)(w.catalog.Validate(w.ctx, w.drew, catalog.Validate{Source: catalog.Source{YAML: "key: A\nname: B\nzeal: C\n"}}))
	if len(v.Problems) != 1 || v.Problems[0].Line != 3 || v.Problems[0].Column != 1 || v.Problems[0].Path != "zeal" {
		t.Errorf("%+v", v.Problems)
	}
}

// Ensure an endless list of problems is cut, and says so.
func TestValidateBound(t *testing.T) {
	w := newWorld(t)
	var b strings.Builder
	b.WriteString("key: A\nname: B\n")
	for i := range 2000 {
		fmt.Fprintf(&b, "x%d: 1\n", i)
	}
	v := must[catalog.Validation](t)(w.catalog.Validate(w.ctx, w.drew, catalog.Validate{Source: catalog.Source{YAML: b.String()}}))
	if len(v.Problems) != 501 || !strings.Contains(v.Problems[500].Message, "1500 more") {
		t.Errorf("%d problems, the last %v", len(v.Problems), v.Problems[len(v.Problems)-1])
	}
	_, err := w.catalog.Import(w.ctx, w.drew, catalog.Import{Source: catalog.Source{YAML: b.String()}})
	refused(t, err, fault.Invalid, "1500 more", "line 3, column 1")
}

// Ensure the request has to say what to check, and may say it once.
func TestValidateRefuses(t *testing.T) {
	w := newWorld(t)
	w.draft(yaml(minimal))
	for name, tt := range map[string]struct {
		as   access.Actor
		in   catalog.Validate
		code fault.Code
		says string
	}{
		"nothing":              {w.drew, catalog.Validate{}, fault.Invalid, "document: "},
		"null":                 {w.drew, catalog.Validate{Source: catalog.Source{Document: json.RawMessage(` null `)}}, fault.Invalid, "document: "},
		"both":                 {w.drew, catalog.Validate{Source: catalog.Source{Document: json.RawMessage(`{}`), YAML: minimal}}, fault.Invalid, "yaml: "},
		"a starter":            {w.asha, catalog.Validate{Source: yaml(minimal)}, fault.Forbidden, "right to design"},
		"no such workflow":     {w.drew, catalog.Validate{Workflow: "NOPE"}, fault.NotFound, "no such workflow"},
		"another organization": {w.stranger(), catalog.Validate{Workflow: "MINI"}, fault.NotFound, "no such workflow"},
	} {
		_, err := w.catalog.Validate(w.ctx, tt.as, tt.in)
		if fault.CodeOf(err) != tt.code {
			t.Errorf("%s: %v, want %s", name, err, tt.code)
			continue
		}
		refused(t, err, tt.code, tt.says)
	}
}

// Ensure a definition changes between its two languages and back without losing anything.
func TestValidateGivesTheDefinition(t *testing.T) {
	w := newWorld(t)
	read := must[catalog.Validation](t)(w.catalog.Validate(w.ctx, w.drew, catalog.Validate{Source: yaml(leave), Give: catalog.GiveDocument}))
	if read.YAML != "" || len(read.Document) == 0 {
		t.Fatalf("%+v", read)
	}
	written := must[catalog.Validation](t)(w.catalog.Validate(w.ctx, w.drew, catalog.Validate{Source: catalog.Source{Document: read.Document}, Give: catalog.GiveYAML}))
	again := must[catalog.Validation](t)(w.catalog.Validate(w.ctx, w.drew, catalog.Validate{Source: catalog.Source{YAML: written.YAML}, Give: catalog.GiveDocument}))
	if string(again.Document) != string(read.Document) || written.Document != nil {
		t.Errorf("%s\nbecame\n%s", read.Document, again.Document)
	}
	bad := must[catalog.Validation](t)(w.catalog.Validate(w.ctx, w.drew, catalog.Validate{Source: yaml(leave, "icon:", "icno:"), Give: catalog.GiveDocument}))
	if bad.Document != nil || bad.Valid || bad.Problems[0].Line == 0 {
		t.Errorf("what cannot be read was given: %+v", bad)
	}
}
