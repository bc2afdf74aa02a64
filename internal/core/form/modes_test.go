package form

import (
	"reflect"
	"strings"
	"testing"
)

func TestModes(t *testing.T) {
	c := compiled(t, leave())
	in := input()
	for _, x := range []struct {
		name   string
		matrix map[string]Mode
		start  bool
		values Values
		want   map[string]Mode
	}{
		{"at the start fields are edited", nil, true, nil, map[string]Mode{
			// the reason is not shown yet, but what is typed may bring it to light
			"from": Required, "to": Required, "days": Read, "balance": Read, "reason": Required, "note": Read, "critical": Edit, "secret": Edit,
		}},
		{"later they are read", nil, false, Values{"days": 5.0}, map[string]Mode{
			"from": Read, "to": Read, "days": Read, "balance": Read, "reason": Read, "note": Read, "critical": Read, "secret": Read,
		}},
		{"and hidden by their rule", nil, false, Values{"days": 1.0}, map[string]Mode{
			"from": Read, "to": Read, "days": Read, "balance": Read, "reason": Hidden, "note": Read, "critical": Read, "secret": Read,
		}},
		{"the matrix decides", map[string]Mode{
			"from": Edit, "to": Hidden, "days": Required, "note": Edit, "critical": Required, "secret": Hidden, "balance": Hidden,
		}, false, nil, map[string]Mode{
			"from": Required, "to": Hidden, "days": Read, "balance": Hidden, "reason": Read, "note": Read, "critical": Required, "secret": Hidden,
		}},
		{"what depends on something hidden cannot be brought to light", map[string]Mode{"days": Hidden}, true, nil, map[string]Mode{
			"from": Required, "to": Required, "days": Hidden, "balance": Read, "reason": Hidden, "note": Read, "critical": Edit, "secret": Edit,
		}},
	} {
		in.Form = x.values
		got, err := c.Modes(x.matrix, x.start, in)
		if err != nil || !reflect.DeepEqual(got, x.want) {
			t.Errorf("%s: got %v, %v, want %v", x.name, got, err, x.want)
		}
	}
}

// Ensure a visibility rule that fails hides, and is reported.
func TestModesReportsFailedRules(t *testing.T) {
	c := compiled(t, fields(
		Field{Name: "a", Type: Number},
		Field{Name: "b", Type: Text, VisibleWhen: src("1 / form.a > 0")},
		Field{Name: "c", Type: Text, VisibleWhen: src("1 / params.limit > 0")},
	))
	in := input()
	in.Form, in.Params = Values{"a": 0.0}, map[string]any{"limit": 0.0}
	modes, err := c.Modes(nil, true, in)
	if modes["b"] != Hidden || modes["c"] != Hidden || modes["a"] != Edit {
		t.Errorf("got %v", modes)
	}
	if err == nil || !strings.Contains(err.Error(), "form.fields.b.visible_when") || !strings.Contains(err.Error(), "form.fields.c.visible_when") {
		t.Errorf("the failed rules are not reported: %v", err)
	}
	// What the failed rule hides is not lost.
	v, err := c.Apply(map[string]Mode{"a": Edit, "b": Edit}, Values{"a": 1.0, "b": "kept"}, Values{"a": 0.0}, in)
	if err != nil || v["b"] != "kept" {
		t.Errorf("got %v, %v", v, err)
	}
	// An empty field is no failure.
	in.Form, in.Params = nil, map[string]any{"limit": 1.0}
	if _, err := c.Modes(nil, true, in); err != nil {
		t.Errorf("an empty field is reported: %v", err)
	}
}

func TestAudienceModes(t *testing.T) {
	c := compiled(t, leave())
	in := input()
	in.Form = Values{"days": 5.0}
	got := c.AudienceModes(map[string]Mode{"secret": Hidden, "critical": Edit}, in)
	want := map[string]Mode{
		"from": Read, "to": Read, "days": Read, "balance": Read, "reason": Read, "note": Read, "critical": Read, "secret": Hidden,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	in.Form = Values{"days": 1.0}
	if got := c.AudienceModes(nil, in); got["reason"] != Hidden {
		t.Errorf("the reason is shown: %v", got)
	}
}

func TestShow(t *testing.T) {
	c, in := compiled(t, leave()), input()
	v := Values{"from": "2026-03-02", "days": 5.0, "reason": "x", "secret": "pay", "critical": false, "to": ""}
	modes := map[string]Mode{"from": Read, "days": Read, "reason": Required, "critical": Edit, "secret": Hidden, "to": Edit}
	if got, want := c.Show(modes, v, in), (Values{"from": "2026-03-02", "days": 5.0, "reason": "x", "critical": false}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	// A value that its rule hides is not sent, even while the field may come to light.
	v["days"] = 1.0
	if got := c.Show(modes, v, in); got["reason"] != nil {
		t.Errorf("got %v", got)
	}
	if got := c.Show(nil, v, in); len(got) != 0 {
		t.Errorf("without modes %v is shown", got)
	}
}

// Ensure a value that its rule hides in this step is not sent, although a change
// of another field could make half of the rule hold.
func TestShowAsksTheWholeRule(t *testing.T) {
	c := compiled(t, Form{Fields: []Field{
		{Name: "kind", Type: Text},
		{Name: "diagnosis", Type: Text, VisibleWhen: src(`form.kind == "sick" && step == "hr"`)},
	}})
	v, in := Values{"kind": "sick", "diagnosis": "secret"}, input()
	for step, want := range map[string]any{"manager": nil, "hr": "secret"} {
		in.Step, in.Form = step, v
		modes, err := c.Modes(map[string]Mode{"kind": Edit}, false, in)
		if err != nil || modes["diagnosis"] != Read {
			t.Fatalf("%s: %v, %v", step, modes, err)
		}
		if got := c.Show(modes, v, in)["diagnosis"]; got != want {
			t.Errorf("%s is shown %v, want %v", step, got, want)
		}
	}
}
