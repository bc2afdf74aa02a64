package directory

import (
	"time"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/facts"
)

// User is a person with everything an administrator sees.
type User struct {
	facts.Person
	Manager    *facts.Person  `json:"manager,omitempty"`
	Roles      []string       `json:"roles" doc:"Keys of all roles, his own and those of his department and designation."`
	OwnRoles   []string       `json:"own_roles" doc:"Keys of the roles given to the person himself: those that users.update replaces."`
	City       string         `json:"city,omitempty"`
	State      string         `json:"state,omitempty"`
	Country    string         `json:"country,omitempty"`
	LevelRank  *float64       `json:"level_rank,omitempty"`
	Attributes map[string]any `json:"attributes"`
	CreatedAt  time.Time      `json:"created_at"`
	Revision   int            `json:"revision" doc:"Goes back with users.update, so that nobody's change is lost."`
	Rights     []string       `json:"-"` // by all his roles
	Can        UserAbilities  `json:"can" db:"-"`
}

// UserAbilities say what the reader may do with a person.
type UserAbilities struct {
	Update  bool `json:"update"`
	SignIn  bool `json:"sign_in" doc:"Change the address and password he signs in with."`
	Disable bool `json:"disable"`
	Enable  bool `json:"enable"`
}

// forUser says what the actor may do with a person; see guard.checkReach.
func forUser(a access.Actor, u User) UserAbilities {
	manages := a.Has(access.UserManage)
	reaches := manages && exceeding(a, u.Rights) == ""
	active := u.Status == "active"
	return UserAbilities{
		Update: manages, SignIn: reaches, Disable: reaches && active && u.ID != a.User, Enable: reaches && !active,
	}
}

// userColumns select a User, by position, from facts.PersonTables.
const userColumns = facts.PersonColumns + `,
	(SELECT ` + personJSON + ` FROM users x LEFT JOIN departments xd ON xd.org_id = x.org_id AND xd.id = x.department_id
	 WHERE x.org_id = u.org_id AND x.id = u.manager_id),
	(SELECT p.roles FROM people p WHERE p.org_id = u.org_id AND p.id = u.id),
	ARRAY(SELECT r.key FROM role_grants g JOIN roles r ON r.org_id = g.org_id AND r.id = g.role_id
	 WHERE g.org_id = u.org_id AND g.user_id = u.id ORDER BY r.key),
	coalesce(u.city, ''), coalesce(u.state, ''), coalesce(u.country, ''), u.level_rank, u.attributes, u.created_at, u.revision,
	ARRAY(SELECT DISTINCT p FROM role_grants g JOIN roles r ON r.org_id = g.org_id AND r.id = g.role_id, unnest(r.permissions) p
	 WHERE g.org_id = u.org_id AND (g.user_id = u.id OR g.department_id = u.department_id OR g.designation = u.designation))`

// personJSON is a Person as one column, of the aliases x and xd.
const personJSON = `jsonb_build_object('id', x.id, 'name', x.name, 'email', x.email, 'designation', coalesce(x.designation, ''),
	'department', coalesce(xd.name, ''), 'department_key', coalesce(xd.key, ''), 'level', coalesce(x.level, ''),
	'location', coalesce(x.location, ''), 'status', x.status)`
