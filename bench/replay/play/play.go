// Package play acts planned cases out: each act by a person of the right role
// through the public API, and checks where the request ends and what its history says.
package play

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/handstamp/handstamp/bench/replay/mapping"
	"github.com/handstamp/handstamp/bench/replay/plan"
	"github.com/handstamp/handstamp/bench/replay/stage"
	"github.com/handstamp/handstamp/client"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// Player plays cases of one workflow. It is safe for concurrent use.
type Player struct {
	Planner *plan.Planner
	People  *stage.People
}

// Tally counts what was done in one case, or in many.
type Tally struct {
	// Events of the log that were acted out; Acts are the calls that did it.
	Events, Acts int
	Starts, Drafts, Decisions, Claims, Comments, Cancels,
	// HandOvers are tasks that their holder handed to the person whom the log names.
	HandOvers,
	// Refusals are attempts of requesters to decide their own request; all of them were refused.
	Refusals int
}

// Add sums up.
func (t *Tally) Add(o Tally) {
	t.Events += o.Events
	t.Acts += o.Acts
	t.Starts += o.Starts
	t.Drafts += o.Drafts
	t.Decisions += o.Decisions
	t.Claims += o.Claims
	t.Comments += o.Comments
	t.Cancels += o.Cancels
	t.HandOvers += o.HandOvers
	t.Refusals += o.Refusals
}

// Mismatch is why a case did not go as the log says, in words that are the same
// for equal reasons. It is not an outage: those end the replay.
type Mismatch struct {
	Reason string
	Event  int // at which it happened, from 0; -1 when all acts were done
}

// Error implements error.
func (m *Mismatch) Error() string { return m.Reason }

// Case plays one case. turn lets the people of a role take turns. The error is a
// *Mismatch, or what keeps the server from being asked at all.
func (p *Player) Case(ctx context.Context, c plan.Plan, turn int) (Tally, error) {
	g := &game{Player: p, ctx: ctx, plan: c, turn: turn, decided: map[string]string{}}
	for i := range c.Acts {
		g.at = c.Acts[i].Event
		if err := g.act(&c.Acts[i]); err != nil {
			return g.tally, g.told(err)
		}
	}
	g.tally.Events = g.events()
	g.at = -1
	return g.tally, g.told(g.check())
}

// game is one case being played.
type game struct {
	*Player
	ctx  context.Context
	plan plan.Plan
	turn int
	at   int // event of the log

	initiator *stage.Person
	run       client.Run
	draft     string            // id
	decided   map[string]string // step → who decided it last, for separation of duties
	probed    bool
	history   []line // as it must read
	tally     Tally
}

// events is how many events of the log were acted out.
func (g *game) events() int {
	seen := map[int]bool{}
	for _, a := range g.plan.Acts {
		seen[a.Event] = true
	}
	return len(seen)
}

// told turns a refusal of the server into a mismatch; what is no answer of the
// server stays what it is.
func (g *game) told(err error) error {
	if err == nil {
		return nil
	}
	if m, ok := errors.AsType[*Mismatch](err); ok {
		m.Event = g.at
		return m
	}
	if refused, ok := errors.AsType[*client.Problem](err); ok {
		what := "the end of the case is checked"
		if g.at >= 0 {
			what = fmt.Sprintf("%q is done", g.plan.Case.Events[g.at].Activity)
		}
		return &Mismatch{fmt.Sprintf("The server refused when %s: %s", what, refused), g.at}
	}
	return err
}

func mismatch(format string, args ...any) error {
	return &Mismatch{Reason: fmt.Sprintf(format, args...)}
}

// act does one act and checks that the request went where the log goes on.
func (g *game) act(a *plan.Act) error {
	var err error
	switch a.Do {
	case mapping.Draft:
		return g.saveDraft(a)
	case mapping.Start:
		err = g.start(a)
	case mapping.Comment:
		return g.comment(a)
	case mapping.Cancel:
		return g.cancel(a)
	default:
		err = g.work(a)
	}
	if err != nil {
		return err
	}
	return g.arrived(a)
}

