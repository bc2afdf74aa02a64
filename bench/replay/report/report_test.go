package report

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/handstamp/handstamp/bench/replay/play"
)

func sample() *Report {
	r := &Report{Title: "Journeys", Events: 1234, Cases: 6, People: 3, Clients: 2, Began: time.Now().Add(-2 * time.Second)}
	r.Good("ended as paid", play.Tally{Events: 1200, Acts: 2400, Starts: 1, Decisions: 2399, Refusals: 1})
	r.Good("still a draft", play.Tally{Events: 1, Acts: 1, Drafts: 1})
	r.Bad("c3", "It went astray.", 7, play.Tally{Events: 2})
	r.Bad("c4", "It went astray.", 8, play.Tally{})
	r.Left("c5", "somebody moved it", 10)
	r.Excepted("c1", "a machine", 6)
	r.Read("c1", "a draft counts as sent")
	return r
}

// Ensure the table adds up, names every reason with its cases, and ends with a plain count.
func TestPrint(t *testing.T) {
	r := sample()
	r.Finish()
	var b strings.Builder
	r.Print(&b)
	plain := strings.Join(strings.Fields(b.String()), " ")
	for _, want := range []string{
		"Journeys", "cases in the log 6", "events in the log 1,234", "done as acts 1,203", "left out, for a declared reason 16", "not done 15",
		"acts 2,401", "requests sent 1", "tasks decided 2,399", "acts/s 1,2", "all refused 1", "cases that ended where the log says 2",
		"ended as paid 1", "cases left out, for a declared reason 1", "did not end where the log says 2", "cases not reached 1",
		"2 cases: It went astray. such as c3, c4", "6 events: a machine such as c1", "1 case: somebody moved it such as c5", "1 case: a draft counts as sent",
		"3 people, 2 cases at once, 2s",
	} {
		if !strings.Contains(plain, want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
	if !strings.HasSuffix(b.String(), "\n2 passed, 3 failed\n") || r.OK() {
		t.Errorf("the last line of\n%s", b.String())
	}
}

// Ensure success needs that every case was reached, none went wrong, and there was one at all.
func TestOK(t *testing.T) {
	for name, c := range map[string]struct {
		r    Report
		want bool
	}{
		"all good":    {Report{Cases: 2, good: 1, bare: 1}, true},
		"one wrong":   {Report{Cases: 2, good: 1, bad: 1}, false},
		"one missing": {Report{Cases: 2, good: 1}, false},
		"stray":       {Report{Cases: 1, good: 1, Stray: 1}, false},
		"nothing":     {Report{}, false},
		"all left":    {Report{Cases: 1, bare: 1}, false},
	} {
		if c.r.OK() != c.want {
			t.Errorf("%s: %v", name, !c.want)
		}
	}
}

// Ensure events outside cases are told and fail the replay.
func TestStray(t *testing.T) {
	r := &Report{Cases: 1, good: 1, Stray: 2}
	var b strings.Builder
	r.Print(&b)
	if !strings.Contains(b.String(), "2 events stand outside any case") || !strings.Contains(b.String(), "1 passed, 2 failed") {
		t.Errorf("%s", b.String())
	}
}

// Ensure progress is told in plain lines where there is no terminal, and not too often.
func TestProgress(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	p := NewProgress(f)
	now := time.Now()
	p.now = func() time.Time { return now }
	r := sample()
	r.Began = now.Add(-time.Minute)
	p.Show(r)
	now = now.Add(11 * time.Second)
	p.Show(r)
	p.Show(r)
	p.Close()
	text, err := os.ReadFile(path)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	if got := string(text); strings.Count(got, "\n") != 1 || !strings.HasPrefix(got, "5 of 6 cases, 2,401 acts, 34 acts/s, 2 mismatches, 14s left") {
		t.Errorf("told %q", got)
	}
}

// Ensure a terminal gets one line that is drawn again.
func TestBar(t *testing.T) {
	var b strings.Builder
	now := time.Now()
	p := &Progress{out: &b, bar: true, now: func() time.Time { return now }}
	r := &Report{Cases: 4, good: 2, Began: now.Add(-time.Second)}
	p.Show(r)
	p.Close()
	if want := "[" + strings.Repeat("=", 15) + strings.Repeat(" ", 15) + "] 2 of 4 cases"; !strings.Contains(b.String(), want) || strings.Contains(b.String(), "\n") {
		t.Errorf("drawn %q", b.String())
	}
}
