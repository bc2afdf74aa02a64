package runs_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// newerLeave calls the manager's step another name, lets IT look before HR, and asks a
// named person in HR's step.
var newerLeave = strings.NewReplacer(
	"id: manager\n    type: task", "id: head\n    type: task\n    name: Head of the team",
	"to: hr, kind", "to: it, kind",
	"{strategy: chosen, candidates: user.department == \"HR\"}", "{strategy: rule, candidates: user.name == \"Hana Holt\"}",
	"  - id: hr\n", "  - {id: it, type: task, name: IT, assignee: {strategy: claim, candidates: user.department == \"IT\"}, transitions: [{id: ok, to: hr, kind: approve}]}\n  - id: hr\n",
	"    - {name: reason, type: text, label: Reason}\n", "",
).Replace(leave)

// mover may move requests, and sees all of them.
func (w *world) mover() access.Actor {
	w.org.Role(w.t, "mover", access.RunMigrate, access.RunViewAll)
	return w.org.User(w.t, "Mona Mover", dbtest.WithRole("mover"))
}

// newer publishes another version of a workflow.
func (w *world) newer(key, text string, no int) uuid.UUID {
	w.t.Helper()
	doc, problems := workflow.ParseYAML([]byte(text))
	if len(problems) > 0 {
		w.t.Fatal(problems)
	}
	data, err := json.Marshal(doc)
	if err != nil {
		w.t.Fatal(err)
	}
	id := db.NewID()
	w.org.Exec(w.t, `INSERT INTO versions (id, workflow_id, no, document, hash) SELECT $1, w.id, $2, $3, $4 FROM workflows w WHERE w.key = $5`, id, no, data, doc.Hash(), key)
	w.org.Exec(w.t, `UPDATE workflows SET version_id = $1, version_no = $2 WHERE key = $3`, id, no, key)
	return id
}

func (w *world) migrate(a access.Actor, in runs.Migrate) runs.MigratedMany {
	w.t.Helper()
	if in.Workflow == "" {
		in.Workflow = "LEAVE"
	}
	return must[runs.MigratedMany](w.t)(w.runs.Migrate(w.ctx, a, in))
}

// itemOf is what became of one request.
func itemOf(t *testing.T, got runs.MigratedMany, run uuid.UUID) runs.Migrated {
	t.Helper()
	for _, x := range got.Items {
		if x.RunID == run {
			return x
		}
	}
	t.Fatalf("%s is not among %+v", run, got.Items)
	return runs.Migrated{}
}

