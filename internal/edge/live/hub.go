// Package live hands hints of changes to the people who are looking at the
// product at this moment, in this process and in the others.
package live

import (
	"slices"
	"sync"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
)

// waiting is how many hints one listener may be behind. Whoever is further
// behind is told to read everything again instead.
const waiting = 64

// Hub knows who listens.
type Hub struct {
	mu        sync.Mutex
	listeners map[access.OrgID]map[*listener]bool
}

// NewHub returns a hub that nobody listens to yet.
func NewHub() *Hub { return &Hub{listeners: map[access.OrgID]map[*listener]bool{}} }

// listener is one open stream of one person.
type listener struct {
	user  uuid.UUID
	all   bool // he may see every run of his organization
	hints chan runs.Hint
}

// Listen opens a stream of what concerns a person; stop closes it. A hint without
// a run means that something was lost: everything may have changed.
func (h *Hub) Listen(a access.Actor) (hints <-chan runs.Hint, stop func()) {
	l := &listener{user: a.User, all: a.Has(access.RunViewAll) || a.Has(access.RunOperate), hints: make(chan runs.Hint, waiting)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.listeners[a.Org] == nil {
		h.listeners[a.Org] = map[*listener]bool{}
	}
	h.listeners[a.Org][l] = true
	return l.hints, func() { h.leave(a.Org, l) }
}

func (h *Hub) leave(org access.OrgID, l *listener) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.listeners[org], l)
	if len(h.listeners[org]) == 0 {
		delete(h.listeners, org)
	}
}

// Publish hands a hint to those it concerns, and never waits for them.
func (h *Hub) Publish(hint runs.Hint) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.listeners[hint.Org] {
		if hint.Everybody || l.all || slices.Contains(hint.People, l.user) {
			l.offer(hint)
		}
	}
}

// Lost tells every listener that hints of other processes may have been missed.
func (h *Hub) Lost() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for org, listeners := range h.listeners {
		for l := range listeners {
			l.offer(runs.Hint{Org: org})
		}
	}
}

// offer gives a hint to a listener, or, when he is too far behind, one that
// means everything.
func (l *listener) offer(hint runs.Hint) {
	select {
	case l.hints <- hint:
	default:
		l.drain()
		l.hints <- runs.Hint{Org: hint.Org} // there is room now: only the hub sends, and one at a time
	}
}

// drain throws away what a hint for everything stands for.
func (l *listener) drain() {
	for {
		select {
		case <-l.hints:
		default:
			return
		}
	}
}
