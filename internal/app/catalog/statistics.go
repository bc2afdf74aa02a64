package catalog

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// Statistics asks how the runs of a workflow went.
type Statistics struct {
	Workflow string
	From, To *time.Time // when runs were started; nil: without bound
}

// WorkflowStatistics says how the runs of a workflow went in a period, and
// where those under way are now.
type WorkflowStatistics struct {
	Runs     int           `json:"runs" doc:"How many requests of the period were counted."`
	Sampled  bool          `json:"sampled,omitempty" doc:"There are more: only the latest were counted."`
	Outcomes []OutcomeRow  `json:"outcomes" doc:"The most frequent first."`
	Duration *Duration     `json:"duration,omitempty" doc:"Of those that ended, from start to end."`
	Steps    []StepMeasure `json:"steps" doc:"In the order of the definition; steps of earlier versions last."`
	Weeks    []WeekCount   `json:"weeks" doc:"How many of the counted requests were started and ended in each week, the first week first; weeks without any are absent."`
	Holders  []HolderCount `json:"holders,omitempty" doc:"Who holds how many of those under way, whenever they were started, the most first; only for those who may see every request."`
}

// WeekCount is what happened in one week.
type WeekCount struct {
	Week    time.Time `json:"week" doc:"Its Monday, midnight UTC."`
	Started int       `json:"started"`
	Ended   int       `json:"ended"`
}

// HolderCount is what waits for one person.
type HolderCount struct {
	Person *facts.Person `json:"person,omitempty" doc:"Absent for what is offered to several."`
	Tasks  int           `json:"tasks"`
	Oldest time.Time     `json:"oldest" doc:"Since when the first of them waits."`
}

// OutcomeRow counts runs that stand or ended alike.
type OutcomeRow struct {
	Status  string `json:"status" enum:"queued,running,held,completed,failed,cancelled"`
	Outcome string `json:"outcome,omitempty" doc:"Of the end that was reached."`
	Runs    int    `json:"runs"`
}

// Duration is how long something took: half of it at most the median, nine of
// ten at most p90.
type Duration struct {
	Count         int     `json:"count" doc:"How many were measured."`
	MedianSeconds float64 `json:"median_seconds"`
	P90Seconds    float64 `json:"p90_seconds"`
}

// StepMeasure is what is known of one step.
type StepMeasure struct {
	StepID   string     `json:"step_id"`
	Name     string     `json:"name"`
	Type     string     `json:"type,omitempty" doc:"Absent for a step that the present version no longer has."`
	Visits   int        `json:"visits" doc:"How often the counted requests came here."`
	Duration *Duration  `json:"duration,omitempty" doc:"Of the visits that are over."`
	Waiting  int        `json:"waiting" doc:"How many requests are here now, whenever they were started."`
	Oldest   *time.Time `json:"oldest,omitempty" doc:"Since when the first of them waits."`
}

// mostCounted is how many runs are read for statistics: enough for a median that
// does not move, and a reply within a fraction of a second.
const mostCounted = 5000

// mostHolders is how many people are named as those with whom requests wait.
const mostHolders = 20

// Statistics returns how the runs of a workflow went. It is for those who may
// see every request, for who designs workflows and for the workflow's owner. It
// names no request, and people only to those who may see every request.
func (s *Service) Statistics(ctx context.Context, a access.Actor, in Statistics) (WorkflowStatistics, error) {
	if in.From != nil && in.To != nil && !in.From.Before(*in.To) {
		return WorkflowStatistics{}, fault.At("to", "The period has to end after it begins.")
	}
	m := measured{named: a.Has(access.RunViewAll) || a.Has(access.RunOperate)}
	f, err := s.find(ctx, a, in.Workflow, access.CheckWorkflowStatistics, func(b *db.Batch) { m.queue(b, in) })
	if err != nil {
		return WorkflowStatistics{}, err
	}
	out := WorkflowStatistics{Outcomes: m.outcomeRows()}
	for _, r := range m.outcomes {
		if r.Whole {
			out.Runs, out.Sampled = int(r.Runs), r.Runs == mostCounted
			out.Duration = duration(r.Ended, r.Median, r.P90)
		}
	}
	out.Steps = m.stepRows(s.present(ctx, a, f), func(id uuid.UUID) *workflow.Version {
		v, _ := s.Versions.Get(id, s.reader(ctx, a)) // one that no longer compiles leaves its steps with their ids
		return v
	})
	out.Weeks, out.Holders = m.weekRows(), m.holderRows()
	return out, nil
}

