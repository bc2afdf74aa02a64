package workflow

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// ParseYAML reads a document. It is strict: unknown and repeated members,
// anchors, aliases and tags of its own are problems, with line and column. Only
// the form of the document is checked; Compile checks what it means.
func ParseYAML(data []byte) (d Document, ps fault.Problems) {
	if len(data) > maxBytes {
		return Document{}, tooLarge(len(data))
	}
	defer func() { // the parser is not ours; whatever it meets is the author's problem, not an outage
		if x := recover(); x != nil {
			d, ps = Document{}, fault.Problems{{Message: "This is not YAML: it cannot be read."}}
		}
	}()
	root, err := yamlRoot(data)
	if err != nil {
		return Document{}, fault.Problems{yamlProblem(err)}
	}
	r := &reader{}
	t := r.yamlTree(root, 0)
	if len(r.ps) > 0 {
		return Document{}, r.ps
	}
	return r.document(t)
}

func yamlRoot(data []byte) (*yaml.Node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, errors.New("the document is empty")
		}
		return nil, err
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		if err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("line %d: a second document begins here; put each into a file of its own", more.Line)
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		return nil, errors.New("the document is empty")
	}
	return doc.Content[0], nil
}

var yamlLine = regexp.MustCompile(`^line (\d+): `)

func yamlProblem(err error) fault.Problem {
	msg, p := strings.TrimPrefix(err.Error(), "yaml: "), fault.Problem{}
	if m := yamlLine.FindStringSubmatch(msg); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
		msg = msg[len(m[0]):]
	}
	p.Message = fmt.Sprintf("This is not YAML: %s.", strings.TrimSuffix(msg, "."))
	return p
}

// yamlTree makes a tree of a YAML node. Aliases are refused: with them a short
// text can stand for a gigantic document.
func (r *reader) yamlTree(n *yaml.Node, depth int) *tree {
	t := &tree{line: n.Line, column: n.Column}
	switch {
	case depth > maxDepth:
		r.at("", t, "The document is nested deeper than %d levels.", maxDepth)
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		r.at("", t, "Anchors (&) and aliases (*) are not allowed. Write the value out.")
	case n.Style&yaml.TaggedStyle != 0:
		r.at("", t, "Tags (!) are not allowed.")
	case n.Kind == yaml.ScalarNode:
		r.yamlScalar(n, t)
	case n.Kind == yaml.SequenceNode:
		t.kind = listTree
		for _, c := range n.Content {
			t.items = append(t.items, r.yamlTree(c, depth+1))
		}
	default:
		r.yamlObject(n, t, depth)
	}
	return t
}

func (r *reader) yamlObject(n *yaml.Node, t *tree, depth int) {
	t.kind = objectTree
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		at := &tree{line: k.Line, column: k.Column}
		switch {
		case k.Kind != yaml.ScalarNode || k.Anchor != "" || k.Style&yaml.TaggedStyle != 0:
			r.at("", at, "The name of a member must be plain text.")
		case k.Tag == "!!merge":
			r.at("", at, "Merging with << is not allowed. Write the members out.")
		}
		t.keys = append(t.keys, place{k.Value, k.Line, k.Column})
		t.items = append(t.items, r.yamlTree(n.Content[i+1], depth+1))
	}
}

func (r *reader) yamlScalar(n *yaml.Node, t *tree) {
	t.kind, t.text = textTree, n.Value
	switch n.ShortTag() {
	case "!!null":
		t.kind = nullTree
	case "!!bool":
		t.kind, t.text, t.bare, t.written = boolTree, strings.ToLower(n.Value), true, n.Value
	case "!!int", "!!float":
		r.yamlNumber(n, t)
	}
}

func (r *reader) yamlNumber(n *yaml.Node, t *tree) {
	var f float64
	err := n.Decode(&f)
	if err == nil {
		var num *tree
		if num, err = newNumber(f); err == nil {
			t.kind, t.text = num.kind, num.text
		}
	}
	if err != nil {
		r.at("", t, "%q is not a number a document can hold.", n.Value)
	}
	// Where a text is wanted, the digits are it: 007 stays 007.
	t.bare, t.written = true, n.Value
}

