package engine_test

import (
	"path/filepath"
	"testing"

	"github.com/cockroachdb/datadriven"
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

func play(t *testing.T, file string) {
	s := newStage()
	datadriven.RunTest(t, file, func(t *testing.T, d *datadriven.TestData) string {
		out, err := s.command(t, rawLine(d), d.Input)
		if err != nil {
			d.Fatalf(t, "%v", err)
		}
		return out
	})
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
