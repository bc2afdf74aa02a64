package workflow

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// The limits of a document as text.
const (
	maxBytes = 256 << 10
	maxDepth = 64
)

// treeKind is what a node of a document holds.
type treeKind int

const (
	nullTree treeKind = iota
	textTree
	numberTree
	boolTree
	listTree
	objectTree
)

// tree is a document as it was written, in YAML or JSON: members in their
// order, repeated ones included, with their places. Both languages become a
// tree, one decoder makes the Document of it.
type tree struct {
	kind treeKind
	// text is the text, or the literal of a number or bool.
	text string
	// bare is set where YAML has no quotes: `label: 2026` may be meant as text.
	bare bool
	// written is a bare number's text as it was written.
	written      string
	keys         []place // of an object
	items        []*tree // of an object or a list
	line, column int
}

// place is a key and where it stands.
type place struct {
	name         string
	line, column int
}

// get returns the first member of that name.
func (t *tree) get(name string) *tree {
	for i, k := range t.keys {
		if k.name == name {
			return t.items[i]
		}
	}
	return nil
}

// value is the tree as JSON values.
func (t *tree) value() any {
	switch t.kind {
	case textTree:
		return t.text
	case numberTree:
		return number(t.text)
	case boolTree:
		return t.text == "true"
	case listTree:
		out := make([]any, len(t.items))
		for i, x := range t.items {
			out[i] = x.value()
		}
		return out
	case objectTree:
		out := make(map[string]any, len(t.items))
		for i, k := range t.keys {
			out[k.name] = t.items[i].value()
		}
		return out
	}
	return nil
}

// number reads a literal that newNumber made.
func number(literal string) float64 {
	var n float64
	if err := json.Unmarshal([]byte(literal), &n); err != nil {
		return math.NaN()
	}
	return n
}

// newNumber makes a number in the one form in which documents write it.
func newNumber(n float64) (*tree, error) {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return nil, fmt.Errorf("%v is not a number a document can hold", n)
	}
	literal, err := json.Marshal(n + 0) // + 0: there is no negative zero
	return &tree{kind: numberTree, text: string(literal)}, err
}

// maxProblems bounds how many problems of a text are told.
const maxProblems = 20_000

// reader collects the problems met while reading.
type reader struct{ ps fault.Problems }

func (r *reader) at(path string, t *tree, format string, args ...any) {
	if len(r.ps) >= maxProblems {
		return // a text that is wrong all over need not be told at every place
	}
	r.ps = append(r.ps, fault.Problem{
		Path: path, Message: fmt.Sprintf(format, args...), Line: t.line, Column: t.column,
	})
}

// inspect reports what no document may contain, wherever it stands: repeated
// members and control characters. It writes line ends as \n.
func (r *reader) inspect(path string, t *tree) {
	if t.kind == textTree {
		r.text(path, t)
	}
	seen := map[string]bool{}
	for i, x := range t.items {
		at := t.path(path, i)
		if t.kind == objectTree {
			k := t.keys[i]
			if seen[k.name] {
				r.at(at, &tree{line: k.line, column: k.column}, "The member %q stands here twice. Remove one.", k.name)
			}
			seen[k.name] = true
			r.text(at, &tree{text: k.name, line: k.line, column: k.column})
		}
		r.inspect(at, x)
	}
}

func (r *reader) text(path string, t *tree) {
	if !utf8.ValidString(t.text) {
		r.at(path, t, "The text is not valid UTF-8.")
		return
	}
	t.text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(t.text)
	for _, c := range t.text {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			r.at(path, t, "The text contains the control character U+%04X. Remove it.", c)
			return
		}
	}
}

// path is the path of the i-th entry. Steps go by their id, the rest by number.
func (t *tree) path(path string, i int) string {
	if t.kind == objectTree {
		if path == "" {
			return t.keys[i].name
		}
		return path + "." + t.keys[i].name
	}
	if path == "steps" && t.items[i].kind == objectTree {
		if id := t.items[i].get("id"); id != nil && idText.MatchString(id.text) {
			return path + "." + id.text
		}
	}
	return join(path, i)
}
