package httpapi

import (
	"context"
	"encoding/json"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/core/access"
)

type rulePeople struct {
	Rule json.RawMessage `json:"rule" doc:"A rule over user: as text, or as rows: {\"rows\": {\"combinator\": \"and\", \"rules\": [...]}}."`
}

func ruleOperations(r *registry, s *catalog.Service) {
	op(r, "rules.people", access.Member, read, "Try a rule over people",
		"Whom a rule names at this moment: how many, and the first of them. For designers, while they write it.",
		func(ctx context.Context, a access.Actor, in rulePeople) (catalog.Matches, error) {
			return s.RulePeople(ctx, a, in.Rule)
		})
}
