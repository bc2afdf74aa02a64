package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Problem is the body of every answer that is not a success: an RFC 9457
// problem document with a stable code and the fields it concerns.
type Problem struct {
	Type      string        `json:"type" doc:"Where the code is explained." example:"/api/docs#problem-invalid"`
	Title     string        `json:"title" doc:"What kind of problem this is." example:"The request is not valid"`
	Status    int           `json:"status" doc:"The HTTP status, repeated." example:"422"`
	Code      fault.Code    `json:"code" doc:"A stable, machine-readable reason." example:"invalid"`
	Detail    string        `json:"detail" doc:"What happened and what to do, for people." example:"The last day is before the first."`
	Errors    []fault.Field `json:"errors,omitempty" doc:"The fields that are wrong."`
	RequestID string        `json:"request_id" doc:"Names this request in the server's log."`
}

// kind is how the edge answers one fault code.
type kind struct {
	code   fault.Code
	status int
	title  string
}

var kinds = []kind{
	{fault.Malformed, http.StatusBadRequest, "The request could not be read"},
	{fault.Unauthenticated, http.StatusUnauthorized, "Sign in first"},
	{fault.Forbidden, http.StatusForbidden, "Not allowed"},
	{fault.NotFound, http.StatusNotFound, "Not found"},
	{fault.Conflict, http.StatusConflict, "Somebody was first, or the state does not allow it"},
	{fault.TooLarge, http.StatusRequestEntityTooLarge, "The request is too large"},
	{fault.Unsupported, http.StatusUnsupportedMediaType, "The content type is not supported"},
	{fault.Invalid, http.StatusUnprocessableEntity, "The request is not valid"},
	{fault.Throttled, http.StatusTooManyRequests, "Too many requests"},
	{fault.Internal, http.StatusInternalServerError, "Something went wrong here"},
	{fault.Unavailable, http.StatusServiceUnavailable, "Not available at the moment"},
}

func kindOf(code fault.Code) kind {
	for _, k := range kinds {
		if k.code == code {
			return k
		}
	}
	return kindOf(fault.Internal)
}

// statusError is a fault that HTTP has a more exact status for than its code says.
type statusError struct {
	status int
	fault  *fault.Error
}

func (e *statusError) Error() string { return e.fault.Error() }
func (e *statusError) Unwrap() error { return e.fault }

// failure is who met an error and where: the words of its one log line.
type failure struct {
	operation string
	actor     access.Actor
	err       error
	stack     string // of a panic
}

// fail answers with the problem document of an error and logs what only
// operators may see, once.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, f failure) {
	e := translate(f.err)
	s.logFailure(r.Context(), f, e)
	k := kindOf(e.Code)
	p := Problem{
		Type: "/api/docs#problem-" + string(k.code), Title: k.title, Status: k.status,
		Code: e.Code, Detail: e.Message, Errors: e.Fields, RequestID: requestID(r.Context()),
	}
	if exact, ok := errors.AsType[*statusError](f.err); ok {
		p.Status, p.Title = exact.status, http.StatusText(exact.status)
	}
	if p.Code == fault.Throttled || p.Code == fault.Unavailable {
		w.Header().Set("Retry-After", strconv.Itoa(max(e.RetryAfter, 1)))
	}
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="handstamp"`)
	}
	writeJSON(w, p.Status, "application/problem+json", p)
}

// translate turns any error into one that people may see. What is not a fault
// is either an outage that passes or a bug; neither tells its inner text.
func translate(err error) *fault.Error {
	if e, ok := errors.AsType[*fault.Error](err); ok {
		return e
	}
	if passes(err) {
		return fault.New(fault.Unavailable, "The service is busy or cannot reach its database. Try again shortly.")
	}
	return fault.New(fault.Internal, "Something went wrong on our side. Try again; if it stays, tell your administrator the request id.")
}

// passes reports whether an error is an outage rather than a bug. The database
// is recognized by what its errors can do (SQLState, SafeToRetry), because the
// edge does not know the database.
func passes(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return true
	}
	for _, lost := range []error{
		syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.EPIPE,
		net.ErrClosed, io.ErrUnexpectedEOF,
	} {
		if errors.Is(err, lost) {
			return true
		}
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	if e, ok := errors.AsType[interface {
		error
		SafeToRetry() bool
	}](err); ok && e.SafeToRetry() {
		return true
	}
	e, ok := errors.AsType[interface {
		error
		SQLState() string
	}](err)
	return ok && passingState(e.SQLState())
}

// passingState names the PostgreSQL conditions that a later attempt may not
// meet: connection lost (08), resources used up (53), operator intervention
// (57), lock not available, serialization failure and deadlock.
func passingState(state string) bool {
	for _, class := range []string{"08", "53", "57", "55P03", "40001", "40P01"} {
		if strings.HasPrefix(state, class) {
			return true
		}
	}
	return false
}

func (s *Server) logFailure(ctx context.Context, f failure, e *fault.Error) {
	outage := e.Code == fault.Unavailable || e.Code == fault.Internal
	if !outage || errors.Is(f.err, context.Canceled) {
		return // told to the caller in full, or nobody is left to tell
	}
	level := slog.LevelError
	if e.Code == fault.Unavailable {
		level = slog.LevelWarn
	}
	attrs := []slog.Attr{
		slog.String("operation", f.operation),
		slog.String("org", f.actor.Org.String()),
		slog.String("actor", f.actor.User.String()),
		slog.String("error", f.err.Error()),
	}
	if f.stack != "" {
		attrs = append(attrs, slog.String("stack", f.stack))
	}
	s.log.LogAttrs(ctx, level, "request failed", attrs...)
}

// writeJSON encodes before it sends, so that an answer is whole or is not sent.
func writeJSON(w http.ResponseWriter, status int, contentType string, v any) {
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		panic(err) // a reply type that cannot be encoded; the recovery answers 500
	}
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // a reader that went away is no error of ours
}
