package workflow

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/handstamp/handstamp/internal/core/calendar"
	"github.com/handstamp/handstamp/internal/core/rule"
)

// Events are the event types a workflow may choose to notify about.
var Events = []string{
	"run.started", "run.completed", "run.cancelled", "run.incident", "run.recalled", "run.held", "run.resumed", "run.nudged", "run.migrated",
	"step.entered", "step.skipped", "task.created", "task.claimed", "task.released", "task.reassigned", "task.delegated",
	"task.opened", "task.completed", "task.voided", "task.undone", "task.sent_back", "comment.added", "stakeholder.added",
}

// What Calendar and Escalate of an SLA and Events of Notify may say.
const (
	CalendarWorking  = "working"
	CalendarCalendar = "calendar"
	EscalateManager  = "manager"
	NoneWord         = "none"
	AllWord          = "all"
)

// sla checks the limits of a step, or with n nil of the whole workflow.
func (b *builder) sla(at string, s *SLA, n *Node) {
	if s == nil {
		return
	}
	limit := b.span(at+".limit", s.Limit)
	soft, hard := b.span(at+".soft", s.Soft), b.span(at+".hard", s.Hard)
	if n != nil {
		const only = "Soft and hard limits are for the whole workflow. Use limit for a step."
		if s.Soft != "" {
			b.add(at+".soft", only)
		}
		if s.Hard != "" {
			b.add(at+".hard", only)
		}
	}
	if soft > 0 && hard > 0 && soft >= hard {
		b.add(at+".soft", "The soft limit %s is not shorter than the hard one, %s.", s.Soft, s.Hard)
	}
	if s.Calendar != "" && s.Calendar != CalendarWorking && s.Calendar != CalendarCalendar {
		b.add(at+".calendar", "%q is neither working nor calendar.", s.Calendar)
	}
	for i, r := range s.Remind {
		switch before := b.span(join(at+".remind", i), r); {
		case r == "":
			b.add(join(at+".remind", i), "Say how long before the limit, such as 4h.")
		case s.Limit == "":
			b.add(join(at+".remind", i), "A reminder comes before a limit. Set the limit.")
		case limit > 0 && before >= limit:
			b.add(join(at+".remind", i), "The reminder %s is not shorter than the limit, %s.", r, s.Limit)
		}
	}
	b.escalate(at+".escalate", s.Escalate, n)
}

// span parses a duration and returns its calendar length, 0 when it is empty or wrong.
func (b *builder) span(at, s string) time.Duration {
	if s == "" {
		return 0
	}
	d, err := calendar.ParseDuration(s)
	if err != nil {
		b.add(at, "%s.", sentence(err.Error()))
		return 0
	}
	return d.Approx()
}

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// escalate checks to whom a breach goes: manager, none, a transition of the step,
// or whomever a rule over people finds.
func (b *builder) escalate(at, to string, n *Node) {
	switch {
	case to == "" || to == EscalateManager || to == NoneWord:
	case n != nil && n.Arrow(to) != nil:
	case idText.MatchString(to) && n != nil:
		b.add(at, "%q is neither manager, none, a rule nor the id of a transition of this step.", to)
	case idText.MatchString(to):
		b.add(at, "%q is neither manager, none nor a rule.", to)
	default:
		b.rule(at, rule.CEL(to), people)
	}
}

// notify checks which events are told to whom.
func (b *builder) notify(at string, n *Notify) {
	if n == nil {
		return
	}
	switch e := n.Events.(type) {
	case nil:
	case string:
		if e != AllWord && e != NoneWord {
			b.add(at+".events", "%q is neither all, none nor a list of events.", e)
		}
	case []any:
		for i, x := range e {
			if s, ok := x.(string); !ok || !slices.Contains(Events, s) {
				b.add(join(at+".events", i), "There is no event %q. Use: %s.", x, strings.Join(Events, ", "))
			}
		}
	default:
		b.add(at+".events", "Use all, none or a list of events.")
	}
	for i, s := range n.Stakeholders {
		if strings.TrimSpace(s) == "" {
			b.add(join(at+".stakeholders", i), "Name a person by email or id.")
		}
		b.person(join(at+".stakeholders", i), s)
	}
}

func join(path string, i int) string { return path + "." + strconv.Itoa(i) }
