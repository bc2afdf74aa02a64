package play

import (
	"fmt"
	"slices"

	"github.com/handstamp/handstamp/bench/replay/plan"
	"github.com/handstamp/handstamp/client"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// line is one act as a request's history shows it.
type line struct{ kind, actor, step, transition string }

// acts are the entries of a history that people caused. The others follow from them.
var acts = []string{"run.started", "task.completed", "task.sent_back", "task.claimed", "task.reassigned", "comment.added", "run.cancelled"}

func (g *game) expect(l line) { g.history = append(g.history, l) }

// check asks the server, as the requester, how the request stands now and what
// its history says.
func (g *game) check() error {
	if g.plan.End.Status == plan.Draft {
		return g.checkDraft()
	}
	run, err := g.initiator.API.RunsGet(g.ctx, client.RunsGetRequest{Run: g.run.ID})
	if err != nil {
		return err
	}
	g.run = run
	if err := g.checkEnd(); err != nil {
		return err
	}
	return g.checkHistory()
}

// checkDraft sees whether the requester can still go on with his draft.
func (g *game) checkDraft() error {
	p, err := g.initiator.API.RunsPrepare(g.ctx, client.RunsPrepareRequest{Workflow: g.key(), RunID: g.draft})
	if err != nil {
		return err
	}
	if p.Draft == nil || p.Draft.RunID != g.draft {
		return mismatch("The log says %s, but the draft is not there.", g.plan.End)
	}
	return nil
}

// checkEnd compares how the request stands with where the log ends.
func (g *game) checkEnd() error {
	end := g.plan.End
	if g.run.Status != end.Status || g.run.Outcome != end.Outcome {
		return mismatch("The log says %s, the request is %s.", end, g.where())
	}
	if end.Status != plan.Running {
		return nil
	}
	if len(g.run.Tasks) != 1 || !slices.Contains(end.Open, g.run.Tasks[0].StepID) {
		return mismatch("The log says %s, the request is %s.", end, g.where())
	}
	return g.checkHolder(&g.run.Tasks[0], end)
}

// checkHolder sees whether the open task is with somebody of the right role, or
// offered to him.
func (g *game) checkHolder(t *client.OpenTask, end plan.End) error {
	holder := g.Planner.HolderOf(t.StepID)
	if t.Assignee != nil {
		x := g.People.ByID(t.Assignee.ID)
		n := g.Planner.Version.Node(t.StepID)
		own := n != nil && (n.Type == workflow.Start || n.Assign.Strategy == workflow.Initiator)
		if x == nil || own && x != g.initiator || !own && !x.Has(holder.Role) {
			return mismatch("The log says %s, but the task is with somebody without the role %q.", end, holder.Role)
		}
		return nil
	}
	x, err := g.somebody(holder, t.StepID)
	if err != nil {
		return err
	}
	seen, err := x.API.RunsGet(g.ctx, client.RunsGetRequest{Run: g.run.ID})
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(seen.Tasks, func(s client.OpenTask) bool { return s.ID == t.ID && s.Claimable }) {
		return mismatch("The log says %s, but the task is not offered to somebody with the role %q.", end, holder.Role)
	}
	return nil
}

// page is how many entries of a history are read at once.
const page = 100

// checkHistory compares the acts in the history with those of the log, one by one.
func (g *game) checkHistory() error {
	var got []line
	completed := false
	for cursor := ""; ; {
		in := client.RunsHistoryRequest{RunID: g.run.ID, Cursor: cursor, Limit: page}
		h, err := g.initiator.API.RunsHistory(g.ctx, in)
		if err != nil {
			return err
		}
		for _, e := range h.Items {
			completed = completed || e.Type == "run.completed"
			if !slices.Contains(acts, e.Type) {
				continue
			}
			l := line{kind: e.Type, step: e.StepID}
			if e.Actor != nil {
				l.actor = e.Actor.ID
			}
			if e.Type == "task.completed" {
				l.transition = e.TransitionName
			}
			got = append(got, l)
		}
		if cursor = h.NextCursor; cursor == "" {
			break
		}
	}
	if completed != (g.plan.End.Status == plan.Completed) {
		return mismatch("The history does not say that the request ended, or says so too early.")
	}
	return g.compare(got)
}

// compare finds the first difference between two histories.
func (g *game) compare(got []line) error {
	for i, want := range g.history {
		if i >= len(got) {
			return mismatch("The history ends before %s.", g.words(want))
		}
		if got[i] != want {
			return mismatch("The history shows %s where %s was done.", g.words(got[i]), g.words(want))
		}
	}
	if len(got) > len(g.history) {
		return mismatch("The history goes on with %s, which nobody did.", g.words(got[len(g.history)]))
	}
	return nil
}

// words describe a line without naming people, so that equal differences look equal.
func (g *game) words(l line) string {
	who := "nobody"
	if x := g.People.ByID(l.actor); x != nil {
		who = x.Roles[0]
	}
	return fmt.Sprintf("%s at %q by %s through %q", l.kind, l.step, who, l.transition)
}
