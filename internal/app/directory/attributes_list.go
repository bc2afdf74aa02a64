package directory

import (
	"context"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
)

// AttributeList is everything an organization knows about its people beyond
// what everybody has.
type AttributeList struct {
	Items []Attribute `json:"items"`
}

// ListAttributes returns every attribute, to every member of the organization:
// rules name them.
func (s *Service) ListAttributes(ctx context.Context, a access.Actor) (AttributeList, error) {
	var out AttributeList
	b := db.NewBatch()
	db.Many(b, &out.Items, `SELECT key, label, kind FROM attribute_types ORDER BY label, key`)
	return out, s.DB.Read(ctx, a.Org, b)
}
