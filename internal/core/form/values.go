package form

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/handstamp/handstamp/internal/core/calendar"
)

// What a field holds at most, where the designer set no tighter limit.
const (
	maxText     = 4_000
	maxLongText = 20_000
	maxNumber   = 1e15 // beyond it a double no longer holds every whole number
	maxURL      = 2_000
	maxEmail    = 254 // RFC 5321, 4.5.3.1.3
)

func parseText(_ *field, v any) (any, error) {
	s, err := text(v)
	if err != nil {
		return nil, err
	}
	if strings.ContainsAny(s, "\n\t") {
		return nil, errors.New("must be a single line")
	}
	return short(s, maxText)
}

func parseLongText(_ *field, v any) (any, error) {
	s, err := text(v)
	if err != nil {
		return nil, err
	}
	return short(s, maxLongText)
}

// text accepts a string without control characters, trims it and writes line
// ends as \n. NUL would be refused by the database, the rest by printers and logs.
func text(v any) (string, error) {
	s, ok := v.(string)
	if !ok {
		return "", errors.New("must be text")
	}
	if !utf8.ValidString(s) {
		return "", errors.New("contains characters that are not valid UTF-8")
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return "", errors.New("contains control characters; remove them")
		}
	}
	return strings.TrimSpace(s), nil
}

func short(s string, most int) (any, error) {
	if n := utf8.RuneCountInString(s); n > most {
		return nil, fmt.Errorf("must have at most %d characters; it has %d", most, n)
	}
	return s, nil
}

func checkText(f *field, v any) error {
	s := v.(string)
	if n := utf8.RuneCountInString(s); n < f.MinLength {
		return fmt.Errorf("must have at least %d characters; it has %d", f.MinLength, n)
	}
	if f.MaxLength > 0 {
		if _, err := short(s, f.MaxLength); err != nil {
			return err
		}
	}
	if f.pattern != nil && !f.pattern.MatchString(s) {
		return errors.New("is not in the form that is asked for" + hint(f))
	}
	return nil
}

// hint repeats the placeholder, which by custom shows an example.
func hint(f *field) string {
	if f.Placeholder == "" {
		return ""
	}
	return ", for instance: " + f.Placeholder
}

// toNumber accepts the shapes in which Go code and JSON hold a finite number.
func toNumber(v any) (float64, bool) {
	var n float64
	switch x := v.(type) {
	case float64:
		n = x
	case int:
		n = float64(x)
	case int64:
		n = float64(x)
	case int32:
		n = float64(x)
	case json.Number:
		p, err := x.Float64()
		if err != nil {
			return 0, false
		}
		n = p
	default:
		return 0, false
	}
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, false
	}
	return n + 0, true // + 0 turns a negative zero into zero
}

func parseNumber(_ *field, v any) (any, error) {
	n, ok := toNumber(v)
	if !ok {
		return nil, errors.New("must be a number")
	}
	if math.Abs(n) > maxNumber {
		return nil, errors.New("is too large a number")
	}
	return n, nil
}

func checkNumber(f *field, v any) error {
	n := v.(float64)
	if err := between(n, f.Min, f.Max, f.Unit); err != nil {
		return err
	}
	if f.Decimals != nil && decimals(n) > *f.Decimals {
		if *f.Decimals == 0 {
			return errors.New("must be a whole number")
		}
		return fmt.Errorf("must have at most %d decimals", *f.Decimals)
	}
	return nil
}

// plurals are the units that are words and have another form for one; the browser knows
// the same.
var plurals = regexp.MustCompile(`(?i)^(second|minute|hour|day|night|week|month|year|mile|piece|page|seat|licence|license|guest|room|trip)s$`)

// withUnit is a number as it is said: "1 day", "2 days", "1 km".
func withUnit(n float64, unit string) string {
	switch {
	case unit == "":
		return plainNumber(n)
	case n == 1 && plurals.MatchString(unit):
		unit = unit[:len(unit)-1]
	}
	return plainNumber(n) + " " + unit
}

func between(n float64, low, high *float64, unit string) error {
	if low != nil && n < *low {
		return fmt.Errorf("must be at least %s", withUnit(*low, unit))
	}
	if high != nil && n > *high {
		return fmt.Errorf("must be at most %s", withUnit(*high, unit))
	}
	return nil
}

