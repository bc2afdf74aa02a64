package runs

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// maxMigrated is how many requests one call moves; the next call moves the next.
const maxMigrated = 200

// Migrate moves requests under way to another version of their workflow.
type Migrate struct {
	Workflow string            // id or key
	From     []int             // versions; none: every other one
	To       int               // a version; 0: the published one
	Runs     []uuid.UUID       // none: all of them
	Steps    map[string]string // which step takes the place of one, by their ids
	Reask    bool              // ask anew where other people are asked now
	Comment  string
	Cursor   string
	// Preview changes nothing and tells what would become of each.
	Preview bool
	Key     Key
}

// Migrated is what became of one request, or would.
type Migrated struct {
	RunID       uuid.UUID `json:"run_id"`
	Number      string    `json:"number"`
	Title       string    `json:"title"`
	FromVersion int       `json:"from_version"`
	StepNames   []string  `json:"step_names" doc:"Where it stands."`
	Done        bool      `json:"done" doc:"It was moved; in a preview: it would be."`
	What        string    `json:"what,omitempty" doc:"What became of it, or would, as a sentence."`
	Code        string    `json:"code,omitempty" doc:"Why not, as the code of a problem."`
	Reason      string    `json:"reason,omitempty" doc:"The same as a sentence."`
}

// MigratedMany is the result per request, the oldest first.
type MigratedMany struct {
	ToVersion  int        `json:"to_version"`
	Items      []Migrated `json:"items"`
	Done       int        `json:"done"`
	Skipped    int        `json:"skipped"`
	More       bool       `json:"more" doc:"There are more than 200: go on with next_cursor."`
	NextCursor string     `json:"next_cursor,omitempty"`
}

// Migrate moves requests to another version of their workflow, each in a transaction of
// its own: what would lose anything by it stays where it is, and the list says why. It
// needs the right to move requests, and to see all of them.
func (s *Service) Migrate(ctx context.Context, a access.Actor, in Migrate) (MigratedMany, error) {
	if err := mayMigrate(a); err != nil {
		return MigratedMany{}, err
	}
	after, err := cursor(in.Cursor)
	if err != nil {
		return MigratedMany{}, err
	}
	to, version, err := s.versionOf(ctx, a, in.Workflow, in.To)
	if err != nil {
		return MigratedMany{}, err
	}
	for was, now := range in.Steps {
		if version.Node(now) == nil {
			return MigratedMany{}, fault.At("steps."+was, "There is no step %q in version %d.", now, to.No)
		}
	}
	rows, err := s.toMigrate(ctx, a, in, to, after)
	if err != nil {
		return MigratedMany{}, err
	}
	out := MigratedMany{ToVersion: int(to.No), Items: []Migrated{}, More: len(rows) > maxMigrated}
	for _, r := range rows[:min(len(rows), maxMigrated)] {
		x := Migrated{RunID: r.ID, Number: number(r.Prefix, r.Number), Title: r.Title, FromVersion: int(r.No), StepNames: []string{}}
		err := s.migrateOne(ctx, a, in, engine.Migrate{
			To: event.Version{ID: *to.ID, No: int(to.No)}, Version: version, Steps: in.Steps, Reask: in.Reask, Comment: in.Comment,
		}, &x)
		refusal, ok := errors.AsType[*fault.Error](err)
		switch {
		case err == nil:
			x.Done = true
			out.Done++
		case ok && len(refusal.Fields) > 0: // what was asked is wrong, whatever the request
			return out, err
		case ok:
			x.Code, x.Reason = string(refusal.Code), refusal.Message
			out.Skipped++
		default:
			return out, err
		}
		out.Items = append(out.Items, x)
	}
	out.notFound(in.Runs)
	if out.More {
		out.NextCursor = rows[maxMigrated-1].ID.String()
	}
	return out, nil
}

// notFound answers for those that were named and are not there to be moved: another
// organization's as those that do not exist.
func (m *MigratedMany) notFound(named []uuid.UUID) {
	for _, id := range named {
		if !slices.ContainsFunc(m.Items, func(x Migrated) bool { return x.RunID == id }) {
			m.Items = append(m.Items, Migrated{
				RunID: id, StepNames: []string{}, Code: string(fault.NotFound), Reason: "No such request of this workflow is under way by another version.",
			})
			m.Skipped++
		}
	}
}

// mayMigrate: who moves requests reads their numbers and titles, all of them.
func mayMigrate(a access.Actor) error {
	if !a.Has(access.RunViewAll) && !a.Has(access.RunOperate) {
		return fault.New(fault.Forbidden, "Moving requests to another version needs the right to see all of them, too.")
	}
	return nil
}

