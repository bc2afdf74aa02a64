package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db/dbtest"
	"github.com/handstamp/handstamp/internal/facts"
)

// world is the whole server on a real database.
type world struct {
	*Server
	services Services
	env      *dbtest.Env
}

const testPassword = "a stamp of approval"

func newWorld(t *testing.T, cfg Config) *world {
	t.Helper()
	env := dbtest.New(t)
	settings := directory.DefaultSettings()
	settings.AddressTries = 1000
	dir, err := directory.New(t.Context(), env.DB, settings)
	if err != nil {
		t.Fatal(err)
	}
	versions := facts.NewVersions()
	s := Services{Directory: dir, Catalog: catalog.New(env.DB, versions), Runs: runs.New(env.DB, versions)}
	if cfg.Live == nil {
		cfg.Live = func(access.Actor) (<-chan runs.Hint, func()) { return nil, func() {} }
	}
	server, err := New(cfg, s)
	if err != nil {
		t.Fatal(err)
	}
	return &world{server, s, env}
}

// company is one organization of the world with somebody of each kind.
type company struct {
	*world
	t          *testing.T
	slug, name string
	// canary is a word that stands in every text of the company.
	canary string
	admin  access.Actor
	token  map[string]string
	id     map[string]uuid.UUID
}

var companies atomic.Int64

// staff are the people of a company. Packers may take tasks of the pool; others
// have no part in anything.
const staff = `name,manager,department,roles
boss,,ENG,employee
asha,boss,ENG,employee
packer,,OPS,employee
other,,SALES,employee
gone,,SALES,employee
designer,,ENG,employee;designer
people,,ENG,employee;people
operator,,ENG,employee;operator
auditor,,ENG,employee;auditor`

func (w *world) company(t *testing.T) *company {
	t.Helper()
	tail := fmt.Sprintf("%.8s-%d", uuid.NewString(), companies.Add(1))
	c := &company{
		world: w, t: t, slug: "org-" + tail, name: "Org " + tail, canary: "canary" + strings.ReplaceAll(tail, "-", "x"),
		token: map[string]string{}, id: map[string]uuid.UUID{},
	}
	made, err := w.services.Directory.CreateOrg(t.Context(), directory.NewOrg{
		Slug: c.slug, Name: c.name, Zone: "Asia/Kolkata",
		AdminName: "Admin " + c.canary, AdminEmail: c.email("admin"), AdminPassword: testPassword,
	})
	if err != nil {
		t.Fatal(err)
	}
	c.admin = made.Admin
	c.hire()
	c.publish("TRIP")
	return c
}

func (c *company) email(name string) string { return name + "@" + c.canary + ".example" }

// hire imports the staff, signs everybody in, and disables the one who is gone.
func (c *company) hire() {
	c.t.Helper()
	ctx, d := c.t.Context(), c.services.Directory
	for _, key := range []string{"ENG", "OPS", "SALES"} {
		if _, err := d.CreateDepartment(ctx, c.admin, directory.NewDepartment{Key: key, Name: key + " " + c.canary}); err != nil {
			c.t.Fatal(err)
		}
	}
	table := []string{"email,name,manager,department,roles"}
	for line := range strings.Lines(staff) {
		cells := strings.Split(strings.TrimSpace(line), ",")
		if cells[0] == "name" {
			continue
		}
		if cells[1] != "" {
			cells[1] = c.email(cells[1])
		}
		table = append(table, strings.Join(append([]string{c.email(cells[0]), cells[0] + " " + c.canary}, cells[1:]...), ","))
	}
	done, err := d.ImportUsers(ctx, c.admin, directory.Import{CSV: strings.Join(table, "\n"), Password: testPassword})
	if err != nil || len(done.Errors) > 0 {
		c.t.Fatal(err, done.Errors)
	}
	// Whoever is added without a word about roles is an employee; bare is nothing.
	_, err = d.CreateUser(ctx, c.admin, directory.Profile{
		Email: directory.To(c.email("bare")), Name: directory.To("Bare " + c.canary), Password: directory.To(testPassword), Roles: []string{},
	})
	if err != nil {
		c.t.Fatal(err)
	}
	list, err := d.ListUsers(ctx, c.admin, directory.UserFilter{})
	if err != nil {
		c.t.Fatal(err)
	}
	for _, u := range list.Items {
		name, _, _ := strings.Cut(u.Email, "@")
		c.id[name] = u.ID
		c.token[name] = c.signIn(name)
	}
	if _, err := d.DisableUser(ctx, c.admin, c.id["gone"], 0, directory.Key{}); err != nil {
		c.t.Fatal(err)
	}
}

// signIn returns an access token.
func (c *company) signIn(name string) string {
	c.t.Helper()
	var reply struct {
		AccessToken string `json:"access_token"`
	}
	body := map[string]any{"org": c.slug, "email": c.email(name), "password": testPassword}
	c.must("", "auth.login", body, &reply)
	return reply.AccessToken
}

// tripYAML is a workflow with a task for one person and one for several.
const tripYAML = `
key: %[1]s
name: Trip %[2]s
description: For %[2]s
group: ENG
form:
  fields:
    - {name: why, type: text, label: Why %[2]s, required: true}
    - {name: days, type: number, label: Days}
steps:
  - {id: submit, type: start, name: Submit, transitions: [{id: go, to: boss}]}
  - {id: boss, type: task, name: Boss, assignee: {strategy: manager, of: initiator}, transitions: [{id: approve, to: pool, name: Approve, kind: approve}]}
  - {id: pool, type: task, name: Pool, assignee: {strategy: claim, candidates: user.department == "OPS"}, transitions: [{id: done, to: done, name: Done, kind: approve}]}
  - {id: done, type: end, name: Done, outcome: done}
`

