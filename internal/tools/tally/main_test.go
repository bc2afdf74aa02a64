package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// goOutput is what `go test -json` says of five packages: one passes with subtests and a skipped test, one fails in a
// subtest, one dies of a panic, one does not compile, and one has no tests.
const goOutput = `
{"Action":"start","Package":"a"}
{"Action":"run","Package":"a","Test":"TestOne"}
{"Action":"run","Package":"a","Test":"TestOne/x"}
{"Action":"output","Package":"a","Test":"TestOne/x","Output":"quiet\n"}
{"Action":"pass","Package":"a","Test":"TestOne/x"}
{"Action":"run","Package":"a","Test":"TestOne/y"}
{"Action":"pass","Package":"a","Test":"TestOne/y"}
{"Action":"pass","Package":"a","Test":"TestOne"}
{"Action":"run","Package":"a","Test":"TestOneMore"}
{"Action":"output","Package":"a","Test":"TestOneMore","Output":"no camera\n"}
{"Action":"skip","Package":"a","Test":"TestOneMore"}
{"Action":"pass","Package":"a","Elapsed":1.5}
{"Action":"run","Package":"b","Test":"TestTwo"}
{"Action":"run","Package":"b","Test":"TestTwo/x"}
{"Action":"output","Package":"b","Test":"TestTwo/x","Output":"wrong sum\n"}
{"Action":"fail","Package":"b","Test":"TestTwo/x"}
{"Action":"fail","Package":"b","Test":"TestTwo"}
{"Action":"fail","Package":"b","Elapsed":0.1}
{"Action":"run","Package":"c","Test":"TestThree"}
{"Action":"output","Package":"c","Test":"TestThree","Output":"panic: nil map\n"}
{"Action":"fail","Package":"c"}
{"Action":"build-output","ImportPath":"d [d.test]","Output":"d.go:1:1: syntax error\n"}
{"Action":"build-fail","ImportPath":"d [d.test]"}
{"Action":"output","Package":"d","Output":"FAIL d [build failed]\n"}
{"Action":"fail","Package":"d","FailedBuild":"d [d.test]"}
{"Action":"skip","Package":"e"}
`

// Ensure Go tests are counted by their leaves, and that failures and skips are told.
func TestCountGo(t *testing.T) {
	var out strings.Builder
	c, err := countGo(strings.NewReader(goOutput), &out)
	if err != nil {
		t.Fatal(err)
	}
	if c != (count{passed: 2, failed: 3, skipped: 1}) {
		t.Errorf("counted %+v", c)
	}
	for _, word := range []string{"ok       2 passed   0 failed    1.5 s  a", "no camera", "wrong sum", "panic: nil map", "syntax error", "[build failed]"} {
		if !strings.Contains(out.String(), word) {
			t.Errorf("%q is not told in:\n%s", word, out.String())
		}
	}
	if strings.Contains(out.String(), "quiet") {
		t.Errorf("a test that passed is told:\n%s", out.String())
	}
	if _, err := countGo(strings.NewReader("# not json"), &out); err == nil {
		t.Error("output that is no report passes")
	}
}

// Ensure the reports of the web runners are read, broken ones included.
func TestCountWeb(t *testing.T) {
	for _, c := range []struct {
		name   string
		count  func(string) (count, error)
		report string
		want   count
	}{
		{"vitest", countVitest, `{"numPassedTests":5,"numFailedTests":0,"numPendingTests":1,"numTodoTests":1,"success":true}`, count{5, 0, 2}},
		{"vitest, a file that does not load", countVitest, `{"numPassedTests":5,"success":false,"testResults":[{"status":"failed","assertionResults":[]},{"status":"passed"}]}`, count{5, 1, 0}},
		{"vitest, an error outside", countVitest, `{"numPassedTests":5,"success":false}`, count{5, 1, 0}},
		{"playwright", countPlaywright, `{"stats":{"expected":3,"unexpected":1,"flaky":1,"skipped":2},"errors":[{"message":"x"}]}`, count{4, 2, 2}},
	} {
		path := filepath.Join(t.TempDir(), "report.json")
		if err := os.WriteFile(path, []byte(c.report), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := c.count(path); err != nil || got != c.want {
			t.Errorf("%s: counted %+v, %v", c.name, got, err)
		}
		if err := os.WriteFile(path, []byte(`{}`), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := c.count(path); err == nil {
			t.Errorf("%s: an empty report passes", c.name)
		}
		if _, err := c.count(path + ".missing"); err == nil {
			t.Errorf("%s: a missing report passes", c.name)
		}
	}
}

// Ensure the last line sums up every step and that the exit code follows it.
func TestTotal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "counts")
	step := func(in string, args ...string) (string, error) {
		var out strings.Builder
		err := run(append([]string{"-to", path}, args...), strings.NewReader(in), &out)
		return out.String(), err
	}
	last := func(want string, fails bool) {
		t.Helper()
		out, err := step("", "total")
		if !strings.HasSuffix("\n"+out, "\n"+want+"\n") || errors.Is(err, errFailed) != fails {
			t.Errorf("the total is %q, %v", out, err)
		}
	}
	if _, err := step("", "total"); err == nil {
		t.Error("a total of nothing passes")
	}
	if _, err := step("", "go"); err != nil {
		t.Error(err)
	}
	last("0 passed, 0 failed", true) // no test ran
	if _, err := step(goOutput[:strings.Index(goOutput, `{"Action":"run","Package":"b"`)], "go"); err != nil {
		t.Error(err)
	}
	last("2 passed, 0 failed", false)
	if _, err := step("", "failed", "lint"); !errors.Is(err, errFailed) {
		t.Error("a failed step is no failure")
	}
	if _, err := step("", "vitest", "missing.json"); !errors.Is(err, errFailed) {
		t.Error("a broken runner is no failure")
	}
	last("2 passed, 2 failed", true)
	if _, err := step("", "unknown"); err == nil {
		t.Error("an unknown runner passes")
	}
	if err := run([]string{"total"}, nil, &strings.Builder{}); err == nil {
		t.Error("a missing file of counts passes")
	}
}
