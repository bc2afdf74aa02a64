package runs

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// moves are the moves of a run to other versions of its workflow, in their order. What
// happened before one names steps by the ids they had then.
type moves []moved

type moved struct {
	seq int64
	at  time.Time
	event.Migration
}

func movesOf(rows []dbq.ListMigrationsRow) (moves, error) {
	out := make(moves, len(rows))
	for i, r := range rows {
		var e event.Event
		if err := json.Unmarshal(r.Data, &e); err != nil || e.Version == nil {
			return nil, fmt.Errorf("runs: the move of event %d: %w", r.Seq, err)
		}
		out[i] = moved{r.Seq, r.At, *e.Version}
	}
	return out, nil
}

// step is the step that a fact speaks of, nil where it is not there any more, and the
// name it had then, "" where it has kept it.
func (m moves) step(l *loaded, id string, seq int64) (*workflow.Node, string) {
	return m.after(l, id, func(x moved) bool { return x.seq > seq })
}

// stepAt is step for what carries no number of the history.
func (m moves) stepAt(l *loaded, id string, at time.Time) (*workflow.Node, string) {
	return m.after(l, id, func(x moved) bool { return x.at.After(at) })
}

func (m moves) after(l *loaded, id string, later func(moved) bool) (n *workflow.Node, name string) {
	for _, x := range m {
		if !later(x) {
			continue
		}
		was, named := x.Names[id]
		if named && name == "" {
			name = was
		}
		to, renamed := x.Steps[id]
		if named && !renamed {
			return nil, name
		}
		if renamed {
			id = to
		}
	}
	return l.version.Node(id), name
}

// formerType is what a visit was to whose step nothing leads back: a task where people
// were asked, else something that people need not read of.
func (l *loaded) formerType(v engine.StepRun) string {
	for _, t := range l.state.Tasks {
		if t.StepSeq == v.Seq {
			return string(workflow.TaskStep)
		}
	}
	return string(workflow.Condition)
}

// column is a step's column of the matrix. One that the version has no more, to which the
// run was moved since, shows what every step shows: nobody sees more by a move.
func (l *loaded) column(step string) map[string]form.Mode {
	if n := l.version.Node(step); n != nil {
		return n.Fields
	}
	hidden := map[string]form.Mode{}
	for _, n := range l.version.Nodes() {
		for name, m := range n.Fields {
			if m == form.Hidden {
				hidden[name] = m
			}
		}
	}
	return hidden
}