// arrived checks that the request stands where the plan goes on.
func (g *game) arrived(a *plan.Act) error {
	if a.Anywhere && g.run.Status == plan.Running {
		return nil
	}
	n := g.Planner.Version.Node(a.Next)
	over := n == nil || n.Type == workflow.End
	if over == (g.run.Status == plan.Completed) && (over || g.open(a.Next) != nil) {
		return nil
	}
	return mismatch("After %q the request is %s, where the log goes on at %q.", g.plan.Case.Events[a.Event].Activity, g.where(), a.Next)
}

// where says in words how the request stands.
func (g *game) where() string {
	if len(g.run.Tasks) == 0 {
		return g.run.Status + " " + g.run.Outcome
	}
	return "at " + g.run.Tasks[0].StepID
}

// open finds the open task of a step.
func (g *game) open(step string) *client.OpenTask {
	for i := range g.run.Tasks {
		if g.run.Tasks[i].StepID == step {
			return &g.run.Tasks[i]
		}
	}
	return nil
}

// somebody is who acts: the person the log names, else one of the role. The
// requester is left out, and who may not decide the step for what he decided before.
func (g *game) somebody(h plan.Holder, step string) (*stage.Person, error) {
	if h.Person != "" {
		if x := g.People.ByName(h.Person); x != nil {
			return x, g.own(x, step)
		}
	}
	apart := g.Planner.Version.Apart(step)
	x := g.People.Pick(h.Role, g.turn+g.tally.Acts, func(x *stage.Person) bool {
		return x == g.initiator || slices.ContainsFunc(apart, func(s string) bool { return g.decided[s] == x.ID })
	})
	if x == nil {
		return nil, mismatch("There is nobody with the role %q who may act here beside the requester: say with `people` that there are more.", h.Role)
	}
	return x, nil
}

// own refuses what the log lets requesters do and the workflow does not: it is
// named before the server says so in the words of a single request.
func (g *game) own(x *stage.Person, step string) error {
	n := g.Planner.Version.Node(step)
	if x != g.initiator || n == nil || n.Type != workflow.TaskStep || g.Planner.Version.MayDecideOwn() || n.Assign.Strategy == workflow.Initiator {
		return nil
	}
	return mismatch("The log lets the requester decide step %q of his own request: allow that with `duties` in the workflow, or `own_decisions` of the model.", step)
}

// choices names who gets the next task, where the definition lets the actor
// choose. Where rules lead to several steps, somebody is named for each.
func (g *game) choices(a *plan.Act) (map[string][]string, error) {
	var out map[string][]string
	for _, step := range a.Ways {
		n := g.Planner.Version.Node(step)
		if n == nil || n.Type != workflow.TaskStep || n.Assign.Strategy != workflow.Chosen {
			continue
		}
		holder := a.Then
		if step != a.Next {
			holder = g.Planner.HolderOf(step)
		}
		x, err := g.somebody(holder, step)
		if err != nil && step != a.Next {
			continue // nobody ever gets there
		}
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = map[string][]string{}
		}
		out[step] = []string{x.ID}
	}
	return out, nil
}

// values puts people into the values that name some.
func (g *game) values(a *plan.Act) (map[string]any, error) {
	out := map[string]any{}
	for name, v := range a.Values {
		var who plan.Holder
		switch x := v.(type) {
		case plan.Someone:
			who.Role = string(x)
		case plan.Named:
			who.Person = string(x)
			if g.People.ByName(who.Person) == nil {
				return nil, mismatch("The log names %q in field %q, who acts nowhere in it.", who.Person, name)
			}
		default:
			out[name] = v
			continue
		}
		x, err := g.somebody(who, "")
		if err != nil {
			return nil, err
		}
		out[name] = x.ID
	}
	return out, nil
}

// key names the workflow.
func (g *game) key() string { return g.Planner.Version.Document.Key }
