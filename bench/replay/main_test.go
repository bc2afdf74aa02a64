package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/bench/replay/stage"
)

// database is the variable that names the throwaway server of the tests.
const database = "HANDSTAMP_TEST_DATABASE_URL"

// start runs the program as people do and returns its table.
func start(t *testing.T, args ...string) (string, error) {
	t.Helper()
	if os.Getenv(database) == "" {
		t.Fatal("start the tests through `make test` or `go run ./internal/tools/withpg -- go test ./...`")
	}
	t.Setenv("HANDSTAMP_URL", "") // whatever the shell says: never on a server that somebody uses
	var out strings.Builder
	err := run(context.Background(), append([]string{"-clients", "4"}, args...), &out)
	return out.String(), err
}

// has checks that lines of the table say so much, whatever the blanks between.
func has(t *testing.T, table string, want ...string) {
	t.Helper()
	plain := strings.Join(strings.Fields(table), " ")
	for _, w := range want {
		if !strings.Contains(plain, w) {
			t.Errorf("%q is not in\n%s", w, table)
		}
	}
}

// Ensure our small log of travel declarations replays without a mismatch, with the
// mapping and the workflow of the real one.
func TestTravel(t *testing.T) {
	table, err := start(t, "-log", "testdata/travel.xes", "-map", "mappings/travel-declarations.yaml")
	if err != nil {
		t.Fatalf("%v\n%s", err, table)
	}
	has(t, table, "cases in the log 113", "events in the log 711 done as acts 711", "ended as paid 91", "ended as rejected 14",
		"still a draft 4", "still open at rejected 4", "cases that did not end where the log says 0", "all refused",
		"1 case: a draft counts as sent", "113 passed, 0 failed")
}

// Ensure logs of other processes replay with nothing but a mapping: one on a workflow
// of its own, two on workflows that are made from the log.
func TestOthers(t *testing.T) {
	for name, want := range map[string][]string{
		"purchase": {
			"cases that did not end where the log says 0", "tasks handed over", "remarks 5", "requests cancelled 3", "cancelled 3",
			"still open at request 2", "ended as rejected 6", `4 events: "Scan label": a machine`, "1 case: it was moved", "63 passed, 0 failed",
		},
		"loan":    {"tasks claimed", "ended as lent 28", "still open at customer 6", "still open at underwriter 1", "50 passed, 0 failed"},
		"tickets": {"ended as geschlossen_by_hotline 49", "60 passed, 0 failed"},
	} {
		table, err := start(t, "-log", "testdata/"+name+".xes", "-map", "testdata/"+name+".yaml")
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, table)
		}
		has(t, table, want...)
	}
}

// Ensure a replay runs on a server that is there already, again and again: what it
// leaves behind is out of the way of the next.
func TestElsewhere(t *testing.T) {
	if os.Getenv(database) == "" {
		t.Fatal("start the tests through `make test`")
	}
	s, err := stage.New(t.Context(), os.Getenv(database), 4)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	account := s.Account()
	for name, value := range map[string]string{"URL": account.URL, "ORG": account.Org, "EMAIL": account.Email, "PASSWORD": account.Password} {
		t.Setenv("HANDSTAMP_"+name, value)
	}
	log := sampled(t, "testdata/purchase.xes")
	for range 2 {
		var out strings.Builder
		err := run(t.Context(), []string{"-log", log, "-map", "testdata/purchase.yaml"}, &out)
		if err != nil {
			t.Fatalf("%v\n%s", err, out.String())
		}
	}
}

// edited writes a copy of a mapping, and of the workflow beside it, with changes.
func edited(t *testing.T, name string, changes ...string) string {
	t.Helper()
	dir := t.TempDir()
	change := strings.NewReplacer(changes...)
	for _, file := range []string{name, strings.TrimSuffix(name, ".yaml") + ".workflow.yaml"} {
		text, err := os.ReadFile(file)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), []byte(change.Replace(string(text))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, filepath.Base(name))
}

