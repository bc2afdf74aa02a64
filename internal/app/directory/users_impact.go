package directory

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// Impact is what would be left behind if a person were disabled.
type Impact struct {
	OpenTasks     int            `json:"open_tasks" doc:"Tasks he holds. They go to whom their workflows would ask in his place."`
	OpenRequests  int            `json:"open_requests" doc:"Requests he sent that are under way. They go on."`
	Reports       int            `json:"reports" doc:"Active people who report to him directly."`
	SomeReports   []facts.Person `json:"some_reports" doc:"The first of them by name, five at most."`
	Departments   []Named        `json:"departments" doc:"Departments he heads."`
	Workflows     []Named        `json:"workflows" doc:"Workflows he owns: he is asked when nobody else can be found."`
	Irreplaceable bool           `json:"irreplaceable" doc:"Nobody else can manage roles, so that he cannot be disabled."`
}

// Named is something with a key that rules name, and a name that people read.
type Named struct {
	ID   uuid.UUID `json:"id"`
	Key  string    `json:"key"`
	Name string    `json:"name"`
}

// someReports is how many of those who report to somebody are named.
const someReports = 5

// UserImpact tells what disabling a person would leave behind, and changes
// nothing. It answers not_found for an id of nobody.
func (s *Service) UserImpact(ctx context.Context, a access.Actor, id uuid.UUID) (Impact, error) {
	if err := require(a, access.UserManage); err != nil {
		return Impact{}, err
	}
	var counts dbq.CountImpactRow
	var out Impact
	b := db.NewBatch()
	found := db.One(b, &counts, dbq.CountImpact, db.Args(dbq.CountImpactParams{ID: id, Permission: string(access.RoleManage)})...)
	db.Many(b, &out.SomeReports, `SELECT `+facts.PersonColumns+` FROM `+facts.PersonTables+`
		WHERE u.manager_id = $1 AND u.status = 'active' ORDER BY u.name_key, u.id LIMIT $2`, id, someReports)
	db.Many(b, &out.Departments, `SELECT id, key, name FROM departments WHERE head_id = $1 ORDER BY name, id`, id)
	db.Many(b, &out.Workflows, `SELECT id, key, name FROM workflows WHERE owner_id = $1 AND deleted_at IS NULL ORDER BY name, id`, id)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return Impact{}, err
	}
	if !found.OK {
		return Impact{}, noUser()
	}
	out.OpenTasks, out.OpenRequests, out.Reports = int(counts.OpenTasks), int(counts.OpenRequests), int(counts.Reports)
	out.Irreplaceable = counts.Holds && counts.Others == 0
	return out, nil
}
