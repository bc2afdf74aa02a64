package engine_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/engine/enginetest"
	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// Ensure that whatever people do with whatever definition, no run is lost, no
// task is decided twice or by somebody who may not, a refused command changes
// nothing, everything comes to an end, and the events alone lead to the state.
func TestWhateverPeopleDo(t *testing.T) {
	seen := map[string]int{}
	missing := unseen(seen)
	// What is rare may not be drawn in one round, which is no fault; in five it is.
	for round := 0; round < 5 && len(missing) > 0; round++ {
		rapid.Check(t, func(t *rapid.T) {
			o := anyOrg(t)
			v, ps := workflow.Compile(anyDocument(t), workflow.Org{})
			if len(ps) > 0 {
				t.Fatalf("the generator made an invalid definition: %v", ps)
			}
			leaf, ps := workflow.Compile(anyLeaf(t), workflow.Org{})
			if len(ps) > 0 {
				t.Fatalf("the generator made an invalid definition to start: %v", ps)
			}
			w := &world{org: o, version: v, versions: []*workflow.Version{v, anotherVersion(t, v), anotherVersion(t, v)}, all: map[string]*workflow.Version{"ANY": v, "SUB": leaf}, owner: anyone(t, o), now: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC), seen: seen}
			for range rapid.SampledFrom([]int{5, 20, 40}).Draw(t, "commands") {
				w.step(t)
			}
			if w.relay(t, 60) {
				w.checkFamilies(t)
			}
			for _, r := range w.runs {
				checkHistory(t, r)
			}
		})
		missing = unseen(seen)
	}
	t.Log(seen)
	// A test that never gets anywhere proves nothing.
	if len(missing) > 0 {
		t.Errorf("nothing that was drawn led to %q: %v", missing, seen)
	}
}

// unseen lists what random acts must have led to and did not yet.
func unseen(seen map[string]int) []string {
	return slices.DeleteFunc([]string{
		"start", "complete", "send_back", "claim", "release", "reassign", "cancel", "retry", "comment", "refused",
		"completed", "incident", "fallback", "loop", "resubmitted", "add", "remove", "consult", "delegate", "take over", "recall", "hold",
		"resume", "nudge", "share", "unshare", "voted", "joined", "stopped", "skipped", "returned", "answered", "withdrawn voice", "stood in",
		"migrate", "renamed", "former", "asked anew", "assigned anew", "refused to migrate", "sub ended", "sub failed", "sub halted", "sub retried",
		"void", "asked again", "waits", "decided again", "decided otherwise", "undo", "undo of an end",
	}, func(what string) bool { return seen[what] > 0 })
}

// world is where random people act.
type world struct {
	org     *enginetest.Org
	version *workflow.Version            // of the run that is spoken of
	all     map[string]*workflow.Version // by key
	// versions are those of the first workflow; its runs are moved from any to any.
	versions []*workflow.Version
	owner    uuid.UUID
	runs     []*enginetest.Run
	now      time.Time
	seen     map[string]int
	last     *decision // the one that was made last, while nothing else has happened
}

// decision is one that may be taken back.
type decision struct {
	run    *enginetest.Run
	actor  uuid.UUID
	task   uuid.UUID
	before engine.State
}

