package directory

import (
	"context"
	"slices"
	"strings"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Attribute is something an organization knows about its people beyond what
// everybody has.
type Attribute struct {
	Key   string `json:"key" doc:"Stands in rules as user.<key>."`
	Label string `json:"label"`
	Kind  string `json:"kind" enum:"text,number,bool,date"`
}

var attributeKinds = []string{"text", "number", "bool", "date"}

// DefineAttribute adds an attribute of people, or changes its label. Its kind
// can change only while no workflow and no person uses it: conflict otherwise.
func (s *Service) DefineAttribute(ctx context.Context, a access.Actor, in Attribute, k Key) error {
	if err := require(a, access.OrgSettings); err != nil {
		return err
	}
	if err := in.check(); err != nil {
		return err
	}
	_, err := s.once(ctx, a, "attributes.define", k, a.User, func(tx *db.Tx) error {
		var present []dbq.ListAttributeTypesRow
		var used bool
		b := db.NewBatch()
		b.Exec(dbq.LockDirectory)
		db.Many(b, &present, dbq.ListAttributeTypes)
		db.One(b, &used, dbq.UsedAttribute, in.Key)
		if err := tx.Send(b); err != nil {
			return err
		}
		for _, t := range present {
			if t.Key == in.Key && t.Kind != in.Kind && used {
				return fault.New(fault.Conflict, "The attribute %q is in use as a %s. Add another one instead.", t.Key, t.Kind)
			}
		}
		writes := db.NewBatch()
		writes.Exec(dbq.SetAttributeType, in.Key, strings.TrimSpace(in.Label), in.Kind)
		if err := record(writes, by(a, "attributes.define", a.User, map[string]any{"key": in.Key, "kind": in.Kind})); err != nil {
			return err
		}
		return tx.Commit(writes)
	})
	return err
}

func (t Attribute) check() error {
	var problems fault.Problems
	if _, builtin := rule.BuiltinUser()[t.Key]; builtin || !rule.ValidName(t.Key) || strings.ToLower(t.Key) != t.Key || t.Key[0] == '_' {
		problems.Add("key", "Use small letters, digits and _, begin with a letter, and do not take a word that has a meaning in rules.")
	}
	if optional("label", &t.Label, &problems) == nil && len(problems) == 0 {
		problems.Add("label", "Give the attribute a label.")
	}
	if !slices.Contains(attributeKinds, t.Kind) {
		problems.Add("kind", "The kind is one of %s.", strings.Join(attributeKinds, ", "))
	}
	return problems.Err("This attribute cannot be defined like that.")
}
