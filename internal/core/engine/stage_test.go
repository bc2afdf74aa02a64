package engine_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/engine/enginetest"
	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/library"
)

// stage is where a scenario plays: people, a workflow, and the runs of it.
type stage struct {
	org     *enginetest.Org
	ids     map[string]uuid.UUID // of people, by the name scenarios use
	version *workflow.Version
	others  map[string]*workflow.Version // all there are, by key
	no      map[*workflow.Version]int    // of the versions, from 1
	owner   uuid.UUID
	run     *enginetest.Run // the run that is spoken of
	runs    map[string]*enginetest.Run
	now     time.Time
	walked  map[string]bool  // "step by transition", and sent_back
	seen    map[string]int64 // the revision somebody has read of the run that is spoken of
}

// scenarios begin on a Monday morning.
func newStage() *stage {
	return &stage{
		org: &enginetest.Org{Heads: map[string]uuid.UUID{}, Info: map[string]any{"name": "Acme", "slug": "acme", "zone": "UTC"}},
		ids: map[string]uuid.UUID{},
		no:  map[*workflow.Version]int{}, others: map[string]*workflow.Version{}, runs: map[string]*enginetest.Run{}, walked: map[string]bool{}, seen: map[string]int64{},
		now: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC),
	}
}

// command carries out one line of a scenario. The error is a mistake in the
// scenario itself; what the engine refuses is part of the output.
func (s *stage) command(t *testing.T, line, input string) (string, error) {
	l, err := parseLine(line)
	if err != nil {
		return "", err
	}
	switch l.verb {
	case "people":
		return s.people(input)
	case "person":
		return s.change(l)
	case "workflow":
		clear(s.no)
		s.owner = s.ids[l.take("owner")]
		return s.workflow(l, input)
	case "version":
		return s.workflow(l, input)
	case "at":
		s.now, err = time.Parse("2006-01-02 15:04", strings.Join(l.words, " "))
		return "", err
	case "away":
		return s.away(l)
	case "follow":
		return s.follow(t)
	case "speak":
		return s.speakOf(l.word(0))
	case "read":
		s.seen[l.by+" "+s.run.State.Run.Number] = s.run.State.Run.Seq
		return "", nil
	case "show":
		return s.show(l.word(0))
	case "count":
		return s.count(t, strings.TrimPrefix(line, "count "), input)
	}
	return s.act(t, l, input)
}

// count carries a command out and tells only how much happened, and the end of it.
func (s *stage) count(t *testing.T, line, input string) (string, error) {
	out, err := s.command(t, line, input)
	lines := strings.Split(out, "\n")
	last := lines[max(0, len(lines)-2):]
	return strings.Join(append([]string{fmt.Sprintf("(%d lines)", len(lines))}, last...), "\n"), err
}

// workflow takes a definition from the input, or from the library.
func (s *stage) workflow(l line, input string) (string, error) {
	source := []byte(input)
	if slug := l.take("library"); slug != "" {
		e, ok := library.Get(slug)
		if !ok {
			return "", fmt.Errorf("the library has no %q", slug)
		}
		source = e.Source
	} else if !strings.HasPrefix(input, "key:") {
		source = []byte("key: TEST\nname: Test\ngroup: Test\n" + input)
	}
	d, ps := workflow.ParseYAML(source)
	if len(ps) == 0 {
		s.version, ps = workflow.Compile(d, workflow.Org{User: s.schema()})
		s.no[s.version] = len(s.no) + 1
	}
	if len(ps) > 0 {
		return "", ps.Err("the workflow of the scenario is not valid")
	}
	s.others[d.Key] = s.version
	return "", nil
}

