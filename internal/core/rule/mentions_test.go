package rule_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/core/rule"
)

// Ensure a rule names what only a request can tell, as text and as rows, and
// nothing else.
func TestOfRequest(t *testing.T) {
	for text, want := range map[string]string{
		`user.department == "HR"`:                                                  "",
		`user.department == "form.days" && today > date("2026-01-31")`:             "",
		`user.level_rank > 3 && org.zone == "UTC"`:                                 "",
		`user.department == initiator.department && form.total.amount > form.days`: "form.days form.total initiator.department",
		`form.items.exists(x, x.cost.amount > 3) && step == "hr"`:                  "form.items step",
		`params.limit > 3 || prev.kind == "approve" || "a" in run.at`:              "params.limit prev.kind run.at",
		`assignee.id == user.id && context.x == 1`:                                 "assignee.id context.x",
		`form == null`:          "form",
		`user.department ==`:    "",
		``:                      "",
		`nobody.knows == "him"`: "",
	} {
		if got := strings.Join(rule.CEL(text).OfRequest(), " "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	s := source(t, rows(
		row("user.department", "=", "form.days"),
		row("user.id", "!=", "initiator.id", "field"),
		`{"combinator": "or", "rules": [`+row("form.days", "between", []any{"params.a", "user.level_rank"}, "field")+`]}`,
		row("step", "=", "hr"),
	))
	if got := s.OfRequest(); !slices.Equal(got, []string{"form.days", "initiator.id", "params.a", "step"}) {
		t.Errorf("rows: %q", got)
	}
}
