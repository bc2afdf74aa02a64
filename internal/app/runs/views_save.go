package runs

import (
	"context"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// mostViews is how many views a person keeps.
const mostViews = 30

// View is a list of the inbox that somebody keeps under a name.
type View struct {
	ID     uuid.UUID `json:"id"`
	Name   string    `json:"name"`
	Search string    `json:"search" doc:"What stands in the address of the inbox behind the question mark."`
}

// SaveView names what the inbox shows at an address.
type SaveView struct {
	Name   string
	Search string
	Key    Key
}

// SaveView keeps a view under a name; another one of the same name gives way.
func (s *Service) SaveView(ctx context.Context, a access.Actor, in SaveView) (View, error) {
	out := View{Name: strings.TrimSpace(in.Name), Search: strings.TrimPrefix(in.Search, "?")}
	if out.Name == "" {
		return View{}, fault.At("name", "Give the view a name.")
	}
	if _, err := url.ParseQuery(out.Search); err != nil {
		return View{}, fault.At("search", "Pass what stands in the address behind the question mark.")
	}
	id, err := s.once(ctx, a, "views.save", in.Key, func(tx *db.Tx) (*db.Batch, uuid.UUID, error) {
		var id uuid.UUID
		var others int64
		b := db.NewBatch()
		db.One(b, &others, dbq.CountOtherViews, a.User, out.Name)
		db.One(b, &id, dbq.PutView, db.Args(dbq.PutViewParams{ID: db.NewID(), UserID: a.User, Name: out.Name, Search: out.Search})...)
		if err := tx.Send(b); err != nil {
			return nil, id, err
		}
		if others >= mostViews {
			return nil, id, fault.New(fault.Conflict, "You keep %d views already: remove one first.", mostViews)
		}
		return db.NewBatch(), id, nil
	})
	out.ID = id
	return out, err
}
