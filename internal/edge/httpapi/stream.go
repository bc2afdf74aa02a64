package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

const (
	// heartbeat keeps proxies from taking a quiet stream for a dead one. At each
	// beat the session is looked at again, so that a revoked one ends in time.
	heartbeat = 4 * time.Second
	// longest is how long one stream lasts; then the caller opens another.
	longest = 10 * time.Minute
	// sluggish is how long one write may wait for a caller who does not read.
	sluggish = 10 * time.Second
)

// Live opens a person's stream of hints; stop closes it.
type Live func(access.Actor) (hints <-chan runs.Hint, stop func())

// eventsStream asks for hints.
type eventsStream struct {
	Seconds *int `json:"seconds,omitempty" minimum:"0" maximum:"600" doc:"How long to stay; 600 when not said. The caller opens the next stream himself."`
}

// ChangeHint is the data of one event.
type ChangeHint struct {
	RunID    *uuid.UUID `json:"run_id,omitempty" doc:"The run that changed. Absent: hints were lost, everything may have changed."`
	Revision int64      `json:"revision,omitempty" doc:"Number of the run's last event."`
}

// liveOperations offers what happens while somebody looks.
func liveOperations(r *registry) {
	opStream(r, "events.stream", access.Member, "Hear of changes",
		"Server-sent events. The first, `ready`, says that the stream stands: what was read before may be old. Each `changed` names a run "+
			"that concerns the caller and carries none of it: read again what you show. Hints are not messages, some may be lost with a "+
			"connection. Lines that begin with a colon only keep the connection alive.",
		func(ctx context.Context, a access.Actor, in eventsStream, send sender) error {
			if r.live == nil {
				return fault.New(fault.Unavailable, "This server has no live updates. Read again from time to time.")
			}
			hints, stop := r.live(a)
			defer stop()
			seconds := int(longest / time.Second)
			if in.Seconds != nil {
				seconds = *in.Seconds
			}
			return follow(ctx, time.Duration(seconds)*time.Second, hints, send)
		})
}

// follow sends what arrives until the time is over or the caller is gone.
func follow(ctx context.Context, stay time.Duration, hints <-chan runs.Hint, send sender) error {
	if err := send("ready", ChangeHint{}); err != nil {
		return err
	}
	end, beat := time.NewTimer(stay), time.NewTicker(heartbeat)
	defer end.Stop()
	defer beat.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case <-end.C:
			return nil
		case <-beat.C:
			err = send("", ChangeHint{})
		case h := <-hints:
			out := ChangeHint{Revision: h.Revision}
			if h.Run != uuid.Nil {
				out.RunID = &h.Run
			}
			err = send("changed", out)
		}
		if err != nil {
			return err
		}
	}
}

// sender writes one event; without a name it only keeps the connection alive.
type sender func(name string, data any) error

// opStream registers an operation that answers with server-sent events (HTML
// standard, section 9.2).
func opStream[I any](r *registry, name string, perm access.Permission, summary, doc string,
	fn func(context.Context, access.Actor, I, sender) error,
) {
	op(r, name, perm, read, summary, doc, func(context.Context, access.Actor, I) (ChangeHint, error) {
		return ChangeHint{}, nil // described, never called: serve takes the stream
	})
	o := r.ops[len(r.ops)-1]
	o.stream = func(ctx context.Context, a access.Actor, q request, send sender) error {
		if err := check(r.schemas, o.input, q.tree); err != nil {
			return err
		}
		var in I
		if err := json.Unmarshal(q.raw, &in); err != nil {
			return undecodable(err)
		}
		return fn(ctx, a, in, send)
	}
}

// serveStream answers an operation that goes on for a while.
func (s *Server) serveStream(o *operation) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		actor, err := s.admit(w, r, o)
		var q request
		if err == nil {
			q, err = s.readRequest(w, r)
		}
		if err != nil {
			s.fail(w, r, failure{operation: o.name, actor: actor, err: err})
			return
		}
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		defer context.AfterFunc(s.closing, cancel)()
		out := &events{w: w, control: http.NewResponseController(w), still: func() error { return s.still(ctx, r, actor) }}
		err = o.stream(ctx, actor, q, out.send)
		if err != nil && !out.begun {
			s.fail(w, r, failure{operation: o.name, actor: actor, err: fmt.Errorf("%s: %w", o.name, err)})
		}
	}
}

// still asks whether the caller's session stands, with the rights he had when the stream
// began: which hints reach him was decided by them.
func (s *Server) still(ctx context.Context, r *http.Request, began access.Actor) error {
	token, err := bearer(r)
	if err != nil {
		return err
	}
	now, err := s.authenticate(ctx, token)
	if err == nil && !slices.Equal(now.Permissions, began.Permissions) {
		return fault.New(fault.Unauthenticated, "Your rights have changed: open the stream again.")
	}
	return err
}

// events writes server-sent events.
type events struct {
	w       http.ResponseWriter
	control *http.ResponseController
	still   func() error
	begun   bool
}

func (e *events) send(name string, data any) error {
	if !e.begun {
		e.begin()
	} else if name == "" {
		if err := e.still(); err != nil {
			return err // the stream ends; the caller signs in again
		}
	}
	var b bytes.Buffer
	if name == "" {
		b.WriteString(":\n\n")
	} else {
		text, err := json.Marshal(data)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "event: %s\ndata: %s\n\n", name, text)
	}
	_ = e.control.SetWriteDeadline(time.Now().Add(sluggish)) // not every writer has deadlines; then the connection's own holds
	if _, err := e.w.Write(b.Bytes()); err != nil {
		return err
	}
	return e.control.Flush()
}

// begin sends the headers. The deadline for reading the request would end the
// connection in the middle of the answer.
func (e *events) begin() {
	e.begun = true
	_ = e.control.SetReadDeadline(time.Time{})
	h := e.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // asks nginx not to collect it
	e.w.WriteHeader(http.StatusOK)
}
