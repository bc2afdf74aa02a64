package form

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestEqual(t *testing.T) {
	for _, x := range []struct {
		a, b any
		want bool
	}{
		{nil, nil, true},
		{nil, false, false},
		{nil, "", false},
		{1, 1.0, true},
		{int64(1), json.Number("1.0"), true},
		{1, 2.0, false},
		{1, "1", false},
		{"1", 1, false},
		{true, true, true},
		{true, false, false},
		{"a", "a", true},
		{"12.5", "12.50", false},
		{money("12.5", "EUR"), money("12.50", "EUR"), true},
		{money("12.5", "EUR"), money("12.5", "USD"), false},
		{money("12.5", "EUR"), money("12.51", "EUR"), false},
		{map[string]any{"amount": "12.5", "x": "1"}, map[string]any{"amount": "12.50", "x": "1"}, false},
		{money("1e999999999", "EUR"), money("1e999999999", "EUR"), true},
		{map[string]any{"a": nil}, map[string]any{}, true},
		{map[string]any{"a": 1}, map[string]any{"b": 1}, false},
		{[]any{1, "a"}, []any{1.0, "a"}, true},
		{[]any{1, "a"}, []any{"a", 1.0}, false},
		{[]string{"a"}, []any{"a"}, true},
		{[]map[string]any{{"a": 1}}, []any{map[string]any{"a": 1.0}}, true},
		{[]any{}, []any{1}, false},
		{[]any{}, nil, false},
		{map[string]any{}, "x", false},
	} {
		if got := Equal(x.a, x.b); got != x.want {
			t.Errorf("Equal(%#v, %#v) = %v", x.a, x.b, got)
		}
		if got := Equal(x.b, x.a); got != x.want {
			t.Errorf("Equal(%#v, %#v) = %v", x.b, x.a, got)
		}
	}
}

func TestDiff(t *testing.T) {
	got := Diff(Values{"same": 1.0, "gone": 1.0, "null": nil, "b": "x"}, Values{"same": 1, "new": 1.0, "b": "y"})
	if want := []string{"b", "gone", "new"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := Diff(nil, nil); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
