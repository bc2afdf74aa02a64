// Package fault defines the errors the product shows to people: a stable code, a
// sentence that says what happened and what to do, and the fields it concerns.
// Whatever is not a *fault.Error is a bug or an outage, and people see only
// "internal" for it.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Code is a stable, machine-readable reason. Codes are part of the API.
type Code string

// The codes, with the HTTP status the edge gives them.
const (
	Invalid         Code = "invalid"         // 422: a value is wrong; Fields names it
	Malformed       Code = "malformed"       // 400: the request could not be read
	Unauthenticated Code = "unauthenticated" // 401: sign in first
	Forbidden       Code = "forbidden"       // 403: visible, but not allowed
	NotFound        Code = "not_found"       // 404: absent, or not visible to the caller
	Conflict        Code = "conflict"        // 409: somebody else was first, or the state does not allow it
	TooLarge        Code = "too_large"       // 413
	Unsupported     Code = "unsupported"     // 415: content type
	Throttled       Code = "throttled"       // 429: slow down; RetryAfter says how long
	Unavailable     Code = "unavailable"     // 503: try again shortly
	Internal        Code = "internal"        // 500
)

// Field is one thing that is wrong: its path in the request ("values.leave_to")
// and what to do about it.
type Field struct {
	Path    string `json:"field"`
	Message string `json:"message"`
}

// Error is a failure with a message that is safe to show to the caller.
type Error struct {
	Code    Code
	Message string
	Fields  []Field
	// RetryAfter is the number of seconds to wait, for Throttled and Unavailable.
	RetryAfter int
}

// Error joins the code, the message and the fields for logs and tests.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code) + ": " + e.Message)
	for _, f := range e.Fields {
		b.WriteString("; " + f.Path + ": " + f.Message)
	}
	return b.String()
}

// New returns an Error with a formatted message that people may see.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// At returns an Invalid error about one field.
func At(path, format string, args ...any) *Error {
	msg := fmt.Sprintf(format, args...)
	return &Error{Code: Invalid, Message: msg, Fields: []Field{{Path: path, Message: msg}}}
}

// With returns a copy of e that also names a field.
func (e *Error) With(path, format string, args ...any) *Error {
	c := *e
	c.Fields = append(append([]Field(nil), e.Fields...), Field{Path: path, Message: fmt.Sprintf(format, args...)})
	return &c
}

// Sentence is an error as people read it where it stands alone: without its code, one
// sentence for each field.
func Sentence(err error) string {
	var f *Error
	switch {
	case !errors.As(err, &f):
		return err.Error()
	case len(f.Fields) == 0:
		return f.Message
	}
	each := make([]string, len(f.Fields))
	for i, x := range f.Fields {
		each[i] = x.Message
	}
	return strings.Join(each, " ")
}

// CodeOf returns the code of err, or Internal when err is not an *Error.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}

// Is reports whether err carries the code.
func Is(err error, code Code) bool { return err != nil && CodeOf(err) == code }
