package directory

import (
	"context"
	"fmt"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/facts"
)

// PersonList are people who were found.
type PersonList struct {
	Items []facts.Person `json:"items"`
}

const (
	searchDefault = 10
	searchMax     = 50
)

// SearchPeople finds active people by the beginning of a name, last name or
// address, for every member of the organization. Without a text it returns the
// first by name.
func (s *Service) SearchPeople(ctx context.Context, a access.Actor, query string, limit int) (PersonList, error) {
	query, err := cleanQuery(query)
	if err != nil {
		return PersonList{}, err
	}
	if limit <= 0 {
		limit = searchDefault
	}
	w := &where{}
	w.and(`u.status = 'active'`)
	if query != "" {
		w.beginsWith(query)
	}
	var out PersonList
	b := db.NewBatch()
	db.Many(b, &out.Items, fmt.Sprintf(`SELECT %s FROM %s%s ORDER BY u.name_key, u.id LIMIT %d`,
		facts.PersonColumns, facts.PersonTables, w, min(limit, searchMax)), w.args...)
	return out, s.DB.Read(ctx, a.Org, b)
}
