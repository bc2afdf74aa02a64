package demo

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db/dbtest"
	"github.com/handstamp/handstamp/internal/facts"
	"github.com/handstamp/handstamp/library"
)

func services(t *testing.T) Services {
	t.Helper()
	env := dbtest.Own(t)
	dir, err := directory.New(t.Context(), env.DB, directory.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	versions := facts.NewVersions()
	return Services{Directory: dir, Catalog: catalog.New(env.DB, versions), Runs: runs.New(env.DB, versions)}
}

// Ensure the two organizations come to life as told, and that telling it again
// changes nothing.
func TestFill(t *testing.T) {
	ctx := t.Context()
	s := services(t)
	made, err := Make(ctx, s)
	if err != nil || !made {
		t.Fatal(made, err)
	}
	count := map[string]int{}
	for _, o := range Orgs() {
		admin, err := o.admin(ctx, s)
		if err != nil {
			t.Fatal(err)
		}
		people, err := everybody(ctx, s.Directory, *admin)
		if err != nil {
			t.Fatal(err)
		}
		if len(people) < 40 {
			t.Errorf("%s has %d people", o.Name, len(people))
		}
		checkTree(ctx, t, s, *admin)
		checkWorkflows(ctx, t, s, *admin)
		count[o.Slug] = checkRequests(ctx, t, s, o, *admin)
		for _, sign := range o.SignIns {
			checkSignIn(ctx, t, s, o, sign.Email)
		}
	}
	if made, err := Make(ctx, s); err != nil || made {
		t.Errorf("the second start makes something: %v %v", made, err)
	}
	if made, err := Fill(ctx, s); err != nil || made {
		t.Errorf("filling again makes something: %v %v", made, err)
	}
	for _, o := range Orgs() {
		admin, err := o.admin(ctx, s)
		if err != nil {
			t.Fatal(err)
		}
		if n := checkRequests(ctx, t, s, o, *admin); n != count[o.Slug] {
			t.Errorf("%s had %d requests and has %d after filling again", o.Name, count[o.Slug], n)
		}
	}
}

// checkTree ensures one head, everybody below, and every department led.
func checkTree(ctx context.Context, t *testing.T, s Services, admin access.Actor) {
	t.Helper()
	list, err := s.Directory.ListUsers(ctx, admin, directory.UserFilter{Page: directory.Page{Limit: 100}})
	if err != nil {
		t.Fatal(err)
	}
	tops := 0
	for _, u := range list.Items {
		if u.Manager == nil {
			tops++
		} else if u.Department == "" || u.Designation == "" || u.LevelRank == nil || u.Attributes["cost_center"] == nil {
			t.Errorf("%s is not described fully: %+v", u.Name, u)
		}
	}
	if tops != 1 {
		t.Errorf("%d people report to nobody", tops)
	}
	departments, err := s.Directory.ListDepartments(ctx, admin)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range departments.Items {
		if d.Head == nil || d.Members == 0 {
			t.Errorf("department %s: head %v, %d members", d.Key, d.Head, d.Members)
		}
	}
}

func checkWorkflows(ctx context.Context, t *testing.T, s Services, admin access.Actor) {
	t.Helper()
	list, err := s.Catalog.List(ctx, admin, catalog.List{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range list.Items {
		if w.Status != "published" {
			t.Errorf("workflow %s is %s", w.Key, w.Status)
		}
	}
	if len(list.Items) != len(library.All()) {
		t.Errorf("%d workflows, the library has %d", len(list.Items), len(library.All()))
	}
}

// checkRequests ensures every request stands where its story ends. Runs are
// listed newest first, stories are told oldest first.
func checkRequests(ctx context.Context, t *testing.T, s Services, o Org, admin access.Actor) int {
	t.Helper()
	var rows []runs.RunRow
	in := runs.List{View: "all", Limit: 100}
	for {
		page, err := s.Runs.List(ctx, admin, in)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, page.Items...)
		if in.Cursor = page.NextCursor; in.Cursor == "" {
			break
		}
	}
	var sent []runs.Run // by people; the others were started by these
	for _, row := range slices.Backward(rows) {
		run, err := s.Runs.Get(ctx, admin, row.ID.String())
		if err != nil {
			t.Fatal(err)
		}
		if run.Parent == nil {
			sent = append(sent, run)
		}
		for _, sub := range run.Subs {
			if sub.Status != "running" {
				t.Errorf("%s: what %s started is %s", o.Name, run.Number, sub.Status)
			}
		}
	}
	if len(sent) != len(o.requests) {
		t.Fatalf("%s: %d requests, want %d", o.Name, len(sent), len(o.requests))
	}
	for i, r := range o.requests {
		run := sent[i]
		if at := standing(run); at != r.at || run.Workflow.Key != r.workflow {
			t.Errorf("%s %s of %s stands at %q, want %q", o.Name, run.Number, r.by, at, r.at)
		}
		for _, task := range run.Tasks {
			if task.Warning != "" {
				t.Errorf("%s %s: %s", o.Name, run.Number, task.Warning)
			}
		}
	}
	return len(rows)
}

func standing(r runs.Run) string {
	if r.Outcome != "" {
		return r.Outcome
	}
	if len(r.Tasks) > 0 {
		return r.Tasks[0].StepID
	}
	if v := r.Path[len(r.Path)-1]; v.Status == "waiting" {
		return v.StepID
	}
	return r.Status
}

// checkSignIn ensures somebody can sign in and finds something to do or started
// something himself.
func checkSignIn(ctx context.Context, t *testing.T, s Services, o Org, email string) {
	t.Helper()
	in, err := s.Directory.Login(ctx, directory.Login{Org: o.Name, Email: strings.ToUpper(email), Password: Password})
	if err != nil {
		t.Fatalf("%s: %v", email, err)
	}
	claims, err := s.Directory.Authenticate(ctx, in.AccessToken)
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.Directory.CheckSession(ctx, claims.Org, claims.Session)
	if err != nil {
		t.Fatal(err)
	}
	tasks, err := s.Runs.ListTasks(ctx, a, runs.ListTasks{})
	if err != nil {
		t.Fatal(err)
	}
	mine, err := s.Runs.List(ctx, a, runs.List{})
	if err != nil {
		t.Fatal(err)
	}
	if len(tasks.Items)+len(mine.Items) == 0 && !strings.HasPrefix(email, "admin@") {
		t.Errorf("%s finds nothing in the inbox and has no request", email)
	}
}
