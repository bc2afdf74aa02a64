package runs_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// everything is a workflow with votes, branches and a step behind their join.
const everything = `
key: ALL
name: Everything
group: HR
form: {fields: [{name: what, type: text}, {name: cost, type: number}]}
steps:
  - {id: submit, type: start}
  - {id: manager, type: task, assignee: {strategy: manager}, fields: {cost: edit}, transitions: [{id: ok, to: split, kind: approve}]}
  - {id: split, type: fork, name: Checks, transitions: [{id: a, to: people}, {id: b, to: it}]}
  - {id: people, type: task, name: People, assignee: {strategy: rule, candidates: user.department == "HR"}, vote: {need: all, sequence: true}, fields: {cost: edit}, transitions: [{id: ok, to: meet, kind: approve}]}
  - {id: it, type: task, name: IT, assignee: {strategy: claim, candidates: user.department == "IT"}, transitions: [{id: ok, to: meet, kind: approve}]}
  - {id: meet, type: join, name: All checked, transitions: [{id: go, to: last}]}
  - {id: last, type: task, assignee: {strategy: chosen}, vote: {need: 2}, fields: {cost: edit}, transitions: [{id: ok, to: done, kind: approve}]}
  - {id: done, type: end, outcome: approved}
`

// everythingElse is another version of it: the manager is called boss, IT is a vote, one
// voice is enough in the end, and what it costs is doubled.
var everythingElse = strings.NewReplacer("{id: manager,", "{id: boss, name: Boss,", `{strategy: claim, candidates: user.department == "IT"}`,
	`{strategy: rule, candidates: user.department == "IT"}, vote: {need: all}`, "vote: {need: 2}", "vote: {need: 1}",
	"{name: cost, type: number}", "{name: cost, type: number}, {name: twice, type: number, calculate: form.cost * 2.0}").Replace(everything)

// Ensure, with votes, branches and everything else people do, that the tables hold
// exactly what the history says, and that no act ends in an internal error.
func TestRowsAreTheFoldOfAllEvents(t *testing.T) {
	w := newWorld(t)
	w.publish(everything)
	w.newer("ALL", everythingElse, 2)
	everybody := []actor{w.asha, w.ravi, w.meera, w.hana, w.ivan, w.ines, w.admin, w.mover()}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 7))
	done := map[string]int{}
	for i := 0; i < 60 && (len(done) < 15 || done["asked again"] == 0 || done["undo"] < 5 || done["migrate"] < 5 || done["unshare"] < 3 || i < 8); i++ {
		r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "ALL", Values: map[string]any{"what": "x", "cost": 1}}))
		var last struct { // what can be taken back
			by   actor
			task uuid.UUID
		}
		for range 24 {
			name, who, act := w.anyAct(rnd, everybody, r)
			if last.task != uuid.Nil && rnd.IntN(4) == 0 {
				name, who, act = "undo", last.by, func(a actor) (runs.Run, error) {
					return w.runs.Undo(w.ctx, a, runs.Undo{Task: last.task})
				}
			}
			next, err := act(who)
			switch {
			case err == nil:
				done[name]++
				r = next
				last.task = uuid.Nil
				if next.UndoUntil != nil {
					last.by, last.task = who, w.lastDone(r.ID)
				}
				for _, x := range r.Tasks {
					if x.Again {
						done["asked again"]++
					}
				}
			case fault.CodeOf(err) == fault.Internal:
				t.Fatalf("%s: %v", name, err)
			}
			w.compare(r.ID)
		}
	}
	t.Log(done)
	if len(done) < 15 || done["asked again"] == 0 || done["undo"] < 5 || done["migrate"] < 5 || done["unshare"] < 3 {
		t.Errorf("only some acts were allowed: %v", done)
	}
}

// lastDone is the task of a run that was decided last.
func (w *world) lastDone(run uuid.UUID) uuid.UUID {
	w.t.Helper()
	return dbtest.Get[uuid.UUID](w.t, w.org, `SELECT (data->>'task')::uuid FROM events
		WHERE run_id = $1 AND type IN ('task.completed', 'task.sent_back') ORDER BY seq DESC LIMIT 1`, run)
}

