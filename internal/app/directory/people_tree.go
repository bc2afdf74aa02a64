package directory

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
)

// TreePerson is a person as the picture of the reporting lines needs him.
type TreePerson struct {
	ID          uuid.UUID  `json:"id"`
	Name        string     `json:"name"`
	Designation string     `json:"designation,omitempty"`
	Department  string     `json:"department,omitempty" doc:"The department's name."`
	Status      string     `json:"status" enum:"active,disabled"`
	ManagerID   *uuid.UUID `json:"manager_id,omitempty" doc:"Whom he reports to; absent at the top."`
}

// Tree is everybody who reports to somebody or is reported to.
type Tree struct {
	Items []TreePerson `json:"items" doc:"By name. Who is disabled is there only while somebody active reports to him."`
	More  bool         `json:"more" doc:"There are more people than can be sent at once."`
}

// largestTree is how many people travel at once: some 3 MB before compression.
const largestTree = 20000

// PeopleTree returns who reports to whom, to every member of the organization.
func (s *Service) PeopleTree(ctx context.Context, a access.Actor) (Tree, error) {
	var out Tree
	b := db.NewBatch()
	db.Many(b, &out.Items, `SELECT u.id, u.name, coalesce(u.designation, ''), coalesce(d.name, ''), u.status, u.manager_id
		FROM users u LEFT JOIN departments d ON d.org_id = u.org_id AND d.id = u.department_id
		WHERE u.status = 'active'
		   OR EXISTS (SELECT 1 FROM users r WHERE r.org_id = u.org_id AND r.manager_id = u.id AND r.status = 'active')
		ORDER BY u.name_key, u.id LIMIT $1`, largestTree+1)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return Tree{}, err
	}
	if len(out.Items) > largestTree {
		out.Items, out.More = out.Items[:largestTree], true
	}
	return out, nil
}
