package httpapi

import (
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
)

type recorded struct{ *httptest.ResponseRecorder }

// stalled is a connection whose read deadline passes in the middle of the body.
type stalled struct{ sent bool }

func (s *stalled) Read(p []byte) (int, error) {
	if s.sent {
		return 0, os.ErrDeadlineExceeded
	}
	s.sent = true
	return copy(p, `{"role":`), nil
}

func (*stalled) Close() error { return nil }

func slowRequest() (*http.Request, recorded) {
	r := httptest.NewRequest("POST", "/api/v1/doors.open", nil)
	r.Header.Set("Content-Type", "application/json")
	r.Body = &stalled{}
	r.ContentLength = -1
	return r, recorded{httptest.NewRecorder()}
}

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }
