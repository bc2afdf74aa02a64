package httpapi

import (
	"crypto/sha256"
	"encoding/json"
	"maps"
	"net/http"
	"strings"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// keyed is embedded in the requests of verbs that repeat their outcome for the
// same Idempotency-Key (draft-ietf-httpapi-idempotency-key-header). The verb
// keeps both in its transaction and answers 422 when the key comes back with
// another body, 409 while the first request is still at work.
type keyed struct {
	key  string
	hash [32]byte
}

func (k *keyed) setIdempotency(key string, hash [32]byte) { k.key, k.hash = key, hash }

// once is how the verbs of the directory take an idempotency key.
func (k keyed) once() directory.Key { return directory.Key{Key: k.key, Hash: k.hash} }

// equip hands a decoded request what does not stand in its body. secrets are the
// members whose values leave no trace.
func (q request) equip(in any, secrets []string) {
	if k, ok := in.(interface{ setIdempotency(string, [32]byte) }); ok && q.key != "" {
		k.setIdempotency(q.key, hashOf(q.tree, secrets))
	}
	if c, ok := in.(interface{ setClient(client) }); ok {
		c.setClient(q.client)
	}
}

// hashOf is the same for two bodies that differ only in spaces and in the order
// of members. Of a secret it takes in only that there is one: the hash is stored,
// and whoever reads it could try passwords on it quickly.
func hashOf(tree any, secrets []string) [32]byte {
	if members, ok := tree.(map[string]any); ok && len(secrets) > 0 {
		open := maps.Clone(members)
		for _, name := range secrets {
			if open[name] != nil {
				open[name] = true
			}
		}
		tree = open
	}
	canonical, err := json.Marshal(tree)
	if err != nil {
		panic(err) // the tree came out of JSON
	}
	return sha256.Sum256(canonical)
}

// idempotencyKey returns the header's key, without the quotes the draft allows.
func idempotencyKey(r *http.Request) (string, error) {
	values := r.Header.Values("Idempotency-Key")
	if len(values) == 0 {
		return "", nil
	}
	key := strings.TrimSpace(values[0])
	if len(key) >= 2 && key[0] == '"' && key[len(key)-1] == '"' {
		key = key[1 : len(key)-1]
	}
	unprintable := func(c rune) bool { return c < ' ' || c > '~' }
	if len(values) > 1 || key == "" || len(key) > 255 || strings.ContainsFunc(key, unprintable) {
		return "", fault.New(fault.Malformed, "The Idempotency-Key must be one text of 1 to 255 printable ASCII characters.")
	}
	return key, nil
}
