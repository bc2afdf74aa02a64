package engine_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain draws more than rapid's hundred cases: a case takes milliseconds, and
// what goes wrong between people takes luck to meet. -rapid.checks asks for a
// number of one's own.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		if err := flag.Set("rapid.checks", "600"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
