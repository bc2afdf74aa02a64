package runs

import (
	"regexp"

	"github.com/handstamp/handstamp/internal/core/form"
)

var refInText = regexp.MustCompile(`\b(initiator|params)\.([a-z_][a-z0-9_]*)`)

// only returns of the initiator's attributes, or of the workflow's parameters,
// those that the rules of a form as its reader's browser has it mention: all that
// it has to know of them.
func only(object string, all map[string]any, v form.View) map[string]any {
	out := map[string]any{}
	scan := func(text string) {
		for _, m := range refInText.FindAllStringSubmatch(text, -1) {
			if m[1] == object {
				out[m[2]] = all[m[2]]
			}
		}
	}
	for _, f := range v.Fields {
		if f.Mode != form.Edit && f.Mode != form.Required && f.Calculate == "" {
			continue // the server has evaluated what this reader only reads
		}
		scanField(f, scan)
	}
	return out
}

func scanField(f form.FieldView, scan func(string)) {
	scan(f.Calculate)
	scan(f.VisibleWhen)
	for _, c := range f.Rules {
		scan(c.Check)
	}
	for _, c := range f.Columns {
		scanField(c, scan)
	}
}
