package play

import (
	"github.com/handstamp/handstamp/bench/replay/mapping"
	"github.com/handstamp/handstamp/bench/replay/plan"
	"github.com/handstamp/handstamp/bench/replay/stage"
	"github.com/handstamp/handstamp/client"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// enter makes sure that the case has a requester.
func (g *game) enter(a *plan.Act) error {
	if g.initiator != nil {
		return nil
	}
	x, err := g.somebody(plan.Holder{Role: a.Role, Person: a.Person}, "")
	g.initiator = x
	return err
}

func (g *game) saveDraft(a *plan.Act) error {
	if err := g.enter(a); err != nil {
		return err
	}
	in := client.RunsSaveDraftRequest{RunID: g.draft, Comment: a.Comment}
	if g.draft == "" {
		in.Workflow = g.key()
	}
	var err error
	if in.Values, err = g.values(a); err != nil {
		return err
	}
	saved, err := g.initiator.API.RunsSaveDraft(g.ctx, in)
	if err != nil {
		return err
	}
	g.draft = saved.RunID
	g.tally.Acts++
	g.tally.Drafts++
	return nil
}

func (g *game) start(a *plan.Act) error {
	if err := g.enter(a); err != nil {
		return err
	}
	in := client.RunsStartRequest{RunID: g.draft, Comment: a.Comment}
	if g.draft == "" {
		in.Workflow = g.key()
	}
	var err error
	if in.Values, err = g.values(a); err != nil {
		return err
	}
	if in.Assignees, err = g.choices(a); err != nil {
		return err
	}
	if g.tempted(a) {
		tempted := in
		tempted.Assignees = map[string][]string{a.Next: {g.initiator.ID}}
		if _, err := g.initiator.API.RunsStart(g.ctx, tempted); err == nil || !g.barred(err) {
			return ownDecision(a, err)
		}
	}
	if g.run, err = g.initiator.API.RunsStart(g.ctx, in); err != nil {
		return err
	}
	g.tally.Acts++
	g.tally.Starts++
	g.expect(line{"run.started", g.initiator.ID, "", ""})
	return nil
}

// work does what is done to a task.
func (g *game) work(a *plan.Act) error {
	t := g.open(a.Step)
	if t == nil {
		return mismatch("%q is done at %q, where the request is not: it is %s.", g.plan.Case.Events[a.Event].Activity, a.Step, g.where())
	}
	if t.Warning != "" {
		return mismatch("The server found nobody for %q: %s", a.Step, t.Warning)
	}
	holder, err := g.holder(a, t)
	if err != nil {
		return err
	}
	if a.Do == mapping.Claim {
		return nil
	}
	return g.decide(a, t, holder)
}

// holder sees to it that somebody of the right role holds the task: it is claimed
// where it is offered to several, and handed over where the log names another person.
func (g *game) holder(a *plan.Act, t *client.OpenTask) (*stage.Person, error) {
	if t.Assignee == nil {
		if err := g.temptClaim(a, t); err != nil {
			return nil, err
		}
		x, err := g.somebody(plan.Holder{Role: a.Role, Person: a.Person}, a.Step)
		if err != nil {
			return nil, err
		}
		return x, g.claim(a, t, x)
	}
	now := g.People.ByID(t.Assignee.ID)
	if now == nil {
		return nil, mismatch("The task at %q went to somebody who has no part in the log.", a.Step)
	}
	wanted := g.People.ByName(a.Person)
	if wanted != nil && wanted != now {
		return wanted, g.handOver(a, t, now, wanted)
	}
	if a.Do == mapping.Claim && !g.claimed(t) {
		return nil, mismatch("The task at %q was given to one person: there is nothing to claim.", a.Step)
	}
	if wanted == nil && !now.Has(a.Role) {
		return nil, mismatch("The task at %q is held by somebody without the role %q.", a.Step, a.Role)
	}
	return now, nil
}

// claimed reports whether the task came from a pool: work on it may begin again.
func (g *game) claimed(t *client.OpenTask) bool {
	n := g.Planner.Version.Node(t.StepID)
	return n != nil && (n.Assign.Strategy == workflow.Claim || n.Assign.Pick == workflow.PickClaim)
}

func (g *game) claim(a *plan.Act, t *client.OpenTask, x *stage.Person) (err error) {
	if g.run, err = x.API.TasksClaim(g.ctx, client.TasksClaimRequest{TaskID: t.ID}); err != nil {
		return err
	}
	g.tally.Acts++
	g.tally.Claims++
	g.expect(line{"task.claimed", x.ID, a.Step, ""})
	return nil
}

func (g *game) handOver(a *plan.Act, t *client.OpenTask, from, to *stage.Person) (err error) {
	g.run, err = from.API.TasksReassign(g.ctx, client.TasksReassignRequest{TaskID: t.ID, AssigneeID: to.ID})
	if err != nil {
		return err
	}
	g.tally.Acts++
	g.tally.HandOvers++
	g.expect(line{"task.reassigned", from.ID, a.Step, ""})
	return nil
}

// decide leaves a task.
func (g *game) decide(a *plan.Act, t *client.OpenTask, x *stage.Person) (err error) {
	if a.Do == mapping.SendBack {
		g.run, err = x.API.TasksSendBack(g.ctx, client.TasksSendBackRequest{TaskID: t.ID, To: a.To, Comment: a.Comment})
		if err == nil {
			g.decided[a.Step] = ""
			g.done(line{"task.sent_back", x.ID, a.Step, ""})
		}
		return err
	}
	in := client.TasksCompleteRequest{TaskID: t.ID, Transition: a.Transition, Comment: a.Comment}
	if in.Values, err = g.values(a); err != nil {
		return err
	}
	if in.Assignees, err = g.choices(a); err != nil {
		return err
	}
	if g.tempted(a) {
		tempted := in
		tempted.Assignees = map[string][]string{a.Next: {g.initiator.ID}}
		if _, err := x.API.TasksComplete(g.ctx, tempted); err == nil || !g.barred(err) {
			return ownDecision(a, err)
		}
	}
	if g.run, err = x.API.TasksComplete(g.ctx, in); err != nil {
		return err
	}
	g.decided[a.Step] = x.ID
	g.done(line{"task.completed", x.ID, a.Step, a.Label})
	return nil
}

func (g *game) done(l line) {
	g.tally.Acts++
	g.tally.Decisions++
	g.expect(l)
}

// comment adds a remark: by whom the log names, else by who has a part in the
// request already, where there is one of the role.
func (g *game) comment(a *plan.Act) error {
	x := g.People.ByName(a.Person)
	if x == nil {
		x = g.known(a.Role)
	} else if err := g.takePart(a, x); err != nil {
		return err
	}
	if x == nil {
		var err error
		if x, err = g.somebody(plan.Holder{Role: a.Role}, ""); err != nil {
			return err
		}
	}
	if _, err := x.API.CommentsAdd(g.ctx, client.CommentsAddRequest{RunID: g.run.ID, Text: a.Comment}); err != nil {
		return err
	}
	g.tally.Acts++
	g.tally.Comments++
	g.expect(line{"comment.added", x.ID, "", ""})
	return nil
}

// known is somebody of a role who has a part in the request; nil when there is nobody.
func (g *game) known(role string) *stage.Person {
	if g.initiator.Has(role) {
		return g.initiator
	}
	for _, t := range g.run.Tasks {
		if t.Assignee == nil {
			continue
		}
		if x := g.People.ByID(t.Assignee.ID); x != nil && x.Has(role) {
			return x
		}
	}
	for _, l := range g.history {
		if x := g.People.ByID(l.actor); x.Has(role) {
			return x
		}
	}
	return nil
}

// takePart hands the open task to the person who remarks on it when the log shows
// that he works on it: before that he would not see the request.
func (g *game) takePart(a *plan.Act, x *stage.Person) error {
	for i := range g.plan.Acts {
		next := &g.plan.Acts[i]
		if next.Event <= a.Event || next.Step == "" {
			continue
		}
		t := g.open(next.Step)
		if next.Person != a.Person || t == nil || t.Assignee == nil || t.Assignee.ID == x.ID {
			return nil
		}
		if now := g.People.ByID(t.Assignee.ID); now != nil {
			return g.handOver(next, t, now, x)
		}
		return nil
	}
	return nil
}

func (g *game) cancel(a *plan.Act) error {
	x, err := g.somebody(plan.Holder{Role: a.Role, Person: a.Person}, "")
	if err != nil {
		return err
	}
	if g.run, err = x.API.RunsCancel(g.ctx, client.RunsCancelRequest{RunID: g.run.ID, Comment: a.Comment}); err != nil {
		return err
	}
	g.tally.Acts++
	g.tally.Cancels++
	g.expect(line{"run.cancelled", x.ID, "", ""})
	return nil
}

// tempted reports whether the requester could be chosen for the next step, if it
// were not his own request. Once in a case he is, and must be refused.
func (g *game) tempted(a *plan.Act) bool {
	n := g.Planner.Version.Node(a.Next)
	if g.probed || n == nil || g.Planner.Version.MayDecideOwn() || n.Assign.Strategy != workflow.Chosen || !g.initiator.Has(a.Then.Role) {
		return false
	}
	g.probed = true
	return true
}

// temptClaim lets a requester who has the role try to claim the task of his own
// request, once in a case.
func (g *game) temptClaim(a *plan.Act, t *client.OpenTask) error {
	if g.probed || g.Planner.Version.MayDecideOwn() || !g.initiator.Has(a.Role) {
		return nil
	}
	g.probed = true
	if _, err := g.initiator.API.TasksClaim(g.ctx, client.TasksClaimRequest{TaskID: t.ID}); err == nil || !g.barred(err) {
		return ownDecision(a, err)
	}
	return nil
}

// barred reports whether a temptation was refused as it must be.
func (g *game) barred(err error) bool {
	ok := client.Is(err, "invalid") || client.Is(err, "forbidden") || client.Is(err, "not_found")
	if ok {
		g.tally.Refusals++
	}
	return ok
}

// ownDecision is the worst that can happen in a replay.
func ownDecision(a *plan.Act, err error) error {
	if err != nil {
		return err
	}
	return mismatch("The requester could take step %q of his own request.", a.Next+a.Step)
}
