package httpapi

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// client is what the sign-in verbs need to know about the other end.
type client struct {
	// address is where the request comes from, for throttling and the list of sessions.
	address netip.Addr
	agent   string
	// slug is the organization of the subdomain, empty without one.
	slug string
	// refresh is the value of the refresh cookie.
	refresh string
	secure  bool
}

// calling is embedded in requests whose verbs need the client.
type calling struct{ client client }

func (c *calling) setClient(k client) { c.client = k }

func (s *Server) client(r *http.Request) client {
	agent := r.UserAgent()
	if len(agent) > 300 {
		agent = strings.ToValidUTF8(agent[:300], "")
	}
	return client{
		address: s.address(r), agent: strings.ToValidUTF8(agent, ""),
		slug: s.subdomain(r.Host), refresh: refreshCookie(r, s.secure()), secure: s.secure(),
	}
}

// address is the caller's, read from the right of X-Forwarded-For as far as
// each hop is one of our own proxies. Whoever is not behind one cannot lie.
func (s *Server) address(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	at, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	at = at.Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusted(at); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		at = next.Unmap().WithZone("")
	}
	return at
}

func (s *Server) trusted(at netip.Addr) bool {
	for _, p := range s.cfg.Proxies {
		if p.Contains(at) {
			return true
		}
	}
	return false
}

// subdomain returns acme for acme.<public host>, else nothing.
func (s *Server) subdomain(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	base := s.cfg.Public.Hostname()
	slug, found := strings.CutSuffix(strings.ToLower(host), "."+strings.ToLower(base))
	if !found || strings.Contains(slug, ".") || slug == "www" {
		return ""
	}
	return slug
}

// The refresh cookie. Over TLS its prefix makes browsers insist on Secure, on
// this host and on the path /; without TLS they would refuse that name.
const (
	cookieName       = "handstamp_refresh"
	secureCookieName = "__Host-" + cookieName
	cookiePath       = "/api/v1/"
)

// newRefreshCookie makes the cookie for a refresh token; an empty token with a
// negative age deletes it.
func newRefreshCookie(token string, secure bool, seconds int) *http.Cookie {
	c := &http.Cookie{
		Name: cookieName, Value: token, Path: cookiePath, MaxAge: seconds,
		HttpOnly: true, SameSite: http.SameSiteStrictMode,
	}
	if secure {
		c.Name, c.Path, c.Secure = secureCookieName, "/", true
	}
	return c
}

func refreshCookie(r *http.Request, secure bool) string {
	name := cookieName
	if secure {
		name = secureCookieName
	}
	if c, err := r.Cookie(name); err == nil && len(c.Value) <= 1024 {
		return c.Value
	}
	return ""
}
