package directory

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// NewRole is a role to be.
type NewRole struct {
	Key, Name, Description string
	Permissions            []string
	Once                   Key
}

var roleKey = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]{0,63}$`)

const longestDescription = 2000

func noRole() error { return fault.New(fault.NotFound, "There is no such role.") }

// CreateRole adds a role. It answers invalid for a key that is taken or a right
// that does not exist.
func (s *Service) CreateRole(ctx context.Context, a access.Actor, in NewRole) (Role, error) {
	if err := require(a, access.RoleManage); err != nil {
		return Role{}, err
	}
	var problems fault.Problems
	if !roleKey.MatchString(in.Key) {
		problems.Add("key", "Use 1 to 64 small letters, digits, points, _ and -, and begin with a letter or digit.")
	}
	name := named(in.Name, &problems)
	permissions := checkRights(in.Description, in.Permissions, &problems)
	if err := problems.Err("This role cannot be added as it is."); err != nil {
		return Role{}, err
	}
	id := db.NewID()
	b := db.NewBatch()
	b.Exec(dbq.InsertRole, db.Args(dbq.InsertRoleParams{
		ID: id, Key: in.Key, Name: name, Description: in.Description, Permissions: permissions, ByID: orNull(a.User),
	})...)
	if err := record(b, by(a, "roles.create", id, map[string]any{"permissions": permissions})); err != nil {
		return Role{}, err
	}
	id, err := s.once(ctx, a, "roles.create", in.Once, id, func(tx *db.Tx) error { return tx.Commit(b) })
	if db.IsUnique(err, "roles_org_id_key_key") {
		return Role{}, fault.At("key", "Another role has this key already.")
	}
	if err != nil {
		return Role{}, err
	}
	return s.role(ctx, a, id)
}

// checkRights returns the rights sorted and each once.
func checkRights(description string, permissions []string, problems *fault.Problems) []string {
	if utf8.RuneCountInString(description) > longestDescription || strings.ContainsRune(description, 0) || !utf8.ValidString(description) {
		problems.Add("description", "Use at most %d characters.", longestDescription)
	}
	for _, p := range permissions {
		if !slices.ContainsFunc(access.Rights(), func(r access.Right) bool { return string(r.Permission) == p }) {
			problems.Add("permissions", "There is no right %q.", p)
		}
	}
	sorted := append([]string{}, permissions...)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}
