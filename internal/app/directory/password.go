package directory

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// argon2id as the OWASP password storage cheat sheet has it: two passes over
// 19 MiB in one lane, about 30 ms.
type hashCost struct {
	time, memory uint32 // passes, KiB
	lanes        uint8
}

var presentCost = hashCost{time: 2, memory: 19 * 1024, lanes: 1}

const (
	saltBytes = 16
	hashBytes = 32
)

// hasher hashes passwords, a bounded number at once: the morning's sign-ins
// must neither exhaust the memory nor starve the rest.
type hasher struct {
	turns chan struct{}
	wait  time.Duration // for a turn, before people are told that the server is busy
	// dummy is verified for people who do not exist, so that they take as long.
	dummy string
}

func newHasher(atOnce int, wait time.Duration) *hasher {
	return &hasher{wait: wait, turns: make(chan struct{}, atOnce), dummy: encode(presentCost, make([]byte, saltBytes), make([]byte, hashBytes))}
}

func (h *hasher) turn(ctx context.Context) (done func(), err error) {
	timer := time.NewTimer(h.wait)
	defer timer.Stop()
	select {
	case h.turns <- struct{}{}:
		return func() { <-h.turns }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-timer.C:
		f := fault.New(fault.Unavailable, "Many people are signing in right now. Try again in a moment.")
		f.RetryAfter = 5
		return nil, f
	}
}

// hash returns a PHC string with a fresh salt.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	done, err := h.turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails: crypto/rand
	c := presentCost
	return encode(c, salt, argon2.IDKey([]byte(password), salt, c.time, c.memory, c.lanes, hashBytes)), nil
}

// verify compares a password with a PHC string and says whether the string was
// made with other parameters than today's. With an empty one, of somebody who
// has no password or does not exist, it works as long and answers no.
func (h *hasher) verify(ctx context.Context, password, phc string) (right, outdated bool, err error) {
	known := phc != ""
	if !known {
		phc = h.dummy
	}
	cost, salt, want, err := decode(phc)
	if err != nil {
		return false, false, err
	}
	done, err := h.turn(ctx)
	if err != nil {
		return false, false, err
	}
	defer done()
	got := argon2.IDKey([]byte(password), salt, cost.time, cost.memory, cost.lanes, uint32(len(want)))
	right = subtle.ConstantTimeCompare(got, want) == 1 && known
	return right, cost != presentCost || len(want) != hashBytes, nil
}

// encode writes the PHC string format: github.com/P-H-C/phc-string-format.
func encode(c hashCost, salt, hash []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.time, c.lanes, b64.EncodeToString(salt), b64.EncodeToString(hash))
}

func decode(phc string) (c hashCost, salt, hash []byte, err error) {
	broken := fmt.Errorf("directory: a stored password hash cannot be read")
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, broken
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.time, &c.lanes); err != nil {
		return c, nil, nil, broken
	}
	salt, err = base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return c, nil, nil, broken
	}
	hash, err = base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(hash) == 0 || c.time == 0 || c.lanes == 0 || c.memory > 1<<20 {
		return c, nil, nil, broken
	}
	return c, salt, hash, nil
}

const (
	shortestPassword = 8
	longestPassword  = 128
)

// common are the most used passwords of eight characters and more, in lower
// case, most used first (from the frequency lists of zxcvbn, MIT licence).
//
//go:embed common.txt
var common string

var commonSet = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for word := range strings.Lines(common) {
		set[strings.TrimSpace(word)] = true
	}
	return set
})

// checkPassword refuses what is guessed first. Any character counts, as it is;
// about are words an attacker knows: the person's name and address, the
// organization.
func checkPassword(path, password string, about ...string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password):
		return fault.At(path, "The password is not valid text.")
	case n < shortestPassword:
		return fault.At(path, "The password is too short: use at least %d characters.", shortestPassword)
	case n > longestPassword:
		return fault.At(path, "The password is too long: use at most %d characters.", longestPassword)
	}
	lower := strings.ToLower(password)
	if commonSet()[lower] || strings.Count(lower, lower[:1]) == len(lower) {
		return fault.At(path, "This password is one of the first that are guessed. Choose another.")
	}
	if mostlyAbout(lower, about) {
		return fault.At(path, "This password says little more than the name of the person or the organization. Choose another.")
	}
	return nil
}

// mostlyAbout reports whether fewer than six characters are left without the
// words an attacker knows.
func mostlyAbout(lower string, about []string) bool {
	rest := lower
	for _, text := range about {
		for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" .@-_+", r) }) {
			if utf8.RuneCountInString(word) >= 3 {
				rest = strings.ReplaceAll(rest, word, "")
			}
		}
	}
	return rest != lower && utf8.RuneCountInString(rest) < 6
}
