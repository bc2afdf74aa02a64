package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// event is one line of `go test -json`, as `go doc test2json` describes it.
type event struct {
	Action      string
	Package     string
	ImportPath  string // of build-output
	Test        string
	Elapsed     float64 // seconds
	Output      string
	FailedBuild string
}

// suite is what has been heard of one package.
type suite struct {
	states map[string]string // test → run, pass, fail, skip
	output map[string][]string
}

// goReport follows the tests of many packages.
type goReport struct {
	out    io.Writer
	suites map[string]*suite
	builds map[string][]string // output of the compiler by build
	told   map[string]bool     // builds whose output was shown
}

// countGo reads `go test -json`, prints a line for each package that ends, everything a failed test said and the reason
// of each skipped one, and counts tests. A test with subtests is counted by these alone.
func countGo(in io.Reader, out io.Writer) (count, error) {
	r := &goReport{out: out, suites: map[string]*suite{}, builds: map[string][]string{}, told: map[string]bool{}}
	var sum count
	decoder := json.NewDecoder(in)
	for {
		var e event
		err := decoder.Decode(&e)
		if errors.Is(err, io.EOF) {
			return sum, nil
		}
		if err != nil {
			return sum, fmt.Errorf("its output cannot be read: %w", err)
		}
		sum = sum.plus(r.take(e))
	}
}

// take notes an event and returns the counts of the package that it ends.
func (r *goReport) take(e event) count {
	if e.Action == "build-output" {
		r.builds[e.ImportPath] = append(r.builds[e.ImportPath], e.Output)
		return count{}
	}
	if e.Package == "" {
		return count{}
	}
	s := r.suites[e.Package]
	if s == nil {
		s = &suite{states: map[string]string{}, output: map[string][]string{}}
		r.suites[e.Package] = s
	}
	switch {
	case e.Action == "output":
		s.output[e.Test] = append(s.output[e.Test], e.Output)
	case e.Test != "" && (e.Action == "run" || ended(e.Action)):
		s.states[e.Test] = e.Action
		if e.Action == "pass" {
			delete(s.output, e.Test)
		}
	case e.Test == "" && ended(e.Action):
		delete(r.suites, e.Package)
		return r.close(s, e)
	}
	return count{}
}

func ended(action string) bool {
	return action == "pass" || action == "fail" || action == "skip"
}

// close counts and reports a package that has ended.
func (r *goReport) close(s *suite, e event) count {
	if e.FailedBuild != "" && !r.told[e.FailedBuild] {
		r.told[e.FailedBuild] = true
		r.print(r.builds[e.FailedBuild])
	}
	var c count
	for _, test := range slices.Sorted(maps.Keys(s.states)) {
		if s.hasSubtests(test) {
			if s.states[test] == "fail" {
				r.print(s.output[test])
			}
			continue
		}
		switch s.states[test] {
		case "pass":
			c.passed++
		case "skip":
			c.skipped++
			r.print(s.output[test])
		default: // failed, or never ended because the whole program did
			c.failed++
			r.print(s.output[test])
		}
	}
	if e.Action == "fail" && c.failed == 0 {
		c.failed++ // it did not compile, or failed outside its leaves
	}
	if e.Action == "fail" {
		r.print(s.output[""])
	}
	if len(s.states) > 0 || c.failed > 0 {
		fmt.Fprintf(r.out, "%-5s %4d passed %3d failed %6.1f s  %s\n", verdict(c), c.passed, c.failed, e.Elapsed, e.Package)
	}
	return c
}

func (s *suite) hasSubtests(test string) bool {
	for other := range s.states {
		if strings.HasPrefix(other, test+"/") {
			return true
		}
	}
	return false
}

func (r *goReport) print(lines []string) {
	for _, line := range lines {
		_, _ = io.WriteString(r.out, line)
	}
}

func verdict(c count) string {
	if c.failed > 0 {
		return "FAIL"
	}
	return "ok"
}
