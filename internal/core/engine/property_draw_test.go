package engine_test

import (
	"slices"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/engine/enginetest"
	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// command draws what is done to a run and by whom: mostly what is due, by who
// holds the task.
func (w *world) command(t *rapid.T, r *enginetest.Run) (uuid.UUID, engine.Command) {
	actor := w.somebody(t)
	task, step := w.task(t, r)
	due := []string{"complete", "complete", "complete", "complete", "complete", "complete", "send_back", "release", "reassign", "help"}
	switch {
	case task.Assignee != uuid.Nil && !oneIn(t, 6, "by somebody else"):
		actor = task.Assignee
	case task.Assignee == uuid.Nil && task.Pool != nil && !oneIn(t, 4, "by somebody outside the pool"):
		actor = rapid.SampledFrom(task.Pool.Members).Draw(t, "member")
		due = []string{"claim", "claim", "claim", "reassign"}
	case step == nil:
		due = []string{"retry"}
	}
	if oneIn(t, 12, "moved to another version") {
		return actor, w.migrate(t, r)
	}
	if r.State.Run.Status == engine.RunHeld && !oneIn(t, 4, "though on hold") {
		return actor, engine.Resume{}
	}
	if oneIn(t, 8, "whatever") {
		due = []string{"complete", "send_back", "claim", "release", "reassign", "retry", "comment", "cancel", "help", "help", "stop", "stop"}
	}
	comment := rapid.SampledFrom([]string{"because", "because", "because", "because", "because", ""}).Draw(t, "comment")
	switch rapid.SampledFrom(due).Draw(t, "verb") {
	case "complete":
		return actor, engine.Complete{Task: task.ID, Transition: w.transition(t, task, step), Values: w.values(t), Comment: comment, Assignees: w.choices(t, r.Version), Seen: rapid.SampledFrom([]int64{0, 1, r.State.Run.Seq}).Draw(t, "seen")}
	case "send_back":
		c := engine.SendBack{Task: task.ID, To: w.back(t, r, task), Comment: comment}
		c.Return = rapid.SampledFrom([]string{"", engine.ReturnAgain, engine.ReturnToMe, engine.ReturnToMe, "x"}).Draw(t, "return")
		if oneIn(t, 3, "correct") {
			c.Correct = []string{rapid.SampledFrom([]string{"n", "flag", "note", "double", "x"}).Draw(t, "field")}
		}
		return actor, c
	case "help":
		return actor, w.help(t, r, task, comment)
	case "stop":
		return w.stop(t, r, actor, comment)
	case "claim":
		return actor, engine.Claim{Task: task.ID}
	case "release":
		return actor, engine.Release{Task: task.ID}
	case "reassign":
		return actor, engine.Reassign{Task: task.ID, To: w.somebody(t), Comment: comment}
	case "retry":
		return actor, engine.Retry{ToRequester: oneIn(t, 2, "to the requester"), Comment: comment}
	case "cancel":
		return actor, engine.Cancel{Reason: "operator", Comment: comment}
	}
	return actor, engine.Comment{Text: comment}
}

// migrate draws a move to another version, mostly with what is needed for it.
func (w *world) migrate(t *rapid.T, r *enginetest.Run) engine.Command {
	to := rapid.IntRange(0, len(w.versions)-1).Draw(t, "version")
	from := slices.Index(w.versions, r.Version)
	c := engine.Migrate{
		From: event.Version{ID: uuid.UUID{byte(from + 1)}, No: from + 1}, To: event.Version{ID: uuid.UUID{byte(to + 1)}, No: to + 1},
		Version: w.versions[to], Reask: !oneIn(t, 3, "nobody is asked anew"), Comment: rapid.SampledFrom([]string{"because", "because", "because", ""}).Draw(t, "why"),
	}
	for _, v := range r.State.Steps {
		if old, n := r.Version.Node(v.Step), c.Version.Node(v.Step); v.Former == "" && (n == nil || n.Type != old.Type || oneIn(t, 15, "mapped")) {
			var fit []string
			for _, n := range c.Version.Nodes() {
				if n.Type == old.Type || oneIn(t, 20, "of another type") {
					fit = append(fit, n.ID)
				}
			}
			if c.Steps == nil {
				c.Steps = map[string]string{}
			}
			if len(fit) > 0 && !oneIn(t, 4, "not mapped") {
				c.Steps[v.Step] = rapid.SampledFrom(fit).Draw(t, "takes its place")
			}
		}
	}
	return c
}

// help draws how others are drawn in.
func (w *world) help(t *rapid.T, r *enginetest.Run, task engine.Task, comment string) engine.Command {
	to := w.somebody(t)
	switch rapid.SampledFrom([]string{"add", "add", "remove", "consult", "delegate", "take over", "share", "unshare"}).Draw(t, "help") {
	case "add":
		where := rapid.SampledFrom([]string{engine.Before, engine.Beside, engine.After, "x"}).Draw(t, "where")
		return engine.AddApprover{Task: task.ID, To: to, Where: where, Comment: comment}
	case "remove":
		added := slices.DeleteFunc(slices.Clone(r.State.Tasks), func(t engine.Task) bool {
			return t.AddedBy == uuid.Nil || t.Status == engine.TaskCancelled || t.Status == engine.TaskCompleted
		})
		if len(added) > 0 {
			task = rapid.SampledFrom(added).Draw(t, "added")
		}
		return engine.RemoveApprover{Task: task.ID, Any: !oneIn(t, 3, "only his own")}
	case "share":
		return engine.AddStakeholder{Person: to, Comment: comment}
	case "unshare":
		if len(r.State.Stakeholders) > 0 {
			to = rapid.SampledFrom(r.State.Stakeholders).Draw(t, "stakeholder").Person
		}
		return engine.RemoveStakeholder{Person: to, Any: oneIn(t, 2, "any")}
	case "consult":
		return engine.Consult{Task: task.ID, To: to, Comment: comment, Wait: oneIn(t, 2, "wait")}
	case "delegate":
		return engine.Delegate{Task: task.ID, To: to, Mode: rapid.SampledFrom([]string{engine.DelegateDecide, engine.DelegatePrepare, "x"}).Draw(t, "mode"), Comment: comment}
	}
	return engine.TakeOver{Task: task.ID, Comment: comment}
}

// stop draws what its requester or an operator does to the whole run.
func (w *world) stop(t *rapid.T, r *enginetest.Run, actor uuid.UUID, comment string) (uuid.UUID, engine.Command) {
	if !oneIn(t, 4, "by somebody else") {
		actor = r.State.Run.Initiator
	}
	return actor, rapid.SampledFrom([]engine.Command{
		engine.Recall{Comment: comment},
		engine.Hold{Comment: comment},
		engine.Resume{},
		engine.Nudge{},
		engine.Cancel{Reason: engine.CancelWithdrawn, Comment: comment},
	}).Draw(t, "stop")
}

// back draws where to send back: mostly a place the task lists.
func (w *world) back(t *rapid.T, r *enginetest.Run, task engine.Task) string {
	places := engine.BackTargets(r.Version, &r.State, task)
	if len(places) == 0 || oneIn(t, 8, "any place") {
		return rapid.SampledFrom([]string{engine.ToPrevious, engine.ToInitiator, "s1", "s2", "x"}).Draw(t, "to")
	}
	return rapid.SampledFrom(places).Draw(t, "back").To
}

// task draws a task of the run, an open one where there is one, or one that does not exist.
func (w *world) task(t *rapid.T, r *enginetest.Run) (engine.Task, *workflow.Node) {
	tasks := r.State.OpenTasks()
	if len(tasks) == 0 || oneIn(t, 12, "any task") {
		tasks = r.State.Tasks
	}
	if len(tasks) == 0 {
		return engine.Task{ID: uuid.UUID{1}}, nil
	}
	task := rapid.SampledFrom(tasks).Draw(t, "task")
	return task, r.Version.Node(task.Step)
}

func (w *world) transition(t *rapid.T, task engine.Task, n *workflow.Node) string {
	if task.Kind == engine.FixTask && !oneIn(t, 10, "not submit") {
		return engine.SubmitID
	}
	if task.Kind.Opinion() && !oneIn(t, 10, "not answer") {
		return engine.AnswerID
	}
	if n == nil || oneIn(t, 10, "any transition") {
		return rapid.SampledFrom([]string{"on", "t0", engine.RejectID, engine.SubmitID, "x"}).Draw(t, "transition")
	}
	var names []string
	for _, a := range n.Transitions {
		names = append(names, a.ID, a.ID, a.ID)
	}
	if n.CanReject() {
		names = append(names, engine.RejectID)
	}
	return rapid.SampledFrom(names).Draw(t, "transition")
}

// values draws what is entered: often nothing, sometimes nonsense.
func (w *world) values(t *rapid.T) map[string]any {
	out := map[string]any{}
	for _, f := range []struct {
		name string
		some []any
	}{
		{"n", []any{1.0, 7.0, 7.0, 7.0, 7.0, nil, "x"}},
		{"flag", []any{true, true, false, nil}},
		{"note", []any{"ok", "ok", "ok", nil}},
		{"rows", []any{[]any{map[string]any{"who": anyone(t, w.org).String()}, map[string]any{"got": "x"}}, []any{}, []any{map[string]any{"who": anyone(t, w.org).String()}}}},
		{"who", []any{anyone(t, w.org).String(), anyone(t, w.org).String(), anyone(t, w.org).String(), "somebody", uuid.UUID{9}.String()}},
	} {
		if oneIn(t, 4, "enters "+f.name) {
			out[f.name] = rapid.SampledFrom(f.some).Draw(t, f.name)
		}
	}
	return out
}

func (w *world) choices(t *rapid.T, v *workflow.Version) engine.Choices {
	switch rapid.SampledFrom([]string{"none", "none", "one", "each", "each", "each"}).Draw(t, "choices") {
	case "one":
		return engine.Choices{Only: anyone(t, w.org)}
	case "each":
		out := engine.Choices{ByStep: map[string][]uuid.UUID{}}
		for _, n := range v.Nodes() {
			if n.Type == workflow.TaskStep && n.Assign.Strategy == workflow.Chosen {
				out.ByStep[n.ID] = []uuid.UUID{anyone(t, w.org)}
				if n.Ballot != nil {
					out.ByStep[n.ID] = append(out.ByStep[n.ID], anyone(t, w.org))
				}
			}
		}
		return out
	}
	return engine.Choices{}
}

// somebodyAway lets people be away, with stand-ins who may be away themselves.
func (w *world) somebodyAway(t *rapid.T) {
	if oneIn(t, 3, "everybody is there") {
		w.org.Away = nil
		return
	}
	x := engine.Absence{User: anyone(t, w.org), From: w.now, Until: w.now.Add(time.Duration(rapid.SampledFrom([]int{2, 30, 500}).Draw(t, "minutes")) * time.Minute)}
	for range rapid.SampledFrom([]int{1, 2, 0}).Draw(t, "stand-ins") {
		x.StandIns = append(x.StandIns, engine.StandIn{To: anyone(t, w.org), Below: rapid.SampledFrom([]float64{0, 0, 5}).Draw(t, "below")})
	}
	w.org.Away = append(w.org.Away, x)
}
