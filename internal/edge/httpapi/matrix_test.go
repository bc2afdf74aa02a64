package httpapi

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// pivot is testdata/operations.yaml: for each operation a body that fits, and
// what each kind of person is answered.
type pivot struct {
	Columns    []string                `yaml:"columns"`
	Operations map[string]pivotedEntry `yaml:"operations"`
}

type pivotedEntry struct {
	Body map[string]any `yaml:"body"`
	Want []int          `yaml:"want"`
	// Also are further bodies, for members that the first does not use.
	Also []map[string]any `yaml:"also"`
}

func readPivot(t *testing.T) pivot {
	t.Helper()
	raw, err := os.ReadFile("testdata/operations.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var p pivot
	if err := yaml.Unmarshal(raw, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// Ensure every operation has a row and every row an operation.
func TestEveryOperationHasARow(t *testing.T) {
	p := readPivot(t)
	var names []string
	for _, o := range (Services{}).operations().ops {
		names = append(names, o.name)
	}
	slices.Sort(names)
	if rows := slices.Sorted(maps.Keys(p.Operations)); !slices.Equal(rows, names) {
		t.Errorf("testdata/operations.yaml has rows for\n%v\nand the API has\n%v", rows, names)
	}
	for name, row := range p.Operations {
		if len(row.Want) != len(p.Columns) {
			t.Errorf("%s: %d answers for %d columns", name, len(row.Want), len(p.Columns))
		}
	}
}

// Ensure each kind of person is answered exactly what the table says. People act
// from left to right on the same things, so the one after somebody who deleted
// something finds nothing.
func TestPermissions(t *testing.T) {
	t.Parallel()
	p := readPivot(t)
	c := newWorld(t, Config{}).company(t)
	rewritten := map[string][]int{}
	calm := c.scene() // for those who only look
	for _, o := range c.registry.ops {
		row := p.Operations[o.name]
		scene := calm
		if o.effect == change {
			scene = c.scene()
			scene["$session"] = c.session("asha")
		}
		for i, column := range p.Columns {
			status, body := c.call(c.token[column], o.name, fillBody(row.Body, scene))
			rewritten[o.name] = append(rewritten[o.name], status)
			if i < len(row.Want) && status != row.Want[i] {
				t.Errorf("%s as %s: %d, want %d: %s", o.name, column, status, row.Want[i], body)
			}
		}
	}
	if os.Getenv("PRINT_MATRIX") != "" {
		for _, name := range slices.Sorted(maps.Keys(rewritten)) {
			fmt.Printf("%-24s %v\n", name, strings.Trim(fmt.Sprint(rewritten[name]), "[]"))
		}
	}
}

// fillBody replaces the names of a scene.
func fillBody(v any, scene map[string]string) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			out[k] = fillBody(x, scene)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = fillBody(x, scene)
		}
		return out
	case string:
		if to, ok := scene[v]; ok {
			return to
		}
	case nil:
		return map[string]any{}
	}
	return v
}
