// Package catalog is design time: drafts, validation, publishing, versions, the
// library, import and export of workflows. One verb is one file and one
// transaction: lock, load, check, write.
package catalog

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// Service carries what the verbs need.
type Service struct {
	DB *db.DB
	// Versions holds compiled definitions, which never change.
	Versions *facts.Versions
}

// New returns the verbs on a database.
func New(d *db.DB, v *facts.Versions) *Service { return &Service{DB: d, Versions: v} }

// Key makes a changing verb repeatable: the same key with the same request
// answers the same and changes nothing again. The zero Key asks for nothing.
type Key struct {
	Key  string
	Hash [32]byte // of the request body
}

// ref splits "id or key" into the two.
func ref(text string) (*uuid.UUID, *string) {
	if id, err := uuid.Parse(text); err == nil {
		return &id, nil
	}
	return nil, &text
}

// reader is how pages read: each batch in a transaction of its own.
func (s *Service) reader(ctx context.Context, a access.Actor) func(*db.Batch) error {
	return func(b *db.Batch) error { return s.DB.Read(ctx, a.Org, b) }
}

// replayed looks up an earlier call with the same key; the answer stands in out
// after the trip.
func replayed(b *db.Batch, a access.Actor, route string, key Key, out *dbq.LoadOutcomeRow) *db.Found {
	if key.Key == "" {
		return &db.Found{}
	}
	return db.One(b, out, dbq.LoadOutcome, a.User, route, key.Key)
}

// keep stores which workflow a verb changed, for repeats of the same key. seq is
// the revision it answered with.
func keep(b *db.Batch, a access.Actor, route string, key Key, workflow uuid.UUID, seq int) {
	if key.Key != "" {
		b.Exec(dbq.InsertOutcome, db.Args(dbq.InsertOutcomeParams{
			UserID: a.User, Route: route, Key: key.Key, Hash: key.Hash[:], RunID: &workflow, Seq: int64(seq),
		})...)
	}
}

// sameRequest refuses a key that was used for something else.
func sameRequest(hash []byte, key Key) error {
	if string(hash) != string(key.Hash[:]) {
		return fault.New(fault.Invalid, "This Idempotency-Key was used for another request: make a new one.")
	}
	return nil
}

// record queues a line of the audit log.
func record(b *db.Batch, a access.Actor, action string, workflow uuid.UUID, detail map[string]any) error {
	text, err := json.Marshal(detail)
	if err != nil {
		return err
	}
	b.Exec(dbq.InsertAudit, db.Args(dbq.InsertAuditParams{
		ID: db.NewID(), ActorID: &a.User, Action: action, Outcome: "done", ObjectID: &workflow, Detail: text,
	})...)
	return nil
}

// told turns violated constraints into what people can do about them.
func told(err error) error {
	switch {
	case db.IsUnique(err, "idempotency_pkey"):
		return fault.New(fault.Conflict, "The same request is being carried out at this moment: ask again shortly.")
	case db.IsUnique(err, "workflows_key"):
		return fault.New(fault.Conflict, "Another workflow was given this key a moment ago. Choose another key.").With("key", "Choose another key.")
	case db.IsUnique(err, "workflows_prefix"):
		return fault.New(fault.Conflict, "Another workflow was published with this prefix a moment ago. Choose another prefix.").With("prefix", "Choose another prefix.")
	}
	return err
}
