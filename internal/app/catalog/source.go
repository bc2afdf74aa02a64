package catalog

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

const (
	// maxDocument is the longest definition that is kept, in bytes: what parsing
	// accepts, so that every export can be imported again.
	maxDocument = 256 << 10
	// maxProblems bounds an answer. Who has more wrong than this reads the first.
	maxProblems = 500
)

// Source is a definition as the caller gives it: one of the two is set.
type Source struct {
	// Document is the JSON exactly as it was sent: repeated members and such in
	// other letter case must still be seen.
	Document json.RawMessage
	YAML     string
}

// IsZero reports whether no definition was given.
func (s Source) IsZero() bool {
	return s.YAML == "" && (len(s.Document) == 0 || string(bytes.TrimSpace(s.Document)) == "null")
}

// parse reads the definition; its problems have the place in the text.
func (s Source) parse() (workflow.Document, fault.Problems, error) {
	var doc workflow.Document
	var ps fault.Problems
	switch {
	case s.IsZero():
		return doc, nil, fault.At("document", "Give the definition as document or as yaml.")
	case s.YAML != "" && len(s.Document) > 0:
		return doc, nil, fault.At("yaml", "Give the definition once: as document or as yaml.")
	case s.YAML != "":
		doc, ps = workflow.ParseYAML([]byte(s.YAML))
	default:
		doc, ps = workflow.ParseJSON(s.Document)
	}
	if len(ps) > 0 {
		return doc, ps, nil
	}
	ps, err := fits(doc)
	return doc, ps, err
}

// fits reports a document that one of the two languages could not read again:
// each may need more bytes than the other, YAML several times as many where
// short entries get a line each.
func fits(doc workflow.Document) (ps fault.Problems, err error) {
	text, err := doc.JSON()
	if err == nil && len(text) > maxDocument {
		ps.Add("", "The document has %d bytes as JSON; at most %d fit.", len(text), maxDocument)
		return ps, nil
	}
	if err == nil && len(text) > maxDocument/8 {
		if text, err = doc.YAML(); len(text) > maxDocument {
			ps.Add("", "The document has %d bytes as YAML; at most %d fit.", len(text), maxDocument)
		}
	}
	return ps, err
}

// read is parse for verbs that cannot go on with a definition they cannot read.
func (s Source) read() (workflow.Document, error) {
	doc, ps, err := s.parse()
	if err != nil {
		return doc, err
	}
	return doc, refuse(ps, "The definition cannot be read; see errors.")
}

// refuse is nil without problems, else one Invalid fault that lists them all.
func refuse(ps fault.Problems, format string, args ...any) error {
	if len(ps) == 0 {
		return nil
	}
	e := fault.New(fault.Invalid, format, args...)
	for _, p := range bounded(ps) {
		f := fault.Field{Path: p.Path, Message: p.Message}
		if f.Path == "" {
			f.Path = "document"
		}
		if p.Line > 0 {
			f.Message += fmt.Sprintf(" (line %d, column %d)", p.Line, p.Column)
		}
		e.Fields = append(e.Fields, f)
	}
	return e
}

// bounded cuts an endless list of problems, and says so.
func bounded(ps fault.Problems) fault.Problems {
	if ps == nil {
		return fault.Problems{}
	}
	if len(ps) <= maxProblems {
		return ps
	}
	cut := append(fault.Problems{}, ps[:maxProblems]...)
	cut.Add("", "There are %d more problems.", len(ps)-maxProblems)
	return cut
}

// stored reads a document back from the database. jsonb keeps the members of an
// object in an order of its own; reading the text the strict way again puts in
// order what the editor of rules keeps in there, so that equal documents are equal.
func stored(text json.RawMessage) (workflow.Document, error) {
	var doc workflow.Document
	if err := json.Unmarshal(text, &doc); err != nil {
		return doc, fmt.Errorf("catalog: stored document: %w", err)
	}
	canonical, err := doc.JSON()
	if err != nil {
		return doc, fmt.Errorf("catalog: stored document: %w", err)
	}
	doc, ps := workflow.ParseJSON(canonical)
	if len(ps) > 0 {
		return doc, fmt.Errorf("catalog: stored document: %v", ps)
	}
	return doc, nil
}
