package xes

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// parser walks through the elements of one log.
type parser struct {
	Reader
	each   func(Case) error
	source *boundedReader
	xml    *xml.Decoder
	sum    Summary
	known  map[string]string
	inside bool // the log element has begun
	ended  bool
}

// token returns the next token, with the bound for it set anew.
func (p *parser) token() (xml.Token, error) {
	p.source.used = 0
	return p.xml.Token()
}

// run reads the whole file.
func (p *parser) run() error {
	for {
		t, err := p.token()
		switch {
		case errors.Is(err, io.EOF) && p.ended:
			return nil
		case errors.Is(err, io.EOF) && !p.inside:
			return errors.New("it has no log element: this is no XES file")
		case err != nil:
			return p.broken(err)
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if p.inside || start.Name.Local != "log" {
			return p.at(fmt.Errorf("the outermost element is %q where XES has one log", start.Name.Local))
		}
		p.inside = true
		if err := p.log(); err != nil {
			return err
		}
		p.ended = true
	}
}

// log reads what stands in the log element. Everything beside traces describes
// the log and means nothing here.
func (p *parser) log() error {
	return p.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "trace":
			return p.trace()
		case "event":
			p.sum.Stray++
		}
		return p.skip(1)
	})
}

// trace reads one case and hands it on.
func (p *parser) trace() error {
	var c Case
	err := p.children(func(e xml.StartElement) error {
		if e.Name.Local != "event" {
			return p.attribute(e, &c.Attributes)
		}
		if p.sum.Events++; p.MaxEvents > 0 && p.sum.Events > p.MaxEvents {
			return p.at(fmt.Errorf("the log has more than %d events", p.MaxEvents))
		}
		var event Attributes
		err := p.children(func(e xml.StartElement) error { return p.attribute(e, &event) })
		c.Events = append(c.Events, event)
		return err
	})
	if err != nil {
		return err
	}
	p.sum.Cases++
	return p.each(c)
}

// attribute takes one attribute over; what is nested in it is not read.
func (p *parser) attribute(e xml.StartElement, into *Attributes) error {
	switch e.Name.Local {
	case "string", "date", "int", "float", "boolean", "id":
		var a Attribute
		var named bool
		for _, x := range e.Attr {
			switch x.Name.Local {
			case "key":
				a.Key, named = x.Value, true
			case "value":
				a.Value = x.Value
			}
		}
		if !named {
			return p.at(fmt.Errorf("a %s attribute has no key", e.Name.Local))
		}
		if p.Keep == nil || p.Keep(a.Key) {
			*into = append(*into, Attribute{p.shared(a.Key), p.shared(a.Value)})
		}
	}
	return p.skip(1)
}

// shared returns one copy of equal texts: logs repeat themselves, and hold the
// buffer of the decoder otherwise.
func (p *parser) shared(s string) string {
	if k, ok := p.known[s]; ok {
		return k
	}
	if len(p.known) < maxKnown {
		p.known[s] = s
	}
	return s
}

// children calls do for each element inside the present one; do reads its end, too.
func (p *parser) children(do func(xml.StartElement) error) error {
	for {
		t, err := p.token()
		if err != nil {
			return p.broken(err)
		}
		switch e := t.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := do(e); err != nil {
				return err
			}
		}
	}
}

// skip reads to the end of the present element.
func (p *parser) skip(depth int) error {
	if depth > maxDepth {
		return p.at(fmt.Errorf("elements are nested deeper than %d levels", maxDepth))
	}
	return p.children(func(xml.StartElement) error { return p.skip(depth + 1) })
}

// broken says where a file stops being readable.
func (p *parser) broken(err error) error {
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		return fmt.Errorf("line %d: %s", syntax.Line, syntax.Msg)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return p.at(errors.New("the file ends in the middle: it was cut off"))
	}
	return p.at(err)
}

func (p *parser) at(err error) error {
	line, _ := p.xml.InputPos()
	return fmt.Errorf("line %d: %w", line, err)
}