// relay lets the requests tell each other what they have to, and tells it.
func (s *stage) relay(t *testing.T) []string {
	var out []string
	number := func(v *workflow.Version) string { return fmt.Sprintf("%s-%d", v.Prefix(), len(s.runs)+1) }
	of := s.run
	for _, x := range s.org.Relay(s.now, s.others, func(v *workflow.Version) string {
		n := number(v)
		s.runs[n] = nil // a number that could not be used is not used again
		return n
	}) {
		if problem := checkDecision(x.Run, x.Before, x.Command, x.Decided, x.Err); problem != nil {
			t.Errorf("%T of %s: %v", x.Command, x.Run.State.Run.Number, problem)
		}
		s.run, s.runs[x.Run.State.Run.Number] = x.Run, x.Run
		s.walk(x.Run, x.Decided)
		for _, l := range append(s.tell(x.Decided), s.status()) {
			out = append(out, x.Run.State.Run.Number+" | "+l)
		}
	}
	s.run = of
	return out
}

// away lets somebody be away: away ravi until=2026-02-01 to fay,finn below=100.
func (s *stage) away(l line) (string, error) {
	x := engine.Absence{User: s.ids[l.word(0)], From: s.now}
	for name, at := range map[string]*time.Time{"from": &x.From, "until": &x.Until} {
		if text := l.take(name); text != "" {
			day, err := time.Parse(time.DateOnly, text)
			if err != nil {
				return "", err
			}
			*at = day
		}
	}
	in := engine.StandIn{}
	if text := l.take("below"); text != "" {
		if _, err := fmt.Sscan(text, &in.Below); err != nil {
			return "", err
		}
	}
	if key := l.take("workflow"); key != "" {
		in.Workflows = []string{key}
	}
	for _, who := range strings.Split(l.to, ",") {
		if in.To = s.ids[who]; who != "" {
			x.StandIns = append(x.StandIns, in)
		}
	}
	s.org.Away = append(slices.DeleteFunc(s.org.Away, func(a engine.Absence) bool { return a.User == x.User }), x)
	return "", nil
}

// follow lets the run follow what has changed about people.
func (s *stage) follow(t *testing.T) (string, error) {
	s.now = s.now.Add(time.Minute)
	before := s.run.State.Clone()
	d, err := s.run.Do(uuid.Nil, s.now, engine.Reassess{})
	if problem := checkDecision(s.run, before, engine.Reassess{}, d, err); problem != nil {
		t.Errorf("follow: %v", problem)
	}
	if err != nil {
		return s.refusal(err)
	}
	return strings.Join(append(append(s.tell(d), s.status()), s.relay(t)...), "\n"), nil
}

// schema are the custom attributes the people of the scenario have.
func (s *stage) schema() rule.Schema {
	out := rule.Schema{}
	for _, p := range s.org.People {
		for name, v := range p.Attributes {
			if _, builtin := rule.BuiltinUser()[name]; builtin {
				continue
			}
			switch v.(type) {
			case float64:
				out[name] = rule.Type{Kind: rule.Number}
			case bool:
				out[name] = rule.Type{Kind: rule.Bool}
			default:
				out[name] = rule.Type{Kind: rule.Text}
			}
		}
	}
	return out
}

func (s *stage) speakOf(number string) (string, error) {
	r := s.runs[number]
	if r == nil {
		return "", fmt.Errorf("there is no run %q", number)
	}
	s.run = r
	return s.status(), nil
}

// act lets somebody do something to the run.
func (s *stage) act(t *testing.T, l line, input string) (string, error) {
	by, ok := s.ids[l.by]
	if !ok {
		return "", fmt.Errorf("%q: say by whom", l.verb)
	}
	c, err := s.parse(l, input)
	if err != nil {
		return "", err
	}
	s.now = s.now.Add(time.Minute)
	r := s.run
	if _, starts := c.(engine.Start); starts {
		r = s.org.NewRun(s.version, s.owner)
	}
	before := r.State.Clone()
	d, err := r.Do(by, s.now, c)
	if problem := checkDecision(r, before, c, d, err); problem != nil {
		t.Errorf("%s: %v", l.verb, problem)
	}
	if err != nil {
		return s.refusal(err)
	}
	if _, starts := c.(engine.Start); starts {
		s.run, s.runs[r.State.Run.Number] = r, r
	}
	s.walk(r, d)
	return strings.Join(append(append(s.tell(d), s.status()), s.relay(t)...), "\n"), nil
}

