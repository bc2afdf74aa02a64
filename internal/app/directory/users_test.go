package directory_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
)

func (w *world) attribute(key, kind string) {
	w.Helper()
	if err := w.service.DefineAttribute(w.Context(), w.admin, directory.Attribute{Key: key, Label: key, Kind: kind}, directory.Key{}); err != nil {
		w.Fatal(err)
	}
}

func (w *world) department(key string) directory.Department {
	w.Helper()
	d, err := w.service.CreateDepartment(w.Context(), w.admin, directory.NewDepartment{Key: key, Name: key + " department"})
	if err != nil {
		w.Fatal(err)
	}
	return d
}

func (w *world) update(u directory.User, p directory.Profile) (directory.User, error) {
	return w.service.UpdateUser(w.Context(), w.admin, directory.UserUpdate{User: u.ID, Revision: u.Revision, Profile: p})
}

// Ensure everything said about a person comes back, and can be changed and cleared.
func TestUserLife(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.attribute("desk", "text")
	w.attribute("leave_left", "number")
	w.department("HR")
	boss := w.user("Vikram Malhotra", nil)
	u := w.user("Asha Mehta", func(p *directory.Profile) {
		p.Email, p.Manager, p.Department = directory.To(" Asha@ACME.example"), directory.To("VIKRAM.malhotra@acme.example"), directory.To("hr department")
		p.Designation, p.Level, p.LevelRank = directory.To("Manager"), directory.To("L3"), directory.To(3.5)
		p.City, p.State, p.Country, p.Location = directory.To("Pune"), directory.To("Maharashtra"), directory.To("India"), directory.To("Tower 2")
		p.Attributes = map[string]any{"desk": "4B", "leave_left": 12.5}
		p.Roles = []string{"designer"}
	})
	if u.Email != "asha@acme.example" || u.Manager == nil || u.Manager.ID != boss.ID || u.DepartmentKey != "HR" || u.Department != "HR department" ||
		u.Designation != "Manager" || u.Level != "L3" || *u.LevelRank != 3.5 || u.City != "Pune" || u.State != "Maharashtra" || u.Country != "India" ||
		u.Location != "Tower 2" || fmt.Sprint(u.Attributes) != "map[desk:4B leave_left:12.5]" || fmt.Sprint(u.Roles) != "[designer]" ||
		u.Status != "active" || u.Revision != 1 || u.CreatedAt.IsZero() || !u.Can.Update || !u.Can.Disable {
		t.Errorf("%+v", u)
	}
	u, err := w.update(u, directory.Profile{
		Manager: directory.Change[string]{Given: true}, Department: directory.Change[string]{Given: true}, City: directory.To(""),
		LevelRank: directory.Change[float64]{Given: true}, Attributes: map[string]any{"desk": nil}, Roles: []string{"employee", "auditor"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if u.Manager != nil || u.Department != "" || u.City != "" || u.State != "Maharashtra" || u.LevelRank != nil ||
		fmt.Sprint(u.Attributes) != "map[leave_left:12.5]" || fmt.Sprint(u.Roles) != "[auditor employee]" || u.Revision != 2 {
		t.Errorf("%+v", u)
	}
	if n := dbNull(w, u.ID); n != 2 {
		t.Errorf("%d of city and department are null", n)
	}
	got, err := w.service.GetUser(t.Context(), w.admin, u.ID)
	if err != nil || fmt.Sprint(got) != fmt.Sprint(u) {
		t.Errorf("%+v %v", got, err)
	}
}

func dbNull(w *world, id uuid.UUID) int {
	return get[int](w, `SELECT (city IS NULL)::int + (department_id IS NULL)::int FROM users WHERE id = $1`, id)
}

// Ensure a change distinguishes absent, null and given members.
func TestChangeFromJSON(t *testing.T) {
	t.Parallel()
	var in struct{ A, B, C directory.Change[string] }
	if err := json.Unmarshal([]byte(`{"A": "x", "B": null}`), &in); err != nil {
		t.Fatal(err)
	}
	if !in.A.Given || *in.A.Value != "x" || !in.B.Given || in.B.Value != nil || in.C.Given {
		t.Errorf("%+v", in)
	}
}

// Ensure a person is not added with anything wrong, and every wrong field is named.
func TestCreateUserRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.attribute("desk", "text")
	w.attribute("size", "number")
	w.attribute("driver", "bool")
	w.attribute("joined", "date")
	base := func() directory.Profile {
		return directory.Profile{Email: directory.To("asha@acme.example"), Name: directory.To("Asha Mehta")}
	}
	for field, changes := range map[string][]func(p *directory.Profile){
		"email": {
			func(p *directory.Profile) { p.Email = directory.Change[string]{} },
			func(p *directory.Profile) { p.Email = directory.To("asha") },
			func(p *directory.Profile) { p.Email = directory.To("a b@acme.example") },
			func(p *directory.Profile) { p.Email = directory.To("asha@acme.example\r\nBcc: x@y.z") },
			func(p *directory.Profile) { p.Email = directory.To(strings.Repeat("a", 250) + "@b.cd") },
			func(p *directory.Profile) { p.Email = directory.To(strings.ToUpper(w.email)) },
		},
		"name": {
			func(p *directory.Profile) { p.Name = directory.To("   ") },
			func(p *directory.Profile) { p.Name = directory.To("Asha\x00Mehta") },
			func(p *directory.Profile) { p.Name = directory.To("Asha\nMehta") },
			func(p *directory.Profile) { p.Name = directory.To(strings.Repeat("x", 201)) },
			func(p *directory.Profile) { p.Name = directory.To(`=HYPERLINK("http://evil.example")`) },
		},
		"designation":       {func(p *directory.Profile) { p.Designation = directory.To("@SUM(A1)") }},
		"city":              {func(p *directory.Profile) { p.City = directory.To("\xff\xfe") }},
		"department":        {func(p *directory.Profile) { p.Department = directory.To("NONE") }},
		"roles":             {func(p *directory.Profile) { p.Roles = []string{"employee", "none"} }},
		"attributes.none":   {func(p *directory.Profile) { p.Attributes = map[string]any{"none": 1.0} }},
		"attributes.size":   {func(p *directory.Profile) { p.Attributes = map[string]any{"size": "12"} }},
		"attributes.driver": {func(p *directory.Profile) { p.Attributes = map[string]any{"driver": "yes"} }},
		"attributes.joined": {func(p *directory.Profile) { p.Attributes = map[string]any{"joined": "2026-02-30"} }},
		"attributes.desk": {
			func(p *directory.Profile) { p.Attributes = map[string]any{"desk": 4.0} },
			func(p *directory.Profile) { p.Attributes = map[string]any{"desk": "-1+cmd|' /C calc'!A0"} },
		},
		"password": {
			func(p *directory.Profile) { p.Password = directory.To("short") },
			func(p *directory.Profile) { p.Password = directory.To("asha.mehta1") },
			func(p *directory.Profile) { p.Password = directory.To(w.slug) },
		},
		"manager": {
			func(p *directory.Profile) { p.Manager = directory.To("nobody@acme.example") },
			func(p *directory.Profile) { p.Manager = directory.To(nobody().String()) },
		},
	} {
		for i, change := range changes {
			p := base()
			change(&p)
			_, err := w.service.CreateUser(t.Context(), w.admin, p)
			wantFault(t, fmt.Sprint(field, " ", i), err, fault.Invalid, field)
		}
	}
	_, err := w.service.CreateUser(t.Context(), w.admin, directory.Profile{Department: directory.To("NONE"), City: directory.To("=1")})
	for _, field := range []string{"email", "name", "department", "city"} {
		wantFault(t, "several at once", err, fault.Invalid, field)
	}
	if n := get[int](w, `SELECT count(*)::int FROM users`); n != 1 {
		t.Errorf("%d people", n)
	}
	p := base()
	p.Attributes = map[string]any{"desk": "+91 98200 12345", "size": 2.0, "driver": true, "joined": "2024-02-29"}
	if _, err := w.service.CreateUser(t.Context(), w.admin, p); err != nil {
		t.Errorf("a telephone number is no formula: %v", err)
	}
}

// Ensure nobody reports to himself, over any number of others, also when two
// changes that close a circle together happen at once.
func TestManagerCircles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.user("Asha Mehta", nil)
	b := w.user("Bela Rao", func(p *directory.Profile) { p.Manager = directory.To(a.Email) })
	c := w.user("Chitra Sen", func(p *directory.Profile) { p.Manager = directory.To(b.ID.String()) })
	for _, ref := range []string{a.Email, b.Email, c.ID.String()} {
		_, err := w.update(a, directory.Profile{Manager: directory.To(ref)})
		wantFault(t, ref, err, fault.Invalid, "manager")
	}
	d, e := w.user("Dev Shah", nil), w.user("Ela Jain", nil)
	var wg sync.WaitGroup
	errs := make([]error, 2)
	wg.Go(func() { _, errs[0] = w.update(d, directory.Profile{Manager: directory.To(e.Email)}) })
	wg.Go(func() { _, errs[1] = w.update(e, directory.Profile{Manager: directory.To(d.Email)}) })
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("both or none went through: %v, %v", errs[0], errs[1])
	}
}

