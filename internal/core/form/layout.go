package form

import (
	"bytes"
	"encoding/json"
	"strings"
)

// maxLayoutDepth bounds how deep sections, columns and tabs nest.
const maxLayoutDepth = 8

// UnmarshalJSON also accepts a plain string, which is a field's name.
func (i *Item) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte{'"'}) {
		*i = Item{}
		return json.Unmarshal(data, &i.Field)
	}
	type plain Item
	return json.Unmarshal(data, (*plain)(i))
}

// placing checks that every field has exactly one place.
type placing struct {
	b     *compiler
	c     *Compiled
	where map[string]string // field → path of its place
}

// layout checks the layout. An empty one shows all fields in order.
func (b *compiler) layout(c *Compiled) {
	if len(c.form.Layout) == 0 {
		return
	}
	p := &placing{b, c, map[string]string{}}
	p.items("form.layout", c.form.Layout, 1)
	for _, f := range c.fields {
		if f.Name != "" && p.where[f.Name] == "" && c.byName[f.Name] == f {
			b.ps.Add("form.layout", "The field %q has no place in the layout. Add it, or remove the field.", f.Name)
		}
	}
}

func (p *placing) items(at string, items []Item, depth int) {
	if depth > maxLayoutDepth {
		p.b.ps.Add(at, "The layout is nested deeper than %d levels.", maxLayoutDepth)
		return
	}
	for i, item := range items {
		p.item(join(at, i), item, depth)
	}
}

func (p *placing) item(at string, item Item, depth int) {
	set := membersOf(item)
	if len(set) != 1 {
		p.b.ps.Add(at, "An entry of the layout is one of: a field's name, section with items, columns, rows, grid, tabs, divider. This one has %s.", countWords(set))
		return
	}
	switch set[0] {
	case "field":
		p.field(at, item.Field)
	case "section":
		p.items(at+".items", item.Items, depth+1)
	case "columns":
		p.items(at+".columns", item.Columns, depth+1)
	case "rows":
		p.items(at+".rows", item.Rows, depth+1)
	case "grid":
		p.items(at+".grid", item.Grid, depth+1)
	case "tabs":
		for i, tab := range item.Tabs {
			if strings.TrimSpace(tab.Label) == "" {
				p.b.ps.Add(join(at+".tabs", i)+".label", "The tab needs a label.")
			}
			p.items(join(at+".tabs", i)+".items", tab.Items, depth+1)
		}
	}
}

func (p *placing) field(at, name string) {
	switch {
	case p.c.byName[name] == nil:
		p.b.ps.Add(at, "There is no field %q.", name)
	case p.where[name] != "":
		p.b.ps.Add(at, "The field %q is placed already, at %s. A field has one place.", name, p.where[name])
	default:
		p.where[name] = at
	}
}

// membersOf names what an entry of the layout is; a section has its items.
func membersOf(i Item) []string {
	var out []string
	add := func(set bool, name string) {
		if set {
			out = append(out, name)
		}
	}
	add(i.Field != "", "field")
	add(i.Section != "", "section")
	add(i.Items != nil && i.Section == "", "items")
	add(i.Columns != nil, "columns")
	add(i.Rows != nil, "rows")
	add(i.Grid != nil, "grid")
	add(i.Tabs != nil, "tabs")
	add(i.Divider, "divider")
	if len(out) == 1 && out[0] == "items" { // items need the section they belong to
		return nil
	}
	return out
}

func countWords(set []string) string {
	if len(set) == 0 {
		return "none of them"
	}
	return strings.Join(set, " and ")
}

// prune keeps what is shown: hidden fields go, and with them the containers
// that become empty and dividers that no longer divide anything.
func prune(items []Item, shown map[string]bool) []Item {
	var out []Item
	for _, item := range items {
		if kept, ok := pruneItem(item, shown); ok && !(kept.Divider && danglingAfter(out)) {
			out = append(out, kept)
		}
	}
	for len(out) > 0 && out[len(out)-1].Divider {
		out = out[:len(out)-1]
	}
	return out
}

func danglingAfter(before []Item) bool {
	return len(before) == 0 || before[len(before)-1].Divider
}

func pruneItem(item Item, shown map[string]bool) (Item, bool) {
	item.Items = prune(item.Items, shown)
	item.Columns = prune(item.Columns, shown)
	item.Rows = prune(item.Rows, shown)
	item.Grid = prune(item.Grid, shown)
	var tabs []Tab
	for _, t := range item.Tabs {
		if t.Items = prune(t.Items, shown); len(t.Items) > 0 {
			tabs = append(tabs, t)
		}
	}
	item.Tabs = tabs
	if item.Field != "" {
		return item, shown[item.Field]
	}
	return item, item.Divider || len(item.Items)+len(item.Columns)+len(item.Rows)+len(item.Grid)+len(item.Tabs) > 0
}
