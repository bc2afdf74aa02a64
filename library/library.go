// Package library holds the workflows that Handstamp ships: complete definitions
// that an organization clones and makes its own.
package library

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"github.com/handstamp/handstamp/internal/core/workflow"
)

//go:embed *.yaml
var files embed.FS

// Entry is one workflow of the library.
type Entry struct {
	// Slug is the name of the file without its ending: "leave-application".
	Slug     string
	Document workflow.Document
	// Source is the YAML as it stands in the file, comments included.
	Source []byte
}

var load = sync.OnceValues(func() ([]Entry, error) {
	names, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var out []Entry
	for _, f := range names {
		src, err := files.ReadFile(f.Name())
		if err != nil {
			return nil, err
		}
		d, ps := workflow.ParseYAML(src)
		if len(ps) > 0 {
			return nil, fmt.Errorf("library/%s:%d: %s", f.Name(), ps[0].Line, ps[0])
		}
		out = append(out, Entry{strings.TrimSuffix(f.Name(), ".yaml"), d, src})
	}
	return out, nil
})

// All lists the library, sorted by slug. The files are part of the program: one
// that cannot be read is a bug, and panics.
func All() []Entry {
	entries, err := load()
	if err != nil {
		panic(err)
	}
	out := make([]Entry, len(entries))
	for i, e := range entries {
		e.Document = e.Document.Copy()
		out[i] = e
	}
	return out
}

// Get returns the workflow of that slug.
func Get(slug string) (Entry, bool) {
	for _, e := range All() {
		if e.Slug == slug {
			return e, true
		}
	}
	return Entry{}, false
}
