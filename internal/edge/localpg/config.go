// Package localpg keeps a private PostgreSQL in the data folder, so that Handstamp runs from one command without a database server.
//
// It uses the PostgreSQL programs that the machine has, downloads nothing and needs no container. The server listens
// on a unix socket inside its own folder, is reached by password only, and lives exactly as long as the process that
// started it: that process may be stopped, interrupted or killed. A second process on the same data folder shares the
// running server instead of starting another.
//
// The data folder holds, beside whatever the rest of the product keeps there:
//
//	pg/        the database cluster
//	pg.log     what PostgreSQL reports
//	pg.lock    held by a process while it starts the server
//	pg.owner   held by the process whose server is running
package localpg

import (
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Owner is the role that Start creates and that URL signs in as: superuser of the private server, owner of every
// table. The application's own role is created by the migrations.
const Owner = "handstamp_owner"

// minMajor is the oldest major version the product's SQL runs on.
const minMajor = 15

// modulePath marks a checkout of this project.
const modulePath = "github.com/handstamp/handstamp"

// Config says where the private server lives and how it is reached.
type Config struct {
	// DataDir is the product's data folder; the cluster is the folder pg in it. Created when missing.
	DataDir string
	// ExtraBins are folders (or glob patterns of folders) with PostgreSQL programs that are tried before the usual
	// places. The environment's HANDSTAMP_PG_BIN comes before them.
	ExtraBins []string
	// Database is created when missing and is what URL("") names. Empty: postgres.
	Database string
	// TCPPort makes the server listen on 127.0.0.1 as well; 0 means unix socket only.
	TCPPort int
	// MinMajor is the oldest acceptable major version; 0 means 15.
	MinMajor int
	// Log receives one line per step, for people; nil means silence.
	Log io.Writer
	// Settings are server parameters for this start, as in postgresql.conf. With fsync=off a new cluster is not
	// flushed to disk either: for throwaway servers only.
	Settings map[string]string
}

// oldest is the oldest acceptable major version.
func (c Config) oldest() int {
	if c.MinMajor == 0 {
		return minMajor
	}
	return c.MinMajor
}

// DefaultDir is the data folder used when nothing else is said: DATA_DIR if set; /var/lib/handstamp for root, because
// the database user can reach it; otherwise .data in the checkout that holds the program or the working folder; and
// without a checkout $XDG_DATA_HOME/handstamp (~/.local/share/handstamp).
func DefaultDir(root bool) string {
	if dir := os.Getenv("DATA_DIR"); dir != "" {
		return dir
	}
	if root {
		return "/var/lib/handstamp"
	}
	if dir := checkout(); dir != "" {
		return filepath.Join(dir, ".data")
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "handstamp")
	}
	if home, err := os.UserHomeDir(); err == nil {
		return filepath.Join(home, ".local", "share", "handstamp")
	}
	return ".data"
}

// checkout is the folder of this project's go.mod, at or above the program or the working folder; "" when there is none.
func checkout() string {
	var starts []string
	if exe, err := os.Executable(); err == nil {
		starts = append(starts, filepath.Dir(exe))
	}
	if wd, err := os.Getwd(); err == nil {
		starts = append(starts, wd)
	}
	for _, dir := range starts {
		for {
			if isCheckout(dir) {
				return dir
			}
			parent := filepath.Dir(dir)
			if parent == dir {
				break
			}
			dir = parent
		}
	}
	return ""
}

func isCheckout(dir string) bool {
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return false
	}
	first, _, _ := strings.Cut(string(mod), "\n")
	return strings.TrimSpace(first) == "module "+modulePath
}
