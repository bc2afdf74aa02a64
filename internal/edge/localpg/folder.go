//go:build linux || darwin

package localpg

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// passwordFile lies in the cluster's folder: it carries the owner's password and marks the cluster as ours.
const passwordFile = "handstamp.password"

// folder is a data folder and the account PostgreSQL runs under in it.
type folder struct {
	path    string              // the data folder, absolute and without links
	cluster string              // path/pg
	account *syscall.Credential // nil: our own
}

// openFolder creates the data folder when it is missing and checks that it is ours to use.
func openFolder(dataDir string) (folder, error) {
	if dataDir == "" {
		return folder{}, errors.New("no data folder is set: set DATA_DIR")
	}
	if err := makeDir(dataDir); err != nil {
		return folder{}, fmt.Errorf("the data folder %s cannot be created: %w", dataDir, err)
	}
	path, err := filepath.EvalSymlinks(dataDir)
	if err == nil {
		path, err = filepath.Abs(path)
	}
	if err != nil {
		return folder{}, fmt.Errorf("the data folder %s cannot be found: %w", dataDir, err)
	}
	f := folder{path: path, cluster: filepath.Join(path, "pg")}
	if err := f.refuseForeign(); err != nil {
		return folder{}, err
	}
	if target, err := filepath.EvalSymlinks(f.cluster); err == nil {
		f.cluster = target // as the server will name its working folder
	}
	if f.account, err = account(f.cluster); err != nil {
		return folder{}, err
	}
	return f, f.reachable(path, "set DATA_DIR to a folder outside it, for example /var/lib/handstamp, or start as a normal user")
}

// makeDir creates the data folder when it is missing: closed to others, but as root open enough, whatever the umask,
// for the database user to pass through to its cluster.
func makeDir(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if os.Geteuid() != 0 {
		return os.MkdirAll(path, 0o700)
	}
	if err := os.MkdirAll(path, 0o755); err != nil { //nolint:gosec // see above
		return err
	}
	return os.Chmod(path, 0o755) //nolint:gosec // see above
}

// refuseForeign keeps us away from files that another program wrote.
func (f folder) refuseForeign() error {
	if _, err := os.Lstat(filepath.Join(f.path, "PG_VERSION")); err == nil {
		return fmt.Errorf("%s is itself a PostgreSQL data folder that Handstamp did not make, and it was left untouched: "+
			"set DATA_DIR to a folder of its own", f.path)
	}
	entries, err := os.ReadDir(f.cluster)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the data folder %s cannot be read: %w", f.cluster, err)
	}
	if len(entries) > 0 && !f.initialized() {
		return fmt.Errorf("%s is not empty and was not made by Handstamp, so it was left untouched: set DATA_DIR to another folder", f.cluster)
	}
	return nil
}

// initialized reports whether the folder holds a cluster.
func (f folder) initialized() bool {
	_, err := os.Stat(filepath.Join(f.cluster, "PG_VERSION"))
	return err == nil
}

// logFile is where the server reports.
func (f folder) logFile() string { return filepath.Join(f.path, "pg.log") }

// password reads the owner's password of a cluster that exists.
func (f folder) password() (string, error) {
	text, err := os.ReadFile(filepath.Join(f.cluster, passwordFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("the PostgreSQL data in %s was not made by Handstamp (there is no %s in it), so it was left untouched: "+
			"set DATA_DIR to another folder", f.cluster, passwordFile)
	}
	if err != nil {
		return "", fmt.Errorf("the data folder %s cannot be read: %w", f.cluster, err)
	}
	return strings.TrimSpace(string(text)), nil
}

// account says under whom PostgreSQL runs: ourselves, or, as PostgreSQL refuses root, the owner of the existing
// cluster, else the account postgres, else nobody.
func account(cluster string) (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil //nolint:nilnil // no account to change to is the usual answer
	}
	if info, err := os.Stat(cluster); err == nil {
		if uid, gid := ownerOf(info); uid != 0 {
			return &syscall.Credential{Uid: uid, Gid: gid}, nil
		}
	}
	for _, name := range []string{"postgres", "nobody"} {
		if cred, err := credentialOf(name); err == nil {
			return cred, nil
		}
	}
	return nil, errors.New("PostgreSQL refuses to run as root, and this machine has neither an account postgres nor nobody: start Handstamp as a normal user")
}

