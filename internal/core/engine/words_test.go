package engine_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/engine/enginetest"
	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// tell says in plain words what happened.
func (s *stage) tell(d enginetest.Decided) []string {
	var out []string
	for _, e := range d.Events {
		out = append(out, s.words(e)...)
	}
	return out
}

func (s *stage) words(e event.Event) []string {
	switch e.Type {
	case event.RunStarted:
		if e.Parent != nil {
			return []string{fmt.Sprintf("started for %s: %s", s.name(e.Owner), s.names(e.Title))}
		}
		return []string{fmt.Sprintf("%s sends %s: %s%s", s.name(e.Actor), s.run.State.Run.Number, s.names(e.Title), reason(e))}
	case event.RunCompleted:
		return []string{"The end: " + e.Outcome}
	case event.RunCancelled:
		if e.Reason == engine.CancelWithdrawn {
			return []string{s.name(e.Actor) + " withdraws the request" + reason(e)}
		}
		if e.Reason == engine.CancelParent {
			return []string{"it is not needed any more"}
		}
		return []string{s.name(e.Actor) + " cancels the request" + reason(e)}
	case event.RunIncident:
		return []string{fmt.Sprintf("Incident at %s: %s", s.label(e.Step), e.Detail)}
	case event.RunRecalled:
		return []string{s.name(e.Actor) + " recalls the request" + reason(e)}
	case event.RunHeld:
		return []string{s.name(e.Actor) + " puts the request on hold" + reason(e)}
	case event.RunResumed:
		return []string{s.name(e.Actor) + " lets it go on" + reason(e)}
	case event.RunMigrated:
		return s.migrated(e)
	case event.RunNudged:
		return []string{s.name(e.Actor) + " reminds whoever holds it"}
	case event.FieldsChanged:
		return s.changed(e)
	case event.AbsencePlanned:
		line := fmt.Sprintf("%s is away from %s to %s", s.name(e.Assignee), e.Away.From, e.Away.Until)
		if e.StandIn != nil {
			line += ", " + s.name(e.StandIn) + " stands in"
		}
		if e.Reason != "" {
			line += ", for which something else is planned"
		}
		return []string{line}
	case event.SubRequested:
		return []string{fmt.Sprintf("%s: a request of %s is started for %s", s.label(e.Step), e.Workflow, s.name(e.Owner))}
	case event.SubFailed:
		return nil // the incident tells
	case event.SubEnded:
		return []string{fmt.Sprintf("%s: %s has ended: %s", s.label(e.Step), e.Number, e.Outcome)}
	case event.SubStopped:
		return []string{fmt.Sprintf("%s: a request of %s is not needed any more", s.label(e.Step), e.Workflow)}
	case event.StepRetried:
		return []string{fmt.Sprintf("%s has %s go on", s.name(e.Actor), s.label(e.Step))}
	case event.StepReopened:
		return nil
	case event.StepWaits:
		return []string{s.label(e.Step) + " is decided, and waits"}
	case event.StepEntered, event.StepLeft, event.StepSkipped, event.StepCancelled:
		return s.moved(e)
	case event.StakeholderAdded:
		return []string{s.name(e.Actor) + " lets " + s.name(e.Person) + " see it" + reason(e)}
	case event.StakeholderRemoved:
		return []string{s.name(e.Actor) + " takes back that " + s.name(e.Person) + " sees it"}
	case event.Commented:
		return []string{s.name(e.Actor) + " remarks" + reason(e)}
	}
	return s.worked(e)
}

// moved tells of steps only what the tasks do not tell.
func (s *stage) moved(e event.Event) []string {
	n := s.run.Version.Node(e.Step)
	switch {
	case e.Type == event.StepSkipped:
		return []string{fmt.Sprintf("%s is skipped: %s approved before", n.Label, s.name(e.Assignee))}
	case e.Type == event.StepCancelled:
		return []string{n.Label + " is stopped"}
	case e.Type == event.StepEntered && n.Type == workflow.Join:
		return []string{n.Label + ": a branch arrives"}
	case e.Type == event.StepEntered && (e.BackFrom != 0 || e.Round > 1 && n.Type == workflow.TaskStep):
		return []string{fmt.Sprintf("%s, round %d", n.Label, e.Round)}
	case e.Type == event.StepLeft && e.Transition == "retry":
		return []string{fmt.Sprintf("%s has %s tried again", s.name(e.Actor), n.Label)}
	case e.Type == event.StepLeft && n.Type == workflow.Condition && n.Arrow(e.Transition) != nil:
		return []string{fmt.Sprintf("%s → %s", n.Label, n.Arrow(e.Transition).Label)}
	}
	return nil
}

