package runs

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// Prepare asks for an empty request.
type Prepare struct {
	Workflow string    // id or key
	FromRun  string    // id or number of an older run to copy the values of
	Draft    uuid.UUID // a saved draft to go on with; Nil: the latest
	// Values are those being entered: the answer is about them and no draft. What
	// cannot be used yet counts as not entered.
	Values map[string]any
}

// Prepared is everything the page of a new request needs.
type Prepared struct {
	Workflow    WorkflowRef    `json:"workflow"`
	Description string         `json:"description,omitempty"`
	Version     int            `json:"version"`
	Form        form.View      `json:"form"`
	Values      map[string]any `json:"values"`
	Initiator   facts.Person   `json:"initiator"`
	People      []facts.Person `json:"people" doc:"Who is named in the values: fields hold their ids."`
	RuleContext RuleContext    `json:"rule_context"`
	Choices     []Choice       `json:"choices"`
	Next        []NextStep     `json:"next"`
	Draft       *DraftOf       `json:"draft,omitempty" doc:"The latest unsent draft of the actor, its values already filled in."`
}

// DraftOf is a draft that was found.
type DraftOf struct {
	RunID   uuid.UUID `json:"run_id"`
	Comment string    `json:"comment"`
	SavedAt time.Time `json:"saved_at"`
}

// Prepare returns the form of a new request, prefilled, with who is asked next.
func (s *Service) Prepare(ctx context.Context, a access.Actor, in Prepare) (Prepared, error) {
	st, draft, err := s.prepare(ctx, a, in)
	if err != nil {
		return Prepared{}, err
	}
	v, start := st.version, st.version.Start()
	st.state = engine.State{Run: engine.Run{Initiator: a.User, Status: engine.Draft, Round: 1}}
	input := st.input(start.ID, 0)
	values := v.Form.Defaults(input)
	st.state.Values = values
	if in.Values != nil {
		st.enter(start, 0, in.Values)
		values = st.state.Values
	} else if err := s.prefill(ctx, a, in, draft, st, values); err != nil {
		return Prepared{}, err
	}
	if fresh, err := v.Form.Recalculate(values, input); err == nil {
		values = fresh
	}
	st.state.Values = values
	input = st.input(start.ID, 0)
	modes, _ := v.Form.Modes(start.Fields, true, input)
	p := Prepared{
		Workflow: WorkflowRef{ID: st.row.WorkflowID, Key: st.row.Key, Name: st.row.Name, Icon: st.row.Icon, Group: st.row.Grp},
		Version:  int(st.row.VersionNo), Description: st.workflow.Description, Form: v.Form.View(modes), Values: v.Form.Show(modes, values, input),
		Initiator: st.personView(a.User), People: []facts.Person{}, Choices: []Choice{}, Next: []NextStep{},
	}
	p.RuleContext = st.ruleContext(a, start.ID, p.Form)
	if draft != nil {
		p.Draft = &DraftOf{RunID: draft.ID, Comment: draft.Comment, SavedAt: draft.ModifiedAt}
	}
	return p, s.ahead(ctx, a, st, input, &p)
}

// prepare loads the workflow, the starter and his latest draft in one round trip.
func (s *Service) prepare(ctx context.Context, a access.Actor, in Prepare) (*startable, *dbq.LatestDraftRow, error) {
	var st startable
	var draft dbq.LatestDraftRow
	wid, key := workflowRef(in.Workflow)
	b := db.NewBatch()
	found := db.One(b, &st.workflow, dbq.LoadStartable, wid, key)
	had := &db.Found{}
	switch {
	case in.Draft != uuid.Nil:
		had = db.One(b, &draft, dbq.LoadDraft, in.Draft, a.User)
	case in.FromRun == "" && in.Values == nil:
		had = db.One(b, &draft, dbq.LatestDraft, wid, key, a.User)
	}
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return nil, nil, err
	}
	err := s.admit(a, &st, found.OK, s.readOnly(ctx, a))
	if err == nil && in.Draft != uuid.Nil && (!had.OK || draft.WorkflowID != st.row.WorkflowID) {
		err = noDraft()
	}
	if !had.OK {
		return &st, nil, err
	}
	return &st, &draft, err
}

// prefill copies what the starter may edit from his draft or from an older run.
func (s *Service) prefill(ctx context.Context, a access.Actor, in Prepare, draft *dbq.LatestDraftRow, st *startable, values map[string]any) error {
	var from map[string]any
	switch {
	case in.FromRun != "":
		old, err := s.Get(ctx, a, in.FromRun)
		if err != nil {
			return err
		}
		if old.Workflow.ID != st.row.WorkflowID {
			return fault.At("from_run", "%s is a request of another workflow: its values do not fit.", old.Number)
		}
		from = old.Values
	case draft != nil:
		if err := json.Unmarshal(draft.Data, &from); err != nil {
			return err
		}
	}
	maps.Copy(values, st.writable(a, from))
	return nil
}

// ahead tells who is asked next, and whom the starter has to choose.
func (s *Service) ahead(ctx context.Context, a access.Actor, st *startable, in rule.Input, p *Prepared) error {
	arrow, err := engine.Pick(st.version.Start(), in)
	if err != nil {
		return nil //nolint:nilerr // what is not known yet is not shown; sending will say what is wrong
	}
	next := slices.DeleteFunc(engine.Ahead(arrow.Target, in, nil), func(n *workflow.Node) bool { return n.Type != workflow.TaskStep })
	if len(next) == 0 {
		return nil
	}
	var needs []engine.Need
	for _, n := range next {
		if n.Assign.Strategy == workflow.Chosen && n.Assign.Candidates != nil {
			needs = append(needs, candidateNeed(n, in))
		}
		if need, ok := st.nearest(n, a.User, st.state.Values); ok {
			needs = append(needs, need)
		}
	}
	for _, id := range st.named(st.state.Values) {
		needs = append(needs, engine.PersonNeed(id))
	}
	if err := s.ask(a, &st.loaded, needs, s.readOnly(ctx, a)); err != nil {
		return err
	}
	p.People = st.peopleIn(p.Values)
	p.Choices = st.choices(arrow.Target, in, 0)
	for _, n := range next {
		p.Next = append(p.Next, st.nextStep(n, a.User, st.state.Values))
	}
	return nil
}