// sampled writes a log with every third case of another one.
func sampled(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.SplitAfter(string(text), "</trace>\n")
	var b strings.Builder
	for i, part := range parts {
		if i%3 == 0 || i == len(parts)-1 {
			b.WriteString(part)
		}
	}
	short := filepath.Join(t.TempDir(), filepath.Base(path))
	if err := os.WriteFile(short, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return short
}

// Ensure what does not go as the log says is counted, named with an example, and ends in failure.
func TestMismatches(t *testing.T) {
	for name, c := range map[string]struct {
		changes []string
		want    []string
		planned bool // it shows before anything is played
	}{
		"a rule that leads elsewhere": {
			[]string{"form.amount.amount > 5000", "form.amount.amount > 50000"},
			[]string{`cases: After "Approve request" the request is at buyer, where the log goes on at "controller". such as PR-`, "not done"},
			false,
		},
		"an act that nobody explains": {
			[]string{"  Note: {act: comment, comment: {from: remark}}\n", ""},
			[]string{"5 cases: No line of `activities` says what \"Note\" means.", "cases that the workflow can express 58"},
			true,
		},
		"an end that the workflow cannot reach": {
			[]string{"Pay invoice: paid", "Pay invoice: no_offer"},
			[]string{`After "Pay invoice", the last act, the workflow has no way to where the case must end: the outcome no_offer.`},
			true,
		},
		"an end that must stay open elsewhere": {
			[]string{"Place order: {open: warehouse}", "Place order: {open: accountant}"},
			[]string{`2 cases: After "Place order", the last act, the workflow has no way to where the case must end: open at "accountant".`},
			true,
		},
		"a pool of other people": {
			[]string{`user.department == "WARE"`, `user.department == "SALES"`},
			[]string{`The server found nobody for "warehouse": For step "Warehouse" nobody matches`},
			false,
		},
		"a value that the form refuses": {
			[]string{"label: How many, required: true, min: 1", "label: How many, required: true, min: 5"},
			[]string{`The server refused when "Create request" is done: `, "values.pieces"},
			false,
		},
		"an operator without the right": {
			[]string{"OPERATOR: {count: 1, rights: [run.operate]}", "OPERATOR: 1", "case:\n", "roles: {OPERATOR: helper}\ncase:\n"},
			[]string{`The server refused when "Cancel request" is done:`},
			false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			log := "testdata/purchase.xes"
			if !c.planned {
				log = sampled(t, log)
			}
			args := []string{"-log", log, "-map", edited(t, "testdata/purchase.yaml", c.changes...)}
			if c.planned {
				args = append(args, "-plan")
			}
			table, err := start(t, args...)
			if !errors.Is(err, errMismatch) {
				t.Errorf("it passes: %v", err)
			}
			has(t, table, c.want...)
			if strings.Contains(table, " 0 failed") {
				t.Errorf("no failure is counted:\n%s", table)
			}
		})
	}
}

// Ensure requesters who decide their own request are found out, by name, unless that is allowed.
func TestOwnDecisions(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "own.xes")
	text := `<log><trace><string key="concept:name" value="1"/>
		<event><string key="concept:name" value="Send"/><string key="org:role" value="CLERK"/><string key="org:resource" value="Ann"/></event>
		<event><string key="concept:name" value="Approve"/><string key="org:role" value="BOSS"/><string key="org:resource" value="Ann"/></event>
	</trace></log>`
	mapping := filepath.Join(dir, "own.yaml")
	for _, c := range []struct{ model, want string }{
		{"model: derive\n", `The log lets the requester decide step "boss" of his own request`},
		{"model: {own_decisions: it is a shop of one}\n", "1 passed, 0 failed"},
	} {
		for path, content := range map[string]string{log: text, mapping: c.model + "event: {person: org:resource}\n"} {
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		table, err := start(t, "-log", log, "-map", mapping)
		if (err == nil) != strings.Contains(c.want, "passed") {
			t.Errorf("%s: %v", c.model, err)
		}
		has(t, table, c.want)
	}
}

