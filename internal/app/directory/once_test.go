package directory_test

import (
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure a repeated request under the same key changes nothing again and answers
// the same, also when both arrive at once (R41).
func TestRepeatedRequests(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, s := t.Context(), w.service
	key := directory.Key{Key: "k1", Hash: [32]byte{1}}
	profile := directory.Profile{Email: directory.To("asha@acme.example"), Name: directory.To("Asha Mehta"), Once: key}
	users := make([]uuid.UUID, 8)
	var wg sync.WaitGroup
	for i := range users {
		wg.Go(func() {
			u, err := s.CreateUser(ctx, w.admin, profile)
			if err != nil {
				t.Error(err)
			}
			users[i] = u.ID
		})
	}
	wg.Wait()
	for _, id := range users {
		if id != users[0] || id == uuid.Nil {
			t.Errorf("two answers: %v", users)
		}
	}
	other := profile
	other.Once.Hash[0] = 2
	_, err := s.CreateUser(ctx, w.admin, other)
	wantFault(t, "another request under the key", err, fault.Invalid, "")
	profile.Once = directory.Key{}
	_, err = s.CreateUser(ctx, w.admin, profile)
	wantFault(t, "without the key", err, fault.Invalid, "email")
	for range 2 {
		u, err := s.UpdateUser(ctx, w.admin, directory.UserUpdate{User: users[0], Revision: 1, Profile: directory.Profile{City: directory.To("Pune"), Once: key}})
		if err != nil || u.Revision != 2 {
			t.Errorf("update: %+v %v", u, err)
		}
		d, err := s.CreateDepartment(ctx, w.admin, directory.NewDepartment{Key: "HR", Name: "HR", Once: key})
		if err != nil {
			t.Fatal(err)
		}
		if d, err = s.UpdateDepartment(ctx, w.admin, directory.DepartmentUpdate{Department: d.ID, Revision: 1, Name: directory.To("People"), Once: key}); err != nil || d.Revision != 2 {
			t.Errorf("department: %+v %v", d, err)
		}
		r, err := s.CreateRole(ctx, w.admin, directory.NewRole{Key: "seer", Name: "Seer", Once: key})
		if err != nil {
			t.Fatal(err)
		}
		if r, err = s.UpdateRole(ctx, w.admin, directory.RoleUpdate{Role: r.ID, Revision: 1, Name: directory.To("Sees"), Once: key}); err != nil || r.Revision != 2 {
			t.Errorf("role: %+v %v", r, err)
		}
		employee := get[uuid.UUID](w, `SELECT id FROM roles WHERE key = 'employee'`)
		if _, err = s.RevokeRole(ctx, w.admin, directory.Grant{Role: employee, User: users[0], Once: key}); err != nil {
			t.Errorf("revoke: %v", err)
		}
	}
}

// Ensure disabling, enabling, importing and ending a session are carried out
// once under a key: an act that came between is not undone by a late repeat.
func TestLateRepeatUndoesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, s := t.Context(), w.service
	u := w.user("Asha Mehta", nil)
	key := directory.Key{Key: "k", Hash: [32]byte{1}}
	is := func(want string) {
		t.Helper()
		if got := get[string](w, `SELECT status FROM users WHERE id = $1`, u.ID); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	for range 2 {
		out, err := s.DisableUser(ctx, w.admin, u.ID, 0, key)
		if err != nil || out.User.ID != u.ID {
			t.Errorf("disable: %+v %v", out, err)
		}
		is("disabled")
	}
	if _, err := s.EnableUser(ctx, w.admin, u.ID, key); err != nil {
		t.Error(err)
	}
	is("active")
	if _, err := s.DisableUser(ctx, w.admin, u.ID, 0, key); err != nil {
		t.Error(err)
	}
	is("active")
	table := directory.Import{CSV: "email,name\nbela@acme.example,Bela Rao\n", Once: key}
	first, err := s.ImportUsers(ctx, w.admin, table)
	if err != nil || first.Created != 1 {
		t.Fatalf("%+v %v", first, err)
	}
	w.exec(`UPDATE users SET name = 'Bela Menon' WHERE email = 'bela@acme.example'`)
	if again, err := s.ImportUsers(ctx, w.admin, table); err != nil || again.Updated != 1 {
		t.Errorf("the repeat tells %+v %v", again, err)
	}
	if got := get[string](w, `SELECT name FROM users WHERE email = 'bela@acme.example'`); got != "Bela Menon" {
		t.Errorf("the repeat wrote %s", got)
	}
	lacking := directory.Import{CSV: "email,name,department\ncara@acme.example,Cara,NEW\n", Once: directory.Key{Key: "k2"}}
	if out, err := s.ImportUsers(ctx, w.admin, lacking); err != nil || len(out.Errors) != 1 {
		t.Errorf("%+v %v", out, err)
	}
	w.department("NEW")
	if out, err := s.ImportUsers(ctx, w.admin, lacking); err != nil || out.Created != 1 {
		t.Errorf("once the department is there: %+v %v", out, err)
	}
	here := w.as("asha.mehta@acme.example")
	w.mustLogin("asha.mehta@acme.example")
	list, err := s.ListSessions(ctx, here)
	if err != nil || len(list.Items) != 2 {
		t.Fatal(list, err)
	}
	other := list.Items[0].ID
	if other == here.Session {
		other = list.Items[1].ID
	}
	for range 2 {
		if err := s.RevokeSession(ctx, here, other, key); err != nil {
			t.Errorf("revoke: %v", err)
		}
	}
}

// Ensure a request that failed may be repeated under its key.
func TestFailedRequestKeepsNoKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	once := directory.Key{Key: "k", Hash: [32]byte{1}}
	in := directory.Profile{Email: directory.To("a@acme.example"), Name: directory.To("A"), Department: directory.To("HR"), Once: once}
	_, err := w.service.CreateUser(t.Context(), w.admin, in)
	wantFault(t, "before there is the department", err, fault.Invalid, "department")
	w.department("HR")
	if _, err := w.service.CreateUser(t.Context(), w.admin, in); err != nil {
		t.Error(err)
	}
}