func plainNumber(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// decimals counts the digits behind the point of the shortest text for n.
func decimals(n float64) int {
	_, frac, _ := strings.Cut(plainNumber(n), ".")
	return len(frac)
}

func parseRating(f *field, v any) (any, error) {
	best := float64(defaultRating)
	if f.Max != nil {
		best = *f.Max
	}
	n, ok := toNumber(v)
	if !ok || n != math.Trunc(n) || n < 1 || n > best {
		return nil, fmt.Errorf("must be a whole number from 1 to %s", plainNumber(best))
	}
	return n, nil
}

const defaultRating = 5

func parseYesNo(_ *field, v any) (any, error) {
	if b, ok := v.(bool); ok {
		return b, nil
	}
	return nil, errors.New("must be yes or no (true or false)")
}

func parseDate(_ *field, v any) (any, error) {
	if s, ok := v.(string); ok && len(s) == len(time.DateOnly) {
		// Years before 1000 are slips of the hand: 0026 for 2026.
		if d, err := time.Parse(time.DateOnly, s); err == nil && d.Year() >= 1000 {
			return s, nil
		}
	}
	return nil, errors.New("must be a date of the calendar, written such as 2026-01-31")
}

func parseDateTime(_ *field, v any) (any, error) {
	if s, ok := v.(string); ok {
		t, err := time.Parse(time.RFC3339, s)
		if err == nil && t.UTC().Year() >= 1000 && t.UTC().Year() <= 9999 {
			return t.UTC().Truncate(time.Second).Format(time.RFC3339), nil
		}
	}
	return nil, errors.New("must be a date with time and zone, written such as 2026-01-31T14:30:00Z")
}

func parseTime(_ *field, v any) (any, error) {
	if s, ok := v.(string); ok && len(s) == 5 {
		if _, err := time.Parse("15:04", s); err == nil {
			return s, nil
		}
	}
	return nil, errors.New("must be a time of day, written such as 14:30")
}

func parseRange(f *field, v any) (any, error) {
	wrong := errors.New(`must have a first and a last day, such as {"from": "2026-01-31", "to": "2026-02-02"}`)
	m, ok := v.(map[string]any)
	if !ok || !onlyKeys(m, "from", "to") {
		return nil, wrong
	}
	from, err1 := parseDate(f, m["from"])
	to, err2 := parseDate(f, m["to"])
	if err1 != nil || err2 != nil {
		return nil, wrong
	}
	if to.(string) < from.(string) {
		return nil, errors.New("ends before it begins; the last day must not lie before the first")
	}
	return map[string]any{"from": from, "to": to}, nil
}

func onlyKeys(m map[string]any, keys ...string) bool {
	for k := range m {
		if !slices.Contains(keys, k) {
			return false
		}
	}
	return true
}

func parseDuration(_ *field, v any) (any, error) {
	s, _ := v.(string)
	d, err := calendar.ParseDuration(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		return nil, errors.New("must be a duration, written such as 2d or 3h30m")
	}
	return d.String(), nil
}

func parseChoice(f *field, v any) (any, error) {
	s, ok := v.(string)
	if !ok || !f.hasOption(s) {
		return nil, errors.New("must be one of the choices that are offered")
	}
	return s, nil
}

// parseChoices puts the chosen values in the order of the options, so that the
// same choice is the same value.
func parseChoices(f *field, v any) (any, error) {
	given, ok := textList(v)
	if !ok {
		return nil, errors.New("must be a list of the choices that are offered")
	}
	for _, s := range given {
		if !f.hasOption(s) {
			return nil, errors.New("contains a choice that is not offered")
		}
	}
	out := []any{}
	for _, o := range f.Options {
		if slices.Contains(given, o.Value) {
			out = append(out, o.Value)
		}
	}
	return out, nil
}

func textList(v any) ([]string, bool) {
	switch l := v.(type) {
	case []string:
		return l, true
	case []any:
		out := make([]string, len(l))
		for i, x := range l {
			s, ok := x.(string)
			if !ok {
				return nil, false
			}
			out[i] = s
		}
		return out, true
	}
	return nil, false
}

var (
	uuidText  = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	deptKey   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,39}$`)
	emailText = regexp.MustCompile(`^[^\s@<>"(),:;\\\[\]]+@[^\s@<>"(),:;\\\[\].]+(\.[^\s@<>"(),:;\\\[\].]+)+$`)
	phoneText = regexp.MustCompile(`^\+?[0-9]([ ()./-]*[0-9]){4,19}$`)
)

func parseUser(_ *field, v any) (any, error) {
	s, _ := v.(string)
	if s = strings.ToLower(strings.TrimSpace(s)); uuidText.MatchString(s) {
		return s, nil
	}
	return nil, errors.New("must be a person of the organization (an id)")
}

func parseDept(_ *field, v any) (any, error) {
	s, _ := v.(string)
	if s = strings.TrimSpace(s); deptKey.MatchString(s) {
		return s, nil
	}
	return nil, errors.New("must be a department (its key, such as HR)")
}

func parseEmail(_ *field, v any) (any, error) {
	s, err := text(v)
	if err != nil || len(s) > maxEmail || !emailText.MatchString(s) {
		return nil, errors.New("must be an email address, such as asha@example.com")
	}
	return s, nil
}

func parsePhone(_ *field, v any) (any, error) {
	s, err := text(v)
	if err != nil || !phoneText.MatchString(s) {
		return nil, errors.New("must be a telephone number, such as +49 30 901820")
	}
	return s, nil
}

// parseURL accepts only web addresses: what a person clicks must not run code.
func parseURL(_ *field, v any) (any, error) {
	wrong := errors.New("must be a web address that begins with https:// or http://")
	s, err := text(v)
	if err != nil || len(s) > maxURL || strings.ContainsAny(s, " \n\t") {
		return nil, wrong
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil {
		return nil, wrong
	}
	return s, nil
}
