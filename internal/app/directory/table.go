package directory

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

const (
	longestTable = 10000 // rows
	widestTable  = 100   // columns
)

// tableLine is one row of a table with column names.
type tableLine struct {
	number int
	cells  map[string]string
	roles  []string
}

// readTable reads CSV (RFC 4180), as spreadsheets write it: with a byte order
// mark or without, separated by commas, semicolons or tabs.
func readTable(text string) (header []string, lines []tableLine, err error) {
	text = strings.TrimPrefix(text, "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = separator(text), -1
	header, err = r.Read()
	if err != nil {
		return nil, nil, fault.At("csv", "The table is empty or cannot be read. Its first line names the columns, for instance: email,name,manager,department")
	}
	for i, name := range header {
		header[i] = strings.ToLower(strings.TrimSpace(name))
	}
	if err := checkHeader(header); err != nil {
		return nil, nil, err
	}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return header, lines, nil
		}
		if err != nil {
			return nil, nil, unreadable(err)
		}
		at, _ := r.FieldPos(0)
		if len(cells) > len(header) {
			return nil, nil, fault.At("csv", "Line %d has more cells than there are columns.", at)
		}
		if len(lines) == longestTable {
			return nil, nil, fault.At("csv", "The table has more than %d rows. Import it in parts.", longestTable)
		}
		line := tableLine{number: at, cells: map[string]string{}}
		for i, cell := range cells {
			line.cells[header[i]] = unguarded(strings.TrimSpace(cell))
		}
		lines = append(lines, line)
	}
}

func separator(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	for _, c := range ",;\t" {
		if strings.ContainsRune(first, c) {
			return c
		}
	}
	return ','
}

func checkHeader(header []string) error {
	if len(header) > widestTable {
		return fault.At("csv", "The table has more than %d columns.", widestTable)
	}
	for i, name := range header {
		if slices.Contains(header[:i], name) {
			return fault.At("csv", "The column %q stands there twice.", name)
		}
	}
	for _, needed := range []string{"email", "name"} {
		if !slices.Contains(header, needed) {
			return fault.At("csv", "The column %q is missing. The first line names the columns.", needed)
		}
	}
	return nil
}

func unreadable(err error) error {
	if e, ok := errors.AsType[*csv.ParseError](err); ok {
		return fault.At("csv", "Line %d cannot be read: a quotation mark is missing or stands in the wrong place.", e.Line)
	}
	return fault.At("csv", "The table cannot be read.")
}

// unguarded takes off the apostrophe that our exports put before what a
// spreadsheet would take for a formula.
func unguarded(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@\t\r", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}

// fixedColumns are the columns every table may have.
var fixedColumns = []string{
	"email", "name", "manager", "department", "designation", "level", "level_rank",
	"city", "state", "country", "location", "roles",
}

// checkColumns refuses columns that mean nothing here.
func (k known) checkColumns(header []string) error {
	for _, name := range header {
		custom := slices.ContainsFunc(k.attributes, func(t dbq.ListAttributeTypesRow) bool { return t.Key == name })
		if !custom && !slices.Contains(fixedColumns, name) {
			return fault.At("csv", "The column %q is not known here. Columns are %s and the organization's attributes.", name, strings.Join(fixedColumns, ", "))
		}
	}
	return nil
}

// profile reads the cells of a row. Empty cells say nothing.
func (k known) profile(cells map[string]string) (p Profile, problems fault.Problems) {
	texts := map[string]*Change[string]{
		"email": &p.Email, "name": &p.Name, "manager": &p.Manager, "department": &p.Department,
		"designation": &p.Designation, "level": &p.Level, "city": &p.City, "state": &p.State,
		"country": &p.Country, "location": &p.Location,
	}
	p.Attributes = map[string]any{}
	for name, cell := range cells {
		if cell == "" {
			continue
		}
		switch text := texts[name]; {
		case text != nil:
			*text = To(cell)
		case name == "level_rank":
			n, ok := number(cell)
			if !ok {
				problems.Add(name, "Give a number.")
				continue
			}
			p.LevelRank = To(n)
		case name == "roles":
			p.Roles = strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("; |", r) })
		default:
			k.attribute(name, cell, &p, &problems)
		}
	}
	return p, problems
}

// attribute turns a cell into the attribute's kind; apply says when it is none.
func (k known) attribute(name, cell string, p *Profile, problems *fault.Problems) {
	var value any = cell
	for _, t := range k.attributes {
		if t.Key != name {
			continue
		}
		switch t.Kind {
		case "number":
			n, ok := number(cell)
			if !ok {
				problems.Add("attributes."+name, "Give a number.")
				return
			}
			value = n
		case "bool":
			b, err := yesNo(cell)
			if err != nil {
				problems.Add("attributes."+name, "Give yes or no.")
				return
			}
			value = b
		}
	}
	p.Attributes[name] = value
}

func number(cell string) (float64, bool) {
	n, err := strconv.ParseFloat(cell, 64)
	return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}

func yesNo(cell string) (bool, error) {
	switch strings.ToLower(cell) {
	case "yes", "true", "1":
		return true, nil
	case "no", "false", "0":
		return false, nil
	}
	return false, fmt.Errorf("neither yes nor no: %q", cell)
}
