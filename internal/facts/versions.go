package facts

import (
	"encoding/json"
	"fmt"
	"sync"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// maxVersions bounds the compiled definitions kept in memory. One takes tens
// of kilobytes; beyond the bound all are dropped, which is rare and cheap.
const maxVersions = 4096

// Versions keeps compiled definitions. A published version never changes, so
// its id, which is unique over all organizations, is the whole key; it is only
// reached through a run or workflow that the caller may see.
type Versions struct {
	mu   sync.RWMutex
	byID map[uuid.UUID]*workflow.Version
}

// NewVersions returns an empty cache.
func NewVersions() *Versions { return &Versions{byID: map[uuid.UUID]*workflow.Version{}} }

// Get returns a compiled version. send runs a batch inside the organization the
// version belongs to; it is called only when the version is not known yet.
func (c *Versions) Get(id uuid.UUID, send func(*db.Batch) error) (*workflow.Version, error) {
	c.mu.RLock()
	v := c.byID[id]
	c.mu.RUnlock()
	if v != nil {
		return v, nil
	}
	v, err := compile(id, send)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.byID) >= maxVersions {
		clear(c.byID)
	}
	c.byID[id] = v
	return v, nil
}

func compile(id uuid.UUID, send func(*db.Batch) error) (*workflow.Version, error) {
	var text json.RawMessage
	schema := rule.Schema{}
	b := db.NewBatch()
	found := db.One(b, &text, dbq.LoadDocument, id)
	UserSchema(b, schema)
	if err := send(b); err != nil {
		return nil, err
	}
	if !found.OK {
		return nil, fault.New(fault.NotFound, "There is no such version.")
	}
	var doc workflow.Document
	if err := json.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("facts: document of version %s: %w", id, err)
	}
	v, problems := workflow.Compile(doc, workflow.Org{User: schema})
	if len(problems) > 0 {
		return nil, fmt.Errorf("facts: version %s was published with problems: %v", id, problems)
	}
	return v, nil
}
