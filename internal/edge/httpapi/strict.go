package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// The limits of a request body. They stand far above what a person fills in.
const (
	maxBody    = 1 << 20 // bytes
	maxDepth   = 32      // objects and lists within each other
	maxMembers = 1000    // of one object
)

// parseJSON reads one JSON document the strict way. The standard decoder lets
// the last of two equal keys win, replaces broken UTF-8 and allows any depth;
// each of these lets two readers of one request see different things, so all
// are refused here, before any other code looks at the body. Numbers become
// float64, as everywhere in JSON.
func parseJSON(body []byte) (any, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, fault.New(fault.Malformed, "The request has no body. Send a JSON object, {} at least.")
	}
	if !utf8.Valid(body) {
		return nil, fault.New(fault.Malformed, "The body is not valid UTF-8.")
	}
	p := parser{dec: json.NewDecoder(bytes.NewReader(body))}
	v, err := p.value()
	if err != nil {
		return nil, p.explain(err)
	}
	if _, err := p.dec.Token(); !errors.Is(err, io.EOF) {
		return nil, fault.New(fault.Malformed, "The body goes on after the end of the JSON document.")
	}
	return v, nil
}

type parser struct {
	dec  *json.Decoder
	path []string
}

func (p *parser) value() (any, error) {
	tok, err := p.dec.Token()
	if err != nil {
		return nil, err
	}
	switch tok := tok.(type) {
	case json.Delim:
		if len(p.path) >= maxDepth {
			return nil, p.fault("The body is nested deeper than %d levels.", maxDepth)
		}
		if tok == '{' {
			return p.object()
		}
		return p.list()
	case string:
		return tok, p.text(tok)
	}
	return tok, nil
}

func (p *parser) object() (any, error) {
	out := map[string]any{}
	for p.dec.More() {
		tok, err := p.dec.Token()
		if err != nil {
			return nil, err
		}
		key := tok.(string) // the decoder allows nothing else here
		p.path = append(p.path, key)
		if err := p.text(key); err != nil {
			return nil, err
		}
		if _, twice := out[key]; twice {
			return nil, p.fault("The member stands twice in one object; send it once.")
		}
		if len(out) == maxMembers {
			return nil, p.fault("An object has more than %d members.", maxMembers)
		}
		if out[key], err = p.value(); err != nil {
			return nil, err
		}
		p.path = p.path[:len(p.path)-1]
	}
	_, err := p.dec.Token()
	return out, err
}

func (p *parser) list() (any, error) {
	out := []any{}
	for p.dec.More() {
		p.path = append(p.path, strconv.Itoa(len(out)))
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
		p.path = p.path[:len(p.path)-1]
	}
	_, err := p.dec.Token()
	return out, err
}

// text refuses the one character that PostgreSQL cannot keep.
func (p *parser) text(s string) error {
	if strings.IndexByte(s, 0) >= 0 {
		return p.fault("A text contains the character U+0000, which cannot be kept.")
	}
	return nil
}

// fault names the place but never repeats a value. A key with a NUL is not repeated either.
func (p *parser) fault(format string, args ...any) error {
	e := fault.New(fault.Malformed, format, args...)
	path := strings.ReplaceAll(strings.Join(p.path, "."), "\x00", "")
	if path == "" {
		return e
	}
	return e.With(clip(path), "%s", e.Message)
}

// explain turns the decoder's errors into a sentence without its quotes of the input.
func (p *parser) explain(err error) error {
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	if _, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return p.fault("A number is too large.")
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fault.New(fault.Malformed, "The body is not complete JSON: it ends too early.")
	}
	return fault.New(fault.Malformed, "The body is not valid JSON near byte %d.", p.dec.InputOffset())
}

// clip keeps what a caller named from filling an answer or a log line.
func clip(s string) string {
	const most = 200
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