// migrated tells of a move to another version, and of steps that are there no more.
func (s *stage) migrated(e event.Event) []string {
	out := []string{fmt.Sprintf("%s moves it from version %d to version %d%s", s.name(e.Actor), e.Version.From.No, e.Version.To.No, reason(e))}
	for _, from := range slices.Sorted(maps.Keys(e.Version.Steps)) {
		out = append(out, fmt.Sprintf("  %s takes the place of %s", s.label(e.Version.Steps[from]), from))
	}
	for _, seq := range slices.Sorted(maps.Keys(e.Version.Former)) {
		out = append(out, fmt.Sprintf("  %s is behind it, and no step any more", e.Version.Former[seq]))
	}
	return out
}

func (s *stage) changed(e event.Event) []string {
	var out []string
	for _, name := range e.Fields {
		out = append(out, fmt.Sprintf("  %s = %s", name, s.value(e.Values[name])))
	}
	return out
}

// worked tells what happened to a task.
func (s *stage) worked(e event.Event) []string {
	at := s.label(e.Step) + ": "
	switch e.Type {
	case event.TaskCreated:
		return s.asked(at, e)
	case event.TaskVoided:
		return []string{fmt.Sprintf("%sthe decision of %s does not count any more: %s saw %s", at, s.name(e.Former), s.name(e.Former), strings.Join(e.Fields, ", "))}
	case event.TaskClaimed:
		return []string{at + s.name(e.Actor) + " takes it"}
	case event.TaskReleased:
		return []string{at + s.name(e.Actor) + " gives it back"}
	case event.TaskReassigned:
		from := ""
		if e.Actor == nil {
			if e.Assignee == nil {
				return []string{at + "offered anew to " + s.members(e)}
			}
			out := []string{fmt.Sprintf("%sit goes from %s to %s%s", at, s.name(e.Former), s.name(e.Assignee), s.behalf(e.Owner))}
			if e.Warning != "" {
				out = append(out, "  warning: "+e.Warning)
			}
			return out
		}
		if e.Former != nil {
			from = " from " + s.name(e.Former)
		}
		return []string{fmt.Sprintf("%s%s hands it%s to %s%s", at, s.name(e.Actor), from, s.name(e.Assignee), reason(e))}
	case event.TaskSentBack:
		line := fmt.Sprintf("%s%s sends it back to %s%s", at, s.name(e.Actor), s.label(e.To), reason(e))
		if len(e.Correct) > 0 {
			line += ", to correct " + strings.Join(e.Correct, ", ")
		}
		if e.ReturnTo != 0 {
			line += ", to come straight back"
		}
		return []string{line}
	case event.TaskDelegated:
		if e.Actor == nil && e.Owner == nil {
			return []string{fmt.Sprintf("%s%s is back and gets it from %s", at, s.name(e.Assignee), s.name(e.Former))}
		}
		if e.Actor == nil {
			return []string{fmt.Sprintf("%s%s stands in for %s", at, s.name(e.Assignee), s.name(e.Owner))}
		}
		return []string{fmt.Sprintf("%s%s gives it to %s%s%s", at, s.name(e.Actor), s.name(e.Assignee), s.behalf(e.Owner), reason(e))}
	case event.TaskQueued:
		return []string{fmt.Sprintf("%s%s waits", at, s.name(e.Assignee))}
	case event.TaskOpened:
		return []string{fmt.Sprintf("%s%s's turn", at, s.name(e.Assignee))}
	case event.TaskCancelled:
		if e.Assignee != nil {
			return []string{at + "the task of " + s.name(e.Assignee) + " is withdrawn"}
		}
		return []string{at + "the task is withdrawn"}
	case event.TaskUndone:
		return s.takenBack(at, e)
	case event.TaskCompleted:
		chosen := "submits it again"
		if engine.TaskKind(e.TaskKind).Opinion() {
			return []string{at + s.name(e.Actor) + " answers" + reason(e)}
		}
		if e.TaskKind != string(engine.FixTask) {
			n := s.run.Version.Node(e.Step)
			chosen = "chooses " + n.RejectLabel()
			if a := n.Arrow(e.Transition); a != nil {
				chosen = "chooses " + a.Label
			}
		}
		return []string{at + s.name(e.Actor) + s.behalf(e.OnBehalfOf) + " " + chosen + reason(e)}
	}
	return []string{"? " + string(e.Type)}
}

