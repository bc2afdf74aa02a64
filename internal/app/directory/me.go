package directory

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// Me is the person who is signed in.
type Me struct {
	User        MyUser   `json:"user"`
	Org         MyOrg    `json:"org"`
	Permissions []string `json:"permissions"`
}

// MyUser is the actor as he may see himself.
type MyUser struct {
	facts.Person
	Manager    *facts.Person  `json:"manager,omitempty"`
	Roles      []string       `json:"roles"`
	Attributes map[string]any `json:"attributes"`
}

// MyOrg is the organization somebody is signed in to.
type MyOrg struct {
	ID   uuid.UUID `json:"id"`
	Slug string    `json:"slug"`
	Name string    `json:"name"`
	Zone string    `json:"zone" doc:"IANA name of its time zone."`
}

// GetMe returns the actor and his organization.
func (s *Service) GetMe(ctx context.Context, a access.Actor) (Me, error) {
	var u User
	out := Me{Permissions: make([]string, len(a.Permissions))}
	b := db.NewBatch()
	found := db.One(b, &u, `SELECT `+userColumns+` FROM `+facts.PersonTables+` WHERE u.id = $1`, a.User)
	db.One(b, &out.Org, dbq.GetOrg)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return Me{}, err
	}
	if !found.OK {
		return Me{}, expired()
	}
	out.User = MyUser{Person: u.Person, Manager: u.Manager, Roles: u.Roles, Attributes: u.Attributes}
	for i, p := range a.Permissions {
		out.Permissions[i] = string(p)
	}
	return out, nil
}
