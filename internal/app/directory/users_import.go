package directory

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Import is a table of people. Its first row names the columns: email and name,
// and any of manager (an address, also of the same table), department,
// designation, level, level_rank, city, state, country, location, roles
// (separated by ;) and the organization's own attributes. Who is known by his
// address is changed, everybody else added. An empty cell changes nothing, and
// roles are only ever added.
type Import struct {
	CSV string
	// DryRun tells what would happen and changes nothing.
	DryRun bool
	// Password is the first one of everybody who is added; empty: none. The
	// screens never offer this; demonstrations need it.
	Password string
	Once     Key
}

// Imported tells what an import did or would do. With a single error nothing is
// changed.
type Imported struct {
	Created   int           `json:"created"`
	Updated   int           `json:"updated"`
	Unchanged int           `json:"unchanged"`
	Errors    []ImportError `json:"errors"`
	Rows      []ImportRow   `json:"rows"`
}

// ImportError is something wrong with one cell.
type ImportError struct {
	Line    int    `json:"line" doc:"Counted from 1, the row of column names."`
	Field   string `json:"field"`
	Message string `json:"message"`
}

// ImportRow is what becomes of one row.
type ImportRow struct {
	Line   int    `json:"line"`
	Action string `json:"action" enum:"create,update,unchanged,error"`
	Email  string `json:"email"`
	Name   string `json:"name"`
}

// ImportUsers adds and changes people from a table. It reports everything that
// is wrong, by line and column, and then changes nothing. It answers invalid
// when the table as a whole cannot be read. A repeat under the same key changes
// nothing and tells what the table would change by then.
func (s *Service) ImportUsers(ctx context.Context, a access.Actor, in Import) (Imported, error) {
	if err := require(a, access.UserManage); err != nil {
		return Imported{}, err
	}
	header, lines, err := readTable(in.CSV)
	if err != nil {
		return Imported{}, err
	}
	phc, err := s.newPassword(ctx, a.Org, initial(in.Password))
	if err != nil {
		return Imported{}, err
	}
	var out Imported
	plan := func(tx *db.Tx) (*importing, error) {
		i, err := loadImport(tx)
		if err != nil {
			return nil, err
		}
		if err := i.checkColumns(header); err != nil {
			return nil, err
		}
		out = i.plan(lines)
		return i, nil
	}
	tell := func(tx *db.Tx) error { _, err := plan(tx); return err }
	if in.DryRun {
		err = s.DB.InOrg(ctx, a.Org, tell)
		return out, err
	}
	object := db.NewID()
	first, err := s.once(ctx, a, "users.import", in.Once, object, func(tx *db.Tx) error {
		i, err := plan(tx)
		if err != nil {
			return err
		}
		if len(out.Errors) > 0 {
			return errNotImported
		}
		return i.write(tx, a, phc)
	})
	if err == nil && first != object {
		err = s.DB.InOrg(ctx, a.Org, tell)
	}
	if errors.Is(err, errNotImported) {
		return out, nil
	}
	if db.IsUnique(err, "users_org_id_email_key") {
		return Imported{}, fault.New(fault.Conflict, "Somebody else added one of these people at the same time. Try again.")
	}
	return out, err
}

// errNotImported rolls back what changed nothing, its idempotency key included:
// the table may be sent again once what was missing is there.
var errNotImported = errors.New("directory: the table has errors")

func initial(password string) Profile {
	if password == "" {
		return Profile{}
	}
	return Profile{Password: To(password)}
}

// importing is one import under way.
type importing struct {
	known
	people   map[string]*person // by address; those there already and those to come
	managers map[uuid.UUID]*uuid.UUID
	roles    map[uuid.UUID][]string // given to people themselves
	todo     []change
}

// change is a row that will be written.
type change struct {
	person *person
	isNew  bool
	roles  []string // to be added
}

func loadImport(tx *db.Tx) (*importing, error) {
	i := &importing{people: map[string]*person{}, managers: map[uuid.UUID]*uuid.UUID{}, roles: map[uuid.UUID][]string{}}
	var failed error
	b := db.NewBatch()
	b.Exec(dbq.LockDirectory)
	loadKnown(b, &i.known)
	db.Each(b, func(r dbq.LoadProfilesRow) {
		p := &person{LoadProfileRow: dbq.LoadProfileRow(r), attributes: map[string]any{}}
		if err := json.Unmarshal(r.Attributes, &p.attributes); err != nil {
			failed = fmt.Errorf("directory: attributes of %s: %w", r.ID, err)
		}
		i.people[r.Email], i.managers[r.ID] = p, r.ManagerID
	}, dbq.LoadProfiles)
	db.Each(b, func(r dbq.ListOwnGrantsRow) { i.roles[r.UserID] = append(i.roles[r.UserID], r.Key) }, dbq.ListOwnGrants)
	if err := tx.Send(b); err != nil {
		return nil, err
	}
	return i, failed
}

// planned is a row on its way through the plan.
type planned struct {
	tableLine
	person   *person // as it would become
	before   *person // nil: new
	problems fault.Problems
}

