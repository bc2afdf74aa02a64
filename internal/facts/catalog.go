package facts

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Viewer is somebody in front of the workflows, as visibility rules see him.
type Viewer struct {
	User, Org map[string]any
	Now       time.Time
	Today     string // in the organization's zone
}

// QueueViewer queues reading everything visibility rules may ask about a person.
func QueueViewer(b *db.Batch, user uuid.UUID, v *Viewer) {
	Attributes(b, user, &v.User)
	db.Each(b, func(o dbq.OrgClockRow) {
		zone, err := time.LoadLocation(o.Zone)
		if err != nil {
			zone = time.UTC
		}
		v.Org = map[string]any{"slug": o.Slug, "name": o.Name, "zone": o.Zone}
		v.Now, v.Today = o.Now, o.Now.In(zone).Format(time.DateOnly)
	}, dbq.OrgClock)
}

// Sees reports whether a published version is visible to the viewer. A rule
// that fails does not match.
func (v *Viewer) Sees(version *workflow.Version) bool {
	if version == nil {
		return false
	}
	if version.VisibleTo == nil {
		return true
	}
	ok, err := version.VisibleTo.Bool(rule.Input{User: v.User, Org: v.Org, Params: version.Params, Now: v.Now, Today: v.Today})
	return err == nil && ok
}

// Warm compiles the versions that are not known yet, in one round trip for all
// of them; none is made when all are known. It returns the versions by id. One
// that does not compile any more is left out: a list must not fail for it.
func (c *Versions) Warm(ids []uuid.UUID, send func(*db.Batch) error) (map[uuid.UUID]*workflow.Version, error) {
	known := make(map[uuid.UUID]*workflow.Version, len(ids))
	missing := c.known(ids, known)
	if len(missing) == 0 {
		return known, nil
	}
	var rows []dbq.LoadDocumentsRow
	schema := rule.Schema{}
	b := db.NewBatch()
	db.Many(b, &rows, dbq.LoadDocuments, missing)
	UserSchema(b, schema)
	if err := send(b); err != nil {
		return nil, err
	}
	for _, r := range rows {
		var doc workflow.Document
		if err := json.Unmarshal(r.Document, &doc); err != nil {
			continue
		}
		if v, problems := workflow.Compile(doc, workflow.Org{User: schema}); len(problems) == 0 {
			known[r.ID] = v
			c.put(r.ID, v)
		}
	}
	return known, nil
}

// known fills in the versions in memory and returns the ids of the others.
func (c *Versions) known(ids []uuid.UUID, into map[uuid.UUID]*workflow.Version) (missing []uuid.UUID) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, id := range ids {
		if v := c.byID[id]; v != nil {
			into[id] = v
		} else {
			missing = append(missing, id)
		}
	}
	return missing
}

func (c *Versions) put(id uuid.UUID, v *workflow.Version) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.byID) >= maxVersions {
		clear(c.byID)
	}
	c.byID[id] = v
}
