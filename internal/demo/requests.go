package demo

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// values are what somebody fills in. A text that begins with @ is the person
// with that address, one that begins with + or - a day so many working days
// from today.
type values = map[string]any

// request is one request and what became of it.
type request struct {
	workflow string // key
	by       string // local part of the address
	values   values
	note     string
	acts     []act
	// at is the step it stands at afterwards, or the outcome it ended with.
	at string
}

// act is what one person does with the open task.
type act struct {
	by   string
	does string // a transition's id, or one of the verbs below
	// values he fills in, words he writes, person he chooses for what comes next.
	values values
	words  string
	chosen string
}

// Verbs beside the transitions.
const (
	doSendBack = "(send back)"
	doComment  = "(comment)"
	doReassign = "(reassign)"
	doCancel   = "(cancel)"
	doClaim    = "(claim)"
	doConsult  = "(consult)"
)

// play sends every request and acts on it. The keys of all calls follow from
// their place in the list, so playing again changes nothing.
func (o Org) play(ctx context.Context, s *runs.Service, people cast) error {
	var failed []error
	for i, r := range o.requests {
		p := player{service: s, people: people, prefix: fmt.Sprintf("demo-%d", i+1), today: time.Now()}
		if err := p.play(ctx, r); err != nil {
			failed = append(failed, fmt.Errorf("request %d (%s of %s): %w", i+1, r.workflow, r.by, err))
		}
	}
	return errors.Join(failed...)
}

// player carries one request through.
type player struct {
	service *runs.Service
	people  cast
	prefix  string
	step    int
	today   time.Time
}

// key names the next call.
func (p *player) key() runs.Key {
	p.step++
	name := fmt.Sprintf("%s-%d", p.prefix, p.step)
	return runs.Key{Key: name, Hash: sha256.Sum256([]byte(name))}
}

func (p *player) play(ctx context.Context, r request) error {
	who, ok := p.people[r.by]
	if !ok {
		return fault.New(fault.NotFound, "there is nobody called %s", r.by)
	}
	run, err := p.service.Start(ctx, who, runs.Start{Workflow: r.workflow, Values: p.filled(r.values), Comment: r.note, Key: p.key()})
	if err != nil {
		return err
	}
	for _, a := range r.acts {
		who, ok := p.people[a.by]
		if !ok {
			return fault.New(fault.NotFound, "there is nobody called %s", a.by)
		}
		if err := p.act(ctx, run.ID, who, a); err != nil {
			return fmt.Errorf("%s %s: %w", a.by, a.does, err)
		}
	}
	return nil
}

func (p *player) act(ctx context.Context, run uuid.UUID, who access.Actor, a act) error {
	key := p.key()
	switch a.does {
	case doComment:
		_, err := p.service.AddComment(ctx, who, run, a.words, key)
		return err
	case doCancel:
		_, err := p.service.Cancel(ctx, who, run, a.words, key)
		return err
	}
	task, done, err := p.task(ctx, run, who)
	if err != nil || done {
		return err
	}
	switch a.does {
	case doClaim: // finding the task took it
	case doConsult:
		_, err = p.service.Consult(ctx, who, runs.Consult{Task: task, To: p.people[a.chosen].User, Comment: a.words, Key: key})
	case doSendBack:
		_, err = p.service.SendBack(ctx, who, runs.SendBack{Task: task, To: engine.ToInitiator, Comment: a.words, Key: key})
	case doReassign:
		_, err = p.service.Reassign(ctx, who, runs.Reassign{Task: task, To: p.people[a.chosen].User, Comment: a.words, Key: key})
	default:
		_, err = p.service.Complete(ctx, who, runs.Complete{
			Task: task, Transition: a.does, Values: p.filled(a.values), Comment: a.words,
			Assignees: engine.Choices{Only: p.people[a.chosen].User}, Key: key,
		})
	}
	return err
}

// task finds the open task somebody is to act on, and takes it when it is
// offered to several. When he has none there any more, an earlier run of the
// demo has done this act already.
func (p *player) task(ctx context.Context, run uuid.UUID, who access.Actor) (id uuid.UUID, done bool, err error) {
	r, err := p.service.Get(ctx, who, run.String())
	if err != nil {
		return uuid.Nil, false, err
	}
	for _, t := range r.Tasks {
		if t.Mine {
			return t.ID, false, nil
		}
		if t.Claimable {
			_, err := p.service.Claim(ctx, who, t.ID, runs.Key{})
			return t.ID, false, err
		}
	}
	return uuid.Nil, true, nil
}

// filled replaces people and days.
func (p *player) filled(in any) values {
	out, _ := p.fill(in).(values)
	return out
}

func (p *player) fill(v any) any {
	switch v := v.(type) {
	case values:
		out := values{}
		for name, x := range v {
			out[name] = p.fill(x)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = p.fill(x)
		}
		return out
	case string:
		return p.word(v)
	case int:
		return float64(v)
	}
	return v
}

func (p *player) word(text string) any {
	var n int
	switch {
	case strings.HasPrefix(text, "@"):
		return p.people[text[1:]].User.String()
	case len(text) > 1 && strings.ContainsRune("+-", rune(text[0])):
		if _, err := fmt.Sscanf(text, "%d", &n); err == nil {
			return workingDay(p.today, n).Format(time.DateOnly)
		}
	}
	return text
}

// workingDay is n Mondays to Fridays from a day; with 0 the day itself or the
// Monday after it.
func workingDay(day time.Time, n int) time.Time {
	step := 1
	if n < 0 {
		step = -1
	}
	for free(day) {
		day = day.AddDate(0, 0, step)
	}
	for ; n != 0; n -= step {
		day = day.AddDate(0, 0, step)
		for free(day) {
			day = day.AddDate(0, 0, step)
		}
	}
	return day
}

func free(day time.Time) bool {
	return day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
}

func local(email string) string {
	name, _, _ := strings.Cut(email, "@")
	return name
}
