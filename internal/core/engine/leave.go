package engine

import (
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/event"
)

// overlap is why an absence that follows from a run is not noted.
const overlap = "overlap"

// planAbsence makes the initiator absent when the definition says so of how the run
// ended. What he planned himself for that time stays as it is.
func (d *decider) planAbsence(outcome string) error {
	a := d.v.Document.Absence
	if a == nil || a.Outcome != outcome {
		return nil
	}
	from, until := d.day(a.From), d.day(a.Until)
	if r, ok := d.s.Values[a.Period].(map[string]any); ok {
		from, _ = r["from"].(string)
		until, _ = r["to"].(string)
	}
	away := event.Away{From: from, Until: until}
	start, end, ok := away.In(d.zone())
	if !ok || !end.After(d.f.Now) { // it was left empty, or is over
		return nil
	}
	e := event.Event{Type: event.AbsencePlanned, Assignee: ref(d.s.Run.Initiator), Away: &away}
	known, err := d.ask(Need{Kind: NeedAbsences})
	if err != nil {
		return err
	}
	for _, x := range known.Away {
		if x.User == d.s.Run.Initiator && x.From.Before(end) && x.Until.After(start) {
			e.Reason = overlap
		}
	}
	id, _ := d.s.Values[a.StandIn].(string)
	if who, err := uuid.Parse(id); err == nil && who != d.s.Run.Initiator && e.Reason == "" {
		p, err := d.person(who)
		if err != nil {
			return err
		}
		if p.Active {
			e.StandIn = ref(who)
		}
	}
	d.note(e)
	return nil
}

func (d *decider) day(field string) string {
	s, _ := d.s.Values[field].(string)
	return s
}

// zone is the organization's.
func (d *decider) zone() *time.Location {
	name, _ := d.f.Org["zone"].(string)
	loc, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return loc
}
