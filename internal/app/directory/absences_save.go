package directory

import (
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
	if err := record(b, by(a, "absences.save", id, detail)); err != nil {
		return err
	}
	return tx.Commit(b)
}
