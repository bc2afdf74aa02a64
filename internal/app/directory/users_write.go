package directory

import (
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// loadKnown queues what profiles may refer to.
func loadKnown(b *db.Batch, k *known) {
	db.Many(b, &k.departments, dbq.ListDepartmentKeys)
	db.Many(b, &k.roles, dbq.ListRoleKeys)
	db.Many(b, &k.attributes, dbq.ListAttributeTypes)
}

// boss is who a profile names as manager.
type boss struct {
	id    uuid.UUID
	found *db.Found
}

// loadBoss queues looking a manager up; ref is an address or id.
func loadBoss(b *db.Batch, m *boss, ref string) {
	var id *uuid.UUID
	if parsed, err := uuid.Parse(ref); err == nil {
		id = &parsed
	}
	m.found = db.One(b, &m.id, dbq.FindUser, cleanEmail(ref), id)
}

// report sets the manager found, unless he reports to the person himself.
func (m *boss) report(p *person, chain []facts.Person, problems *fault.Problems) {
	switch {
	case p.manager == "":
	case !m.found.OK:
		problems.Add("manager", "There is nobody with the address or id %q.", p.manager)
	case m.id == p.ID || slices.ContainsFunc(chain, func(up facts.Person) bool { return up.ID == p.ID }):
		problems.Add("manager", "This would be a circle: the manager reports to this person, directly or through others.")
	default:
		id := m.id
		p.ManagerID = &id
	}
}

// writeUser queues adding or changing a person.
func writeUser(b *db.Batch, a access.Actor, p *person, isNew bool) error {
	attributes, err := json.Marshal(p.attributes)
	if err != nil {
		return err
	}
	if isNew {
		b.Exec(dbq.InsertUser, db.Args(dbq.InsertUserParams{
			ID: p.ID, Email: p.Email, Name: p.Name, ManagerID: p.ManagerID, DepartmentID: p.DepartmentID,
			Designation: p.Designation, Level: p.Level, LevelRank: p.LevelRank, City: p.City, State: p.State,
			Country: p.Country, Location: p.Location, Attributes: attributes, ByID: orNull(a.User),
		})...)
		return nil
	}
	b.Exec(dbq.UpdateUser, db.Args(dbq.UpdateUserParams{
		ID: p.ID, Email: p.Email, Name: p.Name, ManagerID: p.ManagerID, DepartmentID: p.DepartmentID,
		Designation: p.Designation, Level: p.Level, LevelRank: p.LevelRank, City: p.City, State: p.State,
		Country: p.Country, Location: p.Location, Attributes: attributes, ByID: orNull(a.User),
	})...)
	return nil
}

// writeRoles queues giving a person roles of his own.
func (k known) writeRoles(b *db.Batch, a access.Actor, user uuid.UUID, roles []string) {
	for _, key := range roles {
		role, _ := k.role(key)
		b.Exec(dbq.InsertGrant, db.Args(dbq.InsertGrantParams{ID: db.NewID(), RoleID: role, UserID: &user, ByID: orNull(a.User)})...)
	}
}

// emailTaken is what a second person with the same address meets.
func emailTaken(err error) error {
	if db.IsUnique(err, "users_org_id_email_key") {
		return fault.At("email", "Somebody else has this email address already.")
	}
	return err
}
