package directory

import (
	"encoding/json"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// entry is one line of the audit log.
type entry struct {
	actor   uuid.UUID // Nil: nobody who is known
	action  string    // the operation's name
	refused bool
	object  uuid.UUID
	client  Client
	detail  map[string]any
}

// Client is the other end of a request, as far as it matters here.
type Client struct {
	// Address is the network address, without port; empty when unknown.
	Address   string
	UserAgent string
}

// record queues a line of the audit log.
func record(b *db.Batch, e entry) error {
	detail, err := json.Marshal(e.detail)
	if err != nil {
		return err
	}
	if e.detail == nil {
		detail = []byte(`{}`)
	}
	outcome := "done"
	if e.refused {
		outcome = "refused"
	}
	b.Exec(dbq.InsertAudit, db.NewID(), orNull(e.actor), e.action, outcome, orNull(e.object), e.client.Address, e.client.UserAgent, json.RawMessage(detail))
	return nil
}

// by is an entry about something the actor did.
func by(a access.Actor, action string, object uuid.UUID, detail map[string]any) entry {
	return entry{actor: a.User, action: action, object: object, detail: detail}
}

func orNull(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
