package facts

import (
	"fmt"
	"strings"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/db"
)

// NeedAnybody asks for every active person of the organization. Only pages ask
// for it; the engine never does.
const NeedAnybody engine.NeedKind = "anybody"

// Search queues the query for people who meet a need and whose name or email
// begins with the text, word by word, ordered by name, into dst.
func Search(b *db.Batch, n engine.Need, begins string, limit int, dst *[]engine.Person) error {
	where, args, err := condition(n)
	if err != nil {
		return err
	}
	sql := "SELECT " + knownColumns + ", 0 FROM people u WHERE u.status = 'active' AND (" + where + ")"
	for _, w := range strings.Fields(strings.ToLower(begins)) {
		args = append(args, w)
		sql += fmt.Sprintf(" AND (starts_with(lower(u.name), $%[1]d) OR strpos(lower(u.name), ' ' || $%[1]d) > 0 OR starts_with(u.email, $%[1]d))", len(args))
	}
	db.Each(b, func(r knownRow) { *dst = append(*dst, r.person()) },
		fmt.Sprintf("%s ORDER BY u.name, u.id LIMIT %d", sql, limit), args...)
	return nil
}

// Count queues counting the people who meet a need into dst, most at the most:
// whoever counts for a page needs no more, and the database can stop there.
func Count(b *db.Batch, n engine.Need, most int, dst *int) error {
	where, args, err := condition(n)
	if err != nil {
		return err
	}
	db.One(b, dst, fmt.Sprintf(`SELECT count(*) FROM (SELECT FROM people u WHERE u.status = 'active' AND (%s) LIMIT %d) x`, where, most), args...)
	return nil
}

// condition is the need as a condition on people u.
func condition(n engine.Need) (string, []any, error) {
	switch n.Kind {
	case NeedAnybody:
		return "true", nil, nil
	case engine.NeedRole:
		return holders, []any{n.Ref}, nil
	case engine.NeedCandidates:
		cond, args, err := n.Rule.Where(n.Input, 1)
		if err != nil {
			return "", nil, fmt.Errorf("facts: rule %q as a search: %w", n.Rule.Source(), err)
		}
		return cond, args, nil
	}
	return "", nil, fmt.Errorf("facts: %q is not a search", n.Kind)
}