// anyAct draws what somebody does to a run: mostly what is due.
func (w *world) anyAct(rnd *rand.Rand, everybody []actor, r runs.Run) (string, actor, func(actor) (runs.Run, error)) {
	who := everybody[rnd.IntN(len(everybody))]
	other := everybody[rnd.IntN(len(everybody))].User
	task, added := runs.OpenTask{}, uuid.Nil
	if len(r.Tasks) > 0 {
		task = r.Tasks[rnd.IntN(len(r.Tasks))]
	}
	for _, t := range append(r.Tasks, r.Later...) {
		if t.AskedBy != nil {
			added = t.ID
		}
	}
	if task.Assignee != nil && rnd.IntN(6) > 0 {
		who = w.admin
		for _, x := range everybody {
			if x.User == task.Assignee.ID {
				who = x
			}
		}
	} else if task.Assignee == nil && task.ID != uuid.Nil {
		return "claim", w.ivan, func(a actor) (runs.Run, error) { return w.runs.Claim(w.ctx, a, task.ID, runs.Key{}) }
	}
	transition := map[string]string{"decide": "ok", "fix": "submit", "consult": "answer", "prepare": "answer"}[task.Kind]
	panel := engine.Choices{ByStep: map[string][]uuid.UUID{"last": {w.meera.User, w.ines.User}}}
	n := rnd.IntN(31)
	if n > 27 {
		return w.share(rnd, who, other, r)
	}
	if n > 25 {
		return "migrate", everybody[len(everybody)-1], func(a actor) (runs.Run, error) { return w.move(rnd, a, r) }
	}
	if r.Status == "held" {
		n = 18
	}
	switch n {
	case 0:
		return "send back", who, func(a actor) (runs.Run, error) {
			back := []string{"", engine.ReturnToMe}[rnd.IntN(2)]
			return w.runs.SendBack(w.ctx, a, runs.SendBack{Task: task.ID, To: []string{"previous", "initiator", "manager", "boss"}[rnd.IntN(4)], Comment: "again", Return: back})
		}
	case 1:
		return "correct", who, func(a actor) (runs.Run, error) {
			return w.runs.SendBack(w.ctx, a, runs.SendBack{Task: task.ID, To: "initiator", Comment: "again", Correct: []string{"what"}})
		}
	case 2:
		return "reassign", who, func(a actor) (runs.Run, error) {
			return w.runs.Reassign(w.ctx, a, runs.Reassign{Task: task.ID, To: other})
		}
	case 3, 4, 5:
		where := []string{engine.Before, engine.Beside, engine.After}[rnd.IntN(3)]
		return "add " + where, who, func(a actor) (runs.Run, error) {
			return w.runs.AddApprover(w.ctx, a, runs.AddApprover{Task: task.ID, To: other, Where: where, Comment: "you, too"})
		}
	case 6:
		return "remove", w.admin, func(a actor) (runs.Run, error) {
			return w.runs.RemoveApprover(w.ctx, a, runs.RemoveApprover{Task: added})
		}
	case 7, 8:
		return "consult", who, func(a actor) (runs.Run, error) {
			return w.runs.Consult(w.ctx, a, runs.Consult{Task: task.ID, To: other, Comment: "why?", Wait: n == 7})
		}
	case 9, 10:
		mode := []string{engine.DelegateDecide, engine.DelegatePrepare}[n-9]
		return "delegate to " + mode, who, func(a actor) (runs.Run, error) {
			return w.runs.Delegate(w.ctx, a, runs.Delegate{Task: task.ID, To: other, Mode: mode})
		}
	case 11:
		return "take over", w.admin, func(a actor) (runs.Run, error) {
			return w.runs.TakeOver(w.ctx, a, runs.TakeOver{Task: task.ID, Comment: "ill"})
		}
	case 12:
		return "recall", w.asha, func(a actor) (runs.Run, error) {
			return w.runs.Recall(w.ctx, a, runs.Recall{Run: r.ID, Comment: "wait"})
		}
	case 13:
		return "hold", w.admin, func(a actor) (runs.Run, error) {
			return w.runs.Hold(w.ctx, a, runs.Hold{Run: r.ID, Comment: "audit"})
		}
	case 14:
		return "nudge", w.asha, func(a actor) (runs.Run, error) { return w.runs.Nudge(w.ctx, a, runs.Nudge{Run: r.ID}) }
	case 15:
		if rnd.IntN(4) == 0 {
			return "withdraw", w.asha, func(a actor) (runs.Run, error) {
				return w.runs.Withdraw(w.ctx, a, runs.Withdraw{Run: r.ID, Comment: "no need"})
			}
		}
	case 18:
		return "resume", w.admin, func(a actor) (runs.Run, error) { return w.runs.Resume(w.ctx, a, runs.Resume{Run: r.ID}) }
	}
	values := map[string]any{}
	if n < 22 && task.Kind == "decide" && task.StepID != "it" { // who decided on another cost is asked again
		values["cost"] = float64(rnd.IntN(3))
	}
	return "complete " + task.Kind, who, func(a actor) (runs.Run, error) {
		return w.runs.Complete(w.ctx, a, runs.Complete{Task: task.ID, Transition: transition, Comment: "fine", Values: values, Assignees: panel})
	}
}

// share lets somebody else see a run, or takes that back.
func (w *world) share(rnd *rand.Rand, who actor, other uuid.UUID, r runs.Run) (string, actor, func(actor) (runs.Run, error)) {
	if len(r.Stakeholders) > 0 && rnd.IntN(2) == 0 {
		return "unshare", w.admin, func(a actor) (runs.Run, error) {
			return w.runs.RemoveStakeholder(w.ctx, a, runs.RemoveStakeholder{Run: r.ID, Person: r.Stakeholders[0].Person.ID})
		}
	}
	return "share", who, func(a actor) (runs.Run, error) {
		return w.runs.AddStakeholder(w.ctx, a, runs.AddStakeholder{Run: r.ID, Person: other, Comment: "look"})
	}
}

// move moves a run to the other version.
func (w *world) move(rnd *rand.Rand, a actor, r runs.Run) (runs.Run, error) {
	in := runs.Migrate{
		Workflow: "ALL", To: 3 - r.Version, Runs: []uuid.UUID{r.ID}, Comment: "why not", Reask: rnd.IntN(2) == 0,
		Steps: map[string]string{"manager": "boss"},
	}
	if in.To == 1 {
		in.Steps = map[string]string{"boss": "manager"}
	}
	got, err := w.runs.Migrate(w.ctx, a, in)
	if err == nil && got.Done == 0 {
		err = fault.New(fault.Code(got.Items[0].Code), "%s", got.Items[0].Reason)
	}
	if err != nil {
		return r, err
	}
	return w.runs.Get(w.ctx, w.admin, r.ID.String())
}