// YAML writes the document for people: members in the order of Document, short
// ones on one line. ParseYAML reads back the same document.
func (d Document) YAML() ([]byte, error) {
	b, err := d.JSON()
	if err != nil {
		return nil, err
	}
	t, p := jsonTree(b)
	if p != nil {
		return nil, errors.New(p.Message)
	}
	plainNames(t.get("form").get("layout"))
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(yamlNode(t, 0)); err != nil {
		return nil, err
	}
	return out.Bytes(), enc.Close()
}

// plainNames writes {field: name} in a layout as the plain name.
func plainNames(t *tree) {
	if t == nil {
		return
	}
	for _, x := range t.items {
		if f := x.get("field"); x.kind == objectTree && len(x.items) == 1 && f != nil && f.kind == textTree {
			*x = tree{kind: textTree, text: f.text}
		}
		plainNames(x)
	}
}

// maxLine is how long an entry may be to stand on one line.
const maxLine = 110

// yamlNode chooses how a tree is written. Lists of objects get a line for each.
func yamlNode(t *tree, depth int) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: t.text}
	switch t.kind {
	case nullTree:
		n.Tag, n.Value = "!!null", "null"
	case textTree:
		writeText(n)
	case numberTree:
		n.Tag = "!!float"
		if !strings.ContainsAny(t.text, ".e") {
			n.Tag = "!!int"
		}
	case boolTree:
		n.Tag = "!!bool"
	default:
		n.Kind, n.Tag, n.Value = yaml.SequenceNode, "!!seq", ""
		if t.kind == objectTree {
			n.Kind, n.Tag = yaml.MappingNode, "!!map"
		}
		if depth > 0 && t.oneLine() {
			n.Style = yaml.FlowStyle
		}
		for i, x := range t.items {
			if t.kind == objectTree {
				k := &yaml.Node{Kind: yaml.ScalarNode, Value: t.keys[i].name}
				writeText(k)
				n.Content = append(n.Content, k)
			}
			n.Content = append(n.Content, yamlNode(x, depth+1))
		}
	}
	return n
}

// writeText lets the encoder choose quotes, but writes lines as a block only
// where nothing but the lines matters.
func writeText(n *yaml.Node) {
	s := n.Value
	n.SetString(s)
	if !strings.Contains(s, "\n") {
		if n.Style = 0; s == "<<" { // plain, it would merge
			n.Style = yaml.DoubleQuotedStyle
		}
		return
	}
	n.Style = yaml.LiteralStyle
	for _, line := range strings.Split(s, "\n") {
		if line != strings.TrimSpace(line) || strings.ContainsFunc(line, unusual) {
			n.Style = yaml.DoubleQuotedStyle
		}
	}
	if strings.HasPrefix(s, "\n") || strings.HasSuffix(s, "\n") {
		n.Style = yaml.DoubleQuotedStyle
	}
}

// unusual characters are escaped rather than written: YAML takes some for line ends.
func unusual(r rune) bool { return r < ' ' || r == 0x7f || r >= 0x80 && !strconv.IsPrint(r) }

// oneLine reports whether a list or object is short enough for one line and has
// no list of objects in it, which reads better with a line for each.
func (t *tree) oneLine() bool {
	if t.kind == listTree && len(t.items) > 0 && t.items[0].kind == objectTree {
		return false
	}
	return t.width() <= maxLine && !slices.ContainsFunc(t.items, func(x *tree) bool {
		return strings.Contains(x.text, "\n") || len(x.items) > 0 && !x.oneLine()
	})
}

// width is about the number of characters on one line.
func (t *tree) width() int {
	n := len(t.text) + 2
	for _, k := range t.keys {
		n += len(k.name) + 2
	}
	for _, x := range t.items {
		n += x.width()
	}
	return n
}
