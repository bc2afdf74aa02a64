package runs

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// maxMoved is how many tasks one call moves; a repeat moves the next.
const maxMoved = 200

// Move hands everything somebody holds to somebody else.
type Move struct {
	From, To uuid.UUID
	Comment  string
	// Preview changes nothing and tells what would become of each.
	Preview bool
	Key     Key
}

// Moved is what became of one task, or would.
type Moved struct {
	TaskID   uuid.UUID `json:"task_id"`
	Number   string    `json:"number"`
	Title    string    `json:"title"`
	StepName string    `json:"step_name"`
	Done     bool      `json:"done" doc:"It was moved; in a preview: it would be."`
	Code     string    `json:"code,omitempty" doc:"Why not, as the code of a problem."`
	Reason   string    `json:"reason,omitempty" doc:"The same as a sentence."`
}

// MovedMany is the result per task, the oldest first.
type MovedMany struct {
	Items   []Moved `json:"items"`
	Done    int     `json:"done"`
	Skipped int     `json:"skipped"`
	More    bool    `json:"more" doc:"There are more than 200: ask again."`
}

// Move hands the open tasks of a person to another, each in a transaction of its
// own and under the rules of handing on: who is no candidate of a step, or barred
// from it, does not get it, and the list says so. It needs the right to hand on
// any task.
func (s *Service) Move(ctx context.Context, a access.Actor, in Move) (MovedMany, error) {
	if in.From == in.To {
		return MovedMany{}, fault.At("to_user_id", "Choose somebody else than the one who holds the tasks.")
	}
	var rows []dbq.ListHeldTasksRow
	b := db.NewBatch()
	db.Many(b, &rows, dbq.ListHeldTasks, in.From, int32(maxMoved+1))
	known := map[uuid.UUID]facts.Person{}
	facts.People(b, []uuid.UUID{in.From, in.To}, known)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return MovedMany{}, err
	}
	if _, there := known[in.From]; !there {
		return MovedMany{}, fault.At("from_user_id", "There is no such person in your organization: choose one.")
	}
	if known[in.To].Status != "active" {
		return MovedMany{}, fault.At("to_user_id", "This is no active person of your organization: choose one.")
	}
	out := MovedMany{Items: []Moved{}, More: len(rows) > maxMoved}
	for _, r := range rows[:min(len(rows), maxMoved)] {
		x := Moved{TaskID: r.ID, Number: number(r.Prefix, r.Number), Title: r.Title, StepName: r.Step}
		err := s.moveOne(ctx, a, in, &x)
		refusal, ok := errors.AsType[*fault.Error](err)
		switch {
		case err == nil:
			x.Done = true
			out.Done++
		case ok:
			x.Code, x.Reason = string(refusal.Code), refusal.Message
			out.Skipped++
		default:
			return out, err
		}
		out.Items = append(out.Items, x)
	}
	return out, nil
}

// errPreview rolls back what was only tried.
var errPreview = errors.New("runs: only a preview")

func (s *Service) moveOne(ctx context.Context, a access.Actor, in Move, x *Moved) error {
	gate := func(l *loaded) error {
		if n := l.version.Node(stepOf(l, x.TaskID)); n != nil {
			x.StepName = n.Label
		}
		return access.CheckReassign(a, l.task(a, x.TaskID))
	}
	c := engine.Reassign{Task: x.TaskID, To: in.To, Comment: in.Comment, Any: true}
	if !in.Preview {
		_, err := s.change(ctx, a, target{task: x.TaskID}, "tasks.move", in.Key.of(x.TaskID, in.To.String(), in.Comment), gate, func(*db.Tx, *loaded) (engine.Command, error) { return c, nil })
		return err
	}
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error {
		l, err := s.load(tx, a, target{task: x.TaskID})
		if err != nil {
			return err
		}
		if err := gate(l); err != nil {
			return err
		}
		if _, err := s.decide(tx, a, l, c); err != nil {
			return err
		}
		return errPreview
	})
	if errors.Is(err, errPreview) {
		return nil
	}
	return err
}

func stepOf(l *loaded, task uuid.UUID) string {
	if t := l.state.Task(task); t != nil {
		return t.Step
	}
	return ""
}
