package runs

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// Change is how a field differs from what the reader last knew.
type Change struct {
	From any           `json:"from,omitempty" doc:"What stood there before. Absent when the field was empty."`
	By   *facts.Person `json:"by,omitempty" doc:"Who changed it last. Absent when it followed by itself."`
	At   time.Time     `json:"at"`
}

// Since when changes are counted.
const (
	SinceDecision = "decision" // the reader's own last act on the run
	SinceRound    = "round"    // the beginning of this round, for who has not acted yet
	SinceStart    = "start"    // what was sent, in the first round
)

// marks are the changes one reader is shown.
type marks struct {
	since  string
	fields map[string]Change
	// by are the people to be named, by field.
	by map[string]uuid.UUID
}

// baseline is the moment up to which the reader knows the run.
func (l *loaded) baseline(a access.Actor) (time.Time, string) {
	var own time.Time
	if l.state.Run.Initiator == a.User {
		own = l.state.Run.StartedAt
	}
	for _, t := range l.state.Tasks {
		if t.Assignee == a.User && t.Status == engine.TaskCompleted && t.DoneAt.After(own) {
			own = t.DoneAt
		}
	}
	if !own.IsZero() {
		return own, SinceDecision
	}
	if l.state.Run.Round > 1 {
		for _, v := range l.state.Steps {
			if v.Round == l.state.Run.Round {
				return v.EnteredAt, SinceRound
			}
		}
	}
	return l.state.Run.StartedAt, SinceStart
}

// needsRevisions tells whether earlier values have to be read: something has
// changed since the start, and behind what the reader knows.
func (l *loaded) needsRevisions(a access.Actor) bool {
	from, _ := l.baseline(a)
	return l.row.Rev > 1 && !l.standing.Draft && from.Before(l.facts.Now)
}

// readRevisions queues every change of the values.
func readRevisions(run uuid.UUID, rows *[]dbq.ListRevisionsRow) func(*db.Batch) {
	return func(b *db.Batch) { db.Many(b, rows, dbq.ListRevisions, run) }
}

// marks compares what the reader sees with what stood there at his baseline. Both
// sides go through the field matrix and the visibility rules, each with the
// values of its time: what was hidden stays hidden.
func (l *loaded) marks(a access.Actor, rows []dbq.ListRevisionsRow, modes map[string]form.Mode, in rule.Input) (marks, error) {
	at, since := l.baseline(a)
	m := marks{since: since, fields: map[string]Change{}, by: map[string]uuid.UUID{}}
	before := map[string]any{}
	last := map[string]dbq.ListRevisionsRow{}
	for _, r := range rows {
		var values map[string]any
		if err := json.Unmarshal(r.Data, &values); err != nil {
			return m, fmt.Errorf("runs: revision %d of %s: %w", r.Rev, l.row.ID, err)
		}
		for name, v := range values {
			if r.At.After(at) {
				last[name] = r
			} else {
				before[name] = v
			}
		}
	}
	old, now := l.version.Form.Show(modes, before, in), l.version.Form.Show(modes, l.state.Values, in)
	for _, name := range form.Diff(old, now) {
		r, changed := last[name]
		if !changed || since == SinceStart && old[name] == nil {
			continue // hidden or shown by a rule, or filled in for the first time
		}
		m.fields[name] = Change{From: old[name], At: r.At}
		if r.ByID != nil {
			m.by[name] = *r.ByID
		}
	}
	return m, nil
}

// from are the earlier values, to find the people they name.
func (m marks) from() map[string]any {
	out := map[string]any{}
	for name, c := range m.fields {
		if c.From != nil {
			out[name] = c.From
		}
	}
	return out
}

// named puts the names of those who changed something into the changes.
func (m marks) named(l *loaded) map[string]Change {
	for name, id := range m.by {
		c := m.fields[name]
		p := l.personView(id)
		c.By = &p
		m.fields[name] = c
	}
	return m.fields
}
