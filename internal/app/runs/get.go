package runs

import (
	"context"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Get returns a run by its id or its number, as the actor may see it. It returns
// not_found when he may not.
func (s *Service) Get(ctx context.Context, a access.Actor, ref string) (Run, error) {
	run, err := s.runID(ctx, a, ref)
	if err != nil {
		return Run{}, err
	}
	revisions := []dbq.ListRevisionsRow{}
	l, err := s.read(ctx, a, target{run: run}, readRevisions(run, &revisions))
	if err != nil {
		return Run{}, err
	}
	return s.view(ctx, a, l, revisions)
}

// runID finds a run by id or by number (LEAVE-42).
func (s *Service) runID(ctx context.Context, a access.Actor, ref string) (uuid.UUID, error) {
	if id, err := uuid.Parse(ref); err == nil {
		return id, nil
	}
	gone := fault.New(fault.NotFound, "There is no such request, or you may not see it.")
	i := strings.LastIndexByte(ref, '-')
	if i < 1 {
		return uuid.Nil, gone
	}
	n, err := strconv.ParseInt(ref[i+1:], 10, 64)
	if err != nil || n < 1 {
		return uuid.Nil, gone
	}
	var id uuid.UUID
	b := db.NewBatch()
	found := db.One(b, &id, dbq.RunByNumber, strings.ToUpper(ref[:i]), &n)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return uuid.Nil, err
	}
	if !found.OK {
		return uuid.Nil, gone
	}
	return id, nil
}
