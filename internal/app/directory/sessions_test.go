package directory_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure signing out ends the session at once, for both tokens (R18).
func TestLogout(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in, other := w.mustLogin(w.email), w.mustLogin(w.email)
	fresh := w.mustRefresh(in.Refresh)
	if err := w.service.Logout(t.Context(), in.Refresh, directory.Client{}); err != nil { // an older one will do
		t.Fatal(err)
	}
	_, err := w.refresh(fresh.Refresh)
	wantFault(t, "refresh", err, fault.Unauthenticated, "")
	_, err = w.actor(fresh)
	wantFault(t, "access", err, fault.Unauthenticated, "")
	if _, err := w.actor(other); err != nil {
		t.Errorf("the other session: %v", err)
	}
	for _, token := range []string{fresh.Refresh, "", "garbage", fresh.AccessToken} {
		if err := w.service.Logout(t.Context(), token, directory.Client{}); err != nil {
			t.Errorf("%.10q: %v", token, err)
		}
	}
	if n := w.audited("auth.logout", "done"); n != 1 {
		t.Errorf("%d sign-outs in the audit log", n)
	}
}

// Ensure people see where they are signed in and end any of it, but nobody else's.
func TestSessions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.user("Asha Mehta", nil)
	here := w.as(w.email)
	there := w.mustLogin(w.email)
	stranger := w.as("asha.mehta@acme.example")
	list, err := w.service.ListSessions(t.Context(), here)
	if err != nil || len(list.Items) != 2 {
		t.Fatalf("%+v %v", list, err)
	}
	thereID := list.Items[0].ID
	for _, s := range list.Items {
		if s.Current != (s.ID == here.Session) || s.IP != "192.0.2.7" || s.UserAgent != "test" || s.CreatedAt.IsZero() {
			t.Errorf("%+v", s)
		}
		if !s.Current {
			thereID = s.ID
		}
	}
	for what, err := range map[string]error{
		"somebody else's": w.service.RevokeSession(t.Context(), stranger, thereID, directory.Key{}),
		"nobody's":        w.service.RevokeSession(t.Context(), here, nobody(), directory.Key{}),
	} {
		wantFault(t, what, err, fault.NotFound, "")
	}
	if err := w.service.RevokeSession(t.Context(), here, thereID, directory.Key{}); err != nil {
		t.Fatal(err)
	}
	wantFault(t, "twice", w.service.RevokeSession(t.Context(), here, thereID, directory.Key{}), fault.NotFound, "")
	_, err = w.actor(there)
	wantFault(t, "the revoked one", err, fault.Unauthenticated, "")
	if list, _ = w.service.ListSessions(t.Context(), here); len(list.Items) != 1 || !list.Items[0].Current {
		t.Errorf("%+v", list)
	}
}

// Ensure disabling, a new password and a new address end every session, and a
// role acts at the next check (R10, R18).
func TestSessionFollowsThePerson(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, change := range map[string]func(u directory.User) error{
		"Dana Disabled": func(u directory.User) error {
			_, err := w.service.DisableUser(t.Context(), w.admin, u.ID, 0, directory.Key{})
			return err
		},
		"Paul Password": func(u directory.User) error {
			_, err := w.service.UpdateUser(t.Context(), w.admin, directory.UserUpdate{User: u.ID, Revision: u.Revision, Profile: directory.Profile{Password: directory.To("another horse 8")}})
			return err
		},
		"Emil Email": func(u directory.User) error {
			_, err := w.service.UpdateUser(t.Context(), w.admin, directory.UserUpdate{User: u.ID, Revision: u.Revision, Profile: directory.Profile{Email: directory.To("new@acme.example")}})
			return err
		},
	} {
		u := w.user(name, nil)
		in := w.mustLogin(u.Email)
		if err := change(u); err != nil {
			t.Fatal(name, err)
		}
		_, err := w.actor(in)
		wantFault(t, name+", access", err, fault.Unauthenticated, "")
		_, err = w.refresh(in.Refresh)
		wantFault(t, name+", refresh", err, fault.Unauthenticated, "")
	}
	u := w.user("Rita Role", nil)
	in := w.mustLogin(u.Email)
	a, err := w.actor(in)
	if err != nil || a.Has(access.WorkflowDesign) || !a.Has(access.RunStart) {
		t.Fatalf("%+v %v", a, err)
	}
	role := get[string](w, `SELECT id::text FROM roles WHERE key = 'designer'`)
	w.exec(`INSERT INTO role_grants (id, role_id, user_id) VALUES (gen_random_uuid(), $1::text::uuid, $2)`, role, u.ID)
	if a, err = w.actor(in); err != nil || !a.Has(access.WorkflowDesign) || !a.Has(access.WorkflowPublish) {
		t.Errorf("%+v %v", a, err)
	}
}

// Ensure a session of one organization is nothing in another.
func TestSessionOfAnotherOrg(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t), newWorld(t)
	a := w.as(w.email)
	_, err := w.service.CheckSession(t.Context(), other.org, a.Session)
	wantFault(t, "in another organization", err, fault.Unauthenticated, "")
}
