package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// InUse tells by which versions of a workflow requests are under way, and what stands
// between them and another one.
type InUse struct {
	ToVersion int            `json:"to_version" doc:"The version that is asked about: the published one unless another was named."`
	Versions  []VersionInUse `json:"versions" doc:"The other versions by which requests are under way, the oldest first."`
	Missing   []MissingStep  `json:"missing" doc:"Steps where such requests are and that the version does not have, or has as something else."`
	Steps     []StepChoice   `json:"steps" doc:"The steps of the version, to take their place."`
}

// VersionInUse is a version by which requests are under way.
type VersionInUse struct {
	No   int   `json:"no"`
	Runs int64 `json:"runs"`
}

// MissingStep is a step that has to be mapped to another one.
type MissingStep struct {
	StepID string `json:"step_id"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	Runs   int64  `json:"runs" doc:"How many requests are there."`
}

// StepChoice is a step that can take the place of another one of its type.
type StepChoice struct {
	StepID string `json:"step_id"`
	Name   string `json:"name"`
	Type   string `json:"type"`
}

// VersionsInUse tells by which versions of a workflow requests are under way. A fork in
// whose branches some are is a step they are at.
func (s *Service) VersionsInUse(ctx context.Context, a access.Actor, ref string, no int) (InUse, error) {
	if err := mayMigrate(a); err != nil {
		return InUse{}, err
	}
	to, version, err := s.versionOf(ctx, a, ref, no)
	if err != nil {
		return InUse{}, err
	}
	out := InUse{ToVersion: int(to.No), Versions: []VersionInUse{}, Missing: []MissingStep{}, Steps: []StepChoice{}}
	for _, n := range version.Nodes() {
		out.Steps = append(out.Steps, StepChoice{n.ID, n.Label, string(n.Type)})
	}
	var rows []dbq.CountByVersionRow
	b := db.NewBatch()
	db.Many(b, &rows, dbq.CountByVersion, to.WorkflowID)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return InUse{}, err
	}
	for _, r := range rows {
		if r.ID == *to.ID {
			continue
		}
		out.Versions = append(out.Versions, VersionInUse{int(r.No), r.Runs})
		if err := s.missing(ctx, a, to.WorkflowID, r.ID, version, &out); err != nil {
			return InUse{}, err
		}
	}
	return out, nil
}

// missing adds the steps where requests of one version are and that another lacks.
func (s *Service) missing(ctx context.Context, a access.Actor, of, from uuid.UUID, to *workflow.Version, out *InUse) error {
	old, err := s.Versions.Get(from, s.readOnly(ctx, a))
	if err != nil {
		return err
	}
	var rows []dbq.ListStepsInUseRow
	b := db.NewBatch()
	db.Many(b, &rows, dbq.ListStepsInUse, of, from)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return err
	}
	at := map[string]int64{}
	for _, r := range rows {
		at[r.Step] += r.Runs
		n := old.Node(r.Step)
		for n != nil && n.Within != nil {
			n = n.Within
			at[n.ID] += r.Runs
		}
	}
	for _, n := range old.Nodes() {
		if now := to.Node(n.ID); at[n.ID] == 0 || n.Type == workflow.Start || now != nil && now.Type == n.Type {
			continue
		}
		out.lack(MissingStep{n.ID, n.Label, string(n.Type), at[n.ID]})
	}
	return nil
}

// lack adds a step, once for several versions that have it.
func (u *InUse) lack(x MissingStep) {
	for i, y := range u.Missing {
		if y.StepID == x.StepID {
			u.Missing[i].Runs += x.Runs
			return
		}
	}
	u.Missing = append(u.Missing, x)
}
