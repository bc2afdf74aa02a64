package db

import (
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"
	pgxuuid "github.com/vgarvardt/pgx-google-uuid/v5"
)

// registerIDs lets ids travel as sixteen bytes. Without it each one is first
// refused, then turned into text and parsed again; so would be those that may be
// missing, which the library leaves out.
func registerIDs(m *pgtype.Map) {
	pgxuuid.Register(m)
	m.TryWrapEncodePlanFuncs = append([]pgtype.TryWrapEncodePlanFunc{wrapOptionalID}, m.TryWrapEncodePlanFuncs...)
}

func wrapOptionalID(value any) (plan pgtype.WrappedEncodePlanNextSetter, next any, ok bool) {
	if _, ok := value.(*uuid.UUID); ok {
		return &optionalID{}, uuid.UUID{}, true
	}
	return nil, nil, false
}

// optionalID sends nil as NULL and everything else as the id it points to.
type optionalID struct{ next pgtype.EncodePlan }

// SetNext implements pgtype.WrappedEncodePlanNextSetter.
func (p *optionalID) SetNext(next pgtype.EncodePlan) { p.next = next }

// Encode implements pgtype.EncodePlan.
func (p *optionalID) Encode(value any, buf []byte) ([]byte, error) {
	id := value.(*uuid.UUID)
	if id == nil {
		return nil, nil
	}
	return p.next.Encode(*id, buf)
}
