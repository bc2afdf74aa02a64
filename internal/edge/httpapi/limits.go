package httpapi

import (
	"errors"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Limit is a token bucket: Rate requests a second, and Burst at once after a
// pause. A Rate of zero bounds nothing.
type Limit struct {
	Rate  float64
	Burst float64
}

// Limits says how often one caller may ask. They hold per process.
type Limits struct {
	User    Limit // one person
	Org     Limit // everybody of one organization together, so that one cannot starve the others
	Forged  Limit // tokens from one address that were never ours
	Address Limit // one address at the operations that need no sign-in
}

// DefaultLimits are far above what people do and far below what hurts.
func DefaultLimits() Limits {
	return Limits{User: Limit{50, 200}, Org: Limit{2000, 4000}, Address: Limit{10, 100}, Forged: Limit{0.2, 20}}
}

type limits struct {
	user    *limiter[uuid.UUID]
	org     *limiter[access.OrgID]
	network *limiter[netip.Prefix]
	forgers *limiter[netip.Prefix]
}

func newLimits(l Limits) *limits {
	return &limits{
		user:    newLimiter[uuid.UUID]("user", l.User),
		org:     newLimiter[access.OrgID]("org", l.Org),
		network: newLimiter[netip.Prefix]("address", l.Address),
		forgers: newLimiter[netip.Prefix]("forged", l.Forged),
	}
}

// member counts a request of a signed-in person.
func (l *limits) member(h http.Header, a access.Actor) error {
	if err := l.user.take(h, a.User); err != nil {
		return err // without spending what belongs to his colleagues
	}
	return l.org.take(nil, a.Org)
}

// address counts a request of somebody unknown. An IPv6 caller owns a whole
// /64, so that is what is counted.
func (l *limits) address(h http.Header, at netip.Addr) error { return l.network.take(h, networkOf(at)) }

// refused counts a refusal when it is one of a forged token, and tells an address
// that tries too many of them to wait. Genuine tokens from the same address work
// on: colleagues behind one address are not locked out by a neighbour.
func (l *limits) refused(at netip.Addr, err error) error {
	if !errors.Is(err, directory.ErrForged) {
		return err
	}
	if late := l.forgers.take(nil, networkOf(at)); late != nil {
		return late
	}
	return err
}

func networkOf(at netip.Addr) netip.Prefix {
	bits := at.BitLen()
	if at.Is6() {
		bits = 64
	}
	network, err := at.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return network
}

// limiter keeps one bucket per key and forgets the full ones.
type limiter[K comparable] struct {
	name, policy string
	Limit
	now func() time.Time

	mu      sync.Mutex
	buckets map[K]bucket
	sweepAt int // number of buckets at which full ones are dropped
}

type bucket struct {
	tokens float64
	at     time.Time
}

const fewestBuckets = 4096

func newLimiter[K comparable](name string, l Limit) *limiter[K] {
	policy := strconv.Quote(name) + ";q=" + whole(l.Burst) + ";w=" + whole(math.Ceil(l.Burst/max(l.Rate, 1e-3)))
	return &limiter[K]{
		name: name, policy: policy, Limit: l, now: time.Now,
		buckets: map[K]bucket{}, sweepAt: fewestBuckets,
	}
}

// take spends one token or answers Throttled with the time to wait. Into h, when
// given, it writes the RateLimit headers (draft-ietf-httpapi-ratelimit-headers).
func (l *limiter[K]) take(h http.Header, key K) error {
	if l.Rate <= 0 {
		return nil
	}
	left, ok := l.spend(key)
	if h != nil {
		h.Set("RateLimit-Policy", l.policy)
		h.Set("RateLimit", strconv.Quote(l.name)+";r="+whole(left)+";t="+whole((l.Burst-left)/l.Rate+1))
	}
	if ok {
		return nil
	}
	e := fault.New(fault.Throttled, "Too many requests in a short time. Wait a moment and try again.")
	e.RetryAfter = int(math.Ceil((1 - left) / l.Rate))
	return e
}

// whole writes a number without its fraction.
func whole(n float64) string { return strconv.FormatInt(int64(n), 10) }

func (l *limiter[K]) spend(key K) (left float64, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	b, known := l.buckets[key]
	if !known {
		b = bucket{tokens: l.Burst, at: now}
	}
	b.tokens = l.filled(b, now)
	b.at = now
	if ok = b.tokens >= 1; ok {
		b.tokens--
	}
	l.buckets[key] = b
	if len(l.buckets) >= l.sweepAt {
		l.sweep(now)
	}
	return b.tokens, ok
}

func (l *limiter[K]) filled(b bucket, now time.Time) float64 {
	return min(l.Burst, b.tokens+now.Sub(b.at).Seconds()*l.Rate)
}

// sweep drops the buckets that are full again; they say nothing.
func (l *limiter[K]) sweep(now time.Time) {
	for key, b := range l.buckets {
		if l.filled(b, now) >= l.Burst {
			delete(l.buckets, key)
		}
	}
	l.sweepAt = max(fewestBuckets, 2*len(l.buckets))
}
