package directory_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/fault"
)

func (w *world) imports(csv string, dry bool) directory.Imported {
	w.Helper()
	out, err := w.service.ImportUsers(w.Context(), w.admin, directory.Import{CSV: csv, DryRun: dry})
	if err != nil {
		w.Fatal(err)
	}
	return out
}

const people = "\ufeffEmail,Name,Manager,Department,Designation,Level_Rank,City,Roles,desk,driver\r\n" +
	"asha@acme.example,\"Mehta, Asha\",vikram@acme.example,HR,Manager,3,Pune,designer;auditor,4B,yes\r\n" +
	"vikram@acme.example,Vikram Malhotra,meera@acme.example,,Head,6.5,,,'=7,no\r\n" +
	"MEERA@acme.example,Meera Iyer,,,,,,,,\r\n"

// Ensure a table adds and changes people, managers further down included, and
// that importing it again changes nothing.
func TestImportUsers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.department("HR")
	w.attribute("desk", "text")
	w.attribute("driver", "bool")
	csv := strings.ReplaceAll(people, "'=7", "7C")
	dry := w.imports(csv, true)
	if dry.Created != 2 || dry.Updated != 0 || dry.Unchanged != 1 || len(dry.Errors) != 0 || len(dry.Rows) != 3 {
		t.Fatalf("%+v", dry)
	}
	if n := get[int](w, `SELECT count(*)::int FROM users`); n != 1 {
		t.Fatalf("the dry run left %d people", n)
	}
	if done := w.imports(csv, false); fmt.Sprint(done) != fmt.Sprint(dry) {
		t.Errorf("%+v, and the dry run said %+v", done, dry)
	}
	list, err := w.service.ListUsers(t.Context(), w.admin, directory.UserFilter{Query: "asha@"})
	if err != nil || len(list.Items) != 1 {
		t.Fatal(list, err)
	}
	u := list.Items[0]
	if u.Name != "Mehta, Asha" || u.Manager == nil || u.Manager.Name != "Vikram Malhotra" || u.DepartmentKey != "HR" || u.City != "Pune" ||
		*u.LevelRank != 3 || fmt.Sprint(u.Roles) != "[auditor designer employee]" || fmt.Sprint(u.Attributes) != "map[desk:4B driver:true]" {
		t.Errorf("%+v", u)
	}
	if r := dry.Rows[0]; r.Line != 2 || r.Name != "Mehta, Asha" || r.Manager != "Vikram Malhotra" || r.Department != "HR department" || r.Designation != "Manager" || len(r.Changes) != 0 {
		t.Errorf("the first row was understood as %+v", r)
	}
	again := w.imports(csv, false)
	if again.Unchanged != 3 || again.Created+again.Updated != 0 {
		t.Errorf("again: %+v", again)
	}
	changed := w.imports("email;name;city\nasha@acme.example;Mehta, Asha;Delhi\nvikram@acme.example;Vikram Malhotra;\n", false)
	if changed.Updated != 1 || changed.Unchanged != 1 || changed.Rows[0].Action != "update" || fmt.Sprint(changed.Rows[0].Changes) != "[city]" {
		t.Errorf("with semicolons: %+v", changed)
	}
	all := w.imports("email,name,manager,department,level_rank,roles,desk,driver\nasha@acme.example,Asha Mehta,meera@acme.example,HR,4,auditor;people,4B,no\n", true)
	if fmt.Sprint(all.Rows[0].Changes) != "[driver level_rank manager name roles]" {
		t.Errorf("what changes: %v", all.Rows[0].Changes)
	}
	if city := get[string](w, `SELECT city FROM users WHERE email = 'asha@acme.example' AND manager_id IS NOT NULL`); city != "Delhi" {
		t.Errorf("city %s", city)
	}
	_, err = w.login("asha@acme.example", "")
	wantFault(t, "signing in without a password", err, fault.Unauthenticated, "")
}

// Ensure everything wrong is reported by line and column, and then nothing is changed.
func TestImportErrors(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.attribute("desk", "text")
	w.attribute("driver", "bool")
	w.attribute("size", "number")
	w.attribute("joined", "date")
	out := w.imports(`email,name,manager,department,level_rank,roles,desk,driver,size,joined
fine@acme.example,Fine,,,,,,,,
nomail,No Mail,,,,,,,,
,No Mail,,,,,,,,
noname@acme.example,,,,,,,,,
fine@acme.example,Twice,,,,,,,,
a@acme.example,A,nobody@acme.example,,,,,,,
b@acme.example,B,,NONE,,,,,,
c@acme.example,C,,,many,,,,,
d@acme.example,D,,,NaN,,,,,
e@acme.example,E,,,,none,,,,
f@acme.example,F,,,,,=1+1,,,
g@acme.example,G,,,,,,perhaps,,
h@acme.example,H,,,,,,,Inf,
i@acme.example,I,,,,,,,,31.1.2026
j@acme.example,"=cmd|'/C calc'!A0",,,,,,,,
`, false)
	want := map[int]string{
		3: "email", 4: "email", 5: "name", 6: "email", 7: "manager", 8: "department", 9: "level_rank", 10: "level_rank",
		11: "roles", 12: "attributes.desk", 13: "attributes.driver", 14: "attributes.size", 15: "attributes.joined", 16: "name",
	}
	for line, field := range want {
		if !slices.ContainsFunc(out.Errors, func(e directory.ImportError) bool { return e.Line == line && e.Field == field && e.Message != "" }) {
			t.Errorf("line %d, %s: not reported", line, field)
		}
	}
	if len(out.Errors) != len(want) {
		t.Errorf("%d errors: %+v", len(out.Errors), out.Errors)
	}
	if out.Rows[0].Action != "create" || out.Rows[1].Action != "error" || out.Created != 1 {
		t.Errorf("%+v", out.Rows)
	}
	if n := get[int](w, `SELECT count(*)::int FROM users`); n != 1 {
		t.Errorf("%d people after an import with errors", n)
	}
}

