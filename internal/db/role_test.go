package db

import (
	"strings"
	"testing"
)

// Ensure databases of one server never share a login role.
func TestLoginRoleName(t *testing.T) {
	t.Parallel()
	if got := loginRoleName("handstamp_2"); got != "handstamp_app_handstamp_2" {
		t.Error(got)
	}
	seen := map[string]string{}
	for _, database := range []string{"a_b", "a-b", "a b", "A_b", strings.Repeat("x", 63), strings.Repeat("x", 62), "ä", "ö"} {
		name := loginRoleName(database)
		if len(name) > 63 || seen[name] != "" {
			t.Errorf("%q and %q: %q", database, seen[name], name)
		}
		seen[name] = database
	}
}

// Ensure either form of address gets the other sign-in and keeps the rest.
func TestWithLogin(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"postgres://own:secret@db.example:5433/hs?sslmode=require": "postgres://app:p@db.example:5433/hs?sslmode=require",
		"postgresql:///hs?host=/run/pg&user=own&password=secret":   "postgresql://app:p@/hs?host=%2Frun%2Fpg",
		"host=/run/pg dbname=hs user=own":                          "host=/run/pg dbname=hs user=own user=app password=p",
	} {
		if got, err := withLogin(address, "app", "p"); err != nil || got != want {
			t.Errorf("%s: %s %v", address, got, err)
		}
	}
}

// Ensure a server that is too old is refused in one sentence.
func TestCheckVersion(t *testing.T) {
	t.Parallel()
	if err := checkVersion(140012, "14.12"); err == nil || !strings.Contains(err.Error(), "PostgreSQL 14.12") {
		t.Error(err)
	}
	if err := checkVersion(150000, "15.0"); err != nil {
		t.Error(err)
	}
}
