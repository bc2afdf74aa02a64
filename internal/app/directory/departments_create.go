package directory

import (
	"context"
	"regexp"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// NewDepartment is a department to be.
type NewDepartment struct {
	Key  string
	Name string
	Head uuid.UUID // Nil: nobody yet
	Once Key
}

var departmentKey = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$`)

// CreateDepartment adds a department. It answers invalid for a key that is taken
// or a head who does not exist.
func (s *Service) CreateDepartment(ctx context.Context, a access.Actor, in NewDepartment) (Department, error) {
	if err := require(a, access.DepartmentManage); err != nil {
		return Department{}, err
	}
	var problems fault.Problems
	if !departmentKey.MatchString(in.Key) {
		problems.Add("key", "Use 1 to 64 letters, digits, points, _ and -, and begin with a letter or digit.")
	}
	name := named(in.Name, &problems)
	if err := problems.Err("This department cannot be added as it is."); err != nil {
		return Department{}, err
	}
	id := db.NewID()
	b := db.NewBatch()
	b.Exec(dbq.InsertDepartment, db.Args(dbq.InsertDepartmentParams{ID: id, Key: in.Key, Name: name, HeadID: orNull(in.Head), ByID: orNull(a.User)})...)
	if err := record(b, by(a, "departments.create", id, nil)); err != nil {
		return Department{}, err
	}
	id, err := s.once(ctx, a, "departments.create", in.Once, id, func(tx *db.Tx) error { return tx.Commit(b) })
	if err != nil {
		return Department{}, departmentFault(err)
	}
	return s.department(ctx, a, id)
}

// named is a name that has to be there.
func named(text string, problems *fault.Problems) string {
	before := len(*problems)
	name := optional("name", &text, problems)
	if name != nil {
		return *name
	}
	if len(*problems) == before {
		problems.Add("name", "Give a name.")
	}
	return ""
}

func departmentFault(err error) error {
	switch {
	case db.IsUnique(err, "departments_org_id_key_key"):
		return fault.At("key", "Another department has this key already.")
	case db.IsForeignKey(err, "departments_org_id_head_id_fkey"):
		return fault.At("head_id", "There is no such person.")
	}
	return err
}
