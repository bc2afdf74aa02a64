package workflow

import "github.com/handstamp/handstamp/internal/core/form"

// absence checks what makes the initiator absent.
func (b *builder) absence() {
	a := b.doc.Absence
	if a == nil {
		return
	}
	ends := false
	for _, n := range b.v.nodes {
		ends = ends || n.Type == End && n.Outcome == a.Outcome
	}
	if !ends {
		b.add("absence.outcome", "No step ends with the outcome %q. Name one of those.", a.Outcome)
	}
	if a.Period != "" {
		b.holds("absence.period", a.Period, form.Range, "a date range")
		if a.From != "" || a.Until != "" {
			b.add("absence.period", "Name either a period, or a first and a last day.")
		}
	} else {
		b.holds("absence.from", a.From, form.Date, "a date")
		b.holds("absence.until", a.Until, form.Date, "a date")
	}
	if a.StandIn != "" {
		b.holds("absence.stand_in", a.StandIn, form.User, "a person")
	}
}

// holds checks that a field is there and of a type.
func (b *builder) holds(at, name string, t form.FieldType, what string) {
	switch f, ok := b.fields[name]; {
	case name == "":
		b.add(at, "Name the field that holds it.")
	case !ok:
		b.add(at, "There is no field %q.", name)
	case f.Type != t:
		b.add(at, "The field %q does not hold %s. Name one that does.", name, what)
	}
}
