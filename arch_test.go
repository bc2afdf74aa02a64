// Package handstamp_test guards the shape of the whole repository: who may import whom, and what the core may touch.
package handstamp_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/handstamp/handstamp/"

// layer is one line of the import table in ARCHITECTURE.md. Patterns are those of path.Match, and "…/**" matches a
// package and everything below it. A package always may import what lies below itself.
type layer struct {
	pkg string
	may []string
}

// layers is read from top to bottom: the first line that names a package holds. A new arrow is an architecture
// decision: it comes with half a page in docs/adr.
var layers = []layer{
	{"internal/core/fault", nil},
	{"internal/core/event", []string{"internal/core/fault"}},
	{"internal/core/access", []string{"internal/core/fault"}},
	{"internal/core/calendar", []string{"internal/core/fault"}},
	{"internal/core/rule", []string{"internal/core/fault"}},
	{"internal/core/form", []string{"internal/core/fault", "internal/core/rule", "internal/core/calendar"}},
	{"internal/core/workflow", []string{"internal/core/fault", "internal/core/form", "internal/core/rule", "internal/core/calendar"}},
	{"internal/core/engine", []string{
		"internal/core/fault", "internal/core/event", "internal/core/access",
		"internal/core/form", "internal/core/rule", "internal/core/workflow", "internal/core/calendar",
	}},
	{"internal/core/engine/enginetest", []string{"internal/core/fault", "internal/core/event", "internal/core/engine", "internal/core/workflow"}},
	{"internal/db/**", []string{"internal/core/**", "internal/db/**"}},
	{"internal/facts/**", []string{"internal/core/**", "internal/db", "internal/db/dbq", "internal/facts/**"}},
	// The verbs. They never import each other: they meet in facts, in events, and in edge/jobs.
	{"internal/app/catalog/**", []string{"internal/core/**", "internal/db", "internal/db/dbq", "internal/facts/**", "library"}}, // it hands the library out
	{"internal/app/*/**", []string{"internal/core/**", "internal/db", "internal/db/dbq", "internal/facts/**"}},
	{"internal/edge/jobs/**", []string{"internal/core/**", "internal/db", "internal/db/dbq", "internal/app/**"}},
	{"internal/edge/live/**", []string{"internal/core/**", "internal/app/runs"}}, // it hands on the hints of runs
	// The HTTP edge translates and never reaches past the verbs.
	{"internal/edge/httpapi/**", []string{"internal/core/**", "internal/app/**"}},
	{"internal/edge/*/**", []string{"internal/core/**"}},
	// The demo organizations come to life through the same verbs as everything else.
	{"internal/demo/**", []string{"internal/core/**", "internal/app/**", "library"}},
	{"internal/tools/**", []string{"**"}},
	{"cmd/**", []string{"**"}},
	{"bench/**", []string{"**"}},
	// What is called or served from outside knows nothing of the inside.
	{"client/**", nil},
	{"web/**", nil},
	// The workflows that ship with the product are read as the documents they are.
	{"library/**", []string{"internal/core/**"}},
}

// outside names the libraries that core packages may use; everything else there is the standard library's.
var outside = map[string][]string{
	"internal/core/**":       {"github.com/google/uuid"},
	"internal/core/rule":     {"cel.dev/cel-go/**", "google.golang.org/protobuf/**", "gopkg.in/yaml.v3"},
	"internal/core/form":     {"gopkg.in/yaml.v3"},
	"internal/core/workflow": {"gopkg.in/yaml.v3"},
}

// impure are the imports by which a core package would touch the world: cancellation, files, processes, the network,
// logs, databases, chance.
var impure = []string{
	"context", "crypto/rand", "database/sql/**", "io/ioutil", "log/**", "math/rand/**", "net", "net/http/**",
	"os/**", "runtime", "syscall", "testing/**",
}

