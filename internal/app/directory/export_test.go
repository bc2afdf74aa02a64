package directory

import (
	"context"
	"crypto/ed25519"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/crypto/argon2"
)

// Circles returns who reports to himself, given everybody's manager.
func Circles(managers map[uuid.UUID]*uuid.UUID) map[uuid.UUID]bool {
	return (&importing{managers: managers}).circles()
}

// HashWith makes a PHC string with given parameters.
func HashWith(password string, passes, memory uint32, lanes uint8) string {
	salt := []byte("0123456789abcdef")
	c := hashCost{time: passes, memory: memory, lanes: lanes}
	return encode(c, salt, argon2.IDKey([]byte(password), salt, passes, memory, lanes, hashBytes))
}

// MostHashers verifies passwords at once and returns how many were at it.
func MostHashers(t *testing.T, bound, n int) int {
	t.Helper()
	h := newHasher(bound, time.Hour)
	var most atomic.Int64
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for ctx.Err() == nil {
			most.Store(max(most.Load(), int64(len(h.turns))))
			time.Sleep(time.Millisecond)
		}
	}()
	for range n {
		wg.Go(func() {
			if _, _, err := h.verify(context.Background(), "x", ""); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	cancel()
	return int(most.Load())
}

// CheckPassword is checkPassword.
func CheckPassword(password string, about ...string) error {
	return checkPassword("password", password, about...)
}

// SigningKey is the key that signs now.
func (s *Service) SigningKey(t *testing.T) (kid string, private ed25519.PrivateKey) {
	t.Helper()
	k, err := s.keys.current(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return k.kid, k.private
}

// ParseAt reads an access token at a time.
func (s *Service) ParseAt(now time.Time, token string) (Claims, error) {
	return s.tokens.verify(now, token)
}
