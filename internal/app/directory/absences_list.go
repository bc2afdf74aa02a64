package directory

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// Absence is a time in which somebody is away, and who stands in.
type Absence struct {
	ID       uuid.UUID      `json:"id"`
	From     time.Time      `json:"from"`
	Until    time.Time      `json:"until" doc:"The first moment he is back."`
	Note     string         `json:"note,omitempty"`
	StandIns []NamedStandIn `json:"stand_ins"`
	Revision int            `json:"revision"`
	Now      bool           `json:"now" doc:"It has begun."`
}

// StandIn is who decides for an absent person, and what.
type StandIn = facts.StandIn

// NamedStandIn is a stand-in with his name.
type NamedStandIn struct {
	StandIn
	Person facts.Person `json:"person"`
}

// AbsenceList are the absences of one person that are not over.
type AbsenceList struct {
	Items []Absence `json:"items"`
}

// ListAbsences returns the absences of a person, Nil for the actor, that are not
// over. Those of others are seen by who manages people.
func (s *Service) ListAbsences(ctx context.Context, a access.Actor, user uuid.UUID) (AbsenceList, error) {
	user, err := whoseAbsence(a, user)
	if err != nil {
		return AbsenceList{}, err
	}
	var rows []dbq.ListAbsencesRow
	var now time.Time
	b := db.NewBatch()
	db.Many(b, &rows, dbq.ListAbsences, user)
	db.One(b, &now, "SELECT app_now()")
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return AbsenceList{}, err
	}
	out := AbsenceList{Items: make([]Absence, 0, len(rows))}
	var ids []uuid.UUID
	for _, r := range rows {
		x := Absence{ID: r.ID, From: r.StartsAt, Until: r.EndsAt, Note: r.Note, Revision: int(r.Revision), StandIns: []NamedStandIn{}, Now: !now.Before(r.StartsAt)}
		var stored []StandIn
		if err := json.Unmarshal(r.StandIns, &stored); err != nil {
			return out, fmt.Errorf("directory: stand-ins of %s: %w", r.ID, err)
		}
		for _, in := range stored {
			x.StandIns = append(x.StandIns, NamedStandIn{StandIn: in})
			ids = append(ids, in.To)
		}
		out.Items = append(out.Items, x)
	}
	if len(ids) == 0 {
		return out, nil
	}
	known := map[uuid.UUID]facts.Person{}
	b = db.NewBatch()
	facts.People(b, ids, known)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return out, err
	}
	for i := range out.Items {
		for j := range out.Items[i].StandIns {
			in := &out.Items[i].StandIns[j]
			in.Person = known[in.To]
		}
	}
	return out, nil
}

// whoseAbsence lets everybody look after his own, and who manages people after
// everybody's.
func whoseAbsence(a access.Actor, user uuid.UUID) (uuid.UUID, error) {
	if user == uuid.Nil || user == a.User {
		return a.User, nil
	}
	return user, require(a, access.UserManage)
}
