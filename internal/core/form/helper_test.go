package form

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/rule"
)

const (
	asha  = "0197a3c0-0000-7000-8000-00000000000a"
	bruno = "0197a3c0-0000-7000-8000-00000000000b"
)

func tryCompile(f Form, steps ...string) (*Compiled, fault.Problems) {
	env, err := rule.NewEnv(rule.Scope{
		Form: SchemaOf(f), User: rule.Schema{"leave_balance": {Kind: rule.Number}}, Params: rule.Schema{"limit": {Kind: rule.Number}},
	})
	if err != nil {
		env = nil
	}
	return Compile(f, env, steps)
}

func compiled(t testing.TB, f Form, steps ...string) *Compiled {
	t.Helper()
	c, ps := tryCompile(f, steps...)
	if len(ps) > 0 {
		t.Fatalf("the form is refused: %v", ps)
	}
	return c
}

func input() rule.Input {
	return rule.Input{
		Initiator: map[string]any{"id": asha, "name": "Asha", "leave_balance": 12.0},
		Params:    map[string]any{"limit": 10.0},
		Step:      "submit", Today: "2026-03-02", Now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
	}
}

func ptr[T any](v T) *T { return &v }

func src(text string) rule.Source { return rule.CEL(text) }

// all gives every field of the form the same mode.
func all(c *Compiled, m Mode) map[string]Mode {
	out := map[string]Mode{}
	for _, f := range c.Fields() {
		out[f.Name] = m
	}
	return out
}

// messages are the fields of a fault, "path: message".
func messages(t testing.TB, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Code != fault.Invalid {
		t.Fatalf("not an Invalid fault: %v", err)
	}
	out := []string{}
	for _, x := range f.Fields {
		out = append(out, x.Path+": "+x.Message)
	}
	return out
}

func refused(t testing.TB, err error, want ...string) {
	t.Helper()
	got := messages(t, err)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("refused with\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}
