package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Ensure the committed logs are those that this program writes.
func TestCurrent(t *testing.T) {
	for _, l := range logs() {
		var b bytes.Buffer
		if err := l.print(&b); err != nil {
			t.Fatal(err)
		}
		have, err := os.ReadFile(filepath.Join("..", "testdata", l.name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(have, b.Bytes()) {
			t.Errorf("%s is not current: go run ./bench/replay/makelogs bench/replay/testdata", l.name)
		}
	}
}

// realTurns are the pairs of activities that follow each other directly in the
// university's log, with ^ for the beginning of a case and $ for its end.
var realTurns = []string{
	"^D", "^S", "P$", "E$", "D$", "M$",
	"FR", "RP", "SA", "AF", "AB", "BF", "SF", "ES", "Sa", "aE", "SQ", "QF", "fE", "Af", "FM", "Sq", "qE", "MS", "Sf", "Ab", "bE",
	"Bf", "aS", "Qf", "SE", "RM", "fS", "qS", "DR", "fR", "PE", "FP",
}

// Ensure our declarations take every turn of the real ones, and no other.
func TestTravelTakesEveryTurn(t *testing.T) {
	turns := map[string]bool{}
	for _, j := range journeys {
		way := "^" + j.way + "$"
		for i := range len(way) - 1 {
			turns[way[i:i+2]] = true
		}
	}
	for _, turn := range realTurns {
		if !turns[turn] {
			t.Errorf("no declaration takes the turn %s", turn)
		}
		delete(turns, turn)
	}
	for turn := range turns {
		t.Errorf("the real log never takes the turn %s", turn)
	}
	if n := len(travel().cases); n < 100 {
		t.Errorf("only %d cases", n)
	}
}

// Ensure the loans are written out of order, so that sorting them is tested.
func TestLoanIsOutOfOrder(t *testing.T) {
	sorted := true
	for _, c := range loan().cases {
		var times []string
		for _, e := range c.events {
			for _, a := range e {
				if a.kind == "date" {
					times = append(times, a.value)
				}
			}
		}
		sorted = sorted && slices.IsSorted(times)
	}
	if sorted {
		t.Error("every case is in order")
	}
}
