package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

type login struct {
	calling
	Org      string `json:"org,omitempty" maxLength:"200" doc:"The organization's short name or name; not needed on its own subdomain." example:"acme"`
	Email    string `json:"email" maxLength:"254" doc:"Upper and lower case are the same." example:"asha.rao@acme.example"`
	Password string `json:"password" maxLength:"1024" writeOnly:"true" doc:"Never repeated in an answer or a log." example:"handstamp-demo"`
}

// me is what a first page needs: who is signed in, and how much waits for him.
type me struct {
	directory.Me
	Counts runs.Counts `json:"counts"`
}

type onlyCalling struct{ calling }

// signedIn is a fresh access token, with the refresh token in a cookie.
type signedIn struct {
	directory.SignedIn
	cookie *http.Cookie
}

func (s signedIn) headers(h http.Header) { h.Add("Set-Cookie", s.cookie.String()) }

// signedOut takes the cookie away.
type signedOut struct{ cookie *http.Cookie }

func (s signedOut) headers(h http.Header) { h.Add("Set-Cookie", s.cookie.String()) }

type sessionRevoke struct {
	keyed
	SessionID uuid.UUID `json:"session_id" doc:"One of the caller's own sessions."`
}

func authOperations(r *registry, s *directory.Service, work *runs.Service) {
	op(r, "auth.login", access.Public, read, "Sign in",
		"Answers an access token and sets the refresh cookie. Whatever is wrong, the answer is the same.",
		func(ctx context.Context, _ access.Actor, in login) (signedIn, error) {
			org, err := in.organization()
			if err != nil {
				return signedIn{}, err
			}
			reply, err := s.Login(ctx, directory.Login{Org: org, Email: in.Email, Password: in.Password, Client: in.other()})
			return in.signedIn(reply, err)
		})
	op(r, "auth.refresh", access.Public, read, "Stay signed in",
		"Exchanges the refresh cookie for a new one and a new access token. A copy of an old cookie ends the session.",
		func(ctx context.Context, _ access.Actor, in onlyCalling) (signedIn, error) {
			if in.client.refresh == "" {
				return signedIn{}, fault.New(fault.Unauthenticated, "Sign in first: there is no refresh cookie.")
			}
			reply, err := s.Refresh(ctx, in.client.refresh, in.other())
			return in.signedIn(reply, err)
		})
	op(r, "auth.logout", access.Public, read, "Sign out",
		"Ends the session of the refresh cookie and deletes the cookie.",
		func(ctx context.Context, _ access.Actor, in onlyCalling) (signedOut, error) {
			out := signedOut{newRefreshCookie("", in.client.secure, -1)}
			return out, s.Logout(ctx, in.client.refresh, in.other())
		})
	op(r, "me.get", access.Member, read, "Read who I am",
		"The caller, his organization and rights, and how much waits for him.",
		func(ctx context.Context, a access.Actor, _ nothing) (me, error) {
			who, err := s.GetMe(ctx, a)
			if err != nil {
				return me{}, err
			}
			counts, err := work.Count(ctx, a)
			return me{who, counts}, err
		})
	op(r, "sessions.list", access.Member, read, "List my sessions",
		"Where the caller is signed in, the one used last first.",
		func(ctx context.Context, a access.Actor, _ nothing) (directory.SessionList, error) {
			return s.ListSessions(ctx, a)
		})
	op(r, "sessions.revoke", access.Member, change, "End one of my sessions",
		"Signs the caller out elsewhere, within five seconds.",
		func(ctx context.Context, a access.Actor, in sessionRevoke) (nothing, error) {
			return nothing{}, s.RevokeSession(ctx, a, in.SessionID, in.once())
		})
}

// organization is the one of the subdomain; elsewhere the one that was named.
func (l login) organization() (string, error) {
	if l.client.slug != "" {
		return l.client.slug, nil
	}
	if l.Org == "" {
		return "", fault.At("org", "Name your organization.")
	}
	return l.Org, nil
}

// other is the other end as the directory records it.
func (c calling) other() directory.Client {
	k := directory.Client{UserAgent: c.client.agent}
	if c.client.address.IsValid() {
		k.Address = c.client.address.String()
	}
	return k
}

func (c calling) signedIn(reply directory.SignedIn, err error) (signedIn, error) {
	if err != nil {
		return signedIn{}, err
	}
	age := int(reply.RefreshFor / time.Second)
	return signedIn{reply, newRefreshCookie(reply.Refresh, c.client.secure, age)}, nil
}
