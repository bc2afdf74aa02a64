package workflow

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// missing is what has to be filled in of the steps that the designer offers ready made; the others
// have no problem as soon as they stand between start and end.
var missing = map[string][]string{
	"role":     {"steps.fresh.assignee.role"},
	"person":   {"steps.fresh.assignee.user"},
	"claim":    {"steps.fresh.assignee.candidates"},
	"vote":     {"steps.fresh.assignee.user"},
	"task":     {"steps.fresh.assignee"},
	"workflow": {"steps.fresh.starts.workflow"},
}

// Ensure that every step of the designer's palette, drawn into the smallest workflow, misses only what
// nobody can know beforehand. The drawings are written by web/src/lib/definition/presets.test.ts.
func TestPresets(t *testing.T) {
	data, err := os.ReadFile("testdata/presets.json")
	if err != nil {
		t.Fatal(err)
	}
	var drawings []struct {
		Preset   string          `json:"preset"`
		Document json.RawMessage `json:"document"`
	}
	if err := json.Unmarshal(data, &drawings); err != nil {
		t.Fatal(err)
	}
	if len(drawings) < len(missing) {
		t.Fatalf("%d drawings", len(drawings))
	}
	for _, d := range drawings {
		doc, ps := ParseJSON(d.Document)
		if len(ps) == 0 {
			_, ps = Compile(doc, Org{})
		}
		var paths []string
		for _, p := range ps {
			paths = append(paths, p.Path)
		}
		if !slices.Equal(paths, missing[d.Preset]) {
			t.Errorf("%s: %v", d.Preset, ps)
		}
	}
}
