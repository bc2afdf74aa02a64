package runs

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// Counts are the numbers beside the menu.
type Counts struct {
	OpenTasks int64 `json:"open_tasks"`
	Claimable int64 `json:"claimable" doc:"Tasks offered to several, which he may claim; 1000 at most are counted."`
	Drafts    int64 `json:"drafts"`
	Reports   int64 `json:"reports" doc:"How many active people report to him."`
}

const (
	// mostOffered bounds how many offers are counted.
	mostOffered = 1000
	// mostLoaded bounds how many runs are loaded for the rules that mention them.
	mostLoaded = 200
)

// Count returns what waits for the actor, for the badges of the navigation.
func (s *Service) Count(ctx context.Context, a access.Actor) (Counts, error) {
	var c dbq.CountMineRow
	var groups []dbq.GroupOfferedRow
	var v facts.Viewer
	b := db.NewBatch()
	db.One(b, &c, dbq.CountMine, a.User)
	db.Many(b, &groups, dbq.GroupOffered, a.User, int32(mostOffered))
	facts.QueueViewer(b, a.User, &v)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return Counts{}, err
	}
	out := Counts{OpenTasks: c.OpenTasks, Drafts: c.Drafts, Reports: c.Reports}
	var offers []offer
	for _, g := range groups {
		for i := range g.Tasks {
			offers = append(offers, offer{version: g.VersionID, step: g.Step, run: g.Runs[i], task: g.Tasks[i]})
		}
	}
	still, err := s.stillOffered(ctx, a, v, offers)
	out.Claimable = int64(len(still))
	return out, err
}

// offer is a task as it was offered.
type offer struct {
	version   uuid.UUID
	step      string
	run, task uuid.UUID
}

// stillOffered returns those of the offers whose rule still matches the reader,
// as his reading of each run would find. Most rules speak of him alone and cost
// nothing; where one mentions the run, the run is loaded.
func (s *Service) stillOffered(ctx context.Context, a access.Actor, v facts.Viewer, offers []offer) (map[uuid.UUID]bool, error) {
	still := map[uuid.UUID]bool{}
	type place struct {
		version uuid.UUID
		step    string
	}
	judged := map[place]bool{}
	var runs []uuid.UUID
	for _, o := range offers {
		version, err := s.version(ctx, a, o.version)
		if err != nil {
			return nil, err
		}
		n := version.Node(o.step)
		if mentions(offerRule(n), ofTheRun...) {
			runs = append(runs, o.run)
			continue
		}
		at := place{o.version, o.step}
		ok, known := judged[at]
		if !known {
			ok = matches(n, v.User, readerInput(version, o.step, v))
			judged[at] = ok
		}
		if ok {
			still[o.task] = true
		}
	}
	return still, s.offeredIn(ctx, a, runs, still)
}

// offeredIn loads runs, without those that come twice, and notes which of their
// tasks are offered.
func (s *Service) offeredIn(ctx context.Context, a access.Actor, runs []uuid.UUID, still map[uuid.UUID]bool) error {
	seen := map[uuid.UUID]bool{}
	var trips []*trip
	b := db.NewBatch()
	for _, id := range runs {
		if seen[id] || len(trips) == mostLoaded {
			continue
		}
		seen[id] = true
		t := &trip{}
		t.queue(b, a, id, false)
		trips = append(trips, t)
	}
	if len(trips) == 0 {
		return nil
	}
	send := s.readOnly(ctx, a)
	if err := send(b); err != nil {
		return err
	}
	for _, t := range trips {
		if !t.found.OK {
			continue
		}
		l, err := s.assemble(a, target{}, t, send)
		if err != nil {
			return err
		}
		for _, id := range l.offered {
			still[id] = true
		}
	}
	return nil
}
