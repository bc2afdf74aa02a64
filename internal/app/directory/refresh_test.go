package directory_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

func (w *world) refresh(token string) (directory.SignedIn, error) {
	return w.service.Refresh(w.Context(), token, directory.Client{Address: "192.0.2.8", UserAgent: "tab"})
}

func (w *world) mustRefresh(token string) directory.SignedIn {
	w.Helper()
	in, err := w.refresh(token)
	if err != nil {
		w.Fatal(err)
	}
	return in
}

// later moves the clock of the world's own database on.
func (w *world) later(d time.Duration) { w.Helper(); w.env.SetClock(w.T, d) }

func ownWorld(t *testing.T) *world { return worldIn(t, dbtest.Own(t), patient()) }

// Ensure refreshing gives a new pair, and the old token dies after the grace (R14).
func TestRefresh(t *testing.T) {
	t.Parallel()
	w := ownWorld(t)
	first := w.mustLogin(w.email)
	second := w.mustRefresh(first.Refresh)
	if second.Refresh == first.Refresh || second.AccessToken == "" {
		t.Error("nothing new")
	}
	if a, err := w.actor(second); err != nil || a.User != w.admin.User {
		t.Errorf("%+v %v", a, err)
	}
	third := w.mustRefresh(second.Refresh)
	w.later(31 * time.Second)
	_, err := w.refresh(second.Refresh)
	wantFault(t, "after the grace", err, fault.Unauthenticated, "")
	_, err = w.refresh(third.Refresh)
	wantFault(t, "the present one, after the reuse", err, fault.Unauthenticated, "")
}

// Ensure two tabs that refresh at once stay one session and both go on (R15),
// and that an answer that got lost can be had again.
func TestRefreshInTwoTabs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.mustLogin(w.email)
	a, b := w.mustRefresh(first.Refresh), w.mustRefresh(first.Refresh)
	if a.Refresh != b.Refresh {
		t.Error("the tabs went different ways")
	}
	next := w.mustRefresh(b.Refresh)
	if next.Refresh != w.mustRefresh(a.Refresh).Refresh {
		t.Error("the tabs went different ways later")
	}
}

// Ensure a token two generations old ends the session, within the grace too,
// and is written down (R16).
func TestRefreshReuse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.mustLogin(w.email)
	other := w.mustLogin(w.email)
	second := w.mustRefresh(first.Refresh)
	third := w.mustRefresh(second.Refresh)
	_, err := w.refresh(first.Refresh)
	wantFault(t, "two generations old", err, fault.Unauthenticated, "")
	if w.audited("auth.refresh", "refused") != 1 {
		t.Error("the reuse is not in the audit log")
	}
	for what, token := range map[string]string{"the present one": third.Refresh, "the one before": second.Refresh} {
		_, err := w.refresh(token)
		wantFault(t, what, err, fault.Unauthenticated, "")
	}
	_, err = w.actor(third)
	wantFault(t, "the access token of the session", err, fault.Unauthenticated, "")
	if _, err := w.actor(other); err != nil {
		t.Errorf("another session of the same person: %v", err)
	}
}

// Ensure 100 uses of one token at once rotate once and make no second branch (R17).
func TestRefreshRace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.mustLogin(w.email)
	answers := make([]string, 100)
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() {
			in, err := w.refresh(first.Refresh)
			if err != nil && !fault.Is(err, fault.Unavailable) {
				t.Error(err)
			}
			answers[i] = in.Refresh
		})
	}
	wg.Wait()
	different := map[string]bool{}
	for _, a := range answers {
		if a != "" {
			different[a] = true
		}
	}
	if len(different) != 1 {
		t.Errorf("%d branches", len(different))
	}
	if n := get[int](w, `SELECT count(*)::int FROM refresh_tokens`); n != 2 {
		t.Errorf("%d tokens, want the first and one more", n)
	}
}

// Ensure a session ends when it is idle, and in the end in any case (R19).
func TestRefreshLifetimes(t *testing.T) {
	t.Parallel()
	w := ownWorld(t)
	idle, busy := w.mustLogin(w.email), w.mustLogin(w.email)
	for day := 1; day <= 7; day++ {
		w.later(time.Duration(day) * 23 * time.Hour)
		in, err := w.refresh(busy.Refresh)
		if err != nil {
			t.Fatalf("day %d: %v", day, err)
		}
		if day == 7 && in.RefreshFor > 7*time.Hour {
			t.Errorf("the last cookie is kept for %s", in.RefreshFor)
		}
		busy = in
		if day == 2 {
			_, err = w.refresh(idle.Refresh)
			wantFault(t, "idle for more than a day", err, fault.Unauthenticated, "")
			if reason := get[string](w, `SELECT end_reason FROM sessions WHERE ended_at IS NOT NULL`); reason != "expired" {
				t.Errorf("ended because %s", reason)
			}
		}
	}
	w.later(7*24*time.Hour + time.Minute)
	_, err := w.refresh(busy.Refresh)
	wantFault(t, "older than seven days", err, fault.Unauthenticated, "")
	_, err = w.actor(busy)
	wantFault(t, "its access token", err, fault.Unauthenticated, "")
}

// Ensure what is no refresh token changes nothing, and guessing a secret does
// not end somebody's session.
func TestRefreshOfGarbage(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t), newWorld(t)
	in := w.mustLogin(w.email)
	parts := strings.Split(in.Refresh, ".")
	guess := strings.Repeat("A", len(parts[2]))
	for what, token := range map[string]string{
		"empty": "", "access token": in.AccessToken, "garbage": "a.b.c", "long": strings.Repeat("x", 10000),
		"wrong secret":   parts[0] + "." + parts[1] + "." + guess,
		"other session":  parts[0] + "." + nobody().String() + "." + parts[2],
		"other org":      other.org.String() + "." + parts[1] + "." + parts[2],
		"no org":         "00000000-0000-0000-0000-000000000000." + parts[1] + "." + parts[2],
		"short secret":   parts[0] + "." + parts[1] + "." + parts[2][:20],
		"two parts only": parts[0] + "." + parts[1],
	} {
		_, err := w.refresh(token)
		wantFault(t, what, err, fault.Unauthenticated, "")
	}
	w.mustRefresh(in.Refresh)
	if n := w.audited("auth.refresh", "refused"); n != 0 {
		t.Errorf("%d reuses written down", n)
	}
}

// Ensure the stored rows are no use to whoever reads them.
func TestRefreshTokenIsNotStored(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.mustLogin(w.email)
	secret := strings.Split(in.Refresh, ".")[2]
	text := get[string](w, `SELECT (SELECT string_agg(r::text, ' ') FROM refresh_tokens r) || (SELECT string_agg(s::text, ' ') FROM sessions s) || encode((SELECT hash FROM refresh_tokens LIMIT 1), 'base64')`)
	if strings.Contains(text, secret[:20]) {
		t.Error("the secret can be read in the database")
	}
}
