// Command tally counts the tests of the different runners, so that `make test` can end with one plain line.
//
//	go test -json ./... | tally -to FILE go       shows progress and failures, and counts
//	tally -to FILE vitest REPORT                  counts what vitest's json reporter wrote
//	tally -to FILE playwright REPORT              counts what Playwright's json reporter wrote
//	tally -to FILE failed NAME                    counts a step that is no test, such as lint, as one failure
//	tally -to FILE total                          prints "N passed, N failed"
//
// The counts go into FILE, one line a call. The exit code is 1 when something failed, or when nothing ran at all.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

// count is the outcome of some tests.
type count struct {
	passed, failed, skipped int
}

func (c count) plus(d count) count {
	return count{c.passed + d.passed, c.failed + d.failed, c.skipped + d.skipped}
}

// errFailed says that tests failed, which has been told already.
var errFailed = errors.New("tests failed")

func main() {
	err := run(os.Args[1:], os.Stdin, os.Stdout)
	if err == nil {
		return
	}
	if !errors.Is(err, errFailed) {
		fmt.Fprintln(os.Stderr, "tally:", err)
	}
	os.Exit(1)
}

func run(args []string, in io.Reader, out io.Writer) error {
	flags := flag.NewFlagSet("tally", flag.ContinueOnError)
	path := flags.String("to", "", "the file that collects the counts")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *path == "" || flags.NArg() == 0 {
		return errors.New("usage: tally -to FILE go | vitest REPORT | playwright REPORT | failed NAME | total")
	}
	verb, argument := flags.Arg(0), flags.Arg(1)
	if verb == "total" {
		return total(*path, out)
	}
	c, err := measure(verb, argument, in, out)
	if err != nil {
		// A runner that broke off without a report is a failure that must not vanish from the sum.
		fmt.Fprintf(out, "%s: %v\n", verb, err)
		c.failed++
	}
	if err := record(*path, c); err != nil {
		return err
	}
	if c.failed > 0 {
		return errFailed
	}
	return nil
}

// measure counts what one runner says.
func measure(verb, argument string, in io.Reader, out io.Writer) (count, error) {
	switch verb {
	case "go":
		return countGo(in, out)
	case "vitest":
		return countVitest(argument)
	case "playwright":
		return countPlaywright(argument)
	case "failed":
		return count{failed: 1}, nil
	default:
		return count{}, fmt.Errorf("there is no runner called %q", verb)
	}
}

// record appends a line to the file of counts.
func record(path string, c count) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(file, c.passed, c.failed, c.skipped)
	return errors.Join(err, file.Close())
}

// total prints the sum of the file of counts.
func total(path string, out io.Writer) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var sum count
	for line := range strings.Lines(string(text)) {
		var c count
		if _, err := fmt.Sscan(line, &c.passed, &c.failed, &c.skipped); err != nil {
			return fmt.Errorf("%s: %q is no count: %w", path, line, err)
		}
		sum = sum.plus(c)
	}
	if sum.skipped > 0 {
		fmt.Fprintf(out, "%d skipped, see above\n", sum.skipped)
	}
	fmt.Fprintf(out, "%d passed, %d failed\n", sum.passed, sum.failed)
	if sum.failed > 0 || sum.passed == 0 {
		return errFailed
	}
	return nil
}
