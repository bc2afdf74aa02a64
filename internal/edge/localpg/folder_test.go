//go:build linux || darwin

package localpg

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Ensure a cluster of another major version is left as it is, with a sentence that names both versions.
func TestOtherMajor(t *testing.T) {
	dir := dataFolder(t)
	if err := start(t, quick(dir)).Stop(); err != nil {
		t.Fatal(err)
	}
	version := filepath.Join(dir, "pg", "PG_VERSION")
	before, err := os.ReadFile(version)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ version, words string }{
		{"14\n", "written by PostgreSQL 14|pg_upgrade|DATA_DIR"},
		{"99\n", "written by PostgreSQL 99|install PostgreSQL 99|DATA_DIR"},
		{"rubbish\n", "damaged PG_VERSION"},
	} {
		write(t, version, c.version, 0o600)
		refused(t, quick(dir), strings.Split(c.words, "|")...)
	}
	write(t, version, string(before), 0o600)
	query(t, start(t, quick(dir)), "select 1")
}

// Ensure folders that somebody else filled are refused and left untouched.
func TestForeignFolders(t *testing.T) {
	t.Run("files in the cluster's place", func(t *testing.T) {
		dir := dataFolder(t)
		write(t, filepath.Join(dir, "pg", "thesis.txt"), "years of work", 0o600)
		refused(t, quick(dir), "not made by Handstamp", "DATA_DIR")
		if text, err := os.ReadFile(filepath.Join(dir, "pg", "thesis.txt")); err != nil || string(text) != "years of work" {
			t.Errorf("the file is now %q, %v", text, err)
		}
	})
	t.Run("the cluster of another program", func(t *testing.T) {
		dir := dataFolder(t)
		if err := start(t, quick(dir)).Stop(); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, "pg", passwordFile)); err != nil {
			t.Fatal(err)
		}
		refused(t, quick(dir), "was not made by Handstamp", passwordFile)
	})
	t.Run("a cluster given as the data folder", func(t *testing.T) {
		dir := dataFolder(t)
		write(t, filepath.Join(dir, "PG_VERSION"), "15\n", 0o600)
		refused(t, quick(dir), "is itself a PostgreSQL data folder")
		if _, err := os.Stat(filepath.Join(dir, "pg")); err == nil {
			t.Error("something was written into it")
		}
	})
	t.Run("other files beside the cluster", func(t *testing.T) {
		dir := dataFolder(t)
		write(t, filepath.Join(dir, "files", "a"), "a", 0o600)
		if err := os.Mkdir(filepath.Join(dir, "pg"), 0o700); err != nil {
			t.Fatal(err)
		}
		query(t, start(t, quick(dir)), "select 1")
	})
}

// Ensure a folder that PostgreSQL's account cannot enter is refused with a hint: as root that account is another one,
// and for a normal user the folder is simply closed.
func TestClosedFolder(t *testing.T) {
	closed := filepath.Join(dataFolder(t), "closed")
	if err := os.Mkdir(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		refused(t, quick(filepath.Join(closed, "data")), "may not enter "+closed, "DATA_DIR")
		return
	}
	if err := os.Chmod(closed, 0o500); err != nil {
		t.Fatal(err)
	}
	refused(t, quick(filepath.Join(closed, "data")), "cannot be created", "permission denied")
}

// Ensure the socket's folder is not taken from somebody else when the path is too long.
func TestSocketFolderOfAnother(t *testing.T) {
	f := folder{cluster: "/" + strings.Repeat("x", maxSocketPath)}
	dir, err := f.socketDir()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Remove(dir) }()
	if again, err := f.socketDir(); err != nil || again != dir {
		t.Errorf("the second start gets %s, %v", again, err)
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := f.socketDir(); err == nil || !strings.Contains(err.Error(), "belongs to somebody else") {
		t.Errorf("took an open folder: %v", err)
	}
}

// Ensure the data folder is where the documentation says.
func TestDefaultDir(t *testing.T) {
	t.Setenv("DATA_DIR", "/somewhere/else")
	if got := DefaultDir(true); got != "/somewhere/else" {
		t.Errorf("DATA_DIR gives %s", got)
	}
	t.Setenv("DATA_DIR", "")
	if got := DefaultDir(true); got != "/var/lib/handstamp" {
		t.Errorf("root gets %s", got)
	}
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	if got := DefaultDir(false); got != filepath.Join(root, ".data") {
		t.Errorf("a checkout gets %s", got)
	}
	t.Chdir("/")
	t.Setenv("XDG_DATA_HOME", "/xdg")
	if got := DefaultDir(false); got != "/xdg/handstamp" {
		t.Errorf("without a checkout: %s", got)
	}
	t.Setenv("XDG_DATA_HOME", "")
	t.Setenv("HOME", "/home/ada")
	if got := DefaultDir(false); got != "/home/ada/.local/share/handstamp" {
		t.Errorf("without XDG_DATA_HOME: %s", got)
	}
}
