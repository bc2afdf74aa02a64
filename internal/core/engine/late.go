package engine

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
)

// A form is sent as it was when somebody began to fill it in, a table with all its rows.
// What came back from a started request meanwhile (`take`) must not be lost by that. Where
// he left such a field or cell as it was, what came back stays. Where he changed it, or
// took its row out, he is told first what he could not know.

// keepTaken is what somebody sends, with what came back since he read the form.
func (d *decider) keepTaken(sent form.Values, modes map[string]form.Mode) (form.Values, error) {
	k := keeping{d: d, modes: modes}
	out := maps.Clone(sent)
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		late := d.late(name)
		value, bad := d.v.Form.Fit(name, sent[name])
		if len(late) == 0 || bad != nil { // what does not fit is refused anyway
			continue
		}
		k.kept = false
		if late[0].Table == name {
			k.rows(name, rowsOf(value), late)
		} else {
			value = k.cell(place{name: name}, value, d.s.Values[name], late)
		}
		if k.kept {
			out[name] = value
		}
	}
	return out, k.err()
}

// late are the requests from which something came back into a field that whoever sends it
// now has not seen, as far as he says what he has: else all. The first one comes first.
func (d *decider) late(name string) []Sub {
	var out []Sub
	for _, v := range d.s.Steps {
		for _, x := range v.Subs {
			_, taken := x.Took[name]
			if x.TookAt > d.seen && (x.Table == name || x.Table == "" && taken) && x.Row != goneRow {
				out = append(out, x)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Sub) int { return cmp.Compare(a.TookAt, b.TookAt) })
	return out
}

// keeping collects what somebody would lose without knowing.
type keeping struct {
	d       *decider
	modes   map[string]form.Mode
	kept    bool
	refused []fault.Field
}

// place is a field, or with a table a cell of what is sent.
type place struct {
	table, name string
	row         int
}

func (p place) path() string {
	if p.table == "" {
		return "values." + p.name
	}
	return "values." + p.table + "." + strconv.Itoa(p.row) + "." + p.name
}

// cell is the value of a field or cell that stays: what is there now where the sender left
// it as it was before something came back.
func (k *keeping) cell(at place, sent, now any, late []Sub) any {
	var from []Sub
	for _, x := range late {
		if _, taken := x.Took[at.name]; taken {
			from = append(from, x)
		}
	}
	if len(from) == 0 || form.Equal(sent, now) {
		return sent
	}
	if k.d.seen > 0 {
		if form.Equal(sent, from[0].Took[at.name]) {
			k.kept = true
			return now
		}
		k.refuse(at, now, from[len(from)-1])
		return sent
	}
	if slices.ContainsFunc(from, func(x Sub) bool { return form.Equal(sent, x.Took[at.name]) }) {
		k.kept = true
		return now
	}
	return sent
}

// rows puts what stays into the rows of a table that are sent.
func (k *keeping) rows(table string, rows []map[string]any, late []Sub) {
	now := k.d.rows(table)
	to := rowsAfter(k.before(now, late), rows)
	for i, cells := range now {
		var own []Sub
		for _, x := range late {
			if x.Row == i {
				own = append(own, x)
			}
		}
		if len(own) == 0 {
			continue
		}
		if to[i] == goneRow {
			if k.d.seen > 0 {
				k.refuseRow(table, i, own[len(own)-1])
			}
			continue
		}
		for _, name := range columnsOf(own) {
			row := rows[to[i]]
			if v := k.cell(place{table: table, name: name, row: to[i]}, row[name], cells[name], own); v != nil {
				row[name] = v
			} else {
				delete(row, name)
			}
		}
	}
}

// before are the rows as they were when the sender read them, as far as results are
// concerned: by that it is told which of his are which.
func (k *keeping) before(now []map[string]any, late []Sub) []map[string]any {
	if k.d.seen == 0 {
		return now
	}
	out := slices.Clone(now)
	for _, x := range slices.Backward(late) { // what stood there first remains
		if x.Row < len(out) {
			row := maps.Clone(out[x.Row])
			maps.Copy(row, x.Took)
			out[x.Row] = row
		}
	}
	return out
}

func columnsOf(subs []Sub) []string {
	var out []string
	for _, x := range subs {
		out = slices.AppendSeq(out, maps.Keys(x.Took))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// refuse tells what came back into a field that the sender changed without having seen it.
func (k *keeping) refuse(at place, now any, from Sub) {
	where, f := "", form.Field{Name: at.name}
	if table, known := k.d.v.Form.Field(at.table); known {
		where = fmt.Sprintf(" in row %d of %s", at.row+1, form.LabelOf(table))
		if i := slices.IndexFunc(table.Columns, func(c form.Field) bool { return c.Name == at.name }); i >= 0 {
			f = table.Columns[i]
		}
	} else if known, ok := k.d.v.Form.Field(at.name); ok {
		f = known
	}
	k.say(at, "%s%s came back from %s%s after you had opened this form: load the request again before you change it.", form.LabelOf(f), where, from.Number, inWords(f, now))
}

// refuseRow tells that something came back into a row which the sender does without.
func (k *keeping) refuseRow(table string, row int, from Sub) {
	f, _ := k.d.v.Form.Field(table)
	k.say(place{name: table}, "Something came back from %s into row %d of %s after you had opened this form: load the request again before you take the row out.", from.Number, row+1, form.LabelOf(f))
}

// say refuses a field that the sender may change; about another one he learns nothing by this.
func (k *keeping) say(at place, format string, args ...any) {
	if m := k.modes[cmp.Or(at.table, at.name)]; m == form.Edit || m == form.Required {
		k.refused = append(k.refused, fault.Field{Path: at.path(), Message: fmt.Sprintf(format, args...)})
	}
}

func (k *keeping) err() error {
	switch len(k.refused) {
	case 0:
		return nil
	case 1:
		return fault.At(k.refused[0].Path, "%s", k.refused[0].Message)
	}
	return &fault.Error{Code: fault.Invalid, Message: fmt.Sprintf("%d values came back after you had opened this form: load the request again.", len(k.refused)), Fields: k.refused}
}

// inWords is what came back, where that can be told in a sentence.
func inWords(f form.Field, v any) string {
	switch f.Type {
	case form.Text, form.LongText, form.Number, form.Email, form.Phone, form.URL:
	default:
		return ""
	}
	switch x := v.(type) {
	case string:
		if text := []rune(x); len(text) > 100 {
			x = string(text[:100]) + "…"
		}
		return fmt.Sprintf(" (%q)", x)
	case float64:
		return " (" + strconv.FormatFloat(x, 'f', -1, 64) + ")"
	}
	return ""
}
