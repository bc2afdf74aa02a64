package httpapi

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"time"
)

// policy is the content security policy of every answer. Inline styles are what
// the user interface library needs; scripts come from this server only.
const policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

// entry is what every request passes first: it gets an id, the answer gets its
// headers, and a panic becomes a problem document.
func (s *Server) entry(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		id := acceptedID(r.Header.Get("X-Request-Id"))
		ctx := context.WithValue(r.Context(), requestIDKey{}, id)
		r = r.WithContext(LogWith(ctx, slog.String("request_id", id)))
		out := &recorder{ResponseWriter: w}
		s.protect(out.Header(), id)
		defer s.finish(out, r, started)
		next.ServeHTTP(out, r)
	})
}

// protect sets the security headers. The values are shared between answers:
// nothing may append to them.
func (s *Server) protect(h http.Header, id string) {
	h["X-Request-Id"] = []string{id}
	for name, values := range s.headers {
		h[name] = values
	}
}

func securityHeaders(secure bool) http.Header {
	h := http.Header{}
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()")
	if secure {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
	return h
}

// finish turns a panic into an answer and writes the access log.
func (s *Server) finish(w *recorder, r *http.Request, started time.Time) {
	if p := recover(); p != nil {
		if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(p) // the way to end a connection on purpose
		}
		f := failure{operation: r.URL.Path, err: fmt.Errorf("panic: %v", p), stack: string(debug.Stack())}
		if w.status == 0 {
			s.fail(w, r, f)
		} else {
			s.logFailure(r.Context(), f, translate(f.err))
		}
	}
	if s.cfg.AccessLog {
		s.log.InfoContext(r.Context(), "request", "method", r.Method, "path", r.URL.Path,
			"status", w.status, "ms", time.Since(started).Milliseconds(), "address", s.address(r).String())
	}
}

// recorder remembers whether and how an answer was begun.
type recorder struct {
	http.ResponseWriter
	status int
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach what is below.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

type requestIDKey struct{}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

var wellFormedID = regexp.MustCompile(`^[A-Za-z0-9._-]{8,64}$`)

// acceptedID keeps the id that a proxy in front gave the request, when it
// cannot disturb a log, else makes one.
func acceptedID(sent string) string {
	if wellFormedID.MatchString(sent) {
		return sent
	}
	return rand.Text()
}
