package httpapi

import (
	"bytes"
	"encoding/json"
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

// parseJSON reads one JSON document (RFC 8259) the strict way. The standard
// decoder lets the last of two equal keys win, replaces broken UTF-8 and allows
// any depth; each of these lets two readers of one request see different things,
// so all are refused here, before any other code looks at the body. Numbers
// become float64, as everywhere in JSON.
func parseJSON(body []byte) (any, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, fault.New(fault.Malformed, "The request has no body. Send a JSON object, {} at least.")
	}
	if !utf8.Valid(body) {
		return nil, fault.New(fault.Malformed, "The body is not valid UTF-8.")
	}
	p := parser{src: body}
	v, err := p.value()
	if err != nil {
		return nil, err
	}
	if p.space(); p.at < len(p.src) {
		return nil, fault.New(fault.Malformed, "The body goes on after the end of the JSON document.")
	}
	return v, nil
}

type parser struct {
	src  []byte
	at   int
	path []string
}

// space skips white space.
func (p *parser) space() {
	for p.at < len(p.src) {
		switch p.src[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

// peek returns the next byte that is not white space; 0 at the end.
func (p *parser) peek() byte {
	if p.space(); p.at < len(p.src) {
		return p.src[p.at]
	}
	return 0
}

func (p *parser) value() (any, error) {
	switch c := p.peek(); {
	case c == '{' || c == '[':
		if len(p.path) >= maxDepth {
			return nil, p.fault("The body is nested deeper than %d levels.", maxDepth)
		}
		p.at++
		if c == '{' {
			return p.object()
		}
		return p.list()
	case c == '"':
		return p.text()
	case c == '-' || (c >= '0' && c <= '9'):
		return p.number()
	case c == 't':
		return true, p.word("true")
	case c == 'f':
		return false, p.word("false")
	}
	return nil, p.word("null")
}

func (p *parser) word(w string) error {
	if !bytes.HasPrefix(p.src[p.at:], []byte(w)) {
		return p.broken()
	}
	p.at += len(w)
	return nil
}

func (p *parser) object() (any, error) {
	out := map[string]any{}
	if p.peek() == '}' {
		p.at++
		return out, nil
	}
	for {
		if err := p.member(out); err != nil {
			return nil, err
		}
		if end, err := p.more('}'); end || err != nil {
			return out, err
		}
	}
}

func (p *parser) member(out map[string]any) error {
	if p.peek() != '"' {
		return p.broken()
	}
	key, err := p.text()
	if err != nil {
		return err
	}
	p.path = append(p.path, key)
	if _, twice := out[key]; twice {
		return p.fault("The member stands twice in one object; send it once.")
	}
	if len(out) == maxMembers {
		return p.fault("An object has more than %d members.", maxMembers)
	}
	if p.peek() != ':' {
		return p.broken()
	}
	p.at++
	out[key], err = p.value()
	if err == nil { // the path of an error is still needed
		p.path = p.path[:len(p.path)-1]
	}
	return err
}

func (p *parser) list() (any, error) {
	out := []any{}
	if p.peek() == ']' {
		p.at++
		return out, nil
	}
	for {
		p.path = append(p.path, strconv.Itoa(len(out)))
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
		p.path = p.path[:len(p.path)-1]
		if end, err := p.more(']'); end || err != nil {
			return out, err
		}
	}
}

// more steps over a comma, or over the end of the object or list.
func (p *parser) more(end byte) (ended bool, err error) {
	switch p.peek() {
	case end:
		p.at++
		return true, nil
	case ',':
		p.at++
		return false, nil
	}
	return false, p.broken()
}

// text reads a string that begins at the present byte. A rare one with escapes
// is left to the standard decoder, which knows surrogates.
func (p *parser) text() (string, error) {
	start, escaped := p.at, false
	for p.at++; p.at < len(p.src); p.at++ {
		switch c := p.src[p.at]; {
		case c == '"':
			p.at++
			return p.unquote(p.src[start:p.at], escaped)
		case c == '\\':
			escaped = true
			p.at++
		case c < ' ':
			return "", p.broken()
		}
	}
	return "", p.broken()
}

func (p *parser) unquote(quoted []byte, escaped bool) (string, error) {
	if !escaped {
		return string(quoted[1 : len(quoted)-1]), nil
	}
	var s string
	if json.Unmarshal(quoted, &s) != nil {
		return "", p.broken()
	}
	// The one character that PostgreSQL cannot keep.
	if strings.IndexByte(s, 0) >= 0 {
		return "", p.fault("A text contains the character U+0000, which cannot be kept.")
	}
	return s, nil
}

// number reads -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?
func (p *parser) number() (any, error) {
	start := p.at
	if p.src[p.at] == '-' {
		p.at++
	}
	whole := p.at
	if n := p.digits(); n == 0 || (n > 1 && p.src[whole] == '0') {
		return nil, p.broken()
	}
	if p.at < len(p.src) && p.src[p.at] == '.' {
		p.at++
		if p.digits() == 0 {
			return nil, p.broken()
		}
	}
	if p.at < len(p.src) && (p.src[p.at] == 'e' || p.src[p.at] == 'E') {
		p.at++
		if p.at < len(p.src) && (p.src[p.at] == '+' || p.src[p.at] == '-') {
			p.at++
		}
		if p.digits() == 0 {
			return nil, p.broken()
		}
	}
	f, err := strconv.ParseFloat(string(p.src[start:p.at]), 64)
	if err != nil {
		return nil, p.fault("A number is too large.")
	}
	return f, nil
}

func (p *parser) digits() (n int) {
	for p.at < len(p.src) && p.src[p.at] >= '0' && p.src[p.at] <= '9' {
		p.at++
		n++
	}
	return n
}

// fault names the place but never repeats a value.
func (p *parser) fault(format string, args ...any) error {
	e := fault.New(fault.Malformed, format, args...)
	if len(p.path) == 0 {
		return e
	}
	return e.With(clip(strings.Join(p.path, ".")), "%s", e.Message)
}

func (p *parser) broken() error {
	if p.at >= len(p.src) {
		return fault.New(fault.Malformed, "The body is not complete JSON: it ends too early.")
	}
	return fault.New(fault.Malformed, "The body is not valid JSON near byte %d.", p.at)
}

// clip keeps what a caller named from filling an answer or a log line.
func clip(s string) string {
	const most = 200
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
