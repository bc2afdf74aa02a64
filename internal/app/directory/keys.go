package directory

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Keys are read again when a token names one not known here, but not more often
// than once per keysPause; and before signing once they are older than keysFresh.
const (
	keysPause = 5 * time.Second
	keysFresh = time.Minute
)

// keyring holds the signing keys of all servers on this database. Several may
// verify at once; the newest that is not retired signs.
type keyring struct {
	db *db.DB
	// verifyFor is how long a retired key still verifies.
	verifyFor time.Duration

	mu      sync.RWMutex
	signer  signingKey
	known   map[string]ed25519.PublicKey
	read    time.Time
	reading sync.Mutex
}

// open reads the keys and makes the first.
func (k *keyring) open(ctx context.Context) error {
	err := k.reload(ctx, 0)
	if errors.Is(err, errNoSigner) {
		_, err = k.add(ctx)
	}
	return err
}

var errNoSigner = errors.New("directory: there is no key to sign access tokens with")

// reload reads the keys unless they were read within the pause.
func (k *keyring) reload(ctx context.Context, pause time.Duration) error {
	k.reading.Lock()
	defer k.reading.Unlock()
	k.mu.RLock()
	recent := pause > 0 && time.Since(k.read) < pause
	k.mu.RUnlock()
	if recent {
		return nil
	}
	var rows []dbq.ListSigningKeysRow
	err := k.db.Global(ctx, func(q db.Querier) (err error) {
		rows, err = dbq.New(q).ListSigningKeys(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("directory: read the signing keys: %w", err)
	}
	return k.take(rows)
}

func (k *keyring) take(rows []dbq.ListSigningKeysRow) error {
	known, signer := map[string]ed25519.PublicKey{}, signingKey{}
	for _, r := range rows {
		if r.RetiredFor > k.verifyFor.Seconds() {
			continue
		}
		private := ed25519.NewKeyFromSeed(r.PrivateKey)
		public, _ := private.Public().(ed25519.PublicKey)
		known[r.Kid] = public
		if r.RetiredFor < 0 {
			signer = signingKey{r.Kid, private}
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.known, k.signer, k.read = known, signer, time.Now()
	if signer.private == nil {
		return errNoSigner
	}
	return nil
}

// add makes a key that signs from now on and returns its name.
func (k *keyring) add(ctx context.Context) (string, error) {
	seed := make([]byte, ed25519.SeedSize)
	_, _ = rand.Read(seed) // never fails: crypto/rand
	public, _ := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	sum := sha256.Sum256(public)
	kid := base64.RawURLEncoding.EncodeToString(sum[:12])
	err := k.db.Global(ctx, func(q db.Querier) error {
		return dbq.New(q).InsertSigningKey(ctx, dbq.InsertSigningKeyParams{Kid: kid, PrivateKey: seed})
	})
	if err != nil {
		return "", fmt.Errorf("directory: add a signing key: %w", err)
	}
	return kid, k.reload(ctx, 0)
}

func (k *keyring) find(kid string) (ed25519.PublicKey, bool) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	key, ok := k.known[kid]
	return key, ok
}

// current returns the key to sign with. Another server may have retired ours.
func (k *keyring) current(ctx context.Context) (signingKey, error) {
	if err := k.reload(ctx, keysFresh); err != nil {
		return signingKey{}, err
	}
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.signer, nil
}

// RotateKeys signs with a new key from now on. Tokens signed with the old ones
// stay good for their life; other servers follow within a minute.
func (s *Service) RotateKeys(ctx context.Context) error {
	kid, err := s.keys.add(ctx)
	if err != nil {
		return err
	}
	err = s.DB.Global(ctx, func(q db.Querier) error { return dbq.New(q).RetireSigningKeys(ctx, kid) })
	if err != nil {
		return fmt.Errorf("directory: retire the old signing keys: %w", err)
	}
	return s.keys.reload(ctx, 0)
}