// Ensure circles are found within the table, through those who are there
// already, and only where they are.
func TestImportCircles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	asha := w.user("Asha Mehta", nil)
	bela := w.user("Bela Rao", func(p *directory.Profile) { p.Manager = directory.To(asha.Email) })
	for what, c := range map[string]struct {
		csv   string
		lines []int
	}{
		"himself":       {"email,name,manager\nx@acme.example,X,x@acme.example\n", []int{2}},
		"two":           {"email,name,manager\nx@acme.example,X,y@acme.example\ny@acme.example,Y,x@acme.example\nz@acme.example,Z,x@acme.example\n", []int{2, 3}},
		"through Bela":  {"email,name,manager\n" + asha.Email + ",Asha Mehta,x@acme.example\nx@acme.example,X," + bela.Email + "\n", []int{2, 3}},
		"swapped: none": {"email,name,manager\n" + asha.Email + ",Asha Mehta," + bela.Email + "\n" + bela.Email + ",Bela Rao,meera@acme.example\n", nil},
	} {
		var lines []int
		for _, e := range w.imports(c.csv, true).Errors {
			if e.Field == "manager" {
				lines = append(lines, e.Line)
			}
		}
		if !slices.Equal(lines, c.lines) {
			t.Errorf("%s: circles in lines %v, want %v", what, lines, c.lines)
		}
	}
}

// Ensure half a million people in one line above a circle are looked through in
// one go: walking up from each of them would not end today.
func TestCirclesBelowALongLine(t *testing.T) {
	t.Parallel()
	const people, inCircle = 500_000, 3
	ids := make([]uuid.UUID, people)
	managers := map[uuid.UUID]*uuid.UUID{}
	for i := range ids {
		ids[i] = uuid.New()
	}
	for i, id := range ids[1:] {
		managers[id] = &ids[i]
	}
	if got := directory.Circles(managers); len(got) != 0 {
		t.Errorf("%d in circles, where there is none", len(got))
	}
	managers[ids[0]] = &ids[inCircle-1]
	got := directory.Circles(managers)
	if len(got) != inCircle || !got[ids[0]] || !got[ids[1]] || !got[ids[2]] {
		t.Errorf("%d in circles, want the first three", len(got))
	}
}

// Ensure what is no table, or names no or unknown columns, is refused as a whole.
func TestImportOfGarbage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for what, csv := range map[string]string{
		"empty": "", "no email": "name\nAsha\n", "no name": "email\na@b.cd\n", "unknown column": "email,name,org_id\na@b.cd,A,x\n",
		"twice": "email,name,Email\n", "quotes": "email,name\na@b.cd,\"A\n", "wide row": "email,name\na@b.cd,A,B\n",
		"many columns": "email,name" + strings.Repeat(",x", 200), "binary": "\x00\x01\x02",
		"many rows": "email,name\n" + strings.Repeat("a@b.cd,A\n", 10001),
	} {
		_, err := w.service.ImportUsers(t.Context(), w.admin, directory.Import{CSV: csv})
		wantFault(t, what, err, fault.Invalid, "csv")
	}
}

// Ensure a cell that our export guarded against spreadsheets is what it was.
func TestImportTakesOffTheGuard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.attribute("phone", "text")
	w.imports("email,name,phone\na@acme.example,O'Hara,'+91 98200\n", false)
	if phone := get[string](w, `SELECT attributes->>'phone' FROM users WHERE email = 'a@acme.example'`); phone != "+91 98200" {
		t.Errorf("phone %q", phone)
	}
}

// Ensure a first password given to everybody works, and obeys the rules.
func TestImportWithPassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := directory.Import{CSV: "email,name\na@acme.example,A\nb@acme.example,B\n", Password: "password"}
	_, err := w.service.ImportUsers(t.Context(), w.admin, in)
	wantFault(t, "a common one", err, fault.Invalid, "password")
	in.Password = password
	if _, err := w.service.ImportUsers(t.Context(), w.admin, in); err != nil {
		t.Fatal(err)
	}
	w.mustLogin("a@acme.example")
	w.mustLogin("b@acme.example")
}

// Ensure a thousand people are imported in a reasonable time, with their tree.
func TestImportManyPeople(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var csv strings.Builder
	csv.WriteString("email,name,manager\n")
	for i := range 1000 {
		fmt.Fprintf(&csv, "p%d@acme.example,Person %d,", i, i)
		if i > 0 {
			fmt.Fprintf(&csv, "p%d@acme.example", (i-1)/8)
		}
		csv.WriteString("\n")
	}
	if out := w.imports(csv.String(), false); out.Created != 1000 {
		t.Fatalf("%d created", out.Created)
	}
	top := get[uuid.UUID](w, `SELECT id FROM users WHERE email = 'p0@acme.example'`)
	if n := get[int](w, `WITH RECURSIVE x AS (SELECT $1::uuid AS id UNION SELECT u.id FROM users u JOIN x ON u.manager_id = x.id) SELECT count(*)::int FROM x`, top); n != 1000 {
		t.Errorf("%d people below the top", n)
	}
}
