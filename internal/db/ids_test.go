package db

import (
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"
)

// Ensure ids, present or not, are sent without a detour over text.
func TestIDsTravelInBinary(t *testing.T) {
	m := pgtype.NewMap() // not parallel: memory is counted
	registerIDs(m)
	id := uuid.New()
	for _, value := range []any{id, &id} {
		got, err := m.Encode(pgtype.UUIDOID, pgtype.BinaryFormatCode, value, nil)
		if err != nil || string(got) != string(id[:]) {
			t.Errorf("%T is sent as %x, %v", value, got, err)
		}
		if allocs := testing.AllocsPerRun(100, func() { _, _ = m.Encode(pgtype.UUIDOID, pgtype.BinaryFormatCode, value, make([]byte, 0, 16)) }); allocs > 3 {
			t.Errorf("%T takes %.0f pieces of memory on its way", value, allocs)
		}
	}
	if got, err := m.Encode(pgtype.UUIDOID, pgtype.BinaryFormatCode, (*uuid.UUID)(nil), nil); err != nil || got != nil {
		t.Errorf("a missing id is sent as %x, %v", got, err)
	}
}
