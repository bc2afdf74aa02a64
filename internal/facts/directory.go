package facts

import (
	"sync"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/db"
)

// maxKnown bounds the people in remembered answers, over all organizations. One
// takes about two kilobytes; beyond the bound all are dropped, which is rare and
// costs one round trip each.
const maxKnown = 50_000

// Directory remembers what is known of people, so that a decision need not ask
// again who somebody's manager is. What it tells is never stale: each answer is
// kept under the number of changes of its organization's directory at which it
// was asked for (orgs.directory_rev), and holds for that number alone. The number
// comes with the run, read under its lock.
type Directory struct {
	mu    sync.RWMutex
	orgs  map[access.OrgID]*known
	count int
}

// known is what one organization's people were at one revision.
type known struct {
	revision int64
	answers  map[string]engine.Answer
	size     int // people in them
}

// NewDirectory returns an empty memory.
func NewDirectory() *Directory { return &Directory{orgs: map[access.OrgID]*known{}} }

// Asked says in whose name and for which run questions are asked.
type Asked struct {
	Org      access.OrgID
	Revision int64     // of the directory, read before anything that is asked now
	Workflow uuid.UUID // whose turns are meant by needs with Turn
}

// Answer lets f know the answers to the needs: those that are remembered at once,
// the others with one batch given to send.
func (d *Directory) Answer(at Asked, needs []engine.Need, f *engine.Facts, send func(*db.Batch) error) error {
	missing := d.recall(at, needs, f)
	if len(missing) == 0 {
		return nil
	}
	b := db.NewBatch()
	learn, err := Answer(b, missing, at.Workflow, f)
	if err != nil {
		return err
	}
	if err := send(b); err != nil {
		return err
	}
	learn()
	d.keep(at, missing, f)
	return nil
}

// recall answers what is remembered and returns the rest.
func (d *Directory) recall(at Asked, needs []engine.Need, f *engine.Facts) (missing []engine.Need) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	k := d.orgs[at.Org]
	asked := map[string]bool{}
	for _, n := range needs {
		if f.Knows(n) || asked[n.Key()] {
			continue
		}
		asked[n.Key()] = true
		if k != nil && k.revision == at.Revision && lasting(n) {
			if a, ok := k.answers[n.Key()]; ok {
				f.Learn(n, a)
				continue
			}
		}
		missing = append(missing, n)
	}
	return missing
}

// keep remembers answers. They were read after the revision was, so they are as
// new as it or newer; nobody will ask for an older one once a newer is visible.
func (d *Directory) keep(at Asked, needs []engine.Need, f *engine.Facts) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k := d.orgs[at.Org]
	if k != nil && k.revision > at.Revision { // a reader that was slow
		return
	}
	if k == nil || k.revision < at.Revision {
		if k != nil {
			d.count -= k.size
		}
		k = &known{revision: at.Revision, answers: map[string]engine.Answer{}}
		d.orgs[at.Org] = k
	}
	for _, n := range needs {
		if !lasting(n) {
			continue
		}
		a := f.Answers[n.Key()]
		size := len(a.People) - len(k.answers[n.Key()].People)
		k.answers[n.Key()] = a
		k.size += size
		d.count += size
	}
	if d.count > maxKnown {
		clear(d.orgs)
		d.count = 0
	}
}

// lasting reports whether only a change of the directory can change the answer:
// not how much somebody has to do, whose turn it is, or a rule over a request's
// values, of which there are too many to keep.
func lasting(n engine.Need) bool {
	if n.Load || n.Turn {
		return false
	}
	switch n.Kind {
	case engine.NeedPerson, engine.NeedNamed, engine.NeedManagers, engine.NeedHead, engine.NeedRole, engine.NeedHolder, engine.NeedOperators,
		engine.NeedAbsences:
		return true
	case engine.NeedCandidates, engine.NeedMember, engine.NeedResult:
		return false
	}
	return false
}
