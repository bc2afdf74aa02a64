package rule_test

import (
	"math/rand/v2"
	"strconv"
	"time"

	"pgregory.net/rapid"

	"github.com/handstamp/handstamp/internal/core/rule"
)

var (
	someTexts = []string{"HR", "hr", "IT", "Ä", "ä", "a_b", "100%", "", "Zed", "hé\"\\", " x\u00a0", "ΣΑΣ", "İstanbul", "😀a", "ﬀ"}
	someDates = []string{"2020-01-01", "2026-01-01", "2026-02-28", "2024-02-29", "0001-01-01", "9999-12-31"}
	someRoles = []string{"approver", "hr", "HR", ""}
)

// person is one row of people and the same as rules see it.
func person(r *rand.Rand, n int, ids []string) (columns map[string]any, user map[string]any) {
	pick := func(from []string) any {
		if r.IntN(4) == 0 {
			return nil
		}
		return from[r.IntN(len(from))]
	}
	roles := []string{}
	for range r.IntN(3) {
		roles = append(roles, someRoles[r.IntN(len(someRoles))])
	}
	attributes := map[string]any{}
	for name, values := range map[string][]any{
		"grade":  {1.0, 2.5, -3.0, 0.0, 1e200, 1e-200, nil, "3", true},
		"nick":   {"a", "ä", "", "HR", nil, 7.0, []any{"x"}},
		"flag":   {true, false, true, nil, "true", 1.0},
		"joined": {"2020-01-01", "2026-01-01", "2024-02-29", "2026-02-31", "2023-02-29", "0000-01-01", "junk", "2026-1-1", nil, 5.0},
		"skills": {[]any{"sap", "HR"}, []any{}, []any{"HR", 1.0}, []any{[]any{"HR"}}, "HR", nil, []any{nil}},
	} {
		if r.IntN(6) > 0 {
			attributes[name] = values[r.IntN(len(values))]
		}
	}
	columns = map[string]any{
		"id": ids[n], "manager_id": pick(ids), "department": pick(someTexts), "city": pick(someTexts), "name": "P" + strconv.Itoa(n),
		"status": []string{"active", "disabled"}[r.IntN(2)], "roles": roles, "attributes": attributes, "level_rank": nil,
	}
	user = map[string]any{"manager": columns["manager_id"]}
	if k := r.IntN(9); k > 0 {
		columns["level_rank"], user["level_rank"] = k-3, float64(k-3)
	}
	for _, name := range []string{"id", "department", "city", "name", "status", "roles"} {
		user[name] = columns[name]
	}
	for name, v := range attributes {
		user[name] = v
	}
	return columns, user
}

// writer draws random rules about people; every operator of the translator occurs.
type writer struct{ *rapid.T }

func (w writer) one(of ...string) string { return rapid.SampledFrom(of).Draw(w.T, "") }

func (w writer) n(k int) int { return rapid.IntRange(0, k).Draw(w.T, "") }

func (w writer) text(depth int) string {
	plain := w.one("user.department", "user.city", "user.nick", "user.id", "user.manager", "user.status", "form.reason", "step",
		"initiator.id", "form.total.currency", strconv.Quote(w.one(someTexts...)))
	if depth <= 0 {
		return plain
	}
	switch w.n(11) {
	case 0:
		return "(" + w.text(depth-1) + " + " + w.text(depth-1) + ")"
	case 1:
		return "lower(" + w.text(depth-1) + ")"
	case 2:
		return "trim(" + w.text(depth-1) + ")"
	case 3:
		return "or_else(" + w.text(depth-1) + ", " + w.text(0) + ")"
	case 4:
		return "(" + w.cond(depth-1) + " ? " + w.text(depth-1) + " : " + w.one("null", w.text(0)) + ")"
	}
	return plain
}

func (w writer) num(depth int) string {
	plain := w.one("user.level_rank", "user.grade", "form.days", "form.total.amount", "3", "2.5", "0", "-1", "1e160")
	if depth <= 0 {
		return plain
	}
	switch w.n(9) {
	case 0, 1:
		return "(" + w.num(depth-1) + w.one(" + ", " - ", " * ", " / ") + w.num(depth-1) + ")"
	case 2:
		return "size(" + w.one(w.text(depth-1), w.list()) + ")"
	case 3:
		return "-(" + w.num(depth-1) + ")"
	case 4:
		return w.one("year", "month", "day", "weekday") + "(" + w.date(depth-1) + ")"
	case 5:
		return "days(" + w.date(depth-1) + ", " + w.date(depth-1) + ")"
	case 6:
		return "or_else(" + w.num(depth-1) + ", " + w.num(0) + ")"
	}
	return plain
}

func (w writer) date(depth int) string {
	plain := w.one("user.joined", "form.from", "today", `date("`+w.one(someDates...)+`")`, "add_days(today, -30)")
	if depth > 0 && w.n(5) == 0 {
		return "(" + w.cond(depth-1) + " ? " + w.date(0) + " : " + w.date(0) + ")"
	}
	return plain
}

func (w writer) list() string {
	return w.one("user.roles", "user.skills", "form.tags", "form.who", `["HR", "IT"]`, "form.items.map(r, r.what)")
}

func (w writer) cond(depth int) string {
	deeper := max(depth-1, 0)
	top := 11
	if depth <= 0 {
		top = 7
	}
	rel := w.one("==", "!=", "<", "<=", ">", ">=")
	switch w.n(top) {
	case 0:
		return w.text(deeper) + " " + rel + " " + w.text(deeper)
	case 1:
		return w.num(deeper) + " " + rel + " " + w.num(deeper)
	case 2:
		return w.date(deeper) + " " + rel + " " + w.date(deeper)
	case 3:
		return w.text(deeper) + "." + w.one("startsWith", "endsWith", "contains") + "(" + w.text(deeper) + ")"
	case 4:
		return w.one("user.flag", "user.flag == true", "user.flag == form.urgent", "user.department == null", "user.grade != null",
			"user.joined == null", "form.urgent", "form.reason == null", "user.manager == initiator.id", "user.id != initiator.id",
			"user.status == \"active\"", "user.level_rank >= 2")
	case 5:
		return w.text(deeper) + " in " + w.list()
	case 6:
		return w.text(deeper) + " in [" + w.text(0) + ", " + w.text(0) + "]"
	case 7:
		return w.num(deeper) + " in [1, " + w.num(0) + "]"
	case 8:
		return "!(" + w.cond(depth-1) + ")"
	case 9:
		return "(" + w.cond(depth-1) + " ? " + w.cond(depth-1) + " : " + w.cond(depth-1) + ")"
	case 10:
		return "((" + w.cond(depth-1) + ") " + w.one("==", "!=") + " (" + w.cond(depth-1) + "))"
	}
	return "(" + w.cond(depth-1) + w.one(" && ", " || ") + w.cond(depth-1) + ")"
}

func (w writer) input(ids []string) rule.Input {
	in := rule.Input{
		Step: "HR", Today: "2026-02-01", Now: time.Date(2026, 2, 1, 9, 0, 0, 0, time.UTC),
		Initiator: map[string]any{"id": ids[3], "department": "HR"},
		Form: map[string]any{
			"days": 3.0, "from": "2026-01-01", "urgent": true, "reason": "HR", "tags": []any{"HR", "a_b", "approver"}, "who": []any{ids[1], ids[2], "x"},
			"total": map[string]any{"amount": "2.50", "currency": "HR"}, "items": []any{map[string]any{"n": 1.0, "what": "IT"}, map[string]any{}},
		},
	}
	if w.n(1) == 0 {
		in.Form, in.Initiator = nil, nil
	}
	return in
}
