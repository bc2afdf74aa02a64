package httpapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// request is a body that was read strictly, with what else a verb may need.
type request struct {
	raw    []byte
	tree   any
	key    string // the Idempotency-Key, empty when none was sent
	client client
}

// serve answers one operation.
func (s *Server) serve(o *operation) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), s.cfg.Deadline)
		defer cancel()
		r = r.WithContext(ctx)
		actor, err := s.admit(w, r, o)
		if err != nil {
			s.fail(w, r, failure{operation: o.name, actor: actor, err: err})
			return
		}
		reply, err := s.act(w, r, o, actor)
		if err != nil {
			err = s.limits.refused(s.address(r), err)
			s.fail(w, r, failure{operation: o.name, actor: actor, err: err})
			return
		}
		if h, ok := reply.(interface{ headers(http.Header) }); ok {
			h.headers(w.Header())
		}
		writeJSON(w, http.StatusOK, "application/json", reply)
	}
}

// admit says who calls and whether he may use the operation at all. What he may
// do with one run or task is the verb's question.
func (s *Server) admit(w http.ResponseWriter, r *http.Request, o *operation) (access.Actor, error) {
	if o.permission == access.Public {
		return access.Actor{}, s.limits.address(w.Header(), s.address(r))
	}
	token, err := bearer(r)
	if err != nil {
		return access.Actor{}, err
	}
	a, err := s.authenticate(r.Context(), token)
	if err != nil {
		return access.Actor{}, s.limits.refused(s.address(r), err)
	}
	if err := s.limits.member(w.Header(), a); err != nil {
		return a, err
	}
	if err := s.atHome(r, a); err != nil {
		return a, err
	}
	if o.permission != access.Member && !a.Has(o.permission) {
		return a, fault.New(fault.Forbidden, "This needs the right %s (%s), which none of your roles grants.", o.permission, meaning(o.permission))
	}
	return a, nil
}

// atHome refuses a sign-in to one organization on the subdomain of another. The
// token decides for whom we act, whatever the address says; but a person who
// reads another name in his browser must not be served.
func (s *Server) atHome(r *http.Request, a access.Actor) error {
	wanted := s.subdomain(r.Host)
	if wanted == "" {
		return nil
	}
	own, err := s.slug(r.Context(), a)
	if err == nil && own != wanted {
		err = fault.New(fault.Unauthenticated, "You are signed in to another organization. Sign in to this one first.")
	}
	return err
}

func meaning(p access.Permission) string {
	for _, right := range access.Rights() {
		if right.Permission == p {
			return strings.ToLower(right.Meaning[:1]) + right.Meaning[1:]
		}
	}
	return string(p)
}

// act reads the request and calls the verb.
func (s *Server) act(w http.ResponseWriter, r *http.Request, o *operation, a access.Actor) (any, error) {
	raw, err := readBody(w, r)
	if err != nil {
		return nil, err
	}
	tree, err := parseJSON(raw)
	if err != nil {
		return nil, err
	}
	q := request{raw: raw, tree: tree, client: s.client(r)}
	if o.keyed {
		if q.key, err = idempotencyKey(r); err != nil {
			return nil, err
		}
	}
	reply, err := o.run(r.Context(), a, q)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.name, err)
	}
	return reply, nil
}

// readBody returns the body of a JSON request of acceptable size.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if err := wantJSON(r); err != nil {
		return nil, err
	}
	if r.ContentLength > maxBody {
		return nil, tooLarge()
	}
	var b bytes.Buffer
	if r.ContentLength > 0 {
		b.Grow(int(r.ContentLength) + bytes.MinRead)
	}
	_, err := b.ReadFrom(http.MaxBytesReader(w, r.Body, maxBody))
	if _, over := errors.AsType[*http.MaxBytesError](err); over {
		return nil, tooLarge()
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return nil, &statusError{http.StatusRequestTimeout, fault.New(fault.Malformed, "The body came too slowly. Send the request again.")}
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fault.New(fault.Malformed, "The body ended before its announced length.")
	}
	return b.Bytes(), err
}

func tooLarge() error {
	return fault.New(fault.TooLarge, "The body is larger than %d KiB.", maxBody>>10)
}

// wantJSON refuses every other content type. A form of another site can send
// text/plain without asking first, so this is also a wall against forged requests.
func wantJSON(r *http.Request) error {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := strings.ToLower(params["charset"])
	if err != nil || kind != "application/json" || (charset != "" && charset != "utf-8") {
		return fault.New(fault.Unsupported, "Send the body as Content-Type: application/json.")
	}
	if enc := r.Header.Get("Content-Encoding"); enc != "" && enc != "identity" {
		return fault.New(fault.Unsupported, "Send the body without Content-Encoding.")
	}
	return nil
}

// bearer returns the access token of the Authorization header.
func bearer(r *http.Request) (string, error) {
	values := r.Header.Values("Authorization")
	if len(values) == 0 {
		return "", fault.New(fault.Unauthenticated, "Sign in first: this operation needs an access token.")
	}
	scheme, token, _ := strings.Cut(values[0], " ")
	if len(values) > 1 || !strings.EqualFold(scheme, "Bearer") || token == "" || len(token) > 4096 || strings.ContainsAny(token, " ,\t") {
		return "", fault.New(fault.Unauthenticated, "The Authorization header must be Bearer and one access token.")
	}
	return token, nil
}
