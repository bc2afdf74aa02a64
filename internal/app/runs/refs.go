package runs

import (
	"regexp"

	"github.com/handstamp/handstamp/internal/core/form"
)

var initiatorRef = regexp.MustCompile(`\binitiator\.([a-z_][a-z0-9_]*)`)

// initiatorRefs lists the attributes of the initiator that rules of visible
// fields mention: all that a reader's browser has to know of them.
func initiatorRefs(v form.View) []string {
	var names []string
	scan := func(text string) {
		for _, m := range initiatorRef.FindAllStringSubmatch(text, -1) {
			names = append(names, m[1])
		}
	}
	for _, f := range v.Fields {
		if f.Mode != form.Edit && f.Mode != form.Required && f.Calculate == "" {
			continue // the server has evaluated what this reader only reads
		}
		scan(f.Calculate)
		scan(f.VisibleWhen)
		for _, c := range f.Rules {
			scan(c.Check)
		}
	}
	return names
}
