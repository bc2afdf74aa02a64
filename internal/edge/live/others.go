package live

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
)

const (
	gather   = 50 * time.Millisecond // how long hints are collected for one notification
	maxBytes = 7000                  // of a notification; PostgreSQL takes 8000
	maxNamed = 100                   // people named to other processes; beyond it the whole organization looks
	backlog  = 4096
)

// Channel is the name under which processes notify each other.
const Channel = "handstamp_live"

// Others carries hints between the processes that serve one database. Verbs do
// not notify: that would serialize their commits. One notification carries what
// happened in a twentieth of a second.
type Others struct {
	hub    *Hub
	self   string
	queue  chan runs.Hint
	notify func(ctx context.Context, channel, payload string) error
	listen func(ctx context.Context, channel string, ready func(), got func(payload string)) error
	log    *slog.Logger
}

// NewOthers connects a hub with other processes. notify sends a payload to a
// channel of the database; listen calls ready when it has begun to listen, got for
// every payload from then on, and returns when the connection breaks or ctx ends.
func NewOthers(hub *Hub, log *slog.Logger,
	notify func(ctx context.Context, channel, payload string) error,
	listen func(ctx context.Context, channel string, ready func(), got func(payload string)) error,
) *Others {
	return &Others{
		hub: hub, self: uuid.NewString(), queue: make(chan runs.Hint, backlog), notify: notify, listen: listen, log: log,
	}
}

// Publish tells this process at once and the others soon. It never waits.
func (o *Others) Publish(h runs.Hint) {
	o.hub.Publish(h)
	select {
	case o.queue <- h:
	default: // the database does not take notifications: the others find out when they read
	}
}

// Run exchanges hints until ctx ends.
func (o *Others) Run(ctx context.Context) {
	done := make(chan struct{})
	go func() { defer close(done); o.receive(ctx) }()
	o.send(ctx)
	<-done
}

// parcel is one notification.
type parcel struct {
	From  string `json:"f"`
	Hints []line `json:"h"`
}

// line is a hint on its way.
type line struct {
	Org       uuid.UUID   `json:"o"`
	Run       uuid.UUID   `json:"r"`
	Revision  int64       `json:"n"`
	People    []uuid.UUID `json:"p,omitempty"`
	Everybody bool        `json:"e,omitempty"`
}

// send collects hints and sends them in parcels.
func (o *Others) send(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-o.queue:
			o.dispatch(ctx, o.collect(ctx, first))
		}
	}
}

// collect takes what comes within a moment of the first hint; of several hints
// of one run the last is enough when it names the same people.
func (o *Others) collect(ctx context.Context, first runs.Hint) []runs.Hint {
	hints := []runs.Hint{first}
	end := time.NewTimer(gather)
	defer end.Stop()
	for {
		select {
		case h := <-o.queue:
			hints = append(hints, h)
		case <-end.C:
			return hints
		case <-ctx.Done():
			return hints
		}
	}
}

func (o *Others) dispatch(ctx context.Context, hints []runs.Hint) {
	p, size := parcel{From: o.self}, 0
	flush := func() {
		if len(p.Hints) == 0 {
			return
		}
		payload, err := json.Marshal(p)
		if err == nil {
			err = o.notify(ctx, Channel, string(payload))
		}
		if err != nil && ctx.Err() == nil {
			o.log.WarnContext(ctx, "other servers were not told of changes; their screens are late", "error", err.Error())
		}
		p.Hints, size = nil, 0
	}
	for _, h := range hints {
		l := line{Org: h.Org.UUID(), Run: h.Run, Revision: h.Revision, People: h.People, Everybody: h.Everybody}
		if len(l.People) > maxNamed {
			l.People, l.Everybody = nil, true
		}
		if size += 140 + 40*len(l.People); size > maxBytes {
			flush()
			size = 140 + 40*len(l.People)
		}
		p.Hints = append(p.Hints, l)
	}
	flush()
}

// receive listens to the others, and again when the connection broke. What was
// said meanwhile is lost, so everybody is told to look for himself.
func (o *Others) receive(ctx context.Context) {
	for first := true; ctx.Err() == nil; first = false {
		err := o.listen(ctx, Channel, func() {
			if !first {
				o.hub.Lost()
			}
		}, o.got)
		if ctx.Err() != nil {
			return
		}
		o.log.WarnContext(ctx, "not listening to other servers; trying again", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

// got takes a notification in. What cannot be read is of another version.
func (o *Others) got(payload string) {
	var p parcel
	if err := json.Unmarshal([]byte(payload), &p); err != nil {
		o.hub.Lost()
		return
	}
	if p.From == o.self {
		return
	}
	for _, l := range p.Hints {
		o.hub.Publish(runs.Hint{Org: access.OrgID(l.Org), Run: l.Run, Revision: l.Revision, People: l.People, Everybody: l.Everybody})
	}
}