// step lets somebody do something, or changes the organization.
func (w *world) step(t *rapid.T) {
	w.now = w.now.Add(20 * time.Second)
	if oneIn(t, 2, "requests tell each other something") {
		w.relay(t, 1)
	}
	if w.last != nil && w.now.Sub(lastAt(w.last.run)) > engine.UndoWithin {
		w.last = nil
	}
	if oneIn(t, 25, "the organization changes") {
		redraw(t, w.org, rapid.SampledFrom(w.org.People).Draw(t, "changed"))
		w.somebodyAway(t)
		if oneIn(t, 2, "followed") {
			for _, r := range w.runs {
				w.do(t, r, uuid.Nil, engine.Reassess{})
				checkFollowed(t, r)
			}
		}
		return
	}
	runs := w.runs
	if !oneIn(t, 15, "a run that is over") {
		runs = slices.DeleteFunc(slices.Clone(runs), func(r *enginetest.Run) bool {
			return r.State.Run.Status.Over() || r.State.Run.Visits > engine.MaxVisits
		})
	}
	if len(runs) == 0 || oneIn(t, 12, "another run") {
		w.start(t)
		return
	}
	if w.last != nil && oneIn(t, 6, "takes it back") {
		w.undo(t)
		return
	}
	r := rapid.SampledFrom(runs).Draw(t, "run")
	w.version = r.Version
	actor, c := w.command(t, r)
	w.do(t, r, actor, c)
}

// mostRuns bounds how many requests start each other: a workflow may start itself.
const mostRuns = 16

// relay lets requests tell each other so many things, and reports whether none is left.
func (w *world) relay(t *rapid.T, most int) bool {
	for range most {
		if len(w.runs) >= mostRuns {
			return false
		}
		x, ok := w.org.RelayOne(w.now, w.all, func(v *workflow.Version) string { return fmt.Sprintf("%s-%d", v.Prefix(), len(w.runs)+1) })
		if !ok {
			return true
		}
		if problem := checkDecision(x.Run, x.Before, x.Command, x.Decided, x.Err); problem != nil {
			t.Fatalf("%T%+v: %v", x.Command, x.Command, problem)
		}
		if x.Before.Run.Seq == 0 {
			w.runs = append(w.runs, x.Run)
		}
		if problem := checkDuties(x.Run); problem != nil {
			t.Fatalf("%T%+v: %v", x.Command, x.Command, problem)
		}
		if w.version = x.Run.Version; w.last != nil && w.last.run == x.Run {
			w.last = nil
		}
		w.count(x.Run, x.Command, x.Err)
	}
	return false
}

// checkFamilies: when requests have told each other everything, whatever waits for one
// waits for one that is under way, and nothing is under way that is not needed any more.
func (w *world) checkFamilies(t *rapid.T) {
	byID := map[uuid.UUID]*enginetest.Run{}
	for _, r := range w.runs {
		byID[r.State.Run.ID] = r
	}
	for _, r := range w.runs {
		for _, v := range r.State.Steps {
			for _, x := range v.Subs {
				sub := byID[x.ID]
				over := sub == nil || sub.State.Run.Status.Over()
				switch {
				case x.Status == engine.SubRunning && over && !r.State.Run.Status.Over():
					t.Fatalf("visit %d to %s waits for a request that is over, or never was", v.Seq, v.Step)
				case x.Status == engine.SubHalted && !over:
					t.Fatalf("a request is under way that visit %d to %s does not need any more", v.Seq, v.Step)
				}
			}
		}
	}
}

// undo takes the last decision back. Then everything is as it was before it.
func (w *world) undo(t *rapid.T) {
	x, actor := *w.last, w.last.actor
	if oneIn(t, 6, "by somebody else") {
		actor = w.somebody(t)
	}
	over := x.run.State.Run.Status.Over()
	done := w.do(t, x.run, actor, engine.Undo{Task: x.task, Events: x.run.Events})
	person := x.run.Org.Person(x.actor)
	if may := actor == x.actor && !person.Disabled; may != done {
		t.Fatalf("somebody may take a decision back: %v, and does: %v", may, done)
	}
	if !done {
		return
	}
	if over {
		w.seen["undo of an end"]++
	}
	x.before.Run.Seq = x.run.State.Run.Seq
	if !reflect.DeepEqual(x.run.State, x.before) {
		t.Fatalf("it was taken back, and is:\n%+v\nand not, as before:\n%+v", x.run.State, x.before)
	}
}

