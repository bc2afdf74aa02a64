package httpapi

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
)

// idMembers are the members of requests that name something without being in
// the form of an id.
var idMembers = []string{"workflow", "run", "from_run", "manager", "department", "role"}

// ownNames are what a caller makes up himself; foreign ones mean nothing.
var ownNames = []string{"$canary", "$email", "$fresh_key", "$yaml", "$from", "$until", "$later", "$latest"}

// Ensure the rows of the pivot use every member by which a request can point at
// something: otherwise the walk below would not try it.
func TestRowsUseEveryID(t *testing.T) {
	p := readPivot(t)
	r := (Services{}).operations()
	for _, o := range r.ops {
		used := map[string]bool{}
		for _, body := range append(p.Operations[o.name].Also, p.Operations[o.name].Body) {
			collectKeys(body, used)
		}
		for name := range pointers(r, o.input, "") {
			if !used[name] {
				t.Errorf("%s: no body in testdata/operations.yaml uses %s", o.name, name)
			}
		}
	}
}

// pointers returns the members of a schema that can name something.
func pointers(r *registry, s *huma.Schema, name string) map[string]bool {
	out := map[string]bool{}
	for s.Ref != "" {
		s = r.schemas.SchemaFromRef(s.Ref)
	}
	if s.Format == "uuid" || (s.Type == huma.TypeString && slices.Contains(idMembers, name)) {
		out[name] = true
	}
	if s.Items != nil {
		maps.Copy(out, pointers(r, s.Items, name))
	}
	if more, ok := s.AdditionalProperties.(*huma.Schema); ok {
		maps.Copy(out, pointers(r, more, name))
	}
	for member, prop := range s.Properties {
		maps.Copy(out, pointers(r, prop, member))
	}
	return out
}

func collectKeys(v any, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			into[k] = true
			collectKeys(x, into)
		}
	case []any:
		for _, x := range v {
			collectKeys(x, into)
		}
	}
}

// Ensure nobody reaches another organization by any operation, by any member of
// its request, whatever his role: the answer is the one for an id that does not
// exist, it tells nothing of the other organization, and changes nothing there.
func TestIsolation(t *testing.T) {
	t.Parallel()
	p := readPivot(t)
	w := newWorld(t, Config{})
	here, there := w.company(t), w.company(t)
	foreign := there.scene()
	foreign["$session"] = there.session("asha")
	own := here.scene() // one is enough: nothing of what is tried may succeed
	own["$session"] = here.session("asha")
	before, tried := there.fingerprint(), 0
	for _, o := range w.registry.ops {
		row := p.Operations[o.name]
		for _, body := range append(row.Also, row.Body) {
			for _, name := range names(body) {
				here.aim(o, body, name, own, foreign, there.canary)
				tried++
			}
		}
		if after := there.fingerprint(); after != before {
			t.Fatalf("%s changed the other organization:\n%s\nbefore\n%s", o.name, after, before)
		}
	}
	if tried < len(w.registry.ops) {
		t.Errorf("only %d foreign names were tried", tried)
	}
}

// aim sends a body in which one name means something of the other organization,
// and the same with something that does not exist.
func (c *company) aim(o *operation, body map[string]any, name string, own, foreign map[string]string, canary string) {
	c.t.Helper()
	for _, who := range []string{"admin", "boss", "packer", "designer"} {
		if o.permission == access.Public {
			who = ""
		}
		scene := maps.Clone(own)
		scene[name] = foreign[name]
		status, text := c.call(c.token[who], o.name, fillBody(body, scene))
		scene[name] = nowhere(foreign[name])
		wanted, like := c.call(c.token[who], o.name, fillBody(body, scene))
		label := fmt.Sprintf("%s as %s with a foreign %s", o.name, who, name)
		if status != wanted || anonymized(text, foreign[name]) != anonymized(like, scene[name]) {
			c.t.Errorf("%s: %d %s\nbut for one that does not exist: %d %s", label, status, text, wanted, like)
		}
		if status == 200 && !filters(o.name, name) && !perItem(o.name) {
			c.t.Errorf("%s: %s", label, text)
		}
		if status >= 500 || strings.Contains(text, canary) {
			c.t.Errorf("%s: %d %s", label, status, text)
		}
	}
}

// filters reports whether a name only narrows a list, which then is empty. A rule
// narrows everybody of one's own organization.
func filters(op, name string) bool {
	if op == "rules.people" {
		return true
	}
	lists := strings.HasSuffix(op, ".list") || strings.HasSuffix(op, ".facets")
	return lists && slices.Contains([]string{"$workflow", "$department", "$role", "$asha"}, name)
}

// perItem reports whether an operation answers what became of each thing by itself:
// of a foreign one, that it does not exist.
func perItem(op string) bool { return op == "tasks.complete_many" || op == "runs.migrate" }

// nowhere is a value of the same form that nothing has.
func nowhere(value string) string {
	if _, err := uuid.Parse(value); err == nil {
		return uuid.NewString()
	}
	return value[:1] + "NOWHERE"
}

var changing = regexp.MustCompile(`"request_id":"[^"]*"`)

// anonymized is an answer without what differs between any two.
func anonymized(text, value string) string {
	return strings.ReplaceAll(changing.ReplaceAllString(text, ""), value, "…")
}

// names lists what of a scene a body uses, apart from what callers make up.
func names(body map[string]any) []string {
	found := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		case string:
			if strings.HasPrefix(v, "$") && !slices.Contains(ownNames, v) {
				found[v] = true
			}
		}
	}
	walk(body)
	return slices.Sorted(maps.Keys(found))
}

// fingerprint is the number and a hash of the rows of each table. Sign-ins are
// counted and written down, so those tables are left out.
func (c *company) fingerprint(without ...string) string {
	c.t.Helper()
	var tables []string
	ctx := context.Background()
	err := c.env.DB.InOrg(ctx, c.admin.Org, func(tx *db.Tx) error {
		b := db.NewBatch()
		db.Many(b, &tables, `SELECT a.attrelid::regclass::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
			WHERE a.attname = 'org_id' AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1`)
		return tx.Send(b)
	})
	if err != nil {
		c.t.Fatal(err)
	}
	lines := make([]string, len(tables))
	b := db.NewBatch()
	for i, table := range tables {
		if slices.Contains(append(without, "login_failures", "audit"), table) {
			continue
		}
		db.One(b, &lines[i], fmt.Sprintf(`SELECT '%s ' || count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM %s t`, table, table))
	}
	if err := c.env.DB.Read(ctx, c.admin.Org, b); err != nil {
		c.t.Fatal(err)
	}
	if len(tables) < 15 {
		c.t.Fatalf("only %d tables are looked at: %v", len(tables), tables)
	}
	return strings.Join(lines, "\n")
}