// versionOf is a version of a workflow by its number, the published one for 0.
func (s *Service) versionOf(ctx context.Context, a access.Actor, ref string, no int) (dbq.LoadVersionRow, *workflow.Version, error) {
	var row dbq.LoadVersionRow
	id, key := &uuid.UUID{}, (*string)(nil)
	if parsed, err := uuid.Parse(ref); err == nil {
		*id = parsed
	} else {
		id, key = nil, &ref
	}
	b := db.NewBatch()
	found := db.One(b, &row, dbq.LoadVersion, int32(no), id, key)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return row, nil, err
	}
	switch {
	case !found.OK:
		return row, nil, fault.New(fault.NotFound, "There is no workflow %q.", ref)
	case row.ID == nil && no == 0:
		return row, nil, fault.New(fault.Conflict, "This workflow was never published: there is no version to move requests to.")
	case row.ID == nil:
		return row, nil, fault.At("to_version", "This workflow has no version %d.", no)
	}
	v, err := s.Versions.Get(*row.ID, s.readOnly(ctx, a))
	return row, v, err
}

func (s *Service) toMigrate(ctx context.Context, a access.Actor, in Migrate, to dbq.LoadVersionRow, after *uuid.UUID) ([]dbq.ListToMigrateRow, error) {
	p := dbq.ListToMigrateParams{WorkflowID: to.WorkflowID, VersionID: *to.ID, After: after, MaxRows: maxMigrated + 1, RunIds: in.Runs}
	for _, no := range in.From {
		p.FromNos = append(p.FromNos, int32(no))
	}
	var rows []dbq.ListToMigrateRow
	b := db.NewBatch()
	db.Many(b, &rows, dbq.ListToMigrate, db.Args(p)...)
	err := s.DB.Read(ctx, a.Org, b)
	return rows, err
}

func (s *Service) migrateOne(ctx context.Context, a access.Actor, in Migrate, c engine.Migrate, x *Migrated) error {
	var before engine.State
	var was *workflow.Version
	gate := func(l *loaded) error { return access.CheckMigrate(a, l.standing) }
	command := func(l *loaded) (engine.Command, error) {
		before, was = l.state, l.version
		c.From = event.Version{ID: l.row.VersionID, No: int(l.row.VersionNo)}
		x.FromVersion, x.StepNames = c.From.No, standsAt(l)
		return c, nil
	}
	if in.Preview {
		return s.tryMigrate(ctx, a, gate, command, x)
	}
	steps, err := json.Marshal(in.Steps)
	if err != nil {
		return err
	}
	key := in.Key.of(x.RunID, c.To.ID.String(), string(steps), c.Comment)
	l, err := s.change(ctx, a, target{run: x.RunID}, "runs.migrate", key, gate,
		func(_ *db.Tx, l *loaded) (engine.Command, error) { return command(l) })
	if err != nil || was == nil {
		return err
	}
	if err := s.meet(ctx, a, l, heldBy(l.state)); err != nil {
		return err
	}
	x.What = l.became(was, before)
	return nil
}

// tryMigrate decides and takes everything back.
func (s *Service) tryMigrate(ctx context.Context, a access.Actor, gate func(*loaded) error, command func(*loaded) (engine.Command, error), x *Migrated) error {
	err := s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error {
		l, err := s.load(tx, a, target{run: x.RunID})
		if err != nil {
			return err
		}
		if err := gate(l); err != nil {
			return err
		}
		c, err := command(l)
		if err != nil {
			return err
		}
		m := c.(engine.Migrate)
		if m.Comment == "" { // it is asked for when it is done
			m.Comment = "preview"
		}
		d, err := s.decide(tx, a, l, m)
		if err != nil {
			return err
		}
		was, before := l.version, l.state
		l.version, l.state = m.Version, d.State
		var needs []engine.Need
		for _, id := range heldBy(l.state) {
			needs = append(needs, engine.PersonNeed(id))
		}
		if err := s.ask(a, l, needs, tx.Send); err != nil {
			return err
		}
		x.What = l.became(was, before)
		return errPreview
	})
	if errors.Is(err, errPreview) {
		return nil
	}
	return err
}

// standsAt names the steps where a request is.
func standsAt(l *loaded) []string {
	out := []string{}
	for _, v := range l.state.Steps {
		n := l.version.Node(v.Step)
		if v.Status.Active() && n != nil && !slices.Contains(out, n.Label) {
			out = append(out, n.Label)
		}
	}
	return out
}

// heldBy is who has the open tasks of a request.
func heldBy(s engine.State) []uuid.UUID {
	var out []uuid.UUID
	for _, t := range s.OpenTasks() {
		if t.Assignee != uuid.Nil {
			out = append(out, t.Assignee)
		}
	}
	return out
}
