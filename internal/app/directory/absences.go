package directory

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
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

// SaveAbsence is a new absence or a change of one.
type SaveAbsence struct {
	ID          uuid.UUID // Nil: a new one
	User        uuid.UUID // Nil: of the actor
	From, Until time.Time
	Note        string
	StandIns    []StandIn
	Revision    int // of the absence that is changed
	Once        Key
}

const (
	maxAbsence  = 400 * 24 * time.Hour
	maxStandIns = 20
	maxAbsences = 50 // of one person, that are not over
)

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

// SaveAbsence notes when somebody is away and who stands in. Open tasks go there
// when it begins and come back when it ends; new ones go there at once. It answers
// invalid for times that overlap another absence and for stand-ins who are not
// active, and conflict when somebody else has changed it meanwhile.
func (s *Service) SaveAbsence(ctx context.Context, a access.Actor, in SaveAbsence) (AbsenceList, error) {
	user, err := whoseAbsence(a, in.User)
	if err != nil {
		return AbsenceList{}, err
	}
	if err := in.check(user); err != nil {
		return AbsenceList{}, err
	}
	id := in.ID
	if id == uuid.Nil {
		id = db.NewID()
	}
	if _, err = s.once(ctx, a, "absences.save", in.Once, id, func(tx *db.Tx) error { return s.writeAbsence(tx, a, in, user, id) }); err != nil {
		return AbsenceList{}, err
	}
	return s.ListAbsences(ctx, a, user)
}

// check refuses what can be told without looking anything up.
func (in SaveAbsence) check(user uuid.UUID) error {
	p := &fault.Problems{}
	switch {
	case !in.Until.After(in.From):
		p.Add("until", "The absence ends before it begins: choose a later end.")
	case in.Until.Sub(in.From) > maxAbsence:
		p.Add("until", "An absence lasts 400 days at most. Disable who does not come back.")
	}
	if len([]rune(in.Note)) > 500 {
		p.Add("note", "At most 500 characters fit.")
	}
	if len(in.StandIns) > maxStandIns {
		p.Add("stand_ins", "At most %d people stand in.", maxStandIns)
	}
	for i, x := range in.StandIns {
		if x.To == user {
			p.Add(fmt.Sprintf("stand_ins.%d.to", i), "Nobody stands in for himself: choose somebody else.")
		}
	}
	return p.Err("This absence cannot be saved.")
}

func (s *Service) writeAbsence(tx *db.Tx, a access.Actor, in SaveAbsence, user, id uuid.UUID) error {
	var old dbq.GetAbsenceRow
	var other dbq.OverlappingAbsenceRow
	var there bool
	var kept struct {
		Now   time.Time
		Count int64
	}
	known := map[uuid.UUID]facts.Person{}
	ids := make([]uuid.UUID, 0, len(in.StandIns))
	for _, x := range in.StandIns {
		ids = append(ids, x.To)
	}
	b := db.NewBatch()
	b.Exec(dbq.LockAbsences, user.String())
	found := db.One(b, &old, dbq.GetAbsence, id)
	overlaps := db.One(b, &other, dbq.OverlappingAbsence, db.Args(dbq.OverlappingAbsenceParams{UserID: user, ID: id, EndsAt: in.Until, StartsAt: in.From})...)
	db.One(b, &there, "SELECT true FROM users WHERE id = $1", user)
	db.One(b, &kept, "SELECT app_now(), (SELECT count(*) FROM absences a WHERE a.user_id = $1 AND a.ends_at > app_now())", user)
	facts.People(b, ids, known)
	if err := tx.Send(b); err != nil {
		return err
	}
	switch {
	case !there:
		return noUser()
	case in.ID != uuid.Nil && (!found.OK || old.UserID != user):
		return fault.New(fault.NotFound, "There is no such absence.")
	case in.ID != uuid.Nil && int(old.Revision) != in.Revision:
		return stale("absence")
	case !in.Until.After(kept.Now):
		return fault.At("until", "The absence would be over already: choose a later end.")
	case in.ID == uuid.Nil && kept.Count >= maxAbsences:
		return fault.New(fault.Conflict, "%d absences are planned, and more are not possible. Delete one of them first.", kept.Count)
	case overlaps.OK:
		return fault.At("from", "There is another absence from %s to %s already: change that one.", other.StartsAt.UTC().Format(time.DateOnly), other.EndsAt.UTC().Format(time.DateOnly))
	}
	for i, x := range in.StandIns {
		if p := known[x.To]; p.Status != "active" {
			return fault.At(fmt.Sprintf("stand_ins.%d.to", i), "This is no active person of your organization: choose one.")
		}
	}
	data, err := json.Marshal(slices.Concat([]StandIn{}, in.StandIns))
	if err != nil {
		return err
	}
	note := strings.TrimSpace(in.Note)
	b = db.NewBatch()
	if in.ID == uuid.Nil {
		b.Exec(dbq.InsertAbsence, db.Args(dbq.InsertAbsenceParams{ID: id, UserID: user, StartsAt: in.From, EndsAt: in.Until, Note: note, StandIns: data, ByID: orNull(a.User)})...)
	} else {
		b.Exec(dbq.UpdateAbsence, db.Args(dbq.UpdateAbsenceParams{ID: id, StartsAt: in.From, EndsAt: in.Until, Note: note, StandIns: data, ByID: orNull(a.User)})...)
	}
	detail := map[string]any{"user": user, "from": in.From, "until": in.Until}
	if err := record(b, by(a, "absences.save", cmp.Or(id, user), detail)); err != nil {
		return err
	}
	return tx.Commit(b)
}

// DeleteAbsence ends an absence, or takes one back that has not begun: who stood in
// gives back what is still open.
func (s *Service) DeleteAbsence(ctx context.Context, a access.Actor, id uuid.UUID, once Key) error {
	_, err := s.once(ctx, a, "absences.delete", once, id, func(tx *db.Tx) error {
		var old dbq.GetAbsenceRow
		b := db.NewBatch()
		found := db.One(b, &old, dbq.GetAbsence, id)
		if err := tx.Send(b); err != nil {
			return err
		}
		if !found.OK || old.UserID != a.User && !a.Has(access.UserManage) {
			return fault.New(fault.NotFound, "There is no such absence.")
		}
		b = db.NewBatch()
		b.Exec(dbq.DeleteAbsence, id)
		if err := record(b, by(a, "absences.delete", id, map[string]any{"user": old.UserID})); err != nil {
			return err
		}
		return tx.Commit(b)
	})
	return err
}
