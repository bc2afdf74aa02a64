package directory

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/facts"
)

// UserFilter narrows a list of people. Empty members do not.
type UserFilter struct {
	Query      string // the beginning of a name, last name or address
	Department string // key or id
	Status     string // active or disabled
	Role       string // key or id
	Page       Page
}

// UserList is a page of people by name.
type UserList struct {
	Items      []User `json:"items"`
	NextCursor string `json:"next_cursor,omitempty"`
}

// ListUsers returns people by name, to those who manage them.
func (s *Service) ListUsers(ctx context.Context, a access.Actor, f UserFilter) (UserList, error) {
	if err := require(a, access.UserManage); err != nil {
		return UserList{}, err
	}
	w, err := f.where()
	if err != nil {
		return UserList{}, err
	}
	limit := f.Page.limit()
	var rows []listedUser
	b := db.NewBatch()
	db.Many(b, &rows, fmt.Sprintf(`SELECT %s, u.name_key FROM %s%s ORDER BY u.name_key, u.id LIMIT %d`,
		userColumns, facts.PersonTables, w, limit+1), w.args...)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return UserList{}, err
	}
	out := UserList{Items: []User{}}
	for i, r := range rows {
		if i == limit {
			last := rows[limit-1]
			out.NextCursor = place{last.NameKey, last.ID}.cursor()
			break
		}
		r.Can = forUser(a, r.User)
		out.Items = append(out.Items, r.User)
	}
	return out, nil
}

// listedUser is a User and what orders the list.
type listedUser struct {
	User
	NameKey string
}

func (f UserFilter) where() (*where, error) {
	w := &where{}
	query, err := cleanQuery(f.Query)
	if err != nil {
		return nil, err
	}
	if query != "" {
		w.beginsWith(query)
	}
	if !isText(f.Department) || !isText(f.Role) {
		return nil, fault.At("filter", "Name a department or role by its key or id.")
	}
	if f.Department != "" {
		if id, err := uuid.Parse(f.Department); err == nil {
			w.and(`u.department_id = ?`, id)
		} else {
			w.and(`d.key = ?`, f.Department)
		}
	}
	if f.Role != "" {
		if id, err := uuid.Parse(f.Role); err == nil {
			w.and(`u.id IN (SELECT m.user_id FROM role_members m WHERE m.role_id = ?)`, id)
		} else {
			w.and(`u.id IN (SELECT m.user_id FROM role_members m WHERE m.role = ?)`, f.Role)
		}
	}
	switch f.Status {
	case "":
	case "active", "disabled":
		w.and(`u.status = ?`, f.Status)
	default:
		return nil, fault.At("status", "The status is active or disabled.")
	}
	if f.Page.Cursor != "" {
		after, err := parseCursor(f.Page.Cursor)
		if err != nil {
			return nil, err
		}
		w.and(`(u.name_key, u.id) > (?, ?)`, after.Name, after.ID)
	}
	return w, nil
}
