package httpapi

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// BenchmarkOperation is what the edge itself costs per request: strict reading,
// validation, decoding, headers, limits and the answer.
func BenchmarkOperation(b *testing.B) {
	s, err := newServer(Config{Limits: Limits{User: Limit{1e9, 1e9}, Org: Limit{1e9, 1e9}}}, testOperations(), knownTokens)
	if err != nil {
		b.Fatal(err)
	}
	body := `{"role":"x","values":{"leave_from":"2026-03-02","leave_to":"2026-03-06","days":5,"reason":"Family visit to Pune"},"tags":["a","b"]}`
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest("POST", "/api/v1/parcels.send", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer a")
		r.Header.Set("Idempotency-Key", "k")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != 200 {
			b.Fatal(w.Body)
		}
	}
}
