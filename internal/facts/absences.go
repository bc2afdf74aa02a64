package facts

import (
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/engine"
)

// absences reads who is away or will be. The bound is far above what an
// organization of some thousand people plans ahead.
const absences = `SELECT user_id, starts_at, ends_at, stand_ins FROM absences WHERE ends_at > app_now() ORDER BY starts_at, id LIMIT 20000`

type absenceRow struct {
	User         uuid.UUID
	Starts, Ends time.Time
	StandIns     []StandIn
}

// StandIn is who decides for an absent person, as it is stored and exchanged.
type StandIn struct {
	To        uuid.UUID `json:"to" doc:"Who decides in the absent person's place."`
	Workflows []string  `json:"workflows,omitempty" maxItems:"50" maxLength:"20" doc:"Only requests of these workflows, by key; absent: of all."`
	Groups    []string  `json:"groups,omitempty" maxItems:"50" maxLength:"40" doc:"Only requests of workflows in these groups; absent: of all."`
	Below     float64   `json:"below,omitempty" minimum:"0" doc:"Only requests whose amount is smaller: of the first money field, or a number field called amount. 0 or absent: any."`
}

func away(rows []absenceRow) []engine.Absence {
	out := make([]engine.Absence, 0, len(rows))
	for _, r := range rows {
		x := engine.Absence{User: r.User, From: r.Starts, Until: r.Ends}
		for _, s := range r.StandIns {
			x.StandIns = append(x.StandIns, engine.StandIn{To: s.To, Workflows: s.Workflows, Groups: s.Groups, Below: s.Below})
		}
		out = append(out, x)
	}
	return out
}