// Ensure the second of two who saw the same revision is told, and unknown
// people are not found, in one's own organization or another.
func TestUpdateUserConflicts(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t), newWorld(t)
	u := w.user("Asha Mehta", nil)
	if _, err := w.update(u, directory.Profile{City: directory.To("Pune")}); err != nil {
		t.Fatal(err)
	}
	_, err := w.update(u, directory.Profile{City: directory.To("Goa")})
	wantFault(t, "the revision seen before", err, fault.Conflict, "")
	_, err = w.update(u, directory.Profile{Password: directory.Change[string]{Given: true}})
	wantFault(t, "removing a password", err, fault.Invalid, "password")
	u.Revision = 2
	_, err = w.update(u, directory.Profile{Email: directory.To(w.email)})
	wantFault(t, "somebody else's address", err, fault.Invalid, "email")
	_, err = w.update(u, directory.Profile{Password: directory.To("mehta asha")})
	wantFault(t, "a password about the person as stored", err, fault.Invalid, "password")
	_, err = w.service.DisableUser(t.Context(), w.admin, u.ID, 1, directory.Key{})
	wantFault(t, "disabling with an old revision", err, fault.Conflict, "")
	for _, id := range []uuid.UUID{nobody(), other.admin.User} {
		_, err = w.service.GetUser(t.Context(), w.admin, id)
		wantFault(t, "get", err, fault.NotFound, "")
		_, err = w.service.UpdateUser(t.Context(), w.admin, directory.UserUpdate{User: id, Revision: 1})
		wantFault(t, "update", err, fault.NotFound, "")
		_, err = w.service.UpdateUser(t.Context(), w.admin, directory.UserUpdate{User: id, Revision: 1, Profile: directory.Profile{Password: directory.To(password)}})
		wantFault(t, "password", err, fault.NotFound, "")
		_, err = w.service.DisableUser(t.Context(), w.admin, id, 0, directory.Key{})
		wantFault(t, "disable", err, fault.NotFound, "")
		_, err = w.service.EnableUser(t.Context(), w.admin, id, directory.Key{})
		wantFault(t, "enable", err, fault.NotFound, "")
		_, err = w.service.CreateUser(t.Context(), w.admin, directory.Profile{Email: directory.To("x@acme.example"), Name: directory.To("X"), Manager: directory.To(id.String())})
		wantFault(t, "as manager", err, fault.Invalid, "manager")
	}
	if other.admin.User == uuid.Nil || get[int](other, `SELECT count(*)::int FROM users WHERE status = 'active' AND revision = 1`) != 1 {
		t.Error("the other organization changed")
	}
}

