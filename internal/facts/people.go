// Package facts reads what several services need to know: people, versions,
// visibility. Its functions only select, in a transaction somebody else opened.
package facts

import (
	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/db"
)

// Person is how a person is shown wherever one is mentioned.
type Person struct {
	ID            uuid.UUID `json:"id"`
	Name          string    `json:"name"`
	Email         string    `json:"email"`
	Designation   string    `json:"designation,omitempty"`
	Department    string    `json:"department,omitempty" doc:"The department's name."`
	DepartmentKey string    `json:"department_key,omitempty"`
	Level         string    `json:"level,omitempty"`
	Location      string    `json:"location,omitempty"`
	Status        string    `json:"status" enum:"active,disabled"`
}

// PersonColumns selects a Person, by position, from PersonTables.
const PersonColumns = `u.id, u.name, u.email, coalesce(u.designation, ''), coalesce(d.name, ''), coalesce(d.key, ''),
	coalesce(u.level, ''), coalesce(u.location, ''), u.status`

// PersonTables are the tables that PersonColumns reads.
const PersonTables = `users u LEFT JOIN departments d ON d.org_id = u.org_id AND d.id = u.department_id`

// People queues reading the people with these ids into known, by id. Ids that
// nobody of the organization has are left out.
func People(b *db.Batch, ids []uuid.UUID, known map[uuid.UUID]Person) {
	db.Each(b, func(p Person) { known[p.ID] = p },
		`SELECT `+PersonColumns+` FROM `+PersonTables+` WHERE u.id = ANY ($1)`, ids)
}

// line is the reporting line of person $1, upwards. It ends at fifty levels,
// which no organization has, and where a circle would close.
const line = `WITH RECURSIVE line (id, depth, seen) AS (
	SELECT m.manager_id, 1, ARRAY[m.id] FROM users m WHERE m.id = $1 AND m.manager_id IS NOT NULL
	UNION ALL
	SELECT m.manager_id, l.depth + 1, l.seen || m.id FROM line l JOIN users m ON m.id = l.id
	WHERE m.manager_id IS NOT NULL AND l.depth < 50 AND m.manager_id <> ALL (l.seen || m.id))`

// ManagerChain queues reading a person's managers, the nearest first.
func ManagerChain(b *db.Batch, user uuid.UUID, chain *[]Person) {
	db.Many(b, chain, line+` SELECT `+PersonColumns+` FROM line l JOIN `+PersonTables+` ON u.id = l.id ORDER BY l.depth`, user)
}

// UserSchema queues reading which attributes the organization's people have
// beyond the built-in ones, as types for rules.
func UserSchema(b *db.Batch, schema rule.Schema) {
	type attribute struct{ Key, Kind string }
	db.Each(b, func(a attribute) { schema[a.Key] = rule.Type{Kind: rule.Kind(a.Kind)} },
		`SELECT key, kind FROM attribute_types`)
}

// attributesRow is a row of the view people.
type attributesRow struct {
	ID                             uuid.UUID
	Name, Email                    string
	Department, DepartmentName     *string
	Designation, Level             *string
	LevelRank                      *float64
	City, State, Country, Location *string
	Status                         string
	Manager                        *uuid.UUID
	Roles                          []string
	Custom                         map[string]any
}

// Attributes queues reading a person as rules see him: the value of `initiator`,
// `assignee` or `user`. What is not known is null. Without such a person dst
// stays as it is.
func Attributes(b *db.Batch, user uuid.UUID, dst *map[string]any) {
	db.Each(b, func(r attributesRow) { *dst = r.members() },
		`SELECT u.id, u.name, u.email, u.department, u.department_name, u.designation, u.level, u.level_rank,
			u.city, u.state, u.country, u.location, u.status, u.manager_id, u.roles, u.attributes
		FROM people u WHERE u.id = $1`, user)
}

// members puts the built-in members over custom ones of the same name.
func (r attributesRow) members() map[string]any {
	m := r.Custom
	if m == nil {
		m = map[string]any{}
	}
	m["id"], m["name"], m["email"], m["status"] = r.ID.String(), r.Name, r.Email, r.Status
	for name, v := range map[string]*string{
		"department": r.Department, "department_name": r.DepartmentName,
		"designation": r.Designation, "level": r.Level,
		"city": r.City, "state": r.State, "country": r.Country, "location": r.Location,
	} {
		m[name] = nil
		if v != nil {
			m[name] = *v
		}
	}
	m["level_rank"], m["manager"] = nil, nil
	if r.LevelRank != nil {
		m["level_rank"] = *r.LevelRank
	}
	if r.Manager != nil {
		m["manager"] = r.Manager.String()
	}
	roles := make([]any, len(r.Roles))
	for i, role := range r.Roles {
		roles[i] = role
	}
	m["roles"] = roles
	return m
}