// walk notes which ways were gone.
func (s *stage) walk(r *enginetest.Run, d enginetest.Decided) {
	if r.Version != s.version {
		return
	}
	for _, e := range d.Events {
		if e.Type == event.StepLeft && e.Transition == engine.SentBack {
			s.walked[engine.SentBack] = true
		} else if e.Type == event.StepLeft {
			s.walked[e.Step+" by "+e.Transition] = true
		}
		s.branch(r, e)
	}
}

// branch notes which ways out of a fork were taken: a fork is left by several.
func (s *stage) branch(r *enginetest.Run, e event.Event) {
	from := r.State.Step(e.From)
	if e.Type != event.StepEntered || from == nil {
		return
	}
	n := s.version.Node(from.Step)
	if n == nil || n.Type != workflow.Fork {
		return
	}
	for _, a := range n.Transitions {
		if a.To == e.Step {
			s.walked[n.ID+" by "+a.ID] = true
		}
	}
}

// parse makes the engine's command of a line.
func (s *stage) parse(l line, input string) (engine.Command, error) {
	verb := l.verb
	if verb == "start" {
		return s.start(l, input)
	}
	if s.run == nil {
		return nil, errors.New("nothing was started yet")
	}
	switch comment := l.take("comment"); verb {
	case "cancel":
		return engine.Cancel{Reason: engine.CancelOperator, Comment: comment}, nil
	case "withdraw":
		return engine.Cancel{Reason: engine.CancelWithdrawn, Comment: comment}, nil
	case "undo":
		return engine.Undo{Task: s.decided(l.word(0), l.by), Events: s.run.Events}, nil
	case "recall":
		return engine.Recall{Comment: comment}, nil
	case "hold":
		return engine.Hold{Comment: comment}, nil
	case "resume":
		return engine.Resume{Comment: comment}, nil
	case "migrate":
		return s.migrate(l, comment)
	case "nudge":
		return engine.Nudge{}, nil
	case "add":
		return engine.AddApprover{Task: s.task(l.word(0), l.by), To: s.ids[l.to], Where: l.word(1), Comment: comment}, nil
	case "remove": // remove board fay by ravi: whom ravi had asked
		return engine.RemoveApprover{Task: s.task(l.word(0), l.word(1))}, nil
	case "consult":
		return engine.Consult{Task: s.task(l.word(0), l.by), To: s.ids[l.to], Comment: comment, Wait: l.take("wait") == "true"}, nil
	case "delegate":
		return engine.Delegate{Task: s.task(l.word(0), l.by), To: s.ids[l.to], Mode: l.word(1), Comment: comment}, nil
	case "take_over":
		return engine.TakeOver{Task: s.task(l.word(0), l.word(1)), Comment: comment}, nil
	case "retry":
		return engine.Retry{ToRequester: l.to == engine.ToInitiator, Comment: comment}, nil
	case "share":
		return engine.AddStakeholder{Person: s.ids[l.to], Comment: comment}, nil
	case "unshare": // unshare meera by olga any=true
		return engine.RemoveStakeholder{Person: s.ids[l.word(0)], Any: l.take("any") == "true"}, nil
	case "comment":
		return engine.Comment{Text: comment}, nil
	case "complete", "resubmit":
		return s.complete(l, comment, input)
	case "send_back":
		var correct []string
		if names := l.take("correct"); names != "" {
			correct = strings.Split(names, ",")
		}
		return engine.SendBack{Task: s.task(l.word(0), l.by), To: l.to, Comment: comment, Return: l.take("return"), Correct: correct}, nil
	case "claim":
		return engine.Claim{Task: s.task(l.word(0), l.by)}, nil
	case "release":
		return engine.Release{Task: s.task(l.word(0), l.by)}, nil
	case "reassign":
		to, ok := s.ids[l.to]
		if !ok {
			to = uuid.NewSHA1(uuid.Nil, []byte(l.to))
		}
		return engine.Reassign{Task: s.task(l.word(0), l.by), To: to, Comment: comment}, nil
	}
	return nil, fmt.Errorf("there is no command %q", verb)
}

