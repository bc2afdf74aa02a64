package directory

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// Page asks for a part of a list.
type Page struct {
	Cursor string // of the page before; empty: the first
	Limit  int    // 0: 50; at most 100
}

const (
	defaultLimit = 50
	maxLimit     = 100
)

func (p Page) limit() int {
	if p.Limit <= 0 {
		return defaultLimit
	}
	return min(p.Limit, maxLimit)
}

// place is where a page of people ends.
type place struct {
	Name string    `json:"n"`
	ID   uuid.UUID `json:"i"`
}

func (p place) cursor() string {
	b, err := json.Marshal(p)
	if err != nil {
		panic(err) // a text and an id
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func parseCursor(text string) (p place, err error) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(b, &p)
	}
	if err != nil || strings.ContainsRune(p.Name, 0) {
		return place{}, fault.At("cursor", "This is not a cursor of this list. Leave it out for the first page.")
	}
	return p, nil
}

// where collects conditions. Each ? stands for the next argument; values never
// enter the text.
type where struct {
	conditions []string
	args       []any
}

func (w *where) and(condition string, args ...any) {
	var sql strings.Builder
	next := 0
	for _, r := range condition {
		if r != '?' {
			sql.WriteRune(r)
			continue
		}
		w.args = append(w.args, args[next])
		next++
		fmt.Fprintf(&sql, "$%d", len(w.args))
	}
	w.conditions = append(w.conditions, sql.String())
}

func (w *where) String() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conditions, " AND ")
}

// beginsWith finds people whose name, last name or address begins with a text,
// by three indexes. Nothing comes after the largest code point.
func (w *where) beginsWith(query string) {
	const end = "\U0010FFFF"
	w.and(`u.id IN (
		SELECT x.id FROM users x WHERE x.name_key >= lower(?) AND x.name_key < lower(?) || ?
		UNION ALL
		SELECT x.id FROM users x WHERE x.surname_key >= lower(?) AND x.surname_key < lower(?) || ?
		UNION ALL
		SELECT x.id FROM users x WHERE x.email COLLATE "C" >= lower(?) AND x.email COLLATE "C" < lower(?) || ?)`,
		query, query, end, query, query, end, query, query, end)
}

// cleanQuery is a search text without the blanks around it.
func cleanQuery(text string) (string, error) {
	text = strings.TrimSpace(text)
	if len(text) > 200 || !isText(text) {
		return "", fault.At("query", "Search for at most 200 characters of plain text.")
	}
	return text, nil
}