// Ensure disabling leaves the tasks, tells how many, is repeatable and undone by
// enabling; and that nobody locks himself or everybody out.
func TestDisableUser(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	u := w.user("Asha Mehta", nil)
	for range 2 {
		out, err := w.service.DisableUser(t.Context(), w.admin, u.ID, 0, directory.Key{})
		if err != nil || out.User.Status != "disabled" || out.OpenTasks != 0 || out.User.Can.Disable {
			t.Errorf("%+v %v", out, err)
		}
	}
	_, err := w.login(u.Email, password)
	wantFault(t, "signing in", err, fault.Unauthenticated, "")
	back, err := w.service.EnableUser(t.Context(), w.admin, u.ID, directory.Key{})
	if err != nil || back.Status != "active" {
		t.Errorf("%+v %v", back, err)
	}
	w.mustLogin(u.Email)
	_, err = w.service.DisableUser(t.Context(), w.admin, w.admin.User, 0, directory.Key{})
	wantFault(t, "oneself", err, fault.Conflict, "")
	helper := w.user("Hira Das", func(p *directory.Profile) { p.Roles = []string{"admin"} })
	if _, err = w.service.DisableUser(t.Context(), w.as(helper.Email), w.admin.User, 0, directory.Key{}); err != nil {
		t.Errorf("one of two administrators: %v", err)
	}
	forged := access.Actor{Org: w.org, User: nobody(), Permissions: w.admin.Permissions}
	_, err = w.service.DisableUser(t.Context(), forged, helper.ID, 0, directory.Key{})
	wantFault(t, "the last administrator", err, fault.Conflict, "")
}

