package workflow

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
)

// ParseJSON reads a document. It is strict: unknown and repeated members, and
// members in other letter case, are problems, with line and column. Only the
// form of the document is checked; Compile checks what it means.
func ParseJSON(data []byte) (Document, fault.Problems) {
	r := &reader{}
	if len(data) > maxBytes {
		return Document{}, tooLarge(len(data))
	}
	t, err := jsonTree(data)
	if err != nil {
		return Document{}, fault.Problems{*err}
	}
	return r.document(t)
}

func tooLarge(n int) fault.Problems {
	return fault.Problems{{Message: fmt.Sprintf("The document has %d bytes; at most %d fit.", n, maxBytes)}}
}

// jsonReader makes a tree of JSON text.
type jsonReader struct {
	dec   *json.Decoder
	data  []byte
	lines []int // offsets at which lines begin
}

func jsonTree(data []byte) (*tree, *fault.Problem) {
	if !utf8.Valid(data) {
		return nil, &fault.Problem{Message: "The document is not valid UTF-8."}
	}
	j := &jsonReader{dec: json.NewDecoder(bytes.NewReader(data)), data: data, lines: []int{0}}
	j.dec.UseNumber()
	for i, c := range data {
		if c == '\n' {
			j.lines = append(j.lines, i+1)
		}
	}
	// The whole text is checked first: only so does the error have its true place.
	var raw json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, j.problem(err, len(data))
	}
	t, err := j.value(0)
	if err != nil {
		return nil, j.problem(err, int(j.dec.InputOffset()))
	}
	return t, nil
}

// problem is what is wrong with the text, at the offset or where the error knows better.
func (j *jsonReader) problem(err error, offset int) *fault.Problem {
	if s, ok := errors.AsType[*json.SyntaxError](err); ok {
		if !strings.HasPrefix(s.Error(), "unexpected end") {
			offset = int(s.Offset) - 1
		}
	}
	line, column := j.position(max(offset, 0))
	return &fault.Problem{Message: fmt.Sprintf("This is not JSON: %v.", err), Line: line, Column: column}
}

func (j *jsonReader) position(offset int) (line, column int) {
	line = sort.SearchInts(j.lines, offset+1)
	return line, offset - j.lines[line-1] + 1
}

// next is the offset at which the next token begins.
func (j *jsonReader) next() int {
	at := int(j.dec.InputOffset())
	for at < len(j.data) && bytes.IndexByte([]byte(" \t\r\n,:"), j.data[at]) >= 0 {
		at++
	}
	return at
}

func (j *jsonReader) value(depth int) (*tree, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("it is nested deeper than %d levels", maxDepth)
	}
	line, column := j.position(j.next())
	tok, err := j.dec.Token()
	if err != nil {
		return nil, err
	}
	t := &tree{}
	switch x := tok.(type) {
	case json.Delim:
		err = j.container(t, x, depth)
	case string:
		t.kind, t.text = textTree, x
	case json.Number:
		var n float64
		if n, err = x.Float64(); err == nil {
			t, err = newNumber(n)
		}
	case bool:
		t.kind, t.text = boolTree, fmt.Sprint(x)
	}
	if err != nil {
		return nil, err
	}
	t.line, t.column = line, column
	return t, nil
}

func (j *jsonReader) container(t *tree, open json.Delim, depth int) error {
	t.kind = listTree
	if open == '{' {
		t.kind = objectTree
	}
	for j.dec.More() {
		if t.kind == objectTree {
			line, column := j.position(j.next())
			key, err := j.dec.Token()
			if err != nil {
				return err
			}
			t.keys = append(t.keys, place{fmt.Sprint(key), line, column})
		}
		x, err := j.value(depth + 1)
		if err != nil {
			return err
		}
		t.items = append(t.items, x)
	}
	_, err := j.dec.Token()
	return err
}

// JSON writes the document in its canonical form: members in the order of
// Document, absent where they are empty, on one line. Equal documents give equal
// bytes.
func (d Document) JSON() ([]byte, error) {
	if d.Form.Fields == nil {
		d.Form.Fields = []form.Field{}
	}
	if d.Steps == nil {
		d.Steps = []Step{}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(d); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Hash is the SHA-256 of the canonical JSON in hexadecimal digits, "" for a
// document that JSON cannot hold.
func (d Document) Hash() string {
	b, err := d.JSON()
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Clone copies the document under another key and name. Parameters that ask
// for it come blank; run numbers begin with the new key.
func (d Document) Clone(key, name string) Document {
	out := d.Copy()
	out.Key, out.Name, out.Prefix = key, name, ""
	for i := range out.Params {
		if out.Params[i].Ask {
			out.Params[i].Value = nil
		}
	}
	return out
}

// Copy returns a document that shares nothing with d. It goes by way of JSON,
// which holds all of a document.
func (d Document) Copy() Document {
	b, err := d.JSON()
	if err != nil {
		return d // only values that came from nowhere but Go code
	}
	var out Document
	if err := json.Unmarshal(b, &out); err != nil {
		return d
	}
	return out
}
