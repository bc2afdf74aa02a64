package directory

import (
	"maps"
	"slices"

	"github.com/google/uuid"
)

// describe says how a row was understood; names are everybody's, by id.
func (i *importing) describe(r *planned, names map[uuid.UUID]string) ImportRow {
	p := r.person
	row := ImportRow{Line: r.number, Email: p.Email, Name: p.Name, Changes: []string{}}
	if p.ManagerID != nil {
		row.Manager = names[*p.ManagerID]
	}
	for _, d := range i.departments {
		if p.DepartmentID != nil && d.ID == *p.DepartmentID {
			row.Department = d.Name
		}
	}
	if p.Designation != nil {
		row.Designation = *p.Designation
	}
	return row
}

// changes names the columns in which a row differs from what is known.
func (i *importing) changes(r *planned) []string {
	out := []string{}
	for name, cell := range r.cells {
		if cell == "" || name == "email" {
			continue
		}
		one := planned{tableLine: r.tableLine, before: r.before}
		alone := *r.before
		alone.attributes = maps.Clone(r.before.attributes)
		profile, _ := i.profile(map[string]string{name: cell})
		i.apply(&alone, profile)
		one.person, one.roles = &alone, profile.Roles
		if name == "manager" {
			alone.manager, alone.ManagerID = "", r.person.ManagerID
		}
		if i.differs(&one) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
