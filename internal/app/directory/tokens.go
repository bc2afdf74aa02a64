package directory

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
)

// Claims say who an access token was given to. They are a promise of the past:
// CheckSession tells whether it still holds.
type Claims struct {
	Org     access.OrgID
	User    uuid.UUID
	Session uuid.UUID
	Expires time.Time
}

const (
	// tokenType keeps access tokens apart from every other signed thing
	// (RFC 9068; RFC 8725, 3.11).
	tokenType = "at+jwt"
	// leeway allows for the clocks of two servers.
	leeway = 10 * time.Second
	// maxVerified bounds the memory of verified tokens, about 200 bytes each.
	maxVerified = 20000
)

var (
	errToken      = errors.New("directory: not a valid access token")
	errRanOut     = errors.New("directory: an access token that ran out")
	errUnknownKey = errors.New("directory: signed with an unknown key")
)

// signingKey signs access tokens; kid names it in their header.
type signingKey struct {
	kid     string
	private ed25519.PrivateKey
}

// tokens issues and verifies access tokens: JSON Web Tokens signed with Ed25519
// (RFC 8037), read as RFC 8725 asks.
type tokens struct {
	issuer, audience string
	life             time.Duration
	find             func(kid string) (ed25519.PublicKey, bool)

	mu       sync.Mutex
	verified map[[sha256.Size]byte]Claims
}

func newTokens(s Settings, find func(kid string) (ed25519.PublicKey, bool)) *tokens {
	return &tokens{
		issuer: s.Issuer, audience: s.Audience, life: s.AccessLife, find: find,
		verified: map[[sha256.Size]byte]Claims{},
	}
}

type jwtClaims struct {
	jwt.RegisteredClaims
	Org     string `json:"org"`
	Session string `json:"sid"`
}

// issue returns a token that is good from now for the configured life.
func (t *tokens) issue(now time.Time, key signingKey, c Claims) (string, error) {
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, jwtClaims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: t.issuer, Audience: jwt.ClaimStrings{t.audience}, Subject: c.User.String(),
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(t.life)),
		},
		Org: c.Org.String(), Session: c.Session.String(),
	})
	token.Header["typ"], token.Header["kid"] = tokenType, key.kid
	return token.SignedString(key.private)
}

// verify returns what a token says when it is genuine and in force at now. A
// token seen before costs a hash instead of a signature.
func (t *tokens) verify(now time.Time, text string) (Claims, error) {
	sum := sha256.Sum256([]byte(text))
	t.mu.Lock()
	c, seen := t.verified[sum]
	t.mu.Unlock()
	if seen {
		if now.After(c.Expires.Add(leeway)) {
			return Claims{}, errRanOut
		}
		return c, nil
	}
	c, err := t.parse(now, text)
	if err != nil {
		return Claims{}, err
	}
	t.remember(now, sum, c)
	return c, nil
}

// remember drops what ran out, and everything when that is not enough.
func (t *tokens) remember(now time.Time, sum [sha256.Size]byte, c Claims) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.verified) >= maxVerified {
		for k, v := range t.verified {
			if now.After(v.Expires) {
				delete(t.verified, k)
			}
		}
		if len(t.verified) >= maxVerified {
			clear(t.verified)
		}
	}
	t.verified[sum] = c
}

func (t *tokens) parse(now time.Time, text string) (Claims, error) {
	parser := jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}),
		jwt.WithIssuer(t.issuer), jwt.WithAudience(t.audience),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(leeway),
		jwt.WithTimeFunc(func() time.Time { return now }), jwt.WithStrictDecoding(),
	)
	var c jwtClaims
	if _, err := parser.ParseWithClaims(text, &c, t.keyFor); err != nil {
		if errors.Is(err, errUnknownKey) {
			return Claims{}, errUnknownKey
		}
		if errors.Is(err, jwt.ErrTokenExpired) { // told of genuine ones only: the signature is looked at first
			return Claims{}, fmt.Errorf("%w: %w", errRanOut, err)
		}
		return Claims{}, fmt.Errorf("%w: %w", errToken, err)
	}
	return c.claims()
}

// keyFor takes the key from the header's kid alone and refuses every header
// that would bring a key along (RFC 8725, 3.10).
func (t *tokens) keyFor(token *jwt.Token) (any, error) {
	for name := range token.Header {
		if name != "alg" && name != "typ" && name != "kid" {
			return nil, fmt.Errorf("header %q", name)
		}
	}
	if token.Header["typ"] != tokenType {
		return nil, errors.New("wrong typ")
	}
	kid, _ := token.Header["kid"].(string)
	key, ok := t.find(kid)
	if !ok {
		return nil, errUnknownKey
	}
	return key, nil
}

func (c jwtClaims) claims() (Claims, error) {
	org, err1 := uuid.Parse(c.Org)
	user, err2 := uuid.Parse(c.Subject)
	session, err3 := uuid.Parse(c.Session)
	if err := errors.Join(err1, err2, err3); err != nil {
		return Claims{}, fmt.Errorf("%w: %w", errToken, err)
	}
	return Claims{Org: access.OrgID(org), User: user, Session: session, Expires: c.ExpiresAt.Time}, nil
}
