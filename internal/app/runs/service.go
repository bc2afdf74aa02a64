// Package runs is everything people do to a run: start, complete, send back,
// claim, reassign, comment, and the lists and pages that show it. One verb is
// one file and one transaction: lock, load, decide, save.
package runs

import (
	"crypto/rand"
	"time"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/facts"
)

// Service carries what the verbs need.
type Service struct {
	DB *db.DB
	// Versions holds compiled definitions, which never change.
	Versions *facts.Versions
	// Directory remembers people while nothing changes about them.
	Directory *facts.Directory
	// Changed is told of every run that changed, after the commit; nil: nobody is.
	// It must not wait.
	Changed func(Hint)
	// Told is called after the commit when requests of an organization have something to
	// tell each other, which Relay carries out; nil: nobody is. It must not wait.
	Told   func(access.OrgID)
	places *places
	usuals *usuals
}

// New returns the verbs on a database.
func New(d *db.DB, v *facts.Versions) *Service {
	return &Service{DB: d, Versions: v, Directory: facts.NewDirectory(), places: newPlaces(), usuals: newUsuals()}
}

// Key makes a changing verb repeatable: the same key with the same request
// answers the same and changes nothing again. The zero Key asks for nothing.
type Key struct {
	Key  string
	Hash [32]byte // of the request body
}

// today is the civil date in a zone; an unknown zone counts as UTC.
func today(now time.Time, zone string) string {
	return now.In(zoneOf(zone)).Format(time.DateOnly)
}

// zoneOf is a time zone by its name, UTC where there is none of that name.
func zoneOf(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return loc
}

// salt returns 16 random bytes: hashes of personal values must not be guessable.
func salt() []byte {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return b
}