// impureCalls are functions of allowed packages that read the clock or draw lots.
var impureCalls = map[string][]string{
	"time":                   {"Now", "Sleep", "After", "AfterFunc", "Since", "Until", "Tick", "NewTicker", "NewTimer"},
	"github.com/google/uuid": {"New", "NewString", "NewRandom", "NewUUID", "NewV6", "NewV7", "NewRandomFromReader", "NewV7FromReader"},
	"fmt":                    {"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
}

// goPackage is what `go list` knows of a package.
type goPackage struct {
	ImportPath string
	Dir        string
	Doc        string
	Name       string
	GoFiles    []string
	Imports    []string
	Incomplete bool
}

// name is the package's path inside the module.
func (p goPackage) name() string { return strings.TrimPrefix(p.ImportPath, module) }

// Ensure no package imports another against the table.
func TestImports(t *testing.T) {
	for _, p := range packages(t) {
		rule, ok := layerOf(p.name())
		if !ok {
			t.Errorf("%s stands in no line of the import table", p.name())
			continue
		}
		for _, imported := range p.Imports {
			name, ours := strings.CutPrefix(imported, module)
			if ours && !matchesAny(rule.may, name) && !matches(p.name()+"/**", name) {
				t.Errorf("%s must not import %s", p.name(), name)
			}
		}
	}
}

// Ensure a new core package gets a line of its own: there, a pattern would decide too much.
func TestTableNamesEveryCorePackage(t *testing.T) {
	for _, p := range packages(t) {
		rule, _ := layerOf(p.name())
		if matches("internal/core/**", p.name()) && rule.pkg != p.name() {
			t.Errorf("%s has no line of its own in the import table", p.name())
		}
	}
}

// Ensure core packages compute and do nothing else.
func TestCoreIsPure(t *testing.T) {
	checked := 0
	for _, p := range packages(t) {
		if !matches("internal/core/**", p.name()) {
			continue
		}
		checked++
		for _, imported := range p.Imports {
			if matchesAny(impure, imported) {
				t.Errorf("%s is pure and must not import %s", p.name(), imported)
			}
			if strings.Contains(imported, ".") && !strings.HasPrefix(imported, module) && !allowedOutside(p.name(), imported) {
				t.Errorf("%s must not use the library %s", p.name(), imported)
			}
		}
		for _, file := range p.GoFiles {
			for _, act := range impureActs(t, filepath.Join(p.Dir, file), nil) {
				t.Errorf("%s is pure: %s", p.name(), act)
			}
		}
	}
	if checked < 5 {
		t.Errorf("only %d core packages were found", checked)
	}
}

// Ensure every package says in one sentence what it is for.
func TestPackageComments(t *testing.T) {
	for _, p := range packages(t) {
		want := "Package " + p.Name
		if p.Name == "main" {
			want = "Command " + path.Base(p.name())
		}
		if !strings.HasPrefix(p.Doc, want+" ") {
			t.Errorf("%s: its package comment should begin with %q and say what it is for, and is %q", p.name(), want, p.Doc)
		}
	}
}

// Ensure the checks above can fail: a guard that sees nothing guards nothing.
func TestGuardsSee(t *testing.T) {
	const source = `package x
import ("time"; id "github.com/google/uuid"; . "fmt")
var _ = time.Duration(0)
func f() { go f(); _ = time.Now(); time.Sleep(1); _ = id.New(); _ = time.Unix(0, 0); _ = id.Nil; Println() }`
	if acts := impureActs(t, "x.go", source); len(acts) != 5 {
		t.Errorf("found %q", acts)
	}
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"internal/core/**", "internal/core/rule", true},
		{"internal/core/**", "internal/core", true},
		{"internal/core/**", "internal/corex", false},
		{"internal/app/*/**", "internal/app/runs", true},
		{"internal/app/*/**", "internal/app/runs/deep", true},
		{"internal/app/*/**", "internal/app", false},
		{"internal/db", "internal/db/dbq", false},
		{"**", "anything/at/all", true},
		{"os/**", "os/exec", true},
	} {
		if matches(c.pattern, c.name) != c.want {
			t.Errorf("matches(%q, %q) is not %v", c.pattern, c.name, c.want)
		}
	}
	verbs, _ := layerOf("internal/app/runs")
	if matchesAny(verbs.may, "internal/app/catalog") || matchesAny(verbs.may, "internal/edge/mail") {
		t.Error("verbs may import each other or the edge")
	}
	if api, _ := layerOf("internal/edge/httpapi"); matchesAny(api.may, "internal/db") || matchesAny(api.may, "internal/db/dbq") {
		t.Error("the HTTP edge may import db")
	}
	if _, ok := layerOf("internal/somewhere/new"); ok {
		t.Error("a package outside the table passes")
	}
}

// packages asks the go command for every package of the module.
func packages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,Doc,Name,GoFiles,Imports,Incomplete", "./...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(p.GoFiles) > 0 { // a folder with tests only is imported by nobody
			all = append(all, p)
		}
	}
}

func layerOf(name string) (layer, bool) {
	i := slices.IndexFunc(layers, func(l layer) bool { return matches(l.pkg, name) })
	if i < 0 {
		return layer{}, false
	}
	return layers[i], true
}

// matches compares a pattern with as many leading parts of the name as it has; "/**" at its end allows more of them.
func matches(pattern, name string) bool {
	if pattern == "**" {
		return true
	}
	stem, deep := strings.CutSuffix(pattern, "/**")
	parts := strings.Split(name, "/")
	n := strings.Count(stem, "/") + 1
	if len(parts) < n || len(parts) > n && !deep {
		return false
	}
	ok, err := path.Match(stem, strings.Join(parts[:n], "/"))
	return ok && err == nil
}

func matchesAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool { return matches(pattern, name) })
}

func allowedOutside(pkg, imported string) bool {
	for pattern, libraries := range outside {
		if matches(pattern, pkg) && matchesAny(libraries, imported) {
			return true
		}
	}
	return false
}

// impureActs lists where a file starts goroutines, reads the clock or draws lots. source replaces the file's text when
// it is not nil.
func impureActs(t *testing.T, filename string, source any) []string {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, filename, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	imports := importNames(file)
	var acts []string
	report := func(at token.Pos, what string) { acts = append(acts, files.Position(at).String()+" "+what) }
	if _, dot := imports["."]; dot {
		report(file.Pos(), "imports a package into its own names, which hides what is called")
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			report(n.Pos(), "starts a goroutine")
		case *ast.SelectorExpr:
			if pkg, ok := n.X.(*ast.Ident); ok && slices.Contains(impureCalls[imports[pkg.Name]], n.Sel.Name) {
				report(n.Pos(), "uses "+imports[pkg.Name]+"."+n.Sel.Name)
			}
		}
		return true
	})
	return acts
}

// importNames maps the names a file uses for its imports to their paths.
func importNames(file *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has accepted it, so this does not happen
		}
		name := path.Base(imported)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = imported
	}
	return names
}
