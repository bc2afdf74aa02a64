package httpapi

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// maxFieldErrors bounds an answer: whoever has more wrong than this reads the first ones.
const maxFieldErrors = 50

// validator compares a parsed body with the schema of its operation. It reports
// every field with our own words and paths, and never a value: what was sent
// may be a password.
type validator struct {
	schemas huma.Registry
	errs    []fault.Field
}

// check returns nil or one Invalid fault that names every wrong field.
func check(schemas huma.Registry, s *huma.Schema, body any) error {
	v := validator{schemas: schemas}
	v.value("", s, body)
	if len(v.errs) == 0 {
		return nil
	}
	e := fault.New(fault.Invalid, "Something in the request is not right; see errors.")
	e.Fields = v.errs
	if len(e.Fields) == 1 {
		e.Message = e.Fields[0].Message
	}
	return e
}

func (v *validator) add(path, message string) {
	if path == "" {
		path = "body"
	}
	if len(v.errs) < maxFieldErrors {
		v.errs = append(v.errs, fault.Field{Path: clip(path), Message: message})
	}
}

func (v *validator) value(path string, s *huma.Schema, x any) {
	for s.Ref != "" {
		s = v.schemas.SchemaFromRef(s.Ref)
	}
	if x == nil && (s.Nullable || s.Type == "") {
		return
	}
	switch s.Type {
	case huma.TypeObject:
		v.object(path, s, x)
	case huma.TypeArray:
		v.list(path, s, x)
	case huma.TypeString:
		v.text(path, s, x)
	case huma.TypeBoolean:
		if _, ok := x.(bool); !ok {
			v.add(path, "Must be true or false.")
		}
	case huma.TypeInteger, huma.TypeNumber:
		v.number(path, s, x)
	}
}

func (v *validator) object(path string, s *huma.Schema, x any) {
	m, ok := x.(map[string]any)
	if !ok {
		v.add(path, "Must be an object.")
		return
	}
	for _, name := range s.Required {
		if _, ok := m[name]; !ok {
			v.add(join(path, name), "Is required.")
		}
	}
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names) // one order of errors for one request
	for _, name := range names {
		v.member(path, s, name, m[name])
	}
}

func (v *validator) member(path string, s *huma.Schema, name string, x any) {
	at := join(path, name)
	if prop, known := s.Properties[name]; known {
		// An optional member that is null counts as absent.
		if x != nil || slices.Contains(s.Required, name) {
			v.value(at, prop, x)
		}
		return
	}
	if more, ok := s.AdditionalProperties.(*huma.Schema); ok {
		v.value(at, more, x)
		return
	}
	for known := range s.Properties {
		if strings.EqualFold(known, name) {
			v.add(at, "Is not a member here; it is written "+known+".")
			return
		}
	}
	v.add(at, "Is not a member of this request.")
}

func (v *validator) list(path string, s *huma.Schema, x any) {
	l, ok := x.([]any)
	if !ok {
		v.add(path, "Must be a list.")
		return
	}
	if s.MinItems != nil && len(l) < *s.MinItems {
		v.add(path, "Needs at least "+count(*s.MinItems, "item")+".")
	}
	if s.MaxItems != nil && len(l) > *s.MaxItems {
		v.add(path, "May have at most "+count(*s.MaxItems, "item")+".")
		return
	}
	for i, item := range l {
		v.value(join(path, strconv.Itoa(i)), s.Items, item)
	}
}

func (v *validator) text(path string, s *huma.Schema, x any) {
	t, ok := x.(string)
	if !ok {
		v.add(path, "Must be a text.")
		return
	}
	n := utf8.RuneCountInString(t)
	switch {
	case s.MinLength != nil && n < *s.MinLength:
		v.add(path, tooShort(*s.MinLength))
	case s.MaxLength != nil && n > *s.MaxLength:
		v.add(path, "May have at most "+count(*s.MaxLength, "character")+".")
	case s.Pattern != "" && !pattern(s.Pattern).MatchString(t):
		v.add(path, "Has the wrong form"+wanted(s.PatternDescription)+".")
	case len(s.Enum) > 0 && !slices.Contains(s.Enum, x):
		v.add(path, "Must be one of "+choices(s.Enum)+".")
	default:
		if message := wrongFormat(s.Format, t); message != "" {
			v.add(path, message)
		}
	}
}

func tooShort(least int) string {
	if least == 1 {
		return "Must not be empty."
	}
	return "Needs at least " + count(least, "character") + "."
}

func wrongFormat(format, t string) string {
	switch format {
	case "uuid":
		if len(t) != 36 || uuid.Validate(t) != nil {
			return "Must be an id (a UUID)."
		}
	case "date":
		if _, err := time.Parse(time.DateOnly, t); err != nil {
			return "Must be a date such as 2026-03-31."
		}
	case "date-time":
		if _, err := time.Parse(time.RFC3339, t); err != nil {
			return "Must be a time such as 2026-03-31T09:00:00Z."
		}
	}
	return ""
}

func (v *validator) number(path string, s *huma.Schema, x any) {
	n, ok := x.(float64)
	whole := s.Type == huma.TypeInteger
	switch {
	case !ok:
		v.add(path, "Must be a number.")
	case whole && (n != math.Trunc(n) || math.Abs(n) > 1<<53):
		v.add(path, "Must be a whole number.")
	case s.Minimum != nil && n < *s.Minimum:
		v.add(path, "Must be "+amount(*s.Minimum)+" or more.")
	case s.Maximum != nil && n > *s.Maximum:
		v.add(path, "Must be "+amount(*s.Maximum)+" or less.")
	}
}

// patterns keeps compiled expressions; they come from struct tags, so there are few.
var patterns sync.Map

func pattern(expr string) *regexp.Regexp {
	if re, ok := patterns.Load(expr); ok {
		return re.(*regexp.Regexp)
	}
	re := regexp.MustCompile(expr)
	patterns.Store(expr, re)
	return re
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

func amount(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

func wanted(description string) string {
	if description == "" {
		return ""
	}
	return "; it must be " + description
}

func choices(enum []any) string {
	words := make([]string, len(enum))
	for i, e := range enum {
		words[i], _ = e.(string)
	}
	return strings.Join(words, ", ")
}
