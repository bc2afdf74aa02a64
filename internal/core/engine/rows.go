package engine

import (
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/form"
)

// goneRow is the row of a started request whose row was taken out of the table since.
const goneRow = -1

// followRows lets started requests follow the rows they were started for, when somebody
// changes the table meanwhile: what comes of one belongs to its row and to no other.
func (s *State) followRows(after map[string]any) {
	moved := map[string][]int{}
	for i := range s.Steps {
		v := &s.Steps[i]
		if len(v.Subs) == 0 { // also of those that were left: what came back from there has its row, too
			continue
		}
		v.Subs = slices.Clone(v.Subs)
		for k := range v.Subs {
			x := &v.Subs[k]
			now, changed := after[x.Table]
			if !changed || x.Table == "" || x.Row == goneRow {
				continue
			}
			to, known := moved[x.Table]
			if !known {
				to = rowsAfter(rowsOf(s.Values[x.Table]), rowsOf(now))
				moved[x.Table] = to
			}
			if x.Row < len(to) {
				x.Row = to[x.Row]
			} else {
				x.Row = goneRow
			}
		}
	}
}

// rowsAfter tells which row of a changed table is which of those before: one that is as
// it was, else the one that has most in common with it, else the one in its place where
// there are as many as before. goneRow where there is none.
func rowsAfter(before, after []map[string]any) []int {
	to := slices.Repeat([]int{goneRow}, len(before))
	taken := make([]bool, len(after))
	pair := func(like func(i, j int) bool) {
		for i := range before {
			for n := range after {
				j := (i + n) % len(after) // its own place first
				if to[i] == goneRow && !taken[j] && like(i, j) {
					to[i], taken[j] = j, true
				}
			}
		}
	}
	pair(func(i, j int) bool { return i == j && sameRow(before[i], after[j]) })
	pair(func(i, j int) bool { return sameRow(before[i], after[j]) })
	most := 0
	for i := range before {
		most = max(most, len(before[i]))
	}
	for common := most; common > 0; common-- {
		pair(func(i, j int) bool { return inCommon(before[i], after[j]) == common })
	}
	if len(before) == len(after) {
		pair(func(i, j int) bool { return i == j })
	}
	return to
}

func sameRow(a, b map[string]any) bool {
	return inCommon(a, b) == cells(a) && cells(a) == cells(b)
}

// inCommon is how many cells of two rows hold the same.
func inCommon(a, b map[string]any) int {
	n := 0
	for name, v := range a {
		if !form.Equal(v, nil) && form.Equal(v, b[name]) {
			n++
		}
	}
	return n
}

// cells is how many cells of a row hold something.
func cells(row map[string]any) int {
	n := 0
	for _, v := range row {
		if !form.Equal(v, nil) {
			n++
		}
	}
	return n
}

// rowsOf are those of a table's value.
func rowsOf(value any) []map[string]any {
	list, _ := value.([]any)
	out := make([]map[string]any, len(list))
	for i, x := range list {
		out[i], _ = x.(map[string]any)
	}
	return out
}

// personIn reads the value of a user field.
func personIn(value any) uuid.UUID {
	text, _ := value.(string)
	id, err := uuid.Parse(text)
	if err != nil {
		return uuid.Nil
	}
	return id
}