// Ensure requests move to a newer version where nothing is lost by it, each by itself;
// that a preview says the same and changes nothing, and that what is refused stays.
func TestMigrate(t *testing.T) {
	w := newWorld(t)
	mona := w.mover()
	at := w.start()   // with the manager
	held := w.start() // the same, on hold
	must[runs.Run](t)(w.runs.Hold(w.ctx, w.admin, runs.Hold{Run: held.ID, Comment: "Audit"}))
	hr := must[runs.Run](t)(w.approve(w.ravi, w.start(), "hr", w.meera.User))
	over := w.start()
	must[runs.Run](t)(w.runs.Cancel(w.ctx, w.admin, over.ID, "Twice", runs.Key{}))
	w.newer("LEAVE", newerLeave, 2)
	young := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "LEAVE", Values: map[string]any{"leave_from": "2026-01-05", "leave_to": "2026-01-09"}}))
	runsOf := []uuid.UUID{at.ID, held.ID, hr.ID, over.ID, young.ID}
	was := map[uuid.UUID]string{}
	for _, id := range runsOf {
		was[id] = w.state(id)
	}

	got := w.migrate(mona, runs.Migrate{Preview: true})
	if got.ToVersion != 2 || len(got.Items) != 3 || got.Done != 0 || got.Skipped != 3 || got.More {
		t.Fatalf("without a place for the manager's step: %+v", got)
	}
	if x := itemOf(t, got, at.ID); !strings.Contains(x.Reason, `The request is at "Manager", which version 2 does not have`) || x.Code != string(fault.Conflict) ||
		x.Number != at.Number || x.Title != at.Title || x.FromVersion != 1 || len(x.StepNames) != 1 || x.StepNames[0] != "Manager" {
		t.Errorf("%+v", x)
	}
	if x := itemOf(t, got, hr.ID); !strings.Contains(x.Reason, `In "HR" other people are asked now`) {
		t.Errorf("%+v", x)
	}

	in := runs.Migrate{Steps: map[string]string{"manager": "head"}, Preview: true}
	got = w.migrate(mona, in)
	for _, id := range []uuid.UUID{at.ID, held.ID} {
		if x := itemOf(t, got, id); !x.Done || x.What != "Goes from Manager to Head of the team with Ravi Menon." {
			t.Errorf("%+v", x)
		}
	}
	if x := itemOf(t, got, hr.ID); x.Done {
		t.Errorf("%+v", x)
	}
	for _, id := range runsOf {
		if now := w.state(id); now != was[id] {
			t.Fatalf("a preview changed something:\n%s\n%s", was[id], now)
		}
	}

	in.Preview = false
	_, err := w.runs.Migrate(w.ctx, mona, runs.Migrate{Workflow: "LEAVE", Steps: in.Steps})
	refused(t, err, fault.Invalid, "comment")
	in.Comment = "IT looks first"
	if got = w.migrate(mona, in); got.Done != 2 || got.Skipped != 1 {
		t.Fatalf("%+v", got)
	}
	for _, id := range []uuid.UUID{hr.ID, over.ID, young.ID} {
		if now := w.state(id); now != was[id] {
			t.Errorf("what was refused, over or there already changed:\n%s\n%s", was[id], now)
		}
	}
	now := must[runs.Run](t)(w.runs.Get(w.ctx, w.admin, at.ID.String()))
	if now.Version != 2 || now.Tasks[0].StepName != "Head of the team" || now.Tasks[0].ID != at.Tasks[0].ID || now.Tasks[0].Assignee.ID != w.ravi.User {
		t.Errorf("%+v", now.Tasks)
	}
	if still := must[runs.Run](t)(w.runs.Get(w.ctx, w.admin, held.ID.String())); still.Status != "held" || still.Version != 2 {
		t.Errorf("%s on %d", still.Status, still.Version)
	}
	if data := dbtest.Get[string](t, w.org, `SELECT data->>'reason' FROM run_data WHERE run_id = $1`, at.ID); data != "Holiday" {
		t.Errorf("the value of a field that is gone: %q", data)
	}

	// Asked anew, and what is behind is told by its name.
	in.Reask = true
	if got = w.migrate(mona, in); got.Done != 1 || itemOf(t, got, hr.ID).What != "Is asked anew at HR with Hana Holt." {
		t.Fatalf("%+v", got)
	}
	if got = w.migrate(mona, in); len(got.Items) != 0 {
		t.Errorf("there is nothing left to move: %+v", got)
	}
	for _, id := range runsOf {
		w.compare(id)
	}

	// It goes the new way, and a change keeps what the form has no field for.
	must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: at.Tasks[0].ID, Transition: "hr"}))
	w.compare(at.ID)
	if now = must[runs.Run](t)(w.runs.Get(w.ctx, w.ivan, at.ID.String())); len(now.Tasks) != 1 || now.Tasks[0].StepName != "IT" {
		t.Fatalf("%+v", now.Tasks)
	}
	must[runs.Run](t)(w.runs.Claim(w.ctx, w.ivan, now.Tasks[0].ID, runs.Key{}))
	now = must[runs.Run](t)(w.runs.Complete(w.ctx, w.ivan, runs.Complete{Task: now.Tasks[0].ID, Transition: "ok"}))
	must[runs.Run](t)(w.runs.Complete(w.ctx, w.hana, runs.Complete{Task: now.Tasks[0].ID, Transition: "ok", Values: map[string]any{"hr_note": "Fine"}}))
	if data := dbtest.Get[string](t, w.org, `SELECT data->>'reason' FROM run_data WHERE run_id = $1`, at.ID); data != "Holiday" {
		t.Errorf("the value of a field that is gone: %q", data)
	}
	w.compare(at.ID)
}

