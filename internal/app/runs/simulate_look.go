package runs

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// look shows the run through somebody's eyes, and who has to act.
func (s *Service) look(ctx context.Context, starter access.Actor, run, as uuid.UUID, out *Simulation) error {
	owner, err := s.Get(ctx, starter, run.String())
	if err != nil {
		return err
	}
	if err := s.asked(ctx, starter, owner, out); err != nil {
		return err
	}
	reach(owner, &out.Reached)
	if as == uuid.Nil {
		as = starter.User
		if len(out.Asked) > 0 && len(out.Asked[0].People) > 0 {
			as = out.Asked[0].People[0].ID
		}
	}
	reader, err := s.anybody(ctx, starter.Org, as)
	if err != nil {
		return err
	}
	if err := s.whose(ctx, reader, out); err != nil {
		return err
	}
	r, err := s.Get(ctx, reader, run.String())
	if fault.Is(err, fault.NotFound) {
		return nil // which is what this person would meet
	}
	if err != nil {
		return err
	}
	// What is offered to him is shown as he has it once he took it: nobody else misses it here.
	if i := slices.IndexFunc(r.Tasks, func(t OpenTask) bool { return t.Claimable }); r.Task == nil && i >= 0 {
		if r, err = s.Claim(ctx, reader, r.Tasks[i].ID, Key{}); err != nil {
			return err
		}
	}
	out.Run = &r
	h, err := s.History(ctx, reader, run, "", 200)
	out.History = h.Items
	return err
}

// asked finds everybody who can act on an open task.
func (s *Service) asked(ctx context.Context, a access.Actor, run Run, out *Simulation) error {
	for _, t := range run.Tasks {
		x := SimulatedAsked{StepID: t.StepID, StepName: t.StepName, Hint: t.Hint, People: []facts.Person{}}
		if t.Assignee != nil {
			x.People = append(x.People, *t.Assignee)
		} else {
			x.Offered = true
			b := db.NewBatch()
			db.Each(b, func(p facts.Person) { x.People = append(x.People, p) }, peopleOfPool, t.ID)
			if err := s.DB.Read(ctx, a.Org, b); err != nil {
				return err
			}
		}
		out.Asked = append(out.Asked, x)
	}
	return nil
}

// anybody is a person of the organization as one who acts, with the rights he has.
func (s *Service) anybody(ctx context.Context, org access.OrgID, user uuid.UUID) (access.Actor, error) {
	var row dbq.PermissionsOfRow
	b := db.NewBatch()
	db.One(b, &row, dbq.PermissionsOf, []uuid.UUID{user})
	if err := s.DB.Read(ctx, org, b); err != nil {
		return access.Actor{}, err
	}
	a := access.Actor{Org: org, User: user}
	for _, p := range row.Permissions {
		a.Permissions = append(a.Permissions, access.Permission(p))
	}
	slices.Sort(a.Permissions)
	return a, nil
}

const peopleOfPool = `SELECT ` + facts.PersonColumns + ` FROM tasks t JOIN pool_members m ON m.org_id = t.org_id AND m.pool_id = t.pool_id
JOIN (` + facts.PersonTables + `) ON u.org_id = m.org_id AND u.id = m.user_id WHERE t.id = $1 AND u.status = 'active' ORDER BY u.name, u.id LIMIT 50`

// reach collects what was passed.
func reach(run Run, r *Reached) {
	for _, v := range run.Path {
		if !slices.Contains(r.Steps, v.StepID) {
			r.Steps = append(r.Steps, v.StepID)
		}
		if t := v.StepID + "." + v.TransitionID; v.TransitionID != "" && !slices.Contains(r.Transitions, t) {
			r.Transitions = append(r.Transitions, t)
		}
	}
}
