package directory

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/facts"
)

// Department is a part of the organization and who leads it.
type Department struct {
	ID       uuid.UUID     `json:"id"`
	Key      string        `json:"key" doc:"Stands in rules and never changes."`
	Name     string        `json:"name"`
	Head     *facts.Person `json:"head,omitempty"`
	Members  int           `json:"members" doc:"Active people in it."`
	Revision int           `json:"revision"`

	Can DepartmentAbilities `json:"can" db:"-"`
}

// DepartmentAbilities say what the reader may do with a department.
type DepartmentAbilities struct {
	Update bool `json:"update"`
}

func forDepartment(a access.Actor) DepartmentAbilities {
	return DepartmentAbilities{Update: a.Has(access.DepartmentManage)}
}

// DepartmentList is every department, by name.
type DepartmentList struct {
	Items []Department `json:"items"`
}

const departmentSQL = `SELECT p.id, p.key, p.name,
	(SELECT ` + personJSON + ` FROM users x LEFT JOIN departments xd ON xd.org_id = x.org_id AND xd.id = x.department_id
	 WHERE x.org_id = p.org_id AND x.id = p.head_id),
	(SELECT count(*)::int FROM users m WHERE m.org_id = p.org_id AND m.department_id = p.id AND m.status = 'active'),
	p.revision
	FROM departments p`

// ListDepartments returns every department, to every member of the organization.
func (s *Service) ListDepartments(ctx context.Context, a access.Actor) (DepartmentList, error) {
	var out DepartmentList
	b := db.NewBatch()
	db.Many(b, &out.Items, departmentSQL+` ORDER BY p.name, p.id`)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return DepartmentList{}, err
	}
	for i := range out.Items {
		out.Items[i].Can = forDepartment(a)
	}
	return out, nil
}

func (s *Service) department(ctx context.Context, a access.Actor, id uuid.UUID) (Department, error) {
	var out Department
	b := db.NewBatch()
	db.One(b, &out, departmentSQL+` WHERE p.id = $1`, id)
	err := s.DB.Read(ctx, a.Org, b)
	out.Can = forDepartment(a)
	return out, err
}