func (w *world) start(t *rapid.T) {
	w.version = w.all["ANY"]
	r := w.org.NewRun(w.version, w.owner)
	actor := w.somebody(t)
	values := w.values(t)
	if _, drawn := values["n"]; !drawn && !oneIn(t, 6, "nothing entered") {
		values["n"] = rapid.SampledFrom([]any{1.0, 7.0}).Draw(t, "n at the start")
	}
	c := engine.Start{
		ID: enginetest.IDs(uint64(len(w.runs)) << 32)(), Number: fmt.Sprintf("ANY-%d", len(w.runs)+1),
		Initiator: actor, Values: values, Assignees: w.choices(t, w.version),
	}
	if w.do(t, r, actor, c) {
		w.runs = append(w.runs, r)
	}
}

// somebody draws a person, nearly always an active one.
func (w *world) somebody(t *rapid.T) uuid.UUID {
	active := slices.DeleteFunc(slices.Clone(w.org.People), func(p *enginetest.Person) bool { return p.Disabled })
	if len(active) == 0 || oneIn(t, 15, "who left") {
		return anyone(t, w.org)
	}
	return rapid.SampledFrom(active).Draw(t, "somebody").ID
}

// do carries a command out and checks everything about it.
func (w *world) do(t *rapid.T, r *enginetest.Run, actor uuid.UUID, c engine.Command) bool {
	before := r.State.Clone()
	d, err := r.Do(actor, w.now, c)
	if problem := checkDecision(r, before, c, d, err); problem != nil {
		t.Fatalf("%T%+v by %s: %v", c, c, actor, problem)
	}
	if problem := checkDuties(r); problem != nil {
		t.Fatalf("%T%+v by %s: %v", c, c, actor, problem)
	}
	w.count(r, c, err)
	w.note(r, actor, c, before, err)
	if r.State.Run.Parent != uuid.Nil && r.State.Run.Status.Over() || !reflect.DeepEqual(subsOf(before), subsOf(r.State)) {
		w.last = nil // it reached into another request
	}
	return err == nil
}

// subsOf are the requests that a run started.
func subsOf(s engine.State) []engine.Sub {
	var out []engine.Sub
	for _, v := range s.Steps {
		out = append(out, v.Subs...)
	}
	return out
}

// note remembers a decision until something else happens.
func (w *world) note(r *enginetest.Run, actor uuid.UUID, c engine.Command, before engine.State, err error) {
	if err != nil {
		return
	}
	w.last = nil
	switch c := c.(type) {
	case engine.Complete:
		w.last = &decision{r, actor, c.Task, before}
	case engine.SendBack:
		w.last = &decision{r, actor, c.Task, before}
	}
}

// count notes what was reached.
func (w *world) count(r *enginetest.Run, c engine.Command, err error) {
	m, moves := c.(engine.Migrate)
	if err != nil {
		w.seen["refused"]++
		if moves && m.Comment != "" {
			w.seen["refused to migrate"]++
		}
		return
	}
	if moves {
		w.countMove(r)
	}
	w.seen[nameOf(c)]++
	if r.State.Run.Status == engine.Completed {
		w.seen["completed"]++
	}
	if r.State.Run.Visits > engine.MaxVisits {
		w.seen["loop"]++
	}
	for _, v := range r.State.Steps {
		n := r.Version.Node(v.Step)
		if v.Again {
			w.seen["asked again"]++
		}
		if v.Waits {
			w.seen["waits"]++
		}
		for _, x := range v.Subs {
			w.seen["sub "+map[engine.SubStatus]string{engine.SubDone: "ended", engine.SubRefused: "failed", engine.SubHalted: "halted", engine.SubRunning: "running"}[x.Status]]++
		}
		switch {
		case v.Status == engine.StepIncident:
			w.seen["incident"]++
		case v.Status == engine.StepSkipped:
			w.seen["skipped"]++
		case v.Status == engine.StepCancelled && !r.State.Run.Status.Over():
			w.seen["stopped"]++
		case v.Former != "":
			w.seen["former"]++
		case v.Status == engine.StepSucceeded && n.Type == workflow.Join:
			w.seen["joined"]++
		case v.Status == engine.StepSucceeded && n.Ballot != nil:
			w.seen["voted"]++
		case v.ReturnTo != 0 && v.Status == engine.StepSucceeded:
			w.seen["returned"]++
		}
	}
	for _, e := range r.Events {
		if e.Type == event.StepRetried {
			w.seen["sub retried"]++
		}
	}
	for _, t := range r.State.Tasks {
		if t.Warning != "" {
			w.seen["fallback"]++
		}
		if t.ForAbsent {
			w.seen["stood in"]++
		}
		if t.Void() {
			w.seen["void"]++
		}
		if first := r.State.Task(t.Again); first != nil && t.Status == engine.TaskCompleted {
			if w.seen["decided again"]++; first.Transition != t.Transition {
				w.seen["decided otherwise"]++
			}
		}
		if t.Decision == engine.Answered {
			w.seen["answered"]++
		}
		if t.Status == engine.TaskCancelled && !r.State.Run.Status.Over() && r.State.Step(t.StepSeq).Status == engine.StepWaiting {
			w.seen["withdrawn voice"]++
		}
		if t.Kind == engine.FixTask && t.Status == engine.TaskCompleted {
			w.seen["resubmitted"]++
		}
	}
}

