package facts

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/db"
)

// mostOperators bounds who is looked at to find one person who may take what
// nobody else can.
const mostOperators = 500

// knownRow is one row of the view people, as the engine wants to know it.
type knownRow struct {
	attributesRow
	Load int32
}

// memberRow is one of all whom a rule or role names. There may be thousands, and
// the engine only picks one or offers a task to all: their attributes stay behind.
type memberRow struct {
	ID   uuid.UUID
	Name string
	Load int32
}

// everybody reports whether a need is for all candidates, however many.
func everybody(n engine.Need) bool {
	return n.Limit == 0 && (n.Kind == engine.NeedRole || n.Kind == engine.NeedCandidates)
}

const knownColumns = `u.id, u.name, u.email, u.department, u.department_name, coalesce(u.designation, ''), coalesce(u.level, ''), u.level_rank,
	coalesce(u.city, ''), coalesce(u.state, ''), coalesce(u.country, ''), coalesce(u.location, ''), u.status, u.manager_id, u.roles, u.attributes`

const openTasks = `(SELECT count(*) FROM tasks t WHERE t.assignee_id = u.id AND t.status = 'open')::int`

// Answer queues the queries that answer the engine's needs and returns a
// function that records the answers once the batch came back. workflow is the
// run's, for round-robin turns.
func Answer(b *db.Batch, needs []engine.Need, workflow uuid.UUID, f *engine.Facts) (learn func(), err error) {
	var each []func()
	for _, n := range needs {
		if n.Kind == engine.NeedDepartment {
			var there bool
			db.One(b, &there, "SELECT true FROM departments WHERE key = $1", n.Ref)
			each = append(each, func() { f.Learn(n, engine.Answer{Exists: there}) })
			continue
		}
		if n.Kind == engine.NeedResult {
			var values map[string]any
			db.One(b, &values, "SELECT data FROM run_data WHERE run_id = $1", n.Ref)
			each = append(each, func() { f.Learn(n, engine.Answer{Values: values}) })
			continue
		}
		if n.Kind == engine.NeedAbsences {
			var rows []absenceRow
			db.Many(b, &rows, absences)
			each = append(each, func() { f.Learn(n, engine.Answer{Away: away(rows)}) })
			continue
		}
		sql, args, err := query(n)
		if err != nil {
			return nil, err
		}
		var rows []knownRow
		var all []memberRow
		var turn uuid.UUID
		if n.Turn {
			db.One(b, &turn, lockTurn, workflow, n.Step)
		}
		if everybody(n) {
			db.Many(b, &all, sql, args...)
		} else {
			db.Many(b, &rows, sql, args...)
		}
		each = append(each, func() {
			a := engine.Answer{Turn: turn}
			for _, r := range rows {
				a.People = append(a.People, r.person())
			}
			for _, r := range all {
				a.People = append(a.People, engine.Person{ID: r.ID, Name: r.Name, Active: true, Load: int(r.Load)})
			}
			f.Learn(n, a)
		})
	}
	return func() {
		for _, l := range each {
			l()
		}
	}, nil
}

// lockTurn reads who was picked last in a step and keeps it locked until
// commit, so that two requests at once do not pick the same person.
const lockTurn = `INSERT INTO turns (workflow_id, step, user_id) VALUES ($1, $2, '00000000-0000-0000-0000-000000000000')
ON CONFLICT (org_id, workflow_id, step) DO UPDATE SET user_id = turns.user_id RETURNING user_id`

// managers walks up the reporting line, the nearest first. OFFSET 0 is a fence:
// people are fetched by their keys, not all of them read to find a few.
const managers = line + `
SELECT ` + knownColumns + `, 0 FROM line l CROSS JOIN LATERAL (SELECT * FROM people p WHERE p.id = l.id OFFSET 0) u ORDER BY l.depth`

