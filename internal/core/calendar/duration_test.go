package calendar

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDuration(t *testing.T) {
	for in, want := range map[string]Duration{
		"2d":      {Days: 2},
		"1w":      {Weeks: 1},
		"3h30m":   {Clock: 3*time.Hour + 30*time.Minute},
		"1w2d4h":  {Weeks: 1, Days: 2, Clock: 4 * time.Hour},
		"90m":     {Clock: 90 * time.Minute},
		"0w1d":    {Days: 1},
		"521w":    {Weeks: 521},
		"000002d": {Days: 2},
	} {
		got, err := ParseDuration(in)
		if err != nil || got != want {
			t.Errorf("ParseDuration(%q) = %+v, %v, want %+v", in, got, err, want)
		}
	}
}

func TestParseDurationRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"":          "is empty",
		"0d":        "no time at all",
		"2":         "not a duration",
		"d":         "not a duration",
		"2d3w":      "not a duration",
		"2d2d":      "not a duration",
		"-2d":       "not a duration",
		"1.5d":      "not a duration",
		"2 d":       "not a duration",
		"2D":        "not a duration",
		"2days":     "not a duration",
		"9999999d":  "not a duration",
		"600w":      "longer than ten years",
		"999999h5m": "longer than ten years",
	} {
		if got, err := ParseDuration(in); err == nil || !strings.Contains(err.Error(), want) || got != (Duration{}) {
			t.Errorf("ParseDuration(%q) = %+v, %v, want an error with %q", in, got, err, want)
		}
	}
}

// Ensure what is written can be read again and means the same.
func TestDurationRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Duration{
			Weeks: rapid.IntRange(0, 100).Draw(t, "weeks"),
			Days:  rapid.IntRange(0, 1000).Draw(t, "days"),
			Clock: time.Duration(rapid.IntRange(1, 10_000).Draw(t, "minutes")) * time.Minute,
		}
		got, err := ParseDuration(d.String())
		if err != nil || got != d || got.Approx() != d.Approx() {
			t.Fatalf("%+v is written %q and read %+v, %v", d, d, got, err)
		}
	})
}
