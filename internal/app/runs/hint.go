package runs

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/db"
)

// Hint says that a run has changed, and to whom that matters. It carries nothing
// of the run: who gets it reads again, and sees what he may. A hint can be lost;
// it is no message.
type Hint struct {
	Org      access.OrgID
	Run      uuid.UUID
	Revision int64 // of the last event; 0: something beside the run has changed
	// People are those whose lists or pages show the run.
	People []uuid.UUID
	// Everybody is set where there are too many to name them.
	Everybody bool
}

// maxHinted is how many people one hint names.
const maxHinted = 2000

const poolPeople = `SELECT DISTINCT user_id FROM pool_members WHERE pool_id = ANY ($1) LIMIT $2`

// hint tells about a run that has just been changed. What fails here fails in
// silence: the act itself is on disk. Watchers are those who take part in it, too:
// whoever watches by a right hears of every run, as long as he has it.
func (s *Service) hint(ctx context.Context, a access.Actor, before, after engine.State, watchers ...uuid.UUID) {
	if s.Changed == nil || after.Run.Seq == before.Run.Seq {
		return
	}
	h := Hint{Org: a.Org, Run: after.Run.ID, Revision: after.Run.Seq, People: distinct(append(holders(before, after), watchers...))}
	if pools := offered(before, after); len(pools) > 0 {
		var members []uuid.UUID
		b := db.NewBatch()
		db.Many(b, &members, poolPeople, pools, maxHinted)
		if err := s.DB.Read(ctx, a.Org, b); err != nil || len(members) == maxHinted {
			h.Everybody = true
		}
		h.People = distinct(append(h.People, members...))
	}
	s.Changed(h)
	s.hintParent(ctx, a, before, after)
}

const participants = `SELECT user_id FROM participants WHERE run_id = $1 AND (roles & 7) <> 0 ORDER BY user_id LIMIT $2`

// hintParent tells those who take part in the run above that what it shows of this
// one has changed, though nothing happened to it.
func (s *Service) hintParent(ctx context.Context, a access.Actor, before, after engine.State) {
	if after.Run.Parent == uuid.Nil || before.Run.Status == after.Run.Status {
		return
	}
	h := Hint{Org: a.Org, Run: after.Run.Parent}
	b := db.NewBatch()
	db.Many(b, &h.People, participants, after.Run.Parent, maxHinted)
	if err := s.DB.Read(ctx, a.Org, b); err != nil || len(h.People) == maxHinted {
		h.Everybody = true
	}
	s.Changed(h)
}

// holders are the initiator, everybody who holds or held a task, and stakeholders,
// before or after.
func holders(states ...engine.State) []uuid.UUID {
	var ids []uuid.UUID
	for _, st := range states {
		ids = append(ids, st.Run.Initiator)
		for _, t := range st.Tasks {
			ids = append(ids, t.Assignee)
		}
		for _, x := range st.Stakeholders {
			ids = append(ids, x.Person)
		}
	}
	return distinct(ids)
}

// offered are the pools of tasks that are, or until now were, to be claimed.
func offered(states ...engine.State) []uuid.UUID {
	var ids []uuid.UUID
	for _, st := range states {
		for _, t := range st.Tasks {
			if t.Pool != nil && t.Status == engine.TaskOpen {
				ids = append(ids, t.Pool.ID)
			}
		}
	}
	return distinct(ids)
}

// distinct sorts ids and drops repeated ones and Nil.
func distinct(ids []uuid.UUID) []uuid.UUID {
	slices.SortFunc(ids, func(x, y uuid.UUID) int { return slices.Compare(x[:], y[:]) })
	return slices.DeleteFunc(slices.Compact(ids), func(id uuid.UUID) bool { return id == uuid.Nil })
}