// Ensure a log that is broken, or a server that is not there, ends without a table of success.
func TestBroken(t *testing.T) {
	cut := filepath.Join(t.TempDir(), "cut.xes")
	text, err := os.ReadFile("testdata/travel.xes")
	if err == nil {
		err = os.WriteFile(cut, text[:len(text)/2], 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	mapping := "mappings/travel-declarations.yaml"
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"cut off":         {[]string{"-log", cut, "-map", mapping}, "line "},
		"no log":          {[]string{"-log", cut + "x", "-map", mapping}, "no such file"},
		"no mapping":      {[]string{"-log", cut, "-map", cut + "x"}, "no such file"},
		"nothing":         {nil, "usage"},
		"too much":        {[]string{"-log", "a", "-map", "b", "c"}, `"c" is one argument too many`},
		"nobody at work":  {[]string{"-log", "a", "-map", "b", "-clients", "0"}, "-clients"},
		"unknown setting": {[]string{"-fast"}, "flag provided but not defined"},
		"a large log":     {[]string{"-log", "testdata/travel.xes", "-map", mapping, "-max-events", "10"}, "more than 10 events"},
		"not its log":     {[]string{"-log", "testdata/tickets.xes", "-map", mapping, "-plan"}, "did not end where the log says"},
	} {
		if table, err := start(t, c.args...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q\n%s", name, err, c.want, table)
		}
	}
	t.Setenv("HANDSTAMP_URL", "http://127.0.0.1:1")
	var out strings.Builder
	args := []string{"-log", "testdata/travel.xes", "-map", mapping}
	if err := run(context.Background(), args, &out); err == nil || !strings.Contains(err.Error(), "HANDSTAMP_ORG") {
		t.Errorf("a server without an account: %v", err)
	}
	for _, name := range []string{"ORG", "EMAIL", "PASSWORD"} {
		t.Setenv("HANDSTAMP_"+name, "x")
	}
	if err := run(context.Background(), args, &out); err == nil || !strings.Contains(err.Error(), "sign in as x") {
		t.Errorf("a server that is not there: %v", err)
	}
}

// Ensure Ctrl-C ends a replay, and what was not reached is not called a success.
func TestStopped(t *testing.T) {
	if os.Getenv(database) == "" {
		t.Fatal("start the tests through `make test`")
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var out strings.Builder
	err := run(ctx, []string{"-log", "testdata/travel.xes", "-map", "mappings/travel-declarations.yaml"}, &out)
	if err == nil || strings.Contains(out.String(), " 0 failed") {
		t.Errorf("%v\n%s", err, out.String())
	}
}

// Ensure a proposed mapping is one: with it, the log replays as it is.
func TestPropose(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string][]string{
		"travel":   {`requester: "EMPLOYEE" # starts 113 of 113 cases`, `role: "org:role"`, `"Payment Handled": {} # `},
		"purchase": {`"start": {exception: only what was completed is replayed}`, "person: org:resource"},
		"loan":     {`role: "org:group"`},
		"tickets":  {`activity: "Activity"`, "match: ' by (.+)$'"},
	} {
		log := "testdata/" + name + ".xes"
		var out strings.Builder
		if err := run(context.Background(), []string{"-log", log, "-propose"}, &out); err != nil {
			t.Fatal(err)
		}
		has(t, out.String(), want...)
		path := filepath.Join(dir, name+".yaml")
		if err := os.WriteFile(path, []byte(out.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		var plan, document strings.Builder
		if err := run(context.Background(), []string{"-log", log, "-map", path, "-plan"}, &plan); err != nil {
			t.Errorf("%s: %v\n%s\n%s", name, err, out.String(), plan.String())
		}
		has(t, plan.String(), "cases that it cannot express 0", "Nothing was played.")
		if err := run(context.Background(), []string{"-log", log, "-map", path, "-workflow"}, &document); err != nil || !strings.HasPrefix(document.String(), "key: REPLAY") {
			t.Errorf("%s: %v\n%s", name, err, document.String())
		}
	}
}