// Ensure who keeps people up to date cannot make himself or anybody more than he
// is, by no way, nor sign in as somebody who is more.
func TestNobodyGivesMoreThanHeHas(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	clerk := w.user("Carla Clerk", func(p *directory.Profile) { p.Roles = []string{"people"} })
	a := w.as(clerk.Email)
	second := w.user("Sunil Second", nil)
	power := w.department("POWER")
	admin := get[uuid.UUID](w, `SELECT id FROM roles WHERE key = 'admin'`)
	for _, g := range []directory.Grant{{Role: admin, Department: power.ID}, {Role: admin, Designation: "Chief"}} {
		if _, err := w.service.GrantRole(t.Context(), w.admin, g); err != nil {
			t.Fatal(err)
		}
	}
	update := func(id uuid.UUID, p directory.Profile) error {
		u, err := w.service.GetUser(t.Context(), w.admin, id)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.service.UpdateUser(t.Context(), a, directory.UserUpdate{User: id, Revision: u.Revision, Profile: p})
		return err
	}
	profile := directory.Profile{Email: directory.To("new@acme.example"), Name: directory.To("New"), Roles: []string{"admin"}}
	_, err := w.service.CreateUser(t.Context(), a, profile)
	wantFault(t, "a new administrator", err, fault.Forbidden, "")
	wantFault(t, "a role for himself", update(clerk.ID, directory.Profile{Roles: []string{"people", "admin"}}), fault.Forbidden, "")
	wantFault(t, "by department", update(clerk.ID, directory.Profile{Department: directory.To("POWER")}), fault.Forbidden, "")
	wantFault(t, "by designation", update(clerk.ID, directory.Profile{Designation: directory.To("Chief")}), fault.Forbidden, "")
	wantFault(t, "the administrator's password", update(w.admin.User, directory.Profile{Password: directory.To("another horse 8")}), fault.Forbidden, "")
	wantFault(t, "the administrator's address", update(w.admin.User, directory.Profile{Email: directory.To("carla2@acme.example")}), fault.Forbidden, "")
	_, err = w.service.DisableUser(t.Context(), a, w.admin.User, 0, directory.Key{})
	wantFault(t, "disabling the administrator", err, fault.Forbidden, "")
	if _, err := w.service.GrantRole(t.Context(), w.admin, directory.Grant{Role: admin, User: second.ID}); err != nil {
		t.Fatal(err)
	}
	wantFault(t, "demoting an administrator", update(second.ID, directory.Profile{Roles: []string{"employee"}}), fault.Forbidden, "")
	_, err = w.service.ImportUsers(t.Context(), a, directory.Import{CSV: "email,name,roles\nx@acme.example,X,admin\n"})
	wantFault(t, "by import", err, fault.Forbidden, "")
	_, err = w.service.ImportUsers(t.Context(), a, directory.Import{CSV: "email,name,designation\n" + clerk.Email + ",Carla Clerk,Chief\n"})
	wantFault(t, "by importing himself", err, fault.Forbidden, "")
	if err := update(w.admin.User, directory.Profile{City: directory.To("Pune")}); err != nil {
		t.Errorf("the administrator's city: %v", err)
	}
	if err := update(clerk.ID, directory.Profile{Designation: directory.To("Senior clerk"), Roles: []string{"people", "employee"}}); err != nil {
		t.Errorf("what he has himself: %v", err)
	}
	if n := get[int](w, `SELECT count(*)::int FROM users`); n != 3 {
		t.Errorf("%d people", n)
	}
}