// measured are the rows that statistics are made of.
type measured struct {
	outcomes []dbq.CountOutcomesRow
	steps    []dbq.MeasureStepsRow
	waiting  []dbq.CountWaitingRow
	weeks    []dbq.CountWeeksRow
	holders  []dbq.CountTaskHoldersRow
	named    bool // whether people are counted, too
}

func (m *measured) queue(b *db.Batch, in Statistics) {
	id, key := ref(in.Workflow)
	db.Many(b, &m.outcomes, dbq.CountOutcomes, db.Args(dbq.CountOutcomesParams{ID: id, Key: key, FromTime: in.From, ToTime: in.To, Most: mostCounted})...)
	db.Many(b, &m.steps, dbq.MeasureSteps, db.Args(dbq.MeasureStepsParams{ID: id, Key: key, FromTime: in.From, ToTime: in.To, Most: mostCounted})...)
	db.Many(b, &m.waiting, dbq.CountWaiting, db.Args(dbq.CountWaitingParams{ID: id, Key: key, Most: mostCounted})...)
	db.Many(b, &m.weeks, dbq.CountWeeks, db.Args(dbq.CountWeeksParams{ID: id, Key: key, FromTime: in.From, ToTime: in.To, Most: mostCounted})...)
	if m.named {
		db.Many(b, &m.holders, dbq.CountTaskHolders, db.Args(dbq.CountTaskHoldersParams{ID: id, Key: key, Most: mostCounted, MaxRows: mostHolders})...)
	}
}

func (m *measured) weekRows() []WeekCount {
	out := []WeekCount{}
	for _, r := range m.weeks {
		out = append(out, WeekCount{Week: r.Week.UTC(), Started: int(r.Started), Ended: int(r.Ended)})
	}
	return out
}

func (m *measured) holderRows() (out []HolderCount) {
	for _, r := range m.holders {
		h := HolderCount{Tasks: int(r.Tasks), Oldest: r.Oldest}
		if r.AssigneeID != nil {
			h.Person = &facts.Person{ID: *r.AssigneeID, Name: r.Name, Email: r.Email, Status: r.Status}
		}
		out = append(out, h)
	}
	return out
}

func (m *measured) outcomeRows() []OutcomeRow {
	out := []OutcomeRow{}
	for _, r := range m.outcomes {
		if !r.Whole {
			out = append(out, OutcomeRow{Status: r.Status, Outcome: r.Outcome, Runs: int(r.Runs)})
		}
	}
	return out
}

// stepRows joins what was measured with the steps of the present version. Those it lacks
// are named as their own version names them.
func (m *measured) stepRows(nodes []*workflow.Node, version func(uuid.UUID) *workflow.Version) []StepMeasure {
	out := []StepMeasure{}
	for _, n := range nodes {
		out = append(out, StepMeasure{StepID: n.ID, Name: n.Label, Type: string(n.Type)})
	}
	row := func(id, former string, of uuid.UUID) *StepMeasure {
		i := slices.IndexFunc(out, func(s StepMeasure) bool { return s.StepID == id })
		if i >= 0 {
			return &out[i]
		}
		x := StepMeasure{StepID: id, Name: cmp.Or(former, id)}
		if v := version(of); v != nil {
			if n := v.Node(id); n != nil {
				x.Name = n.Label
			}
		}
		out = append(out, x)
		return &out[len(out)-1]
	}
	for _, r := range m.steps {
		s := row(r.Step, r.Former, r.VersionID)
		s.Visits, s.Duration = int(r.Visits), duration(r.Passed, r.Median, r.P90)
	}
	for _, r := range m.waiting {
		s := row(r.Step, r.Former, r.VersionID)
		s.Waiting, s.Oldest = int(r.Runs), &r.Oldest
	}
	return out
}

func duration(count int64, median, p90 float64) *Duration {
	if count == 0 {
		return nil
	}
	return &Duration{Count: int(count), MedianSeconds: median, P90Seconds: p90}
}

// present are the steps of the version that was published last. One that no
// longer compiles leaves the steps with their ids.
func (s *Service) present(ctx context.Context, a access.Actor, f *found) []*workflow.Node {
	if f.row.VersionID == nil {
		return nil
	}
	v, err := s.Versions.Get(*f.row.VersionID, s.reader(ctx, a))
	if err != nil {
		return nil
	}
	return v.Nodes()
}