// query is the statement that answers one need.
func query(n engine.Need) (string, []any, error) {
	load := "0"
	if n.Load {
		load = openTasks
	}
	one := "SELECT " + knownColumns + ", 0 FROM people u WHERE "
	many := "SELECT " + knownColumns + ", " + load + " FROM people u WHERE u.status = 'active' AND "
	order := fmt.Sprintf(" ORDER BY u.name, u.id LIMIT %d", cmp.Or(n.Limit, mostOperators))
	if everybody(n) {
		many = "SELECT u.id, u.name, " + load + " FROM people u WHERE u.status = 'active' AND "
		order = " ORDER BY u.name, u.id"
	}
	switch n.Kind {
	case engine.NeedPerson:
		return one + "u.id = $1", []any{n.User}, nil
	case engine.NeedNamed:
		if id, err := uuid.Parse(n.Ref); err == nil {
			return one + "u.id = $1", []any{id}, nil
		}
		return one + "u.email = $1", []any{strings.ToLower(n.Ref)}, nil
	case engine.NeedManagers:
		return managers, []any{n.User}, nil
	case engine.NeedHead:
		if n.Ref != "" {
			return one + "u.id = (SELECT d.head_id FROM departments d WHERE d.key = $1)", []any{n.Ref}, nil
		}
		return one + "u.id = (SELECT d.head_id FROM departments d JOIN users x ON x.department_id = d.id WHERE x.id = $1)", []any{n.User}, nil
	case engine.NeedRole:
		return many + holders + order, []any{n.Ref}, nil
	case engine.NeedHolder:
		return many + "u.id = $2 AND $1 = ANY (u.roles)", []any{n.Ref, n.User}, nil
	case engine.NeedOperators:
		return many + operators + order, []any{string(access.RunOperate)}, nil
	case engine.NeedCandidates, engine.NeedMember:
		return ruled(n, many, order)
	}
	return "", nil, fmt.Errorf("facts: unknown need %q", n.Kind)
}

// holders and operators go from the role to its people, so that indexes carry
// the way; the people's own role lists would have to be computed for everybody.
// The array is read once, before anything else: as a join, the planner repeats it
// for each person of an organization too small to have statistics.
const (
	holders   = "u.id = ANY (ARRAY(" + grantedTo + "r.key = $1" + grantedByUnit + "r.key = $1" + grantedByTitle + "r.key = $1))"
	operators = "u.id = ANY (ARRAY(" + grantedTo + "$1 = ANY (r.permissions)" + grantedByUnit + "$1 = ANY (r.permissions)" +
		grantedByTitle + "$1 = ANY (r.permissions)))"

	grantedTo = `SELECT g.user_id FROM roles r JOIN role_grants g ON g.org_id = r.org_id AND g.role_id = r.id
		WHERE g.user_id IS NOT NULL AND `
	grantedByUnit = ` UNION SELECT x.id FROM roles r JOIN role_grants g ON g.org_id = r.org_id AND g.role_id = r.id
		JOIN users x ON x.org_id = g.org_id AND x.department_id = g.department_id WHERE `
	grantedByTitle = ` UNION SELECT x.id FROM roles r JOIN role_grants g ON g.org_id = r.org_id AND g.role_id = r.id
		JOIN users x ON x.org_id = g.org_id AND x.designation = g.designation WHERE `
)

// ruled evaluates a rule over people in the database.
func ruled(n engine.Need, many, order string) (string, []any, error) {
	cond, args, err := n.Rule.Where(n.Input, 1)
	if err != nil {
		return "", nil, fmt.Errorf("facts: rule %q as a search: %w", n.Rule.Source(), err)
	}
	sql := many + "(" + cond + ")"
	if n.Kind == engine.NeedMember {
		args = append(args, n.User)
		return fmt.Sprintf("%s AND u.id = $%d", sql, len(args)), args, nil
	}
	return sql + order, args, nil
}

// person turns a row into what rules see as `user`.
func (r knownRow) person() engine.Person {
	return engine.Person{ID: r.ID, Name: r.Name, Active: r.Status == "active", Attributes: r.members(), Load: int(r.Load)}
}
