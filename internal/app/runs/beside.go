package runs

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// beside is somebody who is a stakeholder or a watcher of a run, whatever else he is to it.
type beside struct {
	ID   uuid.UUID   `json:"id"`
	Part access.Part `json:"part"`
	By   uuid.UUID   `json:"by"`
}

// besides takes the stakeholders and watchers out of the run's row.
func (l *loaded) besides() error {
	var rows []beside
	if err := json.Unmarshal(l.row.Beside, &rows); err != nil {
		return fmt.Errorf("runs: who is beside %s: %w", l.row.ID, err)
	}
	for _, x := range rows {
		if x.Part&access.AsStakeholder != 0 {
			l.state.Stakeholders = append(l.state.Stakeholders, engine.Stakeholder{Person: x.ID, AddedBy: x.By})
		}
		if x.Part&access.AsWatcher != 0 {
			l.watchers = append(l.watchers, x)
		}
	}
	return nil
}

// watching are the watchers who take part in the run, and so see it whatever their rights.
func (l *loaded) watching() []uuid.UUID {
	var ids []uuid.UUID
	for _, x := range l.watchers {
		if x.Part&access.Taking != 0 {
			ids = append(ids, x.ID)
		}
	}
	return ids
}

// tellWatchers are the watchers of whom a reader is told: those who still see the run.
// Only where somebody watches who takes no part in it does that cost a round trip.
func (s *Service) tellWatchers(ctx context.Context, a access.Actor, l *loaded) ([]uuid.UUID, error) {
	var told, asked []uuid.UUID
	for _, x := range l.watchers {
		if x.ID == a.User || x.Part&access.Taking != 0 || l.state.TakesPart(x.ID) {
			told = append(told, x.ID)
		} else {
			asked = append(asked, x.ID)
		}
	}
	if len(asked) == 0 {
		return told, nil
	}
	var see []uuid.UUID
	b := db.NewBatch()
	db.Many(b, &see, dbq.WhoMaySee, asked, l.row.ID)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return nil, err
	}
	return distinct(append(told, see...)), nil
}

// showBeside puts stakeholders and watchers on the page, by name.
func (l *loaded) showBeside(a access.Actor, watchers []uuid.UUID, r *Run) {
	r.Watching = l.standing.Part&access.AsWatcher != 0
	r.Stakeholders, r.Watchers = []Stakeholder{}, []facts.Person{}
	for _, x := range l.state.Stakeholders {
		r.Stakeholders = append(r.Stakeholders, Stakeholder{
			Person: l.personView(x.Person), AddedBy: l.personView(x.AddedBy), Remove: x.AddedBy == a.User || a.Has(access.RunOperate),
		})
	}
	for _, id := range watchers {
		r.Watchers = append(r.Watchers, l.personView(id))
	}
	slices.SortStableFunc(r.Stakeholders, func(x, y Stakeholder) int { return inOrder(x.Person, y.Person) })
	slices.SortStableFunc(r.Watchers, inOrder)
}

// inOrder sorts people by name.
func inOrder(x, y facts.Person) int {
	return cmp.Or(strings.Compare(x.Name, y.Name), strings.Compare(x.Email, y.Email))
}

// saveStakeholders notes who was let see the run, and who is not any more.
func saveStakeholders(b *db.Batch, run uuid.UUID, before, after engine.State) {
	for _, x := range after.Stakeholders {
		if before.Stakeholder(x.Person) == nil {
			b.Exec(dbq.AddStakeholder, db.Args(dbq.AddStakeholderParams{
				RunID: run, UserID: x.Person, Roles: int16(access.AsStakeholder), Open: !after.Run.Status.Over(), AddedBy: idRef(x.AddedBy),
			})...)
		}
	}
	var lost []uuid.UUID
	for _, x := range before.Stakeholders {
		if after.Stakeholder(x.Person) == nil {
			lost = append(lost, x.Person)
		}
	}
	if len(lost) > 0 {
		b.Exec(dbq.ForgetAddedBy, run, lost)
		b.Exec(dbq.LoseParts, int16(access.AsStakeholder), run, lost)
		b.Exec(dbq.DeleteParticipants, run, lost)
	}
}
