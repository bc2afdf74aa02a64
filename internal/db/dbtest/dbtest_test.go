package dbtest_test

import (
	"testing"
	"time"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// Ensure an organization, its departments, roles and people can be made.
func TestOrg(t *testing.T) {
	t.Parallel()
	env := dbtest.New(t)
	org, other := env.Org(t), env.Org(t)
	org.Role(t, "designer", access.WorkflowPublish, access.WorkflowDesign)
	boss := org.User(t, "Meera Iyer")
	asha := org.User(t, "Asha Mehta", dbtest.Manager(boss), dbtest.InDepartment("HR"),
		dbtest.WithRole("designer"), dbtest.Level("L3", 3), dbtest.Attributes(map[string]any{"desk": "4B"}))
	if !asha.Has(access.WorkflowDesign) || !asha.Has(access.WorkflowPublish) || asha.Has(access.UserManage) {
		t.Errorf("permissions = %v", asha.Permissions)
	}
	got := dbtest.Get[string](t, org, `SELECT department || ' ' || array_to_string(roles, ',') || ' ' || (attributes->>'desk') FROM people WHERE id = $1`, asha.User)
	if got != "HR designer 4B" {
		t.Errorf("people says %q", got)
	}
	if n := dbtest.Get[int](t, other, `SELECT count(*)::int FROM users`); n != 0 {
		t.Errorf("the other organization sees %d people", n)
	}
}

// Ensure the clock of a database of one's own can be moved.
func TestSetClock(t *testing.T) {
	t.Parallel()
	env := dbtest.Own(t)
	org := env.Org(t)
	const ahead = 49 * time.Hour
	env.SetClock(t, ahead)
	at := dbtest.Get[time.Time](t, org, `SELECT app_now()`)
	if d := time.Until(at); d < ahead-time.Minute || d > ahead+time.Minute {
		t.Errorf("app_now() is %s ahead, want %s", d, ahead)
	}
}