// migrate moves the run to the version that was told last: migrate manager>head by olga
// ask=anew says that the head takes the place of the manager, and that people are asked
// anew where others are asked now.
func (s *stage) migrate(l line, comment string) (engine.Command, error) {
	named := func(v *workflow.Version) event.Version {
		return event.Version{ID: uuid.UUID{byte(s.no[v])}, No: s.no[v]}
	}
	c := engine.Migrate{
		From: named(s.run.Version), To: named(s.version), Version: s.version, Steps: map[string]string{},
		Reask: l.take("ask") == "anew", Comment: comment,
	}
	for _, w := range l.words {
		from, to, ok := strings.Cut(w, ">")
		if !ok {
			return nil, fmt.Errorf("%q: say which step takes the place of which", w)
		}
		c.Steps[from] = to
	}
	return c, nil
}

func (s *stage) start(l line, input string) (engine.Command, error) {
	comment := l.take("comment")
	values, err := s.values(l, input)
	choices, err2 := s.choices(l.to)
	return engine.Start{
		ID: enginetest.IDs(uint64(len(s.runs)) << 32)(), Number: fmt.Sprintf("%s-%d", s.version.Prefix(), len(s.runs)+1),
		Initiator: s.ids[l.by], Values: values, Comment: comment, Assignees: choices,
	}, errors.Join(err, err2)
}

func (s *stage) complete(l line, comment, input string) (engine.Command, error) {
	values, err := s.values(l, input)
	choices, err2 := s.choices(l.to)
	c := engine.Complete{Transition: l.word(1), Values: values, Comment: comment, Assignees: choices, Seen: s.seen[l.by+" "+s.run.State.Run.Number]}
	if l.verb == "resubmit" {
		c.Transition = engine.SubmitID
		c.Task = s.task(s.run.Version.Start().ID, l.by)
	} else {
		c.Task = s.task(l.word(0), l.by)
	}
	return c, errors.Join(err, err2)
}

// choices reads "pia", or "hr:pia,it:ben".
func (s *stage) choices(to string) (engine.Choices, error) {
	var c engine.Choices
	if to == "" {
		return c, nil
	}
	for _, one := range strings.Split(to, ",") {
		step, who, byStep := strings.Cut(one, ":")
		if !byStep {
			who = step
		}
		id, ok := s.ids[who]
		if !ok {
			return c, fmt.Errorf("there is nobody called %q", who)
		}
		if !byStep {
			c.Only = id
			continue
		}
		if c.ByStep == nil {
			c.ByStep = map[string][]uuid.UUID{}
		}
		c.ByStep[step] = append(c.ByStep[step], id)
	}
	return c, nil
}

// task finds the task of a step: somebody's own that is not done, else the open
// one, else the last. A step nobody was asked in gives an id that no task has.
func (s *stage) task(step, by string) uuid.UUID {
	for _, t := range slices.Backward(s.run.State.Tasks) {
		if t.Step == step && t.Assignee == s.ids[by] && (t.Status == engine.TaskOpen || t.Status == engine.TaskQueued) {
			return t.ID
		}
	}
	for _, t := range slices.Backward(s.run.State.Tasks) {
		if t.Step == step && t.Status == engine.TaskOpen {
			return t.ID
		}
	}
	for _, t := range slices.Backward(s.run.State.Tasks) {
		if t.Step == step {
			return t.ID
		}
	}
	return uuid.NewSHA1(uuid.Nil, []byte(step))
}

// decided finds what somebody decided last in a step, else whatever task there is of it.
func (s *stage) decided(step, by string) uuid.UUID {
	for _, e := range slices.Backward(s.run.Events) {
		t := e.Task
		if t != nil && e.Step == step && e.Actor != nil && *e.Actor == s.ids[by] && (e.Type == event.TaskCompleted || e.Type == event.TaskSentBack) {
			return *t
		}
	}
	return s.task(step, by)
}