// countMove notes what a move to another version did.
func (w *world) countMove(r *enginetest.Run) {
	from := len(r.Events) - 1
	for r.Events[from].Type != event.RunMigrated {
		from--
	}
	if len(r.Events[from].Version.Steps) > 0 {
		w.seen["renamed"]++
	}
	for _, e := range r.Events[from:] {
		switch e.Type {
		case event.TaskCreated:
			w.seen["asked anew"]++
		case event.TaskReassigned:
			w.seen["assigned anew"]++
		}
	}
}

func nameOf(c engine.Command) string {
	return map[string]string{
		"Start": "start", "Complete": "complete", "SendBack": "send_back", "Claim": "claim", "Release": "release",
		"Reassign": "reassign", "Cancel": "cancel", "Retry": "retry", "Comment": "comment", "AddApprover": "add", "RemoveApprover": "remove",
		"Consult": "consult", "Delegate": "delegate", "TakeOver": "take over", "Recall": "recall", "Hold": "hold", "Resume": "resume", "Nudge": "nudge", "AddStakeholder": "share", "RemoveStakeholder": "unshare", "Migrate": "migrate", "Reassess": "reassess",
		"Undo": "undo", "SubEnded": "told an end", "SubFailed": "told a failure",
	}[reflect.TypeOf(c).Name()]
}

// checkFollowed: after a run followed the organization, no task is with who left.
// What is on hold follows when it is resumed.
func checkFollowed(t *rapid.T, r *enginetest.Run) {
	if r.State.Run.Status == engine.RunHeld {
		return
	}
	for _, x := range r.State.OpenTasks() {
		if p := r.Org.Person(x.Assignee); x.Assignee != uuid.Nil && (p == nil || p.Disabled) {
			t.Fatalf("the task of %s is still with who left", x.Step)
		}
	}
}

// lastAt is when something happened to a run last.
func lastAt(r *enginetest.Run) time.Time { return r.Events[len(r.Events)-1].At }

// checkHistory plays all events of a run again.
func checkHistory(t *rapid.T, r *enginetest.Run) {
	if s := again(r); !reflect.DeepEqual(s, r.State) {
		t.Fatalf("all events lead to another state:\n%+v\nand not to:\n%+v", s, r.State)
	}
	ids := map[uuid.UUID]bool{}
	for _, e := range r.Events {
		if ids[e.ID] {
			t.Fatalf("two events have the id %s", e.ID)
		}
		ids[e.ID] = true
	}
	if !slices.IsSortedFunc(r.Events, func(a, b event.Event) int { return a.At.Compare(b.At) }) {
		t.Fatal("the events are not in the order of time")
	}
}
