package runs

import (
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// answer shows a run to the actor who has just changed it. His act is on disk:
// when what the page would add cannot be read now, he gets the page without it.
func (s *Service) answer(ctx context.Context, a access.Actor, l *loaded) (Run, error) {
	r, err := s.view(ctx, a, l, nil)
	if err != nil {
		return l.page(a, l.seen(a)), nil //nolint:nilerr // an error would say that nothing was done
	}
	return r, nil
}

// seen is what one reader is shown of a run, before the people in it are looked up.
type seen struct {
	task   *engine.Task
	modes  map[string]form.Mode
	in     rule.Input
	values map[string]any
	ahead  []outlook
	marks  marks
	reason *Reason
	usual  *Usual
	family family
	// watchers are those of whom the reader is told.
	watchers []uuid.UUID
}

// seen finds out what the reader may see.
func (l *loaded) seen(a access.Actor) seen {
	v := seen{task: l.ownTask(a)}
	v.modes, v.in = l.modes(a, v.task)
	v.values = l.version.Form.Show(v.modes, l.state.Values, v.in)
	if !l.standing.Over && !l.standing.Draft {
		v.ahead = l.outlook(v.modes)
	}
	return v
}

// view shows a run to the actor. What is not known yet about people, and who
// may be chosen next, is read in one round trip at most; earlier values in
// another, where they count and were not read with the run.
func (s *Service) view(ctx context.Context, a access.Actor, l *loaded, revisions []dbq.ListRevisionsRow) (Run, error) {
	v := l.seen(a)
	if l.needsRevisions(a) {
		if revisions == nil {
			b := db.NewBatch()
			readRevisions(l.row.ID, &revisions)(b)
			if err := s.DB.Read(ctx, a.Org, b); err != nil {
				return Run{}, err
			}
		}
		marks, err := l.marks(a, revisions, v.modes, v.in)
		if err != nil {
			return Run{}, err
		}
		v.marks = marks
	}
	watchers, err := s.tellWatchers(ctx, a, l)
	if err != nil {
		return Run{}, err
	}
	v.watchers = watchers
	needs := append(l.unknownPeople(v), l.nextNeeds(v.ahead, v.values)...)
	if v.task != nil {
		needs = append(needs, l.choiceNeeds(*v.task)...)
	}
	if err := s.ask(a, l, needs, s.readOnly(ctx, a)); err != nil {
		return Run{}, err
	}
	if v.reason, err = s.reason(ctx, a, l, v.task); err != nil {
		return Run{}, err
	}
	if v.family, err = s.family(ctx, a, l); err != nil {
		return Run{}, err
	}
	v.usual, err = s.usual(ctx, a, l)
	return l.page(a, v), err
}

// page puts a run together from what is known.
func (l *loaded) page(a access.Actor, v seen) Run {
	r := l.head(a)
	l.body(a, v, &r)
	r.Next, r.Usual = l.next(v.ahead, v.values), v.usual
	v.family.show(l, v.modes, &r)
	l.showBeside(a, v.watchers, &r)
	if v.task != nil {
		t := l.taskView(a, *v.task)
		t.Reason = v.reason
		r.Task = &t
	}
	return r
}

// ownTask is the open task the reader would act on: one he holds, else one he may claim.
func (l *loaded) ownTask(a access.Actor) *engine.Task {
	if l.standing.Over || l.standing.Draft {
		return nil
	}
	var offered *engine.Task
	for i := range l.state.Tasks {
		t := &l.state.Tasks[i]
		switch {
		case t.Status != engine.TaskOpen:
		case t.Assignee == a.User:
			return t
		case offered == nil && slices.Contains(l.offered, t.ID):
			offered = t
		}
	}
	return offered
}

func (l *loaded) head(a access.Actor) Run {
	st := l.state.Run
	r := Run{
		ID: st.ID, Number: st.Number, Title: st.Title,
		Workflow: WorkflowRef{ID: l.row.WorkflowID, Key: l.row.Key, Name: l.row.Name, Icon: l.row.Icon, Group: l.row.Grp},
		Version:  int(l.row.VersionNo), Status: string(st.Status), Outcome: st.Outcome, OutcomeName: l.outcomeName(),
		Reason: st.Reason, Initiator: l.personView(st.Initiator), StartedAt: timeRef(st.StartedAt), EndedAt: timeRef(st.EndedAt),
		Revision: st.Seq, Round: st.Round, Path: l.path(), Tasks: []OpenTask{}, Can: access.ForRun(a, l.standing),
	}
	if again := st.NudgedAt.Add(engine.NudgeEvery); !st.NudgedAt.IsZero() && l.facts.Now.Before(again) {
		r.NudgeAgainAt = &again
	}
	for _, n := range l.version.Nodes() {
		r.Steps = append(r.Steps, stepRef(n))
	}
	r.Later, r.Votes = []OpenTask{}, l.votes()
	for _, t := range l.state.Tasks {
		switch t.Status {
		case engine.TaskOpen:
			r.Tasks = append(r.Tasks, l.openTask(a, t))
		case engine.TaskQueued:
			r.Later = append(r.Later, l.openTask(a, t))
		}
	}
	return r
}

// stepRef is a step with the ways out of it. Rules are left out: they may speak
// of what the reader does not see.
func stepRef(n *workflow.Node) StepRef {
	x := StepRef{StepID: n.ID, Name: n.Label, Type: string(n.Type), Ways: []Way{}}
	if n.Type == workflow.TaskStep {
		x.Who = who(n)
	}
	for _, a := range n.Transitions {
		x.Ways = append(x.Ways, Way{ID: a.ID, ToStepID: a.To, Name: a.Label, Kind: string(a.Kind)})
	}
	return x
}

// body fills in the form in the mode of the reader.
func (l *loaded) body(a access.Actor, v seen, r *Run) {
	r.Form, r.Values = l.version.Form.View(v.modes), v.values
	r.People = l.peopleIn(v.values, v.marks.from())
	r.Changes, r.ChangesSince = v.marks.named(l), v.marks.since
	r.RuleContext = l.ruleContext(a, v.in.Step, r.Form)
}

// modes says what the reader may see and change. Who holds a task sees its
// step's column of the matrix; who held one keeps seeing what he saw; the
// initiator sees what the start step shows; others what the definition tells them.
// The input is what the rules saw that decided it.
func (l *loaded) modes(a access.Actor, task *engine.Task) (map[string]form.Mode, rule.Input) {
	if task != nil && task.Assignee == a.User && task.Kind != engine.ConsultTask {
		if n := l.version.Node(task.Step); n != nil {
			in := l.input(n.ID, task.StepSeq)
			m, _ := l.version.Form.Modes(n.Fields, n.Type == workflow.Start, in)
			if visit := l.state.Step(task.StepSeq); visit != nil {
				engine.OnlyCorrect(m, visit.Correct)
			}
			return m, in
		}
	}
	in := l.input(l.currentStep(), 0)
	return l.version.Form.AudienceModes(l.audience(a, task), in), in
}

// audience is the column of the matrix for a reader without a task of his own:
// what the definition says of him, else what his steps showed him.
func (l *loaded) audience(a access.Actor, task *engine.Task) map[string]form.Mode {
	var columns []map[string]form.Mode
	if l.state.Run.Initiator == a.User {
		own := l.version.Audience(form.ToInitiator)
		if own == nil {
			own = l.version.Start().Fields
		}
		columns = append(columns, own)
	}
	for _, t := range l.state.Tasks {
		asked := t.Kind.Opinion() && l.state.Run.Initiator == a.User // a question shows him nothing more
		if !asked && (t.Assignee == a.User || t.OnBehalfOf == a.User || task != nil && t.ID == task.ID) {
			columns = append(columns, l.column(t.Step))
		}
	}
	for _, step := range l.held {
		columns = append(columns, l.column(step))
	}
	if len(columns) == 0 {
		return l.version.Audience(form.ToOthers)
	}
	return hiddenInAll(columns)
}

// hiddenInAll hides the fields that no column shows.
func hiddenInAll(columns []map[string]form.Mode) map[string]form.Mode {
	matrix := map[string]form.Mode{}
	for name, m := range columns[0] {
		hidden := m == form.Hidden
		for _, c := range columns[1:] {
			hidden = hidden && c[name] == form.Hidden
		}
		if hidden {
			matrix[name] = form.Hidden
		}
	}
	return matrix
}

// currentStep is where the run stands, for rules that mention the step.
func (l *loaded) currentStep() string {
	for _, v := range slices.Backward(l.state.Steps) {
		if v.Status.Active() {
			return v.Step
		}
	}
	if n := len(l.state.Steps); n > 0 {
		return l.state.Steps[n-1].Step
	}
	return l.version.Start().ID
}

// ruleContext carries to the browser what the rules of its form mention: the
// initiator's attributes (all of them to himself) and the workflow's parameters,
// which may be nobody's business: limits, names of those who decide above them.
func (l *loaded) ruleContext(a access.Actor, step string, v form.View) RuleContext {
	all := l.person(l.state.Run.Initiator).Attributes
	c := RuleContext{Step: step, Today: l.facts.Today, Now: l.facts.Now, Org: l.facts.Org, Params: only("params", l.version.Params, v)}
	if l.state.Run.Initiator == a.User {
		c.Initiator = maps.Clone(all)
		return c
	}
	c.Initiator = only("initiator", all, v)
	return c
}

func (l *loaded) outcomeName() string {
	if l.state.Run.Outcome == "" {
		return ""
	}
	for _, v := range slices.Backward(l.state.Steps) {
		if n := l.version.Node(v.Step); n != nil && n.Type == workflow.End {
			return n.Label
		}
	}
	return "Rejected"
}

// path lists the visits in order.
func (l *loaded) path() []Visit {
	out := make([]Visit, 0, len(l.state.Steps))
	for _, v := range l.state.Steps {
		x := Visit{
			Seq: v.Seq, StepID: v.Step, Name: v.Step, Status: string(v.Status), Round: v.Round,
			EnteredAt: v.EnteredAt, LeftAt: timeRef(v.LeftAt), Detail: v.Detail, Again: v.Again, Waits: v.Waits,
		}
		if v.Former != "" {
			x.Name, x.Type = v.Former, l.formerType(v)
		} else if n := l.version.Node(v.Step); n != nil {
			x.Name, x.Type, x.Transition = n.Label, string(n.Type), transitionName(n, v.Transition)
			x.TransitionID, x.Cause = v.Transition, v.Cause
		}
		for _, t := range l.state.Tasks {
			if t.StepSeq == v.Seq && t.Status == engine.TaskCompleted && t.Assignee != uuid.Nil && !t.Kind.Opinion() && !t.Void() {
				x.DecidedBy = append(x.DecidedBy, l.personView(t.Assignee))
			}
		}
		out = append(out, x)
	}
	return out
}

// transitionName is what people read for the id by which a step was left.
func transitionName(n *workflow.Node, id string) string {
	switch a := n.Arrow(id); {
	case a != nil:
		return a.Label
	case id == engine.RejectID:
		return n.RejectLabel()
	case id == engine.SentBack:
		return n.SendBackLabel()
	case id == engine.SubmitID:
		return "Submit again"
	case id == engine.AnswerID:
		return "Answer"
	}
	return ""
}

func (l *loaded) openTask(a access.Actor, t engine.Task) OpenTask {
	o := OpenTask{
		ID: t.ID, StepID: t.Step, StepName: t.Step, Kind: string(t.Kind), AssignedAt: t.AssignedAt, Status: string(t.Status),
		Mine: t.Assignee == a.User, Claimable: access.ForTask(a, l.task(a, t.ID)).Claim, Warning: t.Warning,
	}
	n := l.version.Node(t.Step)
	if n != nil {
		o.StepName = n.Label
	}
	o.AskedBy, o.OnBehalfOf, o.Group = l.personRef(t.AddedBy), l.personRef(t.OnBehalfOf), l.groupName(n, t)
	o.Remove = t.AddedBy != uuid.Nil && !l.standing.Over && (t.AddedBy == a.User || a.Has(access.TaskReassignAny))
	o.TakeOver = access.ForTask(a, l.task(a, t.ID)).TakeOver
	first := l.state.Task(t.Again)
	o.Again = first != nil && first.Void()
	if first := l.state.Task(t.Waits); first != nil {
		o.After = l.personRef(first.Assignee)
	}
	if t.Assignee != uuid.Nil {
		p := l.personView(t.Assignee)
		o.Assignee = &p
	} else if n != nil {
		o.Hint = who(n)
	}
	return o
}
