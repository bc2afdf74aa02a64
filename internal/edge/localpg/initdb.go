//go:build linux || darwin

package localpg

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// initPrefix names the side folders in which clusters are made before they are moved into place.
const initPrefix = "pg.init-"

// initialize makes the cluster when there is none. It works in a side folder and renames it, so that an interrupted
// first start leaves nothing half made where the next start looks. The caller holds the start lock.
func (f folder) initialize(ctx context.Context, inst installation, sync bool) error {
	if f.initialized() {
		return nil
	}
	f.removeLeftovers()
	side, err := os.MkdirTemp(f.path, initPrefix)
	if err != nil {
		return fmt.Errorf("the data folder %s cannot be written: %w", f.path, err)
	}
	defer func() { _ = os.RemoveAll(side) }() // gone already when all went well
	if err := f.give(side); err != nil {
		return fmt.Errorf("the data folder %s cannot be handed to the database user: %w", side, err)
	}
	password := rand.Text()
	if err := f.runInitdb(ctx, inst, side, password, sync); err != nil {
		return err
	}
	if err := f.writePassword(filepath.Join(side, passwordFile), password); err != nil {
		return err
	}
	// An empty folder may stand there; one with files is not removed, and makes the rename fail.
	_ = os.Remove(f.cluster)
	if err := os.Rename(side, f.cluster); err != nil {
		return fmt.Errorf("the new database cannot be moved to %s: %w", f.cluster, err)
	}
	return nil
}

// removeLeftovers clears what a killed first start left behind. What cannot be removed is only untidy.
func (f folder) removeLeftovers() {
	old, _ := filepath.Glob(filepath.Join(f.path, initPrefix+"*"))
	for _, path := range old {
		_ = os.RemoveAll(path)
	}
}

func (f folder) runInitdb(ctx context.Context, inst installation, dir, password string, sync bool) error {
	secret := dir + ".password"
	defer func() { _ = os.Remove(secret) }()
	if err := f.writePassword(secret, password); err != nil {
		return err
	}
	args := []string{
		"--pgdata=" + dir, "--username=" + Owner, "--pwfile=" + secret, "--auth=scram-sha-256",
		"--encoding=UTF8", "--data-checksums", "--no-instructions",
	}
	if !sync {
		args = append(args, "--no-sync")
	}
	// ICU folds the case of every script, whatever locales the machine has. PostgreSQL can be built without it.
	icu, err := f.initdb(ctx, inst, append(args, "--locale=C", "--locale-provider=icu", "--icu-locale=und"))
	if err == nil || ctx.Err() != nil {
		return err
	}
	if plain, err := f.initdb(ctx, inst, append(args, "--locale=C.UTF-8")); err != nil {
		return fmt.Errorf("a new database cannot be made in %s: %w\n%s\n(and before that, with ICU: %s)", f.path, err, plain, icu)
	}
	return nil
}

// initdb runs the program and returns what it said. It empties the folder itself when it fails.
func (f folder) initdb(ctx context.Context, inst installation, args []string) (string, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(inst.dir, "initdb"), args...)
	cmd.Env, cmd.Dir = environment(), "/"
	cmd.SysProcAttr = processAttributes(f.account)
	// The kernel ties the signal at our death to the thread that forked.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		err = fmt.Errorf("making a new database in %s was interrupted: %w", f.path, ctx.Err())
	}
	return strings.TrimSpace(string(out)), err
}

func (f folder) writePassword(path, password string) error {
	if err := os.WriteFile(path, []byte(password+"\n"), 0o600); err != nil {
		return fmt.Errorf("the data folder %s cannot be written: %w", f.path, err)
	}
	if err := f.give(path); err != nil {
		return fmt.Errorf("%s cannot be handed to the database user: %w", path, err)
	}
	return nil
}