// Ensure each verb asks for its right.
func TestRights(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	employee := w.user("Asha Mehta", nil)
	a := w.as(employee.Email)
	ctx, s := t.Context(), w.service
	first := func(_ any, err error) error { return err }
	for what, err := range map[string]error{
		"users.list":         first(s.ListUsers(ctx, a, directory.UserFilter{})),
		"users.get":          first(s.GetUser(ctx, a, w.admin.User)),
		"users.create":       first(s.CreateUser(ctx, a, directory.Profile{})),
		"users.update":       first(s.UpdateUser(ctx, a, directory.UserUpdate{User: employee.ID, Revision: 1})),
		"users.disable":      first(s.DisableUser(ctx, a, w.admin.User, 0, directory.Key{})),
		"users.enable":       first(s.EnableUser(ctx, a, w.admin.User, directory.Key{})),
		"users.impact":       first(s.UserImpact(ctx, a, w.admin.User)),
		"roles.get":          first(s.GetRole(ctx, a, nobody())),
		"users.import":       first(s.ImportUsers(ctx, a, directory.Import{})),
		"departments.create": first(s.CreateDepartment(ctx, a, directory.NewDepartment{})),
		"departments.update": first(s.UpdateDepartment(ctx, a, directory.DepartmentUpdate{})),
		"roles.create":       first(s.CreateRole(ctx, a, directory.NewRole{})),
		"roles.update":       first(s.UpdateRole(ctx, a, directory.RoleUpdate{})),
		"roles.grant":        first(s.GrantRole(ctx, a, directory.Grant{})),
		"roles.revoke":       first(s.RevokeRole(ctx, a, directory.Grant{})),
		"attributes.define":  s.DefineAttribute(ctx, a, directory.Attribute{}, directory.Key{}),
	} {
		wantFault(t, what, err, fault.Forbidden, "")
	}
	for what, err := range map[string]error{
		"himself":          first(s.GetUser(ctx, a, employee.ID)),
		"departments.list": first(s.ListDepartments(ctx, a)),
		"roles.list":       first(s.ListRoles(ctx, a)),
		"attributes.list":  first(s.ListAttributes(ctx, a)),
		"people.tree":      first(s.PeopleTree(ctx, a)),
		"people.search":    first(s.SearchPeople(ctx, a, "", 0)),
		"me.get":           first(s.GetMe(ctx, a)),
	} {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// Ensure lists filter, page without loss or repetition, and stay in the organization.
func TestListUsers(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t), newWorld(t)
	other.user("Asha Mehta", nil)
	w.department("HR")
	for i := range 7 {
		w.user(fmt.Sprintf("Person %d Ünal", i), func(p *directory.Profile) {
			p.Email = directory.To(fmt.Sprintf("p%d@acme.example", i))
			p.Password = directory.Change[string]{}
			if i < 3 {
				p.Department = directory.To("HR")
			}
		})
	}
	disabled := w.user("Dana Rao", nil)
	if _, err := w.service.DisableUser(t.Context(), w.admin, disabled.ID, 0, directory.Key{}); err != nil {
		t.Fatal(err)
	}
	hr := get[string](w, `SELECT id::text FROM departments`)
	for _, c := range []struct {
		filter directory.UserFilter
		want   int
	}{
		{directory.UserFilter{}, 9},
		{directory.UserFilter{Query: "PERSON 1"}, 1},
		{directory.UserFilter{Query: "ünal"}, 7},
		{directory.UserFilter{Query: "p3@"}, 1},
		{directory.UserFilter{Query: "%"}, 0},
		{directory.UserFilter{Query: "nobody"}, 0},
		{directory.UserFilter{Department: "HR"}, 3},
		{directory.UserFilter{Department: hr}, 3},
		{directory.UserFilter{Department: "HR", Query: "ünal", Status: "active", Role: "employee"}, 3},
		{directory.UserFilter{Status: "disabled"}, 1},
		{directory.UserFilter{Role: "admin"}, 1},
		{directory.UserFilter{Role: nobody().String()}, 0},
	} {
		list, err := w.service.ListUsers(t.Context(), w.admin, c.filter)
		if err != nil || len(list.Items) != c.want || list.NextCursor != "" {
			t.Errorf("%+v: %d people, %v", c.filter, len(list.Items), err)
		}
	}
	for field, f := range map[string]directory.UserFilter{
		"status": {Status: "gone"}, "cursor": {Page: directory.Page{Cursor: "%"}}, "query": {Query: "a\x00"}, "filter": {Department: "\x00"},
	} {
		_, err := w.service.ListUsers(t.Context(), w.admin, f)
		wantFault(t, field, err, fault.Invalid, field)
	}
	seen := map[uuid.UUID]bool{}
	f := directory.UserFilter{Page: directory.Page{Limit: 2}}
	for pages := 1; ; pages++ {
		list, err := w.service.ListUsers(t.Context(), w.admin, f)
		if err != nil || pages > 5 {
			t.Fatalf("page %d: %v", pages, err)
		}
		for _, u := range list.Items {
			if seen[u.ID] {
				t.Errorf("%s twice", u.Name)
			}
			seen[u.ID] = true
		}
		if f.Page.Cursor = list.NextCursor; f.Page.Cursor == "" {
			break
		}
	}
	if len(seen) != 9 {
		t.Errorf("%d of 9 people on the pages", len(seen))
	}
}

// Ensure every member finds active colleagues by the beginning of their names.
func TestSearchPeople(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.as(w.user("Asha Mehta", nil).Email)
	gone := w.user("Anil Mehta", nil)
	if _, err := w.service.DisableUser(t.Context(), w.admin, gone.ID, 0, directory.Key{}); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{"meh": "Asha Mehta", "ASHA m": "Asha Mehta", "meera@": "Meera Iyer", "": "Asha Mehta Meera Iyer", "eht": ""} {
		found, err := w.service.SearchPeople(t.Context(), a, " "+query, 5)
		names := []string{}
		for _, p := range found.Items {
			names = append(names, p.Name)
		}
		if err != nil || strings.Join(names, " ") != want {
			t.Errorf("%q: %v %v", query, names, err)
		}
	}
	one, err := w.service.SearchPeople(t.Context(), a, "", 1)
	if err != nil || len(one.Items) != 1 {
		t.Errorf("%v %v", one, err)
	}
	_, err = w.service.SearchPeople(t.Context(), a, strings.Repeat("x", 300), 1)
	wantFault(t, "a long text", err, fault.Invalid, "query")
}

// Ensure the first page's data is complete and right.
func TestGetMe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	u := w.user("Asha Mehta", func(p *directory.Profile) { p.Manager = directory.To(w.email) })
	a := w.as(u.Email)
	me, err := w.service.GetMe(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	if me.User.ID != u.ID || me.User.Manager == nil || me.User.Manager.Email != w.email || fmt.Sprint(me.User.Roles) != "[employee]" ||
		me.Org.Slug != w.slug || me.Org.Zone != "Asia/Kolkata" || me.Org.ID != w.org.UUID() || fmt.Sprint(me.Permissions) != "[run.start stakeholder.add watcher.self]" {
		t.Errorf("%+v", me)
	}
	text, err := json.Marshal(me)
	if err != nil || strings.Contains(string(text), "hash") {
		t.Errorf("%s %v", text, err)
	}
}

// Ensure disabling tells how many tasks somebody leaves behind.
func TestDisableTellsOpenTasks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	u := w.user("Asha Mehta", nil)
	run := db.NewID()
	w.exec(`INSERT INTO workflows (id, key, name, prefix, owner_id) VALUES ($1, 'LEAVE', 'Leave', 'LEAVE', $2)`, run, u.ID)
	w.exec(`INSERT INTO versions (id, workflow_id, no, document, hash) VALUES ($1, $1, 1, '{}', '')`, run)
	w.exec(`INSERT INTO runs (id, workflow_id, version_id, prefix, number, status, initiator_id, root_id, created_by) VALUES ($1, $1, $1, 'LEAVE', 1, 'running', $2, $1, $2)`, run, u.ID)
	w.exec(`INSERT INTO step_runs (run_id, seq, step, status, entered_at) VALUES ($1, 1, 'a', 'waiting', now())`, run)
	const insert = `INSERT INTO tasks (id, run_id, step_seq, step, kind, status, workflow_id, assignee_id, assigned_at, created_at) VALUES ($1, $2, 1, 'a', 'decide', $3, $2, $4, now(), now())`
	w.exec(insert, db.NewID(), run, "open", u.ID)
	w.exec(insert, db.NewID(), run, "completed", u.ID)
	w.exec(insert, db.NewID(), run, "open", w.admin.User)
	out, err := w.service.DisableUser(t.Context(), w.admin, u.ID, 0, directory.Key{})
	if err != nil || out.OpenTasks != 1 {
		t.Errorf("%d open tasks, %v", out.OpenTasks, err)
	}
}