// Ensure the history tells of the move, and calls steps what they were called then.
func TestMigratedHistory(t *testing.T) {
	w := newWorld(t)
	mona := w.mover()
	r := must[runs.Run](t)(w.approve(w.ravi, w.start(), "hr", w.meera.User))
	gone := strings.Replace(strings.Replace(leave, "  - {id: submit, type: start, fields: {hr_note: hidden}}", "  - {id: submit, type: start, transitions: [{id: on, to: hr}]}", 1),
		leave[strings.Index(leave, "  - id: manager"):strings.Index(leave, "  - id: hr")], "", 1)
	w.newer("LEAVE", gone, 2)
	if got := w.migrate(mona, runs.Migrate{Comment: "One step less"}); got.Done != 1 || got.Items[0].What != "Stays at HR with Meera Iyer." {
		t.Fatalf("%+v", got)
	}
	w.compare(r.ID)
	now := must[runs.Run](t)(w.runs.Get(w.ctx, w.meera, r.ID.String()))
	if v := now.Path[1]; v.Name != "Manager" || v.Type != "task" || len(v.DecidedBy) != 1 {
		t.Errorf("the visit to a step that is gone: %+v", v)
	}
	for _, b := range now.Task.SendBack {
		if b.StepName == "Manager" {
			t.Errorf("it can be sent back to a step that is gone: %+v", b)
		}
	}
	entries := must[runs.Entries](t)(w.runs.History(w.ctx, w.asha, r.ID, "", 0))
	told, moved := false, false
	for _, e := range entries.Items {
		told = told || e.Type == "task.completed" && e.StepName == "Manager"
		if e.Type == "run.migrated" {
			moved = e.FromVersion == 1 && e.ToVersion == 2 && e.Comment == "One step less" && e.Actor.Name == "Mona Mover"
		}
	}
	if !told || !moved {
		t.Errorf("told of the manager: %v, of the move: %v: %+v", told, moved, entries.Items)
	}
	if _, err := w.runs.Complete(w.ctx, w.meera, runs.Complete{Task: now.Tasks[0].ID, Transition: "ok"}); err != nil {
		t.Error(err)
	}
	w.compare(r.ID)
}

// Ensure nobody sees more by a move: who held a step that is gone, where a field was
// hidden, does not read that field because the newer version has no such step.
func TestMigrateShowsNobodyMore(t *testing.T) {
	w := newWorld(t)
	mona := w.mover()
	r := must[runs.Run](t)(w.approve(w.ravi, w.start(), "hr", w.meera.User))
	must[runs.Run](t)(w.runs.Reassign(w.ctx, w.meera, runs.Reassign{Task: r.Tasks[0].ID, To: w.hana.User}))
	before := must[runs.Run](t)(w.runs.Get(w.ctx, w.ravi, r.ID.String()))
	w.newer("LEAVE", newerLeave, 2)
	if got := w.migrate(mona, runs.Migrate{Comment: "x", Reask: true}); got.Done != 1 {
		t.Fatalf("%+v", got)
	}
	after := must[runs.Run](t)(w.runs.Get(w.ctx, w.ravi, r.ID.String()))
	for name := range after.Values {
		if _, seen := before.Values[name]; !seen {
			t.Errorf("Ravi reads %s now, which was hidden from him", name)
		}
	}
}

// Ensure a move and a decision at the same time leave a request that is whole: whoever
// comes second sees what the first one did.
func TestMigrateRacesComplete(t *testing.T) {
	w := newWorld(t)
	mona := w.mover()
	newer := strings.Replace(leave, "id: manager\n    type: task", "id: head\n    type: task\n    name: Head of the team", 1)
	var all []runs.Run
	for range 8 {
		all = append(all, w.start())
	}
	w.newer("LEAVE", newer, 2)
	var wg sync.WaitGroup
	wg.Go(func() {
		for _, r := range all {
			if _, err := w.approve(w.ravi, r, "hr", w.hana.User); err != nil {
				t.Errorf("the decision: %v", err)
			}
		}
	})
	wg.Go(func() {
		got, err := w.runs.Migrate(w.ctx, mona, runs.Migrate{Workflow: "LEAVE", Steps: map[string]string{"manager": "head"}, Comment: "x"})
		if err != nil || got.Done != len(all) {
			t.Errorf("the move: %v, %+v", err, got)
		}
	})
	wg.Wait()
	for _, r := range all {
		now := must[runs.Run](t)(w.runs.Get(w.ctx, w.admin, r.ID.String()))
		if now.Version != 2 || len(now.Tasks) != 1 || now.Tasks[0].StepName != "HR" || now.Path[1].Name != "Head of the team" {
			t.Errorf("%s is on %d at %+v", now.Number, now.Version, now.Tasks)
		}
		w.compare(r.ID)
	}
}

