package form

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestView(t *testing.T) {
	f := leave()
	f.Fields = append(f.Fields, Field{
		Name: "kind", Type: Choice, Label: "Kind", Help: "h", Placeholder: "p", Options: []Option{{Value: "a"}, {Value: "b", Label: "B"}}, Display: "radio",
	}, Field{Name: "items", Type: Table, MinRows: 1, Columns: []Field{{Name: "cost", Type: Number, Required: true, Default: 1.0, Min: ptr(0.0)}}})
	f.Layout = []Item{
		{Section: "When", Items: []Item{{Columns: []Item{{Field: "from"}, {Field: "to"}}}, {Field: "days"}, {Divider: true}, {Field: "secret"}}},
		{Section: "Gone", Items: []Item{{Field: "critical"}}},
		{Tabs: []Tab{{"One", []Item{{Field: "kind"}}}, {"Two", []Item{{Field: "balance"}}}}},
		{Grid: []Item{{Field: "items"}, {Rows: []Item{{Field: "reason"}, {Field: "note"}}}}},
	}
	c := compiled(t, f)
	modes := all(c, Edit)
	modes["secret"], modes["critical"], modes["balance"] = Hidden, Hidden, Hidden
	got, err := json.MarshalIndent(c.View(modes), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	var v View
	if err := json.Unmarshal(got, &v); err != nil {
		t.Fatal(err)
	}
	by := map[string]FieldView{}
	for _, f := range v.Fields {
		by[f.Name] = f
	}
	if len(v.Fields) != 7 || v.Fields[0].Name != "from" || v.Fields[2].Label != "Working days" || v.Fields[0].Label != "From" {
		t.Errorf("the fields are %s", got)
	}
	if by["days"].Calculate != "workdays(form.from, form.to)" || by["reason"].VisibleWhen != "form.days > 2" {
		t.Errorf("the rules are missing: %s", got)
	}
	if len(by["days"].Rules) != 0 {
		t.Error("a rule over a hidden field is sent")
	}
	if want := []RuleView{{"form.to >= form.from", "The last day is before the first."}}; !reflect.DeepEqual(by["to"].Rules, want) {
		t.Errorf("got %v, want %v", by["to"].Rules, want)
	}
	if want := []Option{{"a", "a"}, {"b", "B"}}; !reflect.DeepEqual(by["kind"].Options, want) {
		t.Errorf("got %v, want %v", by["kind"].Options, want)
	}
	col := by["items"].Columns[0]
	if !col.Required || col.Default != 1.0 || col.Mode != Edit || *col.Min != 0 {
		t.Errorf("the column is %+v", col)
	}
	want := []Item{
		{Section: "When", Items: []Item{{Columns: []Item{{Field: "from"}, {Field: "to"}}}, {Field: "days"}}},
		{Tabs: []Tab{{"One", []Item{{Field: "kind"}}}}},
		{Grid: []Item{{Field: "items"}, {Rows: []Item{{Field: "reason"}, {Field: "note"}}}}},
	}
	if !reflect.DeepEqual(v.Layout, want) {
		t.Errorf("the layout is %+v, want %+v", v.Layout, want)
	}
	if !reflect.DeepEqual(c.form.Layout, f.Layout) || len(f.Layout[0].Items) != 4 {
		t.Error("View changed the form")
	}
}

func TestViewWithoutLayout(t *testing.T) {
	c := compiled(t, leave())
	v := c.View(map[string]Mode{"to": Read, "from": Edit})
	if want := []Item{{Section: "Details", Items: []Item{{Field: "from"}, {Field: "to"}}}}; !reflect.DeepEqual(v.Layout, want) {
		t.Errorf("got %v, want %v", v.Layout, want)
	}
	got, err := json.Marshal(c.View(nil))
	if err != nil || string(got) != `{"fields":[],"layout":[]}` {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestItemJSON(t *testing.T) {
	var got []Item
	err := json.Unmarshal([]byte(`["a", {"columns": ["b", {"field": "c"}]}, {"section": "S", "items": [ "d" ]}, {"divider": true}]`), &got)
	want := []Item{{Field: "a"}, {Columns: []Item{{Field: "b"}, {Field: "c"}}}, {Section: "S", Items: []Item{{Field: "d"}}}, {Divider: true}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if err := json.Unmarshal([]byte(`[7]`), &got); err == nil {
		t.Error("a number is taken for an item")
	}
}
