package fault

import "fmt"

// Problem is one thing that is wrong with a definition: where it stands and
// what to do. Validation returns all of them, never only the first.
type Problem struct {
	// Path points into the document, for instance `steps.manager.transitions.0.to`.
	Path string `json:"path"`
	// Message is a sentence for the designer.
	Message string `json:"message"`
	// Line and Column are 1-based positions inside the rule or the YAML text; 0 when unknown.
	Line   int `json:"line,omitempty"`
	Column int `json:"column,omitempty"`
}

func (p Problem) String() string { return p.Path + ": " + p.Message }

// Problems collects what is wrong.
type Problems []Problem

// Add appends one problem.
func (ps *Problems) Add(path, format string, args ...any) {
	*ps = append(*ps, Problem{Path: path, Message: fmt.Sprintf(format, args...)})
}

// Err returns nil when there is none, else one Invalid error that lists them all.
func (ps Problems) Err(format string, args ...any) error {
	if len(ps) == 0 {
		return nil
	}
	e := New(Invalid, format, args...)
	for _, p := range ps {
		e.Fields = append(e.Fields, Field{Path: p.Path, Message: p.Message})
	}
	return e
}