// Ensure only who may moves requests, only those of his organization, and only to
// versions of their own workflow.
func TestMigrateStaysInside(t *testing.T) {
	w := newWorld(t)
	mona := w.mover()
	r := w.start()
	w.newer("LEAVE", strings.Replace(leave, "name: HR\n", "name: People\n", 1), 2)
	other := w.env.Org(t)
	other.Role(t, "mover", access.RunMigrate, access.RunViewAll)
	stranger := other.User(t, "Stranger", dbtest.WithRole("mover"))
	workflowID := dbtest.Get[uuid.UUID](t, w.org, `SELECT id FROM workflows WHERE key = 'LEAVE'`)
	for name, c := range map[string]struct {
		actor
		in   runs.Migrate
		code fault.Code
		says string
	}{
		"another organization by key": {stranger, runs.Migrate{Workflow: "LEAVE", Comment: "x"}, fault.NotFound, "no workflow"},
		"another organization by id":  {stranger, runs.Migrate{Workflow: workflowID.String(), Comment: "x"}, fault.NotFound, "no workflow"},
		"no such version":             {mona, runs.Migrate{Workflow: "LEAVE", To: 9, Comment: "x"}, fault.Invalid, "to_version"},
		"a version of another one":    {mona, runs.Migrate{Workflow: "ACCESS", To: 2, Comment: "x"}, fault.Invalid, "to_version"},
		"no such step":                {mona, runs.Migrate{Workflow: "LEAVE", Steps: map[string]string{"manager": "nowhere"}, Comment: "x"}, fault.Invalid, "steps.manager"},
		"who sees only his own":       {w.asha, runs.Migrate{Workflow: "LEAVE", Comment: "x"}, fault.Forbidden, "see all"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w.runs.Migrate(w.ctx, c.actor, c.in)
			refused(t, err, c.code, c.says)
		})
	}
	// An operator sees all; whether he may move them is asked for each.
	if got := w.migrate(w.admin, runs.Migrate{Comment: "x"}); got.Done != 0 || got.Items[0].Code != string(fault.Forbidden) {
		t.Errorf("%+v", got)
	}
	if got := w.migrate(mona, runs.Migrate{Comment: "x", Runs: []uuid.UUID{db.NewID()}}); len(got.Items) != 1 || got.Done != 0 || got.Items[0].Code != string(fault.NotFound) {
		t.Errorf("%+v", got)
	}
	if got := w.migrate(mona, runs.Migrate{Comment: "x", From: []int{2}}); len(got.Items) != 0 {
		t.Errorf("%+v", got)
	}
	if got := w.migrate(mona, runs.Migrate{Comment: "x", From: []int{1}, Runs: []uuid.UUID{r.ID}}); got.Done != 1 {
		t.Errorf("%+v", got)
	}
	// And back again: any version of the workflow will do.
	if got := w.migrate(mona, runs.Migrate{Comment: "x", To: 1}); got.Done != 1 || got.Items[0].FromVersion != 2 {
		t.Errorf("%+v", got)
	}
	w.compare(r.ID)
}

// Ensure it is told which versions are in use, and which steps another one lacks.
func TestVersionsInUse(t *testing.T) {
	w := newWorld(t)
	mona := w.mover()
	w.start()
	w.start()
	must[runs.Run](t)(w.approve(w.ravi, w.start(), "hr", w.meera.User))
	got := must[runs.InUse](t)(w.runs.VersionsInUse(w.ctx, mona, "LEAVE", 0))
	if len(got.Versions) != 0 || len(got.Missing) != 0 || got.ToVersion != 1 {
		t.Errorf("%+v", got)
	}
	w.newer("LEAVE", newerLeave, 2)
	got = must[runs.InUse](t)(w.runs.VersionsInUse(w.ctx, mona, "LEAVE", 0))
	if len(got.Versions) != 1 || got.Versions[0] != (runs.VersionInUse{No: 1, Runs: 3}) || got.ToVersion != 2 ||
		len(got.Missing) != 1 || got.Missing[0] != (runs.MissingStep{StepID: "manager", Name: "Manager", Type: "task", Runs: 2}) || got.Steps[1].StepID != "head" {
		t.Errorf("%+v", got)
	}
	_, err := w.runs.VersionsInUse(w.ctx, w.asha, "LEAVE", 0)
	refused(t, err, fault.Forbidden, "see all")
}
