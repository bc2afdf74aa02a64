package runs

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// maxActs bounds what one simulation plays.
const maxActs = 100

// Simulate is a definition to be tried out: who starts it with what, and what
// people do then. It is played from the beginning each time.
type Simulate struct {
	Document  json.RawMessage
	Starter   uuid.UUID
	Started   bool // the request is sent; else it is only being entered
	Values    map[string]any
	Comment   string
	Assignees engine.Choices
	Acts      []SimulatedAct
	// As is through whose eyes the result is shown; Nil: whoever has something to
	// do, else the starter.
	As uuid.UUID
}

// SimulatedAct is what one person does with his task in a step. A task that is
// offered to him is taken first.
type SimulatedAct struct {
	By         uuid.UUID
	Step       string
	Transition string // of Complete; "" with SendBackTo
	SendBackTo string
	Values     map[string]any
	Comment    string
	Assignees  engine.Choices
}

// Simulation is what became of it.
type Simulation struct {
	Prepared *Prepared        `json:"prepared,omitempty" doc:"The form to be sent, while it is not."`
	As       facts.Person     `json:"as" doc:"Through whose eyes the request is shown."`
	Run      *Run             `json:"run,omitempty" doc:"The request as that person sees it. Absent before it is sent, and where he may not see it."`
	History  []Entry          `json:"history"`
	Asked    []SimulatedAsked `json:"asked" doc:"Who has to act now."`
	Refused  *Refused         `json:"refused,omitempty" doc:"What the product would have refused. What came before is shown."`
	Reached  Reached          `json:"reached"`
}

// SimulatedAsked is an open task with everybody who can act on it.
type SimulatedAsked struct {
	StepID   string         `json:"step_id"`
	StepName string         `json:"step_name"`
	Offered  bool           `json:"offered" doc:"Any of them may take it."`
	People   []facts.Person `json:"people" doc:"Fifty at most."`
	Hint     string         `json:"candidates_hint,omitempty"`
}

// Refused tells what could not be done, and why.
type Refused struct {
	Act    int           `json:"act" doc:"Of the acts, counted from 0; -1: the start."`
	Code   fault.Code    `json:"code"`
	Detail string        `json:"detail"`
	Errors []fault.Field `json:"errors,omitempty"`
}

// Reached is what of the definition was passed.
type Reached struct {
	Steps       []string `json:"steps" doc:"Ids of the steps."`
	Transitions []string `json:"transitions" doc:"step.transition"`
}

// Simulate plays a definition with the verbs that people use, as any people of
// the organization, and takes everything back: nothing is kept, nobody is told.
// It returns forbidden to whoever may not design workflows, and invalid when the
// definition has problems. Requests that a step would start are not started.
func (s *Service) Simulate(ctx context.Context, a access.Actor, in Simulate) (Simulation, error) {
	if err := access.CheckCreateWorkflow(a); err != nil {
		return Simulation{}, err
	}
	if len(in.Acts) > maxActs {
		return Simulation{}, fault.At("acts", "At most %d acts can be played.", maxActs)
	}
	if in.Starter == uuid.Nil {
		return Simulation{}, fault.New(fault.NotFound, "Say who starts it.")
	}
	doc, ps := workflow.ParseJSON(in.Document)
	if len(ps) > 0 {
		return Simulation{}, unplayable(ps)
	}
	var out Simulation
	err := s.DB.Rehearse(ctx, a.Org, func(d *db.DB) (err error) {
		// Nothing that is remembered here may outlive the rehearsal.
		play := New(d, facts.NewVersions())
		id, err := play.stage(ctx, a, doc)
		if err != nil {
			return err
		}
		if err := play.there(ctx, a.Org, in.people()); err != nil {
			return err
		}
		out, err = play.simulate(ctx, a.Org, id.String(), in)
		out.rename(doc.Key)
		return err
	})
	return out, err
}

// people are all who are named.
func (in Simulate) people() []uuid.UUID {
	ids := append([]uuid.UUID{in.Starter, in.As}, in.Assignees.People()...)
	for _, act := range in.Acts {
		ids = append(append(ids, act.By), act.Assignees.People()...)
	}
	return ids
}

// there refuses people who are not of the organization, before anything is played.
func (s *Service) there(ctx context.Context, org access.OrgID, ids []uuid.UUID) error {
	var n int
	ids = distinct(ids)
	b := db.NewBatch()
	db.One(b, &n, `SELECT count(*)::int FROM users WHERE id = ANY ($1) AND status = 'active'`, ids)
	if err := s.DB.Read(ctx, org, b); err != nil {
		return err
	}
	if n != len(ids) {
		return fault.New(fault.NotFound, "One of these people is not active in your organization.")
	}
	return nil
}

// rename gives what is shown the key that the workflow will have.
func (out *Simulation) rename(key string) {
	if out.Prepared != nil {
		out.Prepared.Workflow.Key = key
	}
	if out.Run != nil {
		out.Run.Workflow.Key, out.Run.Number = key, key+"-1"
	}
}

func unplayable(ps fault.Problems) error {
	e := fault.New(fault.Invalid, "This definition cannot be tried yet: mend its problems first.")
	for _, p := range ps[:min(len(ps), 20)] {
		path := p.Path
		if path == "" {
			path = "document"
		}
		e.Fields = append(e.Fields, fault.Field{Path: path, Message: p.Message})
	}
	return e
}

