package catalog

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// Export names what to take away.
type Export struct {
	Workflow string // id or key
	Version  int    // 0: the published one, or while there is none what designers have
	Format   string // yaml (when empty) or json
}

// File is a definition as text.
type File struct {
	Filename string `json:"filename"`
	Content  string `json:"content"`
}

// Export writes a definition as one readable file. Importing it gives the same
// definition again.
func (s *Service) Export(ctx context.Context, a access.Actor, in Export) (File, error) {
	if in.Format != "" && in.Format != "yaml" && in.Format != "json" {
		return File{}, fault.At("format", "Choose yaml or json.")
	}
	d, _, err := s.load(ctx, a, in.Workflow, access.CheckReadDesign)
	if err != nil {
		return File{}, err
	}
	var doc workflow.Document
	name := fmt.Sprintf("%s-v%d", d.row.Key, in.Version)
	if in.Version > 0 {
		doc, err = s.version(ctx, a, d, in.Version)
	} else {
		var draft bool
		doc, draft, err = d.shown()
		if name = fmt.Sprintf("%s-v%d", d.row.Key, d.row.VersionNo); draft {
			name = d.row.Key + "-draft"
		}
	}
	if err != nil {
		return File{}, err
	}
	return write(doc, name, in.Format)
}

func write(doc workflow.Document, name, format string) (File, error) {
	if format != "json" {
		text, err := doc.YAML()
		return File{name + ".yaml", string(text)}, err
	}
	text, err := doc.JSON()
	if err != nil {
		return File{}, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, text, "", "  "); err != nil {
		return File{}, err
	}
	return File{name + ".json", out.String() + "\n"}, nil
}
