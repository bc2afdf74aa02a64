package plan

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/handstamp/handstamp/bench/replay/cases"
	"github.com/handstamp/handstamp/bench/replay/mapping"
	"github.com/handstamp/handstamp/internal/core/form"
)

// values works out what is entered with an act.
func (p *Planner) values(specs []mapping.Value, c *cases.Case, e *cases.Event, a *Act) (map[string]any, error) {
	if len(specs) == 0 {
		return nil, nil
	}
	out := map[string]any{}
	for _, v := range specs {
		if v.Next {
			if a.Next != "" && !strings.HasPrefix(a.Next, "!") {
				out[v.Field] = a.Next
			}
			continue
		}
		if v.Someone != "" {
			out[v.Field] = Someone(v.Someone)
			continue
		}
		raw, err := find(v, c, e)
		if err != nil || raw == nil {
			continue
		}
		f, ok := p.field(v.Field)
		if !ok {
			return nil, cannot("The form has no field %q.", v.Field)
		}
		x, err := convert(raw, f)
		if err != nil {
			return nil, cannot("The log's value for %q is no %s: %v.", v.Field, f.Type, err)
		}
		out[v.Field] = x
	}
	return out, nil
}

// Someone is a value that becomes the id of a person with that role.
type Someone string

// Named is a value that becomes the id of the person whom the log calls so.
type Named string

var errAbsent = errors.New("the log does not say")

// find looks a value up in the event, then in the case.
func find(v mapping.Value, c *cases.Case, e *cases.Event) (any, error) {
	if v.Const != nil {
		return v.Const, nil
	}
	if s, ok := e.Attributes.Get(v.From); ok {
		return s, nil
	}
	if s, ok := c.Attributes.Get(v.From); ok {
		return s, nil
	}
	if v.Default != nil {
		return v.Default, nil
	}
	return nil, errAbsent
}

func (p *Planner) field(name string) (form.Field, bool) {
	fields := p.Version.Document.Form.Fields
	i := slices.IndexFunc(fields, func(f form.Field) bool { return f.Name == name })
	if i < 0 {
		return form.Field{}, false
	}
	return fields[i], true
}

// convert brings a text of the log into the shape of a form field. What the
// mapping gives as a number or truth value is passed on as it is.
func convert(v any, f form.Field) (any, error) {
	s, ok := v.(string)
	if !ok && f.Type == form.Money {
		s, ok = fmt.Sprint(v), true
	}
	if !ok {
		return v, nil
	}
	text := strings.TrimSpace(s)
	switch f.Type {
	case form.Number, form.Rating:
		return number(text, f)
	case form.Money:
		return money(text, f)
	case form.YesNo:
		return yesNo(text)
	case form.Date:
		t, ok := cases.ParseTime(text)
		if !ok {
			return nil, fmt.Errorf("%q", text)
		}
		return t.Format(time.DateOnly), nil
	case form.DateTime:
		t, ok := cases.ParseTime(text)
		if !ok {
			return nil, fmt.Errorf("%q", text)
		}
		return t.Format(time.RFC3339), nil
	case form.Choice:
		return option(text, f), nil
	case form.User:
		return Named(text), nil
	}
	return text, nil
}

func number(text string, f form.Field) (any, error) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, fmt.Errorf("%q", text)
	}
	if f.Decimals != nil {
		n, err = strconv.ParseFloat(strconv.FormatFloat(n, 'f', *f.Decimals, 64), 64)
	}
	return n, err
}

// cents are the decimals of an amount. Logs whose amounts were made unrecognizable have many more.
const cents = 2

func money(text string, f form.Field) (any, error) {
	if len(text) > 60 { // more than any amount; an exponent could ask for gigabytes
		return nil, fmt.Errorf("%q", text[:60]+"…")
	}
	amount, err := strconv.ParseFloat(text, 64)
	exact := new(big.Rat)
	if err != nil || exact.SetFloat64(amount) == nil {
		return nil, fmt.Errorf("%q", text)
	}
	currency := "EUR"
	if len(f.Currencies) > 0 {
		currency = f.Currencies[0]
	}
	return map[string]any{"amount": exact.FloatString(cents), "currency": currency}, nil
}

func yesNo(text string) (any, error) {
	switch strings.ToLower(text) {
	case "true", "yes", "y", "1":
		return true, nil
	case "false", "no", "n", "0":
		return false, nil
	}
	return nil, fmt.Errorf("%q", text)
}

// option finds an option by value, or by label.
func option(text string, f form.Field) string {
	for _, o := range f.Options {
		if o.Value == text {
			return text
		}
	}
	for _, o := range f.Options {
		if strings.EqualFold(o.Label, text) {
			return o.Value
		}
	}
	return text
}
