package runs

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
)

// CompleteMany decides several tasks alike.
type CompleteMany struct {
	Tasks   []uuid.UUID
	Kind    string // approve or reject
	Comment string
	Key     Key
}

// Decided is what became of one of several tasks.
type Decided struct {
	TaskID    uuid.UUID  `json:"task_id"`
	Done      bool       `json:"done"`
	Number    string     `json:"number,omitempty" doc:"Of the request, where it was decided."`
	UndoUntil *time.Time `json:"undo_until,omitempty" doc:"Until then it may be taken back by tasks.undo, while nobody acts."`
	Code      string     `json:"code,omitempty" doc:"Why it was not decided, as the code of a problem."`
	Reason    string     `json:"reason,omitempty" doc:"The same as a sentence."`
}

// DecidedMany is the result per task, in the order they were given.
type DecidedMany struct {
	Items   []Decided `json:"items"`
	Done    int       `json:"done"`
	Skipped int       `json:"skipped"`
}

// CompleteMany approves or rejects tasks of the actor with one comment, each in a
// transaction of its own under a key of its own, derived from the one given. What
// needs more than a comment is skipped and says so; nothing of it has changed.
func (s *Service) CompleteMany(ctx context.Context, a access.Actor, in CompleteMany) (DecidedMany, error) {
	out := DecidedMany{Items: make([]Decided, 0, len(in.Tasks))}
	seen := map[uuid.UUID]bool{}
	for _, task := range in.Tasks {
		if seen[task] {
			continue
		}
		seen[task] = true
		done, err := s.completeOne(ctx, a, task, in)
		if err != nil {
			return out, err
		}
		if done.Done {
			out.Done++
		} else {
			out.Skipped++
		}
		out.Items = append(out.Items, done)
	}
	return out, nil
}

// completeOne decides one of several. An outage ends the whole; a repeat with the
// same key goes on where it stopped.
func (s *Service) completeOne(ctx context.Context, a access.Actor, task uuid.UUID, in CompleteMany) (Decided, error) {
	l, err := s.change(ctx, a, target{task: task}, "tasks.complete_many", in.Key.of(task, in.Kind, in.Comment),
		func(l *loaded) error { return access.CheckHold(a, l.task(a, task)) },
		func(_ *db.Tx, l *loaded) (engine.Command, error) { return l.plainly(a, task, in) })
	if err == nil {
		return Decided{TaskID: task, Done: true, Number: l.state.Run.Number, UndoUntil: s.undoUntil(ctx, a, l, task)}, nil
	}
	refusal, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return Decided{}, err
	}
	return Decided{TaskID: task, Code: string(refusal.Code), Reason: reasonOf(refusal)}, nil
}

// plainly is the command that decides a task by the one way of that kind that asks
// for nothing but a comment.
func (l *loaded) plainly(a access.Actor, task uuid.UUID, in CompleteMany) (engine.Command, error) {
	t := l.state.Task(task)
	if t == nil || t.Status != engine.TaskOpen {
		return engine.Complete{Task: task, Comment: in.Comment}, nil // the engine says who was faster
	}
	if t.Kind.Opinion() {
		return nil, fault.New(fault.Conflict, "You are asked for help here, the decision is somebody else's: open it to answer.")
	}
	var ways []Transition
	view := l.taskView(a, *t)
	for _, w := range view.Transitions {
		allowed := view.Can.Complete && (!w.Builtin || w.Kind != string(workflow.Reject) || view.Can.Reject)
		if w.Kind == in.Kind && allowed {
			ways = append(ways, w)
		}
	}
	if len(ways) != 1 {
		return nil, unclear(in.Kind, len(ways))
	}
	if choices := ways[0].Choices; len(choices) > 0 {
		return nil, fault.New(fault.Invalid, "Open it to choose who does %s.", choices[0].StepName)
	}
	return engine.Complete{Task: task, Transition: ways[0].ID, Comment: in.Comment}, nil
}

func unclear(kind string, ways int) error {
	if ways == 0 {
		return fault.New(fault.Conflict, "There is no way to %s it here.", kind)
	}
	return fault.New(fault.Invalid, "Open it: there are several ways to %s it.", kind)
}

// reasonOf says what is missing without its place in a form that nobody looks at.
func reasonOf(e *fault.Error) string {
	missing := slices.ContainsFunc(e.Fields, func(f fault.Field) bool { return f.Path != "comment" && f.Path != "transition" })
	switch {
	case missing:
		return "Open it: a field has to be filled in first."
	case len(e.Fields) > 0:
		return e.Fields[0].Message
	}
	return e.Message
}

// of is the key under which one of several tasks is worked on, with what is done to
// it. It means the same whichever other tasks come with it.
func (k Key) of(task uuid.UUID, what ...string) Key {
	if k.Key == "" {
		return Key{}
	}
	return Key{Key: k.Key + "/" + task.String(), Hash: sha256.Sum256([]byte(strings.Join(what, "\n")))}
}
