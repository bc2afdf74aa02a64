//go:build linux || darwin

package localpg

import (
	"path/filepath"
	"strings"
	"testing"
)

// fakeInstallation lays programs that only know their version.
func fakeInstallation(t *testing.T, dir, version string) {
	t.Helper()
	for _, program := range []string{"postgres", "initdb"} {
		write(t, filepath.Join(dir, program), "#!/bin/sh\necho '"+version+"'\n", 0o755)
	}
}

// Ensure the caller's places come first in their order, then the machine's; folders without programs are no installation.
func TestFindOrder(t *testing.T) {
	t.Setenv("HANDSTAMP_PG_BIN", "")
	dir := dataFolder(t)
	fakeInstallation(t, filepath.Join(dir, "a", "bin"), "postgres (PostgreSQL) 16.4")
	fakeInstallation(t, filepath.Join(dir, "b", "bin"), "postgres (PostgreSQL) 18beta1")
	fakeInstallation(t, filepath.Join(dir, "c", "bin"), "something else")
	write(t, filepath.Join(dir, "d", "bin", "postgres"), "#!/bin/sh\n", 0o755)

	found := find(t.Context(), []string{filepath.Join(dir, "*", "bin")})
	if len(found) < 3 {
		t.Fatalf("found %s: a real PostgreSQL belongs to the tests", list(found))
	}
	if found[0].major != 16 || found[1].major != 18 || found[0].full != "16.4" {
		t.Errorf("found %s", list(found))
	}
	for _, inst := range found[2:] {
		if strings.HasPrefix(inst.dir, dir) {
			t.Errorf("%s is no installation", inst.dir)
		}
	}
	t.Setenv("HANDSTAMP_PG_BIN", filepath.Join(dir, "b", "bin"))
	if found := find(t.Context(), []string{filepath.Join(dir, "*", "bin")}); found[0].major != 18 || found[1].major != 16 {
		t.Errorf("HANDSTAMP_PG_BIN does not come first: %s", list(found))
	}
}

// Ensure the cluster's own major version decides, and otherwise the first that is new enough.
func TestChoose(t *testing.T) {
	all := []installation{{dir: "/old", major: 14}, {dir: "/new", major: 17}, {dir: "/mid", major: 15}}
	dir := dataFolder(t)
	if inst, err := choose(all, dir, 15); err != nil || inst.dir != "/new" {
		t.Errorf("a new cluster gets %v, %v", inst, err)
	}
	write(t, filepath.Join(dir, "PG_VERSION"), "15\n", 0o600)
	if inst, err := choose(all, dir, 15); err != nil || inst.dir != "/mid" {
		t.Errorf("a cluster of 15 gets %v, %v", inst, err)
	}
}

// Ensure a machine without a usable PostgreSQL is told what to do.
func TestNoPostgres(t *testing.T) {
	for _, c := range []struct {
		name string
		all  []installation
		word string
	}{
		{"none", nil, "has no PostgreSQL"},
		{"too old", []installation{{dir: "/usr/lib/postgresql/13/bin", major: 13}}, "only PostgreSQL 13 (/usr/lib/postgresql/13/bin)"},
	} {
		_, err := choose(c.all, dataFolder(t), 15)
		if err == nil {
			t.Fatal(c.name, "was accepted")
		}
		for _, word := range []string{c.word, "version 15 or newer", "apt-get install postgresql", "DATABASE_URL"} {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("%s: %q is missing in: %v", c.name, word, err)
			}
		}
	}
	cfg := quick(dataFolder(t))
	cfg.MinMajor = 99
	refused(t, cfg, "needs version 99 or newer")
}