// publish makes a workflow under a key and returns its id.
func (c *company) publish(key string) uuid.UUID {
	c.t.Helper()
	w, err := c.services.Catalog.Import(c.t.Context(), c.admin, catalog.Import{
		Source: catalog.Source{YAML: fmt.Sprintf(tripYAML, key, c.canary)}, Publish: true, Note: c.canary,
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return w.ID
}

// call asks one operation and returns the status and the body.
func (c *company) call(token, op string, body any) (int, string) {
	c.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	w := exchange{path: "/api/v1/" + op, token: token, body: string(raw)}.do(c.Server)
	return w.Code, w.Body.String()
}

// must is call for what has to work.
func (c *company) must(token, op string, body, reply any) {
	c.t.Helper()
	status, text := c.call(token, op, body)
	if status != http.StatusOK {
		c.t.Fatalf("%s: %d %s", op, status, text)
	}
	if err := json.Unmarshal([]byte(text), reply); err != nil {
		c.t.Fatal(err)
	}
}

// run is what tests read of a run.
type run struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Tasks  []struct {
		ID string `json:"id"`
	} `json:"tasks"`
}

// start sends a request of asha, which waits for her boss.
func (c *company) start() (r run) {
	c.t.Helper()
	c.must(c.token["asha"], "runs.start", map[string]any{"workflow": "TRIP", "values": map[string]any{"why": "see " + c.canary}, "comment": "note " + c.canary}, &r)
	return r
}

// toPool moves a run on, to where packers may take it.
func (c *company) toPool(r run) (moved run) {
	c.t.Helper()
	c.must(c.token["boss"], "tasks.complete", map[string]any{"task_id": r.Tasks[0].ID, "transition": "approve"}, &moved)
	return moved
}

var scenes atomic.Int64

// scene makes new things to aim at, so that one operation does not meet what
// another one left. The names stand in testdata/operations.yaml.
func (c *company) scene() map[string]string {
	c.t.Helper()
	n := scenes.Add(1)
	key := fmt.Sprintf("W%d", n)
	r, sent := c.start(), c.start()
	pooled := c.toPool(sent)
	var held run
	c.must(c.token["packer"], "tasks.claim", map[string]any{"task_id": c.toPool(c.start()).Tasks[0].ID}, &held)
	shared := c.start()
	c.must(c.token["asha"], "stakeholders.add", map[string]any{"run_id": shared.ID, "user_id": c.id["designer"]}, &shared)
	var draft struct {
		RunID string `json:"run_id"`
	}
	c.must(c.token["asha"], "runs.save_draft", map[string]any{"workflow": "TRIP", "values": map[string]any{"why": c.canary}}, &draft)
	var user, department, role, view struct {
		ID string `json:"id"`
	}
	c.must(c.token["asha"], "views.save", map[string]any{"name": "Old " + c.canary, "search": "older=7"}, &view)
	day := func(i int) string {
		return time.Date(2090, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)*8+i).Format(time.RFC3339)
	}
	var away struct {
		Items []struct {
			ID string `json:"id"`
		} `json:"items"`
	}
	c.must(c.token["asha"], "absences.list", map[string]any{}, &away)
	for _, old := range away.Items { // of an earlier scene: nobody plans as many as there are scenes
		c.must(c.token["asha"], "absences.delete", map[string]any{"absence_id": old.ID}, &struct{}{})
	}
	c.must(c.token["asha"], "absences.save", map[string]any{"from": day(0), "until": day(1), "note": c.canary}, &away)
	admin := c.token["admin"]
	c.must(admin, "users.create", map[string]any{"email": c.email("new" + strings.ToLower(key)), "name": "New " + c.canary, "department": "SALES"}, &user)
	c.must(admin, "departments.create", map[string]any{"key": key, "name": key + c.canary}, &department)
	c.must(admin, "roles.create", map[string]any{"key": strings.ToLower(key), "name": key + c.canary, "permissions": []string{}}, &role)
	c.must(admin, "roles.grant", map[string]any{"role_id": role.ID, "user_id": user.ID}, &role)
	return map[string]string{
		"$run": r.ID, "$shared_run": shared.ID, "$number": r.Number, "$task": r.Tasks[0].ID, "$done_task": sent.Tasks[0].ID, "$pool_task": pooled.Tasks[0].ID, "$held_task": held.Tasks[0].ID,
		"$draft": draft.RunID, "$workflow": c.publish(key).String(), "$key": key, "$fresh_key": key + "X",
		"$user": user.ID, "$department": department.ID, "$role": role.ID, "$view": view.ID, "$absence": away.Items[len(away.Items)-1].ID,
		"$from": day(2), "$until": day(3), "$later": day(4), "$latest": day(5), "$slug": c.slug, "$canary": c.canary,
		"$boss": c.id["boss"].String(), "$packer": c.id["packer"].String(), "$designer": c.id["designer"].String(), "$asha": c.id["asha"].String(),
		"$email": c.email("hired" + strings.ToLower(key)), "$asha_email": c.email("asha"), "$yaml": fmt.Sprintf(tripYAML, key+"Y", c.canary),
	}
}

// session is one more session of somebody, by its id.
func (c *company) session(name string) string {
	c.t.Helper()
	var list struct {
		Items []struct {
			ID      string `json:"id"`
			Current bool   `json:"current"`
		} `json:"items"`
	}
	c.must(c.signIn(name), "sessions.list", map[string]any{}, &list)
	for _, s := range list.Items {
		if s.Current {
			return s.ID
		}
	}
	c.t.Fatal("no current session")
	return ""
}
