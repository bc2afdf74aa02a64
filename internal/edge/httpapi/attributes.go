package httpapi

import (
	"context"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/access"
)

type attributeDefine struct {
	keyed
	Key   string `json:"key" minLength:"1" maxLength:"64" doc:"Stands in rules as user.<key> and never changes." example:"leave_balance"`
	Label string `json:"label" minLength:"1" maxLength:"200" doc:"As people call it." example:"Days of leave left"`
	Kind  string `json:"kind" enum:"text,number,bool,date" doc:"What it holds."`
}

func attributeOperations(r *registry, s *directory.Service) {
	op(r, "attributes.list", access.Member, read, "List attributes of people",
		"What the organization knows about its people beyond what everybody has.",
		func(ctx context.Context, a access.Actor, _ nothing) (directory.AttributeList, error) {
			return s.ListAttributes(ctx, a)
		})
	op(r, "attributes.define", access.OrgSettings, change, "Define an attribute of people",
		"Adds an attribute, or changes its label. Its kind can change while nobody and no workflow uses it.",
		func(ctx context.Context, a access.Actor, in attributeDefine) (directory.AttributeList, error) {
			if err := s.DefineAttribute(ctx, a, directory.Attribute{Key: in.Key, Label: in.Label, Kind: in.Kind}, in.once()); err != nil {
				return directory.AttributeList{}, err
			}
			return s.ListAttributes(ctx, a)
		})
}