// takenBack tells which decision was not.
func (s *stage) takenBack(at string, e event.Event) []string {
	what := "the answer"
	n := s.run.Version.Node(e.Step)
	switch {
	case e.TaskKind == string(engine.FixTask):
		what = "that it was submitted again"
	case e.Kind == engine.SentBack:
		what = "that it was sent back"
	case e.Kind != engine.Answered && n.Arrow(e.Transition) != nil:
		what = n.Arrow(e.Transition).Label
	case e.Kind != engine.Answered:
		what = n.RejectLabel()
	}
	out := []string{at + s.name(e.Actor) + s.behalf(e.OnBehalfOf) + " takes back: " + what}
	if e.Away != nil {
		out = append(out, fmt.Sprintf("  the absence from %s to %s, too", e.Away.From, e.Away.Until))
	}
	return out
}

// asked tells who gets a new task.
func (s *stage) asked(at string, e event.Event) []string {
	line := at + s.name(e.Assignee) + " is asked"
	if e.Again != nil {
		line += " again"
	}
	if e.Pool != nil {
		line = at + "offered to " + s.members(e)
	}
	switch engine.TaskKind(e.TaskKind) {
	case engine.FixTask:
		line += " to correct it"
	case engine.ConsultTask:
		line = fmt.Sprintf("%s%s asks %s for an opinion%s", at, s.name(e.AddedBy), s.name(e.Assignee), reason(e))
	case engine.PrepareTask:
		line = fmt.Sprintf("%s%s lets %s prepare it%s", at, s.name(e.AddedBy), s.name(e.Assignee), reason(e))
	default:
		if e.AddedBy != nil && e.Again == nil {
			line = fmt.Sprintf("%s%s asks %s, too, %s himself%s", at, s.name(e.AddedBy), s.name(e.Assignee), e.To, reason(e))
		}
	}
	if e.Group != "" {
		line += " for " + e.Group
	}
	if e.Waits != nil {
		line += ", later"
	}
	if e.Pick == engine.PickAbsence {
		line += s.behalf(e.Owner)
	} else if e.Pick != "" {
		line += ", by " + strings.ReplaceAll(e.Pick, "_", " ")
	}
	if e.Warning != "" {
		return []string{line, "  warning: " + e.Warning}
	}
	return []string{line}
}

func (s *stage) members(e event.Event) string {
	var names []string
	for _, p := range e.Pool.Members {
		names = append(names, s.name(&p))
	}
	return sorted(names)
}

// status is where the run stands and who holds what.
func (s *stage) status() string {
	st := s.run.State
	line := "= " + string(st.Run.Status)
	if st.Run.Outcome != "" {
		line += ", " + st.Run.Outcome
	}
	for _, t := range st.OpenTasks() {
		who := "nobody yet"
		if t.Assignee != uuid.Nil {
			who = s.name(&t.Assignee)
		}
		if t.Warning != "" {
			who += " (with a warning)"
		}
		line += fmt.Sprintf("; %s: %s", s.label(t.Step), who)
	}
	for _, v := range st.Steps {
		for _, x := range v.Subs {
			if v.Status.Active() && x.Status == engine.SubRunning {
				line += fmt.Sprintf("; %s: waits for %s", s.label(v.Step), x.Workflow)
			}
		}
		if v.Status == engine.StepIncident {
			line += "; incident at " + s.label(v.Step)
		}
	}
	return line
}