// stage publishes the definition under a key that nobody has, so that no row
// of a real workflow is touched or waited for.
func (s *Service) stage(ctx context.Context, a access.Actor, doc workflow.Document) (uuid.UUID, error) {
	id, version := db.NewID(), db.NewID()
	key := "TRY" + strings.ToUpper(rand.Text()[:10])
	org := workflow.Org{User: rule.Schema{}}
	b := db.NewBatch()
	facts.UserSchema(b, org.User)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return id, err
	}
	v, ps := workflow.Compile(doc, org)
	if len(ps) > 0 {
		return id, unplayable(ps)
	}
	text, err := doc.JSON()
	if err != nil {
		return id, err
	}
	visible := ""
	if v.VisibleTo != nil {
		visible = v.VisibleTo.Source()
	}
	no := int32(1)
	b = db.NewBatch()
	b.Exec(dbq.InsertWorkflow, db.Args(dbq.InsertWorkflowParams{
		ID: id, Key: key, Name: doc.Name, Description: doc.Description, Icon: doc.Icon, Grp: doc.Group, Prefix: key, OwnerID: a.User,
	})...)
	b.Exec(dbq.InsertVersion, db.Args(dbq.InsertVersionParams{
		ID: version, WorkflowID: id, No: no, Document: json.RawMessage(text), Hash: doc.Hash(), UserID: &a.User,
	})...)
	b.Exec(dbq.PublishVersion, db.Args(dbq.PublishVersionParams{
		VersionID: &version, No: &no, Key: key, Name: doc.Name, Description: doc.Description, Icon: doc.Icon, Grp: doc.Group,
		Prefix: key, VisibleTo: visible, UserID: &a.User, ID: id,
	})...)
	return id, s.DB.InOrg(ctx, a.Org, func(tx *db.Tx) error { return tx.Commit(b) })
}

// simulate plays the start and the acts, as far as they are allowed.
func (s *Service) simulate(ctx context.Context, org access.OrgID, id string, in Simulate) (Simulation, error) {
	out := Simulation{History: []Entry{}, Asked: []SimulatedAsked{}, Reached: Reached{Steps: []string{}, Transitions: []string{}}}
	starter, err := s.anybody(ctx, org, in.Starter)
	if err != nil {
		return out, err
	}
	if !in.Started {
		return out, s.before(ctx, starter, id, in, &out)
	}
	run, err := s.Start(ctx, starter, Start{Workflow: id, Values: in.Values, Comment: in.Comment, Assignees: in.Assignees})
	if out.Refused, err = refused(-1, err); err != nil {
		return out, err
	}
	if out.Refused != nil {
		return out, s.before(ctx, starter, id, in, &out)
	}
	for i, act := range in.Acts {
		err := s.play(ctx, org, run.ID, act)
		if out.Refused, err = refused(i, err); err != nil {
			return out, err
		}
		if out.Refused != nil {
			break
		}
	}
	return out, s.look(ctx, starter, run.ID, in.As, &out)
}

// before shows the form that is to be sent.
func (s *Service) before(ctx context.Context, starter access.Actor, id string, in Simulate, out *Simulation) error {
	p, err := s.Prepare(ctx, starter, Prepare{Workflow: id, Values: in.Values})
	if out.Refused == nil {
		if out.Refused, err = refused(-1, err); out.Refused != nil {
			return s.whose(ctx, starter, out)
		}
	}
	if err != nil {
		// It was refused to send it, and now to show it: the first says enough.
		if r, rest := refused(-1, err); r == nil {
			return rest
		}
		return s.whose(ctx, starter, out)
	}
	out.Prepared, out.As = &p, p.Initiator
	return nil
}

// whose names the person of the result where nothing else does.
func (s *Service) whose(ctx context.Context, a access.Actor, out *Simulation) error {
	known := map[uuid.UUID]facts.Person{}
	b := db.NewBatch()
	facts.People(b, []uuid.UUID{a.User}, known)
	err := s.DB.Read(ctx, a.Org, b)
	out.As = known[a.User]
	return err
}

// refused tells a refusal from a failure of the product.
func refused(act int, err error) (*Refused, error) {
	if err == nil {
		return nil, nil
	}
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Code == fault.Internal || f.Code == fault.Unavailable {
		return nil, err
	}
	return &Refused{Act: act, Code: f.Code, Detail: f.Message, Errors: f.Fields}, nil
}

// play carries out one act.
func (s *Service) play(ctx context.Context, org access.OrgID, run uuid.UUID, act SimulatedAct) error {
	by, err := s.anybody(ctx, org, act.By)
	if err != nil {
		return err
	}
	seen, err := s.Get(ctx, by, run.String())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(seen.Tasks, func(t OpenTask) bool { return t.StepID == act.Step && (t.Mine || t.Claimable) })
	if i < 0 {
		return fault.New(fault.Conflict, "This person has nothing to do in this step.")
	}
	task := seen.Tasks[i]
	if !task.Mine {
		if _, err := s.Claim(ctx, by, task.ID, Key{}); err != nil {
			return err
		}
	}
	if act.SendBackTo != "" {
		_, err = s.SendBack(ctx, by, SendBack{Task: task.ID, To: act.SendBackTo, Comment: act.Comment})
		return err
	}
	_, err = s.Complete(ctx, by, Complete{
		Task: task.ID, Transition: act.Transition, Values: act.Values, Comment: act.Comment, Assignees: act.Assignees,
	})
	return err
}
