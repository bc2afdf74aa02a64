package catalog

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// List asks for a page of workflows.
type List struct {
	Group  string // only of this group; "" all
	Query  string // words that key, name, description or group contain
	Cursor string
	Limit  int
}

// WorkflowGroup is a tab of the landing page.
type WorkflowGroup struct {
	Key   string `json:"key"`
	Name  string `json:"name" doc:"The name of the department with this key, else the key."`
	Count int    `json:"count" doc:"How many of its workflows the caller sees and the query matches."`
}

// WorkflowList is a page of workflows.
type WorkflowList struct {
	Items      []WorkflowSummary `json:"items"`
	Groups     []WorkflowGroup   `json:"groups" doc:"The group of the caller's department first."`
	AtHand     []WorkflowSummary `json:"at_hand" doc:"The caller's favourites by name, then what he started lately, whatever group and query are. At most 12, on the first page alone."`
	NextCursor string            `json:"next_cursor,omitempty"`
}

// List returns the workflows the actor may see: those published whose rule
// matches him, for designers all. Those of his department come first, then by
// group and name. An organization has at most some hundreds of workflows and
// counts per group need all of them, so pages are cut here.
func (s *Service) List(ctx context.Context, a access.Actor, in List) (WorkflowList, error) {
	after, err := readCursor(in.Cursor)
	if err != nil {
		return WorkflowList{}, err
	}
	var rows []dbq.ListWorkflowsRow
	var x around
	names := map[string]string{}
	b := db.NewBatch()
	db.Many(b, &rows, dbq.ListWorkflows, (*uuid.UUID)(nil), (*string)(nil))
	db.Each(b, func(d dbq.ListOrgDepartmentsRow) { names[d.Key] = d.Name }, dbq.ListOrgDepartments)
	x.queue(b, a)
	send := s.reader(ctx, a)
	if err := send(b); err != nil {
		return WorkflowList{}, err
	}
	standings, err := s.standings(a, rows, &x, send)
	if err != nil {
		return WorkflowList{}, err
	}
	var all, seen []WorkflowSummary
	for i, r := range rows {
		w := summarize(a, r, standings[i], &x)
		if w.Can.View {
			all = append(all, w)
		}
		if w.Can.View && matches(w, in.Query) {
			seen = append(seen, w)
		}
	}
	own, _ := x.viewer.User["department"].(string)
	out := WorkflowList{Groups: groups(seen, names, own)}
	if after == nil {
		out.AtHand = atHand(all)
	}
	out.Items, out.NextCursor = page(seen, in, own, after)
	return out, nil
}

// mostAtHand is how many workflows are kept at hand.
const mostAtHand = 12

// atHand picks the favourites by name, then what was started lately, the latest first.
func atHand(all []WorkflowSummary) []WorkflowSummary {
	var out, recent []WorkflowSummary
	for _, w := range all {
		switch {
		case w.Favourite:
			out = append(out, w)
		case w.StartedAt != nil && w.Can.Start:
			recent = append(recent, w)
		}
	}
	slices.SortFunc(out, func(a, b WorkflowSummary) int {
		return cmp.Or(cmp.Compare(fold(a.Name), fold(b.Name)), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	slices.SortFunc(recent, func(a, b WorkflowSummary) int {
		return cmp.Or(b.StartedAt.Compare(*a.StartedAt), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	out = append(out, recent...)
	return out[:min(len(out), mostAtHand)]
}

// matches reports whether every word of the query occurs somewhere.
func matches(w WorkflowSummary, query string) bool {
	text := strings.ToLower(strings.Join([]string{w.Key, w.Name, w.Description, w.Group}, "\n"))
	for _, word := range strings.Fields(strings.ToLower(query)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func groups(seen []WorkflowSummary, names map[string]string, own string) []WorkflowGroup {
	out := []WorkflowGroup{}
	for _, w := range seen {
		i := slices.IndexFunc(out, func(g WorkflowGroup) bool { return g.Key == w.Group })
		if i < 0 {
			i = len(out)
			out = append(out, WorkflowGroup{Key: w.Group, Name: cmp.Or(names[w.Group], w.Group)})
		}
		out[i].Count++
	}
	slices.SortFunc(out, func(a, b WorkflowGroup) int {
		return cmp.Or(ownFirst(a.Key, b.Key, own), cmp.Compare(fold(a.Name), fold(b.Name)), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// position is where an item stands in the order of the list.
type position struct {
	Group string    `json:"g"`
	Name  string    `json:"n"`
	ID    uuid.UUID `json:"i"`
}

func (p position) compare(q position, own string) int {
	return cmp.Or(
		ownFirst(p.Group, q.Group, own), cmp.Compare(fold(p.Group), fold(q.Group)), cmp.Compare(p.Group, q.Group),
		cmp.Compare(fold(p.Name), fold(q.Name)), cmp.Compare(p.Name, q.Name), cmp.Compare(p.ID.String(), q.ID.String()),
	)
}

func ownFirst(a, b, own string) int {
	switch {
	case a == b || own == "":
		return 0
	case a == own:
		return -1
	case b == own:
		return 1
	}
	return 0
}

func fold(s string) string { return strings.ToLower(s) }

func at(w WorkflowSummary) position { return position{w.Group, w.Name, w.ID} }

// page cuts one page out of what the actor sees.
func page(seen []WorkflowSummary, in List, own string, after *position) (items []WorkflowSummary, next string) {
	items = []WorkflowSummary{}
	for _, w := range seen {
		if (in.Group == "" || w.Group == in.Group) && (after == nil || at(w).compare(*after, own) > 0) {
			items = append(items, w)
		}
	}
	slices.SortFunc(items, func(a, b WorkflowSummary) int { return at(a).compare(at(b), own) })
	if n := limit(in.Limit); len(items) > n {
		items = items[:n]
		next = writeCursor(at(items[n-1]))
	}
	return items, next
}

func limit(n int) int {
	if n <= 0 {
		return 50
	}
	return min(n, 100)
}

func writeCursor(p position) string {
	b, err := json.Marshal(p)
	if err != nil {
		panic(err) // three texts
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func readCursor(text string) (*position, error) {
	if text == "" {
		return nil, nil
	}
	var p position
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(b, &p)
	}
	if err != nil {
		return nil, fault.At("cursor", "Pass next_cursor of the page before, or nothing.")
	}
	return &p, nil
}