// refusal is what a person reads whose command was refused.
func (s *stage) refusal(err error) (string, error) {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return "", err
	}
	out := fmt.Sprintf("refused (%s): %s", f.Code, f.Message)
	for _, x := range f.Fields {
		if x.Message == f.Message {
			out += fmt.Sprintf(" [%s]", x.Path)
		} else {
			out += fmt.Sprintf("\n  %s: %s", x.Path, x.Message)
		}
	}
	return out, nil
}

// show tells more of the run than its last events.
func (s *stage) show(what string) (string, error) {
	var out []string
	switch what {
	case "values":
		for _, f := range s.run.Version.Form.Fields() {
			if v, ok := s.run.State.Values[f.Name]; ok && v != nil {
				out = append(out, fmt.Sprintf("%s = %s", f.Name, s.value(v)))
			}
		}
	case "path":
		for _, v := range s.run.State.Steps {
			out = append(out, s.visit(v))
		}
	case "back":
		for _, t := range s.run.State.OpenTasks() {
			for _, b := range engine.BackTargets(s.run.Version, &s.run.State, t) {
				out = append(out, fmt.Sprintf("%s: %s, visit %d", b.To, s.label(b.Visit.Step), b.Visit.Seq))
			}
		}
	case "votes":
		for _, v := range s.run.State.Steps {
			if n := s.run.Version.Node(v.Step); v.Status == engine.StepWaiting && n.Type == workflow.TaskStep {
				t := engine.Count(n, &s.run.State, v.Seq)
				for _, g := range append(t.Groups, t.Added) {
					if g.Asked > 0 {
						out = append(out, fmt.Sprintf("%s %s: %d asked, %d needed, %d for, %d against", n.Label, g.Label, g.Asked, g.Need, g.For, g.Against))
					}
				}
			}
		}
	case "stakeholders":
		for _, x := range s.run.State.Stakeholders {
			out = append(out, fmt.Sprintf("%s, by %s", s.name(&x.Person), s.name(&x.AddedBy)))
		}
	case "run":
		r := s.run.State.Run
		out = append(out, fmt.Sprintf("%s %q: %s, round %d, %d visits, %d events", r.Number, s.names(r.Title), r.Status, r.Round, r.Visits, r.Seq))
	default:
		return "", fmt.Errorf("there is no %q to show", what)
	}
	return strings.Join(out, "\n"), nil
}

func (s *stage) visit(v engine.StepRun) string {
	label := s.label(v.Step)
	if v.Former != "" {
		label = v.Former + " (no step any more)"
	}
	line := fmt.Sprintf("%d. %s: %s", v.Seq, label, v.Status)
	if v.Transition != "" {
		line += " by " + v.Transition
	}
	if v.Detail != "" {
		line += " (with a detail)"
	}
	if v.Cause != 0 {
		line += fmt.Sprintf(", after %d", v.Cause)
	}
	if v.BackFrom != 0 {
		line += fmt.Sprintf(", back from %d", v.BackFrom)
	}
	return line + fmt.Sprintf(", round %d", v.Round)
}

func (s *stage) label(step string) string {
	if n := s.run.Version.Node(step); n != nil {
		return n.Label
	}
	return step
}

func (s *stage) name(id *uuid.UUID) string {
	if id == nil {
		return "nobody"
	}
	if p := s.org.Person(*id); p != nil {
		return p.Name
	}
	return "somebody unknown"
}

var anyID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// names puts the names of people in place of their ids.
func (s *stage) names(text string) string {
	return anyID.ReplaceAllStringFunc(text, func(id string) string {
		parsed := uuid.MustParse(id)
		return s.name(&parsed)
	})
}

func (s *stage) behalf(owner *uuid.UUID) string {
	if owner == nil {
		return ""
	}
	return " on behalf of " + s.name(owner)
}

func (s *stage) value(v any) string {
	if text, ok := v.(string); ok {
		return s.names(text)
	}
	if v == nil {
		return "empty"
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return s.names(string(b))
}

func reason(e event.Event) string {
	if e.Text == "" {
		return ""
	}
	return fmt.Sprintf(" (%q)", e.Text)
}

func sorted(names []string) string {
	slices.Sort(names)
	return strings.Join(names, ", ")
}
