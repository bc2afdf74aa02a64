package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// countVitest reads the report of vitest's json reporter. A file that could not be loaded has no tests to fail: it
// counts as one.
func countVitest(path string) (count, error) {
	var report struct {
		NumPassedTests  int
		NumFailedTests  int
		NumPendingTests int
		NumTodoTests    int
		Success         *bool
		TestResults     []struct {
			Status           string
			AssertionResults []struct{ Status string }
		}
	}
	if err := read(path, &report); err != nil {
		return count{}, err
	}
	if report.Success == nil {
		return count{}, fmt.Errorf("%s is not a report of vitest", path)
	}
	c := count{report.NumPassedTests, report.NumFailedTests, report.NumPendingTests + report.NumTodoTests}
	for _, file := range report.TestResults {
		if file.Status == "failed" && len(file.AssertionResults) == 0 {
			c.failed++
		}
	}
	if !*report.Success && c.failed == 0 {
		c.failed++ // an error outside any test
	}
	return c, nil
}

// countPlaywright reads the report of Playwright's json reporter. A journey that passed when it was repeated has passed;
// the reporter names it as flaky, so that somebody looks into it. On a shared machine a browser can starve.
func countPlaywright(path string) (count, error) {
	var report struct {
		Stats *struct {
			Expected, Unexpected, Flaky, Skipped int
		}
		Errors []json.RawMessage
	}
	if err := read(path, &report); err != nil {
		return count{}, err
	}
	if report.Stats == nil {
		return count{}, fmt.Errorf("%s is not a report of Playwright", path)
	}
	s := report.Stats
	return count{s.Expected + s.Flaky, s.Unexpected + len(report.Errors), s.Skipped}, nil
}

func read(path string, into any) error {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return errors.New("it broke off without writing its report")
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}
