package catalog

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// What a version can refer to, as version_refs says it.
const (
	refAttribute  = "attribute"
	refRole       = "role"
	refDepartment = "department"
	refUser       = "user"
)

// reference is one thing of the organization that a version needs.
type reference struct{ kind, ref string }

var (
	attributeRef = regexp.MustCompile(`\b(?:user|initiator|assignee)\s*\.\s*([a-z][a-z0-9_]*)`)
	literal      = regexp.MustCompile(`"([^"\\]*)"|'([^'\\]*)'`)
)

// references lists what a document mentions of its organization, sorted: such
// attributes, roles and departments must not be deleted or retyped while the
// version is in use. Rules are searched as text, and any literal counts that is
// the key of a role or department: a mention too many only protects too much.
func references(doc workflow.Document, org workflow.Org) []reference {
	var out []reference
	add := func(kind, ref string, known bool) {
		if r := (reference{kind, ref}); known && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	for _, st := range doc.Steps {
		if st.Assignee != nil {
			add(refRole, st.Assignee.Role, st.Assignee.Role != "")
			add(refDepartment, st.Assignee.Dept, st.Assignee.Dept != "")
		}
	}
	for _, p := range people(doc) {
		add(refUser, person(p), true)
	}
	for _, p := range doc.Params {
		text, _ := p.Value.(string)
		add(refUser, person(text), p.Type == form.User && text != "")
		add(refRole, text, slices.Contains(org.Roles, text))
		add(refDepartment, text, slices.Contains(org.Departments, text))
	}
	for _, text := range ruleTexts(doc) {
		for _, m := range attributeRef.FindAllStringSubmatch(text, -1) {
			_, custom := org.User[m[1]]
			add(refAttribute, m[1], custom)
		}
		for _, m := range literal.FindAllStringSubmatch(text, -1) {
			add(refRole, m[1]+m[2], slices.Contains(org.Roles, m[1]+m[2]))
			add(refDepartment, m[1]+m[2], slices.Contains(org.Departments, m[1]+m[2]))
		}
	}
	slices.SortFunc(out, func(a, b reference) int { return strings.Compare(a.kind+" "+a.ref, b.kind+" "+b.ref) })
	return out
}

// insertReferences queues the references of a version.
func insertReferences(b *db.Batch, version uuid.UUID, refs []reference) {
	if len(refs) == 0 {
		return
	}
	p := dbq.InsertVersionRefsParams{VersionID: version}
	for _, r := range refs {
		p.Kinds, p.Refs = append(p.Kinds, r.kind), append(p.Refs, r.ref)
	}
	b.Exec(dbq.InsertVersionRefs, db.Args(p)...)
}

var (
	sourceType = reflect.TypeFor[rule.Source]()
	slaType    = reflect.TypeFor[workflow.SLA]()
)

// ruleTexts collects every rule of a document: as CEL, or where it consists of
// rows as their JSON.
func ruleTexts(doc workflow.Document) []string {
	var out []string
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Type() {
		case sourceType:
			out = append(out, ruleText(v.Interface().(rule.Source)))
			return
		case slaType:
			out = append(out, v.Interface().(workflow.SLA).Escalate)
			return
		}
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		}
	}
	walk(reflect.ValueOf(doc))
	return out
}

func ruleText(s rule.Source) string {
	if s.Rows == nil {
		return s.Text
	}
	b, err := json.Marshal(s)
	if err != nil {
		return "" // it came out of JSON
	}
	return string(b)
}
