package facts

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/db"
)

// MaxCandidates is how many people one rule may offer a task to.
const MaxCandidates = 500

// knownRow is one row of the view people, as the engine wants to know it.
type knownRow struct {
	ID             uuid.UUID
	Name           string
	Email          string
	Department     *string
	DepartmentName *string
	Designation    string
	Level          string
	LevelRank      *float64
	City           string
	State          string
	Country        string
	Location       string
	Status         string
	ManagerID      *uuid.UUID
	Roles          []string
	Attributes     json.RawMessage
	Load           int32
}

const knownColumns = `u.id, u.name, u.email, u.department, u.department_name, u.designation, u.level, u.level_rank,
	u.city, u.state, u.country, u.location, u.status, u.manager_id, u.roles, u.attributes`

const openTasks = `(SELECT count(*) FROM tasks t WHERE t.assignee_id = u.id AND t.status = 'open')::int`

// Answer queues the queries that answer the engine's needs and returns a
// function that records the answers once the batch came back. workflow is the
// run's, for round-robin turns.
func Answer(b *db.Batch, needs []engine.Need, workflow uuid.UUID, f *engine.Facts) (func() error, error) {
	var learn []func() error
	for _, n := range needs {
		sql, args, err := query(n)
		if err != nil {
			return nil, err
		}
		var rows []knownRow
		var turn uuid.UUID
		if n.Turn {
			db.One(b, &turn, lockTurn, workflow, n.Step)
		}
		db.Many(b, &rows, sql, args...)
		learn = append(learn, func() error {
			a := engine.Answer{Turn: turn}
			for _, r := range rows {
				p, err := r.person()
				if err != nil {
					return err
				}
				a.People = append(a.People, p)
			}
			f.Learn(n, a)
			return nil
		})
	}
	return func() error {
		for _, l := range learn {
			if err := l(); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// lockTurn reads who was picked last in a step and keeps it locked until
// commit, so that two requests at once do not pick the same person.
const lockTurn = `INSERT INTO turns (workflow_id, step, user_id) VALUES ($1, $2, '00000000-0000-0000-0000-000000000000')
ON CONFLICT (org_id, workflow_id, step) DO UPDATE SET user_id = turns.user_id RETURNING user_id`

// managers walks up the reporting line. The path guards against a circle; fifty
// levels are more than any organization has.
const managers = `WITH RECURSIVE line(id, depth, path) AS (
	SELECT m.manager_id, 1, ARRAY[m.id] FROM users m WHERE m.id = $1 AND m.manager_id IS NOT NULL
	UNION ALL
	SELECT m.manager_id, l.depth + 1, l.path || m.id FROM users m JOIN line l ON m.id = l.id
	WHERE m.manager_id IS NOT NULL AND l.depth < 50 AND m.id <> ALL (l.path))
SELECT ` + knownColumns + `, 0 FROM line l JOIN people u ON u.id = l.id ORDER BY l.depth`

// query is the statement that answers one need.
func query(n engine.Need) (string, []any, error) {
	load := "0"
	if n.Load {
		load = openTasks
	}
	one := "SELECT " + knownColumns + ", 0 FROM people u WHERE "
	many := "SELECT " + knownColumns + ", " + load + " FROM people u WHERE u.status = 'active' AND "
	order := fmt.Sprintf(" ORDER BY u.name, u.id LIMIT %d", MaxCandidates)
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
const holders = `u.id IN (SELECT x.id FROM users x JOIN role_grants g
	ON g.org_id = x.org_id AND (g.user_id = x.id OR g.department_id = x.department_id OR g.designation = x.designation)
	JOIN roles r ON r.org_id = g.org_id AND r.id = g.role_id WHERE r.key = $1)`

const operators = `u.id IN (SELECT x.id FROM users x JOIN role_grants g
	ON g.org_id = x.org_id AND (g.user_id = x.id OR g.department_id = x.department_id OR g.designation = x.designation)
	JOIN roles r ON r.org_id = g.org_id AND r.id = g.role_id WHERE $1 = ANY (r.permissions))`

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
func (r knownRow) person() (engine.Person, error) {
	a := map[string]any{}
	if len(r.Attributes) > 0 {
		if err := json.Unmarshal(r.Attributes, &a); err != nil {
			return engine.Person{}, fmt.Errorf("facts: attributes of %s: %w", r.ID, err)
		}
	}
	roles := make([]any, 0, len(r.Roles))
	for _, k := range r.Roles {
		roles = append(roles, k)
	}
	for k, v := range map[string]any{
		"id": r.ID.String(), "name": r.Name, "email": r.Email, "status": r.Status, "roles": roles,
		"department": text(r.Department), "department_name": text(r.DepartmentName),
		"designation": filled(r.Designation), "level": filled(r.Level),
		"city": filled(r.City), "state": filled(r.State), "country": filled(r.Country), "location": filled(r.Location),
	} {
		a[k] = v
	}
	a["level_rank"], a["manager"] = nil, nil
	if r.LevelRank != nil {
		a["level_rank"] = *r.LevelRank
	}
	if r.ManagerID != nil {
		a["manager"] = r.ManagerID.String()
	}
	return engine.Person{ID: r.ID, Name: r.Name, Active: r.Status == "active", Attributes: a, Load: int(r.Load)}, nil
}

// filled is null for an empty text: in rules what is empty is null.
func filled(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func text(s *string) any {
	if s == nil {
		return nil
	}
	return filled(*s)
}