// plan decides what becomes of each row, without writing.
func (i *importing) plan(lines []tableLine) Imported {
	rows := make([]*planned, len(lines))
	seen := map[string]int{}
	for n, line := range lines {
		rows[n] = i.planRow(line)
		email := rows[n].person.Email
		if first, twice := seen[email]; twice && email != "" {
			rows[n].problems.Add("email", "This address stands in line %d already.", first)
		} else {
			seen[email] = line.number
			i.people[email] = rows[n].person
		}
	}
	for _, r := range rows {
		i.planManager(r)
	}
	circular := i.circles()
	for _, r := range rows {
		if r.person.manager != "" && circular[r.person.ID] {
			r.problems.Add("manager", "This would be a circle: the manager reports to this person, directly or through others.")
		}
	}
	return i.report(rows)
}

func (i *importing) planRow(line tableLine) *planned {
	r := &planned{tableLine: line}
	if before, ok := i.people[cleanEmail(line.cells["email"])]; ok {
		copied := *before
		copied.attributes = maps.Clone(before.attributes)
		r.before, r.person = before, &copied
	} else {
		r.person = &person{attributes: map[string]any{}}
		r.person.ID = db.NewID()
	}
	profile, problems := i.profile(line.cells)
	r.problems = append(problems, i.apply(r.person, profile)...)
	r.roles = profile.Roles
	return r
}

func (i *importing) planManager(r *planned) {
	ref := r.person.manager
	if ref == "" {
		return
	}
	m, ok := i.people[cleanEmail(ref)]
	if !ok {
		r.problems.Add("manager", "There is nobody with the address %q, neither here nor in the table.", ref)
		return
	}
	r.person.ManagerID = &m.ID
	i.managers[r.person.ID] = &m.ID
}

// circles returns who reports to himself through others. Each person is walked
// once: a table of thousands who report to each other in one line must not take
// seconds.
func (i *importing) circles() map[uuid.UUID]bool {
	found, walk := map[uuid.UUID]bool{}, map[uuid.UUID]uuid.UUID{} // walk: who was reached, by whose walk
	for begin := range i.managers {
		at := &begin
		for ; at != nil; at = i.managers[*at] {
			if _, reached := walk[*at]; reached {
				break
			}
			walk[*at] = begin
		}
		if at == nil || walk[*at] != begin {
			continue // it ended, or went on as an earlier walk did
		}
		for id := *at; !found[id]; id = *i.managers[id] {
			found[id] = true
		}
	}
	return found
}

func (i *importing) report(rows []*planned) Imported {
	out := Imported{Errors: []ImportError{}, Rows: make([]ImportRow, 0, len(rows))}
	for _, r := range rows {
		row := ImportRow{Line: r.number, Email: r.person.Email, Name: r.person.Name}
		switch {
		case len(r.problems) > 0:
			row.Action = "error"
			for _, p := range r.problems {
				out.Errors = append(out.Errors, ImportError{Line: r.number, Field: p.Path, Message: p.Message})
			}
		case r.before == nil:
			row.Action = "create"
			out.Created++
			i.todo = append(i.todo, change{r.person, true, i.orEmployee(r.roles)})
		case i.differs(r):
			row.Action = "update"
			out.Updated++
			i.todo = append(i.todo, change{r.person, false, r.roles})
		default:
			row.Action = "unchanged"
			out.Unchanged++
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func (i *importing) orEmployee(roles []string) []string {
	if _, ok := i.role(everybodysRole); ok && !slices.Contains(roles, everybodysRole) {
		return append(slices.Clone(roles), everybodysRole)
	}
	return roles
}

func (i *importing) differs(r *planned) bool {
	for _, key := range r.roles {
		if !slices.Contains(i.roles[r.person.ID], key) {
			return true
		}
	}
	now, then := r.person.LoadProfileRow, r.before.LoadProfileRow
	now.Attributes, then.Attributes = nil, nil
	return !reflect.DeepEqual(now, then) || !reflect.DeepEqual(r.person.attributes, r.before.attributes)
}

// write adds everybody before it says who reports to whom: a table may name a
// manager further down.
func (i *importing) write(tx *db.Tx, a access.Actor, phc string) error {
	g := guardOf()
	b := db.NewBatch()
	for _, c := range i.todo {
		g.users = append(g.users, c.person.ID)
	}
	g.loadBefore(b)
	for _, c := range i.todo {
		if err := addAlone(b, a, c, phc); err != nil {
			return err
		}
	}
	for _, c := range i.todo {
		if err := i.writeRow(b, a, c); err != nil {
			return err
		}
	}
	if err := record(b, by(a, "users.import", uuid.Nil, map[string]any{"people": len(i.todo)})); err != nil {
		return err
	}
	return g.finish(tx, b, a)
}

func addAlone(b *db.Batch, a access.Actor, c change, phc string) error {
	if !c.isNew {
		return nil
	}
	alone := *c.person
	alone.ManagerID = nil
	if err := writeUser(b, a, &alone, true); err != nil {
		return err
	}
	if phc != "" {
		b.Exec(dbq.SetPassword, alone.ID, phc)
	}
	return nil
}

func (i *importing) writeRow(b *db.Batch, a access.Actor, c change) error {
	if !c.isNew {
		if err := writeUser(b, a, c.person, false); err != nil {
			return err
		}
	} else if c.person.ManagerID != nil {
		b.Exec(dbq.SetManager, db.Args(dbq.SetManagerParams{ID: c.person.ID, ManagerID: c.person.ManagerID})...)
	}
	i.writeRoles(b, a, c.person.ID, c.roles)
	return nil
}
