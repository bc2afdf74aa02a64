package engine_test

import (
	"path/filepath"
	"testing"

	"github.com/cockroachdb/datadriven"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/library"
)

// Ensure every scenario in testdata plays as it is written there: files a person
// from HR can read. With -rewrite they are written anew; read the difference.
func TestScenarios(t *testing.T) {
	for _, pattern := range []string{"testdata/*.txt", "testdata/library/*.txt"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no scenario matches %s: %v", pattern, err)
		}
		for _, file := range files {
			t.Run(filepath.Base(file), func(t *testing.T) { play(t, file) })
		}
	}
}

// Ensure every workflow of the library has its scenario, and that it walks every
// transition, rejects in every step that can, and sends back.
func TestLibraryIsWalked(t *testing.T) {
	for _, e := range library.All() {
		t.Run(e.Slug, func(t *testing.T) {
			s := play(t, "testdata/library/"+e.Slug+".txt")
			for _, way := range ways(s.version) {
				if !s.walked[way] {
					t.Errorf("no run goes the way %s", way)
				}
			}
			if s.version.Document.Key != e.Document.Key {
				t.Errorf("the scenario plays %s", s.version.Document.Key)
			}
		})
	}
}

// ways lists how the steps of a workflow can be left.
func ways(v *workflow.Version) []string {
	out := []string{engine.SentBack}
	for _, n := range v.Nodes() {
		for _, a := range n.Transitions {
			out = append(out, n.ID+" by "+a.ID)
		}
		if n.CanReject() {
			out = append(out, n.ID+" by "+engine.RejectID)
		}
	}
	return out
}

func play(t *testing.T, file string) *stage {
	s := newStage()
	datadriven.RunTest(t, file, func(t *testing.T, d *datadriven.TestData) string {
		out, err := s.command(t, rawLine(d), d.Input)
		if err != nil {
			d.Fatalf(t, "%v", err)
		}
		return out
	})
	return s
}

// rawLine puts the line together again that datadriven took apart: here values
// may be quoted and hold spaces.
func rawLine(d *datadriven.TestData) string {
	line := d.Cmd
	for _, a := range d.CmdArgs {
		line += " " + a.Key
		for i, v := range a.Vals {
			if i == 0 {
				line += "="
			} else {
				line += ", "
			}
			line += v
		}
	}
	return line
}
