package main

import (
	"os"
	"testing"
)

// Ensure everything that is measured can be done, in tables that have a history,
// and by people whose tokens ran out while that was written.
func TestMeasures(t *testing.T) {
	o := options{clients: 2, seconds: 1, database: os.Getenv("HANDSTAMP_TEST_DATABASE_URL"), name: "handstamp_bench_test", most: 200, starters: 5}
	w, err := build(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	if err := w.fill(t.Context(), 100); err != nil {
		t.Fatal(err)
	}
	for id := range w.tokens {
		w.tokens[id] = "an old one"
	}
	for _, at := range []surface{w.verbs(), w.api()} {
		for _, what := range []work{starts, decisions, inboxes, pages} {
			if r, err := w.load(t.Context(), at, what); err != nil || r.perSecond == 0 {
				t.Errorf("%s through %s: %v, %.0f per second", what, at.name(), err, r.perSecond)
			}
		}
	}
}
