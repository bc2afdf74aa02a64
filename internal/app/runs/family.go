package runs

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// RelatedRun is a run that started another one, or was started by it. Who sees one of
// the two sees that there is the other, and how it stands; what is in it only who may
// see that as well.
type RelatedRun struct {
	RunID        uuid.UUID     `json:"run_id"`
	Number       string        `json:"number" doc:"Empty while it was not started yet."`
	Title        string        `json:"title,omitempty" doc:"For those who may see it."`
	WorkflowKey  string        `json:"workflow_key"`
	WorkflowName string        `json:"workflow_name,omitempty"`
	Initiator    *facts.Person `json:"initiator,omitempty" doc:"For those who see the field that says so, or the request."`
	Status       string        `json:"status" enum:"wanted,running,held,completed,failed,cancelled" doc:"wanted: about to be started. failed: it could not be."`
	Outcome      string        `json:"outcome,omitempty"`
	OutcomeName  string        `json:"outcome_name,omitempty"`
	Detail       string        `json:"detail,omitempty" doc:"Why it could not be started."`
	StepSeq      int           `json:"step_seq,omitempty" doc:"The visit that started it."`
	StepName     string        `json:"step_name,omitempty"`
	Awaited      bool          `json:"awaited" doc:"The request goes on when it has ended, or enough like it."`
	StartedAt    *time.Time    `json:"started_at,omitempty"`
	EndedAt      *time.Time    `json:"ended_at,omitempty"`
	CanView      bool          `json:"can_view"`
}

// family is what stands around a run.
type family struct {
	parent *RelatedRun
	subs   []RelatedRun
}

// family looks up the run that started one, and those it started. Most have none, and
// cost nothing.
func (s *Service) family(ctx context.Context, a access.Actor, l *loaded) (family, error) {
	f := family{subs: []RelatedRun{}}
	ids, keys := l.relatives()
	if len(ids) == 0 {
		return f, nil
	}
	rows, names := map[uuid.UUID]dbq.ListRelatedRunsRow{}, map[string]string{}
	b := db.NewBatch()
	db.Each(b, func(r dbq.ListRelatedRunsRow) { rows[r.ID] = r }, dbq.ListRelatedRuns, a.User, ids)
	db.Each(b, func(w dbq.ListWorkflowNamesRow) { names[w.Key] = w.Name }, dbq.ListWorkflowNames, keys)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return f, err
	}
	if r, ok := rows[l.state.Run.Parent]; ok {
		x, err := s.related(ctx, a, r)
		if err != nil {
			return f, err
		}
		f.parent = &x
	}
	for _, v := range l.state.Steps {
		for _, sub := range v.Subs {
			x, err := s.subView(ctx, a, l, v, sub, rows)
			if err != nil {
				return f, err
			}
			x.WorkflowName = cmp.Or(x.WorkflowName, names[x.WorkflowKey])
			f.subs = append(f.subs, x)
		}
	}
	return f, s.meet(ctx, a, l, l.requesters())
}

// relatives are the run that started one and those it started, with the workflows of these.
func (l *loaded) relatives() (ids []uuid.UUID, keys []string) {
	if l.state.Run.Parent != uuid.Nil {
		ids = append(ids, l.state.Run.Parent)
	}
	for _, v := range l.state.Steps {
		for _, x := range v.Subs {
			ids, keys = append(ids, x.ID), append(keys, x.Workflow)
		}
	}
	return ids, keys
}

// requesters are in whose names a run started requests.
func (l *loaded) requesters() []uuid.UUID {
	var ids []uuid.UUID
	for _, v := range l.state.Steps {
		for _, sub := range v.Subs {
			ids = append(ids, sub.Initiator)
		}
	}
	return distinct(ids)
}

// subView shows a started run as its row has it, or as far as it came without one.
func (s *Service) subView(ctx context.Context, a access.Actor, l *loaded, v engine.StepRun, sub engine.Sub, rows map[uuid.UUID]dbq.ListRelatedRunsRow) (RelatedRun, error) {
	x := RelatedRun{RunID: sub.ID, WorkflowKey: sub.Workflow, Status: "wanted", Detail: sub.Detail}
	if r, ok := rows[sub.ID]; ok {
		var err error
		if x, err = s.related(ctx, a, r); err != nil {
			return x, err
		}
	} else if sub.Status == engine.SubRefused {
		x.Status = "failed"
	} else if sub.Status == engine.SubHalted {
		x.Status = "cancelled"
	}
	x.StepSeq, x.StepName = v.Seq, cmp.Or(v.Former, v.Step)
	if n := l.version.Node(v.Step); n != nil && v.Former == "" {
		x.StepName = n.Label
		x.Awaited = v.Status.Active() && sub.Status == engine.SubRunning && n.Sub != nil && n.Sub.Waits
		// What was never started has no number to tell it by.
		if x.Status == "failed" && x.Number == "" && n.Sub != nil && n.Sub.Each != "" {
			x.Detail = fmt.Sprintf("Row %d: %s", sub.Row+1, x.Detail)
		}
	}
	return x, nil
}

func (s *Service) related(ctx context.Context, a access.Actor, r dbq.ListRelatedRunsRow) (RelatedRun, error) {
	part := access.Standing{Part: access.Part(r.Part)}
	x := RelatedRun{
		RunID: r.ID, Number: number(r.Prefix, r.Number), WorkflowKey: r.Key, WorkflowName: r.Name, Status: r.Status, Outcome: r.Outcome,
		StartedAt: r.StartedAt, EndedAt: r.EndedAt, CanView: access.CheckView(a, part) == nil,
	}
	if x.CanView {
		x.Title = r.Title
	}
	if r.Outcome == "" {
		return x, nil
	}
	v, err := s.Versions.Get(r.VersionID, s.readOnly(ctx, a))
	if err != nil {
		return x, err
	}
	for _, n := range v.Nodes() {
		if n.Type == workflow.End && n.Outcome == r.Outcome {
			x.OutcomeName = n.Label
		}
	}
	x.OutcomeName = cmp.Or(x.OutcomeName, "Rejected")
	return x, nil
}

// show puts the family on the page, when the people in it are known.
func (f family) show(l *loaded, modes map[string]form.Mode, r *Run) {
	i := 0
	for _, v := range l.state.Steps {
		for _, sub := range v.Subs {
			if i < len(f.subs) && (f.subs[i].CanView || v.Former == "" && tellsRequester(l.version.Node(v.Step), modes)) {
				f.subs[i].Initiator = l.someone(&sub.Initiator)
			}
			i++
		}
	}
	r.Parent, r.Subs = f.parent, f.subs
	if r.Subs == nil {
		r.Subs = []RelatedRun{}
	}
}

// tellsRequester reports whether a reader learns in whose names a step starts requests:
// where a field says so that he does not see, he does not.
func tellsRequester(n *workflow.Node, modes map[string]form.Mode) bool {
	if n == nil || n.Sub == nil {
		return false
	}
	field := n.Sub.ByField
	if n.Sub.ByColumn != "" {
		field = n.Sub.Each
	}
	return field == "" || modes[field] != "" && modes[field] != form.Hidden
}
