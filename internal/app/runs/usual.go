package runs

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Usual is when runs had mostly ended that stood where a run stands now, for as long
// as it has stood there.
type Usual struct {
	Half time.Time `json:"half" doc:"Half of them had ended by then."`
	Most time.Time `json:"most" doc:"Nine of ten had ended by then."`
	Of   int       `json:"of" doc:"So many of the latest runs are counted."`
}

const (
	// fewUsual is how many runs it takes to call something usual.
	fewUsual = 5
	// usualFor is how long the times of a workflow are remembered: they change slowly.
	usualFor = 10 * time.Minute
	// mostUsual bounds the workflows in memory. One takes a few kilobytes; beyond the
	// bound all are dropped.
	mostUsual = 2000
)

// usuals remembers, by workflow, how long its latest runs took from each step to
// their end, in seconds, the shortest first.
type usuals struct {
	mu   sync.RWMutex
	have map[usualOf]usualTimes
}

type usualOf struct {
	org      access.OrgID
	workflow uuid.UUID
}

type usualTimes struct {
	byStep map[string][]int64
	read   time.Time
}

func newUsuals() *usuals { return &usuals{have: map[usualOf]usualTimes{}} }

func (u *usuals) find(of usualOf, now time.Time) (usualTimes, bool) {
	u.mu.RLock()
	defer u.mu.RUnlock()
	t, ok := u.have[of]
	return t, ok && now.Before(t.read.Add(usualFor))
}

func (u *usuals) keep(of usualOf, t usualTimes) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.have) >= mostUsual {
		clear(u.have)
	}
	u.have[of] = t
}

// usual tells when a run may end, from those before it; nil where too few were like it.
func (s *Service) usual(ctx context.Context, a access.Actor, l *loaded) (*Usual, error) {
	if l.state.Run.Status != engine.Running {
		return nil, nil
	}
	of := usualOf{a.Org, l.row.WorkflowID}
	times, known := s.usuals.find(of, l.facts.Now)
	if !known {
		var rows []dbq.UsualTimesRow
		b := db.NewBatch()
		db.Many(b, &rows, dbq.UsualTimes, l.row.WorkflowID)
		if err := s.DB.Read(ctx, a.Org, b); err != nil {
			return nil, err
		}
		times = usualTimes{byStep: map[string][]int64{}, read: l.facts.Now}
		for _, r := range rows {
			times.byStep[r.Step] = append(times.byStep[r.Step], r.Seconds)
		}
		s.usuals.keep(of, times)
	}
	return l.expect(times.byStep), nil
}

// expect is the latest of what is usual for the steps where people are asked now.
// While the requester has it, nobody can tell.
func (l *loaded) expect(byStep map[string][]int64) *Usual {
	var out *Usual
	for _, v := range l.state.Steps {
		if v.Status != engine.StepWaiting {
			continue
		}
		if n := l.version.Node(v.Step); n == nil || n.Type != workflow.TaskStep {
			return nil
		}
		x := expectFrom(byStep[v.Step], v.EnteredAt, l.facts.Now)
		if x == nil {
			return nil
		}
		if out == nil || x.Half.After(out.Half) {
			out = x
		}
	}
	return out
}

// expectFrom looks at those runs only that took longer than the present one has
// taken already.
func expectFrom(seconds []int64, since, now time.Time) *Usual {
	had := int64(now.Sub(since) / time.Second)
	longer := seconds
	for len(longer) > 0 && longer[0] <= had {
		longer = longer[1:]
	}
	if len(longer) < fewUsual {
		return nil
	}
	at := func(share int) time.Time {
		return since.Add(time.Duration(longer[(len(longer)*share-1)/100]) * time.Second)
	}
	return &Usual{Half: at(50), Most: at(90), Of: len(longer)}
}