func credentialOf(name string) (*syscall.Credential, error) {
	u, err := user.Lookup(name)
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

func ownerOf(info fs.FileInfo) (uid, gid uint32) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0
	}
	return stat.Uid, stat.Gid
}

// reachable checks that the database user may enter dir; remedy completes the sentence when it may not.
func (f folder) reachable(dir, remedy string) error {
	if f.account == nil {
		return nil
	}
	for d := dir; ; d = filepath.Dir(d) {
		info, err := os.Stat(d)
		if err != nil {
			return fmt.Errorf("%s cannot be read: %w", d, err)
		}
		if !f.mayEnter(info) {
			return fmt.Errorf("as root, Handstamp runs PostgreSQL under another account (uid %d), which may not enter %s (mode %04o): %s",
				f.account.Uid, d, info.Mode().Perm(), remedy)
		}
		if d == filepath.Dir(d) {
			return nil
		}
	}
}

func (f folder) mayEnter(info fs.FileInfo) bool {
	uid, gid := ownerOf(info)
	mode := info.Mode().Perm()
	switch {
	case uid == f.account.Uid:
		return mode&0o100 != 0
	case gid == f.account.Gid:
		return mode&0o010 != 0
	default:
		return mode&0o001 != 0
	}
}

// give hands a file or folder to the database user.
func (f folder) give(path string) error {
	if f.account == nil {
		return nil
	}
	return os.Chown(path, int(f.account.Uid), int(f.account.Gid))
}

// maxSocketPath is what fits into sockaddr_un on every supported system (104 bytes on macOS, 108 on Linux), less the
// name of the socket's lock file, which is the longer of the two.
const maxSocketPath = 103 - len("/.s.PGSQL.65535.lock")

// socketDir is the cluster's own folder, which nobody else may enter, or one under the temporary folder when the path
// is too long for a socket or has a comma, which clients take for the end of a host name.
func (f folder) socketDir() (string, error) {
	if len(f.cluster) <= maxSocketPath && !strings.Contains(f.cluster, ",") {
		return f.cluster, nil
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(f.cluster)) // a hash never fails
	name := "handstamp-" + strconv.FormatUint(h.Sum64(), 36)
	dir := filepath.Join(os.TempDir(), name)
	if len(dir) > maxSocketPath || strings.Contains(dir, ",") {
		dir = filepath.Join("/tmp", name)
	}
	if err := os.Mkdir(dir, 0o700); err == nil {
		return dir, f.give(dir)
	}
	// It is there already: from an earlier start, or laid by somebody who wants to listen in.
	info, err := os.Lstat(dir)
	if err != nil {
		return "", fmt.Errorf("the folder for PostgreSQL's socket cannot be created: %w", err)
	}
	if uid, _ := ownerOf(info); !info.IsDir() || info.Mode().Perm() != 0o700 || uid != f.uid() {
		return "", fmt.Errorf("%s, meant for PostgreSQL's socket, belongs to somebody else: remove it, or set DATA_DIR to a folder with a shorter path", dir)
	}
	return dir, nil
}

func (f folder) uid() uint32 {
	if f.account != nil {
		return f.account.Uid
	}
	return uint32(os.Geteuid())
}

// lock takes the named lock file of the data folder. The kernel frees it when its holder ends, however it ends.
// ok is false when wait is false and another process holds the lock.
func (f folder) lock(ctx context.Context, name string, wait bool) (file *os.File, ok bool, err error) {
	path := filepath.Join(f.path, name)
	file, err = os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, false, fmt.Errorf("the data folder %s cannot be used: %w", f.path, err)
	}
	for {
		err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return file, true, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			_ = file.Close()
			return nil, false, fmt.Errorf("%s cannot be locked: %w", path, err)
		}
		if !wait {
			return nil, false, file.Close()
		}
		select {
		case <-ctx.Done():
			_ = file.Close()
			return nil, false, fmt.Errorf("another process keeps starting PostgreSQL in %s: %w", f.path, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
