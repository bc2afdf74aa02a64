package httpapi

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/access"
)

type absenceList struct {
	UserID uuid.UUID `json:"user_id,omitzero" doc:"Whose; the caller's when absent. Those of others need the right to manage people."`
}

type absenceSave struct {
	keyed
	AbsenceID uuid.UUID           `json:"absence_id,omitzero" doc:"The one to change; absent: a new one."`
	UserID    uuid.UUID           `json:"user_id,omitzero" doc:"Whose; the caller's when absent."`
	From      time.Time           `json:"from" doc:"From when on he is away."`
	Until     time.Time           `json:"until" doc:"The first moment he is back."`
	Note      string              `json:"note,omitempty" maxLength:"500"`
	StandIns  []directory.StandIn `json:"stand_ins,omitempty" maxItems:"20" doc:"Who stands in: the first whom a request fits. Nobody: his tasks wait, with a warning."`
	Revision  int                 `json:"revision,omitempty" doc:"Of the absence that is changed."`
}

type absenceDelete struct {
	keyed
	AbsenceID uuid.UUID `json:"absence_id"`
}

func absenceOperations(r *registry, s *directory.Service) {
	op(r, "absences.list", access.Member, read, "List absences",
		"When somebody is away, now and later, and who stands in.",
		func(ctx context.Context, a access.Actor, in absenceList) (directory.AbsenceList, error) {
			return s.ListAbsences(ctx, a, in.UserID)
		})
	op(r, "absences.save", access.Member, change, "Be out of office",
		"Notes an absence. While it lasts, tasks go to the stand-ins, who decide on behalf of the absent person; open ones come back when it ends.",
		func(ctx context.Context, a access.Actor, in absenceSave) (directory.AbsenceList, error) {
			return s.SaveAbsence(ctx, a, directory.SaveAbsence{
				ID: in.AbsenceID, User: in.UserID, From: in.From, Until: in.Until, Note: in.Note, StandIns: in.StandIns, Revision: in.Revision, Once: in.once(),
			})
		})
	op(r, "absences.delete", access.Member, change, "End an absence",
		"Ends it at once, or takes it back before it begins.",
		func(ctx context.Context, a access.Actor, in absenceDelete) (nothing, error) {
			return nothing{}, s.DeleteAbsence(ctx, a, in.AbsenceID, in.once())
		})
}
