package directory

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/facts"
)

// GrantedRole is a role and whom it was given to.
type GrantedRole struct {
	Role
	Grants []GrantView `json:"grants" doc:"To departments, then job titles, then people by name; the first 200."`
	Given  int         `json:"given" doc:"How many grants there are."`
}

// GrantView says whom a role was given to: a person, a department or a job title.
type GrantView struct {
	User        *facts.Person `json:"user,omitempty"`
	Department  *Named        `json:"department,omitempty"`
	Designation string        `json:"designation,omitempty"`
	Members     int           `json:"members" doc:"Active people who have the role by this grant."`
}

const grantsSQL = `SELECT
	(SELECT ` + personJSON + ` FROM users x LEFT JOIN departments xd ON xd.org_id = x.org_id AND xd.id = x.department_id
	 WHERE x.org_id = g.org_id AND x.id = g.user_id),
	(SELECT jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) FROM departments p WHERE p.org_id = g.org_id AND p.id = g.department_id),
	coalesce(g.designation, ''),
	(SELECT count(*)::int FROM users m WHERE m.org_id = g.org_id AND m.status = 'active'
	 AND (m.id = g.user_id OR m.department_id = g.department_id OR m.designation = g.designation))
	FROM role_grants g LEFT JOIN users u ON u.org_id = g.org_id AND u.id = g.user_id
	WHERE g.role_id = $1
	ORDER BY g.department_id IS NULL, g.designation IS NULL, g.designation, u.name_key, g.id LIMIT 200`

// GetRole returns a role and whom it was given to, to those who manage roles.
func (s *Service) GetRole(ctx context.Context, a access.Actor, id uuid.UUID) (GrantedRole, error) {
	if err := require(a, access.RoleManage); err != nil {
		return GrantedRole{}, err
	}
	role, err := s.role(ctx, a, id)
	if err != nil {
		return GrantedRole{}, err
	}
	out := GrantedRole{Role: role}
	b := db.NewBatch()
	db.Many(b, &out.Grants, grantsSQL, id)
	db.One(b, &out.Given, `SELECT count(*)::int FROM role_grants WHERE role_id = $1`, id)
	return out, s.DB.Read(ctx, a.Org, b)
}
