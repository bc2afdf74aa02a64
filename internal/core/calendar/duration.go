// Package calendar speaks of spans of time the way people set limits: two days,
// one week, three hours and a half.
package calendar

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Duration is a span as people write it: `2h`, `3d`, `1w2d`, `3h30m`. Weeks and
// days stay apart from the clock part because their length depends on the
// calendar: two working days are not 48 hours.
type Duration struct {
	Weeks int
	Days  int
	Clock time.Duration // hours and minutes, whole minutes
}

// MaxDuration is the longest span a limit may have, in calendar time.
const MaxDuration = 10 * 366 * 24 * time.Hour

// units in the order in which they must be written.
var units = []byte{'w', 'd', 'h', 'm'}

// ParseDuration reads weeks, days, hours and minutes in that order, each at most
// once and each a whole number, without spaces: `1w`, `2d`, `3h30m`. It refuses
// an empty span, zero and more than MaxDuration.
func ParseDuration(s string) (Duration, error) {
	var d Duration
	if s == "" {
		return d, errors.New("is empty: write a duration such as 2d, 4h or 1w")
	}
	for rest, next := s, 0; rest != ""; {
		n, digits := leadingNumber(rest)
		if digits == 0 || digits > 6 || digits == len(rest) {
			return Duration{}, malformed(s)
		}
		at := unitIndex(rest[digits])
		if at < next {
			return Duration{}, malformed(s)
		}
		d.add(rest[digits], n)
		rest, next = rest[digits+1:], at+1
	}
	switch {
	case d == Duration{}:
		return d, fmt.Errorf("%q is no time at all: write a duration such as 2d, 4h or 1w", s)
	case d.Approx() > MaxDuration:
		return Duration{}, fmt.Errorf("%q is longer than ten years", s)
	}
	return d, nil
}

func malformed(s string) error {
	return fmt.Errorf("%q is not a duration: write weeks, days, hours and minutes in that order, such as 2d, 3h30m or 1w", s)
}

func leadingNumber(s string) (n, digits int) {
	for digits < len(s) && digits <= 6 && s[digits] >= '0' && s[digits] <= '9' {
		n = n*10 + int(s[digits]-'0')
		digits++
	}
	return n, digits
}

// unitIndex returns the place of the unit in the written order, -1 for none.
func unitIndex(u byte) int { return strings.IndexByte(string(units), u) }

func (d *Duration) add(unit byte, n int) {
	switch unit {
	case 'w':
		d.Weeks = n
	case 'd':
		d.Days = n
	case 'h':
		d.Clock += time.Duration(n) * time.Hour
	case 'm':
		d.Clock += time.Duration(n) * time.Minute
	}
}

// String writes the span in the form ParseDuration reads; `90m` comes back as `1h30m`.
func (d Duration) String() string {
	var b strings.Builder
	for i, n := range []int{d.Weeks, d.Days, int(d.Clock / time.Hour), int(d.Clock % time.Hour / time.Minute)} {
		if n != 0 {
			fmt.Fprintf(&b, "%d%c", n, units[i])
		}
	}
	return b.String()
}

// Approx is the length in calendar time, a day being 24 hours and a week seven
// days. It serves to compare spans, never to compute a deadline.
func (d Duration) Approx() time.Duration {
	return time.Duration(d.Weeks*7+d.Days)*24*time.Hour + d.Clock
}
